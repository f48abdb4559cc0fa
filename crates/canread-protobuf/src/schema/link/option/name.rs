//! Which field an option's name means.

use canread_model::{DeclId, Field, Record, Schema, Type, TypeKind};
use canread_syntax::{Diagnostic, Span};

use super::{Context, Failure, Read, Use};
use crate::schema::ast::{NamePart, OptionDecl};
use crate::schema::link::names::{PathId, SymbolKind};
use crate::schema::link::resolve::{Reference, Unresolved, Wanted, is_near};
use crate::schema::link::sight::Purpose;
use crate::schema::link::{FieldRef, Linker};

/// An option's name, resolved.
pub(super) struct Named {
    /// The fields it goes through; the last one is set.
    pub(super) steps: Vec<FieldRef>,
    /// The name, extensions with their full names.
    pub(super) path: String,
}

impl Named {
    pub(super) fn field(&self) -> FieldRef {
        *self.steps.last().expect("an option's name has at least one part")
    }
}

impl Linker<'_> {
    /// The schema that the options messages are in.
    pub(in crate::schema::link) fn option_schema(&self) -> &Schema {
        self.universe.built_in().unwrap_or(&self.schema)
    }

    pub(in crate::schema::link) fn option_field(&self, field: FieldRef) -> &Field {
        field.of(self.option_schema())
    }

    pub(super) fn option_name(
        &self,
        message: DeclId,
        option: &OptionDecl<'_>,
        context: &mut Context<'_>,
    ) -> Read<Named> {
        let mut named = Named { steps: Vec::with_capacity(option.name.len()), path: String::new() };
        let mut message = message;
        for (at, part) in option.name.iter().enumerate() {
            if at > 0 {
                named.path.push('.');
                message = self.inner_message(named.field(), &named.path, part)?;
            }
            let field = if part.is_extension {
                let (field, full_name) = self.extension(message, &part.text, part.span, context.scope)?;
                named.path.extend(["(", full_name, ")"]);
                field
            } else {
                named.path.push_str(&part.text);
                self.option_member(message, part, at == 0)?
            };
            context.uses.push(Use { field, value: None, target: context.target, span: part.span });
            named.steps.push(field);
        }
        Ok(named)
    }

    /// The message that a name goes on into.
    fn inner_message(&self, field: FieldRef, path: &str, next: &NamePart<'_>) -> Read<DeclId> {
        let field = self.option_field(field);
        let path = path.trim_end_matches('.');
        let error = |message: String, text: &str, help: String| {
            Failure::from(Diagnostic::error("protobuf/option_name", message).at(next.span, text).help(help))
        };
        if matches!(field.ty.kind, TypeKind::List(_) | TypeKind::Map(_)) {
            let message = format!("option `{path}` is repeated, so its fields can't be set one by one");
            return Err(error(message, "which of them?", format!("set it as a whole: `{path} = {{ … }}`")));
        }
        self.message_of(&field.ty).ok_or_else(|| {
            let message = format!("option `{path}` is no message, so it has no field `{}`", next.text);
            error(message, "nothing can follow", format!("set `{path}` itself"))
        })
    }

    /// The message that a singular type or a list's items are.
    pub(super) fn message_of(&self, ty: &Type) -> Option<DeclId> {
        let decl = ty.target()?;
        self.option_schema().decl(decl).as_record().map(|_| decl)
    }

    pub(super) fn record(&self, message: DeclId) -> &Record {
        self.option_schema().decl(message).as_record().expect("options are fields of messages")
    }

    fn option_member(&self, message: DeclId, part: &NamePart<'_>, is_first: bool) -> Read<FieldRef> {
        if is_first && part.text == "uninterpreted_option" {
            let message = "`uninterpreted_option` is protoc's own and can't be set";
            return Err(Failure::from(Diagnostic::error("protobuf/option_name", message).at(part.span, "reserved")));
        }
        if let Some(field) = self.member(message, &part.text) {
            return Ok(field);
        }
        let schema = self.option_schema();
        let full_name = &schema.decl(message).full_name;
        let error = Diagnostic::error("protobuf/unknown_option", format!("there is no option `{}`", part.text))
            .at(part.span, format!("`{full_name}` has no such field"));
        let near = self.record(message).fields.iter().find(|field| is_near(&field.name, &part.text));
        Err(Failure::from(match near {
            Some(near) => error.help(format!("did you mean `{}`?", near.name)),
            None if is_first => error.help(format!("a custom option stands in parentheses: `({})`", part.text)),
            None => error,
        }))
    }

    /// The extension that a name in parentheses or brackets means, with its full name.
    pub(super) fn extension(&self, message: DeclId, name: &str, span: Span, scope: PathId) -> Read<(FieldRef, &str)> {
        let reference = Reference { name, scope, wanted: Wanted::Anything, purpose: Purpose::Options };
        let unresolved = || Failure::Unresolved(Unresolved::new(self.current, reference, span));
        let symbol = self.resolve(reference).map_err(|_| unresolved())?;
        let SymbolKind::Extension(id) = symbol.kind else {
            if let Some(found) = self.message_set_item(message, symbol.kind) {
                return Ok(found);
            }
            let message = format!("`{name}` is {}, not an extension", symbol.kind.describe());
            return Err(Failure::from(
                Diagnostic::error("protobuf/unknown_option", message).at(span, "expected an extension"),
            ));
        };
        let decl = self.schema.decl(id);
        let extendee = decl.as_extension().and_then(|extension| extension.extendee.target());
        if self.universe.built_in().is_none() && extendee == Some(message) {
            return Ok((FieldRef::Extension(id), &decl.full_name));
        }
        let wanted = &self.option_schema().decl(message).full_name;
        let found = extendee.map_or("something unknown", |extendee| &self.schema.decl(extendee).full_name);
        let message = format!("`{name}` extends `{found}`, and here stand options of `{wanted}`");
        let error = Diagnostic::error("protobuf/option_name", message).at(span, "not an option of this");
        Err(Failure::from(self.also_at(error, decl.node, "declared here")))
    }

    /// Items of a message set may be named by their message: it holds an extension of that set, of its own type.
    ///
    /// Source: protoc's text format.
    fn message_set_item(&self, set: DeclId, found: SymbolKind) -> Option<(FieldRef, &str)> {
        use canread_model::RecordKind;
        let SymbolKind::Message(item) = found else { return None };
        if self.universe.built_in().is_some() || self.record(set).kind != RecordKind::MessageSet {
            return None;
        }
        self.schema.decl(item).children.iter().find_map(|child| {
            let decl = self.schema.decl(*child);
            let extension = decl.as_extension()?;
            let fits = extension.extendee.target() == Some(set)
                && matches!(extension.field.ty.kind, TypeKind::Ref(target) if target == item);
            fits.then_some((FieldRef::Extension(*child), &*decl.full_name))
        })
    }
}

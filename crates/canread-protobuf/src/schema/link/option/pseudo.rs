//! `default` and `json_name`, which stand among a field's options and are none.

use canread_model::{Encoding, Literal, Preset, TypeKind, WireIdentity};
use canread_syntax::{Diagnostic, Span};

use super::once::Once;
use super::scalar::{Syntax, boolean, bytes, expected, float, integer, string};
use super::{Failure, Pseudo, Read};
use crate::schema::ast::{OptionDecl, ValueKind};
use crate::schema::link::resolve::is_near;
use crate::schema::link::{FieldRef, Linker};

impl Pseudo {
    pub(super) fn of(option: &OptionDecl<'_>) -> Option<Self> {
        match &*option.name {
            [part] if !part.is_extension && part.text == "default" => Some(Self::Default),
            [part] if !part.is_extension && part.text == "json_name" => Some(Self::JsonName),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::JsonName => "json_name",
        }
    }
}

impl Linker<'_> {
    pub(super) fn read_pseudo(&mut self, field: FieldRef, pseudo: Pseudo, option: &OptionDecl<'_>, once: &mut Once) {
        if let Some(first) = once.set_pseudo(pseudo, option.span) {
            let message = format!("`{}` is set twice", pseudo.as_str());
            self.diagnostics.push(
                Diagnostic::error("protobuf/option_set_twice", message)
                    .at(option.span, "set again here")
                    .at(first, "first set here"),
            );
            return;
        }
        let outcome = match pseudo {
            Pseudo::Default => self.read_default(field, option),
            Pseudo::JsonName => self.read_json_name(field, option),
        };
        if let Err(failure) = outcome {
            self.fail(failure);
        }
    }

    fn read_default(&mut self, field: FieldRef, option: &OptionDecl<'_>) -> Read<()> {
        let value = &option.value;
        let literal = match &self.field(field).ty.kind {
            TypeKind::List(_) | TypeKind::Map(_) => {
                return Err(misplaced("a repeated field has no default", option.span, "an absent list is empty"));
            }
            TypeKind::Int(int) => integer(*int, value)?,
            TypeKind::Float { .. } => float(value, Syntax::Option, "")?,
            TypeKind::Bool => boolean(value, Syntax::Option)?,
            TypeKind::String(_) => string(value)?,
            TypeKind::Bytes => bytes(value)?,
            TypeKind::Ref(decl) => self.enum_default(*decl, option)?,
            _ => return Ok(()),
        };
        field.of_mut(&mut self.schema).preset = Some(Box::new(Preset::Default(literal)));
        Ok(())
    }

    fn enum_default(&self, id: canread_model::DeclId, option: &OptionDecl<'_>) -> Read<Literal> {
        let decl = self.schema.decl(id);
        let Some(declared) = decl.as_enum() else {
            return Err(misplaced("a message field has no default", option.span, "an absent message is absent"));
        };
        let ValueKind::Ident { negative: false, name } = option.value.kind else {
            return Err(expected("the name of an enum value", &option.value));
        };
        if self.value_by_name(id, declared, name).is_some() {
            return Ok(Literal::Symbol(name.into()));
        }
        let message = format!("`{}` has no value `{name}`", decl.full_name);
        let error =
            Diagnostic::error("protobuf/default_value", message).at(option.value.span, "not a value of this enum");
        let near = declared.values.iter().find(|value| is_near(&value.name, name));
        Err(Failure::from(match near {
            Some(near) => error.help(format!("did you mean `{}`?", near.name)),
            None => self.also_at(error, decl.node, "declared here"),
        }))
    }

    fn read_json_name(&mut self, field: FieldRef, option: &OptionDecl<'_>) -> Read<()> {
        let span = option.span;
        let Literal::String(name) = string(&option.value)? else {
            return Err(expected("text", &option.value));
        };
        if matches!(field, FieldRef::Extension(_)) {
            return Err(misplaced(
                "an extension can't have a `json_name`",
                span,
                "JSON has `[full.name]` for extensions",
            ));
        }
        if name.contains('\0') {
            return Err(misplaced("a JSON name can't hold a NUL character", option.value.span, "NUL inside"));
        }
        if name.starts_with('[') && name.ends_with(']') {
            let text = "names in brackets stand for extensions";
            return Err(misplaced("a JSON name can't start with `[` and end with `]`", option.value.span, text));
        }
        let node = self.node(span, option.value.span);
        let identity = WireIdentity { node, encoding: Encoding::Json, name: Some(name), number: None };
        field.of_mut(&mut self.schema).identities.push(identity);
        Ok(())
    }
}

fn misplaced(message: &str, span: Span, text: &str) -> Failure {
    Failure::from(Diagnostic::error("protobuf/option_value", message).at(span, text))
}

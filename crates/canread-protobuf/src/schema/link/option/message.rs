//! Message literals: the text format inside an option.

use canread_model::{DeclId, Entry, Key, Literal, Map, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use super::scalar::{Syntax, expectation, expected, mismatch};
use super::{Context, Failure, Late, Read, Use};
use crate::schema::ast::{self, LiteralField, Value, ValueKind};
use crate::schema::link::names::{ROOT, SymbolKind};
use crate::schema::link::resolve::{Reference, Unresolved, Wanted, is_near};
use crate::schema::link::sight::Purpose;
use crate::schema::link::{FieldRef, Linker};

/// The only prefixes under which protoc finds the message inside an `Any`.
const ANY_DOMAINS: [&str; 2] = ["type.googleapis.com", "type.googleprod.com"];

impl Linker<'_> {
    pub(super) fn message_value(
        &self,
        field: FieldRef,
        message: DeclId,
        value: &Value<'_>,
        context: &mut Context<'_>,
    ) -> Read<Literal> {
        let ValueKind::Message(fields) = &value.kind else {
            let name = &self.option_field(field).name;
            let help = format!("write `{name} = {{ … }}`, or set one of its fields: `{name}.… = …`");
            return Err(expectation("a message", value).help(help).into());
        };
        self.message_literal(message, fields, value.span, context)
    }

    fn message_literal(
        &self,
        message: DeclId,
        fields: &[LiteralField<'_>],
        span: Span,
        context: &mut Context<'_>,
    ) -> Read<Literal> {
        let mut entries = Vec::with_capacity(fields.len());
        let mut seen = Seen::default();
        for literal in fields {
            if let ast::Key::Any { domain, type_name, .. } = &literal.key {
                entries.push(self.any(message, domain, type_name, literal, context)?);
                for name in ["type_url", "value"] {
                    if let Some(field) = self.member(message, name) {
                        seen.once(field, None, name, literal.key.span())?;
                    }
                }
                continue;
            }
            let (field, key) = self.literal_key(message, &literal.key, context)?;
            context.uses.push(Use { field, value: None, target: context.target, span: literal.key.span() });
            let declared = self.option_field(field);
            let (kind, is_repeated) = match &declared.ty.kind {
                TypeKind::List(list) => (&list.item.kind, true),
                kind @ TypeKind::Map(_) => (kind, true),
                kind => (kind, false),
            };
            if is_repeated {
                seen.fields.entry(field).or_insert_with(|| literal.key.span());
            } else {
                seen.once(field, declared.oneof, &declared.name, literal.key.span())?;
            }
            match &literal.value.kind {
                ValueKind::List(values) if is_repeated => {
                    for value in values {
                        let value = self.value(field, kind, value, Syntax::Text, context)?;
                        entries.push(Entry { key: key.clone(), value });
                    }
                }
                _ => {
                    let value = self.value(field, kind, &literal.value, Syntax::Text, context)?;
                    entries.push(Entry { key, value });
                }
            }
        }
        self.check_required(message, &seen, span, context)?;
        Ok(Literal::Map(entries))
    }

    /// The field that a key means. A group goes by the name of its message or of its field.
    fn literal_key(&self, message: DeclId, key: &ast::Key<'_>, context: &Context<'_>) -> Read<(FieldRef, Key)> {
        let name = match key {
            ast::Key::Field(name) => name,
            ast::Key::Extension(name) => {
                let scope = self.paths.get(message.0 as usize).map_or(context.scope, |path| self.names.parent(*path));
                let (field, full_name) = self.extension(message, &name.text, name.span, scope)?;
                return Ok((field, Key::Extension(full_name.into())));
            }
            ast::Key::Any { span, .. } => return Err(no_any(*span)),
        };
        let found = self.member(message, name.text).or_else(|| self.group(message, name.text));
        if let Some(field) = found {
            return Ok((field, Key::Field(self.option_field(field).name.clone())));
        }
        let full_name = &self.option_schema().decl(message).full_name;
        let text = format!("`{full_name}` has no field `{}`", name.text);
        let error = Diagnostic::error("protobuf/unknown_option", text).at(name.span, "no such field");
        let near = self.record(message).fields.iter().find(|field| is_near(&field.name, name.text));
        Err(Failure::from(match near {
            Some(near) => error.help(format!("did you mean `{}`?", near.name)),
            None => error,
        }))
    }

    fn group(&self, message: DeclId, name: &str) -> Option<FieldRef> {
        let field = self.member(message, &name.to_ascii_lowercase())?;
        let target = self.option_field(field).ty.target()?;
        let decl = self.option_schema().decl(target);
        // The message of a group stands beside its field.
        (decl.name.as_deref() == Some(name) && decl.parent == Some(message)).then_some(field)
    }

    /// An `Any` by the message inside it: `[type.googleapis.com/my.Type] { … }`.
    fn any(
        &self,
        message: DeclId,
        domain: &str,
        type_name: &str,
        literal: &LiteralField<'_>,
        context: &mut Context<'_>,
    ) -> Read<Entry> {
        let span = literal.key.span();
        if &*self.option_schema().decl(message).full_name != "google.protobuf.Any" {
            return Err(no_any(span));
        }
        if !ANY_DOMAINS.contains(&domain) {
            let message = format!("the prefix `{domain}` is not known");
            let error = Diagnostic::error("protobuf/option_value", message).at(span, "no message can be found there");
            return Err(Failure::from(error.help("write `[type.googleapis.com/full.name.of.Message]`")));
        }
        let absolute = [".", type_name].concat();
        let reference = Reference { name: &absolute, scope: ROOT, wanted: Wanted::Anything, purpose: Purpose::Options };
        let unresolved = || Failure::Unresolved(Unresolved::new(self.current, reference, span));
        let symbol = self.resolve(reference).map_err(|_| unresolved())?;
        let SymbolKind::Message(inner) = symbol.kind else {
            let message = format!("`{type_name}` is {}, not a message", symbol.kind.describe());
            return Err(mismatch(message, span, "an `Any` holds a message"));
        };
        let ValueKind::Message(fields) = &literal.value.kind else {
            return Err(expected("a message", &literal.value));
        };
        let value = self.message_literal(inner, fields, literal.value.span, context)?;
        Ok(Entry { key: Key::AnyUrl([domain, "/", type_name].concat().into()), value })
    }

    /// One entry of a map field, which is a message of two fields in the text format.
    pub(super) fn map_entry(
        &self,
        field: FieldRef,
        map: &Map,
        value: &Value<'_>,
        context: &mut Context<'_>,
    ) -> Read<Literal> {
        let ValueKind::Message(fields) = &value.kind else {
            return Err(expected("an entry, `{ key: … value: … }`", value));
        };
        let mut entries: Vec<Entry> = Vec::with_capacity(2);
        for literal in fields {
            let ast::Key::Field(name) = &literal.key else {
                return Err(mismatch(
                    "an entry has a key and a value".to_owned(),
                    literal.key.span(),
                    "expected `key` or `value`",
                ));
            };
            let kind = match name.text {
                "key" => &map.key.kind,
                "value" => &map.value.kind,
                _ => {
                    let message = format!("an entry of a map has no field `{}`", name.text);
                    return Err(mismatch(message, name.span, "expected `key` or `value`"));
                }
            };
            let is_again = |entry: &Entry| matches!(&entry.key, Key::Field(key) if &**key == name.text);
            if entries.iter().any(is_again) {
                return Err(mismatch(format!("`{}` is set twice", name.text), name.span, "set again here"));
            }
            let value = self.value(field, kind, &literal.value, Syntax::Text, context)?;
            entries.push(Entry { key: Key::Field(name.text.into()), value });
        }
        Ok(Literal::Map(entries))
    }

    fn check_required(&self, message: DeclId, seen: &Seen, span: Span, context: &mut Context<'_>) -> Read<()> {
        if self.is_of_current_file(message) {
            let mut set: Vec<FieldRef> = seen.fields.keys().copied().collect();
            set.sort_unstable();
            context.late.push(Late::Required { message, set: set.into(), span });
            return Ok(());
        }
        let missing = self.missing(message, |field| seen.fields.contains_key(&field));
        missing.map_or(Ok(()), |field| Err(Failure::from(self.missing_field(field, span))))
    }

    pub(in crate::schema::link) fn missing_field(&self, field: FieldRef, span: Span) -> Diagnostic {
        let missing = self.option_field(field);
        let text = format!("`{}` is required and not set", missing.name);
        let error = Diagnostic::error("protobuf/option_value", text).at(span, format!("without `{}`", missing.name));
        match self.universe.built_in() {
            Some(_) => error,
            None => self.also_at(error, missing.node, "declared here"),
        }
    }
}

fn no_any(span: Span) -> Failure {
    mismatch("only a `google.protobuf.Any` takes a message by its URL".to_owned(), span, "not an `Any`")
}

/// Fields of a literal that are set.
#[derive(Debug, Default)]
struct Seen {
    fields: FxHashMap<FieldRef, Span>,
    oneofs: FxHashMap<u32, (Box<str>, Span)>,
}

impl Seen {
    fn once(&mut self, field: FieldRef, oneof: Option<u32>, name: &str, span: Span) -> Read<()> {
        let again = |message: String, first: Span| {
            Failure::from(
                Diagnostic::error("protobuf/option_set_twice", message)
                    .at(span, "set again here")
                    .at(first, "first set here"),
            )
        };
        if let Some(first) = self.fields.insert(field, span) {
            return Err(again(format!("`{name}` takes one value and is set twice"), first));
        }
        if let Some(oneof) = oneof
            && let Some((other, first)) = self.oneofs.insert(oneof, (name.into(), span))
        {
            return Err(again(format!("`{name}` and `{other}` are of one oneof and can't both be set"), first));
        }
        Ok(())
    }
}

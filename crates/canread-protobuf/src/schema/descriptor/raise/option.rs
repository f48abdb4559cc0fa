//! Annotations to option messages.

use std::borrow::Cow;

use canread_model::{Annotation, Decl, Field, Format, Literal, Schema};

use super::known::{built_in, in_known_order};
use super::{Raiser, typed};
use crate::schema::descriptor::option_path::{Part, parts};
use crate::schema::descriptor::wire::Sink;

/// A message or field as a schema declares it.
pub(super) struct In<'s, T> {
    pub(super) schema: &'s Schema,
    pub(super) node: &'s T,
}

impl<T> Clone for In<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for In<'_, T> {}

impl<'s> Raiser<'s> {
    /// The bytes of `google.protobuf.<message>` that say the same as the annotations; `None` if there are none.
    pub(super) fn options(
        &mut self,
        message: &str,
        annotations: &'s [Annotation],
        symbol: &str,
    ) -> Option<Cow<'s, [u8]>> {
        self.chosen_options(message, annotations.iter(), symbol)
    }

    /// As protoc does, each custom option is a field of its own, also where two of them set parts of
    /// one message, and they stand in source order behind the options that protoc knows itself.
    pub(super) fn chosen_options(
        &mut self,
        message: &str,
        annotations: impl Iterator<Item = &'s Annotation>,
        symbol: &str,
    ) -> Option<Cow<'s, [u8]>> {
        let own = annotations.filter(|annotation| annotation.origin == Format::Protobuf);
        let (custom, plain): (Vec<_>, Vec<_>) = own.partition(|annotation| annotation.path.starts_with(['(', '#']));
        if custom.is_empty() && plain.is_empty() {
            return None;
        }
        let message = format!("google.protobuf.{message}");
        let known = find_message(built_in(), &message)?;
        let root = find_message(self.schema, &message).unwrap_or(known);
        let mut sink = Sink::default();
        for annotation in plain.into_iter().chain(custom) {
            match (annotation.path.chars().next(), &annotation.value) {
                // A block of options without options.
                (None, _) => continue,
                // A field of a descriptor set that nothing in the set declares.
                (Some('#'), Literal::Bytes(field)) => {
                    sink.raw(field);
                    continue;
                }
                _ => {}
            }
            let values = match &annotation.value {
                Literal::List(values) => values.as_slice(),
                value => std::slice::from_ref(value),
            };
            let path: Vec<Part<'_>> = parts(&annotation.path).collect();
            for value in values {
                let mut one = Sink::default();
                match self.option(&mut one, root, &path, value) {
                    Ok(()) => sink.raw(&one.into_bytes()),
                    Err(problem) => self.cannot_say(symbol, &format!("option `{}`: {problem}", annotation.path)),
                }
            }
        }
        Some(in_known_order(known, &sink.into_bytes()).into())
    }

    /// Writes the field that a path leads to, inside all the fields on the way.
    fn option(
        &self,
        sink: &mut Sink,
        message: In<'s, Decl>,
        path: &[Part<'_>],
        value: &Literal,
    ) -> Result<(), typed::Problem> {
        let [part, rest @ ..] = path else { return Err(typed::Problem::NotAMessage) };
        let field = self.field_of(message, part).ok_or_else(|| typed::Problem::NoSuchField(part.name().to_owned()))?;
        if rest.is_empty() {
            return typed::field(sink, field, value);
        }
        let inner = typed::message_of(field).ok_or(typed::Problem::NotAMessage)?;
        let number = typed::number(field.node);
        let mut body = Sink::default();
        self.option(&mut body, inner, rest, value)?;
        if field.node.delimited {
            sink.tag(number, 3);
            sink.raw(&body.into_bytes());
            sink.tag(number, 4);
        } else {
            sink.bytes(number, &body.into_bytes());
        }
        Ok(())
    }

    fn field_of(&self, message: In<'s, Decl>, part: &Part<'_>) -> Option<In<'s, Field>> {
        match part {
            Part::Field(name) => {
                let node = message.node.as_record()?.field(name)?;
                Some(In { schema: message.schema, node })
            }
            Part::Extension(name) => {
                let node = &self.schema.decl(self.schema.find(name)?).as_extension()?.field;
                Some(In { schema: self.schema, node })
            }
        }
    }
}

pub(super) fn find_message<'s>(schema: &'s Schema, full_name: &str) -> Option<In<'s, Decl>> {
    let node = schema.decl(schema.find(full_name)?);
    node.as_record().map(|_| In { schema, node })
}

//! Building JSON values, and writing them as text.

use std::borrow::Cow;

use canread_syntax::Span;

use super::super::super::ast::{Member, Property, Text, Value, ValueKind};
use super::super::super::print::JsonText;

/// The members of an object that is being built; what is added stands where the object stands.
pub(super) struct Members<'f> {
    span: Span,
    members: Vec<Member<'f>>,
}

impl<'f> Members<'f> {
    pub(super) fn at(span: Span) -> Self {
        Self { span, members: Vec::new() }
    }

    pub(super) fn value(&mut self, key: &'f str, value: Value<'f>) {
        let key = Text { text: Cow::Borrowed(key), span: self.span };
        self.members.push(Member { key, value });
    }

    pub(super) fn text(&mut self, key: &'f str, value: &'f str) {
        self.value(key, text(self.span, value));
    }

    pub(super) fn array(&mut self, key: &'f str, values: Vec<Value<'f>>) {
        self.value(key, Value { span: self.span, kind: ValueKind::Array(values) });
    }

    pub(super) fn doc(&mut self, doc: Option<&'f Text<'f>>) {
        if let Some(doc) = doc {
            self.value("doc", text(doc.span, &doc.text));
        }
    }

    pub(super) fn properties(&mut self, properties: &'f [Property<'f>]) {
        for property in properties {
            self.value(&property.key.text, plain(&property.value));
        }
    }

    pub(super) fn object(self) -> Value<'f> {
        Value { span: self.span, kind: ValueKind::Object(self.members) }
    }
}

pub(super) fn text(span: Span, text: &str) -> Value<'_> {
    Value { span, kind: ValueKind::String(Cow::Borrowed(text)) }
}

/// A value of the IDL as JSON has it: numbers that are none become strings, as in Avro Java.
pub(super) fn plain<'f>(value: &'f Value<'f>) -> Value<'f> {
    let kind = match &value.kind {
        ValueKind::Number(number) if number.ends_with(['N', 'y']) => ValueKind::String(Cow::Borrowed(number)),
        ValueKind::Number(number) => ValueKind::Number(Cow::Borrowed(number)),
        ValueKind::String(string) => ValueKind::String(Cow::Borrowed(string)),
        ValueKind::Array(values) => ValueKind::Array(values.iter().map(plain).collect()),
        ValueKind::Object(members) => {
            let member = |member: &'f Member<'f>| Member {
                key: Text { text: Cow::Borrowed(&*member.key.text), span: member.key.span },
                value: plain(&member.value),
            };
            ValueKind::Object(members.iter().map(member).collect())
        }
        ValueKind::Null => ValueKind::Null,
        ValueKind::Bool(value) => ValueKind::Bool(*value),
    };
    Value { span: value.span, kind }
}

/// A JSON value as text, indented by two blanks a level, with a line end behind it.
///
/// Input: a value as [`to_json`](super::to_json) gives it.
#[must_use]
pub fn json_text(value: &Value<'_>) -> String {
    let mut text = JsonText::pretty();
    write_value(&mut text, value);
    text.finish()
}

fn write_value(text: &mut JsonText, value: &Value<'_>) {
    match &value.kind {
        ValueKind::Null => text.raw("null"),
        ValueKind::Bool(value) => text.raw(if *value { "true" } else { "false" }),
        ValueKind::Number(number) => text.raw(number),
        ValueKind::String(string) => text.string(string),
        ValueKind::Array(values) => {
            text.open('[');
            for value in values {
                write_value(text, value);
            }
            text.close(']');
        }
        ValueKind::Object(members) => {
            text.open('{');
            for member in members {
                text.key(&member.key.text);
                write_value(text, &member.value);
            }
            text.close('}');
        }
    }
}

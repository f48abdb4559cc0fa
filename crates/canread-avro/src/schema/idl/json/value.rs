//! Building JSON values, and writing them as text.

use std::borrow::Cow;
use std::fmt::Write as _;

use canread_syntax::Span;

use super::super::super::ast::{Member, Property, Text, Value, ValueKind};

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
    let mut out = String::new();
    write_value(&mut out, value, 0);
    out.push('\n');
    out
}

fn write_value(out: &mut String, value: &Value<'_>, level: usize) {
    match &value.kind {
        ValueKind::Null => out.push_str("null"),
        ValueKind::Bool(true) => out.push_str("true"),
        ValueKind::Bool(false) => out.push_str("false"),
        ValueKind::Number(number) => out.push_str(number),
        ValueKind::String(string) => write_string(out, string),
        ValueKind::Array(values) => {
            write_list(out, ['[', ']'], values, level, |out, value| write_value(out, value, level + 1));
        }
        ValueKind::Object(members) => write_list(out, ['{', '}'], members, level, |out, member| {
            write_string(out, &member.key.text);
            out.push_str(": ");
            write_value(out, &member.value, level + 1);
        }),
    }
}

fn write_list<T>(
    out: &mut String,
    [open, close]: [char; 2],
    items: &[T],
    level: usize,
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.extend(std::iter::repeat_n("  ", level + 1));
        write(out, item);
    }
    if !items.is_empty() {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    }
    out.push(close);
}

/// Source: RFC 8259, section 7.
fn write_string(out: &mut String, string: &str) {
    out.push('"');
    for character in string.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => {
                write!(out, "\\u{:04x}", u32::from(character)).expect("writing to a string does not fail");
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

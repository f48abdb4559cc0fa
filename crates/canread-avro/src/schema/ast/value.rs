//! JSON values inside schemas: defaults, and what properties are set to.

use std::borrow::Cow;

use canread_syntax::Span;

use super::Text;

/// Something that is said about a node and that Avro itself has no place for.
#[derive(Debug, Clone, PartialEq)]
pub struct Property<'a> {
    /// What is set.
    pub key: Text<'a>,
    /// What it is set to.
    pub value: Value<'a>,
}

/// A JSON value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<'a> {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind<'a>,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "JSON has six kinds of value")]
pub enum ValueKind<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as JSON spells it, or `NaN`, `Infinity` and `-Infinity` of IDL.
    Number(Cow<'a, str>),
    /// Text without escapes.
    String(Cow<'a, str>),
    /// Values in order.
    Array(Vec<Value<'a>>),
    /// Members in source order; keys may repeat.
    Object(Vec<Member<'a>>),
}

/// One key and value of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The value.
    pub value: Value<'a>,
}

impl ValueKind<'_> {
    /// What it is called in messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Array(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

impl Value<'_> {
    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a number that is written as an integer and fits.
    #[must_use]
    pub fn as_integer(&self) -> Option<i128> {
        match &self.kind {
            ValueKind::Number(text) => text.parse().ok(),
            _ => None,
        }
    }
}

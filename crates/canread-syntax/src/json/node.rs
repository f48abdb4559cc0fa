//! The tree: values with their places.

use std::borrow::Cow;

use super::Number;
use crate::Span;

/// One JSON value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// From the value's first byte to behind its last; quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'a>,
}

/// The six kinds of JSON value.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "RFC 8259 has six kinds of value")]
pub enum Kind<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(Number<'a>),
    /// A string with its escapes decoded; borrowed from the text where it has none.
    String(Cow<'a, str>),
    /// The elements, in order.
    Array(Box<[Node<'a>]>),
    /// The members in the order of the text, repeated keys included.
    Object(Box<[Member<'a>]>),
}

/// One key and value of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'a> {
    /// The key with its escapes decoded.
    pub key: Cow<'a, str>,
    /// Where the key stands, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node<'a>,
}

impl Member<'_> {
    /// From the key's first byte to behind the value's last.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key_span.to(self.value.span)
    }
}

impl Kind<'_> {
    /// The kind's name in JSON, for messages: `null`, `boolean`, `number`, `string`, `array` or `object`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }
}

impl<'a> Node<'a> {
    /// Whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// The value of `true` and `false`.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            Kind::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, as written.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number<'a>> {
        match &self.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// See [`Number::as_i64`].
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// See [`Number::as_u64`].
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_number()?.as_u64()
    }

    /// See [`Number::as_f64`].
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// The text of a string, escapes decoded.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node<'a>]> {
        match &self.kind {
            Kind::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members of an object, in the order of the text, repeated keys included.
    #[must_use]
    pub fn as_object(&self) -> Option<&[Member<'a>]> {
        match &self.kind {
            Kind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value under a key of an object; `None` also where this is no object.
    ///
    /// Of a repeated key, the last: so do the JSON readers of Java, Python, JavaScript and Go.
    /// Looks at the members one after the other; who asks a large object often makes an index first.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.member(key).map(|member| &member.value)
    }

    /// The member under a key: [`Node::get`] for who needs the key's place.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<&Member<'a>> {
        self.as_object()?.iter().rfind(|member| member.key == key)
    }
}

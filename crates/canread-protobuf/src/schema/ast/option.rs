//! Options: a name, and a value in the option syntax or in the text format.

use std::borrow::Cow;

use canread_syntax::Span;

use super::{CommentsId, DottedName, Ident};

/// `option (my.opt).name = 5;` as a statement, or `(my.opt).name = 5` in brackets.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionDecl<'a> {
    /// The parts of the name, at least one.
    pub name: Box<[NamePart<'a>]>,
    /// Its value.
    pub value: Value<'a>,
    /// The whole name.
    pub name_span: Span,
    /// The whole statement, or in brackets all from the name to the value.
    pub span: Span,
    /// Its comments; an option in brackets has none.
    pub comments: CommentsId,
}

/// One part of an option's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamePart<'a> {
    /// A field name; or an extension's dotted name, perhaps with a leading dot, without the parentheses.
    pub text: Cow<'a, str>,
    /// Whether the part stands in parentheses and so names an extension.
    pub is_extension: bool,
    /// Where it stands, parentheses included.
    pub span: Span,
}

/// The value of an option, or of a field inside one.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<'a> {
    /// The value.
    pub kind: ValueKind<'a>,
    /// Where it stands, sign, quotes and braces included.
    pub span: Span,
}

/// A value as written; its type is not known yet.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind<'a> {
    /// An enum value, `true`, `inf` and so on.
    ///
    /// After a minus: `inf` or `nan`, in the text format also `infinity` in any case of its letters.
    Ident {
        /// Whether a minus stands in front.
        negative: bool,
        /// The identifier.
        name: &'a str,
    },
    /// An integer, decimal, octal or hexadecimal, whose magnitude fits into 64 bits.
    Int {
        /// Whether a minus stands in front.
        negative: bool,
        /// The number without its sign.
        magnitude: u64,
    },
    /// A number with point or exponent, sign applied.
    Float(f64),
    /// A decimal integer of more than 64 bits as the nearest float, sign applied: good for float types only.
    BigInt(f64),
    /// String literals, joined, escapes decoded. Not always UTF-8.
    String(Cow<'a, [u8]>),
    /// `{ … }`, and inside one also `< … >`.
    Message(Box<[LiteralField<'a>]>),
    /// `[a, b]`, only inside a message literal.
    List(Box<[Value<'a>]>),
}

/// `name: value` or `name { … }` in a message literal.
#[derive(Debug, Clone, PartialEq)]
pub struct LiteralField<'a> {
    /// Which field.
    pub key: Key<'a>,
    /// Its value. A list is as if the field stood there once for each of its values.
    pub value: Value<'a>,
    /// From the key to the value.
    pub span: Span,
}

/// Names a field in a message literal.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key<'a> {
    /// `name`
    Field(Ident<'a>),
    /// `[my.ext]`; the span includes the brackets.
    Extension(DottedName<'a>),
    /// `[domain/my.Type]`: the message inside a `google.protobuf.Any`.
    Any {
        /// What stands before the last slash.
        domain: Cow<'a, str>,
        /// The full name of the message, without a leading dot.
        type_name: Cow<'a, str>,
        /// Where the key stands, brackets included.
        span: Span,
    },
}

impl Key<'_> {
    /// Where the key stands, brackets included.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Field(name) => name.span,
            Self::Extension(name) => name.span,
            Self::Any { span, .. } => *span,
        }
    }
}

//! What may go wrong, and where.

use std::fmt;

use canread_json::{JsonErrorKind, NumberError, Position};
use canread_wire::{DecodeError, FieldPath};

/// Why a text is no message of a layout, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
    position: Position,
    path: FieldPath,
}

/// Why a text is no message of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The text is no JSON, asks for more than is allowed, or has a value of another kind than the field's.
    Json(JsonErrorKind),
    /// Null where a value must be: an item of a list, an entry of a map.
    Null,
    /// A number that the field's type does not have.
    Number(NumberError),
    /// A string that is not of the form that the field's type has in JSON.
    Form(Form),
    /// A key that the message has no field for.
    UnknownField(Box<str>),
    /// A symbol that the enum does not have.
    UnknownSymbol(Box<str>),
    /// A key that comes again, also by the other name of its field.
    Again(Box<str>),
    /// A second member of one oneof.
    SecondOfOneof(Box<str>),
    /// A field that the message must have.
    Missing(Box<str>),
    /// A message in `Any` of a type that the layout does not have.
    UnknownType(Box<str>),
    /// The layout, or a well-known type in it, is not as this format has it.
    Mismatch,
}

/// Forms that strings have for a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Form {
    /// `"true"` or `"false"`, as the key of a map.
    Bool,
    /// A number, or one of the words for those that JSON has no number for.
    Number,
    /// Base64 of one alphabet or the other.
    Base64,
    /// A time of RFC 3339, from year 1 to 9999.
    Timestamp,
    /// Seconds with an `s` behind them.
    Duration,
    /// Paths in lower camel case with commas between them.
    FieldMask,
    /// An URL of a type, with a `/` before its name.
    TypeUrl,
}

impl Form {
    /// The form in words, for a sentence that begins with "expected".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Bool => "`true` or `false`",
            Self::Number => "a number",
            Self::Base64 => "base64",
            Self::Timestamp => "a time like `2026-01-31T12:00:00Z`",
            Self::Duration => "a duration like `1.5s`, of at most 10,000 years",
            Self::FieldMask => "field paths like `orderId,lines.sku`",
            Self::TypeUrl => "the URL of a type, such as `type.googleapis.com/shop.Order`",
        }
    }
}

impl ReadError {
    pub(super) fn new(kind: ReadErrorKind, position: Position, path: FieldPath) -> Self {
        Self { kind, position, path }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ReadErrorKind {
        &self.kind
    }

    /// Where in the text.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// In which field, by the names of the schema; empty if it was in none.
    #[must_use]
    pub fn path(&self) -> &FieldPath {
        &self.path
    }
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(kind) => kind.fmt(f),
            Self::Null => f.write_str("null instead of a value"),
            Self::Number(NumberError::Fraction) => f.write_str("a number with a fraction"),
            Self::Number(_) => f.write_str("a number beyond the range of its type"),
            Self::Form(form) => write!(f, "expected {}", form.words()),
            Self::UnknownField(name) => write!(f, "the message has no field `{name}`"),
            Self::UnknownSymbol(name) => write!(f, "the enum has no symbol `{name}`"),
            Self::Again(name) => write!(f, "`{name}` comes again"),
            Self::SecondOfOneof(name) => write!(f, "another member of the oneof of `{name}` has a value already"),
            Self::Missing(name) => write!(f, "`{name}` is missing"),
            Self::UnknownType(name) => write!(f, "the schema has no message `{name}`"),
            Self::Mismatch => f.write_str("a type that is not as the format has it"),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.kind, self.position)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, ", in `{}`", self.path) }
    }
}

impl std::error::Error for ReadError {}

/// Why a value has no form in JSON, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError {
    kind: WriteErrorKind,
    path: FieldPath,
}

/// Why a value has no form in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// The value is of another kind than the layout says.
    Mismatch,
    /// The layout is one of another format.
    OtherFormat,
    /// Messages are inside each other deeper than a reader would accept.
    TooDeep {
        /// How deep they may be.
        allowed: u32,
    },
    /// A number beyond its type, a time beyond the years 1 to 9999, a duration beyond 10,000 years or with parts of two signs.
    OutOfRange,
    /// Text that is not UTF-8.
    Utf8,
    /// A symbol that a closed enum does not have.
    UnknownSymbol,
    /// A field that the message must have has no value.
    MissingField,
    /// Another member of the same oneof has a value too.
    SecondOfOneof,
    /// A path that its name in JSON would not lead back to: an empty one, one with a capital letter, or with an underscore before no letter.
    FieldMask,
    /// A `google.protobuf.Value` without a value, or with a number that JSON does not have; a message in `Any` with a field that JSON calls
    /// `@type`.
    NoJsonValue,
    /// A message in `Any` of a type that the layout does not have.
    UnknownType(Box<str>),
    /// A message in `Any` with an URL that names no type: no `/` stands before the name.
    TypeUrl(Box<str>),
    /// The bytes of a message in `Any` are none of its type.
    Payload(DecodeError),
}

impl WriteError {
    pub(super) fn new(kind: WriteErrorKind, path: FieldPath) -> Self {
        Self { kind, path }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &WriteErrorKind {
        &self.kind
    }

    /// The field in which it was noticed; empty if it was in none.
    #[must_use]
    pub fn path(&self) -> &FieldPath {
        &self.path
    }
}

impl fmt::Display for WriteErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch => f.write_str("a value of another kind than the schema's"),
            Self::OtherFormat => f.write_str("a schema of another format"),
            Self::TooDeep { allowed } => write!(f, "more than {allowed} levels of nesting"),
            Self::OutOfRange => f.write_str("a value that the format can't hold"),
            Self::Utf8 => f.write_str("text that is not UTF-8"),
            Self::UnknownSymbol => f.write_str("a symbol that the schema does not have"),
            Self::MissingField => f.write_str("a field that the schema requires has no value"),
            Self::SecondOfOneof => f.write_str("another member of the oneof has a value too"),
            Self::FieldMask => f.write_str("a field path that JSON has no name for"),
            Self::NoJsonValue => f.write_str("a value that JSON does not have"),
            Self::TypeUrl(url) if url.is_empty() => f.write_str("a message without the URL of its type"),
            Self::TypeUrl(url) => {
                write!(f, "`{url}` is no URL of a type, such as `type.googleapis.com/shop.Order`")
            }
            Self::UnknownType(name) => write!(f, "the schema has no message `{name}`"),
            Self::Payload(error) => write!(f, "the message inside can't be read: {error}"),
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, ", in `{}`", self.path) }
    }
}

impl std::error::Error for WriteError {}

//! Why a text is no value, and where.

use std::fmt;

use canread_wire::{FieldPath, Limit};

/// Why a text is no value of a layout: at which place, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    pub(super) kind: ReadErrorKind,
    pub(super) found: Box<str>,
    pub(super) offset: usize,
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) path: FieldPath,
}

/// Why a text is no value of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// Something else stands there; the text may end there.
    Unexpected {
        /// What may stand there, in words.
        expected: &'static str,
    },
    /// A character that nothing begins with.
    Character,
    /// A number that is none, or is not apart from what follows it.
    Number,
    /// A string without its second quote on the line.
    Quote,
    /// A backslash with something behind it that is no escape, or stands for no character.
    Escape,
    /// Text that is not UTF-8, by its escapes.
    Utf8,
    /// A name of a field or extension that the message does not have.
    UnknownField,
    /// A name or number of a symbol that the enum does not have.
    UnknownSymbol,
    /// The name of a message in `Any` that the layout does not have.
    UnknownMessage,
    /// A number beyond the range of its type.
    OutOfRange,
    /// A field that comes twice and may come once.
    Twice,
    /// A second member of a oneof.
    Oneof,
    /// A list where one value is expected.
    NoList,
    /// A required field that is not there.
    MissingField,
    /// A message in `Any` that has no bytes, or a layout that is none of Protobuf's.
    Mismatch,
    /// The text asks for more than the limits allow.
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// What it allows, in its unit.
        allowed: u64,
    },
}

impl ReadError {
    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }

    /// The byte at which that is, counted from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The line, counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The character in the line, counted from 1.
    #[must_use]
    pub fn column(&self) -> u64 {
        self.column
    }

    /// The field in which that is; empty if it is in none.
    #[must_use]
    pub fn path(&self) -> &FieldPath {
        &self.path
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match self.kind {
            ReadErrorKind::Unexpected { expected } if found.is_empty() => {
                write!(f, "the text ends where {expected} was expected")
            }
            ReadErrorKind::Unexpected { expected } => write!(f, "`{found}` where {expected} was expected"),
            ReadErrorKind::Character => {
                write!(f, "the character `{}`, which nothing begins with", found.escape_debug())
            }
            ReadErrorKind::Number => write!(f, "`{found}` begins like a number and is none"),
            ReadErrorKind::Quote => f.write_str("a string without its second quote on the line"),
            ReadErrorKind::Escape => write!(f, "`{found}` is no escape"),
            ReadErrorKind::Utf8 => f.write_str("escapes that are not UTF-8 together, in a text"),
            ReadErrorKind::UnknownField => write!(f, "the message has no field `{found}`"),
            ReadErrorKind::UnknownSymbol => write!(f, "the enum has no symbol `{found}`"),
            ReadErrorKind::UnknownMessage => write!(f, "the schema has no message `{found}`"),
            ReadErrorKind::OutOfRange => write!(f, "`{found}` is beyond the range of its type"),
            ReadErrorKind::Twice => write!(f, "`{found}` comes twice and may come once"),
            ReadErrorKind::Oneof => write!(f, "`{found}` is the second member of its oneof"),
            ReadErrorKind::NoList => f.write_str("a list where one value was expected"),
            ReadErrorKind::MissingField => write!(f, "the required field `{found}` is missing"),
            ReadErrorKind::Mismatch => f.write_str("a message that can't be written in `Any`"),
            ReadErrorKind::LimitExceeded { limit, allowed } => write!(f, "more than {allowed} {}", limit.unit()),
        }?;
        write!(f, " at line {}, column {}", self.line, self.column)?;
        if self.path.is_empty() { Ok(()) } else { write!(f, ", in `{}`", self.path) }
    }
}

impl std::error::Error for ReadError {}

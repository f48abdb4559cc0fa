//! What may go wrong, and where.

use std::fmt;

use canread_json::{JsonErrorKind, NumberError, Position};
use canread_wire::FieldPath;

/// Why a text is no value of a layout, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
    position: Position,
    path: FieldPath,
}

/// Why a text is no value of a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The text is no JSON, asks for more than is allowed, or has a value of another kind than the schema's.
    Json(JsonErrorKind),
    /// A number that the type does not have.
    Number(NumberError),
    /// A string where a number must be, and none of the words for those that JSON has no number for.
    Word,
    /// A string for bytes with a character beyond U+00FF.
    Bytes,
    /// A string for a fixed with another number of bytes.
    Size {
        /// How many it must have.
        wanted: u32,
        /// How many it has.
        found: usize,
    },
    /// A key that the record has no field for.
    UnknownField(Box<str>),
    /// A symbol that the enum does not have.
    UnknownSymbol(Box<str>),
    /// A name that no branch of the union has; `null` if null is none.
    UnknownBranch(Box<str>),
    /// An object for a union that does not have exactly one key.
    Union,
    /// A key that comes again.
    Again(Box<str>),
    /// A field that is not there.
    Missing(Box<str>),
    /// The layout is not as this format has it.
    Mismatch,
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

    /// In which field; empty if it was in none.
    #[must_use]
    pub fn path(&self) -> &FieldPath {
        &self.path
    }
}

impl fmt::Display for ReadErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(kind) => kind.fmt(f),
            Self::Number(NumberError::Fraction) => f.write_str("a number with a fraction"),
            Self::Number(_) => f.write_str("a number beyond the range of its type"),
            Self::Word => f.write_str("expected a number, `NaN`, `Infinity` or `-Infinity`"),
            Self::Bytes => f.write_str("bytes with a character beyond U+00FF"),
            Self::Size { wanted, found } => write!(f, "{found} bytes for a fixed of {wanted}"),
            Self::UnknownField(name) => write!(f, "the record has no field `{name}`"),
            Self::UnknownSymbol(name) => write!(f, "the enum has no symbol `{name}`"),
            Self::UnknownBranch(name) => write!(f, "the union has no branch `{name}`"),
            Self::Union => f.write_str("expected one key, the name of a branch of the union"),
            Self::Again(name) => write!(f, "`{name}` comes again"),
            Self::Missing(name) => write!(f, "`{name}` is missing"),
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

//! What was wrong with a text, and where.

use core::fmt;

use canread_wire::{Limit, Limits};

/// What a reading function returns until the error reaches the caller of a codec.
pub type Step<T> = Result<T, Fault>;

/// What was wrong with a text.
///
/// Without a place: the reader stands where it was. [`Reader::error`](crate::Reader::error) puts the two together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The text ends inside a value.
    Truncated,
    /// The text is no JSON.
    Malformed(Malformed),
    /// The text asks for more than its reader allows.
    Limit(Limit),
    /// A value of another kind than was asked for.
    Kind {
        /// What was asked for.
        expected: Kind,
        /// What is there.
        found: Kind,
    },
}

/// The kinds of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// `-1.5e3`
    Number,
    /// `true`, `false`
    Bool,
    /// `null`
    Null,
}

impl Kind {
    /// The kind in words: `a string`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "an array",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Bool => "a boolean",
            Self::Null => "null",
        }
    }
}

/// How a text is no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Malformed {
    /// Something else where a value must be.
    Value,
    /// Something else than a string where a key must be.
    Key,
    /// No `:` behind a key.
    Colon,
    /// Neither `,` nor `}` behind the value of a key.
    ObjectEnd,
    /// Neither `,` nor `]` behind an item.
    ArrayEnd,
    /// A number that is none: zeros before it, no digits behind a point.
    Number,
    /// A `\` with something behind it that stands for nothing.
    Escape,
    /// Half of a character beyond the 65,536th alone.
    Surrogate,
    /// A control character in a string, which must be escaped.
    Control,
    /// Bytes that are not UTF-8.
    Utf8,
    /// More behind the value.
    TrailingText,
}

impl Malformed {
    /// The reason in words, for a sentence that begins with "no JSON: ".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Value => "expected a value",
            Self::Key => "expected a key in double quotes",
            Self::Colon => "expected `:` behind a key",
            Self::ObjectEnd => "expected `,` or `}`",
            Self::ArrayEnd => "expected `,` or `]`",
            Self::Number => "a number that is none",
            Self::Escape => "`\\` with something behind it that stands for nothing",
            Self::Surrogate => "half of a surrogate pair",
            Self::Control => "a control character in a string",
            Self::Utf8 => "bytes that are not UTF-8",
            Self::TrailingText => "more text behind the value",
        }
    }
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// Bytes from the start.
    pub offset: u64,
    /// The line, counted from 1; lines end with a line feed.
    pub line: u64,
    /// The character in its line, counted from 1.
    pub column: u64,
}

impl Position {
    /// The place behind so many bytes of a text; its end if it has fewer.
    #[must_use]
    pub fn of(text: &[u8], offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
        let lines = before.split(|byte| *byte == b'\n').count();
        let line = before.get(line_start..).unwrap_or_default();
        // Characters, of which each has one byte that continues no other.
        let characters = line.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        Self { offset: before.len() as u64, line: lines as u64, column: (characters as u64).saturating_add(1) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What was wrong with a text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    kind: JsonErrorKind,
    position: Position,
}

/// What was wrong with a text, sorted by what a caller does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// The text ends inside a value; more of it may help.
    Truncated,
    /// The text is no JSON; nothing will make it any.
    Malformed(Malformed),
    /// The text asks for more than [`Limits`] allows; a caller who trusts it may allow more.
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// What it allows, in the limit's unit.
        allowed: u64,
    },
    /// The text is JSON, with a value of another kind than was asked for.
    Kind {
        /// What was asked for.
        expected: Kind,
        /// What is there.
        found: Kind,
    },
}

impl JsonErrorKind {
    /// The kind that a fault is.
    #[must_use]
    pub fn new(fault: Fault, limits: &Limits) -> Self {
        match fault {
            Fault::Truncated => Self::Truncated,
            Fault::Malformed(malformed) => Self::Malformed(malformed),
            Fault::Limit(limit) => Self::LimitExceeded { limit, allowed: limits.allowed(limit) },
            Fault::Kind { expected, found } => Self::Kind { expected, found },
        }
    }
}

impl JsonError {
    /// The error that a fault at a place is.
    #[must_use]
    pub fn new(fault: Fault, position: Position, limits: &Limits) -> Self {
        Self { kind: JsonErrorKind::new(fault, limits), position }
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> JsonErrorKind {
        self.kind
    }

    /// Where.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }
}

impl fmt::Display for JsonErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the text ends inside a value"),
            Self::Malformed(malformed) => write!(f, "no JSON: {}", malformed.reason()),
            Self::LimitExceeded { limit, allowed } => write!(f, "more than {allowed} {}", limit.unit()),
            Self::Kind { expected, found } => write!(f, "{} instead of {}", found.words(), expected.words()),
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.kind, self.position)
    }
}

impl core::error::Error for JsonError {}

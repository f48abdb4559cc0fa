//! What was found instead of a prefix.

use core::fmt;

use super::indexes::COUNT_MAX;

/// Why bytes have no prefix, and at which byte that was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FramingError {
    kind: FramingErrorKind,
    offset: usize,
}

/// What was found instead of a prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FramingErrorKind {
    /// The bytes end inside of the prefix.
    Truncated {
        /// How many bytes there are.
        found: usize,
    },
    /// The first byte is neither 0 nor 1: these bytes have no prefix, or that of another registry.
    Magic {
        /// The first byte.
        found: u8,
    },
    /// A number that goes on after its 10th byte.
    Varint,
    /// A list of message indexes below 0 or beyond 100.
    IndexCount {
        /// How many there should be.
        found: i64,
    },
    /// A message index below 0 or beyond 31 bits.
    Index {
        /// The index.
        found: i64,
    },
    /// A header goes on behind its prefix.
    TrailingBytes {
        /// By how many bytes.
        found: usize,
    },
}

impl FramingError {
    pub(super) fn new(kind: FramingErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What was found.
    #[must_use]
    pub fn kind(&self) -> FramingErrorKind {
        self.kind
    }

    /// The byte at which it was noticed, counted from 0.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for FramingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FramingErrorKind::Truncated { found } => write!(f, "the prefix of a schema ends after {found} bytes"),
            FramingErrorKind::Magic { found } => {
                write!(f, "the first byte is 0x{found:02x} where 0 (a schema id) or 1 (a schema GUID) was expected")
            }
            FramingErrorKind::Varint => f.write_str("a message index of more than 64 bits"),
            FramingErrorKind::IndexCount { found } => {
                write!(f, "a list of {found} message indexes where 0 to {COUNT_MAX} were expected")
            }
            FramingErrorKind::Index { found } => {
                write!(f, "the message index {found} where 0 to {} was expected", i32::MAX)
            }
            FramingErrorKind::TrailingBytes { found } => write!(f, "{found} bytes behind the schema of a header"),
        }?;
        write!(f, ", at byte {}", self.offset)
    }
}

impl core::error::Error for FramingError {}

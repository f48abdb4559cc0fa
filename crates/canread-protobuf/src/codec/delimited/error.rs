//! Why a stream has no next message.

use core::fmt;

use canread_wire::DecodeError;

/// Why a stream has no next message, in which message that was noticed, and where that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DelimitedError {
    kind: DelimitedErrorKind,
    message: u64,
    offset: u64,
}

/// Why a stream has no next message.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DelimitedErrorKind {
    /// The stream ends inside of a message or its length; more bytes may help.
    Truncated,
    /// A length of more than 64 bits; nothing behind it can be read.
    Length,
    /// A message is longer than the limits allow; nothing behind it is read. They allow `bytes_max`, and a reader that has to hold
    /// the message no more than half of `allocated_bytes_max`.
    TooLong {
        /// How many bytes it should have.
        found: u64,
        /// How many are allowed.
        allowed: u64,
    },
    /// The bytes of a message can't be read; those behind it can. Offsets in the error are those of the message's own bytes.
    Message(DecodeError),
}

impl DelimitedError {
    pub(super) fn new(kind: DelimitedErrorKind, message: u64, offset: u64) -> Self {
        Self { kind, message, offset }
    }

    /// Why there is no message.
    #[must_use]
    pub fn kind(&self) -> &DelimitedErrorKind {
        &self.kind
    }

    /// Which message it would have been, counted from 0.
    #[must_use]
    pub fn message(&self) -> u64 {
        self.message
    }

    /// The byte at which that begins with its length, counted from the start of the stream.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

impl fmt::Display for DelimitedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "message {} of the stream, at byte {}: ", self.message, self.offset)?;
        match &self.kind {
            DelimitedErrorKind::Truncated => f.write_str("the stream ends inside of it"),
            DelimitedErrorKind::Length => f.write_str("a length of more than 64 bits"),
            DelimitedErrorKind::TooLong { found, allowed } => {
                write!(f, "{found} bytes, where at most {allowed} are allowed")
            }
            DelimitedErrorKind::Message(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for DelimitedError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.kind {
            DelimitedErrorKind::Message(error) => Some(error),
            _ => None,
        }
    }
}

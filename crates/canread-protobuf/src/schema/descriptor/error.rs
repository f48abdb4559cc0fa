//! Why bytes are no descriptor set, and where.

use std::fmt;

/// Why bytes could not be read as a `google.protobuf.FileDescriptorSet`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadError {
    kind: ReadErrorKind,
    offset: usize,
    message: &'static str,
}

impl ReadError {
    pub(super) fn new(kind: ReadErrorKind, offset: usize, message: &'static str) -> Self {
        Self { kind, offset, message }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }

    /// Offset of the byte at which the wrong part starts, from the start of the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The descriptor message that was being read: `FieldDescriptorProto`.
    #[must_use]
    pub fn message(&self) -> &'static str {
        self.message
    }
}

/// What is wrong with the bytes of a descriptor set.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadErrorKind {
    /// The input ends inside a value; more bytes may help.
    Truncated,
    /// The bytes break the wire format; nothing will make them valid.
    Malformed(Malformed),
    /// The bytes are valid, but hold something else than files with names.
    NotADescriptorSet,
    /// The input asks for more than [`ReadLimits`](super::ReadLimits) allows.
    LimitExceeded {
        /// Which limit.
        limit: ReadLimit,
        /// How much it allows.
        allowed: usize,
    },
}

/// How bytes break the wire format.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    /// A varint goes on behind its tenth byte, or past 64 bits.
    Varint,
    /// A field has number 0 or one above 2^29-1.
    FieldNumber,
    /// A tag has wire type 6 or 7, which don't exist.
    WireType,
    /// A group ends that never started, or one ends with another's number.
    GroupEnd,
    /// A length reaches behind the end of the message that holds the field.
    Length,
    /// A string is not UTF-8.
    Utf8,
}

/// A limit of [`ReadLimits`](super::ReadLimits).
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadLimit {
    /// Bytes of input.
    Bytes,
    /// Messages inside messages.
    Depth,
    /// Messages of all kinds.
    Messages,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, offset, message } = self;
        match kind {
            ReadErrorKind::Truncated => write!(f, "the input ends inside a {message}, at byte {offset}"),
            ReadErrorKind::Malformed(Malformed::Utf8) => {
                write!(f, "a string of a {message} is not UTF-8, at byte {offset}")
            }
            ReadErrorKind::Malformed(malformed) => write!(f, "{malformed} in a {message}, at byte {offset}"),
            ReadErrorKind::NotADescriptorSet => {
                write!(f, "expected a google.protobuf.FileDescriptorSet, found no file with a name in {offset} bytes")
            }
            ReadErrorKind::LimitExceeded { limit, allowed } => {
                let what = match limit {
                    ReadLimit::Bytes => "bytes",
                    ReadLimit::Depth => "levels of nested messages",
                    ReadLimit::Messages => "messages",
                };
                write!(f, "a descriptor set may have at most {allowed} {what}, this one has more at byte {offset}")
            }
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Varint => "a varint of more than 64 bits",
            Self::FieldNumber => "a field number that is not between 1 and 536870911",
            Self::WireType => "a wire type that does not exist",
            Self::GroupEnd => "the end of a group that was not open",
            Self::Length => "a length that reaches behind its message",
            Self::Utf8 => "a string that is not UTF-8",
        })
    }
}

impl std::error::Error for ReadError {}

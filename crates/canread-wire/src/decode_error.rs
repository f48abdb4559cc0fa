//! Why bytes could not be decoded, and where.

use alloc::{boxed::Box, string::ToString as _};
use core::fmt;

use crate::{Fault, FieldPath, Limit, Limits, Malformed};

/// Why bytes could not be decoded, at which byte, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    offset: u64,
    path: FieldPath,
    /// More of it than the kind says.
    reason: Option<Box<str>>,
}

/// Why bytes could not be decoded, sorted by what a caller does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ended inside a value; more bytes may help.
    Truncated,
    /// The bytes break the format; nothing will make them valid.
    Malformed(Malformed),
    /// The input asks for more than [`Limits`] allows; a caller who trusts it may allow more.
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// What it allows, in the limit's unit.
        allowed: u64,
    },
    /// The bytes are well formed, and the type they are read into can't hold them.
    Unreadable(Unreadable),
}

/// What a type can't hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Unreadable {
    /// A number or symbol that a closed enum does not have.
    UnknownSymbol,
    /// A union that has no branch, or one that the type does not know, where there has to be one: an item of a list or the value of a map in
    /// Protobuf. As the value of a field it is an `Option`, and `None`.
    UnknownBranch,
    /// A number beyond the type's range.
    OutOfRange,
    /// Bytes of another length than the type's: a uuid of 15 bytes.
    Size,
    /// A date, time or duration that there is not, as the 30th of February, or that the type can't hold, as a time zone in a local time.
    Time,
    /// A required field that is not there.
    MissingField,
    /// A value that the type, or the reader's schema, has no place for: of another type, one that means something else, or a record
    /// that lacks a field. What it is for a plan, the error's [`reason`](DecodeError::reason) says.
    Mismatch,
}

impl DecodeError {
    /// The error that a fault at a place is.
    ///
    /// `offset` counts bytes from the start of the input.
    #[must_use]
    pub fn new(fault: Fault, offset: u64, path: FieldPath, limits: &Limits) -> Self {
        let kind = match fault {
            Fault::Truncated => DecodeErrorKind::Truncated,
            Fault::Malformed(malformed) => DecodeErrorKind::Malformed(malformed),
            Fault::Limit(limit) => DecodeErrorKind::LimitExceeded { limit, allowed: limits.allowed(limit) },
            Fault::UnknownSymbol => DecodeErrorKind::Unreadable(Unreadable::UnknownSymbol),
            Fault::UnknownBranch => DecodeErrorKind::Unreadable(Unreadable::UnknownBranch),
            Fault::OutOfRange => DecodeErrorKind::Unreadable(Unreadable::OutOfRange),
            Fault::Size => DecodeErrorKind::Unreadable(Unreadable::Size),
            Fault::Time => DecodeErrorKind::Unreadable(Unreadable::Time),
            Fault::MissingField => DecodeErrorKind::Unreadable(Unreadable::MissingField),
            Fault::Mismatch => DecodeErrorKind::Unreadable(Unreadable::Mismatch),
        };
        Self { kind, offset, path, reason: None }
    }

    /// The same with words that say more than the kind, if there are some: which of a plan's mismatches was met.
    #[must_use]
    pub fn because(mut self, reason: Option<&dyn fmt::Display>) -> Self {
        self.reason = reason.map(|reason| reason.to_string().into());
        self
    }

    /// The same for a caller who had other limits: those that were decoded with were a part of them.
    #[must_use]
    pub fn within(mut self, limits: &Limits) -> Self {
        if let DecodeErrorKind::LimitExceeded { limit, allowed } = &mut self.kind {
            *allowed = limits.allowed(*limit);
        }
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The byte at which it was noticed, counted from the start of the input.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// More of it than the kind says, in words: what a reader by a plan can't take of the writer's data.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The field in which it was noticed; empty if it was in none.
    #[must_use]
    pub fn path(&self) -> &FieldPath {
        &self.path
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The one fault that says less than the error.
            Self::LimitExceeded { limit, allowed } => write!(f, "more than {allowed} {}", limit.unit()),
            Self::Truncated => Fault::Truncated.fmt(f),
            Self::Malformed(malformed) => Fault::Malformed(*malformed).fmt(f),
            Self::Unreadable(Unreadable::UnknownSymbol) => Fault::UnknownSymbol.fmt(f),
            Self::Unreadable(Unreadable::UnknownBranch) => Fault::UnknownBranch.fmt(f),
            Self::Unreadable(Unreadable::OutOfRange) => Fault::OutOfRange.fmt(f),
            Self::Unreadable(Unreadable::Size) => Fault::Size.fmt(f),
            Self::Unreadable(Unreadable::Time) => Fault::Time.fmt(f),
            Self::Unreadable(Unreadable::MissingField) => Fault::MissingField.fmt(f),
            Self::Unreadable(Unreadable::Mismatch) => Fault::Mismatch.fmt(f),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            Some(reason) => write!(f, "{reason}; at byte {}", self.offset)?,
            None => write!(f, "{} at byte {}", self.kind, self.offset)?,
        }
        if self.path.is_empty() { Ok(()) } else { write!(f, ", in `{}`", self.path) }
    }
}

impl core::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;
    use crate::PathSegment;

    #[test]
    fn a_message_names_the_reason_the_byte_and_the_field() {
        let mut path = FieldPath::default();
        // In the order in which an error passes them.
        path.lead_with(PathSegment::Field("note".into()));
        path.lead_with(PathSegment::Item(3));
        path.lead_with(PathSegment::Field("lines".into()));
        let limits = Limits::strict().with_depth_max(7);
        let shown = |fault, path: &FieldPath| DecodeError::new(fault, 12, path.clone(), &limits).to_string();
        assert_eq!(shown(Fault::Truncated, &path), "the input ends inside a value at byte 12, in `lines[3].note`");
        assert_eq!(
            shown(Fault::Limit(Limit::Depth), &path),
            "more than 7 levels of nesting at byte 12, in `lines[3].note`"
        );
        assert_eq!(
            shown(Fault::UnknownBranch, &path),
            "a union with no branch that the type has at byte 12, in `lines[3].note`"
        );
        let part = DecodeError::new(Fault::Limit(Limit::Depth), 12, path.clone(), &limits.with_depth_max(3));
        assert_eq!(part.within(&limits).to_string(), shown(Fault::Limit(Limit::Depth), &path));
        let refused = DecodeError::new(Fault::Mismatch, 12, path.clone(), &limits);
        assert_eq!(
            refused.to_string(),
            "a value that can't be read as the field's type at byte 12, in `lines[3].note`"
        );
        let refused = refused.because(Some(&"a date can't be read as a string"));
        assert_eq!(refused.to_string(), "a date can't be read as a string; at byte 12, in `lines[3].note`");
        assert_eq!(refused.reason(), Some("a date can't be read as a string"));
        let none = FieldPath::default();
        assert_eq!(shown(Fault::Malformed(Malformed::Utf8), &none), "malformed: text that is not UTF-8 at byte 12");
    }
}

//! Why a value could not be encoded, and where.

use core::fmt;

use crate::FieldPath;

/// Why a value could not be encoded, and in which field.
///
/// Nothing of the value was written, or what was written is not meant to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    kind: EncodeErrorKind,
    path: FieldPath,
    /// What attributes of fields call the format, where the error gives advice.
    format: &'static str,
}

/// Why a value could not be encoded, sorted by what a caller does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// The slice to write into is too small.
    NoRoom {
        /// How many bytes the value takes.
        needed: usize,
    },
    /// Records are inside each other deeper than a reader would accept.
    TooDeep {
        /// How deep they may be.
        allowed: u32,
    },
    /// The format has no way to write a value of this size.
    OutOfRange,
    /// The field holds fewer digits than the value has: microseconds, and the value has nanoseconds. Cut the value off before
    /// (`Timestamp::floor`), or give the field a finer unit (`avro(nanos)`, `protobuf(nanos)`).
    Inexact,
    /// The schema that is written under has no such symbol or branch.
    UnknownSymbol,
    /// A field that the schema requires has no value.
    MissingField,
    /// The value is of another kind than the schema says.
    Mismatch,
    /// The schema is one of another format.
    OtherFormat,
    /// Another member of the same oneof has a value too.
    SecondOfOneof,
}

impl EncodeError {
    /// An error in a field.
    #[must_use]
    pub fn new(kind: EncodeErrorKind, path: FieldPath) -> Self {
        Self { kind, path, format: "" }
    }

    /// The same with the word that attributes of fields have for the format, which advice then names.
    #[must_use]
    pub fn in_format(self, format: &'static str) -> Self {
        Self { format, ..self }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> EncodeErrorKind {
        self.kind
    }

    /// The field in which it was noticed; empty if it was in none.
    #[must_use]
    pub fn path(&self) -> &FieldPath {
        &self.path
    }
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoom { needed } => write!(f, "the value takes {needed} bytes, more than there is room for"),
            Self::TooDeep { allowed } => write!(f, "more than {allowed} levels of nesting"),
            Self::Inexact => f.write_str(
                "a value with more digits than the field holds (`floor` cuts a time off, `nanos` keeps it whole)",
            ),
            Self::OutOfRange => f.write_str("a value that the format can't hold"),
            Self::UnknownSymbol => f.write_str("a symbol or branch that the schema does not have"),
            Self::MissingField => f.write_str("a field that the schema requires has no value"),
            Self::Mismatch => f.write_str("a value of another kind than the schema's"),
            Self::OtherFormat => f.write_str("a schema of another format"),
            Self::SecondOfOneof => f.write_str("another member of the oneof has a value too"),
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.format) {
            (EncodeErrorKind::Inexact, format) if !format.is_empty() => write!(
                f,
                "a value with more digits than the field holds (`floor` cuts a time off, `{format}(nanos)` keeps it whole)"
            )?,
            (kind, _) => write!(f, "{kind}")?,
        }
        if self.path.is_empty() { Ok(()) } else { write!(f, ", in `{}`", self.path) }
    }
}

impl core::error::Error for EncodeError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn advice_names_the_format_that_was_written() {
        let error = EncodeError::new(EncodeErrorKind::Inexact, FieldPath::default());
        assert!(error.to_string().ends_with("`nanos` keeps it whole)"));
        assert!(error.in_format("protobuf").to_string().ends_with("`protobuf(nanos)` keeps it whole)"));
    }
}

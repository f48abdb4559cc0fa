//! Why decoding stopped, in a byte or two.

use core::fmt;

/// What a decoding function returns until the error reaches the caller of a codec.
pub type Step<T> = Result<T, Fault>;

/// Why decoding stopped.
///
/// Small and without a place, since every value of a record passes through a `Result` of it. The codec knows the place
/// and makes a [`DecodeError`](crate::DecodeError) of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The input ended inside a value.
    Truncated,
    /// The bytes break the format.
    Malformed(Malformed),
    /// The input asks for more than its reader allows.
    Limit(Limit),
    /// A number or symbol that a closed enum does not have.
    UnknownSymbol,
    /// A union with no branch, or with none that the type has.
    UnknownBranch,
    /// A number that the type which is read into can't hold.
    OutOfRange,
    /// Bytes of another length than the type has.
    Size,
    /// A date, time or duration that there is not, or that the type which is read into can't hold.
    Time,
    /// A field that must be there is not.
    MissingField,
    /// What is written can't be read into the field.
    Mismatch,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the input ends inside a value"),
            Self::Malformed(malformed) => write!(f, "malformed: {}", malformed.reason()),
            Self::Limit(limit) => write!(f, "more {} than are allowed", limit.unit()),
            Self::UnknownSymbol => f.write_str("a symbol that the enum does not have"),
            Self::UnknownBranch => f.write_str("a union with no branch that the type has"),
            Self::OutOfRange => f.write_str("a number beyond the range of its type"),
            Self::Size => f.write_str("bytes of another length than the type's"),
            Self::Time => f.write_str("a date, time or duration that the type can't hold"),
            Self::MissingField => f.write_str("a required field is missing"),
            Self::Mismatch => f.write_str("a value that can't be read as the field's type"),
        }
    }
}

impl core::error::Error for Fault {}

/// How bytes break their format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Malformed {
    /// A varint that goes on after its 10th byte, or has bits beyond the 64th.
    Varint,
    /// Text that is not UTF-8.
    Utf8,
    /// A key or tag that the format does not have.
    Tag,
    /// A field number of 0, or one that is too large.
    FieldNumber,
    /// The end of a group that is not the one that was begun.
    Group,
    /// A length or count below 0, or one that no input could hold.
    Length,
    /// A boolean that is neither 0 nor 1.
    Bool,
    /// A union branch that does not exist.
    Branch,
    /// Bytes after the end of the value.
    TrailingBytes,
    /// A header, marker or checksum that is not the expected one.
    Header,
    /// A text form that its type does not have: a decimal, a date, a uuid.
    Text,
}

// Every value of a record passes through a `Result` of it.
const _: () = assert!(size_of::<Fault>() <= 2 && size_of::<Step<u64>>() == 16 && size_of::<Step<&[u8]>>() == 16);

impl Malformed {
    /// The reason in words, for a sentence that begins with "malformed: ".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Varint => "a varint of more than 64 bits",
            Self::Utf8 => "text that is not UTF-8",
            Self::Tag => "a tag that the format does not have",
            Self::FieldNumber => "a field number out of range",
            Self::Group => "the end of a group that was not begun",
            Self::Length => "a length or count out of range",
            Self::Bool => "a boolean that is neither 0 nor 1",
            Self::Branch => "a union branch that does not exist",
            Self::TrailingBytes => "bytes after the end of the value",
            Self::Header => "a header that is not the expected one",
            Self::Text => "a text form that its type does not have",
        }
    }
}

/// Which budget of [`Limits`](crate::Limits) was used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of input.
    Bytes,
    /// Records, lists, maps and unions inside each other.
    Depth,
    /// Items of lists and entries of maps.
    Items,
    /// Bytes of memory that the decoded value holds.
    AllocatedBytes,
}

impl Limit {
    /// The limit's name and unit, as in "more than 100 levels of nesting".
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Bytes => "bytes of input",
            Self::Depth => "levels of nesting",
            Self::Items => "items",
            Self::AllocatedBytes => "bytes of memory",
        }
    }
}

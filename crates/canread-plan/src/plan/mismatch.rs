//! What a reader can't take.

use std::fmt;

use canread_model::Format;

/// What of a writer's data a reader can't take, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    kind: MismatchKind,
    path: Box<str>,
    meets_all_data: bool,
}

/// Why a reader can't take something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MismatchKind {
    /// Two formats, or one without resolution.
    Formats {
        /// The writer's.
        writer: Format,
        /// The reader's.
        reader: Format,
    },
    /// A type that becomes no other.
    Types {
        /// The writer's, in words.
        writer: Box<str>,
        /// The reader's, in words.
        reader: Box<str>,
    },
    /// Values that are made alike and mean something else: other logical types.
    Meanings {
        /// What the writer's mean, in words.
        writer: Box<str>,
        /// What the reader's mean, in words.
        reader: Box<str>,
    },
    /// Decimals that may have more digits than the reader's.
    Digits {
        /// How many the writer's may have.
        writer: u32,
        /// How many the reader's may have.
        reader: u32,
    },
    /// Named types of one sort whose names do not match.
    Names {
        /// The writer's.
        writer: Box<str>,
        /// The reader's.
        reader: Box<str>,
    },
    /// Fixed types of different sizes.
    Sizes {
        /// The writer's.
        writer: u32,
        /// The reader's.
        reader: u32,
    },
    /// A field of the reader that the writer does not have, and that has no default.
    NoDefault {
        /// The field.
        field: Box<str>,
    },
    /// A field that the reader requires, and that the writer does not have or may leave out.
    Required {
        /// The field.
        field: Box<str>,
    },
    /// Symbols that the reader does not have, whose enum has no default.
    Symbols {
        /// The symbols.
        symbols: Box<[Box<str>]>,
    },
    /// A branch of the writer's union, or a type, that no branch of the reader's union takes.
    NoBranch {
        /// The writer's type, in words.
        writer: Box<str>,
    },
    /// Fields name types of the two schemas in more combinations than are looked at: 16 for each field, symbol and branch of both, and
    /// 50,000. Versions of one schema need about one.
    TooManyPairs,
}

impl Mismatch {
    pub(super) fn new(kind: MismatchKind, path: &str, meets_all_data: bool) -> Self {
        Self { kind, path: path.into(), meets_all_data }
    }

    /// Why.
    #[must_use]
    pub fn kind(&self) -> &MismatchKind {
        &self.kind
    }

    /// Where, as names of the writer's fields from the outermost record: `lines[].sku`. Empty for a whole value.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether there is no data that the reader could take; else some data does not have it.
    #[must_use]
    pub fn meets_all_data(&self) -> bool {
        self.meets_all_data
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "`{}`: ", self.path)?;
        }
        self.kind.fmt(f)
    }
}

impl fmt::Display for MismatchKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Formats { writer, reader } if writer == reader => {
                write!(f, "{writer:?} has no resolution of schemas")
            }
            Self::Formats { writer, reader } => write!(f, "{writer:?} can't be read as {reader:?}"),
            Self::Types { writer, reader } => write!(f, "{writer} can't be read as {reader}"),
            Self::Meanings { writer, reader } => {
                write!(f, "{writer} can't be read as {reader}: the same bytes are another value")
            }
            Self::Digits { writer, reader } => {
                write!(f, "decimals of {writer} digits can't be read as ones of at most {reader}")
            }
            Self::Names { writer, reader } => write!(f, "`{writer}` can't be read as `{reader}`, another name"),
            Self::Sizes { writer, reader } => write!(f, "{writer} bytes can't be read as {reader}"),
            Self::NoDefault { field } => {
                write!(f, "the reader's field `{field}` is not written, and has no default")
            }
            Self::Required { field } => {
                write!(f, "the reader requires the field `{field}`, and the writer need not write it")
            }
            Self::Symbols { symbols } => {
                write!(f, "the reader's enum has no default and lacks ")?;
                for (at, symbol) in symbols.iter().enumerate() {
                    write!(f, "{}`{symbol}`", if at == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Self::TooManyPairs => {
                f.write_str("fields name types of the two schemas in more combinations than are looked at")
            }
            Self::NoBranch { writer } => write!(f, "no branch of the reader's union takes {writer}"),
        }
    }
}

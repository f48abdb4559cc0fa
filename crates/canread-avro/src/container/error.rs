//! Why a file can't be read.

use std::{fmt, io};

use canread_plan::LayoutError;
use canread_wire::{DecodeError, Limit, may_pass};

use super::Codec;
use crate::codec::DecoderError;

/// Why a file can't be read, and where in it that was noticed.
#[derive(Debug)]
pub struct ContainerError {
    kind: ContainerErrorKind,
    offset: u64,
}

/// Why a file can't be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ContainerErrorKind {
    /// The source gave an error.
    Io(io::Error),
    /// It ends inside its header or inside a block.
    Truncated,
    /// It does not begin as these files do.
    NotAContainer,
    /// Its header breaks the format.
    Header,
    /// It has no schema.
    NoSchema,
    /// Its schema is none: what is wrong with it first.
    Schema(String),
    /// Values of its schema can't be read.
    Layout(LayoutError),
    /// What is asked for can't be read from what its schema writes.
    Resolution(DecoderError),
    /// Its blocks are compressed in a way that is not known: the name of it.
    UnknownCodec(String),
    /// Its blocks are compressed in a way that this program was built without: see [`Codec::is_available`].
    CodecNotBuilt(Codec),
    /// A count or size of a block is none.
    BlockHeader,
    /// A block is not followed by the marker of the file: one of the two is damaged.
    Marker,
    /// A block can't be decompressed.
    Compressed(Codec),
    /// A block was compressed with a larger window than is allowed: whoever decompresses it would keep as many bytes. It may be whole: see
    /// [`ContainerLimits::with_window_bytes_max`](super::ContainerLimits::with_window_bytes_max).
    WindowTooLarge {
        /// How many bytes are allowed.
        allowed: u64,
    },
    /// A block's checksum is not that of its bytes.
    Checksum,
    /// The header is larger than is allowed: see [`ContainerLimits::with_header_bytes_max`](super::ContainerLimits::with_header_bytes_max).
    HeaderTooLarge {
        /// How many bytes are allowed.
        allowed: u64,
    },
    /// The header has more entries of metadata than are allowed.
    TooManyEntries {
        /// How many are allowed.
        allowed: u64,
    },
    /// What is made of the schema in the header would take more memory than is allowed: see
    /// [`Limits::with_allocated_bytes_max`](canread_wire::Limits::with_allocated_bytes_max) and [`ContainerLimits::with_block`](super::ContainerLimits::with_block).
    SchemaTooLarge {
        /// How many bytes of memory are allowed.
        allowed: u64,
    },
    /// A block is larger than is allowed, compressed or not: see
    /// [`ContainerLimits::with_block_bytes_max`](super::ContainerLimits::with_block_bytes_max).
    TooLarge {
        /// How many bytes are allowed when it is no longer compressed.
        allowed: u64,
    },
    /// A block is larger than is allowed for what it was compressed to: see
    /// [`ContainerLimits::with_ratio_max`](super::ContainerLimits::with_ratio_max).
    RatioTooLarge {
        /// How many bytes are allowed, of this block.
        allowed: u64,
    },
    /// A block asks for more than is allowed for its records together: see
    /// [`ContainerLimits::with_block`](super::ContainerLimits::with_block).
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// What it allows, in the limit's unit.
        allowed: u64,
    },
    /// A block says that it has more records than the limits allow: one for each of its bytes, and so many beside.
    TooManyRecords {
        /// How many, in this block.
        allowed: u64,
    },
    /// A block goes on behind its last record.
    TrailingBytes,
    /// A record can't be read.
    Record {
        /// Which one of its block, counted from 0.
        index: u64,
        /// Where it begins in the block when that is no longer compressed.
        starts_at: u64,
        /// What is wrong with it; offsets there count from its first byte.
        error: DecodeError,
    },
}

impl ContainerError {
    pub(super) fn new(kind: ContainerErrorKind, offset: u64) -> Self {
        Self { kind, offset }
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> &ContainerErrorKind {
        &self.kind
    }

    /// Whether it is the source that can't give bytes just now (`WouldBlock`, `TimedOut`). Who reads block by block or record by
    /// record and asks again is given what comes next, and has lost nothing. The header and what is read on several threads
    /// have to come without.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(&self.kind, ContainerErrorKind::Io(error) if may_pass(error))
    }

    /// Which byte of the file: that at which it was noticed in a header or between blocks, or the first byte of the block
    /// in which it was noticed.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }
}

impl fmt::Display for ContainerErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Truncated => f.write_str("the file ends too early"),
            Self::NotAContainer => {
                f.write_str("not an Avro object container file: its first bytes are not `Obj` and 1")
            }
            Self::Header => f.write_str("a header that breaks the format"),
            Self::NoSchema => f.write_str("a header without `avro.schema`"),
            Self::Schema(problem) => write!(f, "a schema that can't be read: {problem}"),
            Self::Layout(error) => error.fmt(f),
            Self::Resolution(error) => write!(f, "the file's schema does not fit: {error}"),
            Self::UnknownCodec(name) => {
                write!(f, "unknown codec `{name}`, expected one of ")?;
                for (at, codec) in Codec::ALL.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { ", " }, codec.name())?;
                }
                Ok(())
            }
            Self::CodecNotBuilt(codec) => not_built(f, *codec),
            Self::BlockHeader => f.write_str("a count or size of a block that is out of range"),
            Self::Marker => f.write_str("a block that is not followed by the file's sync marker"),
            Self::Compressed(codec) => write!(f, "a block that is not valid {}", codec.name()),
            Self::WindowTooLarge { allowed } => write!(
                f,
                "a block that takes a window of more than the {allowed} bytes that are allowed \
                 (`ContainerLimits::with_window_bytes_max` allows more)"
            ),
            Self::Checksum => f.write_str("a block whose checksum is not that of its bytes"),
            Self::HeaderTooLarge { allowed } => write!(
                f,
                "a header of more than the {allowed} bytes that are allowed (`ContainerLimits::with_header_bytes_max` allows more)"
            ),
            Self::TooManyEntries { allowed } => write!(f, "a header with metadata of more than {allowed} entries"),
            Self::SchemaTooLarge { allowed } => write!(
                f,
                "a schema that would take more than the {allowed} bytes of memory that are allowed ({} allows more)",
                setting(Limit::AllocatedBytes)
            ),
            Self::TooLarge { allowed } => write!(
                f,
                "a block of more than the {allowed} bytes that are allowed (`ContainerLimits::with_block_bytes_max` allows more)"
            ),
            Self::RatioTooLarge { allowed } => write!(
                f,
                "a block of more than the {allowed} bytes that are allowed for its compressed size (`ContainerLimits::with_ratio_max` allows more)"
            ),
            Self::LimitExceeded { limit, allowed } => {
                write!(f, "a block of more than {allowed} {} ({} allows more)", limit.unit(), setting(*limit))
            }
            Self::TooManyRecords { allowed } => {
                write!(f, "a block of more than {allowed} records ({} allows more)", setting(Limit::Items))
            }
            Self::TrailingBytes => f.write_str("a block that goes on behind its last record"),
            Self::Record { index, starts_at, error } => {
                write!(f, "record {index} of a block, which begins at its byte {starts_at}: {error}")
            }
        }
    }
}

/// What allows more.
fn setting(limit: Limit) -> &'static str {
    match limit {
        Limit::Bytes => "`Limits::with_bytes_max` in `ContainerLimits::with_block`",
        Limit::Items => "`Limits::with_items_beyond_input_max` in `ContainerLimits::with_block`",
        Limit::AllocatedBytes => "`Limits::with_allocated_bytes_max` in `ContainerLimits::with_block`",
        _ => "`ContainerLimits::with_block`",
    }
}

pub(super) fn not_built(f: &mut fmt::Formatter<'_>, codec: Codec) -> fmt::Result {
    let name = codec.name();
    write!(f, "codec `{name}` is not built in: that takes the feature `avro-{name}` of `canread`")
}

impl fmt::Display for ContainerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at byte {} of the file", self.kind, self.offset)
    }
}

impl std::error::Error for ContainerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ContainerErrorKind::Io(error) => Some(error),
            ContainerErrorKind::Layout(error) => Some(error),
            ContainerErrorKind::Resolution(error) => Some(error),
            ContainerErrorKind::Record { error, .. } => Some(error),
            _ => None,
        }
    }
}

//! How blocks are compressed.

use super::WriteError;

/// How the blocks of a file are compressed.
///
/// Every one has a name here, whether this build can read it or not: see [`is_available`](Self::is_available).
///
/// Source: Avro 1.12, "Required Codecs", "Optional Codecs".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Codec {
    /// Not at all.
    #[default]
    Null,
    /// Deflate without the frame of zlib.
    Deflate,
    /// Snappy, with a checksum of what was compressed.
    Snappy,
    /// bzip2.
    Bzip2,
    /// Zstandard; feature `avro-zstandard` of `canread`, for a C compiler is needed.
    Zstandard,
    /// xz; feature `avro-xz` of `canread`, for a C compiler is needed.
    Xz,
}

impl Codec {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Null, Self::Deflate, Self::Snappy, Self::Bzip2, Self::Zstandard, Self::Xz];

    /// The name in a file's metadata.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Deflate => "deflate",
            Self::Snappy => "snappy",
            Self::Bzip2 => "bzip2",
            Self::Zstandard => "zstandard",
            Self::Xz => "xz",
        }
    }

    /// Whether this build reads and writes it.
    #[must_use]
    pub fn is_available(self) -> bool {
        match self {
            Self::Null | Self::Deflate | Self::Snappy | Self::Bzip2 => true,
            Self::Zstandard => cfg!(feature = "zstandard"),
            Self::Xz => cfg!(feature = "xz"),
        }
    }

    pub(super) fn named(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.name().as_bytes() == name)
    }

    /// The levels it has, lowest and highest, and the one that is taken unless somebody asks for another: what its own
    /// library takes.
    fn levels(self) -> Option<(u32, u32, u32)> {
        match self {
            Self::Null | Self::Snappy => None,
            Self::Deflate | Self::Xz => Some((0, 9, 6)),
            Self::Bzip2 => Some((1, 9, 9)),
            Self::Zstandard => Some((1, 22, 3)),
        }
    }
}

/// A codec, and how hard it tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Compression {
    codec: Codec,
    level: Option<u32>,
}

impl Compression {
    /// A codec at the level that its library takes by default: 6 for deflate and xz, 9 for bzip2, 3 for zstandard.
    #[must_use]
    pub fn new(codec: Codec) -> Self {
        Self { codec, level: None }
    }

    /// The same at another level: 0 to 9 for deflate and xz, 1 to 9 for bzip2, 1 to 22 for zstandard.
    #[must_use]
    pub fn with_level(self, level: u32) -> Self {
        Self { level: Some(level), ..self }
    }

    /// The codec.
    #[must_use]
    pub fn codec(self) -> Codec {
        self.codec
    }

    /// The level; 0 where a codec has none.
    pub(super) fn level(self) -> u32 {
        self.level.or(self.codec.levels().map(|(_, _, usual)| usual)).unwrap_or_default()
    }

    /// Whether this build can do it.
    pub(super) fn check(self) -> Result<(), WriteError> {
        if !self.codec.is_available() {
            return Err(WriteError::CodecNotBuilt(self.codec));
        }
        let is_one = match (self.level, self.codec.levels()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(level), Some((least, most, _))) => (least..=most).contains(&level),
        };
        if is_one { Ok(()) } else { Err(WriteError::Level { codec: self.codec, level: self.level() }) }
    }
}

impl From<Codec> for Compression {
    fn from(codec: Codec) -> Self {
        Self::new(codec)
    }
}

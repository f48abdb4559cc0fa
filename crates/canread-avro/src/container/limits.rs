//! What a file from outside may cost.

use canread_wire::Limits;

use super::ContainerErrorKind;

/// What is let through whatever it was compressed to: 2 MiB, so that who writes blocks of 1 MiB, each with a record more, can read them.
const RATIO_FREE_BYTES: usize = 2 * 1024 * 1024;

/// Budgets for one file that is read.
///
/// | limit | unit | default | why |
/// |---|---|--:|---|
/// | `header_bytes_max` | bytes of the header, its last included | 1 MiB | the largest schemas that are published take some hundred thousand |
/// | `block_bytes_max` | bytes of a block when it is no longer compressed | 16 MiB | writers make 16 to 64 KiB by default, and some people 4 MiB |
/// | `ratio_max` | times | 100 | rows of a table come to 3 to 20; a block of up to 2 MiB is let through at any ratio |
/// | `window_bytes_max` | bytes that zstandard or xz may keep beside the block | 64 MiB | xz at level 9, zstandard up to level 20 |
/// | `block` | all records of one block together, see [`Limits`]; what is made of the schema in the header takes no more memory either | strict | a record costs memory only until the next one |
///
/// A block's count of records is spent from its items, so that a million nulls are a block and a billion are none.
///
/// # Memory
///
/// What a [`Reader`](super::Reader) takes does not grow with the file. These are bounds; a file of usual blocks takes some hundred
/// kilobytes, and its header ten to forty times its schema's text.
///
/// | for | at most |
/// |---|---|
/// | the header | 2¼ times `header_bytes_max` for its bytes, but 64 KiB at least; `allocated_bytes_max` of `block` for what is made of the schema, and 128 KiB for what is wrong with it |
/// | a block's bytes as they come | 2½ times `block_bytes_max` while they grow, which is half of it later |
/// | the block, no longer compressed | twice `block_bytes_max` while it grows, once later; beside it `window_bytes_max` and 4 MiB for zstandard, xz and bzip2 |
/// | its records | `allocated_bytes_max` of `block`, if all of them are kept |
/// | each thread of [`in_parallel`](super::Reader::in_parallel) | the bytes of two blocks on their way, as they come; one block, no longer compressed, and what decompresses it; what is made of two blocks, where [`records_in_parallel`](super::Reader::records_in_parallel) adds lists of as much as the records |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContainerLimits {
    header_bytes_max: usize,
    block_bytes_max: usize,
    ratio_max: usize,
    window_bytes_max: usize,
    block: Limits,
}

impl ContainerLimits {
    /// For files from elsewhere: the default.
    #[must_use]
    pub const fn strict() -> Self {
        Self {
            header_bytes_max: 1024 * 1024,
            block_bytes_max: 16 * 1024 * 1024,
            ratio_max: 100,
            window_bytes_max: 64 * 1024 * 1024,
            block: Limits::strict(),
        }
    }

    /// The same with another size of the header.
    #[must_use]
    pub const fn with_header_bytes_max(self, header_bytes_max: usize) -> Self {
        Self { header_bytes_max, ..self }
    }

    /// The same with another size of a block, in bytes that are no longer compressed.
    #[must_use]
    pub const fn with_block_bytes_max(self, block_bytes_max: usize) -> Self {
        Self { block_bytes_max, ..self }
    }

    /// The same with another ratio of a block to what it was compressed to. Up to 2 MiB are let through at any ratio.
    #[must_use]
    pub const fn with_ratio_max(self, ratio_max: usize) -> Self {
        Self { ratio_max, ..self }
    }

    /// The same with other memory for those who decompress.
    #[must_use]
    pub const fn with_window_bytes_max(self, window_bytes_max: usize) -> Self {
        Self { window_bytes_max, ..self }
    }

    /// The same with other limits for the records of a block.
    #[must_use]
    pub const fn with_block(self, block: Limits) -> Self {
        Self { block, ..self }
    }

    pub(super) const fn header_bytes_max(&self) -> usize {
        self.header_bytes_max
    }

    pub(super) const fn block_bytes_max(&self) -> usize {
        self.block_bytes_max
    }

    #[cfg_attr(not(any(feature = "zstandard", feature = "xz")), expect(dead_code, reason = "for those two alone"))]
    pub(super) const fn window_bytes_max(&self) -> usize {
        self.window_bytes_max
    }

    /// For the records of a block.
    pub(super) const fn block(&self) -> &Limits {
        &self.block
    }

    /// How large a block may be compressed. What can't be compressed grows a little: by a sixth with snappy at worst.
    pub(super) const fn compressed_bytes_max(&self) -> usize {
        self.block_bytes_max.saturating_add(self.block_bytes_max >> 2).saturating_add(1024)
    }

    /// How large a block may be that was compressed to so many bytes.
    pub(super) fn most_from(&self, compressed_bytes: usize) -> Most {
        let by_ratio = compressed_bytes.saturating_mul(self.ratio_max).max(RATIO_FREE_BYTES);
        Most { bytes: by_ratio.min(self.block_bytes_max), is_by_ratio: by_ratio < self.block_bytes_max }
    }
}

/// How large a block may be when it is no longer compressed, and which limit says so.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    pub(super) bytes: usize,
    is_by_ratio: bool,
}

impl Most {
    /// The error about a block that is larger.
    pub(super) fn exceeded(self) -> ContainerErrorKind {
        let allowed = self.bytes as u64;
        if self.is_by_ratio {
            ContainerErrorKind::RatioTooLarge { allowed }
        } else {
            ContainerErrorKind::TooLarge { allowed }
        }
    }
}

impl Default for ContainerLimits {
    /// [`ContainerLimits::strict`].
    fn default() -> Self {
        Self::strict()
    }
}

//! Bytes that are known before the program runs and stand before a value.

use crate::varint::varint_size;

/// Up to 5 bytes, such as the key of a Protobuf field.
///
/// A codec makes them in a `const`, so that writing one is a store of a number that stands in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// The bytes, first one lowest; 0 above them.
    bytes: u64,
    size: u8,
}

impl Prefix {
    /// No bytes.
    pub const NONE: Self = Self { bytes: 0, size: 0 };

    /// A number of 32 bits as a varint.
    #[must_use]
    #[expect(clippy::arithmetic_side_effects, reason = "at most 5 groups of 7 bits")]
    #[expect(clippy::cast_possible_truncation, reason = "at most 5 bytes")]
    pub const fn varint(number: u32) -> Self {
        let mut left = number as u64;
        let mut bytes = 0;
        let mut shift = 0;
        while left >= 0x80 {
            bytes |= ((left & 0x7f) | 0x80) << shift;
            left >>= 7;
            shift += 8;
        }
        bytes |= left << shift;
        Self { bytes, size: varint_size(number as u64) as u8 }
    }

    /// The bytes as a number, first one lowest.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.bytes
    }

    /// How many bytes there are.
    #[must_use]
    pub const fn size(self) -> usize {
        self.size as usize
    }
}

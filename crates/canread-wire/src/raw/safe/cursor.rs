//! Reads bytes from outside, by slices.

use crate::{Fault, Malformed, Prefix, Step};

/// A place in bytes that somebody else wrote, and their end.
#[derive(Debug, Clone)]
pub struct Cursor<'de> {
    left: &'de [u8],
}

impl<'de> Cursor<'de> {
    /// A cursor at the first of some bytes.
    pub fn new(input: &'de [u8]) -> Self {
        Self { left: input }
    }

    /// Whether no bytes are left.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> usize {
        self.left.len()
    }

    /// The bytes that are left.
    pub fn as_slice(&self) -> &'de [u8] {
        self.left
    }

    /// How far the cursor is from the start of `input`, in bytes.
    pub fn offset_in(&self, input: &[u8]) -> usize {
        (self.left.as_ptr() as usize).wrapping_sub(input.as_ptr() as usize).min(input.len())
    }

    /// The next byte, left where it is.
    pub fn peek(&self) -> Option<u8> {
        self.left.first().copied()
    }

    /// Takes the next byte.
    pub fn byte(&mut self) -> Step<u8> {
        let (byte, left) = self.left.split_first().ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(*byte)
    }

    /// Takes the prefix if it comes next, and says whether it did.
    pub fn take_prefix(&mut self, prefix: Prefix) -> bool {
        // On the stack: reading asks for no memory that is not counted.
        let bytes = prefix.bytes().to_le_bytes();
        match self.left.strip_prefix(bytes.get(..prefix.size()).unwrap_or_default()) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }

    /// Takes a varint of at most 10 bytes.
    pub fn varint(&mut self) -> Step<u64> {
        let mut ahead = self.clone();
        let mut number = 0_u64;
        for index in 0..10_u32 {
            let byte = ahead.byte()?;
            if index == 9 && byte > 1 {
                return Err(Fault::Malformed(Malformed::Varint));
            }
            number |= u64::from(byte & 0x7f).wrapping_shl(index.wrapping_mul(7));
            if byte < 0x80 {
                break;
            }
        }
        *self = ahead;
        Ok(number)
    }

    /// Takes 4 bytes, lowest first.
    pub fn fixed32(&mut self) -> Step<u32> {
        let (bytes, left) = self.left.split_first_chunk().ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(u32::from_le_bytes(*bytes))
    }

    /// Takes 8 bytes, lowest first.
    pub fn fixed64(&mut self) -> Step<u64> {
        let (bytes, left) = self.left.split_first_chunk().ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(u64::from_le_bytes(*bytes))
    }

    /// Takes so many bytes.
    pub fn take(&mut self, size: u64) -> Step<&'de [u8]> {
        let size = usize::try_from(size).map_err(|_| Fault::Truncated)?;
        let (bytes, left) = self.left.split_at_checked(size).ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(bytes)
    }

    /// Takes so many bytes of text.
    pub fn text(&mut self, size: u64) -> Step<&'de str> {
        let mut start = self.clone();
        core::str::from_utf8(self.take(size)?).map_err(|error| {
            let _ = start.take(error.valid_up_to() as u64);
            *self = start;
            Fault::Malformed(Malformed::Utf8)
        })
    }

    /// Takes so many bytes and makes a cursor over them.
    pub fn split(&mut self, size: u64) -> Step<Self> {
        self.take(size).map(Self::new)
    }
}

//! Reads bytes from outside, by slices.

use crate::{Fault, Malformed, Prefix, Step};

/// A place in bytes that somebody else wrote, and their end.
#[derive(Debug, Clone)]
pub struct Cursor<'de> {
    left: &'de [u8],
}

impl<'de> Cursor<'de> {
    pub fn new(input: &'de [u8]) -> Self {
        Self { left: input }
    }

    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    pub fn remaining(&self) -> usize {
        self.left.len()
    }

    pub fn as_slice(&self) -> &'de [u8] {
        self.left
    }

    pub fn offset_in(&self, input: &[u8]) -> usize {
        (self.left.as_ptr() as usize).wrapping_sub(input.as_ptr() as usize).min(input.len())
    }

    pub fn peek(&self) -> Option<u8> {
        self.left.first().copied()
    }

    pub fn byte(&mut self) -> Step<u8> {
        let (byte, left) = self.left.split_first().ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(*byte)
    }

    pub fn take_prefix(&mut self, prefix: Prefix) -> bool {
        match self.left.strip_prefix(super::prefix_bytes(prefix).as_slice()) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }

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

    pub fn fixed32(&mut self) -> Step<u32> {
        let (bytes, left) = self.left.split_first_chunk().ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(u32::from_le_bytes(*bytes))
    }

    pub fn fixed64(&mut self) -> Step<u64> {
        let (bytes, left) = self.left.split_first_chunk().ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(u64::from_le_bytes(*bytes))
    }

    pub fn take(&mut self, size: u64) -> Step<&'de [u8]> {
        let size = usize::try_from(size).map_err(|_| Fault::Truncated)?;
        let (bytes, left) = self.left.split_at_checked(size).ok_or(Fault::Truncated)?;
        self.left = left;
        Ok(bytes)
    }

    pub fn text(&mut self, size: u64) -> Step<&'de str> {
        core::str::from_utf8(self.take(size)?).map_err(|_| Fault::Malformed(Malformed::Utf8))
    }

    pub fn split(&mut self, size: u64) -> Step<Self> {
        self.take(size).map(Self::new)
    }
}

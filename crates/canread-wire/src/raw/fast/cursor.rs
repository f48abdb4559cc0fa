//! Reads bytes from outside.

use core::marker::PhantomData;

use super::copy::is_ascii;
use crate::{Fault, Malformed, Prefix, Step};

/// A place in bytes that somebody else wrote, and their end.
///
/// Two pointers; a copy of it is a place to come back to. What a function takes it takes whole or, on error, not at all
/// unless it says otherwise.
#[derive(Debug, Clone)]
pub struct Cursor<'de> {
    /// Invariant: `at <= end`, and both are in (or one past) one slice that lives for `'de`.
    at: *const u8,
    end: *const u8,
    input: PhantomData<&'de [u8]>,
}

// SAFETY: a cursor is a shared slice in another form, and `&[u8]` is `Send`.
unsafe impl Send for Cursor<'_> {}
// SAFETY: as above, `&[u8]` is `Sync`.
unsafe impl Sync for Cursor<'_> {}

impl<'de> Cursor<'de> {
    /// A cursor at the first of some bytes.
    #[must_use]
    #[inline(always)]
    pub fn new(input: &'de [u8]) -> Self {
        let range = input.as_ptr_range();
        Self { at: range.start, end: range.end, input: PhantomData }
    }

    /// Whether no bytes are left.
    #[must_use]
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.at == self.end
    }

    /// How many bytes are left.
    #[must_use]
    #[inline(always)]
    pub fn remaining(&self) -> usize {
        self.end as usize - self.at as usize
    }

    /// The bytes that are left.
    #[must_use]
    #[inline(always)]
    pub fn as_slice(&self) -> &'de [u8] {
        // SAFETY: `at..end` is in one slice that lives for `'de`.
        unsafe { core::slice::from_raw_parts(self.at, self.remaining()) }
    }

    /// How far the cursor is from the start of `input`, in bytes; the input's size if it is not in there.
    #[must_use]
    #[inline]
    pub fn offset_in(&self, input: &[u8]) -> usize {
        (self.at as usize).wrapping_sub(input.as_ptr() as usize).min(input.len())
    }

    /// The next byte, left where it is.
    #[must_use]
    #[inline(always)]
    pub fn peek(&self) -> Option<u8> {
        if self.is_empty() {
            return None;
        }
        // SAFETY: `at < end`.
        Some(unsafe { *self.at })
    }

    /// Takes the next byte.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if there is none.
    #[inline(always)]
    pub fn byte(&mut self) -> Step<u8> {
        if self.is_empty() {
            return Err(Fault::Truncated);
        }
        // SAFETY: `at < end`, so that `at + 1 <= end`.
        unsafe {
            let byte = *self.at;
            self.at = self.at.add(1);
            Ok(byte)
        }
    }

    /// Takes the prefix if it comes next, and says whether it did.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bytes are meant")]
    pub fn take_prefix(&mut self, prefix: Prefix) -> bool {
        let size = prefix.size();
        if self.remaining() < size {
            return false;
        }
        // SAFETY: `size` bytes are left, and each arm reads no more.
        let comes_next = unsafe {
            match size {
                0 => true,
                1 => *self.at == prefix.bytes() as u8,
                2 => u16::from_le(self.at.cast::<u16>().read_unaligned()) == prefix.bytes() as u16,
                _ => core::slice::from_raw_parts(self.at, size)
                    .iter()
                    .enumerate()
                    .all(|(index, byte)| *byte == (prefix.bytes() >> (8 * index)) as u8),
            }
        };
        if comes_next {
            // SAFETY: `size` bytes are left.
            self.at = unsafe { self.at.add(size) };
        }
        comes_next
    }

    /// Takes a varint of at most 10 bytes.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if the input ends inside it, [`Malformed::Varint`] if it has bits beyond the 64th.
    #[inline(always)]
    pub fn varint(&mut self) -> Step<u64> {
        if self.at < self.end {
            // SAFETY: `at < end`.
            let byte = unsafe { *self.at };
            if byte < 0x80 {
                // SAFETY: as above, so that `at + 1 <= end`.
                self.at = unsafe { self.at.add(1) };
                return Ok(u64::from(byte));
            }
        }
        self.varint_of_many_bytes()
    }

    /// Up to 8 bytes in one load: the end is the first byte without the high bit, and the groups of 7 bits are pushed
    /// together in three steps.
    #[inline(always)]
    fn varint_of_many_bytes(&mut self) -> Step<u64> {
        if self.remaining() >= 8 {
            // SAFETY: 8 bytes are left.
            let word = u64::from_le(unsafe { self.at.cast::<u64>().read_unaligned() });
            let ends = !word & 0x8080_8080_8080_8080;
            if ends != 0 {
                let bits = ends.trailing_zeros() + 1;
                // SAFETY: `bits` is at most 64, so that at most 8 bytes are passed.
                self.at = unsafe { self.at.add((bits / 8) as usize) };
                let groups = word & (u64::MAX >> (64 - bits)) & 0x7f7f_7f7f_7f7f_7f7f;
                let pairs = (groups & 0x007f_007f_007f_007f) | ((groups & 0x7f00_7f00_7f00_7f00) >> 1);
                let fours = (pairs & 0x0000_3fff_0000_3fff) | ((pairs & 0x3fff_0000_3fff_0000) >> 2);
                return Ok((fours & 0x0000_0000_0fff_ffff) | ((fours & 0x0fff_ffff_0000_0000) >> 4));
            }
        }
        // A copy, so that nobody needs the address of this cursor and it can stay in a register.
        let mut ahead = self.clone();
        let number = ahead.varint_byte_by_byte();
        *self = ahead;
        number
    }

    #[cold]
    #[inline(never)]
    fn varint_byte_by_byte(&mut self) -> Step<u64> {
        let start = self.at;
        let mut number = 0;
        for index in 0..10 {
            let byte = match self.byte() {
                Ok(byte) => byte,
                Err(fault) => {
                    self.at = start;
                    return Err(fault);
                }
            };
            if index == 9 && byte > 1 {
                self.at = start;
                return Err(Fault::Malformed(Malformed::Varint));
            }
            number |= u64::from(byte & 0x7f) << (7 * index);
            if byte < 0x80 {
                break;
            }
        }
        Ok(number)
    }

    /// Takes 4 bytes, lowest first.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if there are fewer.
    #[inline(always)]
    pub fn fixed32(&mut self) -> Step<u32> {
        if self.remaining() < 4 {
            return Err(Fault::Truncated);
        }
        // SAFETY: 4 bytes are left.
        unsafe {
            let number = self.at.cast::<u32>().read_unaligned();
            self.at = self.at.add(4);
            Ok(u32::from_le(number))
        }
    }

    /// Takes 8 bytes, lowest first.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if there are fewer.
    #[inline(always)]
    pub fn fixed64(&mut self) -> Step<u64> {
        if self.remaining() < 8 {
            return Err(Fault::Truncated);
        }
        // SAFETY: 8 bytes are left.
        unsafe {
            let number = self.at.cast::<u64>().read_unaligned();
            self.at = self.at.add(8);
            Ok(u64::from_le(number))
        }
    }

    /// Takes so many bytes.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if there are fewer.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "what is no more than what is left fits")]
    pub fn take(&mut self, size: u64) -> Step<&'de [u8]> {
        if size > self.remaining() as u64 {
            return Err(Fault::Truncated);
        }
        // SAFETY: `size` bytes are left, in a slice that lives for `'de`.
        unsafe {
            let bytes = core::slice::from_raw_parts(self.at, size as usize);
            self.at = self.at.add(size as usize);
            Ok(bytes)
        }
    }

    /// Takes so many bytes of text.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if there are fewer, [`Malformed::Utf8`] if they are not UTF-8; the cursor is then at the first byte that is none.
    #[inline(always)]
    pub fn text(&mut self, size: u64) -> Step<&'de str> {
        let start = self.at;
        let bytes = self.take(size)?;
        if is_ascii(bytes) {
            // SAFETY: ASCII is UTF-8.
            return Ok(unsafe { core::str::from_utf8_unchecked(bytes) });
        }
        match not_ascii(bytes) {
            Ok(text) => Ok(text),
            Err(good) => {
                // SAFETY: fewer bytes are good than there are from the start on.
                self.at = unsafe { start.add(good) };
                Err(Fault::Malformed(Malformed::Utf8))
            }
        }
    }

    /// Takes so many bytes and makes a cursor over them.
    ///
    /// # Errors
    ///
    /// [`Fault::Truncated`] if there are fewer.
    #[inline(always)]
    pub fn split(&mut self, size: u64) -> Step<Self> {
        self.take(size).map(Self::new)
    }
}

/// The text, or how many bytes of it are good.
#[cold]
#[inline(never)]
fn not_ascii(bytes: &[u8]) -> Result<&str, usize> {
    core::str::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

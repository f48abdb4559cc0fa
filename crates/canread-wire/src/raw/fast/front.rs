//! Written from the start to the end.

use alloc::vec::Vec;

use super::{allocation::Allocation, copy::copy_short};
use crate::{
    VARINT_BYTES_MAX,
    varint::{spread, varint_bytes},
};

/// Bytes that are written first one first.
pub struct FrontBuffer<'a> {
    memory: Allocation<'a>,
    /// Invariant: `memory.low() <= at <= memory.high()`, and all from `memory.low()` to `at` is written.
    at: *mut u8,
}

// SAFETY: the pointer is into `memory`, which is `Send`.
unsafe impl Send for FrontBuffer<'_> {}
// SAFETY: nothing is written through `&FrontBuffer`.
unsafe impl Sync for FrontBuffer<'_> {}

impl FrontBuffer<'static> {
    /// An empty buffer with memory for so many bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::after(Vec::with_capacity(capacity))
    }

    /// A buffer whose bytes come to stand after those of a vector; it uses the vector's memory.
    #[must_use]
    #[inline(always)]
    pub fn after(vec: Vec<u8>) -> Self {
        Self::new(Allocation::after(vec))
    }
}

impl<'a> FrontBuffer<'a> {
    /// A buffer in the caller's memory, of which any byte may be written: lend as much as will be written, if what is behind it has to stay.
    ///
    /// What does not fit is written elsewhere, so that [`finish`](Self::finish) can say how much was needed. What fits asks for no memory.
    #[must_use]
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        Self::new(Allocation::in_slice(slice))
    }

    #[inline(always)]
    fn new(memory: Allocation<'a>) -> Self {
        Self { at: memory.low(), memory }
    }

    /// How many bytes were written.
    #[must_use]
    #[inline(always)]
    pub fn written(&self) -> usize {
        self.at as usize - self.memory.low() as usize
    }

    /// What was written.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: all from `low` to `at` is written.
        unsafe { core::slice::from_raw_parts(self.memory.low(), self.written()) }
    }

    /// The bytes that were there before, and after them what was written.
    #[must_use]
    #[inline]
    pub fn into_vec(self) -> Vec<u8> {
        let (from, written) = (self.memory.low(), self.written());
        // SAFETY: all from `low` to `at` is written.
        unsafe { self.memory.into_vec(from, written) }
    }

    /// How much was written into the caller's slice, now that it is all there.
    ///
    /// # Errors
    ///
    /// How much room was needed, if the slice has less; so also if the buffer is in no slice.
    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        let from = self.memory.low();
        // SAFETY: all from `low` to `at` is written.
        unsafe { self.memory.deliver(from, written) }
    }

    /// Makes room for `size` bytes after those that are written.
    #[inline(always)]
    fn need(&mut self, size: usize) {
        if self.room() < size {
            self.grow(size);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, size: usize) {
        let written = self.written();
        let memory = self.memory.larger(written.saturating_add(size));
        // SAFETY: the new memory has room for what is written and more, and is another than the old one.
        unsafe {
            core::ptr::copy_nonoverlapping(self.memory.low(), memory.low(), written);
            self.at = memory.low().add(written);
        }
        self.memory = memory;
    }

    /// Writes a varint where there may be room for just that.
    #[cold]
    #[inline(never)]
    fn tight_varint(&mut self, number: u64) {
        let (bytes, size) = varint_bytes(number);
        self.raw(bytes.get(..size).unwrap_or_default());
    }

    /// Writes a varint that says how many bytes follow, and the bytes, where there may be room for just that.
    #[cold]
    #[inline(never)]
    fn tight_run(&mut self, length: u64, bytes: &[u8]) {
        self.tight_varint(length);
        self.raw(bytes);
    }

    /// How many bytes may be written after those that are.
    #[inline(always)]
    fn room(&self) -> usize {
        self.memory.high() as usize - self.at as usize
    }

    /// Writes a varint.
    #[inline(always)]
    pub fn varint(&mut self, number: u64) {
        if self.room() < VARINT_BYTES_MAX {
            return self.tight_varint(number);
        }
        // SAFETY: there is room, and a varint takes at most 10 bytes.
        unsafe { self.put_varint(number) };
    }

    /// Writes a byte.
    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.need(1);
        // SAFETY: there is room for one byte.
        unsafe {
            *self.at = byte;
            self.at = self.at.add(1);
        }
    }

    /// Writes 4 bytes, lowest first.
    #[inline(always)]
    pub fn fixed32(&mut self, number: u32) {
        self.need(4);
        // SAFETY: there is room for 4 bytes.
        unsafe {
            self.at.cast::<u32>().write_unaligned(number.to_le());
            self.at = self.at.add(4);
        }
    }

    /// Writes 8 bytes, lowest first.
    #[inline(always)]
    pub fn fixed64(&mut self, number: u64) {
        self.need(8);
        // SAFETY: there is room for 8 bytes.
        unsafe {
            self.at.cast::<u64>().write_unaligned(number.to_le());
            self.at = self.at.add(8);
        }
    }

    /// Writes a varint that says how many bytes follow, as the format counts them, and the bytes.
    #[inline(always)]
    pub fn bytes(&mut self, length: u64, bytes: &[u8]) {
        // A slice has at most `isize::MAX` bytes.
        if self.room() < bytes.len() + VARINT_BYTES_MAX {
            return self.tight_run(length, bytes);
        }
        // SAFETY: there is room for a varint of at most 10 bytes, and the bytes.
        unsafe {
            self.put_varint(length);
            self.put(bytes);
        }
    }

    /// Writes bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.need(bytes.len());
        // SAFETY: there is room for the bytes.
        unsafe { self.put(bytes) };
    }

    /// # Safety
    ///
    /// There is room for the bytes.
    #[inline(always)]
    unsafe fn put(&mut self, bytes: &[u8]) {
        // SAFETY: there is room, and the bytes are not in the memory, which only this buffer has.
        unsafe {
            copy_short(bytes.as_ptr(), self.at, bytes.len());
            self.at = self.at.add(bytes.len());
        }
    }

    /// # Safety
    ///
    /// There is room for 10 bytes.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits are meant")]
    unsafe fn put_varint(&mut self, number: u64) {
        // SAFETY: each arm writes what a varint of the number takes, at most 10 bytes.
        unsafe {
            if number < 0x80 {
                *self.at = number as u8;
                self.at = self.at.add(1);
            } else if number < 0x4000 {
                let groups = (number as u16 & 0x7f) | 0x80 | ((number as u16 & 0x3f80) << 1);
                self.at.cast::<u16>().write_unaligned(groups.to_le());
                self.at = self.at.add(2);
            } else if number >> 56 == 0 {
                let (bytes, size) = spread(number);
                // The bytes behind the varint are not written yet.
                self.at.cast::<u64>().write_unaligned(bytes.to_le());
                self.at = self.at.add(size);
            } else {
                let mut left = number;
                while left >= 0x80 {
                    *self.at = left as u8 | 0x80;
                    self.at = self.at.add(1);
                    left >>= 7;
                }
                *self.at = left as u8;
                self.at = self.at.add(1);
            }
        }
    }
}

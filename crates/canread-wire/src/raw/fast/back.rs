//! Written from the end to the start.

use alloc::vec::Vec;

use super::{allocation::Allocation, copy::copy_short};
use crate::{Prefix, VARINT_BYTES_MAX, varint_size};

/// Bytes that are written last one first.
///
/// What stands before a value and needs its size (the length of a Protobuf message) is written after the value, when
/// the size is known: no second pass over the record, and no moving of what is written.
///
/// A function writes its arguments so that they are read in the order in which they are given.
pub struct BackBuffer<'a> {
    memory: Allocation<'a>,
    /// How many bytes at the memory's start were there before and stay.
    kept: usize,
    /// Invariant: `memory.start() + kept <= at <= memory.start() + capacity`, and all from `at` on is written.
    at: *mut u8,
    /// The lowest byte that may be written: `memory.start() + kept`.
    low: *mut u8,
    /// The caller's slice: its start and size. The memory is another once the slice was too small.
    ///
    /// Invariant: so many bytes are writable there for `'a`, and nobody else has them.
    slice: Option<(*mut u8, usize)>,
}

// SAFETY: the pointers are into `memory`, which is `Send`.
unsafe impl Send for BackBuffer<'_> {}
// SAFETY: nothing is written through `&BackBuffer`.
unsafe impl Sync for BackBuffer<'_> {}

impl BackBuffer<'static> {
    /// An empty buffer with memory for so many bytes.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::after(Vec::with_capacity(capacity))
    }

    /// A buffer whose bytes come to stand after those of a vector; it uses the vector's memory.
    #[must_use]
    #[inline(always)]
    pub fn after(vec: Vec<u8>) -> Self {
        let kept = vec.len();
        Self::new(Allocation::of_vec(vec), kept, None)
    }
}

impl<'a> BackBuffer<'a> {
    /// A buffer in the caller's memory.
    ///
    /// What does not fit is written elsewhere, so that [`finish`](Self::finish) can say how much was needed.
    #[must_use]
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        let memory = Allocation::of_slice(slice);
        let slice = (memory.start(), memory.capacity());
        Self::new(memory, 0, Some(slice))
    }

    #[inline(always)]
    fn new(memory: Allocation<'a>, kept: usize, slice: Option<(*mut u8, usize)>) -> Self {
        // SAFETY: `kept` is at most the capacity: it is a vector's length, or 0.
        let low = unsafe { memory.start().add(kept) };
        // SAFETY: one past the end of the memory.
        let at = unsafe { memory.start().add(memory.capacity()) };
        Self { memory, kept, at, low, slice }
    }

    /// How many bytes were written.
    #[must_use]
    #[inline(always)]
    pub fn written(&self) -> usize {
        self.memory.start() as usize + self.memory.capacity() - self.at as usize
    }

    /// What was written.
    #[must_use]
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: all from `at` to the end of the memory is written.
        unsafe { core::slice::from_raw_parts(self.at, self.written()) }
    }

    /// The bytes that were there before, and after them what was written.
    #[must_use]
    #[inline]
    pub fn into_vec(self) -> Vec<u8> {
        let written = self.written();
        // SAFETY: both runs lie in the memory: `low` is `kept` bytes after its start, and what was written fits between
        // `low` and its end.
        unsafe {
            core::ptr::copy(self.at, self.low, written);
            self.memory.into_vec(self.kept + written)
        }
    }

    /// Moves what was written to the start of the caller's slice and says how much it is.
    ///
    /// # Errors
    ///
    /// How much room was needed, if there was less.
    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        match self.slice {
            Some((start, size)) if written <= size => {
                // SAFETY: all from `at` on is written, and the slice has room for it.
                unsafe { core::ptr::copy(self.at, start, written) };
                Ok(written)
            }
            _ => Err(written),
        }
    }

    /// Makes room for `size` bytes before those that are written.
    #[inline(always)]
    fn need(&mut self, size: usize) {
        if (self.at as usize - self.low as usize) < size {
            self.grow(size);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, size: usize) {
        let written = self.written();
        let needed = self.kept + written + size;
        let capacity = needed.max(self.memory.capacity().saturating_mul(2)).max(64);
        let memory = Allocation::of_vec(Vec::with_capacity(capacity));
        // SAFETY: the new memory holds at least `kept + written + size` bytes; what is kept goes to its start and what
        // is written to its end, and the old memory is another.
        unsafe {
            core::ptr::copy_nonoverlapping(self.memory.start(), memory.start(), self.kept);
            self.low = memory.start().add(self.kept);
            let at = memory.start().add(memory.capacity() - written);
            core::ptr::copy_nonoverlapping(self.at, at, written);
            self.at = at;
        }
        self.memory = memory;
    }

    /// Writes a prefix and a varint.
    #[inline(always)]
    pub fn varint(&mut self, prefix: Prefix, number: u64) {
        self.need(VARINT_BYTES_MAX + 8);
        // SAFETY: a varint takes at most 10 bytes and a prefix at most 8.
        unsafe {
            self.put_varint(number);
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and a byte.
    #[inline(always)]
    pub fn byte(&mut self, prefix: Prefix, byte: u8) {
        self.need(1 + 8);
        // SAFETY: one byte, and a prefix of at most 8.
        unsafe {
            self.at = self.at.sub(1);
            *self.at = byte;
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and 4 bytes, lowest first.
    #[inline(always)]
    pub fn fixed32(&mut self, prefix: Prefix, number: u32) {
        self.need(4 + 8);
        // SAFETY: 4 bytes, and a prefix of at most 8.
        unsafe {
            self.at = self.at.sub(4);
            self.at.cast::<u32>().write_unaligned(number.to_le());
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and 8 bytes, lowest first.
    #[inline(always)]
    pub fn fixed64(&mut self, prefix: Prefix, number: u64) {
        self.need(8 + 8);
        // SAFETY: 8 bytes, and a prefix of at most 8.
        unsafe {
            self.at = self.at.sub(8);
            self.at.cast::<u64>().write_unaligned(number.to_le());
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix, the number of bytes as a varint, and the bytes.
    #[inline(always)]
    pub fn bytes(&mut self, prefix: Prefix, bytes: &[u8]) {
        // A slice has at most `isize::MAX` bytes.
        self.need(bytes.len() + VARINT_BYTES_MAX + 8);
        // SAFETY: the bytes, a varint of at most 10, and a prefix of at most 8. The bytes are not in the memory, which
        // only this buffer has.
        unsafe {
            self.at = self.at.sub(bytes.len());
            copy_short(bytes.as_ptr(), self.at, bytes.len());
            self.put_varint(bytes.len() as u64);
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and, as a varint, how many bytes were written since [`written`](Self::written) was `before`.
    #[inline(always)]
    pub fn length_since(&mut self, prefix: Prefix, before: usize) {
        let size = self.written().saturating_sub(before);
        self.varint(prefix, size as u64);
    }

    /// Writes bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.need(bytes.len());
        // SAFETY: there is room for the bytes, and they are not in the memory, which only this buffer has.
        unsafe {
            self.at = self.at.sub(bytes.len());
            copy_short(bytes.as_ptr(), self.at, bytes.len());
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
                self.at = self.at.sub(1);
                *self.at = number as u8;
            } else if number < 0x4000 {
                self.at = self.at.sub(2);
                let groups = (number as u16 & 0x7f) | 0x80 | ((number as u16 & 0x3f80) << 1);
                self.at.cast::<u16>().write_unaligned(groups.to_le());
            } else {
                self.at = self.at.sub(varint_size(number));
                let (mut at, mut left) = (self.at, number);
                while left >= 0x80 {
                    *at = left as u8 | 0x80;
                    at = at.add(1);
                    left >>= 7;
                }
                *at = left as u8;
            }
        }
    }

    /// # Safety
    ///
    /// There is room for the prefix.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bytes are meant")]
    unsafe fn put_prefix(&mut self, prefix: Prefix) {
        // SAFETY: each arm writes as many bytes as the prefix has.
        unsafe {
            self.at = self.at.sub(prefix.size());
            match prefix.size() {
                0 => {}
                1 => *self.at = prefix.bytes() as u8,
                2 => self.at.cast::<u16>().write_unaligned((prefix.bytes() as u16).to_le()),
                size => {
                    let bytes = prefix.bytes().to_le_bytes();
                    core::ptr::copy_nonoverlapping(bytes.as_ptr(), self.at, size);
                }
            }
        }
    }
}

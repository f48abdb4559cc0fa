//! Written from the end to the start.

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::{allocation::Allocation, copy::copy_short};
use crate::{
    Prefix, VARINT_BYTES_MAX,
    varint::{spread, varint_bytes, varint_size},
};

/// Bytes that are written last one first.
///
/// What stands before a value and needs its size (the length of a Protobuf message) is written after the value, when
/// the size is known: no second pass over the record, and no moving of what is written.
///
/// A function writes its arguments so that they are read in the order in which they are given.
pub struct BackBuffer<'a> {
    memory: Allocation<'a>,
    /// Invariant: `memory.low() <= at <= memory.high()`, and all from `at` to `memory.high()` is written.
    at: *mut u8,
    /// Where `at` would be, as an address, if nothing were written.
    end: usize,
    /// What becomes of memory that is full.
    growth: Growth<'a>,
    /// Memory that is full, that with the end of all first.
    parts: Vec<Part<'a>>,
}

/// What becomes of memory that is full.
#[derive(Clone, Copy)]
enum Growth<'a> {
    /// All is moved to memory of twice the size.
    Doubled,
    /// It stays as it is, more is written to another, and in the end all is copied once, to memory of its size. Who can say how much
    /// will be written is asked once that is much.
    InParts(Option<&'a dyn Fn() -> usize>),
    /// The first part has the room that was said, and parts behind it what may be more.
    Counted,
}

/// Memory that is full.
struct Part<'a> {
    memory: Allocation<'a>,
    /// Invariant: that of a buffer's `at`, for this memory.
    at: *mut u8,
}

/// Up to so many bytes are moved to memory of twice the size.
const DOUBLED_BYTES_MAX: usize = 16 * 1024;

/// A part has so many bytes, or more for a value that needs it.
///
/// Memory that doubles is written twice, and half of it is for nothing. To count first took 72 µs of the 500 µs of a record of 600 KB; in parts it
/// took 400 µs. Allocators get pieces from 128 KiB on from the system, page by page, and may give them back.
const PART_BYTES: usize = 64 * 1024;

/// Who needs more is asked how much, if he can say it: 9 MB in parts took 4.1 ms, with a count 3.4 ms, since the pages of what
/// is written twice are asked for twice.
const UNCOUNTED_BYTES_MAX: usize = 1024 * 1024;

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
        Self::new(Allocation::after(vec))
    }
}

impl<'a> BackBuffer<'a> {
    /// A buffer in the caller's memory, of which any byte may be written: lend as much as will be written, if what is behind it has to stay.
    ///
    /// What does not fit is written elsewhere, so that [`finish`](Self::finish) can say how much was needed. What fits asks for no memory.
    #[must_use]
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        Self::new(Allocation::in_slice(slice))
    }

    /// A buffer in memory that is lent until all is written; what does not fit goes to memory of its own.
    ///
    /// With a place on the stack a short value asks for memory once, when its size is known.
    #[must_use]
    #[inline(always)]
    pub fn in_scratch(scratch: &'a mut [MaybeUninit<u8>]) -> Self {
        Self { growth: Growth::InParts(None), ..Self::new(Allocation::in_scratch(scratch)) }
    }

    /// The same, with somebody to ask how many bytes will be written in all, once there are many. It does no harm if they are others.
    #[must_use]
    #[inline(always)]
    pub fn counted_by(self, count: &'a dyn Fn() -> usize) -> Self {
        Self { growth: Growth::InParts(Some(count)), ..self }
    }

    #[inline(always)]
    fn new(memory: Allocation<'a>) -> Self {
        let at = memory.high();
        Self { at, end: at as usize, memory, growth: Growth::Doubled, parts: Vec::new() }
    }

    /// How many bytes were written.
    #[must_use]
    #[inline(always)]
    pub fn written(&self) -> usize {
        self.end.wrapping_sub(self.at as usize)
    }

    /// The bytes that were there before, and after them what was written.
    #[must_use]
    #[inline]
    pub fn into_vec(self) -> Vec<u8> {
        if !self.parts.is_empty() {
            return self.joined();
        }
        let written = self.written();
        // SAFETY: all from `at` to the end of the memory is written.
        unsafe { self.memory.into_vec(self.at, written) }
    }

    /// Moves what was written to the start of the caller's slice and says how much it is.
    ///
    /// # Errors
    ///
    /// How much room was needed, if the slice has less; so also if the buffer is in no slice.
    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        // SAFETY: all from `at` to the end of the memory is written.
        unsafe { self.memory.deliver(self.at, written) }
    }

    /// The place where the next byte goes, for many writes in a row.
    #[inline(always)]
    pub fn place(&mut self) -> BackPlace<'_, 'a> {
        BackPlace { at: self.at, floor: floor(&self.memory), buffer: self }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, size: usize) {
        let (written, least) = (self.written(), self.written().saturating_add(size));
        let memory = match self.growth {
            Growth::InParts(Some(count)) if least > UNCOUNTED_BYTES_MAX => {
                self.growth = Growth::Counted;
                // A count may be wrong; a value that takes so much now is written here.
                self.memory.with_room(count().max(least))
            }
            Growth::InParts(_) if least > DOUBLED_BYTES_MAX => return self.set_aside(size),
            Growth::Counted => return self.set_aside(size),
            Growth::InParts(_) | Growth::Doubled => self.memory.larger(least),
        };
        let high = memory.high();
        // SAFETY: the new memory has room for what is written and more, and is another than those that it was written to.
        unsafe { self.copy_before(high) };
        self.parts.clear();
        self.at = high.wrapping_sub(written);
        self.end = high as usize;
        self.memory = memory;
    }

    /// Goes on in memory of its own.
    fn set_aside(&mut self, size: usize) {
        let memory = Allocation::after(Vec::with_capacity(size.max(PART_BYTES)));
        let written = self.written();
        let at = core::mem::replace(&mut self.at, memory.high());
        self.end = (self.at as usize).wrapping_add(written);
        self.parts.push(Part { memory: core::mem::replace(&mut self.memory, memory), at });
    }

    /// Copies all that was written to memory that ends with it.
    ///
    /// # Safety
    ///
    /// So many bytes are writable before `end`, and lie in none of the buffer's memory.
    unsafe fn copy_before(&self, end: *mut u8) {
        let mut to = end;
        let parts = self.parts.iter().map(|part| (&part.memory, part.at));
        for (memory, at) in parts.chain([(&self.memory, self.at)]) {
            // SAFETY: all from a part's `at` to the end of its memory is written, and all parts are not more than what was written.
            unsafe {
                let size = memory.high() as usize - at as usize;
                to = to.sub(size);
                core::ptr::copy_nonoverlapping(at, to, size);
            }
        }
    }

    /// All parts, one before the other.
    #[cold]
    #[inline(never)]
    fn joined(self) -> Vec<u8> {
        let written = self.written();
        let memory = self.memory.with_room(written);
        // SAFETY: the memory has room for all, is another than those that it was written to, and then it is written there.
        unsafe {
            self.copy_before(memory.high());
            let start = memory.high().sub(written);
            memory.into_vec(start, written)
        }
    }

    /// Writes a prefix and a varint where there may be room for just that.
    #[cold]
    #[inline(never)]
    fn tight_varint(&mut self, prefix: Prefix, number: u64) {
        let (bytes, size) = varint_bytes(number);
        self.tight(prefix, bytes.get(..size).unwrap_or_default());
    }

    /// Writes a prefix and the first bytes of a number where there may be room for just that.
    #[cold]
    #[inline(never)]
    fn tight_bits(&mut self, prefix: Prefix, bits: u64, size: usize) {
        self.tight(prefix, bits.to_le_bytes().get(..size).unwrap_or_default());
    }

    /// Writes a prefix, the number of bytes, and the bytes where there may be room for just that.
    #[cold]
    #[inline(never)]
    fn tight_run(&mut self, prefix: Prefix, bytes: &[u8]) {
        self.raw(bytes);
        self.tight_varint(prefix, bytes.len() as u64);
    }

    fn tight(&mut self, prefix: Prefix, bytes: &[u8]) {
        self.raw(bytes);
        self.raw(prefix.bytes().to_le_bytes().get(..prefix.size()).unwrap_or_default());
    }

    /// Writes a prefix and a varint.
    #[inline(always)]
    pub fn varint(&mut self, prefix: Prefix, number: u64) {
        self.place().varint(prefix, number);
    }

    /// Writes a prefix and a byte.
    #[inline(always)]
    pub fn byte(&mut self, prefix: Prefix, byte: u8) {
        self.place().byte(prefix, byte);
    }

    /// Writes a prefix and 4 bytes, lowest first.
    #[inline(always)]
    pub fn fixed32(&mut self, prefix: Prefix, number: u32) {
        self.place().fixed32(prefix, number);
    }

    /// Writes a prefix and 8 bytes, lowest first.
    #[inline(always)]
    pub fn fixed64(&mut self, prefix: Prefix, number: u64) {
        self.place().fixed64(prefix, number);
    }

    /// Writes a prefix, the number of bytes as a varint, and the bytes.
    #[inline(always)]
    pub fn bytes(&mut self, prefix: Prefix, bytes: &[u8]) {
        self.place().bytes(prefix, bytes);
    }

    /// Writes a prefix and, as a varint, how many bytes were written since [`written`](Self::written) was `before`.
    #[inline(always)]
    pub fn length_since(&mut self, prefix: Prefix, before: usize) {
        self.place().length_since(prefix, before);
    }

    /// Writes bytes as they are.
    #[inline(always)]
    pub fn raw(&mut self, bytes: &[u8]) {
        self.place().raw(bytes);
    }
}

/// The place in a [`BackBuffer`] where the next byte goes.
///
/// A copy of it that is the caller's own, so that it can stay in a register: about 14 % of the time of a small record (106 ns and 91 ns). The
/// buffer learns of what was written when the place is dropped or [paused](Self::paused).
pub struct BackPlace<'b, 'a> {
    /// Invariant: as in the buffer, and at most the buffer's `at`.
    at: *mut u8,
    /// Invariant: [`floor`] of the buffer's memory.
    floor: usize,
    buffer: &'b mut BackBuffer<'a>,
}

/// The most bytes of a number and a prefix.
const SHORT_BYTES_MAX: usize = VARINT_BYTES_MAX + 8;

/// The address from which on there is room for a number and a prefix: one comparison for each, where a difference of
/// two addresses took three instructions.
#[inline(always)]
fn floor(memory: &Allocation<'_>) -> usize {
    // At the end of all addresses there is never room.
    (memory.low() as usize).saturating_add(SHORT_BYTES_MAX)
}

impl Drop for BackPlace<'_, '_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.buffer.at = self.at;
    }
}

/// Makes a place that of its buffer again.
struct Resume<'p, 'b, 'a> {
    place: &'p mut BackPlace<'b, 'a>,
}

impl Drop for Resume<'_, '_, '_> {
    #[inline(always)]
    fn drop(&mut self) {
        self.place.at = self.place.buffer.at;
        self.place.floor = floor(&self.place.buffer.memory);
    }
}

impl<'a> BackPlace<'_, 'a> {
    /// Lends the buffer, with all that was written, and goes on behind what is written to it meanwhile.
    #[inline(always)]
    pub fn paused<T>(&mut self, work: impl FnOnce(&mut BackBuffer<'a>) -> T) -> T {
        self.buffer.at = self.at;
        // Also if the work panics: the memory may be another then.
        let resume = Resume { place: self };
        work(resume.place.buffer)
    }

    /// How many bytes were written to the buffer.
    #[must_use]
    #[inline(always)]
    pub fn written(&self) -> usize {
        self.buffer.end.wrapping_sub(self.at as usize)
    }

    /// Whether there is room for a number and a prefix before what is written. If not there may still be room for the ones that come.
    #[inline(always)]
    fn is_short_of_room(&self) -> bool {
        (self.at as usize) < self.floor
    }

    /// Writes a prefix and a varint.
    #[inline(always)]
    pub fn varint(&mut self, prefix: Prefix, number: u64) {
        if self.is_short_of_room() {
            // By way of the buffer, so that nobody needs the address of this place: with that in memory, `mesh` takes 1.7 times as long.
            return self.paused(|buffer| buffer.tight_varint(prefix, number));
        }
        // SAFETY: there is room, and a varint takes at most 10 bytes and a prefix at most 8.
        unsafe {
            self.put_varint(number);
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and a byte.
    #[inline(always)]
    pub fn byte(&mut self, prefix: Prefix, byte: u8) {
        if self.is_short_of_room() {
            return self.paused(|buffer| buffer.tight_bits(prefix, byte.into(), 1));
        }
        // SAFETY: there is room for one byte, and a prefix of at most 8.
        unsafe {
            self.at = self.at.sub(1);
            *self.at = byte;
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and 4 bytes, lowest first.
    #[inline(always)]
    pub fn fixed32(&mut self, prefix: Prefix, number: u32) {
        if self.is_short_of_room() {
            return self.paused(|buffer| buffer.tight_bits(prefix, number.into(), 4));
        }
        // SAFETY: there is room for 4 bytes, and a prefix of at most 8.
        unsafe {
            self.at = self.at.sub(4);
            self.at.cast::<u32>().write_unaligned(number.to_le());
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix and 8 bytes, lowest first.
    #[inline(always)]
    pub fn fixed64(&mut self, prefix: Prefix, number: u64) {
        if self.is_short_of_room() {
            return self.paused(|buffer| buffer.tight_bits(prefix, number, 8));
        }
        // SAFETY: there is room for 8 bytes, and a prefix of at most 8.
        unsafe {
            self.at = self.at.sub(8);
            self.at.cast::<u64>().write_unaligned(number.to_le());
            self.put_prefix(prefix);
        }
    }

    /// Writes a prefix, the number of bytes as a varint, and the bytes.
    #[inline(always)]
    pub fn bytes(&mut self, prefix: Prefix, bytes: &[u8]) {
        if (self.at as usize).checked_sub(self.floor).is_none_or(|room| room < bytes.len()) {
            return self.paused(|buffer| buffer.tight_run(prefix, bytes));
        }
        // SAFETY: there is room for the bytes, a varint of at most 10, and a prefix of at most 8. The bytes are not in the
        // memory, which only this buffer has.
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
        // No number and no prefix: what is left of memory that was counted, or of the caller's, is all that there need be.
        if (self.at as usize - self.buffer.memory.low() as usize) < bytes.len() {
            self.paused(|buffer| buffer.grow(bytes.len()));
        }
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
                self.put_long_varint(number);
            }
        }
    }

    /// One with more than 14 bits.
    ///
    /// # Safety
    ///
    /// There is room for 10 bytes.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the low bits are meant")]
    unsafe fn put_long_varint(&mut self, number: u64) {
        // SAFETY: each arm writes what a varint of the number takes, at most 10 bytes; the first writes 8 bytes, of
        // which those before the varint are not written yet.
        unsafe {
            if number >> 56 == 0 {
                let (bytes, size) = spread(number);
                self.at.sub(8).cast::<u64>().write_unaligned((bytes << (8 * (8 - size))).to_le());
                self.at = self.at.sub(size);
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

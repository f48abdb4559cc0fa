//! Where a writer puts its bytes: memory, or a count of them.

use canread_wire::{FrontBuffer, varint_size, zigzag};

/// What is written from its start to its end.
pub(super) trait Sink {
    /// Writes a number with its sign in the lowest bit.
    fn long(&mut self, number: i64);
    /// Writes a byte.
    fn byte(&mut self, byte: u8);
    /// Writes 4 bytes, lowest first.
    fn fixed32(&mut self, number: u32);
    /// Writes 8 bytes, lowest first.
    fn fixed64(&mut self, number: u64);
    /// Writes how many bytes there are, and the bytes.
    fn bytes(&mut self, bytes: &[u8]);
    /// Writes bytes as they are.
    fn raw(&mut self, bytes: &[u8]);
}

/// A size as the format writes it. No slice has more bytes than a signed number counts.
pub(super) fn signed(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

impl Sink for FrontBuffer<'_> {
    #[inline(always)]
    fn long(&mut self, number: i64) {
        self.varint(zigzag(number));
    }

    #[inline(always)]
    fn byte(&mut self, byte: u8) {
        FrontBuffer::byte(self, byte);
    }

    #[inline(always)]
    fn fixed32(&mut self, number: u32) {
        FrontBuffer::fixed32(self, number);
    }

    #[inline(always)]
    fn fixed64(&mut self, number: u64) {
        FrontBuffer::fixed64(self, number);
    }

    #[inline(always)]
    fn bytes(&mut self, bytes: &[u8]) {
        FrontBuffer::bytes(self, (bytes.len() as u64) << 1, bytes);
    }

    #[inline(always)]
    fn raw(&mut self, bytes: &[u8]) {
        FrontBuffer::raw(self, bytes);
    }
}

/// Bytes that are counted and not kept.
///
/// The sum wraps: to reach 2^64 takes more than any memory holds. One that saturates takes a test for each value, one behind
/// the other.
#[derive(Default)]
pub(super) struct Count {
    bytes: u64,
}

impl Count {
    /// How many there were.
    pub(super) fn bytes(&self) -> usize {
        usize::try_from(self.bytes).unwrap_or(usize::MAX)
    }

    #[inline(always)]
    fn add(&mut self, bytes: usize) {
        self.bytes = self.bytes.wrapping_add(bytes as u64);
    }
}

impl Sink for Count {
    #[inline(always)]
    fn long(&mut self, number: i64) {
        self.add(varint_size(zigzag(number)));
    }

    #[inline(always)]
    fn byte(&mut self, _byte: u8) {
        self.add(1);
    }

    #[inline(always)]
    fn fixed32(&mut self, _number: u32) {
        self.add(4);
    }

    #[inline(always)]
    fn fixed64(&mut self, _number: u64) {
        self.add(8);
    }

    #[inline(always)]
    fn bytes(&mut self, bytes: &[u8]) {
        self.add(varint_size((bytes.len() as u64) << 1).wrapping_add(bytes.len()));
    }

    #[inline(always)]
    fn raw(&mut self, bytes: &[u8]) {
        self.add(bytes.len());
    }
}

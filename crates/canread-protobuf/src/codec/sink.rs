//! Where a writer puts its bytes, last ones first: memory, or a count of them.

use canread_wire::{BackBuffer, BackPlace, Prefix, varint_size};

/// Where the bytes of all records go.
pub(super) trait Target: Sized {
    /// Whether what it does with a value is so little that records in records need no functions of their own.
    const IS_SMALL: bool = false;

    /// What one record is written to: a copy of the place, for registers.
    type Sink<'b>: Sink<Target = Self>
    where
        Self: 'b;

    /// Begins to write where the target is.
    fn sink(&mut self) -> Self::Sink<'_>;
}

/// What is written from its end to its start.
pub(super) trait Sink {
    /// Where the bytes go in the end.
    type Target;

    /// Lends the target, and goes on behind what is written to it meanwhile.
    fn paused(&mut self, work: impl FnOnce(&mut Self::Target));
    /// Lends the target, and writes a key and how many bytes were written to it meanwhile.
    fn framed(&mut self, key: Prefix, work: impl FnOnce(&mut Self::Target));
    /// How many bytes were written.
    fn written(&self) -> usize;
    /// Writes a key and a varint.
    fn varint(&mut self, key: Prefix, number: u64);
    /// Writes a key and 4 bytes.
    fn fixed32(&mut self, key: Prefix, number: u32);
    /// Writes a key and 8 bytes.
    fn fixed64(&mut self, key: Prefix, number: u64);
    /// Writes a key, how many bytes there are, and the bytes.
    fn bytes(&mut self, key: Prefix, bytes: &[u8]);
    /// Writes bytes as they are.
    fn raw(&mut self, bytes: &[u8]);
    /// Writes a key and how many bytes were written since there were `before`.
    fn length_since(&mut self, key: Prefix, before: usize);
    /// Writes a key alone.
    fn key(&mut self, key: Prefix);
}

impl<'a> Target for BackBuffer<'a> {
    type Sink<'b>
        = BackPlace<'b, 'a>
    where
        Self: 'b;

    #[inline(always)]
    fn sink(&mut self) -> BackPlace<'_, 'a> {
        self.place()
    }
}

impl<'a> Sink for BackPlace<'_, 'a> {
    type Target = BackBuffer<'a>;

    #[inline(always)]
    fn paused(&mut self, work: impl FnOnce(&mut BackBuffer<'a>)) {
        BackPlace::paused(self, work);
    }

    #[inline(always)]
    fn framed(&mut self, key: Prefix, work: impl FnOnce(&mut BackBuffer<'a>)) {
        let before = BackPlace::written(self);
        BackPlace::paused(self, work);
        BackPlace::length_since(self, key, before);
    }

    #[inline(always)]
    fn written(&self) -> usize {
        BackPlace::written(self)
    }

    #[inline(always)]
    fn varint(&mut self, key: Prefix, number: u64) {
        BackPlace::varint(self, key, number);
    }

    #[inline(always)]
    fn fixed32(&mut self, key: Prefix, number: u32) {
        BackPlace::fixed32(self, key, number);
    }

    #[inline(always)]
    fn fixed64(&mut self, key: Prefix, number: u64) {
        BackPlace::fixed64(self, key, number);
    }

    #[inline(always)]
    fn bytes(&mut self, key: Prefix, bytes: &[u8]) {
        BackPlace::bytes(self, key, bytes);
    }

    #[inline(always)]
    fn raw(&mut self, bytes: &[u8]) {
        BackPlace::raw(self, bytes);
    }

    #[inline(always)]
    fn length_since(&mut self, key: Prefix, before: usize) {
        BackPlace::length_since(self, key, before);
    }

    #[inline(always)]
    fn key(&mut self, key: Prefix) {
        let bytes = key.bytes().to_le_bytes();
        BackPlace::raw(self, bytes.get(..key.size()).unwrap_or_default());
    }
}

/// Bytes that are counted and not kept.
///
/// The sum wraps: to reach 2^64 takes more than any memory holds. One that saturates takes a test for each value, one behind
/// the other, which was a fifth of the work.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    bytes: u64,
}

impl Count {
    /// How many there were.
    pub(super) fn bytes(self) -> usize {
        usize::try_from(self.bytes).unwrap_or(usize::MAX)
    }

    #[inline(always)]
    fn add(&mut self, bytes: usize) {
        self.bytes = self.bytes.wrapping_add(bytes as u64);
    }
}

/// The count of a record, and where it goes.
pub(super) struct Counting<'b> {
    count: Count,
    total: &'b mut Count,
}

impl Counting<'_> {
    /// Adds a key and a length. Most texts and records are short, and processors without a quick instruction for the highest bit
    /// pay for it.
    #[inline(always)]
    fn length(&mut self, key: Prefix, length: usize) {
        let size = if length < 0x80 { 1 } else { varint_size(length as u64) };
        self.count.add(key.size().wrapping_add(size));
    }
}

impl Drop for Counting<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        *self.total = self.count;
    }
}

impl Target for Count {
    const IS_SMALL: bool = true;

    type Sink<'b> = Counting<'b>;

    #[inline(always)]
    fn sink(&mut self) -> Counting<'_> {
        Counting { count: *self, total: self }
    }
}

impl Sink for Counting<'_> {
    type Target = Count;

    #[inline(always)]
    fn paused(&mut self, work: impl FnOnce(&mut Count)) {
        *self.total = self.count;
        work(self.total);
        self.count = *self.total;
    }

    /// A sum of its own for each record: sums that wait for nothing before them are done at the same time.
    #[inline(always)]
    fn framed(&mut self, key: Prefix, work: impl FnOnce(&mut Count)) {
        let mut inner = Count::default();
        work(&mut inner);
        let bytes = inner.bytes();
        self.length(key, bytes);
        self.count.add(bytes);
    }

    #[inline(always)]
    fn written(&self) -> usize {
        self.count.bytes()
    }

    #[inline(always)]
    fn varint(&mut self, key: Prefix, number: u64) {
        self.count.add(key.size().wrapping_add(varint_size(number)));
    }

    #[inline(always)]
    fn fixed32(&mut self, key: Prefix, _number: u32) {
        self.count.add(key.size().wrapping_add(4));
    }

    #[inline(always)]
    fn fixed64(&mut self, key: Prefix, _number: u64) {
        self.count.add(key.size().wrapping_add(8));
    }

    #[inline(always)]
    fn bytes(&mut self, key: Prefix, bytes: &[u8]) {
        self.length(key, bytes.len());
        self.count.add(bytes.len());
    }

    #[inline(always)]
    fn raw(&mut self, bytes: &[u8]) {
        self.count.add(bytes.len());
    }

    #[inline(always)]
    fn length_since(&mut self, key: Prefix, before: usize) {
        self.length(key, self.count.bytes().wrapping_sub(before));
    }

    #[inline(always)]
    fn key(&mut self, key: Prefix) {
        self.count.add(key.size());
    }
}

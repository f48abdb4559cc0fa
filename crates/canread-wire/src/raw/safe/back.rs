//! Written from the end to the start, as a vector that is turned round.

use alloc::vec::Vec;
use core::{iter, mem::MaybeUninit};

use super::{prefix_bytes, varint_bytes};
use crate::Prefix;

/// Bytes that are written last one first.
pub struct BackBuffer<'a> {
    kept: Vec<u8>,
    reversed: Vec<u8>,
    /// What was written, once somebody has asked for it.
    slice: Option<&'a mut [u8]>,
}

impl BackBuffer<'static> {
    /// An empty buffer.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { kept: Vec::new(), reversed: Vec::with_capacity(capacity), slice: None }
    }

    /// A buffer whose bytes come to stand after those of a vector.
    pub fn after(vec: Vec<u8>) -> Self {
        Self { kept: vec, reversed: Vec::new(), slice: None }
    }
}

impl<'a> BackBuffer<'a> {
    /// A buffer for the caller's slice, of which it writes no more than what was written.
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        Self { kept: Vec::new(), reversed: Vec::new(), slice: Some(slice) }
    }

    /// A buffer that could do with the caller's memory.
    pub fn in_scratch(_: &'a mut [MaybeUninit<u8>]) -> Self {
        Self { kept: Vec::new(), reversed: Vec::new(), slice: None }
    }

    /// A buffer that asks nobody: its vector doubles.
    #[must_use]
    pub fn counted_by(self, _: &'a dyn Fn() -> usize) -> Self {
        self
    }

    /// How many bytes were written.
    pub fn written(&self) -> usize {
        self.reversed.len()
    }

    /// The bytes that were there before, and after them what was written.
    pub fn into_vec(mut self) -> Vec<u8> {
        self.kept.extend(self.reversed.iter().rev());
        self.kept
    }

    /// Puts what was written into the caller's slice and says how much it is; else how much room was needed.
    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        let slice = self.slice.unwrap_or_default();
        let target = slice.get_mut(..written).ok_or(written)?;
        iter::zip(target, self.reversed.iter().rev()).for_each(|(to, from)| *to = *from);
        Ok(written)
    }

    /// The place where the next byte goes.
    pub fn place(&mut self) -> BackPlace<'_, 'a> {
        BackPlace { buffer: self }
    }

    /// Writes a prefix and a varint.
    pub fn varint(&mut self, prefix: Prefix, number: u64) {
        self.raw(&varint_bytes(number));
        self.raw(&prefix_bytes(prefix));
    }

    /// Writes a prefix and a byte.
    pub fn byte(&mut self, prefix: Prefix, byte: u8) {
        self.raw(&[byte]);
        self.raw(&prefix_bytes(prefix));
    }

    /// Writes a prefix and 4 bytes, lowest first.
    pub fn fixed32(&mut self, prefix: Prefix, number: u32) {
        self.raw(&number.to_le_bytes());
        self.raw(&prefix_bytes(prefix));
    }

    /// Writes a prefix and 8 bytes, lowest first.
    pub fn fixed64(&mut self, prefix: Prefix, number: u64) {
        self.raw(&number.to_le_bytes());
        self.raw(&prefix_bytes(prefix));
    }

    /// Writes a prefix, how many bytes follow, as a varint, and the bytes.
    pub fn bytes(&mut self, prefix: Prefix, bytes: &[u8]) {
        self.raw(bytes);
        self.varint(prefix, bytes.len() as u64);
    }

    /// Writes a prefix and how many bytes were written since.
    pub fn length_since(&mut self, prefix: Prefix, before: usize) {
        let size = self.written().saturating_sub(before);
        self.varint(prefix, size as u64);
    }

    /// Writes bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.reversed.extend(bytes.iter().rev());
    }
}

/// The place in a buffer where the next byte goes.
pub struct BackPlace<'b, 'a> {
    buffer: &'b mut BackBuffer<'a>,
}

impl<'a> BackPlace<'_, 'a> {
    /// Lends the buffer, with all that was written.
    pub fn paused<T>(&mut self, work: impl FnOnce(&mut BackBuffer<'a>) -> T) -> T {
        work(self.buffer)
    }

    /// How many bytes were written to the buffer.
    pub fn written(&self) -> usize {
        self.buffer.written()
    }

    /// Writes a prefix and a varint.
    pub fn varint(&mut self, prefix: Prefix, number: u64) {
        self.buffer.varint(prefix, number);
    }

    /// Writes a prefix and a byte.
    pub fn byte(&mut self, prefix: Prefix, byte: u8) {
        self.buffer.byte(prefix, byte);
    }

    /// Writes a prefix and 4 bytes, lowest first.
    pub fn fixed32(&mut self, prefix: Prefix, number: u32) {
        self.buffer.fixed32(prefix, number);
    }

    /// Writes a prefix and 8 bytes, lowest first.
    pub fn fixed64(&mut self, prefix: Prefix, number: u64) {
        self.buffer.fixed64(prefix, number);
    }

    /// Writes a prefix, how many bytes follow, as a varint, and the bytes.
    pub fn bytes(&mut self, prefix: Prefix, bytes: &[u8]) {
        self.buffer.bytes(prefix, bytes);
    }

    /// Writes a prefix and how many bytes were written since.
    pub fn length_since(&mut self, prefix: Prefix, before: usize) {
        self.buffer.length_since(prefix, before);
    }

    /// Writes bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.buffer.raw(bytes);
    }
}

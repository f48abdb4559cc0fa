//! Written from the start to the end, as a vector.

use alloc::vec::Vec;

use super::varint_bytes;

/// Bytes that are written first one first.
pub struct FrontBuffer<'a> {
    kept: usize,
    bytes: Vec<u8>,
    slice: Option<&'a mut [u8]>,
}

impl FrontBuffer<'static> {
    /// An empty buffer.
    pub fn with_capacity(capacity: usize) -> Self {
        Self::after(Vec::with_capacity(capacity))
    }

    /// A buffer whose bytes come to stand after those of a vector.
    pub fn after(vec: Vec<u8>) -> Self {
        Self { kept: vec.len(), bytes: vec, slice: None }
    }
}

impl<'a> FrontBuffer<'a> {
    /// A buffer for the caller's slice, of which it writes no more than what was written.
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        Self { kept: 0, bytes: Vec::new(), slice: Some(slice) }
    }

    /// How many bytes were written.
    pub fn written(&self) -> usize {
        self.bytes.len().saturating_sub(self.kept)
    }

    /// What was written.
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(self.kept..).unwrap_or_default()
    }

    /// The bytes that were there before, and after them what was written.
    pub fn into_vec(self) -> Vec<u8> {
        self.bytes
    }

    /// Puts what was written into the caller's slice and says how much it is; else how much room was needed.
    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        let slice = self.slice.unwrap_or_default();
        slice.get_mut(..written).ok_or(written)?.copy_from_slice(&self.bytes);
        Ok(written)
    }

    /// Writes a varint.
    pub fn varint(&mut self, number: u64) {
        self.raw(&varint_bytes(number));
    }

    /// Writes a byte.
    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Writes 4 bytes, lowest first.
    pub fn fixed32(&mut self, number: u32) {
        self.raw(&number.to_le_bytes());
    }

    /// Writes 8 bytes, lowest first.
    pub fn fixed64(&mut self, number: u64) {
        self.raw(&number.to_le_bytes());
    }

    /// Writes how many bytes follow, as a varint, and the bytes.
    pub fn bytes(&mut self, length: u64, bytes: &[u8]) {
        self.varint(length);
        self.raw(bytes);
    }

    /// Writes bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
}

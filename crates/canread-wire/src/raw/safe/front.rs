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
    pub fn with_capacity(capacity: usize) -> Self {
        Self::after(Vec::with_capacity(capacity))
    }

    pub fn after(vec: Vec<u8>) -> Self {
        Self { kept: vec.len(), bytes: vec, slice: None }
    }
}

impl<'a> FrontBuffer<'a> {
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        Self { kept: 0, bytes: Vec::new(), slice: Some(slice) }
    }

    pub fn written(&self) -> usize {
        self.bytes.len().saturating_sub(self.kept)
    }

    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(self.kept..).unwrap_or_default()
    }

    pub fn into_vec(self) -> Vec<u8> {
        self.bytes
    }

    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        let slice = self.slice.unwrap_or_default();
        slice.get_mut(..written).ok_or(written)?.copy_from_slice(&self.bytes);
        Ok(written)
    }

    pub fn varint(&mut self, number: u64) {
        self.raw(&varint_bytes(number));
    }

    pub fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    pub fn fixed32(&mut self, number: u32) {
        self.raw(&number.to_le_bytes());
    }

    pub fn fixed64(&mut self, number: u64) {
        self.raw(&number.to_le_bytes());
    }

    pub fn bytes(&mut self, length: u64, bytes: &[u8]) {
        self.varint(length);
        self.raw(bytes);
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
}

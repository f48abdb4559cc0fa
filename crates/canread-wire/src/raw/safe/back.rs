//! Written from the end to the start, as a vector that is turned round.

use alloc::vec::Vec;
use core::iter;

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
    pub fn with_capacity(capacity: usize) -> Self {
        Self { kept: Vec::new(), reversed: Vec::with_capacity(capacity), slice: None }
    }

    pub fn after(vec: Vec<u8>) -> Self {
        Self { kept: vec, reversed: Vec::new(), slice: None }
    }
}

impl<'a> BackBuffer<'a> {
    pub fn in_slice(slice: &'a mut [u8]) -> Self {
        Self { kept: Vec::new(), reversed: Vec::new(), slice: Some(slice) }
    }

    pub fn written(&self) -> usize {
        self.reversed.len()
    }

    pub fn into_vec(mut self) -> Vec<u8> {
        self.kept.extend(self.reversed.iter().rev());
        self.kept
    }

    pub fn finish(self) -> Result<usize, usize> {
        let written = self.written();
        let slice = self.slice.unwrap_or_default();
        let target = slice.get_mut(..written).ok_or(written)?;
        iter::zip(target, self.reversed.iter().rev()).for_each(|(to, from)| *to = *from);
        Ok(written)
    }

    pub fn varint(&mut self, prefix: Prefix, number: u64) {
        self.raw(&varint_bytes(number));
        self.raw(&prefix_bytes(prefix));
    }

    pub fn byte(&mut self, prefix: Prefix, byte: u8) {
        self.raw(&[byte]);
        self.raw(&prefix_bytes(prefix));
    }

    pub fn fixed32(&mut self, prefix: Prefix, number: u32) {
        self.raw(&number.to_le_bytes());
        self.raw(&prefix_bytes(prefix));
    }

    pub fn fixed64(&mut self, prefix: Prefix, number: u64) {
        self.raw(&number.to_le_bytes());
        self.raw(&prefix_bytes(prefix));
    }

    pub fn bytes(&mut self, prefix: Prefix, bytes: &[u8]) {
        self.raw(bytes);
        self.varint(prefix, bytes.len() as u64);
    }

    pub fn length_since(&mut self, prefix: Prefix, before: usize) {
        let size = self.written().saturating_sub(before);
        self.varint(prefix, size as u64);
    }

    pub fn raw(&mut self, bytes: &[u8]) {
        self.reversed.extend(bytes.iter().rev());
    }
}

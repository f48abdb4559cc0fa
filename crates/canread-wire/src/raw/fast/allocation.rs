//! Memory that a buffer writes into: its own, or a slice of its caller's.

use alloc::vec::Vec;
use core::{marker::PhantomData, mem::ManuallyDrop};

/// A run of bytes that may not be written yet.
pub(super) struct Allocation<'a> {
    /// Invariant: `capacity` bytes are writable from here. If `owned` they are a `Vec`'s, else they are lent for `'a`.
    start: *mut u8,
    capacity: usize,
    owned: bool,
    lent: PhantomData<&'a mut [u8]>,
}

// SAFETY: it is a `Vec<u8>` or a `&mut [u8]` in another form; both are `Send`.
unsafe impl Send for Allocation<'_> {}
// SAFETY: nothing is read or written through `&Allocation`.
unsafe impl Sync for Allocation<'_> {}

impl<'a> Allocation<'a> {
    /// The memory of a vector, whose bytes stay where they are.
    pub(super) fn of_vec(vec: Vec<u8>) -> Self {
        let mut vec = ManuallyDrop::new(vec);
        Self { start: vec.as_mut_ptr(), capacity: vec.capacity(), owned: true, lent: PhantomData }
    }

    /// The caller's memory.
    pub(super) fn of_slice(slice: &'a mut [u8]) -> Self {
        Self { start: slice.as_mut_ptr(), capacity: slice.len(), owned: false, lent: PhantomData }
    }

    #[inline(always)]
    pub(super) fn start(&self) -> *mut u8 {
        self.start
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// The vector whose memory this is; a copy if the memory is lent.
    ///
    /// # Safety
    ///
    /// The first `size` bytes have been written, and `size <= capacity`.
    pub(super) unsafe fn into_vec(self, size: usize) -> Vec<u8> {
        let this = ManuallyDrop::new(self);
        if this.owned {
            // SAFETY: pointer and capacity came from a `Vec<u8>`, and the caller has written `size` bytes.
            unsafe { Vec::from_raw_parts(this.start, size, this.capacity) }
        } else {
            // SAFETY: the caller has written `size` bytes.
            unsafe { core::slice::from_raw_parts(this.start, size) }.to_vec()
        }
    }
}

impl Drop for Allocation<'_> {
    fn drop(&mut self) {
        if self.owned {
            // SAFETY: pointer and capacity came from a `Vec<u8>`, and no bytes are claimed to be written.
            drop(unsafe { Vec::from_raw_parts(self.start, 0, self.capacity) });
        }
    }
}

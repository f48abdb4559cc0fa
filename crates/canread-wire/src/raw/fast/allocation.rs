//! Memory that a buffer writes into: its own, or a slice of its caller's.

use alloc::vec::Vec;
use core::{
    marker::PhantomData,
    mem::{ManuallyDrop, MaybeUninit},
};

/// A run of bytes, of which the first may be there already and the others may not be written yet.
pub(super) struct Allocation<'a> {
    /// Invariant: `capacity` bytes are writable from here, and nobody else has them. If `owned` they are a `Vec`'s, else
    /// they are lent for `'a`.
    start: *mut u8,
    capacity: usize,
    /// How many bytes at the start were there before and stay. Invariant: they are written, and at most the capacity.
    kept: usize,
    owned: bool,
    /// The caller's slice, if there is one: its start and size. The memory is another once the slice was too small.
    ///
    /// Invariant: so many bytes are writable there for `'a`, and nobody else has them.
    slice: Option<(*mut u8, usize)>,
    lent: PhantomData<&'a mut [u8]>,
}

// SAFETY: it is a `Vec<u8>` or a `&mut [u8]` in another form; both are `Send`.
unsafe impl Send for Allocation<'_> {}
// SAFETY: nothing is read or written through `&Allocation`.
unsafe impl Sync for Allocation<'_> {}

impl<'a> Allocation<'a> {
    /// The memory of a vector, whose bytes stay where they are.
    #[inline(always)]
    pub(super) fn after(vec: Vec<u8>) -> Self {
        let mut vec = ManuallyDrop::new(vec);
        let (start, capacity, kept) = (vec.as_mut_ptr(), vec.capacity(), vec.len());
        Self { start, capacity, kept, owned: true, slice: None, lent: PhantomData }
    }

    /// The caller's memory.
    pub(super) fn in_slice(slice: &'a mut [u8]) -> Self {
        let (start, capacity) = (slice.as_mut_ptr(), slice.len());
        Self { start, capacity, kept: 0, owned: false, slice: Some((start, capacity)), lent: PhantomData }
    }

    /// Memory that is lent for the time of the writing, and that nothing is delivered to.
    #[inline(always)]
    pub(super) fn in_scratch(scratch: &'a mut [MaybeUninit<u8>]) -> Self {
        let (start, capacity) = (scratch.as_mut_ptr().cast(), scratch.len());
        Self { start, capacity, kept: 0, owned: false, slice: None, lent: PhantomData }
    }

    /// Where the bytes that may be written begin.
    #[inline(always)]
    pub(super) fn low(&self) -> *mut u8 {
        // SAFETY: `kept` is at most the capacity.
        unsafe { self.start.add(self.kept) }
    }

    /// One past the last byte that may be written.
    #[inline(always)]
    pub(super) fn high(&self) -> *mut u8 {
        // SAFETY: one past the end of the memory.
        unsafe { self.start.add(self.capacity) }
    }

    /// Memory at least twice as large, with room for `size` bytes after those that are kept, which it has too.
    pub(super) fn larger(&self, size: usize) -> Self {
        self.with_room(size.max(self.capacity.saturating_mul(2).saturating_sub(self.kept)).max(64))
    }

    /// Memory with room for `size` bytes and no more after those that are kept, which it has too.
    pub(super) fn with_room(&self, size: usize) -> Self {
        // A sum that is no size of memory is refused by the vector.
        let mut vec = Vec::with_capacity(self.kept.saturating_add(size));
        // SAFETY: the first `kept` bytes are written.
        vec.extend_from_slice(unsafe { core::slice::from_raw_parts(self.start, self.kept) });
        let mut larger = Self::after(vec);
        larger.slice = self.slice;
        larger
    }

    /// The bytes that are kept and `written` others, as a vector; one that has no more memory than that if the memory is lent.
    ///
    /// # Safety
    ///
    /// `written` bytes from `from` on are written, in this memory and behind those that are kept.
    #[inline]
    pub(super) unsafe fn into_vec(self, from: *const u8, written: usize) -> Vec<u8> {
        if self.owned {
            let this = ManuallyDrop::new(self);
            // SAFETY: the memory has room for what was written from `low` on, since all of it lies between `low` and its end. Pointer
            // and capacity came from a `Vec<u8>`, and the bytes that are kept and those behind them are written.
            unsafe {
                if !core::ptr::eq(from, this.low()) {
                    core::ptr::copy(from, this.low(), written);
                }
                Vec::from_raw_parts(this.start, this.kept + written, this.capacity)
            }
        } else {
            // SAFETY: `written` bytes are written. Lent memory keeps none before them.
            unsafe { core::slice::from_raw_parts(from, written) }.to_vec()
        }
    }

    /// Puts bytes at the start of the caller's slice and says how many; how many there are, if it has no room for them.
    ///
    /// # Safety
    ///
    /// `written` bytes from `from` on are written, in this memory.
    pub(super) unsafe fn deliver(self, from: *const u8, written: usize) -> Result<usize, usize> {
        match self.slice {
            Some((start, size)) if written <= size => {
                if !core::ptr::eq(from, start) {
                    // SAFETY: the slice has room. It may be the memory itself, so that the two may overlap.
                    unsafe { core::ptr::copy(from, start, written) };
                }
                Ok(written)
            }
            _ => Err(written),
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

//! Copies of bytes in memory of their own.

use alloc::{
    alloc::{Layout, alloc, handle_alloc_error},
    string::String,
    vec::Vec,
};

use super::copy::copy_short;

/// The bytes in memory of their own, which has room for no more.
///
/// As `to_vec` of the standard library, without its calls of functions that know any allocator and any type: of a
/// short text those are a third of the work.
#[must_use]
#[inline]
#[expect(clippy::same_length_and_capacity, reason = "the memory is made for just these bytes")]
pub fn owned_bytes(bytes: &[u8]) -> Vec<u8> {
    let size = bytes.len();
    if size == 0 {
        return Vec::new();
    }
    // SAFETY: one is a power of two, and a slice has no more than `isize::MAX` bytes.
    let layout = unsafe { Layout::from_size_align_unchecked(size, 1) };
    // SAFETY: the size is not zero.
    let place = unsafe { alloc(layout) };
    if place.is_null() {
        handle_alloc_error(layout);
    }
    // SAFETY: the new memory has `size` bytes, and is another than that of the slice, which has as many. Then all of them are
    // written, and the memory is the global allocator's, with the layout that a vector of this capacity has.
    unsafe {
        copy_short(bytes.as_ptr(), place, size);
        Vec::from_raw_parts(place, size, size)
    }
}

/// The text in memory of its own, which has room for no more.
#[must_use]
#[inline]
pub fn owned_text(text: &str) -> String {
    // SAFETY: the bytes are those of a text.
    unsafe { String::from_utf8_unchecked(owned_bytes(text.as_bytes())) }
}

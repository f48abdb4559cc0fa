//! Copies and tests of short runs of bytes, without a call.
//!
//! Most strings of most records have fewer than 64 bytes, for which a call of `memcpy` is most of the work.

/// Copies bytes between places that do not overlap.
///
/// # Safety
///
/// `size` bytes are readable at `from` and writable at `to`, and the two runs do not overlap.
#[inline(always)]
pub(super) unsafe fn copy_short(from: *const u8, to: *mut u8, size: usize) {
    // SAFETY: each arm touches the first and the last bytes of runs of `size` bytes only. Where the two halves of an
    // arm overlap they write the same bytes twice; all loads of an arm come before its stores.
    unsafe {
        if size >= 16 {
            if size <= 32 {
                let first = from.cast::<u128>().read_unaligned();
                let last = from.add(size - 16).cast::<u128>().read_unaligned();
                to.cast::<u128>().write_unaligned(first);
                to.add(size - 16).cast::<u128>().write_unaligned(last);
            } else if size <= 64 {
                let first = from.cast::<[u128; 2]>().read_unaligned();
                let last = from.add(size - 32).cast::<[u128; 2]>().read_unaligned();
                to.cast::<[u128; 2]>().write_unaligned(first);
                to.add(size - 32).cast::<[u128; 2]>().write_unaligned(last);
            } else {
                core::ptr::copy_nonoverlapping(from, to, size);
            }
        } else if size >= 8 {
            let first = from.cast::<u64>().read_unaligned();
            let last = from.add(size - 8).cast::<u64>().read_unaligned();
            to.cast::<u64>().write_unaligned(first);
            to.add(size - 8).cast::<u64>().write_unaligned(last);
        } else if size >= 4 {
            let first = from.cast::<u32>().read_unaligned();
            let last = from.add(size - 4).cast::<u32>().read_unaligned();
            to.cast::<u32>().write_unaligned(first);
            to.add(size - 4).cast::<u32>().write_unaligned(last);
        } else if size > 0 {
            let (first, middle, last) = (*from, *from.add(size / 2), *from.add(size - 1));
            *to = first;
            *to.add(size / 2) = middle;
            *to.add(size - 1) = last;
        }
    }
}

/// Whether all bytes are ASCII.
#[inline(always)]
pub(super) fn is_ascii(bytes: &[u8]) -> bool {
    const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
    let (start, size) = (bytes.as_ptr(), bytes.len());
    // SAFETY: every load lies in `start..start + size`: the loop stops 16 bytes before the end, and the loads at the
    // end are taken only where `size` is at least their width.
    unsafe {
        if size >= 16 {
            let last = start.add(size - 16);
            let mut bits = pair(last);
            let mut at = 0;
            while at + 16 < size {
                bits |= pair(start.add(at));
                at += 16;
            }
            bits & HIGH_BITS == 0
        } else if size >= 8 {
            let first = start.cast::<u64>().read_unaligned();
            let last = start.add(size - 8).cast::<u64>().read_unaligned();
            (first | last) & HIGH_BITS == 0
        } else if size >= 4 {
            let first = start.cast::<u32>().read_unaligned();
            let last = start.add(size - 4).cast::<u32>().read_unaligned();
            (first | last) & 0x8080_8080 == 0
        } else if size > 0 {
            (*start | *start.add(size / 2) | *start.add(size - 1)) & 0x80 == 0
        } else {
            true
        }
    }
}

/// The bits of two words of 8 bytes, laid over each other.
///
/// # Safety
///
/// 16 bytes are readable at `at`.
#[inline(always)]
unsafe fn pair(at: *const u8) -> u64 {
    // SAFETY: the caller has 16 readable bytes.
    unsafe { at.cast::<u64>().read_unaligned() | at.add(8).cast::<u64>().read_unaligned() }
}

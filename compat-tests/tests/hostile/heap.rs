//! What a piece of work asks the allocator for.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, with counts for each thread.
///
/// What a decoder asks for on a thread that it starts itself is not counted: such a one is tried with one thread.
pub(crate) struct Counting;

#[derive(Clone, Copy)]
struct Counts {
    /// Bytes that were asked for and not given back; below zero if what is older was given back.
    held: isize,
    peak: isize,
}

thread_local! {
    // Made without the allocator, and never dropped.
    static COUNTS: Cell<Counts> = const { Cell::new(Counts { held: 0, peak: 0 }) };
}

fn count(bytes: isize) {
    COUNTS.with(|counts| {
        let Counts { held, peak } = counts.get();
        let held = held.saturating_add(bytes);
        counts.set(Counts { held, peak: peak.max(held) });
    });
}

fn signed(bytes: usize) -> isize {
    isize::try_from(bytes).unwrap_or(isize::MAX)
}

// SAFETY: each call goes to the system's allocator with the arguments that came.
#[expect(unsafe_code, reason = "an allocator is unsafe; this one counts and calls the system's")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(signed(layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-signed(layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // It may move, and then both places are there.
        count(signed(size));
        count(-signed(layout.size()));
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// What work gives, and how many bytes it held at most beyond what was held before.
pub(crate) fn measured<T>(work: impl FnOnce() -> T) -> (T, usize) {
    COUNTS.set(Counts { held: 0, peak: 0 });
    let result = work();
    let peak = COUNTS.get().peak;
    (result, usize::try_from(peak).unwrap_or_default())
}

#[test]
fn what_is_held_at_the_same_time_counts() {
    let (_, peak) = measured(|| {
        drop(Vec::<u8>::with_capacity(1_000));
        let kept = Vec::<u8>::with_capacity(300);
        let mut grown = Vec::<u8>::with_capacity(100);
        grown.reserve_exact(500);
        (kept, grown)
    });
    assert_eq!(peak, 1_000);
    let ((), peak) = measured(|| {
        let mut grown = vec![0_u8; 1_000];
        grown.reserve_exact(2_000);
    });
    assert_eq!(peak, 4_000, "what it moves from and what it moves to");
}

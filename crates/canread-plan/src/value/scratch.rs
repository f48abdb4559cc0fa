//! Memory beside an arena, within one limit.

use canread_wire::{Fault, Limit, Limits, Step};

use super::Arena;

/// What the vectors of a decoder hold, so that they and the arena together hold no more than is allowed.
///
/// As long as this lives, the arena has the smaller of this limit and of its own.
#[derive(Debug)]
pub struct Scratch<'a> {
    arena: &'a Arena,
    /// What the arena was allowed before, and will be again.
    before: Option<usize>,
    allowed: usize,
    held: usize,
}

impl<'a> Scratch<'a> {
    /// Lets the arena and what stands beside it hold `allocated_bytes_max` of the limits.
    #[must_use]
    pub fn new(arena: &'a Arena, limits: &Limits) -> Self {
        let allowed = usize::try_from(limits.allocated_bytes_max()).unwrap_or(usize::MAX);
        let mut scratch = Self { arena, before: arena.allowed(), allowed, held: 0 };
        scratch.set(0);
        scratch
    }

    /// Adds to a vector; memory is asked for before.
    ///
    /// # Errors
    ///
    /// [`Limit::AllocatedBytes`], as of all methods here.
    #[inline]
    pub fn push<T>(&mut self, vec: &mut Vec<T>, item: T) -> Step<()> {
        self.reserve(vec, 1)?;
        vec.push(item);
        Ok(())
    }

    /// Makes room for so many more items in a vector; memory is asked for before.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    #[inline]
    pub fn reserve<T>(&mut self, vec: &mut Vec<T>, more: usize) -> Step<()> {
        if vec.capacity().saturating_sub(vec.len()) >= more {
            return Ok(());
        }
        self.grow(vec, more)
    }

    #[cold]
    #[inline(never)]
    fn grow<T>(&mut self, vec: &mut Vec<T>, more: usize) -> Step<()> {
        let old = bytes_of(vec);
        let capacity = vec.len().saturating_add(more).max(vec.capacity().saturating_mul(2)).max(8);
        // While the items move, both places are there.
        self.hold(capacity.saturating_mul(size_of::<T>()))?;
        vec.reserve_exact(capacity.saturating_sub(vec.len()));
        self.release(old);
        Ok(())
    }

    /// Gives back a vector that memory was asked for.
    #[inline]
    pub fn free<T>(&mut self, vec: Vec<T>) {
        let bytes = bytes_of(&vec);
        drop(vec);
        self.release(bytes);
    }

    /// Asks for memory.
    ///
    /// # Errors
    ///
    /// As [`push`](Self::push).
    pub fn hold(&mut self, bytes: usize) -> Step<()> {
        let held = self.held.saturating_add(bytes);
        if self.allowed.checked_sub(held).is_none_or(|left| left < self.arena.allocated_bytes()) {
            return Err(Fault::Limit(Limit::AllocatedBytes));
        }
        self.set(held);
        Ok(())
    }

    /// How many bytes may still be asked for, here or in the arena.
    #[must_use]
    pub fn left(&self) -> usize {
        self.allowed.saturating_sub(self.held).saturating_sub(self.arena.allocated_bytes())
    }

    /// Gives memory back.
    ///
    /// Most vectors of a decoder never hold anything, and to tell the arena what it may hold means to count its pieces.
    #[inline]
    pub fn release(&mut self, bytes: usize) {
        if bytes > 0 {
            self.set(self.held.saturating_sub(bytes));
        }
    }

    fn set(&mut self, held: usize) {
        self.held = held;
        let left = self.allowed.saturating_sub(held);
        self.arena.allow(Some(self.before.map_or(left, |before| left.min(before))));
    }
}

impl Drop for Scratch<'_> {
    fn drop(&mut self) {
        self.arena.allow(self.before);
    }
}

fn bytes_of<T>(vec: &Vec<T>) -> usize {
    vec.capacity().saturating_mul(size_of::<T>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn vectors_and_the_arena_share_one_limit() {
        let arena = Arena::new();
        let limits = Limits::strict().with_allocated_bytes_max(4_096);
        let mut scratch = Scratch::new(&arena, &limits);
        let mut numbers: Vec<u64> = Vec::new();
        let refused = loop {
            if let Err(fault) = scratch.push(&mut numbers, 7) {
                break fault;
            }
        };
        assert_eq!(refused, Fault::Limit(Limit::AllocatedBytes));
        // 256 numbers are 2,048 bytes, and could not move to a place of twice that.
        assert_eq!((numbers.len(), numbers.capacity()), (256, 256));
        assert_eq!(scratch.left(), 2_048);
        assert!(arena.keep_filled(100, Value::Null).is_err(), "2,400 bytes are more than is left");
        scratch.free(numbers);
        assert!(arena.keep_filled(100, Value::Null).is_ok());
        drop(scratch);
        assert!(arena.keep_filled(1_000, Value::Null).is_ok());
    }

    #[test]
    fn what_the_caller_allows_the_arena_holds_within_a_decoder_and_behind_it() {
        let arena = Arena::new();
        arena.allow(Some(3_000));
        let is_full = || arena.keep_filled(200, Value::Null).err() == Some(Fault::Limit(Limit::AllocatedBytes));
        let mut scratch = Scratch::new(&arena, &Limits::strict());
        assert!(is_full(), "4,800 bytes are more than the arena may hold");
        let mut numbers: Vec<u64> = Vec::new();
        assert_eq!(scratch.reserve(&mut numbers, 1_000), Ok(()), "these lie beside it");
        assert!(is_full());
        scratch.free(numbers);
        assert!(is_full());
        drop(scratch);
        assert!(is_full());
        assert!(arena.keep_filled(50, Value::Null).is_ok());
        // A decoder may have less than the arena.
        let scratch = Scratch::new(&arena, &Limits::strict().with_allocated_bytes_max(0));
        assert!(arena.keep_filled(100, Value::Null).is_err());
        drop(scratch);
        assert_eq!(arena.allowed(), Some(3_000));
    }
}

//! Memory beside the arena, within one limit.

use canread_plan::Arena;
use canread_wire::{Fault, Limit, Limits, Step};

/// What the vectors of a decoder hold, so that they and the arena together hold no more than is allowed.
#[derive(Debug)]
pub(super) struct Scratch {
    allowed: usize,
    held: usize,
}

impl Scratch {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { allowed: usize::try_from(limits.allocated_bytes_max()).unwrap_or(usize::MAX), held: 0 }
    }

    /// What the arena may hold.
    pub(super) fn left(&self) -> usize {
        self.allowed.saturating_sub(self.held)
    }

    /// Adds to a vector; memory is asked for before.
    pub(super) fn push<T>(&mut self, vec: &mut Vec<T>, item: T, arena: &Arena) -> Step<()> {
        if vec.len() == vec.capacity() {
            let (old, new) = (vec.capacity(), vec.capacity().saturating_mul(2).max(8));
            // While the items move, both places are there.
            self.hold(new.saturating_mul(size_of::<T>()), arena)?;
            vec.reserve_exact(new.saturating_sub(vec.len()));
            self.held = self.held.saturating_sub(old.saturating_mul(size_of::<T>()));
        }
        vec.push(item);
        Ok(())
    }

    /// Asks for memory.
    pub(super) fn hold(&mut self, bytes: usize, arena: &Arena) -> Step<()> {
        let held = self.held.saturating_add(bytes);
        if self.allowed.saturating_sub(held) < arena.allocated_bytes() || held > self.allowed {
            return Err(Fault::Limit(Limit::AllocatedBytes));
        }
        self.held = held;
        arena.allow(Some(self.left()));
        Ok(())
    }

    /// A vector is about to be gone.
    pub(super) fn free<T>(&mut self, vec: &Vec<T>) {
        self.held = self.held.saturating_sub(vec.capacity().saturating_mul(size_of::<T>()));
    }

    /// Memory is given back.
    pub(super) fn release(&mut self, bytes: usize) {
        self.held = self.held.saturating_sub(bytes);
    }
}

//! What items and entries are collected into.

use alloc::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    vec::Vec,
};

use canread_wire::{Budget, Step};

/// A list or set that items are added to.
pub trait Collect {
    /// What it holds.
    type Item;

    /// Makes room for items that are announced; a wrong number does no harm.
    ///
    /// # Errors
    ///
    /// The budget allows no more memory.
    fn expect(&mut self, _count: usize, _budget: &mut Budget) -> Step<()> {
        Ok(())
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// The budget allows no more memory.
    fn add(&mut self, item: Self::Item, budget: &mut Budget) -> Step<()>;

    /// Takes everything out and keeps the memory.
    fn clear(&mut self);
}

/// A map that entries are added to.
pub trait CollectEntries {
    /// What finds an entry.
    type Key;
    /// What is found.
    type Value;

    /// Adds an entry; it takes the place of one with the same key.
    ///
    /// # Errors
    ///
    /// The budget allows no more memory.
    fn add(&mut self, key: Self::Key, value: Self::Value, budget: &mut Budget) -> Step<()>;

    /// Called when all entries are there, and again if there are more of them after all.
    ///
    /// # Errors
    ///
    /// The budget allows no more work.
    #[inline(always)]
    fn settle(&mut self, _budget: &mut Budget) -> Step<()> {
        Ok(())
    }

    /// Takes everything out and keeps the memory.
    fn clear(&mut self);
}

/// Makes room for at least so many items more, and spends the memory before it is asked for.
#[inline]
pub(crate) fn grow<T>(vec: &mut Vec<T>, additional: usize, budget: &mut Budget) -> Step<()> {
    if vec.capacity().saturating_sub(vec.len()) >= additional {
        return Ok(());
    }
    grow_now(vec, additional, budget)
}

#[cold]
#[inline(never)]
fn grow_now<T>(vec: &mut Vec<T>, additional: usize, budget: &mut Budget) -> Step<()> {
    // As the standard library grows, so that small lists of small items don't grow often.
    let least = if size_of::<T>() == 1 { 8 } else { 4 };
    let capacity = vec.len().saturating_add(additional).max(vec.capacity().saturating_mul(2)).max(least);
    budget.allocate(capacity.saturating_mul(size_of::<T>()))?;
    let before = vec.capacity();
    vec.reserve_exact(capacity.saturating_sub(vec.len()));
    budget.release(before.saturating_mul(size_of::<T>()));
    Ok(())
}

/// Spends the memory of one entry more in a tree of the standard library.
///
/// The first entry takes a node for 11, and of later nodes at least 5 of 11 places are taken.
#[inline]
fn spend_in_tree<T>(count: usize, budget: &mut Budget) -> Step<()> {
    let entries: usize = if count == 0 { 11 } else { 3 };
    // The links of a node: to its parent, and to 12 children.
    budget.allocate(entries.saturating_mul(size_of::<T>()).saturating_add(if count == 0 { 16 } else { 32 }))
}

/// Spends the memory of one entry more in something that doubles: a table with a part of its places free, or a ring. What
/// it moves to and what it moves from are there at the same time.
#[inline]
fn spend_in_table<T>(count: usize, budget: &mut Budget) -> Step<()> {
    // Places are a power of two of which 7 of 8 are used, with a byte for each and 16 at the end.
    let bytes: usize = if count == 0 { 32 } else { 4 };
    budget.allocate(size_of::<T>().saturating_mul(4).saturating_add(bytes))
}

impl<T> Collect for Vec<T> {
    type Item = T;

    #[inline]
    fn expect(&mut self, count: usize, budget: &mut Budget) -> Step<()> {
        if self.capacity().saturating_sub(self.len()) >= count {
            return Ok(());
        }
        if self.capacity() > 0 {
            // A list in many parts doubles, or it would be moved for each of them.
            return grow_now(self, count, budget);
        }
        budget.allocate(count.saturating_mul(size_of::<T>()))?;
        self.reserve_exact(count);
        Ok(())
    }

    #[inline(always)]
    fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
        if self.len() == self.capacity() {
            grow_now(self, 1, budget)?;
        }
        self.push(item);
        Ok(())
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl<T> Collect for VecDeque<T> {
    type Item = T;

    #[inline]
    fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
        spend_in_table::<T>(self.len(), budget)?;
        self.push_back(item);
        Ok(())
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl<T: Ord> Collect for BTreeSet<T> {
    type Item = T;

    #[inline]
    fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
        spend_in_tree::<T>(self.len(), budget)?;
        self.insert(item);
        Ok(())
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl<K: Ord, V> CollectEntries for BTreeMap<K, V> {
    type Key = K;
    type Value = V;

    #[inline]
    fn add(&mut self, key: K, value: V, budget: &mut Budget) -> Step<()> {
        spend_in_tree::<(K, V)>(self.len(), budget)?;
        self.insert(key, value);
        Ok(())
    }

    fn clear(&mut self) {
        self.clear();
    }
}

#[cfg(feature = "std")]
mod hashed {
    use core::hash::{BuildHasher, Hash};
    use std::collections::{HashMap, HashSet};

    use super::{Budget, Collect, CollectEntries, Step, spend_in_table};

    impl<T: Eq + Hash, S: BuildHasher> Collect for HashSet<T, S> {
        type Item = T;

        #[inline]
        fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
            spend_in_table::<T>(self.len(), budget)?;
            self.insert(item);
            Ok(())
        }

        fn clear(&mut self) {
            self.clear();
        }
    }

    impl<K: Eq + Hash, V, S: BuildHasher> CollectEntries for HashMap<K, V, S> {
        type Key = K;
        type Value = V;

        #[inline]
        fn add(&mut self, key: K, value: V, budget: &mut Budget) -> Step<()> {
            spend_in_table::<(K, V)>(self.len(), budget)?;
            self.insert(key, value);
            Ok(())
        }

        fn clear(&mut self) {
            self.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use canread_wire::{Fault, Limit, Limits};

    use super::*;

    #[test]
    fn a_small_map_is_paid_for_as_the_node_that_it_is() {
        type Entry = ([u64; 4], [u64; 4]);
        let budget = |bytes: usize| {
            let limits = Limits::strict().with_allocated_bytes_max(bytes as u64);
            let mut budget = Budget::new(&limits, 0).expect("no input");
            CollectEntries::add(&mut BTreeMap::new(), [0_u64; 4], [0_u64; 4], &mut budget)
        };
        assert_eq!(budget(11 * size_of::<Entry>()), Err(Fault::Limit(Limit::AllocatedBytes)));
        assert_eq!(budget(12 * size_of::<Entry>()), Ok(()));
    }

    #[test]
    fn a_list_pays_for_what_it_moves_to_and_gets_back_what_it_moved_from() {
        let limits = Limits::strict().with_allocated_bytes_max(8 * (8 + 4));
        let mut budget = Budget::new(&limits, 0).expect("no input");
        let mut list = Vec::new();
        for number in 0..8_u64 {
            assert_eq!(Collect::add(&mut list, number, &mut budget), Ok(()));
        }
        assert_eq!((list.len(), list.capacity()), (8, 8));
        assert_eq!(Collect::add(&mut list, 8, &mut budget), Err(Fault::Limit(Limit::AllocatedBytes)));
    }
}

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

    /// Whether it has to ask for memory before the next item, so that it is worth the while to look how many come.
    #[inline(always)]
    fn is_full(&self) -> bool {
        false
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// The budget allows no more memory.
    fn add(&mut self, item: Self::Item, budget: &mut Budget) -> Step<()>;

    /// Lends the item that was added last, to be filled where it is; none if it can only be added when it is complete.
    ///
    /// A large item that is filled elsewhere has to be moved.
    #[inline(always)]
    fn last_added(&mut self) -> Option<&mut Self::Item> {
        None
    }

    /// Whether [`last_added`](Self::last_added) lends it.
    const IS_FILLED_IN_PLACE: bool = false;

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
    fn is_full(&self) -> bool {
        self.len() == self.capacity()
    }

    #[inline(always)]
    fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
        if self.is_full() {
            grow_now(self, 1, budget)?;
        }
        self.push(item);
        Ok(())
    }

    const IS_FILLED_IN_PLACE: bool = true;

    #[inline(always)]
    fn last_added(&mut self) -> Option<&mut T> {
        self.last_mut()
    }

    fn clear(&mut self) {
        self.clear();
    }
}

impl<T> Collect for VecDeque<T> {
    type Item = T;

    fn expect(&mut self, count: usize, budget: &mut Budget) -> Step<()> {
        if self.capacity().saturating_sub(self.len()) >= count {
            return Ok(());
        }
        let doubled = self.capacity().saturating_mul(2);
        let capacity = self.len().saturating_add(count).max(doubled);
        // What it moves to and what it moves from are there at the same time.
        budget.allocate(capacity.saturating_mul(size_of::<T>()))?;
        let before = self.capacity();
        self.reserve_exact(capacity.saturating_sub(self.len()));
        budget.release(before.saturating_mul(size_of::<T>()));
        Ok(())
    }

    #[inline(always)]
    fn is_full(&self) -> bool {
        self.len() == self.capacity()
    }

    #[inline]
    fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
        if self.is_full() {
            let least = if self.capacity() == 0 { 4 } else { 1 };
            Collect::expect(self, least, budget)?;
        }
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

    use super::{Budget, Collect, CollectEntries, Step};

    /// The bytes of a table with room for so many entries.
    ///
    /// Places are a power of two of which 7 of 8 are used, 4 at least, and more of small entries; with a byte for each, and 16
    /// at the end.
    fn table_bytes<T>(capacity: usize) -> usize {
        let least = match size_of::<T>() {
            _ if capacity == 0 => return 0,
            0..=1 => 16,
            2..=3 => 8,
            _ => 4,
        };
        let places = match capacity {
            0..=3 => 4,
            4..=7 => 8,
            _ => (capacity.saturating_mul(8) / 7).checked_next_power_of_two().unwrap_or(usize::MAX),
        };
        let places = places.max(least);
        places.saturating_mul(size_of::<T>()).saturating_add(places).saturating_add(32)
    }

    /// Adds to a table. If it has no room, what it moves to and what it moves from are there at the same time.
    #[inline]
    fn add<T>(count: usize, capacity: usize, budget: &mut Budget, insert: impl FnOnce()) -> Step<()> {
        if count < capacity {
            insert();
            return Ok(());
        }
        budget.allocate(table_bytes::<T>(capacity.saturating_add(1)))?;
        insert();
        budget.release(table_bytes::<T>(capacity));
        Ok(())
    }

    impl<T: Eq + Hash, S: BuildHasher> Collect for HashSet<T, S> {
        type Item = T;

        #[inline]
        fn add(&mut self, item: T, budget: &mut Budget) -> Step<()> {
            add::<T>(self.len(), self.capacity(), budget, || {
                self.insert(item);
            })
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
            add::<(K, V)>(self.len(), self.capacity(), budget, || {
                self.insert(key, value);
            })
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

    #[test]
    fn a_ring_pays_as_a_list_does() {
        let limits = Limits::strict().with_allocated_bytes_max(8 * (8 + 4));
        let mut budget = Budget::new(&limits, 0).expect("no input");
        let mut ring = VecDeque::new();
        for number in 0..8_u64 {
            assert_eq!(Collect::add(&mut ring, number, &mut budget), Ok(()));
        }
        assert_eq!(Collect::add(&mut ring, 8, &mut budget), Err(Fault::Limit(Limit::AllocatedBytes)));
    }

    #[cfg(feature = "std")]
    #[test]
    fn a_table_pays_when_it_grows_whatever_it_held_before() {
        use std::collections::HashMap;
        let add = |map: &mut HashMap<u64, u64>, key, allowed| {
            let limits = Limits::strict().with_allocated_bytes_max(allowed);
            let mut budget = Budget::new(&limits, 0).expect("no input");
            CollectEntries::add(map, key, 0, &mut budget)
        };
        let mut map: HashMap<u64, u64> = (0..112).map(|key| (key, 0)).collect();
        assert_eq!((map.len(), map.capacity()), (112, 112), "7 of 8 of 128 places");
        // 256 places of 16 bytes and one.
        assert_eq!(add(&mut map, 112, 256 * 17), Err(Fault::Limit(Limit::AllocatedBytes)));
        assert_eq!(add(&mut map, 112, 256 * 17 + 32), Ok(()));
        assert_eq!(add(&mut map, 113, 0), Ok(()));
        assert_eq!(map.len(), 114);
    }
}

//! A map as a list in the order of its keys.

use alloc::vec::Vec;

use canread_wire::{Budget, Step};

use crate::{CollectEntries, collect::grow};

/// A map as a list in the order of its keys: one piece of memory, and quick to read for maps that are small.
///
/// ```
/// use canread::Entries;
///
/// let prices: Entries<String, f64> = [("M8".to_owned(), 0.5), ("M10".to_owned(), 0.75)].into_iter().collect();
/// assert_eq!(prices.find("M10"), Some(&0.75));
/// assert_eq!(prices.iter().count(), 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entries<K, V> {
    entries: Vec<(K, V)>,
    /// So many of them are sorted by key, each key once. All of them, but while they are decoded.
    settled: usize,
}

impl<K, V> Default for Entries<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), settled: 0 }
    }
}

impl<K: Ord, V> Entries<K, V> {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    #[must_use]
    pub fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: core::borrow::Borrow<Q>,
    {
        let index = self.entries.binary_search_by(|entry| entry.0.borrow().cmp(key)).ok()?;
        self.entries.get(index).map(|entry| &entry.1)
    }

    /// Keys and values, in the order of the keys.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl<K: Ord, V> Entries<K, V> {
    fn sort(&mut self) {
        // Stable, so that of equal keys the last one was also read last.
        self.entries.sort_by(|left, right| left.0.cmp(&right.0));
        self.entries.dedup_by(|later, earlier| {
            let is_same = later.0 == earlier.0;
            if is_same {
                core::mem::swap(later, earlier);
            }
            is_same
        });
        self.settled = self.entries.len();
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Entries<K, V> {
    /// Of entries with the same key the last one stays.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut entries = Self { entries: entries.into_iter().collect(), settled: 0 };
        entries.sort();
        entries
    }
}

impl<K: Ord, V> CollectEntries for Entries<K, V> {
    type Key = K;
    type Value = V;

    #[inline]
    fn add(&mut self, key: K, value: V, budget: &mut Budget) -> Step<()> {
        grow(&mut self.entries, 1, budget)?;
        self.entries.push((key, value));
        Ok(())
    }

    fn settle(&mut self, budget: &mut Budget) -> Step<()> {
        let unsettled = self.entries.get(self.settled.saturating_sub(1)..).unwrap_or_default();
        if !unsettled.is_sorted_by(|left, right| left.0 < right.0) {
            // A record that comes in many parts is sorted as often: that must not cost more than its bytes justify.
            budget.items(self.entries.len() as u64)?;
            // Sorting puts a copy of the entries beside them, of 48 at least, unless they are few.
            let count = if self.entries.len() <= 20 { 0 } else { self.entries.len().max(48) };
            let copy = count.saturating_mul(size_of::<(K, V)>());
            budget.allocate(copy)?;
            self.sort();
            budget.release(copy);
        }
        self.settled = self.entries.len();
        Ok(())
    }

    fn clear(&mut self) {
        self.entries.clear();
        self.settled = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_and_the_last_of_a_key_stays() {
        let entries: Entries<&str, i32> = [("b", 1), ("a", 2), ("b", 3), ("b", 4)].into_iter().collect();
        assert_eq!(entries.iter().collect::<Vec<_>>(), [(&"a", &2), (&"b", &4)]);
        assert_eq!((entries.find("b"), entries.find("c")), (Some(&4), None));
    }
}

//! Groups whose bytes are wanted before they are read.
//!
//! A group says where it ends behind all that is in it. If the end of each were looked for on its own, the innermost of many that
//! are inside each other would be passed over as often as it is deep. So what is seen on the way to one end is remembered: the end of
//! the largest group in it, of the largest in that, and so on. All others are at most half as large as what they are in, and what is
//! looked for again is halved each time.

use alloc::{collections::BTreeMap, vec::Vec};

use canread_wire::{Budget, Cursor, Fault, Malformed, Step};

use super::{
    key::Wire,
    skip::{skip, take_key},
};

/// The ends that were seen and not asked for yet, in the bytes of one decoding.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// How many bytes are between the keys of a group, by the address of the first of them.
    sizes: BTreeMap<usize, usize>,
    /// For how many of them memory was asked for.
    held: usize,
}

/// One is remembered for so many bytes that are passed over. Smaller groups cost more to read than to pass over.
const BYTES_FOR_ONE: usize = 64;

/// What one takes in the map, with what its nodes leave free.
const ENTRY_BYTES: usize = 64;

impl Groups {
    /// Takes a group whose first key was taken; what is between its keys.
    ///
    /// The budget says how deep groups may be inside each other; `hold` asks for bytes of memory.
    pub(super) fn take<'de>(
        &mut self,
        cursor: &mut Cursor<'de>,
        number: u32,
        budget: Budget,
        hold: &mut dyn FnMut(usize) -> Step<()>,
    ) -> Step<&'de [u8]> {
        let body = cursor.as_slice();
        if let Some(size) = self.sizes.remove(&address(cursor)) {
            cursor.take(size as u64)?;
            take_key(cursor)?;
            return Ok(body.get(..size).unwrap_or_default());
        }
        let mut pass = Pass { budget, hold, seen: Vec::new() };
        let size = pass.over(cursor, number)?;
        let Pass { seen, .. } = pass;
        let count = self.sizes.len().saturating_add(seen.len());
        if let Some(more) = count.checked_sub(self.held) {
            hold(more.saturating_mul(ENTRY_BYTES))?;
            self.held = count;
        }
        self.sizes.extend(seen);
        Ok(body.get(..size).unwrap_or_default())
    }
}

/// One pass over a group.
struct Pass<'p> {
    budget: Budget,
    hold: &'p mut dyn FnMut(usize) -> Step<()>,
    /// The addresses and sizes of groups: for each that is not passed yet the largest in it, the largest in that, and so on, innermost
    /// first.
    seen: Vec<(usize, usize)>,
}

impl Pass<'_> {
    /// Passes over a group whose first key was taken; how many bytes are between its keys.
    fn over(&mut self, cursor: &mut Cursor<'_>, number: u32) -> Step<usize> {
        self.budget.enter()?;
        let whole = cursor.remaining();
        let first = self.seen.len();
        let mut largest = 0;
        loop {
            let left = cursor.remaining();
            match take_key(cursor)? {
                (end, Wire::GROUP_END) if end == number => {
                    self.budget.leave();
                    let size = whole.saturating_sub(left);
                    self.keep_outermost(first, size);
                    return Ok(size);
                }
                (_, Wire::GROUP_END) => return Err(Fault::Malformed(Malformed::Group)),
                (inner, Wire::GROUP_START) => {
                    let (start, next) = (address(cursor), self.seen.len());
                    let size = self.over(cursor, inner)?;
                    if size < largest.max(BYTES_FOR_ONE) {
                        self.seen.truncate(next);
                        continue;
                    }
                    largest = size;
                    self.add(start, size)?;
                    self.keep_outermost(next, size);
                    self.seen.drain(first..next);
                }
                (other, wire) => skip(cursor, other, wire, &mut self.budget)?,
            }
        }
    }

    fn add(&mut self, start: usize, size: usize) -> Step<()> {
        if self.seen.len() == self.seen.capacity() {
            let more = self.seen.len().max(8);
            // While they move, both places are there.
            (self.hold)(self.seen.len().saturating_add(more).saturating_mul(size_of::<(usize, usize)>()))?;
            self.seen.reserve_exact(more);
        }
        self.seen.push((start, size));
        Ok(())
    }

    /// Forgets the innermost of those behind `first` that are too many for so many bytes.
    fn keep_outermost(&mut self, first: usize, size: usize) {
        let kept = self.seen.len().saturating_sub(size / BYTES_FOR_ONE);
        if kept > first {
            self.seen.drain(first..kept);
        }
    }
}

fn address(cursor: &Cursor<'_>) -> usize {
    cursor.as_slice().as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::super::skip::group;
    use super::*;
    use alloc::vec;
    use canread_wire::Limits;

    /// Groups of number 1 inside each other, around so many bytes, with a small one in front of each and behind it.
    fn nested(depth: usize, bytes: usize) -> Vec<u8> {
        let small = [0x13, 0x18, 0, 0x14];
        (0..depth).fold([0x18, 7].repeat(bytes / 2), |inner, _| [&small[..], &[0x0b], &inner, &[0x0c], &small].concat())
    }

    fn budget(input: &[u8]) -> Budget {
        Budget::new(&Limits::strict(), input.len()).expect("it is not large")
    }

    /// Takes each group of an input, and those in it; how many passes that took, in bytes.
    fn take_all(groups: &mut Groups, input: &[u8], passed: &mut usize) {
        let mut cursor = Cursor::new(input);
        while !cursor.is_empty() {
            let (number, wire) = take_key(&mut cursor).expect("a key");
            if wire != Wire::GROUP_START {
                skip(&mut cursor, number, wire, &mut budget(input)).expect("a value");
                continue;
            }
            let expected = group(&mut cursor.clone(), number, &mut budget(input));
            if !groups.sizes.contains_key(&address(&cursor)) {
                *passed = passed.saturating_add(expected.expect("a group").len());
            }
            let body = groups.take(&mut cursor, number, budget(input), &mut |_| Ok(()));
            assert_eq!(body, expected);
            take_all(groups, body.expect("a group"), passed);
        }
    }

    /// Behind the key of the outermost of groups.
    fn inside(groups: &[u8]) -> &[u8] {
        groups.strip_prefix(&[0x13, 0x18, 0, 0x14, 0x0b]).expect("a small one, and the key")
    }

    #[test]
    fn groups_in_groups_are_passed_over_a_few_times_at_most() {
        for (depth, bytes) in [(1, 10), (99, 0), (99, 500), (99, 10_000), (40, 100_000)] {
            let input = nested(depth, bytes);
            let (mut groups, mut passed) = (Groups::default(), 0);
            take_all(&mut groups, &input, &mut passed);
            // What is smaller than some levels are together is looked for again.
            let few = input.len() * 2 + depth * depth * 20;
            assert!(passed <= few, "{passed} of {} bytes, {depth} deep around {bytes}", input.len());
            assert!(groups.sizes.is_empty(), "all that is remembered is asked for");
        }
    }

    #[test]
    fn the_largest_group_is_remembered_wherever_it_stands() {
        let large = [&[0x0b][..], &nested(3, 400), &[0x0c]].concat();
        let small = [&[0x0b][..], &nested(3, 100), &[0x0c]].concat();
        for groups_in_one in [[&small, &large], [&large, &small]] {
            let input = [&[0x0b][..], groups_in_one[0], groups_in_one[1], &[0x0c]].concat();
            let (mut groups, mut passed) = (Groups::default(), 0);
            take_all(&mut groups, &input, &mut passed);
            assert!(passed < 2 * input.len(), "{passed} of {} bytes", input.len());
        }
    }

    #[test]
    fn memory_is_asked_for_and_in_proportion() {
        let input = nested(90, 10_000);
        let mut held = vec![];
        let mut cursor = Cursor::new(inside(&input));
        let taken = Groups::default().take(&mut cursor, 1, budget(&input), &mut |bytes| {
            held.push(bytes);
            Ok(())
        });
        assert!(taken.is_ok());
        assert_eq!(held.last(), Some(&(89 * ENTRY_BYTES)), "{held:?}");
        let mut cursor = Cursor::new(inside(&input));
        let full = Err(Fault::Limit(canread_wire::Limit::AllocatedBytes));
        assert_eq!(Groups::default().take(&mut cursor, 1, budget(&input), &mut |_| full).map(drop), full);
    }

    #[test]
    fn what_is_no_group_is_refused_as_it_is_where_it_is_passed_over() {
        let too_deep = nested(101, 0);
        for input in [&[0x0b, 0x14][..], &[0x0b, 0x0c, 0x14], &[0x18], &[], &[0x0b, 0x0c], inside(&too_deep)] {
            let (mut one, mut other) = (Cursor::new(input), Cursor::new(input));
            let expected = group(&mut one, 1, &mut budget(input));
            assert!(expected.is_err());
            assert_eq!(Groups::default().take(&mut other, 1, budget(input), &mut |_| Ok(())), expected);
            assert_eq!(one.remaining(), other.remaining());
        }
    }
}

//! Which of a writer's names a reader's names take by aliases: several for one, or each that of another one in a circle.

use canread_model::{Type, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

/// A name of a reader that takes several of a writer's, be it as it is or by aliases.
pub(super) struct Taken {
    /// The reader's, by index.
    pub(super) reader: usize,
    /// The writer's of the same name, by index.
    own: Option<usize>,
    /// Those that it takes: two or more, in the writer's order.
    pub(super) written: Vec<usize>,
    /// Whether the writer's own aliases make one of them too: then nobody read such data before.
    pub(super) is_as_before: bool,
}

impl Taken {
    /// What a reader's name and its aliases take; none where that is one at most.
    pub(super) fn of<'w>(
        (reader, name, aliases): (usize, &str, &[Box<str>]),
        by_name: &FxHashMap<&str, usize>,
        aliases_of: impl Fn(usize) -> &'w [Box<str>],
    ) -> Option<Self> {
        let names: FxHashSet<&str> = aliases.iter().map(|alias| &**alias).chain([name]).collect();
        let own = by_name.get(name).copied();
        let is_known = |other: &str| {
            let aliases = own.map(&aliases_of);
            other == name || aliases.is_some_and(|aliases| aliases.iter().any(|alias| **alias == *other))
        };
        let found = names.into_iter().filter_map(|name| Some((name, *by_name.get(name)?)));
        let found: Vec<(&str, usize)> = found.collect();
        if found.len() < 2 {
            return None;
        }
        let is_as_before = found.iter().all(|(other, _)| is_known(other));
        let mut written: Vec<usize> = found.into_iter().map(|(_, at)| at).collect();
        written.sort_unstable();
        Some(Self { reader, own, written, is_as_before })
    }

    /// The writer's name of which this is the alias, where it takes that one and its own.
    fn other(&self) -> Option<(usize, usize)> {
        let own = self.own?;
        match self.written[..] {
            [one, two] if one == own => Some((own, two)),
            [one, two] if two == own => Some((own, one)),
            _ => None,
        }
    }
}

/// A name that both sides have, by the writer's index and by the reader's.
pub(super) type OfBoth = (usize, usize);

/// Takes out those that exchange their names: each is an alias of another one, in a circle. In the writer's order; those
/// that are left have no way to choose. Where the writer has the same aliases, only what stands in another order counts.
///
/// Avro Java 1.12.0 puts the aliases in the place of the writer's names twice (`GenericDatumReader`, then `Resolver`),
/// unless the first time made it equal to the reader: two that are exchanged then are back, and of three each is another
/// one. Nobody refuses that. The first time makes it equal where the fields of a circle changed places.
pub(super) fn circles(taken: &mut Vec<Taken>) -> Vec<Vec<OfBoth>> {
    let next: FxHashMap<usize, usize> = taken.iter().filter_map(Taken::other).collect();
    let mut seen = FxHashSet::default();
    let mut circles: Vec<Vec<usize>> = Vec::new();
    for start in taken.iter().filter_map(Taken::other).map(|(own, _)| own) {
        let mut path = Vec::new();
        let mut at = start;
        while seen.insert(at) {
            path.push(at);
            match next.get(&at) {
                Some(&other) => at = other,
                None => break,
            }
        }
        // The path may lead into a circle that it is not part of.
        if let Some(first) = path.iter().position(|passed| *passed == at)
            && next.contains_key(&at)
        {
            let mut circle = path.split_off(first);
            circle.sort_unstable();
            circles.push(circle);
        }
    }
    let mut readers: FxHashMap<usize, (usize, bool)> = circles.iter().flatten().map(|own| (*own, (0, false))).collect();
    taken.retain(|one| {
        let reader = one.other().and_then(|(own, _)| readers.get_mut(&own));
        let is_exchanged = reader.map(|reader| *reader = (one.reader, one.is_as_before)).is_some();
        !is_exchanged && !one.is_as_before
    });
    circles.sort_unstable();
    let of_both = |circle: Vec<usize>| {
        let is_as_before = circle.iter().all(|own| readers[own].1);
        let circle: Vec<OfBoth> = circle.into_iter().map(|own| (own, readers[&own].0)).collect();
        let is_in_order = circle.is_sorted_by_key(|(_, reader)| *reader);
        (!is_as_before || !is_in_order).then_some(circle)
    };
    circles.into_iter().filter_map(of_both).collect()
}

/// Whether both hold values of the same kind, in lists, maps and unions with null too; named types apart.
pub(super) fn same_shape(old: &Type, new: &Type) -> bool {
    match (&old.kind, &new.kind) {
        (TypeKind::Nullable(old), TypeKind::Nullable(new)) => same_shape(old, new),
        (TypeKind::List(old), TypeKind::List(new)) => same_shape(&old.item, &new.item),
        (TypeKind::Map(old), TypeKind::Map(new)) => same_shape(&old.value, &new.value),
        (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Readers by their own name and the other one that they take; what is exchanged, and how many are left.
    fn split(readers: &[(usize, usize)]) -> (Vec<Vec<usize>>, usize) {
        split_as(readers, false)
    }

    fn split_as(readers: &[(usize, usize)], is_as_before: bool) -> (Vec<Vec<usize>>, usize) {
        let taken = |(reader, &(own, other)): (usize, &(usize, usize))| Taken {
            reader,
            own: Some(own),
            written: vec![own.min(other), own.max(other)],
            is_as_before,
        };
        let mut taken: Vec<Taken> = readers.iter().enumerate().map(taken).collect();
        let circles = circles(&mut taken);
        let own = |(own, reader): &OfBoth| {
            assert_eq!(readers[*reader].0, *own);
            *own
        };
        (circles.iter().map(|circle| circle.iter().map(own).collect()).collect(), taken.len())
    }

    #[test]
    fn a_circle_of_two_or_three_is_found_once() {
        assert_eq!(split(&[(0, 1), (1, 0)]), (vec![vec![0, 1]], 0));
        assert_eq!(split(&[(3, 1), (2, 3), (1, 2), (5, 4), (4, 5)]), (vec![vec![1, 2, 3], vec![4, 5]], 0));
    }

    #[test]
    fn what_leads_into_a_circle_or_ends_is_left() {
        assert_eq!(split(&[(2, 0), (0, 1), (1, 0)]), (vec![vec![0, 1]], 1));
        assert_eq!(split(&[(0, 1), (1, 0), (2, 0)]), (vec![vec![0, 1]], 1));
        assert_eq!(split(&[(0, 1), (1, 2)]), (Vec::new(), 2));
    }

    #[test]
    fn what_both_sides_exchange_counts_where_it_changed_places() {
        assert_eq!(split_as(&[(0, 1), (1, 0)], true), (Vec::new(), 0));
        assert_eq!(split_as(&[(1, 0), (0, 1)], true), (vec![vec![0, 1]], 0));
        assert_eq!(split_as(&[(0, 1), (1, 2)], true), (Vec::new(), 0));
    }
}

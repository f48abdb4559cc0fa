//! Which fields of two versions of a record are alternatives to each other, in the one and in the other.
//!
//! Each field of a oneof has all others of it as alternatives. So that many fields in one oneof take no more time than
//! they are, the fields are counted by the two oneofs that they were in and are in, once for both records.

use std::{cell::RefCell, rc::Rc};

use canread_model::{Field, NodeId, Record};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{DeclAt, Pair};

/// The alternatives of the two records that were asked about last: questions about two records come in a row.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    last: RefCell<Option<(Pair<canread_model::DeclId>, Rc<Alternatives>)>>,
}

/// Fields that both records have.
#[derive(Debug)]
pub(crate) struct Alternatives {
    /// By number, as data of Protobuf knows them.
    pub(crate) by_number: Pair<Groups>,
    /// By name, as JSON knows them.
    pub(crate) by_name: Pair<Groups>,
}

/// Other fields of a oneof.
#[derive(Debug, Clone, Default)]
pub(crate) struct Others {
    /// How many.
    pub(crate) count: usize,
    /// The names of the first ones.
    pub(crate) first: Vec<Box<str>>,
}

impl Others {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.count == 0
    }
}

impl Cache {
    pub(crate) fn of(&self, owner: Pair<DeclAt<'_>>, records: Pair<&Record>) -> Rc<Alternatives> {
        let key = owner.ids();
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, alternatives)) if *known == key => Rc::clone(alternatives),
            _ => {
                let alternatives = Rc::new(Alternatives::of(owner, records));
                *last = Some((key, Rc::clone(&alternatives)));
                alternatives
            }
        }
    }
}

impl Alternatives {
    fn of(owner: Pair<DeclAt<'_>>, records: Pair<&Record>) -> Self {
        let same_number = |new: &Field| owner.old.field_by_number(new.number?.value);
        let by_number: Vec<_> =
            records.new.fields.iter().filter_map(|new| Some(Pair { old: same_number(new)?, new })).collect();
        let same_name = |old: &Field| owner.new.field(&old.name);
        let by_name: Vec<_> =
            records.old.fields.iter().filter_map(|old| Some(Pair { old, new: same_name(old)? })).collect();
        Self { by_number: groups(&by_number), by_name: groups(&by_name) }
    }
}

fn groups(pairs: &[Pair<&Field>]) -> Pair<Groups> {
    let old = pairs.iter().map(|pair| (pair.old, pair.new.oneof));
    let new = pairs.iter().map(|pair| (pair.new, pair.old.oneof));
    Pair { old: Groups::of(old), new: Groups::of(new) }
}

/// The fields of one version by the oneof that they are in, and by the one that they are in in the other version.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    count: FxHashMap<u32, Count>,
    count_of: FxHashMap<(u32, Option<u32>), usize>,
    /// The first fields of a oneof that are not in this one in the other version; of none, just the first fields.
    first: FxHashMap<(u32, Option<u32>), Vec<Named>>,
    listed: FxHashSet<NodeId>,
}

/// A field, with its name.
type Named = (NodeId, Box<str>);

#[derive(Debug, Default)]
struct Count {
    all: usize,
    in_another: usize,
}

impl Groups {
    /// How many fields are named at most.
    pub(crate) const FIRST_MAX: usize = 5;

    fn of<'f>(fields: impl Iterator<Item = (&'f Field, Option<u32>)>) -> Self {
        let mut groups = Self::default();
        let mut members: FxHashMap<u32, Vec<(&Field, Option<u32>)>> = FxHashMap::default();
        for (field, other) in fields {
            let Some(oneof) = field.oneof else { continue };
            members.entry(oneof).or_default().push((field, other));
            let count = groups.count.entry(oneof).or_default();
            count.all += 1;
            count.in_another += usize::from(other.is_some());
            *groups.count_of.entry((oneof, other)).or_default() += 1;
            groups.listed.insert(field.node);
        }
        let keys = groups.count_of.keys().copied().chain(members.keys().map(|oneof| (*oneof, None)));
        for (oneof, other) in keys {
            // Passes over no more fields than are counted under this key, so over all keys over each field once.
            let is_other = |(_, own): &&(&Field, Option<u32>)| other.is_none() || *own != other;
            let first = members[&oneof].iter().filter(is_other).take(Self::FIRST_MAX + 1);
            groups.first.insert((oneof, other), first.map(|(field, _)| (field.node, field.name.clone())).collect());
        }
        groups
    }

    /// The fields beside `field` in its oneof that are not beside it in the other version, where it is in `other`.
    pub(crate) fn others(&self, field: &Field, other: Option<u32>) -> Others {
        let Some(oneof) = field.oneof else { return Others::default() };
        let all = self.count.get(&oneof).map_or(0, |count| count.all);
        let together = match other {
            Some(_) => self.count_of.get(&(oneof, other)).copied().unwrap_or(0),
            None => usize::from(self.listed.contains(&field.node)),
        };
        let first = self.first.get(&(oneof, other)).into_iter().flatten().filter(|(node, _)| *node != field.node);
        Others { count: all - together, first: first.take(Self::FIRST_MAX).map(|(_, name)| name.clone()).collect() }
    }

    /// Whether one of these others is in a oneof in the other version, too.
    pub(crate) fn has_other_in_another(&self, field: &Field, other: Option<u32>) -> bool {
        let Some(oneof) = field.oneof else { return false };
        let in_another = self.count.get(&oneof).map_or(0, |count| count.in_another);
        let together = if other.is_some() { self.count_of.get(&(oneof, other)).copied().unwrap_or(0) } else { 0 };
        in_another > together
    }
}

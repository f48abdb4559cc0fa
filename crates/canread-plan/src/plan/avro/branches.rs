//! Where in a union of the reader a type of the writer is looked for.

use rustc_hash::FxHashMap;

use super::names::unqualified;
use crate::layout::{Layout, LayoutKind, TypeId};

/// The branches of a union by what they may fit: a union may have thousands.
#[derive(Debug, Default)]
pub(super) struct Branches<'l> {
    by_name: FxHashMap<&'l str, u32>,
    /// By the last part of their names and of those that they had.
    by_last_part: FxHashMap<&'l str, Vec<u32>>,
    /// Those without a name.
    nameless: Vec<u32>,
}

impl<'l> Branches<'l> {
    pub(super) fn of(layout: &'l Layout, branches: &[TypeId]) -> Self {
        let mut index = Self::default();
        for (at, branch) in (0..).zip(branches) {
            let Some((name, aliases)) = name_of(layout, layout.kind(*branch)).filter(|(name, _)| !name.is_empty())
            else {
                index.nameless.push(at);
                continue;
            };
            index.by_name.entry(name).or_insert(at);
            for name in [name].into_iter().chain(aliases.iter().map(|alias| &**alias)) {
                let of_name = index.by_last_part.entry(unqualified(name)).or_default();
                if of_name.last() != Some(&at) {
                    of_name.push(at);
                }
            }
        }
        index
    }

    /// The branch of that full name.
    pub(super) fn of_name(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// All that a type of that name may fit, or one without a name.
    pub(super) fn candidates(&self, name: Option<&str>) -> impl Iterator<Item = u32> {
        let of_name = name.and_then(|name| self.by_last_part.get(unqualified(name)));
        of_name.into_iter().flatten().chain(&self.nameless).copied()
    }
}

/// The name of a record, an enum or a fixed type, and those that it had.
pub(super) fn name_of(layout: &Layout, kind: LayoutKind) -> Option<(&str, &[Box<str>])> {
    match kind {
        LayoutKind::Record(record) => {
            let record = layout.record(record);
            Some((&record.name, &record.aliases))
        }
        LayoutKind::Enum(declared) => {
            let declared = layout.declared_enum(declared);
            Some((&declared.name, &declared.aliases))
        }
        LayoutKind::Fixed(fixed) => {
            let fixed = layout.fixed(fixed);
            Some((&fixed.name, &fixed.aliases))
        }
        _ => None,
    }
}

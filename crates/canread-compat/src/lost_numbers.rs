//! The values of an enum whose numbers readers don't declare. Several rules ask about each of them, and one speaks for
//! all: which one that is must not take a walk through the enum each time.

use std::cell::RefCell;

use canread_model::{DeclId, Enum, EnumValue, NodeId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{DeclAt, Direction, Pair};

/// The first such value of each enum that was asked about.
#[derive(Debug, Default)]
pub(crate) struct LostNumbers(RefCell<FxHashMap<Asked, Option<NodeId>>>);

/// An enum, and who reads it.
type Asked = (Pair<DeclId>, Direction);

impl LostNumbers {
    pub(crate) fn first(&self, enums: Pair<DeclAt<'_>>, direction: Direction) -> Option<NodeId> {
        let find = || {
            let (writer, reader) = enums.by_role(direction);
            let value = lost(writer.decl().as_enum()?, reader.decl().as_enum()?).next()?;
            Some(value.node)
        };
        *self.0.borrow_mut().entry((enums.ids(), direction)).or_insert_with(find)
    }
}

/// The values whose numbers the readers don't declare.
pub(crate) fn lost<'a>(written: &'a Enum, read: &'a Enum) -> impl Iterator<Item = &'a EnumValue> {
    let known: FxHashSet<i64> = read.values.iter().filter_map(|value| value.number).collect();
    written.values.iter().filter(move |value| value.number.is_some_and(|number| !known.contains(&number)))
}

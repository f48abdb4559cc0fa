//! What kind of thing a field holds, and how two of them differ.

use canread_model::{Type, TypeKind};

use super::Key;
use crate::Pair;

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cardinality {
    /// At most one.
    Singular,
    /// Any number, in order.
    List,
    /// Any number, without order.
    Set,
    /// Any number, by key.
    Map,
}

/// A type taken apart into how many values and of what.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Shape<'a> {
    /// How many.
    pub cardinality: Cardinality,
    /// Whether numbers stand in one run.
    pub packed: bool,
    /// The type of the keys of a map.
    pub key: Option<&'a Type>,
    /// The type of one value.
    pub element: &'a Type,
}

impl<'a> Shape<'a> {
    /// Takes a type apart.
    #[must_use]
    pub fn of(ty: &'a Type) -> Self {
        let (cardinality, packed, key, element) = match &ty.kind {
            TypeKind::List(list) => (Cardinality::List, list.packed, None, &list.item),
            TypeKind::Set(item) => (Cardinality::Set, false, None, &**item),
            TypeKind::Map(map) => (Cardinality::Map, false, Some(&map.key), &map.value),
            _ => (Cardinality::Singular, false, None, ty),
        };
        Self { cardinality, packed, key, element }
    }
}

/// How two types differ, cardinality and packing apart.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Values are of another kind.
    pub(super) kind: bool,
    /// Text is checked on one side only.
    pub(super) utf8: bool,
    /// Both name a declaration, perhaps the same one.
    pub(super) target: Option<Key>,
}

/// Compares two element types. `same_sort` says whether two declarations are of one sort.
pub(super) fn difference(types: Pair<&Type>, same_sort: impl Fn(Key) -> bool) -> Difference {
    let mut difference = Difference::default();
    match (&types.old.kind, &types.new.kind) {
        (TypeKind::Ref(old), TypeKind::Ref(new)) => {
            let key = Pair { old: *old, new: *new };
            if same_sort(key) {
                difference.target = Some(key);
            } else {
                difference.kind = true;
            }
        }
        (TypeKind::String(old), TypeKind::String(new)) => difference.utf8 = old != new,
        (old, new) => difference.kind = old != new,
    }
    difference
}

//! What differs between two versions of an enum.

use canread_model::{Enum, EnumValue};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Outcome, options};
use crate::{Change, DeclAt, Holder, Pair};

pub(super) fn compare<'a>(owner: Pair<DeclAt<'a>>, enums: Pair<&'a Enum>, outcome: &mut Outcome<'a>) {
    if enums.old.is_open != enums.new.is_open {
        outcome.changes.push(Change::EnumOpennessChanged(owner));
    }
    if let (Some(old), Some(new)) = (default_value(enums.old), default_value(enums.new)) {
        let value = Pair { old, new };
        if is_another(owner, value) {
            outcome.changes.push(Change::EnumDefaultChanged { owner, value });
        }
    }
    values(owner, enums, outcome);
}

/// The value of an absent field: the declared default, else the first value.
fn default_value(declared: &Enum) -> Option<&EnumValue> {
    declared.values.get(declared.default.unwrap_or(0) as usize)
}

/// The first name that a number has in both versions: it stands for the same value then.
pub(crate) fn kept_name(owner: Pair<DeclAt<'_>>, number: i64) -> Option<&str> {
    let is_kept = |value: &&EnumValue| owner.old.value(&value.name).is_some_and(|old| old.number == Some(number));
    owner.new.schema.values_by_number(owner.new.id, number).find(is_kept).map(|value| &*value.name)
}

/// Whether the default value is really another one, and not the same under another name or another number.
fn is_another(owner: Pair<DeclAt<'_>>, value: Pair<&EnumValue>) -> bool {
    if value.old.name == value.new.name {
        return false;
    }
    let is_renamed = owner.new.value(&value.old.name).is_none() && owner.old.value(&value.new.name).is_none();
    let is_kept = || value.old.number.is_some_and(|number| kept_name(owner, number).is_some());
    value.old.number != value.new.number || !(is_renamed || is_kept())
}

fn values<'a>(owner: Pair<DeclAt<'a>>, enums: Pair<&'a Enum>, outcome: &mut Outcome<'a>) {
    let by_name = |declared: &'a Enum| -> FxHashMap<&'a str, &'a EnumValue> {
        declared.values.iter().rev().map(|value| (&*value.name, value)).collect()
    };
    let (old_names, new_names) = (by_name(enums.old), by_name(enums.new));
    // By number the names that are only new: of these a vanished name may have become one.
    let mut only_new: FxHashMap<i64, Vec<&'a EnumValue>> = FxHashMap::default();
    for value in enums.new.values.iter().rev().filter(|value| !old_names.contains_key(&*value.name)) {
        if let Some(number) = value.number {
            only_new.entry(number).or_default().push(value);
        }
    }
    let mut is_rename = FxHashSet::default();
    for old in &enums.old.values {
        if let Some(new) = new_names.get(&*old.name).copied() {
            let value = Pair { old, new };
            if old.number != new.number {
                outcome.changes.push(Change::EnumValueRenumbered { owner, value });
            }
            let metas = Pair { old: &old.meta, new: &new.meta };
            options::fields(Holder::EnumValue(owner, value), metas, outcome);
        } else if let Some(new) = old.number.and_then(|number| only_new.get_mut(&number)?.pop()) {
            is_rename.insert(new.node);
            outcome.changes.push(Change::EnumValueRenamed { owner, value: Pair { old, new } });
        } else {
            outcome.changes.push(Change::EnumValueRemoved { owner, old });
        }
    }
    for new in &enums.new.values {
        if !old_names.contains_key(&*new.name) && !is_rename.contains(&new.node) {
            outcome.changes.push(Change::EnumValueAdded { owner, new });
        }
    }
}

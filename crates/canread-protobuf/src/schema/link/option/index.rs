//! Members of messages and enums by name, fast also where there are many.

use canread_model::{DeclId, Enum, Presence, Record};
use rustc_hash::FxHashMap;

use crate::schema::link::{FieldRef, Linker, files};

/// Declarations of more members than this get an index of their own.
///
/// The built-in options messages stay below, which matters: their ids mean other declarations here.
const SCANNED_MAX: usize = 64;

/// Where the members of one declaration are.
#[derive(Debug, Default)]
pub(in crate::schema::link) struct MemberIndex {
    by_name: FxHashMap<Box<str>, u32>,
    /// Enum values by number; the first one of each.
    by_number: FxHashMap<i64, u32>,
    /// Required fields, once somebody asked: features that decide it are resolved after names.
    required: Option<Box<[u32]>>,
}

impl MemberIndex {
    fn of_record(record: &Record) -> Self {
        let mut index = Self::default();
        for (field, at) in record.fields.iter().zip(0..) {
            index.by_name.entry(field.name.clone()).or_insert(at);
        }
        index
    }

    fn of_enum(declared: &Enum) -> Self {
        let mut index = Self::default();
        for (value, at) in declared.values.iter().zip(0..) {
            index.by_name.entry(value.name.clone()).or_insert(at);
            if let Some(number) = value.number {
                index.by_number.entry(number).or_insert(at);
            }
        }
        index
    }
}

impl Linker<'_> {
    /// The field of an options message under a name.
    pub(super) fn member(&self, message: DeclId, name: &str) -> Option<FieldRef> {
        let record = self.record(message);
        let at = if record.fields.len() <= SCANNED_MAX {
            files::index(record.fields.iter().position(|field| &*field.name == name)?)
        } else {
            let mut indexes = self.indexes.borrow_mut();
            *indexes.entry(message).or_insert_with(|| MemberIndex::of_record(record)).by_name.get(name)?
        };
        Some(FieldRef::Member(message, at))
    }

    /// The first required field that is not set.
    pub(in crate::schema::link) fn missing(
        &self,
        message: DeclId,
        is_set: impl Fn(FieldRef) -> bool,
    ) -> Option<FieldRef> {
        let record = self.record(message);
        let is_missing = |at: &u32| !is_set(FieldRef::Member(message, *at));
        let required = || {
            let required = record.fields.iter().zip(0..).filter(|(field, _)| field.presence == Presence::Required);
            required.map(|(_, at)| at)
        };
        let at = if record.fields.len() <= SCANNED_MAX {
            required().find(is_missing)
        } else {
            let mut indexes = self.indexes.borrow_mut();
            let index = indexes.entry(message).or_insert_with(|| MemberIndex::of_record(record));
            let required = index.required.get_or_insert_with(|| required().collect());
            required.iter().copied().find(is_missing)
        };
        Some(FieldRef::Member(message, at?))
    }

    /// The place of an enum value by its name.
    pub(super) fn value_by_name(&self, decl: DeclId, declared: &Enum, name: &str) -> Option<u32> {
        if declared.values.len() <= SCANNED_MAX {
            return declared.values.iter().position(|value| &*value.name == name).map(files::index);
        }
        let mut indexes = self.indexes.borrow_mut();
        indexes.entry(decl).or_insert_with(|| MemberIndex::of_enum(declared)).by_name.get(name).copied()
    }

    /// The place of the first enum value of a number.
    pub(super) fn value_by_number(&self, decl: DeclId, declared: &Enum, number: i64) -> Option<u32> {
        if declared.values.len() <= SCANNED_MAX {
            return declared.values.iter().position(|value| value.number == Some(number)).map(files::index);
        }
        let mut indexes = self.indexes.borrow_mut();
        indexes.entry(decl).or_insert_with(|| MemberIndex::of_enum(declared)).by_number.get(&number).copied()
    }
}

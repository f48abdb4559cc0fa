//! Fields that somebody takes for one another.

use std::collections::hash_map::Entry;

use canread_model::{Decl, Field};
use rustc_hash::FxHashMap;

use super::member;
use crate::Finding;

/// A finding for each field whose key an earlier field of the record has.
pub(super) fn twins(decl: &Decl, key: impl Fn(&Field) -> String, how: &str) -> Vec<Finding> {
    let fields = decl.as_record().map_or(&[][..], |record| &record.fields);
    if fields.len() < 2 {
        return Vec::new();
    }
    let mut first: FxHashMap<String, &Field> = FxHashMap::default();
    first.reserve(fields.len());
    let mut found = Vec::new();
    for field in fields {
        match first.entry(key(field)) {
            Entry::Vacant(entry) => {
                entry.insert(field);
            }
            Entry::Occupied(entry) => {
                let (symbol, other) = (member(decl, &field.name), &entry.get().name);
                let finding = Finding::new(&symbol, format!("`{symbol}` and `{other}` {how}"));
                found.push(finding.new_site(field.node, "the second one").shape(format!("like {other}")));
            }
        }
    }
    found
}

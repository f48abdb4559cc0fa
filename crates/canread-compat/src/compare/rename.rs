//! Finds declarations that are the same under another name, so that a rename or a move between
//! packages is one change and not a removal beside an addition.
//!
//! Fields that name a declaration settle most cases while records are compared; this file is for
//! those that nothing names. It is careful: a wrong guess would hide a removal. Two declarations are
//! taken as one only if their shapes are equal and nothing else has that shape, and never across
//! packages that differ only in a version (`v1` retired, `v2` added is no rename).

use canread_model::{Decl, DeclId, DeclKind, Schema, Type, TypeKind};
use rustc_hash::FxHashMap;
use std::fmt::Write;

use super::{Key, align::Aligned};
use crate::Pair;

/// Fewer fields than this say too little about a record to know it again by them alone.
const TELLING_FIELDS: usize = 2;

pub(super) fn find(versions: Pair<&Schema>, aligned: &Aligned) -> Vec<Key> {
    let mut found = Found::default();
    let old = shapes(versions.old, &aligned.only_old);
    let new = shapes(versions.new, &aligned.only_new);
    // A declaration that kept its own name and changed its package is the surest case, then any other.
    for with_name in [true, false] {
        let new_by_shape = group(versions.new, &new, with_name);
        for (shape, candidates) in group(versions.old, &old, with_name) {
            let (Some(others), [old]) = (new_by_shape.get(&shape), candidates.as_slice()) else { continue };
            let [new] = others.as_slice() else { continue };
            let key = Pair { old: *old, new: *new };
            let names = Pair { old: versions.old.decl(*old), new: versions.new.decl(*new) };
            let is_telling = with_name || field_count(names.old) >= TELLING_FIELDS;
            if is_telling && !is_version_bump(&names.old.full_name, &names.new.full_name) {
                found.add(versions, key);
            }
        }
    }
    found.keys.sort_unstable_by_key(|key| key.old);
    found.keys
}

/// Pairs found so far.
#[derive(Default)]
struct Found {
    keys: Vec<Key>,
    old: FxHashMap<DeclId, DeclId>,
    new: FxHashMap<DeclId, DeclId>,
}

impl Found {
    /// Adds a pair with all nested declarations of equal names.
    fn add(&mut self, versions: Pair<&Schema>, key: Key) {
        let mut pending = vec![key];
        while let Some(key) = pending.pop() {
            if self.old.contains_key(&key.old) || self.new.contains_key(&key.new) {
                continue;
            }
            self.old.insert(key.old, key.new);
            self.new.insert(key.new, key.old);
            self.keys.push(key);
            let children: FxHashMap<&str, DeclId> = named_children(versions.new, key.new).collect();
            for (name, old) in named_children(versions.old, key.old) {
                if let Some(&new) = children.get(name) {
                    pending.push(Pair { old, new });
                }
            }
        }
    }
}

fn named_children(schema: &Schema, id: DeclId) -> impl Iterator<Item = (&str, DeclId)> {
    schema.decl(id).children.iter().filter_map(|&child| Some((schema.decl(child).name.as_deref()?, child)))
}

/// The top-level declarations among `ids`, each with a text that equal shapes share.
fn shapes(schema: &Schema, ids: &[DeclId]) -> Vec<(DeclId, String)> {
    let top = ids.iter().filter(|&&id| schema.decl(id).parent.is_none());
    top.filter_map(|&id| Some((id, shape(schema, schema.decl(id))?))).collect()
}

fn group<'a>(
    schema: &'a Schema,
    shapes: &'a [(DeclId, String)],
    with_name: bool,
) -> std::collections::BTreeMap<(&'a str, &'a str), Vec<DeclId>> {
    let mut groups = std::collections::BTreeMap::new();
    for (id, shape) in shapes {
        let name = if with_name { schema.decl(*id).name.as_deref().unwrap_or_default() } else { "" };
        groups.entry((name, shape.as_str())).or_insert_with(Vec::new).push(*id);
    }
    groups
}

fn field_count(decl: &Decl) -> usize {
    match &decl.kind {
        DeclKind::Record(record) => record.fields.len(),
        DeclKind::Enum(declared) => declared.values.len(),
        DeclKind::Service(service) => service.methods.len(),
        _ => 0,
    }
}

/// Names and numbers of what is in it. `None` for what is never taken as renamed.
fn shape(schema: &Schema, decl: &Decl) -> Option<String> {
    let mut text = String::new();
    match &decl.kind {
        DeclKind::Record(record) => {
            for field in &record.fields {
                let number = field.number.map_or(0, |number| number.value);
                let _ = write!(text, "{} {number} {:?} ", field.name, field.presence);
                describe_type(schema, &field.ty, &mut text);
                text.push(';');
            }
        }
        DeclKind::Enum(declared) => {
            for value in &declared.values {
                let _ = write!(text, "{}={:?};", value.name, value.number);
            }
        }
        _ => return None,
    }
    Some(text)
}

/// The type as far as a rename leaves it alone: of a declaration only its own name.
fn describe_type(schema: &Schema, ty: &Type, text: &mut String) {
    match &ty.kind {
        TypeKind::Ref(decl) => text.push_str(schema.decl(*decl).name.as_deref().unwrap_or("?")),
        TypeKind::List(list) => {
            text.push_str("list ");
            describe_type(schema, &list.item, text);
        }
        TypeKind::Map(map) => {
            text.push_str("map ");
            describe_type(schema, &map.key, text);
            text.push(' ');
            describe_type(schema, &map.value, text);
        }
        other => {
            let _ = write!(text, "{other:?}");
        }
    }
}

/// Whether two full names differ only in version components: `shop.v1.Order` and `shop.v2.Order`.
pub(super) fn is_version_bump(old: &str, new: &str) -> bool {
    let (mut old, mut new) = (old.split('.'), new.split('.'));
    let mut bumped = false;
    loop {
        match (old.next(), new.next()) {
            (None, None) => return bumped,
            (Some(one), Some(two)) if one == two => {}
            (Some(one), Some(two)) if is_version(one) && is_version(two) => bumped = true,
            _ => return false,
        }
    }
}

/// `v1`, `v1beta2`, `v1p1alpha1`: a package version as the Protobuf style guides write it.
fn is_version(part: &str) -> bool {
    let Some(rest) = part.strip_prefix('v') else { return false };
    rest.starts_with(|first: char| first.is_ascii_digit())
        && rest.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_version_components_may_differ_in_a_version_bump() {
        assert!(is_version_bump("shop.v1.Order", "shop.v2.Order"));
        assert!(is_version_bump("shop.v1beta1.Order", "shop.v1.Order"));
        assert!(!is_version_bump("shop.v1.Order", "shop.v1.Order"));
        assert!(!is_version_bump("shop.v1.Order", "shop.v2.Invoice"));
        assert!(!is_version_bump("shop.value.Order", "shop.v1.Order"));
    }
}

//! Whether two defaults are one value, though they are written otherwise.

use canread_model::{DeclKind, Key, Literal, TypeKind};
use rustc_hash::FxHashMap;

use super::branch::branches;
use crate::{DeclAt, Pair, TypeAt};

/// How deep defaults are compared, and how many pairs of records in them. Beyond, they count as different: what is left
/// out may have a default that leaves out the same again, without end.
const DEPTH_MAX: usize = 64;
const RECORDS_MAX: usize = 10_000;

/// Whether two defaults of these types are one value. In a record's, a field that is left out has its own default.
///
/// Source: Avro Java 1.12.0, which fills in what is left out. fastavro gives the object as it is written.
pub(super) fn are_same(values: Pair<&Literal>, types: Pair<TypeAt<'_>>) -> bool {
    Comparison { depth_left: DEPTH_MAX, records_left: RECORDS_MAX }.are_same(values, types)
}

/// What is left to spend on two defaults.
struct Comparison {
    depth_left: usize,
    records_left: usize,
}

impl Comparison {
    fn are_same(&mut self, values: Pair<&Literal>, types: Pair<TypeAt<'_>>) -> bool {
        let Pair { old, new } = values;
        if old.same(new) || are_promoted(old, new) {
            return true;
        }
        let Some(depth_left) = self.depth_left.checked_sub(1) else { return false };
        self.depth_left = depth_left;
        let is_same = match (old, new) {
            (Literal::List(old), Literal::List(new)) => {
                let (Some(old_item), Some(new_item)) = (item(types.old), item(types.new)) else { return false };
                let items = Pair { old: old_item, new: new_item };
                let mut pairs = old.iter().zip(new);
                old.len() == new.len() && pairs.all(|(old, new)| self.are_same(Pair { old, new }, items))
            }
            (Literal::Map(_), Literal::Map(_)) => match (record(types.old), record(types.new)) {
                (Some(old), Some(new)) => self.are_same_records(values, Pair { old, new }),
                _ => false,
            },
            _ => false,
        };
        self.depth_left += 1;
        is_same
    }

    fn are_same_records(&mut self, values: Pair<&Literal>, records: Pair<DeclAt<'_>>) -> bool {
        let Some(records_left) = self.records_left.checked_sub(1) else { return false };
        self.records_left = records_left;
        let (in_old, in_new) = (written(values.old), written(values.new));
        let only_in_new = in_new.keys().filter(|name| !in_old.contains_key(*name));
        in_old.keys().chain(only_in_new).all(|name| {
            let (Some(old), Some(new)) = (records.old.field(name), records.new.field(name)) else { return false };
            let types = Pair {
                old: TypeAt { schema: records.old.schema, ty: &old.ty },
                new: TypeAt { schema: records.new.schema, ty: &new.ty },
            };
            let old = in_old.get(name).copied().or_else(|| old.default_value());
            let new = in_new.get(name).copied().or_else(|| new.default_value());
            old.zip(new).is_some_and(|(old, new)| self.are_same(Pair { old, new }, types))
        })
    }
}

/// The fields that an object writes.
fn written(value: &Literal) -> FxHashMap<&str, &Literal> {
    let entries = if let Literal::Map(entries) = value { &entries[..] } else { &[] };
    let named = entries.iter().filter_map(|entry| match &entry.key {
        Key::Field(name) => Some((&**name, &entry.value)),
        _ => None,
    });
    named.collect()
}

/// The record that an object is a value of, in a union the first.
fn record(ty: TypeAt<'_>) -> Option<DeclAt<'_>> {
    let mut named = branches(ty).types.into_iter().filter_map(TypeAt::named);
    named.find(|decl| matches!(decl.decl().kind, DeclKind::Record(_)))
}

/// What the items of a list are, in a union of the first array.
fn item(ty: TypeAt<'_>) -> Option<TypeAt<'_>> {
    branches(ty).types.into_iter().find_map(|ty| match &ty.ty.kind {
        TypeKind::List(list) => Some(ty.at(&list.item)),
        _ => None,
    })
}

/// Whether two defaults are one value that a promotion writes otherwise: an integer as a floating point number, a text as
/// bytes.
///
/// Source: Avro 1.12, "Schema Resolution".
fn are_promoted(old: &Literal, new: &Literal) -> bool {
    match (old, new) {
        (Literal::Int(integer), Literal::Float(number)) | (Literal::Float(number), Literal::Int(integer)) => {
            number.to_string() == integer.to_string()
        }
        (Literal::String(text), Literal::Bytes(bytes)) | (Literal::Bytes(bytes), Literal::String(text)) => {
            text.as_bytes() == &**bytes
        }
        _ => false,
    }
}

//! Whether two defaults are one value, though they are written otherwise.

use std::collections::BTreeSet;

use canread_model::{DeclKind, Key, Literal, Record, TypeKind};

use super::branch::branches;
use crate::{Pair, TypeAt};

/// Whether two defaults of these types are one value. In a record's, a field that is left out has its own default.
/// Recurses as deep as the deeper one of the values is written, which the reader bounds.
///
/// Source: Avro Java 1.12.0, which fills in what is left out. fastavro gives the object as it is written.
pub(super) fn are_same(values: Pair<&Literal>, types: Pair<TypeAt<'_>>) -> bool {
    let Pair { old, new } = values;
    if old.same(new) || are_promoted(old, new) {
        return true;
    }
    match (old, new) {
        (Literal::List(old), Literal::List(new)) => {
            let (Some(old_item), Some(new_item)) = (item(types.old), item(types.new)) else { return false };
            let items = Pair { old: old_item, new: new_item };
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| are_same(Pair { old, new }, items))
        }
        (Literal::Map(_), Literal::Map(_)) => match (record(types.old), record(types.new)) {
            (Some(old), Some(new)) => are_same_records(values, types, Pair { old, new }),
            _ => false,
        },
        _ => false,
    }
}

fn are_same_records(values: Pair<&Literal>, types: Pair<TypeAt<'_>>, records: Pair<&Record>) -> bool {
    let names: BTreeSet<&str> = names(values.old).chain(names(values.new)).collect();
    names.into_iter().all(|name| {
        let (old, new) = (records.old.fields.iter(), records.new.fields.iter());
        let (Some(old), Some(new)) =
            (old.into_iter().find(|field| &*field.name == name), new.into_iter().find(|field| &*field.name == name))
        else {
            return false;
        };
        let written = Pair {
            old: values.old.field(name).or_else(|| old.default_value()),
            new: values.new.field(name).or_else(|| new.default_value()),
        };
        let (Some(one), Some(two)) = (written.old, written.new) else { return false };
        are_same(Pair { old: one, new: two }, Pair { old: types.old.at(&old.ty), new: types.new.at(&new.ty) })
    })
}

fn names(value: &Literal) -> impl Iterator<Item = &str> {
    let entries = if let Literal::Map(entries) = value { &entries[..] } else { &[] };
    entries.iter().filter_map(|entry| match &entry.key {
        Key::Field(name) => Some(&**name),
        _ => None,
    })
}

/// The record that an object is a value of, in a union the first.
fn record(ty: TypeAt<'_>) -> Option<&Record> {
    branches(ty).types.into_iter().find_map(|ty| match &ty.named()?.decl().kind {
        DeclKind::Record(record) => Some(record),
        _ => None,
    })
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

//! A map beside a list of messages, or one: all are entries with a key under 1 and a value under 2.
//!
//! Source: Protobuf, "Encoding", "Maps".

use canread_model::{Field, Record, TypeKind};

use super::cardinality;
use super::convert::{self, Many, Slot, Verdict};
use super::field;
use crate::{DeclAt, Effect, FieldPair, Finding, Shape};

/// What follows when one of them becomes the other.
pub(super) fn verdict(fields: &FieldPair<'_>) -> Verdict {
    let whole = Verdict::of(field::slots(fields));
    match (entry_fields(fields.owner.old, fields.old), entry_fields(fields.owner.new, fields.new)) {
        (Some(old), Some(new)) if old.is_map != new.is_map => whole.and_wire(read(old, new), read(new, old)),
        _ => whole,
    }
}

/// A finding about a map and a list. That a map keeps one of several items with one key is only told: a list that
/// stands for a map has no such items.
pub(super) fn finding(fields: &FieldPair<'_>) -> Finding {
    let finding = cardinality::finding(fields, verdict(fields));
    finding.note("of several items with one key a map keeps the last, and it does not keep their order")
}

/// The fields of an entry.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Option<Slot>,
    value: Option<Slot>,
    has_more: bool,
    is_map: bool,
}

fn entry_fields(owner: DeclAt<'_>, field: &Field) -> Option<Entry> {
    let slot = Slot::of(owner.schema, field);
    if let Many::Map(key) = slot.many {
        let one = |kind| Some(Slot { many: Many::One, kind, is_delimited: false });
        return Some(Entry { key: one(key.kind()), value: one(slot.kind), has_more: false, is_map: true });
    }
    let TypeKind::Ref(item) = Shape::of(&field.ty).element.kind else { return None };
    let record = owner.schema.decl(item).as_record().filter(|_| !field.delimited)?;
    let one = |number| record.field_by_number(number).map(|field| Slot::of(owner.schema, field));
    Some(Entry { key: one(1), value: one(2), has_more: has_more(record), is_map: false })
}

fn has_more(record: &Record) -> bool {
    record.fields.iter().any(|field| !matches!(field.number.map(|number| number.value), Some(1 | 2)))
}

/// What a reader makes of a writer's entries.
fn read(writer: Entry, reader: Entry) -> convert::Reading {
    let one = |writer: Option<Slot>, reader: Option<Slot>, lost| match (writer, reader) {
        (Some(writer), Some(reader)) => convert::read(writer, reader).wire,
        (Some(_), None) => lost,
        (None, _) => convert::SAME,
    };
    let dropped = (Effect::Dropped, "has no place for a part of each entry");
    let key = match one(writer.key, reader.key, dropped) {
        // A key that is cut files the value under another one.
        (Effect::Lossy, because) if reader.is_map => (Effect::Reinterpreted, because),
        reading => reading,
    };
    let value = one(writer.value, reader.value, dropped);
    let more = if writer.has_more && reader.is_map { dropped } else { convert::SAME };
    convert::worse(convert::worse(key, value), more)
}

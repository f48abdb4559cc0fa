//! A map beside a list of messages, or one: all are entries with a key under 1 and a value under 2.
//!
//! Source: Protobuf, "Encoding", "Maps".

use canread_model::{Field, Record, TypeKind};

use super::cardinality;
use super::convert::{self, Many, Slot, Verdict};
use super::field;
use crate::{Cardinality, Claim, DeclAt, Direction, Effect, FieldPair, Finding, Severity, Shape, Surface};

/// What follows when one of them becomes the other.
pub(super) fn verdict(fields: &FieldPair<'_>) -> Verdict {
    let whole = field::verdict(fields);
    match (entry_fields(fields.owner.old, fields.old), entry_fields(fields.owner.new, fields.new)) {
        (Some(old), Some(new)) if old.is_map != new.is_map => whole.and_wire(read(old, new), read(new, old)),
        _ => whole,
    }
}

/// What a map makes of a list that stands for one, where nothing else happens to it.
const DUPLICATES: convert::Reading =
    (Effect::Lossy, "keeps the last of several items with one key, and not their order");

/// A finding about a map and a list. Lists that stand for maps have no two items with one key, so that alone is a note.
pub(super) fn finding(fields: &FieldPair<'_>) -> Finding {
    let verdict = verdict(fields);
    let mut finding = cardinality::finding(fields, verdict);
    for direction in [Direction::Backward, Direction::Forward] {
        if verdict.wire(direction) == DUPLICATES {
            finding.severities.push((Claim::on(Surface::Wire, direction, Effect::Lossy), Severity::Note));
        }
    }
    finding
}

/// The fields of an entry.
#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Option<Slot>,
    value: Option<Slot>,
    has_more: bool,
    is_map: bool,
    is_list: bool,
}

fn entry_fields(owner: DeclAt<'_>, field: &Field) -> Option<Entry> {
    let slot = Slot::of(owner.schema, field);
    if let Many::Map(key) = slot.many {
        let one = |kind| Some(Slot { many: Many::One, kind, is_delimited: false });
        return Some(Entry {
            key: one(key.kind()),
            value: one(slot.kind),
            has_more: false,
            is_map: true,
            is_list: false,
        });
    }
    let shape = Shape::of(&field.ty);
    let TypeKind::Ref(item) = shape.element.kind else { return None };
    let record = owner.schema.decl(item).as_record().filter(|_| !field.delimited)?;
    let one = |number| owner.schema.field_by_number(item, number).map(|field| Slot::of(owner.schema, field));
    Some(Entry {
        key: one(1),
        value: one(2),
        has_more: has_more(record),
        is_map: false,
        is_list: shape.cardinality == Cardinality::List,
    })
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
    let value = match (writer.value, reader.value) {
        // How much of it is lost only comparing entries within entries could tell, as deep as they go.
        (Some(writer), Some(reader)) if is_map(writer) && is_message(reader) => {
            (Effect::Reinterpreted, "takes the entries of the map in each entry for a message")
        }
        (Some(writer), Some(reader)) if is_message(writer) && is_map(reader) => {
            (Effect::Dropped, "takes the message in each entry for entries of a map")
        }
        (writer, reader) => one(writer, reader, dropped),
    };
    let more = if writer.has_more && reader.is_map { dropped } else { convert::SAME };
    let whole = convert::worse(convert::worse(key, value), more);
    if whole.0 == Effect::Ok && writer.is_list && reader.is_map { DUPLICATES } else { whole }
}

fn is_map(slot: Slot) -> bool {
    matches!(slot.many, Many::Map(_))
}

fn is_message(slot: Slot) -> bool {
    !is_map(slot) && matches!(slot.kind, convert::Kind::Message(_))
}

//! What the rules about moves in and out of oneofs share.
//!
//! On the wire the fields of a oneof are plain fields; a reader keeps the last one it sees and clears the others. So
//! data is lost where two fields could be set together on the writing side and are alternatives on the reading side.
//!
//! Source: Protobuf, "Language Guide", "Oneof Features".

use canread_model::{Field, Oneof, Record};

use super::field::{self, FieldAt};
use crate::{Cardinality, FieldPair, Shape, alternatives::Others, rule::prelude::*};

/// A field that changed its oneof.
#[derive(Debug, Clone)]
pub(super) struct Move<'c, 'a> {
    pub(super) fields: &'c FieldPair<'a>,
    /// The oneof it was in, and is in.
    pub(super) oneof: Pair<Option<&'a Oneof>>,
    /// Other fields that old data may have beside this one, and that are alternatives to it now.
    pub(super) now_exclusive: Others,
    /// Other fields that were alternatives to this one, and that new data may have beside it.
    pub(super) no_longer_exclusive: Others,
    /// Whether a field of the oneof it is in now was in a oneof before, and did not come with it.
    pub(super) is_into_existing: bool,
}

impl<'c, 'a> Move<'c, 'a> {
    /// Takes a change as a move of a field that is otherwise the same. (One that became a list can't be in a oneof;
    /// that is said by the rule about lists.)
    pub(super) fn of(change: &'c Change<'a>, context: &Context<'_>) -> Option<Self> {
        let (fields, FieldChange::Oneof) = field::kept(change)? else { return None };
        let is_one = |field: &Field| Shape::of(&field.ty).cardinality == Cardinality::Singular;
        if !is_one(fields.old) || !is_one(fields.new) {
            return None;
        }
        let messages = Pair { old: field::message(fields.owner.old), new: field::message(fields.owner.new) };
        let records = Pair { old: messages.old.decl().as_record()?, new: messages.new.decl().as_record()? };
        let oneof = |record: &'a Record, field: &Field| record.oneofs.get(field.oneof? as usize);
        let by_number = &context.alternatives.of(messages, records).by_number;
        Some(Self {
            fields,
            oneof: Pair { old: oneof(records.old, fields.old), new: oneof(records.new, fields.new) },
            now_exclusive: by_number.new.others(fields.new, fields.old.oneof),
            no_longer_exclusive: by_number.old.others(fields.old, fields.new.oneof),
            is_into_existing: by_number.new.has_other_in_another(fields.new, fields.old.oneof),
        })
    }

    /// A finding about the move. `message` goes on after the field's symbol.
    pub(super) fn finding(&self, message: &str) -> Finding {
        let symbol = field::halves(self.fields).0.symbol();
        let name = |oneof: Option<&Oneof>| {
            oneof.map_or_else(|| "no oneof".to_owned(), |oneof| format!("oneof `{}`", oneof.name))
        };
        let mut finding = Finding::new(&symbol, format!("`{symbol}` {message}"))
            .old(self.fields.old.node, format!("in {} until now", name(self.oneof.old)))
            .new_site(self.fields.new.node, format!("in {} now", name(self.oneof.new)))
            .shape(format!("{} -> {}", name(self.oneof.old), name(self.oneof.new)))
            .claim(Source, Backward, Effect::Error);
        if !self.now_exclusive.is_empty() {
            finding = finding.claim(Wire, Backward, Effect::Lossy).claim(Json, Backward, Effect::Error);
        }
        if !self.no_longer_exclusive.is_empty() {
            finding = finding.claim(Wire, Forward, Effect::Lossy).claim(Json, Forward, Effect::Error);
        }
        finding
    }

    /// The symbol of the oneof it is in now, or else was in: the common cause of several moves.
    pub(super) fn cause(&self) -> String {
        match (self.oneof.new, self.oneof.old) {
            (Some(new), _) => member(self.fields.owner.new, &new.name),
            (None, Some(old)) => member(self.fields.owner.old, &old.name),
            (None, None) => String::new(),
        }
    }
}

/// What is cleared on the wire since what stands under a number is an alternative to others in one version only.
pub(super) fn wire_conflicts(fields: &FieldPair<'_>, context: &Context<'_>) -> Vec<Claim> {
    let messages = Pair { old: field::message(fields.owner.old), new: field::message(fields.owner.new) };
    let (Some(old), Some(new)) = (messages.old.decl().as_record(), messages.new.decl().as_record()) else {
        return Vec::new();
    };
    if fields.old.oneof.is_none() && fields.new.oneof.is_none() {
        return Vec::new();
    }
    let by_number = &context.alternatives.of(messages, Pair { old, new }).by_number;
    let mut claims = Vec::new();
    if !by_number.new.others(fields.new, fields.old.oneof).is_empty() {
        claims.push(Claim::on(Wire, Backward, Effect::Lossy));
    }
    if !by_number.old.others(fields.old, fields.new.oneof).is_empty() {
        claims.push(Claim::on(Wire, Forward, Effect::Lossy));
    }
    claims
}

/// What JSON, which goes by name, refuses since a renumbered field is an alternative to others in one version only.
pub(super) fn json_conflicts(old: FieldAt<'_>, new: FieldAt<'_>, context: &Context<'_>) -> Vec<Claim> {
    let (Some(old_record), Some(new_record)) = (old.record(), new.record()) else { return Vec::new() };
    if old.field.oneof.is_none() && new.field.oneof.is_none() {
        return Vec::new();
    }
    let owner = Pair { old: old.owner, new: new.owner };
    let by_name = &context.alternatives.of(owner, Pair { old: old_record, new: new_record }).by_name;
    let mut claims = Vec::new();
    if !by_name.new.others(new.field, old.field.oneof).is_empty() {
        claims.push(Claim::on(Json, Backward, Effect::Error));
    }
    if !by_name.old.others(old.field, new.field.oneof).is_empty() {
        claims.push(Claim::on(Json, Forward, Effect::Error));
    }
    claims
}

/// Names in words: `a`, `a` and `b`, `a`, `b` and `c`, `a`, `b`, `c`, `d`, `e` and 7 more.
pub(super) fn list(others: &Others) -> String {
    let mut words: Vec<String> = others.first.iter().map(|name| format!("`{name}`")).collect();
    if others.count > words.len() {
        words.push(format!("{} more", others.count - words.len()));
    }
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

//! What the rules about moves in and out of oneofs share.
//!
//! On the wire the fields of a oneof are plain fields; a reader keeps the last one it sees and clears the others. So
//! data is lost where two fields could be set together on the writing side and are alternatives on the reading side.
//!
//! Source: Protobuf, "Language Guide", "Oneof Features".

use canread_model::{Field, Oneof, Record};

use super::field::{self, FieldAt};
use crate::{Cardinality, FieldPair, Shape, rule::prelude::*};

/// A field that changed its oneof.
#[derive(Debug, Clone)]
pub(super) struct Move<'c, 'a> {
    pub(super) fields: &'c FieldPair<'a>,
    /// The oneof it was in, and is in.
    pub(super) oneof: Pair<Option<&'a Oneof>>,
    /// Other fields that old data may have beside this one, and that are alternatives to it now.
    pub(super) now_exclusive: Vec<&'a str>,
    /// Other fields that were alternatives to this one, and that new data may have beside it.
    pub(super) no_longer_exclusive: Vec<&'a str>,
    /// Whether a field of the oneof it is in now was in a oneof before, and did not come with it.
    pub(super) is_into_existing: bool,
}

impl<'c, 'a> Move<'c, 'a> {
    /// Takes a change as a move of a field that is otherwise the same. (One that became a list can't be in a oneof;
    /// that is said by the rule about lists.)
    pub(super) fn of(change: &'c Change<'a>) -> Option<Self> {
        let (fields, FieldChange::Oneof) = field::kept(change)? else { return None };
        let is_one = |field: &Field| Shape::of(&field.ty).cardinality == Cardinality::Singular;
        let records = Pair { old: field::record(fields.owner.old)?, new: field::record(fields.owner.new)? };
        let oneof = |record: &'a Record, field: &Field| record.oneofs.get(field.oneof? as usize);
        let mut found = Self {
            fields,
            oneof: Pair { old: oneof(records.old, fields.old), new: oneof(records.new, fields.new) },
            now_exclusive: Vec::new(),
            no_longer_exclusive: Vec::new(),
            is_into_existing: false,
        };
        for new in &records.new.fields {
            let old = new.number.and_then(|number| records.old.field_by_number(number.value));
            let Some(old) = old.filter(|_| new.number != fields.new.number) else { continue };
            found.look_at(old, new);
        }
        (is_one(fields.old) && is_one(fields.new)).then_some(found)
    }

    fn look_at(&mut self, old: &'a Field, new: &'a Field) {
        let was_together = old.oneof.is_some() && old.oneof == self.fields.old.oneof;
        let is_together = new.oneof.is_some() && new.oneof == self.fields.new.oneof;
        if is_together && !was_together {
            self.now_exclusive.push(&new.name);
        }
        if was_together && !is_together {
            self.no_longer_exclusive.push(&old.name);
        }
        self.is_into_existing |= is_together && !was_together && old.oneof.is_some();
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

/// What JSON, which goes by name, refuses since a renumbered field is an alternative to others in one version only.
pub(super) fn json_conflicts(old: FieldAt<'_>, new: FieldAt<'_>) -> Vec<Claim> {
    let (Some(old_record), Some(new_record)) = (old.record(), new.record()) else { return Vec::new() };
    let mut claims = Vec::new();
    for sibling in old_record.fields.iter().filter(|sibling| sibling.name != old.field.name) {
        let Some(new_sibling) = new_record.field(&sibling.name) else { continue };
        let was_together = old.field.oneof.is_some() && old.field.oneof == sibling.oneof;
        let is_together = new.field.oneof.is_some() && new.field.oneof == new_sibling.oneof;
        if is_together && !was_together {
            claims.push(Claim::on(Json, Backward, Effect::Error));
        }
        if was_together && !is_together {
            claims.push(Claim::on(Json, Forward, Effect::Error));
        }
    }
    claims
}

/// Names in words: `a`, `a` and `b`, `a`, `b` and `c`.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

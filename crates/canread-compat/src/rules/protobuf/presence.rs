//! What the rules about presence share.

use super::convert::Kind;
use super::{field, restore};
use crate::{FieldPair, rule::prelude::*};

/// A field whose presence changed by itself.
///
/// Where it entered or left a oneof, other rules speak of what that does to its presence; but they know only of fields
/// that may be absent.
pub(super) fn changed<'c, 'a>(
    change: &'c Change<'a>,
    is_meant: impl Fn(Presence, Presence) -> bool,
) -> Option<&'c FieldPair<'a>> {
    let (fields, FieldChange::Presence) = field::kept(change)? else { return None };
    let has_required = [fields.old.presence, fields.new.presence].contains(&Presence::Required);
    let has_oneof = fields.old.oneof.is_some() || fields.new.oneof.is_some();
    // A message always has presence: where the field came to hold one, or no longer does, its type is what changed.
    let slots = field::slots(fields);
    let is_consequence = matches!(slots.old.kind, Kind::Message(_)) != matches!(slots.new.kind, Kind::Message(_));
    let is_own = has_required || !(has_oneof || is_consequence);
    (is_own && is_meant(fields.old.presence, fields.new.presence)).then_some(fields)
}

/// A finding about it. `message` goes on after the field's symbol.
pub(super) fn finding(fields: &FieldPair<'_>, message: &str) -> Finding {
    let (old, new) = field::halves(fields);
    let symbol = old.symbol();
    let words = Pair { old: word(fields.old.presence), new: word(fields.new.presence) };
    Finding::new(&symbol, format!("`{symbol}` {message}"))
        .old(old.field.node, format!("{} until now", words.old))
        .new_site(new.field.node, format!("{} now", words.new))
        .shape(format!("{} -> {}", words.old, words.new))
        // An extension can't have the presence that a field had, nor the text that says so.
        .fix(fields.same_place().then(|| restore::field_presence(fields)).flatten())
}

fn word(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Implicit => "without presence",
        _ => "optional",
    }
}

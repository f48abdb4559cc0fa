//! What the rules about a field that became an extension, and the reverse, share.

use super::field::{self, FieldAt};
use crate::{FieldPair, json_name, rule::prelude::*};

/// Everything that they may claim.
pub(super) const CLAIMS: &[Claim] = &[
    Claim::on(Wire, Backward, Effect::Meaning),
    Claim::on(Wire, Forward, Effect::Meaning),
    Claim::on(Json, Backward, Effect::Error),
    Claim::on(Json, Backward, Effect::Reinterpreted),
    Claim::on(Json, Forward, Effect::Error),
    Claim::on(Json, Forward, Effect::Reinterpreted),
    Claim::on(Source, Backward, Effect::Error),
];

/// The guide's word on it: "Non-required fields can be converted to an extension and vice versa".
pub(super) const SPEC: &str = "https://protobuf.dev/programming-guides/proto2/#updating";

/// A field that is still the same one, in another place.
pub(super) fn changed<'c, 'a>(change: &'c Change<'a>) -> Option<&'c FieldPair<'a>> {
    let (fields, FieldChange::Place) = field::kept(change)? else { return None };
    Some(fields)
}

/// A finding about it.
pub(super) fn finding(fields: &FieldPair<'_>) -> Finding {
    let (old, new) = field::halves(fields);
    let words = Pair { old: words(old), new: words(new) };
    let mut message = format!("{} is the {} now", words.old, words.new);
    if !fields.same_name() {
        message.push_str(": a rename, or another field on its number?");
    }
    let mut finding = Finding::new(old.symbol(), message)
        .old(fields.old.node, format!("{} until now", words.old))
        .new_site(fields.new.node, format!("{} now", words.new))
        .note(format!("JSON has the key `{}` under the one and `{}` under the other", key(old), key(new)))
        .shape(format!("{} -> {}", words.old, words.new))
        .help("leave it where it is")
        .claims([
            Claim::on(Json, Backward, old.read_as_json(new.owner)),
            Claim::on(Json, Forward, new.read_as_json(old.owner)),
        ])
        .claim(Source, Backward, Effect::Error);
    if !fields.same_name() {
        finding = finding.claim(Wire, Backward, Effect::Meaning).claim(Wire, Forward, Effect::Meaning);
    }
    finding
}

fn words(half: FieldAt<'_>) -> String {
    let sort = if half.record().is_some() { "field" } else { "extension" };
    format!("{sort} `{}`", half.symbol())
}

/// The key in JSON.
fn key(half: FieldAt<'_>) -> String {
    match half.record() {
        Some(_) => json_name(half.owner, half.field).into_owned(),
        None => format!("[{}]", half.owner.name()),
    }
}

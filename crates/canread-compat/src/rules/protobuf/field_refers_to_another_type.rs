//! A field names another message or enum than before.

use super::convert;
use super::{field, restore};
use crate::{Consequences, change::type_names, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_refers_to_another_type",
    title: "field refers to another message or enum",
    formats: &[Format::Protobuf],
    claims: CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "Data does not name the message or enum that a field refers to, so what counts is how the two differ, field \
                by field and value by value. Where they don't, only generated code notices. Where they do, what is \
                said about each difference holds for the data of this field. Of well-known types the name counts, too: \
                a `Timestamp` and a `Duration` are the same bytes, but not the same thing.",
    remedy: "Refer to the old type, or make the new one agree with it.",
    spec: "https://protobuf.dev/programming-guides/encoding/#submessages",
    example: Example {
        old: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\nmessage M {\n  A item = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\nmessage M {\n  B item = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"item": {"id": "5000000000"}}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

const CLAIMS: &[Claim] = &[
    Claim::on(Wire, Backward, Effect::Meaning),
    Claim::on(Wire, Backward, Effect::Dropped),
    Claim::on(Wire, Backward, Effect::Lossy),
    Claim::on(Wire, Backward, Effect::Error),
    Claim::on(Wire, Backward, Effect::Reinterpreted),
    Claim::on(Wire, Forward, Effect::Meaning),
    Claim::on(Wire, Forward, Effect::Dropped),
    Claim::on(Wire, Forward, Effect::Lossy),
    Claim::on(Wire, Forward, Effect::Error),
    Claim::on(Wire, Forward, Effect::Reinterpreted),
    Claim::on(Json, Backward, Effect::Meaning),
    Claim::on(Json, Backward, Effect::Dropped),
    Claim::on(Json, Backward, Effect::Lossy),
    Claim::on(Json, Backward, Effect::Error),
    Claim::on(Json, Backward, Effect::Reinterpreted),
    Claim::on(Json, Forward, Effect::Meaning),
    Claim::on(Json, Forward, Effect::Dropped),
    Claim::on(Json, Forward, Effect::Lossy),
    Claim::on(Json, Forward, Effect::Error),
    Claim::on(Json, Forward, Effect::Reinterpreted),
    Claim::on(Source, Backward, Effect::Error),
];

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let (fields, FieldChange::Target(consequences)) = field::kept(change)? else { return None };
    if field::is_renamed_only(fields) {
        // A rename or a reuse of the number; which of them depends on the consequences, and has a rule of its own.
        return None;
    }
    let symbol = field::halves(fields).0.symbol();
    let names = type_names(
        (context.versions.old, crate::Shape::of(&fields.old.ty).element),
        (context.versions.new, crate::Shape::of(&fields.new.ty).element),
    );
    let (claims, undecided) = claims(fields, consequences);
    let what = consequence(&claims, &undecided);
    let message = |what| format!("`{symbol}` was {} and is {}: {what}", names.old, names.new);
    let mut finding = Finding::new(&symbol, message(what))
        .old(fields.old.ty.node, "named this type until now")
        .new_site(fields.new.ty.node, "names this one now")
        .shape(format!("{} -> {}", names.old, names.new))
        .cause(format!("{} -> {}", names.old, names.new))
        .fix(restore::field_type(fields))
        .help(if what == ALIKE {
            "refer to the old type, or change the code together with it"
        } else {
            "refer to the old type, or make the new one agree with it"
        })
        .claims(claims)
        .perhaps(undecided, message(PERHAPS))
        .claim(Source, Backward, Effect::Error);
    finding.notes = consequences.in_data.sentences();
    Some(finding)
}

/// What two types that have all in common come to.
const ALIKE: &str = "data can't tell them apart";

/// What two types come to where there is no telling.
const PERHAPS: &str = "data of the one may not be data of the other";

/// What it all comes to, in words that go on after a colon.
fn consequence(claims: &[Claim], undecided: &[Claim]) -> &'static str {
    let worst = |surface| claims.iter().filter(|claim| claim.surface == surface).map(|claim| claim.effect).max();
    match (worst(Wire), worst(Json)) {
        (None, None) if !undecided.is_empty() => PERHAPS,
        (None, None) => ALIKE,
        (None | Some(Effect::Meaning), Some(effect)) if effect > Effect::Meaning => {
            "JSON of the one is not JSON of the other"
        }
        (None | Some(Effect::Meaning), _) => "the same data has another meaning",
        _ => "data of the one is not data of the other",
    }
}

/// What happens to data, and what may happen: what the differences say, but for the JSON of well-known types, which have
/// forms of their own.
fn claims(fields: &FieldPair<'_>, consequences: &Consequences) -> (Vec<Claim>, Vec<Claim>) {
    let slots = field::slots(fields);
    let has_json = fields.same_place();
    let is_plain = slots.old.is_plain_json() && slots.new.is_plain_json();
    let counts = |claim: &Claim| claim.surface == Wire || (claim.surface == Json && has_json && is_plain);
    let by_structure = consequences.claims.iter().copied().filter(counts);
    let by_form = convert::Verdict::of(slots).claims().filter(|claim| claim.surface == Json && has_json && !is_plain);
    let mut claims: Vec<Claim> = by_structure.chain(by_form).collect();
    if slots.old.means_another_than(slots.new) {
        for direction in [Backward, Forward] {
            let is_said = claims.iter().any(|claim| claim.surface == Wire && claim.direction == direction);
            claims.extend((!is_said).then(|| Claim::on(Wire, direction, Effect::Meaning)));
        }
    }
    (claims, consequences.undecided.iter().copied().filter(counts).collect())
}

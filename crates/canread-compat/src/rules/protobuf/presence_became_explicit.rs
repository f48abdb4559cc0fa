//! A reader can tell a zero value from none, and could not before.

use super::presence;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/presence_became_explicit",
    title: "field can tell zero from absent now",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Old writers did not write zero values, so to a new reader an old zero looks like a field that was never \
                set. New writers write a zero that was set, which an old reader can't tell from none. No value is \
                lost; code that asks whether the field is set gets another answer.",
    remedy: "Have new code treat an absent field like zero for as long as old data is around.",
    spec: "https://protobuf.dev/programming-guides/field_presence/#considerations-for-merging",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 discount = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  optional int32 discount = 1;\n}\n",
    },
    witness: Witness::Value { message: "M", value: "{}", shows: Claim::on(Wire, Backward, Effect::Meaning) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let is_meant = |old, new| old == Presence::Implicit && new == Presence::Explicit;
    let fields = presence::changed(change, is_meant)?;
    let message = "can tell zero from absent now: a zero that an old writer meant looks unset";
    let finding = presence::finding(fields, message)
        .cause(fields.owner.old.name())
        .help("keep it without presence, or treat an absent field like zero while old data is around");
    Some(finding)
}

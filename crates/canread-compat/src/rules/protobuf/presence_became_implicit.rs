//! A reader can no longer tell a zero value from none.

use super::presence;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/presence_became_implicit",
    title: "field can no longer tell zero from absent",
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
    rationale: "Old data says whether a field was set to zero or not at all; a new reader sees zero both times, and a new \
                writer leaves both out. A program that takes `unset` for `leave as it is`, and zero for a value, now \
                does the one for the other.",
    remedy: "Keep `optional`.",
    spec: "https://protobuf.dev/programming-guides/field_presence/#presence-in-proto3-apis",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  optional int32 discount = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 discount = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"discount": 0}"#,
        shows: Claim::on(Wire, Backward, Effect::Meaning),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let is_meant = |old, new| old == Presence::Explicit && new == Presence::Implicit;
    let fields = presence::changed(change, is_meant)?;
    let message = "can no longer tell zero from absent: a zero that was set looks unset";
    Some(presence::finding(fields, message).help("keep `optional`"))
}

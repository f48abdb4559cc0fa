//! Old readers insist on a field that new writers may leave out.

use super::presence;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/required_became_optional",
    title: "field is no longer required",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader takes all old data. An old reader refuses new data without the field, and whatever holds such \
                a message.",
    remedy: "Deploy all readers before the first writer leaves it out.",
    spec: "https://protobuf.dev/programming-guides/proto2/#field-labels",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  required string note = 1;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  optional string note = 1;\n}\n",
    },
    witness: Witness::Value { message: "M", value: "{}", shows: Claim::on(Wire, Forward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = presence::changed(change, |old, _| old == Presence::Required)?;
    let message = "is no longer required: an old reader refuses new data without it";
    Some(presence::finding(fields, message).help("keep it required, or deploy the readers first"))
}

//! New readers insist on a field that was optional.

use super::presence;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_became_required",
    title: "field became required",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader refuses old data without the field, and whatever holds such a message. Code that builds the \
                message without it fails when it serializes.",
    remedy: "Keep it optional, and check in the application what must be there.",
    spec: "https://protobuf.dev/programming-guides/proto2/#field-labels",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  optional string note = 1;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  required string note = 1;\n}\n",
    },
    witness: Witness::Value { message: "M", value: "{}", shows: Claim::on(Wire, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = presence::changed(change, |_, new| new == Presence::Required)?;
    let message = "became required: a new reader refuses old data without it";
    Some(presence::finding(fields, message).help("keep it optional"))
}

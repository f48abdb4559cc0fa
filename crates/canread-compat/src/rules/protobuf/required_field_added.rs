//! A required field is new: new readers refuse everything that was written before.

use super::addition::{Addition, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/required_field_added",
    title: "required field added",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "No old data has the field, so a new reader refuses all of it, and whatever holds such a message. Code that \
                builds the message without the field fails when it serializes.",
    remedy: "Make it optional, and check in the application what must be there.",
    spec: "https://protobuf.dev/programming-guides/proto2/#field-labels",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  optional int32 id = 1;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  optional int32 id = 1;\n  required string note = 2;\n}\n",
    },
    witness: Witness::Value { message: "M", value: r#"{"id": 1}"#, shows: Claim::on(Wire, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let addition = Addition::of_sort(change, context, Sort::Required)?;
    let finding = addition
        .finding(" and required: a new reader refuses all old data")
        .claim(Wire, Backward, Effect::Error)
        .claim(Json, Backward, Effect::Error)
        .claim(Source, Backward, Effect::Error)
        .help("make it optional");
    Some(finding)
}

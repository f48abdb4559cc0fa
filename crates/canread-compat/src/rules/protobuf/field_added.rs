//! A field is new, with a number and a name that were never used.

use super::addition::{Addition, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_added",
    title: "field added",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire old readers keep what they don't know, so a field with a fresh number is safe. JSON knows no \
                unknown fields: an old parser with default settings refuses every document that has the new one. \
                Generated code keeps compiling, apart from places that list all fields of a message, which few \
                languages allow.",
    remedy: "Deploy the readers before the writers, or have JSON readers ignore unknown fields.",
    spec: "https://protobuf.dev/programming-guides/json/#non-goals-optimal-schema-evolution",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n  string note = 2;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"id": 1, "note": "fragile"}"#,
        shows: Claim::on(Json, Forward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let addition = Addition::of_sort(change, context, Sort::Plain)?;
    let finding = addition.finding(": an old JSON reader refuses documents that have it");
    Some(finding.help("deploy the readers first, or have JSON readers ignore unknown fields"))
}

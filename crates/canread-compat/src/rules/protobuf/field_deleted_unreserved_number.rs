//! A field is gone, and its number is free for another one.

use super::deletion::{Deletion, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_deleted_unreserved_number",
    title: "field deleted without reserving its number",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data knows a field by its number alone. A number that is free is used again by the next person who adds \
                a field, and then old data is read as something else, without an error. That is why it is an error \
                in both directions to leave it free.",
    remedy: "Reserve the number, and the name too.",
    spec: "https://protobuf.dev/programming-guides/proto3/#consequences",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n  string note = 2;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"id": 1, "note": "fragile"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let deletion = Deletion::of_sort(change, Sort::FreeNumber)?;
    let number = deletion.field.number();
    let finding = deletion
        .finding(&format!(" and its number {number} is not reserved: the next field with that number reads old data"))
        .claim(Wire, Backward, Effect::Dropped)
        .claim_as(Wire, Forward, Effect::Meaning, Severity::Error);
    Some(finding)
}

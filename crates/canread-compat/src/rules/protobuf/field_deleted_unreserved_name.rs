//! A field is gone, its number is reserved, but its name is free for another one.

use super::deletion::{Deletion, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_deleted_unreserved_name",
    title: "field deleted without reserving its name",
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
    rationale: "JSON, text format, field masks and SQL over stored messages know a field by its name. A name that is \
                free may come back with another meaning, and then they take the one for the other. On the wire the \
                reserved number is enough, so there a free name is only a warning.",
    remedy: "Reserve the name too.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved-field-names",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n  string note = 2;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  reserved 2;\n  int32 id = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"id": 1, "note": "fragile"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let deletion = Deletion::of_sort(change, Sort::FreeName)?;
    let name = &deletion.field.field.name;
    let finding = deletion
        .finding(&format!(
            " and its name `{name}` is not reserved: JSON and text of old writers may be taken for a later field"
        ))
        .claim_as(Wire, Backward, Effect::Dropped, Severity::Warning)
        .claim(Wire, Forward, Effect::Meaning);
    Some(finding)
}

//! A field is gone, and both its number and its name are reserved.

use super::deletion::{self, Deletion, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_deleted",
    title: "field deleted",
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
    rationale: "New readers keep the field of old data among the unknown fields and look at it no more; old readers of \
                new data find the default. Both number and name are reserved, so this was meant: on the wire it is \
                only a note. JSON knows no unknown fields, so there a parser with default settings refuses old \
                documents that have the field.",
    remedy: "Nothing, if no reader needs the field any more and no JSON of old writers is around. Else mark the field \
             as deprecated first, and delete it when it is no longer written.",
    spec: deletion::SPEC,
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n  string note = 2;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  reserved 2;\n  reserved \"note\";\n  int32 id = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"id": 1, "note": "fragile"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let deletion = Deletion::of_sort(change, Sort::Announced)?;
    let finding = deletion
        .finding(", its number and name are reserved")
        .claim_as(Wire, Backward, Effect::Dropped, Severity::Note)
        .claim_as(Wire, Forward, Effect::Meaning, Severity::Note)
        .help("while old JSON is around, keep it and mark it as `deprecated`");
    Some(finding)
}

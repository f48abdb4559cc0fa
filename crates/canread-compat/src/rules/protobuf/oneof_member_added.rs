//! A oneof that old readers know has one more case.

use super::addition::{Addition, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/oneof_member_added",
    title: "field added to a oneof",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "An old reader keeps the new case among the unknown fields, and finds that no case is set: it can't tell \
                this from a message that says nothing. In JSON it refuses the document. Code that handles each case \
                in a match no longer compiles in the languages that check it, which is only a warning since most do \
                not.",
    remedy: "Deploy the readers before the writers, and have code handle a oneof without a case.",
    spec: "https://protobuf.dev/programming-guides/proto3/#backward",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n  }\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n    string voucher = 2;\n  }\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"voucher": "X-1"}"#,
        shows: Claim::on(Wire, Forward, Effect::Meaning),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let addition = Addition::of_sort(change, context, Sort::Member)?;
    let record = addition.field.record()?;
    let oneof = record.oneofs.get(addition.field.field.oneof? as usize)?;
    let finding = addition
        .finding(&format!(" in oneof `{}`: an old reader finds no case set", oneof.name))
        .claim(Wire, Forward, Effect::Meaning)
        .claim_as(Source, Backward, Effect::Error, Severity::Warning)
        .help("deploy the readers first");
    Some(finding)
}

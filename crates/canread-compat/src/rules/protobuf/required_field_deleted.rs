//! A required field is gone: old readers refuse everything that is written from now on.

use super::deletion::{Deletion, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/required_field_deleted",
    title: "required field deleted",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "An old reader refuses a message without the field, and whatever holds such a message. Every reader has to \
                be replaced before the first writer is.",
    remedy: "Make the field optional first, wait until every reader has that, and then delete it. Reserve its number \
             and name.",
    spec: "https://protobuf.dev/programming-guides/proto2/#deleting",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  required int32 id = 1;\n  optional string note = 2;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  reserved 1;\n  reserved \"id\";\n  optional string note = 2;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"note": "fragile"}"#,
        shows: Claim::on(Wire, Forward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let deletion = Deletion::of_sort(change, Sort::Required)?;
    let mut finding = deletion
        .finding(", and was required: an old reader refuses every message without it")
        .claim(Wire, Forward, Effect::Error)
        .claim(Json, Forward, Effect::Error)
        .help("make it optional first; when every reader has that, delete it and reserve its number and name");
    if deletion.is_number_free() {
        finding = finding.note(format!("its number {} is not reserved either", deletion.field.number()));
    }
    let dropped = match (deletion.is_number_free(), deletion.is_name_free()) {
        (true, _) => Severity::Error,
        (false, true) => Severity::Warning,
        (false, false) => Severity::Note,
    };
    Some(finding.claim_as(Wire, Backward, Effect::Dropped, dropped))
}

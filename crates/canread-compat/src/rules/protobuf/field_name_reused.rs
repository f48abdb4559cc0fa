//! A name that JSON knew another field by stands for a new field.

use super::addition::{Addition, Sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_name_reused",
    title: "field name used again",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "JSON, text format and field masks know a field by its name. A name that was retired, or that another field \
                had in JSON, finds old documents whose value meant something else.",
    remedy: "Choose another name, and keep the old one reserved.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved-field-names",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 total_cents = 1 [json_name = \"total\"];\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  reserved 1;\n  reserved \"total_cents\";\n  int32 total = 2;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"total": 1999}"#,
        shows: Claim::on(Json, Backward, Effect::Reinterpreted),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let addition = Addition::of_sort(change, context, Sort::RetiredName)?;
    let old = addition.field.found_by_json(addition.owner.old);
    let whose = match old {
        Some(old) => format!("JSON knew `{}` by that name", old.symbol()),
        None => "that name was reserved".to_owned(),
    };
    let finding = addition
        .finding(&format!(", but {whose}: old documents are read as the new field"))
        .help("choose another name, and keep the old one reserved");
    Some(match old {
        Some(old) => finding
            .claim(Json, Backward, Effect::Reinterpreted)
            .old(old.field.node, "known by that name in JSON until now"),
        None => finding.claim_of_reserved(Json, Backward, Effect::Reinterpreted),
    })
}

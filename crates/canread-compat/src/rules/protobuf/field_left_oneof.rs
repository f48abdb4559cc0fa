//! A field is no longer one of several alternatives.

use super::oneof::{self, Move};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_left_oneof",
    title: "field moved out of a oneof",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "New data may have the field beside its former alternatives. An old reader keeps the last one that it sees \
                and clears the others; in JSON it refuses the document. A field without presence of its own can no \
                longer tell a zero value from none.",
    remedy: "Add a plain field under a new number, or deploy the readers first and set both only then. Mark the field as \
             `optional`.",
    spec: "https://protobuf.dev/programming-guides/proto3/#backward",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n    string voucher = 2;\n  }\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n  }\n  optional string voucher = 2;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"card": "4111", "voucher": "X-1"}"#,
        shows: Claim::on(Wire, Forward, Effect::Lossy),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let moved = Move::of(change, context).filter(|moved| moved.oneof.new.is_none())?;
    let oneof = &moved.oneof.old?.name;
    let message = if moved.no_longer_exclusive.is_empty() {
        format!("moved out of oneof `{oneof}`")
    } else {
        let others = oneof::list(&moved.no_longer_exclusive);
        format!("moved out of oneof `{oneof}`: an old reader of new data keeps either it or {others}")
    };
    let mut finding = moved.finding(&message).cause(moved.cause()).help("leave it in the oneof");
    if moved.fields.new.presence == Presence::Implicit {
        finding = finding
            .note("a zero value looks like none now; `optional` would tell them apart")
            .claims([Wire, Json].map(|surface| Claim::on(surface, Backward, Effect::Meaning)))
            .claims([Wire, Json].map(|surface| Claim::on(surface, Forward, Effect::Meaning)));
    }
    Some(finding)
}

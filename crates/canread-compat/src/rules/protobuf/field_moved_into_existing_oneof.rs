//! A field moved into a oneof that was there before.

use super::oneof::{self, Move};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_moved_into_existing_oneof",
    title: "field moved into an existing oneof",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Lossy),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Old data may have the field beside a field of the oneof. A new reader keeps the last one that it sees and \
                clears the other; in JSON it refuses the document.",
    remedy: "Leave the field outside, and add a new one to the oneof under a new number.",
    spec: "https://protobuf.dev/programming-guides/proto3/#wire-unsafe-changes",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n  }\n  string voucher = 2;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n    string voucher = 2;\n  }\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"card": "4111", "voucher": "X-1"}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let moved = Move::of(change, context).filter(|moved| moved.is_into_existing)?;
    let oneof = &moved.oneof.new?.name;
    let message = if moved.now_exclusive.is_empty() {
        format!("moved into oneof `{oneof}`")
    } else {
        let others = oneof::list(&moved.now_exclusive);
        format!("moved into oneof `{oneof}`: a new reader of old data keeps either it or {others}")
    };
    Some(moved.finding(&message).cause(moved.cause()).help("leave it outside the oneof"))
}

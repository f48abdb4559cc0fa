//! Several fields moved into one new oneof.

use super::oneof::{self, Move};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/fields_merged_into_oneof",
    title: "several fields moved into a new oneof",
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
    rationale: "Old data may have several of the fields. A new reader keeps the last one that it sees and clears the \
                others; in JSON it refuses the document. Old readers of new data find at most one of them set, which \
                they always had to expect.",
    remedy: "Safe only where no writer ever set two of them. Else leave the fields as they are, and check in the \
             application.",
    spec: "https://protobuf.dev/programming-guides/proto3/#oneof-features",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string card = 1;\n  string voucher = 2;\n}\n",
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
    let moved = Move::of(change, context).filter(|moved| !moved.now_exclusive.is_empty() && !moved.is_into_existing)?;
    let others = oneof::list(&moved.now_exclusive);
    let message = format!(
        "is an alternative to {others} in the new oneof `{}`: of several in old data only the last is kept",
        moved.oneof.new?.name
    );
    Some(moved.finding(&message).cause(moved.cause()).help("leave them out of the oneof"))
}

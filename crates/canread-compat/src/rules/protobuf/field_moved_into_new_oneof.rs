//! One field moved into a oneof that is new.

use super::oneof::{self, Move};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_moved_into_new_oneof",
    title: "field moved into a new oneof",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A oneof is not visible on the wire, and no other field of the new one could be set before: data is safe, \
                in JSON too. Generated code is another: in most languages the field is now a case of a variant. Where \
                the field left another oneof for this one, it can be set beside its former siblings, which old readers \
                take for alternatives.",
    remedy: "Nothing, apart from adapting code. A field in a oneof of its own can also be marked `optional`.",
    spec: "https://protobuf.dev/programming-guides/proto3/#wire-safe-changes",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string card = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n    string voucher = 2;\n  }\n}\n",
    },
    witness: Witness::NotInBytes("code that reads or sets the field as a plain one is compiled against the new code"),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let moved = Move::of(change, context).filter(|moved| moved.now_exclusive.is_empty() && !moved.is_into_existing)?;
    let oneof = moved.oneof.new?;
    if moved.no_longer_exclusive.is_empty() {
        let message =
            format!("moved into the new oneof `{}`: its bytes stay as they are, generated code does not", oneof.name);
        return Some(moved.finding(&message).cause(moved.cause()).help("adapt the code that uses it"));
    }
    let others = oneof::list(&moved.no_longer_exclusive);
    let message =
        format!("moved into the new oneof `{}`: an old reader of new data keeps either it or {others}", oneof.name);
    Some(moved.finding(&message).cause(moved.cause()).help("leave it in its oneof"))
}

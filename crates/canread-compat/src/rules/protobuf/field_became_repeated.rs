//! One value became several, of the same type.

use super::{cardinality, convert, entry};
use crate::{Cardinality, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_became_repeated",
    title: "field became repeated",
    formats: &[Format::Protobuf],
    claims: convert::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader takes the one value of old data for a list with one item. An old reader of new data drops a \
                packed run of numbers, keeps only the last of several values, and merges several messages into one. \
                In JSON a list is an array and one value is not: each reader refuses the other's documents.",
    remedy: "Add a repeated field under a new number, and let writers fill both for a while. Where every reader is \
             deployed first, and JSON plays no part, the change is safe.",
    spec: "https://protobuf.dev/programming-guides/proto3/#conditionally-safe-changes",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 tag = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  repeated int32 tag = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"tag": [1, 2]}"#,
        shows: Claim::on(Wire, Forward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = cardinality::changed(change, |old, new| old == Cardinality::Singular && new != Cardinality::Singular)?;
    let mut finding = cardinality::finding(fields, entry::verdict(fields));
    if fields.old.presence == Presence::Required {
        finding = finding
            .note("an old reader refuses new data with an empty list, because it requires a value")
            .claims([Claim::on(Wire, Forward, Effect::Error)]);
    }
    Some(finding)
}

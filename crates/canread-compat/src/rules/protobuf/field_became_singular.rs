//! Several values became one, of the same type.

use super::{cardinality, convert, entry};
use crate::{Cardinality, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_became_singular",
    title: "field is no longer repeated",
    formats: &[Format::Protobuf],
    claims: convert::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader of old data drops a packed run of numbers, keeps only the last of several values, and merges \
                several messages into one that nobody wrote. An old reader takes the one value of new data for a list \
                with one item. In JSON a list is an array and one value is not: each reader refuses the other's \
                documents.",
    remedy: "Add a field for the one value under a new number.",
    spec: "https://protobuf.dev/programming-guides/encoding/#last-one-wins",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  repeated string tag = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string tag = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"tag": ["new", "hot"]}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = cardinality::changed(change, |old, new| old != Cardinality::Singular && new == Cardinality::Singular)?;
    let mut finding = cardinality::finding(fields, entry::verdict(fields));
    if fields.new.presence == Presence::Required {
        finding = finding
            .note("a new reader refuses old data with an empty list, because it requires a value")
            .claims([Claim::on(Wire, Backward, Effect::Error)]);
    }
    Some(finding)
}

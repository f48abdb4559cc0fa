//! A map became a list.

use super::{cardinality, convert, entry};
use crate::{Cardinality, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/map_became_list",
    title: "map became a list",
    formats: &[Format::Protobuf],
    claims: convert::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a map is a list of entries, messages with the key under 1 and the value under 2. A list of such \
                messages reads and writes the same bytes (of two items with one key an old reader keeps the last); any other list \
                does not. In JSON a map is an object and a \
                list is an array: each reader refuses the other's documents.",
    remedy: "Where the wire is all that matters, make the list one of messages with the key under 1 and the value under 2. \
             Else add a field under a new number.",
    spec: "https://protobuf.dev/programming-guides/encoding/#maps",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  map<string, int32> stock = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage Stock {\n  string sku = 1;\n  int32 count = 2;\n}\nmessage M {\n  repeated Stock stock = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"stock": {"apple": 3}}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = cardinality::changed(change, |old, new| old == Cardinality::Map && new == Cardinality::List)?;
    Some(entry::finding(fields))
}

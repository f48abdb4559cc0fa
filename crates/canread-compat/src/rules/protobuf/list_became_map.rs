//! A list became a map.

use super::{cardinality, convert, entry};
use crate::{Cardinality, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/list_became_map",
    title: "list became a map",
    formats: &[Format::Protobuf],
    claims: convert::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a map is a list of entries, messages with the key under 1 and the value under 2. A list of such \
                messages reads and writes the same bytes (of two items with one key the last is kept, and their order \
                is lost); any other list does not. In JSON a map is an object and a list is an array: each reader \
                refuses the other's documents.",
    remedy: "Where the wire is all that matters, make the key of the map what stands under 1 in the messages, and the value \
             what stands under 2. Else add a field under a new number.",
    spec: "https://protobuf.dev/programming-guides/encoding/#maps",
    example: Example {
        old: "syntax = \"proto3\";\nmessage Stock {\n  string sku = 1;\n  int32 count = 2;\n  string shelf = 3;\n}\nmessage M {\n  repeated Stock stock = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  map<string, int32> stock = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"stock": [{"sku": "apple", "count": 3, "shelf": "B4"}]}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = cardinality::changed(change, |old, new| old == Cardinality::List && new == Cardinality::Map)?;
    Some(entry::finding(fields))
}

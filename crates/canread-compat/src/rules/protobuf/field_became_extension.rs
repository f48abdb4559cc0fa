//! An extension adds to the message, under the same number, what it had itself.

use super::place;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_became_extension",
    title: "field became an extension",
    formats: &[Format::Protobuf],
    claims: place::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire an extension is a field like any other: with the same number and type it is read as before. JSON \
                and text format know a field by its own name and an extension by its full name in brackets, and code \
                gets at them in different ways. Where the name differs too, a person should look whether it is the \
                same field.",
    remedy: "Leave the field where it is, or replace the readers of JSON before its writers.",
    spec: place::SPEC,
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  optional string note = 100;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 100;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"note": "fragile"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = place::changed(change)?;
    fields.is_extension().new.then(|| place::finding(fields))
}

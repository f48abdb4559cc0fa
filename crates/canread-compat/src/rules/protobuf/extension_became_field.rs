//! The message has itself, under the same number, what an extension added to it.

use super::place;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_became_field",
    title: "extension became a field",
    formats: &[Format::Protobuf],
    claims: place::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire an extension is a field like any other: with the same number and type it is read as before. JSON \
                and text format know an extension by its full name in brackets and a field by its own, and code gets at \
                them in different ways. Where the name differs too, a person should look whether it is the same field.",
    remedy: "Leave the extension where it is, or replace the readers of JSON before its writers.",
    spec: place::SPEC,
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 100;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  optional string note = 100;\n  extensions 101 to 199;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[note]": "fragile"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let fields = place::changed(change)?;
    fields.is_extension().old.then(|| place::finding(fields))
}

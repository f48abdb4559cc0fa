//! One of several names of a number is gone.

use super::enum_value::{Enums, number};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_alias_deleted",
    title: "alias of an enum value deleted",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Json, Backward, Effect::Error), Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "The number still has a name, so the wire is not affected. JSON and text that have the deleted name are \
                refused, and code that says it does not compile.",
    remedy: "Keep the alias, marked as deprecated, until nobody writes it.",
    spec: "https://protobuf.dev/programming-guides/proto3/#enum-aliases",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  option allow_alias = true;\n  STATE_UNSPECIFIED = 0;\n  STATE_RUNNING = 1;\n  STATE_STARTED = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_STARTED = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"state": "STATE_RUNNING"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::EnumValueRemoved { owner, old } = change else { return None };
    let left = Enums::of(*owner)?.new.value_by_number(number(old))?;
    let symbol = value_symbol(owner.old, old);
    let message = format!("`{symbol}` is gone; {} is only called `{}` now", number(old), left.name);
    let finding = Finding::new(&symbol, message)
        .old(old.node, "one of the names until now")
        .new_site(left.node, "the same number")
        .note(format!("a new reader of JSON refuses `\"{}\"`", old.name))
        .help("keep the alias, marked as deprecated")
        .shape(format!("{} = {}", old.name, number(old)));
    Some(finding)
}

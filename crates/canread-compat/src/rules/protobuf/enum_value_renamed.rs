//! The same number under another name.

use super::enum_value::{Enums, both, number};
use super::restore;
use crate::compare::kept_name;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_value_renamed",
    title: "enum value renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a value is its number, so a rename is safe there, but it looks just like another value on an \
                old number, which is not: a person should look, unless the number keeps another of its names. That goes for \
                the value of absent fields as for others. JSON and \
                text have the name, which readers of the other version refuse.",
    remedy: "Keep the old name as an alias, declared first as long as old readers of JSON are around. If it is another \
             value, give it a number of its own and reserve the old one.",
    spec: "https://protobuf.dev/programming-guides/proto3/#enum-aliases",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_RUNNING = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
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
    let Change::EnumValueRenamed { owner, value } = change else { return None };
    let enums = Enums::of(*owner)?;
    let (symbol, number) = (value_symbol(owner.old, value.old), number(value.new));
    let kept = kept_name(*owner, number);
    let doubt = match kept {
        Some(kept) => format!("{number} is still called `{kept}`, too"),
        None => format!("a rename, or another value on {number}?"),
    };
    let message = format!("`{symbol}` is called `{}` now: {doubt}", value.new.name);
    let mut finding = Finding::new(&symbol, message)
        .old(value.old.node, format!("{number} was called this"))
        .new_site(value.new.node, "the same number")
        .note(format!("a new reader of JSON refuses `\"{}\"`", value.old.name))
        .help(format!("keep the old name, or both: `option allow_alias = true;` and `{} = {number};`", value.old.name))
        .fix(restore::value_name(enums, *value))
        .shape(format!("{number} {} -> {}", value.old.name, value.new.name))
        .claim(Json, Backward, Effect::Error)
        .claim(Source, Backward, Effect::Error);
    if kept.is_none() {
        finding = finding.claims(both(Wire, Effect::Meaning));
    }
    // Where another alias is declared first, JSON is written with that one.
    if enums.printed(Forward, number).is_some_and(|printed| enums.old.value(printed).is_none()) {
        finding = finding.claim(Json, Forward, Effect::Error);
    }
    Some(finding)
}

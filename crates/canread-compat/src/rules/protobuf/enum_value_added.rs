//! An enum value is new, with a number and a name that were never used.

use super::enum_value::{Enums, lost_number, number};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_value_added",
    title: "enum value added",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "An old reader of an open enum keeps the number. A closed enum moves it to the unknown fields, so the field \
                looks unset; in a repeated field that even changes the order, since what was unknown is written back \
                behind the rest, and a map loses the whole entry from sight. Where the field is required, the message is refused. JSON writes the name, and an old parser \
                refuses it. Code that lists all values of the enum (an exhaustive `match` or `switch`) has a case more \
                to handle. One finding stands for all new values of an enum.",
    remedy: "Deploy the readers before the writers. Make enums open, so that old readers keep what they don't know.",
    spec: "https://protobuf.dev/programming-guides/enum/#definitions",
    example: Example {
        old: "syntax = \"proto2\";\nenum State {\n  STATE_NEW = 0;\n}\nmessage M {\n  repeated State states = 1;\n}\n",
        new: "syntax = \"proto2\";\nenum State {\n  STATE_NEW = 0;\n  STATE_OPEN = 1;\n}\nmessage M {\n  repeated State states = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"states": ["STATE_OPEN", "STATE_NEW"]}"#,
        shows: Claim::on(Wire, Forward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::EnumValueAdded { owner, new } = change else { return None };
    let enums = Enums::of(*owner)?;
    let number = number(new);
    if enums.old.reserved.has_number(number) || enums.old.reserved.has_name(&new.name) {
        return None;
    }
    let symbol = value_symbol(owner.new, new);
    let base = |what: String| {
        Finding::new(&symbol, format!("`{symbol}` = {number} is new: {what}"))
            .old(owner.old.decl().node, "old readers know no such value")
            .new_site(new.node, "added here")
            .help("deploy the readers first")
            .shape(format!("{} = {number}", new.name))
            .cause(owner.old.name())
    };
    let known = enums.old.value_by_number(number);
    let finding = match known {
        Some(known) if enums.new.value(&known.name).is_some_and(|kept| kept.number == Some(number)) => {
            // Another name for a known number is felt only where JSON prints it instead of the known one.
            let is_printed = enums.printed(Forward, number) == Some(&*new.name);
            return is_printed.then(|| {
                base(format!("new writers of JSON write it instead of `\"{}\"`, and old readers refuse it", known.name))
                    .help(format!("declare `{}` in front of it, since JSON writes the first name", known.name))
                    .claim(Json, Forward, Effect::Error)
            });
        }
        None if !enums.old.is_open => {
            let lost = base("an old reader moves it to the unknown fields, and finds no value".into())
                .note("an old reader of JSON refuses it")
                .note("in a repeated field the values that are left close ranks: their places change");
            lost_number(lost, Forward, context.lost_number(Forward, *owner), Severity::Error)
        }
        // What it does on the wire to the value that had its number is said about that value.
        _ => base("an old reader of JSON refuses it".into()),
    };
    Some(finding.claim(Json, Forward, Effect::Error).claim(Source, Backward, Effect::Meaning))
}

//! An enum value is new on a number, or under a name, that had been retired.

use super::enum_value::{Enums, lost_number, number};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_value_reused",
    title: "reserved number or name of an enum used again",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "What is reserved was in use once, and data of that time may still be around. On the number of a value that \
                was retired, the new value takes over its old data without an error; under its name it takes over old \
                JSON and text.",
    remedy: "Give the value a number and a name that were never used.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  reserved 1;\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_CLOSED = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
    },
    witness: Witness::NotInBytes(
        "data from before the value was retired, which neither of the two versions can write by name: \
         replay a record of that time under the new schema",
    ),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::EnumValueAdded { owner, new } = change else { return None };
    let enums = Enums::of(*owner)?;
    let (number, reserved) = (number(new), &enums.old.reserved);
    let range = reserved.ranges.iter().find(|range| (range.start..=range.end).contains(&number));
    let name = reserved.names.iter().find(|name| name.name == new.name);
    let (site, what) = match (range, name) {
        (Some(range), None) => (range.node, format!("on number {number}, which was reserved")),
        (Some(range), Some(_)) => (range.node, format!("on number {number}, which was reserved, as was its name")),
        (None, Some(name)) => (name.node, "under a name that was reserved".into()),
        (None, None) => return None,
    };
    let symbol = value_symbol(owner.new, new);
    let mut finding =
        Finding::new(&symbol, format!("`{symbol}` is new {what}: data from before that is read as the new value"))
            .old(site, "reserved until now")
            .new_site(new.node, "used again here")
            .help("give it a number and a name that were never used")
            .shape(format!("{} = {number}", new.name))
            .claim(Json, Forward, Effect::Error)
            .claim(Source, Backward, Effect::Meaning);
    if range.is_some() {
        finding = finding.claim_of_reserved(Wire, Backward, Effect::Meaning);
    }
    if name.is_some() {
        finding = finding.claim_of_reserved(Json, Backward, Effect::Meaning);
    }
    if !enums.old.is_open {
        finding = lost_number(finding, Forward, context.lost_number(Forward, *owner), Severity::Error);
    }
    Some(finding)
}

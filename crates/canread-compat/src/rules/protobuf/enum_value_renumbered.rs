//! The same name under another number.

use super::enum_value::{Enums, nameless, number};
use super::restore;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_value_renumbered",
    title: "enum value has another number",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a value is its number. A reader of the other version takes the number for whatever has it \
                there: another value, without an error, where values exchanged their numbers or moved by one; a number \
                without a name, which matches nothing, where it is free; an unknown field in a closed enum, so that a message that requires the field is refused. JSON has \
                names and is not affected.",
    remedy: "Keep the number. Give new values new numbers, in any place of the list.",
    spec: "https://protobuf.dev/programming-guides/enum/#definitions",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_PAID = 1;\n  STATE_REFUNDED = 2;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_PAID = 2;\n  STATE_REFUNDED = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"state": "STATE_PAID"}"#,
        shows: Claim::on(Wire, Backward, Effect::Reinterpreted),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::EnumValueRenumbered { owner, value } = change else { return None };
    let enums = Enums::of(*owner)?;
    let (symbol, old, new) = (value_symbol(owner.old, value.old), number(value.old), number(value.new));
    let partner = enums
        .new
        .value_by_number(old)
        .filter(|other| enums.old.value(&other.name).is_some_and(|other| other.number == Some(new)));
    let backward = Reading::of(enums, Backward, old, context.lost_number(Backward, *owner));
    let message = match partner {
        Some(partner) => {
            format!(
                "`{symbol}` and `{}` have exchanged their numbers {old} and {new}: each is read as the other",
                partner.name
            )
        }
        None => format!("`{symbol}` was {old} and is {new}: a new reader that finds {old} {}", backward.told),
    };
    let forward = Reading::of(enums, Forward, new, context.lost_number(Forward, *owner));
    // Where a number belongs to two values, each side reads the other's.
    let is_shared = [&backward, &forward].iter().any(|reading| reading.effect == Effect::Reinterpreted);
    let effect = |reading: &Reading| if is_shared { Effect::Reinterpreted } else { reading.effect };
    let mut finding = Finding::new(&symbol, message)
        .old(value.old.node, format!("written as {old} until now"))
        .new_site(value.new.node, format!("{new} now"))
        .note(format!("an old reader that finds {new} {}", forward.told))
        .help(match partner {
            Some(_) => "give both their numbers back".to_owned(),
            None => format!("give it back number {old}"),
        })
        .fix(restore::value_number(enums, *value))
        .shape(format!("{old} -> {new}"))
        .claim_as(Wire, Backward, effect(&backward), Severity::Error)
        .claim_as(Wire, Forward, effect(&forward), Severity::Error);
    if let Some(partner) = partner {
        let mut names = [&*value.old.name, &*partner.name];
        names.sort_unstable();
        finding = finding.cause(format!("{} {} <-> {}", owner.old.name(), names[0], names[1]));
    }
    Some(finding)
}

/// What a reader makes of a number.
struct Reading {
    effect: Effect,
    /// In words that go on after "a reader that finds 3".
    told: String,
}

impl Reading {
    fn of(enums: Enums<'_>, direction: crate::Direction, found: i64, lost: Effect) -> Self {
        let (writer, reader) = (enums.writer(direction), enums.reader(direction));
        let names = || reader.values.iter().filter(|value| value.number == Some(found));
        let is_alias = |name: &str| writer.value(name).is_some_and(|value| value.number == Some(found));
        if let Some(alias) = names().find(|value| is_alias(&value.name)) {
            return Self { effect: Effect::Meaning, told: format!("only knows it as `{}`", alias.name) };
        }
        if let Some(other) = names().next() {
            return Self { effect: Effect::Reinterpreted, told: format!("takes it for `{}`", other.name) };
        }
        let effect = if reader.is_open { Effect::Meaning } else { lost };
        let refused = if effect == Effect::Error { ", and refuses a message that requires the field" } else { "" };
        Self { effect, told: format!("{}{refused}", nameless(reader.is_open)) }
    }
}

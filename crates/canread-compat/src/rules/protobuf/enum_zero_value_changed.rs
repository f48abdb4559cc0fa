//! What an absent field of an enum means is another value now.

use super::{
    enum_value::{Enums, both, number},
    restore,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_zero_value_changed",
    title: "default value of an enum changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A field that is absent has the first value of its enum: every record that does not mention the field means \
                another thing as soon as that value is another one, be it another number or another value on its \
                number. Nothing in the data tells. So, other than the rename \
                of a value that is written, this is an error even where only the name changed: no record says which \
                of the two it meant.",
    remedy: "Keep the first value, and call it `…_UNSPECIFIED`, so that nobody relies on what it means.",
    spec: "https://protobuf.dev/programming-guides/proto3/#enum-default",
    example: Example {
        old: "syntax = \"proto2\";\nenum State {\n  STATE_NEW = 1;\n  STATE_OPEN = 2;\n}\nmessage M {\n  optional State state = 1;\n}\n",
        new: "syntax = \"proto2\";\nenum State {\n  STATE_OPEN = 2;\n  STATE_NEW = 1;\n}\nmessage M {\n  optional State state = 1;\n}\n",
    },
    witness: Witness::Value { message: "M", value: "{}", shows: Claim::on(Wire, Backward, Effect::Meaning) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (owner, value, is_rename) = match change {
        Change::EnumDefaultChanged { owner, value } => (owner, value, false),
        Change::EnumValueRenamed { owner, value } if Enums::of(*owner)?.is_default(*value) => (owner, value, true),
        _ => return None,
    };
    let (old, new) = (&value.old.name, &value.new.name);
    let symbol = owner.old.name();
    let message =
        format!("an absent `{symbol}` was `{old}` and is `{new}`: records that do not mention it change their meaning");
    let mut finding = Finding::new(symbol, message)
        .old(value.old.node, "the default until now")
        .new_site(value.new.node, "the default now")
        .shape(format!("{old} = {} -> {new} = {}", number(value.old), number(value.new)))
        .claim_as(Wire, Backward, Effect::Meaning, Severity::Error)
        .claim_as(Wire, Forward, Effect::Meaning, Severity::Error)
        .claim_as(Json, Backward, Effect::Meaning, Severity::Error)
        .claim_as(Json, Forward, Effect::Meaning, Severity::Error);
    if is_rename {
        finding = finding
            .note(format!("a new reader of JSON refuses `\"{old}\"`"))
            .help("keep the name")
            .fix(restore::value_name(Enums::of(*owner)?, *value))
            .claims(both(Json, Effect::Error))
            .claim(Source, Backward, Effect::Error);
    } else {
        finding = finding.help(format!("declare `{old} = {}` first again", number(value.old)));
    }
    Some(finding)
}

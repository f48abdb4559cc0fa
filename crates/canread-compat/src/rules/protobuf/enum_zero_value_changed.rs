//! What an absent field of an enum means is another value now.

use super::enum_value::number;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_zero_value_changed",
    title: "default value of an enum changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A field that is absent has the first value of its enum: every record that does not mention the field means \
                another thing as soon as that value is another one, be it another number, or a value that has or had \
                another number. Nothing in the data tells, so this is an error. Where only the name on the number is \
                another one, it is a rename.",
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
    // The same number under another name is a rename, as that of any value.
    let Change::EnumDefaultChanged { owner, value } = change else { return None };
    let (old, new) = (&value.old.name, &value.new.name);
    let symbol = owner.old.name();
    let message =
        format!("an absent `{symbol}` was `{old}` and is `{new}`: records that do not mention it change their meaning");
    let finding = Finding::new(symbol, message)
        .old(value.old.node, "the default until now")
        .new_site(value.new.node, "the default now")
        .shape(format!("{old} = {} -> {new} = {}", number(value.old), number(value.new)))
        .claim_as(Wire, Backward, Effect::Meaning, Severity::Error)
        .claim_as(Wire, Forward, Effect::Meaning, Severity::Error)
        .claim_as(Json, Backward, Effect::Meaning, Severity::Error)
        .claim_as(Json, Forward, Effect::Meaning, Severity::Error)
        .help(format!("declare `{old} = {}` first again", number(value.old)));
    Some(finding)
}

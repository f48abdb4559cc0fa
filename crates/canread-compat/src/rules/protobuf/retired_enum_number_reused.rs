//! The number of an enum value that a version of the history did without stands for another value.

use super::enum_value::number;
use crate::rules::retired::{as_changed, mistaken, returned, told};
use crate::{Reused, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/retired_enum_number_reused",
    title: "enum number used again after it was retired",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Meaning),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire an enum value is its number. The version before the new one does not have the number, so nothing \
                looks wrong between the two, but data from before it was retired is read as the new value, and readers of \
                that time take the new value for the old one, all without an error. Of a value that was there all the time \
                another name may be a rename; of one that was gone in between it is another value.",
    remedy: "Give the value a number that no version of the history ever had, and reserve the retired one.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_PAUSED = 1;\n}\n\
              message M {\n  State state = 1;\n}\n// next version\n\
              syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_FAILED = 1;\n}\n\
              message M {\n  State state = 1;\n}\n",
    },
    witness: Witness::NotInBytes(
        "data from before the value was retired, which the new version reads without an error as a value that nobody wrote",
    ),
    check,
};

const SAME_CAUSE: &[&str] = &["protobuf/enum_value_renamed", "protobuf/enum_value_reused"];

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::EnumNumber(owner, values) = &one.what else { return None };
    let number = number(values.new);
    let (was, is) = (format!("`{}`", values.old.name), format!("`{}`", values.new.name));
    let finding = told(one, &format!("number {number} of `{}`", owner.new.name()), &was, &is)
        .help(format!("give `{}` a number that was never used, and reserve {number}", values.new.name))
        .shape(format!("{number}: {} -> {}", values.old.name, values.new.name))
        .speaks_for(SAME_CAUSE, &one.what.symbols());
    Some(mistaken(as_changed(finding, one, &RULE, &[Wire, Json, Source]), Wire))
}

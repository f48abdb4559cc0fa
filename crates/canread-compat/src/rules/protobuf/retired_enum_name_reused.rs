//! The name of an enum value that a version of the history did without stands for another value in JSON.

use super::enum_value::number;
use crate::rules::retired::{mistaken, returned, told};
use crate::{Reused, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/retired_enum_name_reused",
    title: "enum value name used again after it was retired",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Json, Backward, Effect::Meaning), Claim::on(Json, Forward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "JSON and text format know an enum value by its name. A name that was retired and comes back with another \
                number is another value, but old documents have it, and readers of that time take it for theirs. The \
                version before the new one does not have the name, so nothing looks wrong between the two. On the wire, \
                which has numbers only, nothing happens.",
    remedy: "Choose a name that no version of the history ever had, and reserve the retired one. If it is the same value \
             again, give it its number back.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_DONE = 1;\n}\n\
              message M {\n  State state = 1;\n}\n// next version\n\
              syntax = \"proto3\";\nenum State {\n  reserved 1;\n  STATE_UNSPECIFIED = 0;\n}\n\
              message M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  reserved 1;\n  STATE_UNSPECIFIED = 0;\n  STATE_DONE = 2;\n}\n\
              message M {\n  State state = 1;\n}\n",
    },
    witness: Witness::NotInBytes(
        "a document of the first version, which the new one reads without an error: only people know what the value meant",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::EnumName(owner, values) = &one.what else { return None };
    let (old, new, name) = (number(values.old), number(values.new), &values.new.name);
    let known_by = format!("`{name}` of `{}`", owner.new.name());
    let finding = told(one, &known_by, &format!("number {old}"), &format!("number {new}"))
        .help(format!("choose a name that was never used, or give it number {old} again"))
        .shape(format!("{name}: {old} -> {new}"))
        .speaks_for(&["protobuf/enum_value_reused"], &one.what.symbols());
    Some(mistaken(finding, Json))
}

//! An enum value is gone, and its number or its name is free for another one.

use super::enum_value::{Deletion, number};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_value_deleted_unreserved",
    title: "enum value deleted without reserving it",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a value is its number. A number that is free is given to another value one day, and then old \
                data means that one, without an error; so to leave it free is an error in both directions. A name \
                that is free does the same to JSON and text, and is a warning on the wire. A closed enum moves the \
                number of old data to the unknown fields at once; a message that requires the field is refused.",
    remedy: "Reserve both the number and the name.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved",
    example: Example {
        old: "syntax = \"proto2\";\nenum State {\n  STATE_NEW = 0;\n  STATE_OPEN = 1;\n}\nmessage M {\n  optional State state = 1;\n}\n",
        new: "syntax = \"proto2\";\nenum State {\n  STATE_NEW = 0;\n}\nmessage M {\n  optional State state = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"state": "STATE_OPEN"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let deletion = Deletion::of(change)?;
    let (number, name) = (number(deletion.old), &deletion.old.name);
    let (message, severity) = match (deletion.is_number_reserved, deletion.is_name_reserved) {
        (true, true) => return None,
        (true, false) => {
            (format!(" and its name `{name}` is not reserved: a later value may take it"), Severity::Warning)
        }
        (false, _) => {
            (" and its number is not reserved: the next value with it takes over old data".to_owned(), Severity::Error)
        }
    };
    let numbers = (!deletion.is_number_reserved).then(|| format!("reserved {number};"));
    let names = (!deletion.is_name_reserved).then(|| format!("reserved \"{name}\";"));
    let statements: Vec<String> = numbers.into_iter().chain(names).collect();
    let finding = deletion
        .finding(&message, severity, context)
        .claim_as(Wire, Backward, Effect::Meaning, severity)
        .claim_as(Wire, Forward, Effect::Meaning, severity)
        .help(format!("add `{}`", statements.join(" ")))
        .fix(deletion.reservation())
        .cause(format!("{} {}", deletion.owner.old.name(), severity.as_str()));
    Some(finding)
}

//! An enum value is gone, and both its number and its name are reserved.

use super::enum_value::Deletion;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_value_deleted",
    title: "enum value deleted",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader of an open enum keeps the number of old data, only without a name. A closed enum moves it \
                to the unknown fields, and where the field is required refuses the message. Both number and name are reserved, so this was meant: on the wire it is \
                else at most a note. JSON writes the name, and a parser refuses one that it does not know. One finding stands for \
                all such values of an enum.",
    remedy: "Nothing, if no JSON with the value is around. Else mark the value as deprecated first, and delete it when it \
             is no longer written.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_OPEN = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nenum State {\n  reserved 1;\n  reserved \"STATE_OPEN\";\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"state": "STATE_OPEN"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let deletion = Deletion::of(change)?;
    (deletion.is_number_reserved && deletion.is_name_reserved)
        .then(|| deletion.finding(", its number and name are reserved", Severity::Note, context))
}

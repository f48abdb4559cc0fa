//! Validation changed, and there is no telling which values it accepts now.

use super::{
    enum_value::both,
    validation::{Changed, Verdict},
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/validation_changed",
    title: "pattern or expression of a validation changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A regular expression, a CEL expression or a predefined rule with another argument may accept more, less or \
                other values; that is not decided here. Old records may be refused by new readers, and new ones by old \
                readers. So the run is undecided, and fails unless undecided findings are allowed.",
    remedy: "Try the new rule on stored records, and allow the change if it accepts them all.",
    spec: "https://protovalidate.com/schemas/custom-rules/",
    example: Example {
        old: "syntax = \"proto3\";\nimport \"buf/validate/validate.proto\";\nmessage M {\n  string name = 1 [(buf.validate.field).string.pattern = \"^[a-z]+$\"];\n}\n",
        new: "syntax = \"proto3\";\nimport \"buf/validate/validate.proto\";\nmessage M {\n  string name = 1 [(buf.validate.field).string.pattern = \"^[a-z0-9]+$\"];\n}\n",
    },
    witness: Witness::NotInBytes("stored records, validated by the new rules"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let finding = Changed::of(change)?.finding(Verdict::Unclear, "it may not accept the same values")?;
    Some(
        finding
            .help("try the new rule on stored records, or keep the old one")
            .claims(both(Wire, Effect::Error))
            .claims(both(Json, Effect::Error))
            .undecided(),
    )
}

//! Validation accepts values that it refused.

use super::validation::{self, Changed, Verdict};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/validation_loosened",
    title: "validation is less strict",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Wire, Forward, Effect::Error), Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "New writers may write what the old rules refuse, and old readers that validate (protovalidate, or its \
                predecessor protoc-gen-validate) then refuse the record. Likewise, old readers that require a field \
                refuse every record of a new writer that no longer knows it, and those that take only declared values of \
                an enum refuse a value that is new.",
    remedy: "Deploy the readers first.",
    spec: "https://protovalidate.com/schemas/standard-rules/",
    example: Example {
        old: "syntax = \"proto3\";\nimport \"buf/validate/validate.proto\";\nmessage M {\n  string name = 1 [(buf.validate.field).string.max_len = 32];\n}\n",
        new: "syntax = \"proto3\";\nimport \"buf/validate/validate.proto\";\nmessage M {\n  string name = 1 [(buf.validate.field).string.max_len = 64];\n}\n",
    },
    witness: Witness::NotInBytes("a record with a name of 33 characters, validated by the old rules"),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    if let Some(finding) = validation::undeclared(change, context, Forward) {
        return Some(finding.help("deploy the readers first"));
    }
    if let Some((owner, field, why)) = validation::removed(change) {
        let symbol = field_symbol(owner, field);
        let message =
            format!("`{symbol}` is gone, and for old readers {why}: those that validate refuse every new record");
        return Some(
            Finding::new(&symbol, message)
                .old(field.node, "refused where it is absent")
                .help("keep the field until no old reader is left")
                .shape(format!("gone: {why}")),
        );
    }
    let finding = Changed::of(change)?.finding(Verdict::Loosened, "old readers refuse values that are accepted now")?;
    Some(finding.help("keep the old rule until every reader has the new one"))
}

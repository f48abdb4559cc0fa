//! Validation refuses values that it accepted.

use super::validation::{self, Changed, Verdict};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/validation_tightened",
    title: "validation is stricter",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Json, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Old records were validated by weaker rules, or none. Readers that validate (protovalidate, or its \
                predecessor protoc-gen-validate) refuse those that the new rules do not accept, however they were \
                encoded. Bounds, lengths, lists of values, formats and the like are compared by the values they \
                accept, so that another way to say the same is no change. A new field that is required, or that does \
                not accept what an absent field is read as, refuses every old record. An enum value that is gone is \
                refused by a field that takes only declared ones.",
    remedy: "Keep the old rule for reading, and enforce the new one where records are written; tighten when no old \
             record is left.",
    spec: "https://protovalidate.com/schemas/standard-rules/",
    example: Example {
        old: "syntax = \"proto3\";\nimport \"buf/validate/validate.proto\";\nmessage M {\n  string name = 1 [(buf.validate.field).string.max_len = 64];\n}\n",
        new: "syntax = \"proto3\";\nimport \"buf/validate/validate.proto\";\nmessage M {\n  string name = 1 [(buf.validate.field).string.max_len = 32];\n}\n",
    },
    witness: Witness::NotInBytes("a record with a name of 33 characters, validated by the new rules"),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    if let Some(finding) = validation::undeclared(change, context, Backward) {
        return Some(finding.help("keep the value, marked as deprecated, or accept undeclared ones"));
    }
    if let Some((owner, field, why)) = validation::added(change) {
        let symbol = field_symbol(owner, field);
        let message = format!("`{symbol}` is new, and {why}: readers that validate refuse every old record");
        return Some(
            Finding::new(&symbol, message)
                .new_site(field.node, "refused where it is absent")
                .help("accept records without it")
                .shape(format!("new: {why}")),
        );
    }
    let finding = Changed::of(change)?.finding(Verdict::Tightened, "new readers refuse values that were accepted")?;
    Some(finding.help("keep the old rule, or tighten it when no old record is left"))
}

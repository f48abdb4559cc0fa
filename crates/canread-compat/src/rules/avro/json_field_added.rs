//! A field with a default is new, which JSON readers without the schema of the writer do not agree about.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/json_field_added",
    title: "field added, as JSON shows it",
    formats: &[Format::Avro],
    claims: &[Claim::on(Json, Backward, Effect::Error), Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Defaults and skipped fields belong to schema resolution, which takes the schema of the writer. In the \
                JSON encoding, read without it, libraries differ: fastavro takes the default for a name that is missing and passes over \
                one that it does not know; Avro's Java and C# libraries refuse both. So this is a warning.",
    remedy: "Read JSON with the schema that it was written under, and resolve from there.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#json-encoding",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}, {"name": "age", "type": "int", "default": 0}]}"#,
    },
    witness: Witness::NotInBytes(
        "`{\"id\": 1}` read by Avro's Java library under the new schema alone: a field is missing",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::FieldAdded(field) = &one.met else { return None };
    let has_default = field.default_value().is_some();
    let what = "is new: some libraries refuse JSON without it, and JSON with it if they do not know it";
    let mut finding = told(one, what, "JSON has no such name", "JSON has this name")
        .help("read JSON with the schema that it was written under")
        .shape("new");
    for direction in one.within.iter().filter(|direction| *direction == Forward || has_default) {
        finding = finding.claim_as(Json, direction, Effect::Error, Severity::Warning);
    }
    (!finding.claims.is_empty()).then_some(finding)
}

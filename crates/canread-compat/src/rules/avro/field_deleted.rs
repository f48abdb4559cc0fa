//! A field is gone: old readers need it, or take its default.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/field_deleted",
    title: "field deleted",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A new reader skips what old data has there, which is what deleting a field is for: a note. An old \
                reader of new data takes the field from its default; without one it refuses every record. In the JSON encoding, \
                read without the schema of the writer, libraries differ: fastavro passes over names that it does not \
                know and takes defaults for those that are missing, Avro's Java and C# libraries refuse both.",
    remedy: "Give the field a default first, and delete it when every reader has the version with the default.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}, {"name": "age", "type": "int"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}]}"#,
    },
    witness: Witness::Value { message: "M", value: r#"{"id": 1}"#, shows: Claim::on(Wire, Forward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::FieldRemoved(field) = &one.met else { return None };
    let has_default = field.default_value().is_some();
    let what = if has_default {
        "is gone: old readers of new data take its default"
    } else {
        "is gone and had no default: old readers refuse new data"
    };
    let mut finding = told(one, what, "old readers look for it", "new data has no such field")
        .help("give the field a default in a version before the one that deletes it")
        .shape(if has_default { "default" } else { "no default" })
        .claim(Source, Backward, Effect::Error);
    for direction in one.within.iter() {
        let is_certain = direction == Forward && !has_default;
        let severity = if is_certain { Severity::Error } else { Severity::Warning };
        finding = finding.claim_as(Json, direction, Effect::Error, severity);
    }
    if one.within.backward {
        finding = finding.claim_as(Wire, Backward, Effect::Dropped, Severity::Note);
    }
    if one.within.forward && has_default {
        finding = finding.claim_as(Wire, Forward, Effect::Meaning, Severity::Note);
    } else if one.within.forward {
        finding = finding.claim(Wire, Forward, Effect::Error);
    }
    Some(finding)
}

//! Two fields whose names differ in nothing but capitals.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/names_differ_in_case",
        title: "names that differ in capitals only",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Backward, Effect::Lossy), Claim::on(Wire, Forward, Effect::Lossy)],
        since: "0.1.0",
        rationale: "Avro tells such fields apart, and the systems that Avro files are loaded into don't: columns of Hive, \
                    Spark and BigQuery have names without regard to case, so that such a file can't be loaded, or one \
                    field takes the place of the other.",
        remedy: "Rename one of the fields, with the old name as an alias.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#names",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "userId", "type": "long"}, {"name": "userid", "type": "long"}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "userId", "type": "long"}, {"name": "legacyId", "type": "long", "aliases": ["userid"]}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("a table that is made of such a file has two columns of one name"),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let name = |field: &canread_model::Field| field.name.to_lowercase();
    twins(decl, name, "differ in nothing but capitals")
}

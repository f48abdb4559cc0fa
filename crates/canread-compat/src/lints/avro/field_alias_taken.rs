//! A name that a reader finds twice: as a name and as an alias, or as the alias of two.

use canread_model::Field;
use rustc_hash::FxHashMap;

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/field_alias_taken",
        title: "alias of a field that is taken",
        formats: &[Format::Avro],
        claims: &[
            Claim::on(Wire, Backward, Effect::Dropped),
            Claim::on(Wire, Backward, Effect::Error),
            Claim::on(Wire, Forward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "A reader looks for what was written among its own names and aliases. Where a field's alias is the name of \
                    another field, Avro's Java library refuses all data of a version that differs in a field or a type, \
                    and its check of compatibility fails for the schema and itself; fastavro prefers the name. \
                    Where two fields have one alias, the specification does not say which is taken, and the other one \
                    gets its default. It shows with the first old data that has the name; Java and fastavro \
                    fill the last.",
        remedy: "Remove the alias from all but one.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#aliases",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "mail", "type": "string", "aliases": ["address"]}, {"name": "address", "type": "string"}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "mail", "type": "string"}, {"name": "address", "type": "string"}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now(
        "Java reads no data of a version that differs in a field or a type: \"Duplicate field\", \"matches multiple fields in writer record schema\"; of \
         two fields with one alias, it fills the last, as fastavro does, and gives the first its default",
    ),
    instead_of: Some("avro/alias_taken"),
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    let mut first: FxHashMap<&str, &Field> = FxHashMap::default();
    let mut found = Vec::new();
    for field in fields(decl) {
        for alias in field.aliases.iter().filter(|alias| **alias != field.name) {
            let first = *first.entry(alias).or_insert(field);
            let is_name = seen.schema.field(id, alias).is_some();
            let what = if is_name {
                "the name of another field".to_owned()
            } else if first.node == field.node {
                continue;
            } else {
                format!("an alias of `{}` too", first.name)
            };
            let symbol = member(decl, &field.name);
            let message = format!("the alias `{alias}` of `{symbol}` is {what}");
            let finding = Finding::new(symbol, message).new_site(field.node, "has the alias").shape(&**alias);
            found.push(if is_name {
                let claims = [Backward, Forward].map(|direction| Claim::on(Wire, direction, Effect::Error));
                finding.claims(claims)
            } else {
                finding.claim(Wire, Backward, Effect::Dropped)
            });
        }
    }
    found
}

//! Old readers need a field without a default for ever.

use super::nullable_without_default::is_nullable;
use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/field_without_default",
        title: "field without a default",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Forward, Effect::Error)],
        opt_in: true,
        since: "0.1.0",
        rationale: "A field can be deleted only where readers have a default for it: one without is refused by every \
                    old reader. Keys and the like are meant to stay, so this speaks only when it is asked to.",
        remedy: "Give the field a default, unless it is there to stay.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-resolution",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long", "default": 0}, {"name": "age", "type": "int"}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long", "default": 0}, {"name": "age", "type": "int", "default": 0}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Later {
        rule: "avro/field_deleted",
        bad: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long", "default": 0}]}"#,
        good: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long", "default": 0}]}"#,
    },
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let bare = fields(decl).iter().filter(|field| field.preset.is_none() && !is_nullable(&field.ty, seen));
    let found = bare.map(|field| {
        let symbol = member(decl, &field.name);
        let message = format!("`{symbol}` has no default: once it is deleted, readers of today refuse new data");
        Finding::new(symbol, message).new_site(field.node, "no default").shape("no default")
    });
    found.collect()
}

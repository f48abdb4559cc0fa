//! Old readers of an enum without a default refuse each symbol that is added.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/enum_without_default",
        title: "enum without a default",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Forward, Effect::Error)],
        since: "0.1.0",
        rationale: "A reader takes the default of its enum for a symbol that it does not know. Without one it refuses the \
                    whole record. So the first symbol that is added breaks every reader that is deployed by then, \
                    and a default that comes with the symbol comes too late for them.",
        remedy: "Give the enum a default now, such as a symbol UNKNOWN.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-resolution",
        example: Example {
            old: r#"{"type": "enum", "name": "Color", "namespace": "shop", "symbols": ["RED"]}"#,
            new: r#"{"type": "enum", "name": "Color", "namespace": "shop", "symbols": ["RED"], "default": "RED"}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Later {
        rule: "avro/enum_symbol_added",
        bad: r#"{"type": "enum", "name": "Color", "namespace": "shop", "symbols": ["RED", "BLUE"]}"#,
        good: r#"{"type": "enum", "name": "Color", "namespace": "shop", "symbols": ["RED", "BLUE"], "default": "RED"}"#,
    },
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    if decl.as_enum().is_none_or(|declared| declared.default.is_some()) {
        return Vec::new();
    }
    let symbol = &*decl.full_name;
    let message =
        format!("`{symbol}` has no default: once a symbol is added, readers of today refuse data that has it");
    vec![Finding::new(symbol, message).new_site(decl.node, "no default").shape("no default")]
}

//! A field may be null and still has to be written: null is no default.

use canread_model::Union;

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/nullable_without_default",
        title: "nullable field without a default",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Forward, Effect::Error)],
        since: "0.1.0",
        rationale: "A union with null looks optional, and is not: a reader whose field has no default refuses data without \
                    the field, whether the field may be null or not. So the field can't be deleted \
                    without an error, though it is written as if it could.",
        remedy: "Put null first in the union and write \"default\": null.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-resolution",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long"}, {"name": "mail", "type": ["null", "string"]}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long"}, {"name": "mail", "type": ["null", "string"], "default": null}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Later {
        rule: "avro/field_deleted",
        bad: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long"}]}"#,
        good: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long"}]}"#,
    },
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let bare = fields(decl).iter().filter(|field| field.preset.is_none() && is_nullable(&field.ty, seen));
    let found = bare.map(|field| {
        let symbol = member(decl, &field.name);
        let message =
            format!("`{symbol}` may be null and has no default: once it is deleted, readers of today refuse new data");
        let help = if is_null_first(&field.ty, seen) {
            "write `\"default\": null`"
        } else {
            "put `\"null\"` first in the union and write `\"default\": null`"
        };
        Finding::new(symbol, message).new_site(field.node, "no default").help(help).shape("no default")
    });
    found.collect()
}

/// Whether a type takes null, as one arm of several.
pub(super) fn is_nullable(ty: &Type, seen: &Seen<'_>) -> bool {
    matches!(ty.kind, TypeKind::Nullable(_))
        || union(ty, seen).is_some_and(|union| union.arms.iter().any(|arm| matches!(arm.ty.kind, TypeKind::Null)))
}

fn is_null_first(ty: &Type, seen: &Seen<'_>) -> bool {
    match union(ty, seen) {
        Some(union) => union.arms.first().is_some_and(|arm| matches!(arm.ty.kind, TypeKind::Null)),
        None => !ty.is_null_last(),
    }
}

/// The union that a type names, which has no name of its own.
pub(super) fn union<'a>(ty: &Type, seen: &Seen<'a>) -> Option<&'a Union> {
    let TypeKind::Ref(id) = ty.kind else { return None };
    match &seen.schema.decl(id).kind {
        DeclKind::Union(union) => Some(union),
        _ => None,
    }
}

//! A default for another branch than the first: a schema that only readers of 1.12 take.

use canread_model::{Literal, Schema};

use super::nullable_without_default::union;
use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/default_of_later_branch",
        title: "default that is not for the first branch",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Wire, Forward, Effect::Error)],
        since: "0.1.0",
        rationale: "Up to Avro 1.11 the default of a union is one for its first branch, and libraries refuse the whole schema \
                    otherwise, or find out when they first need the default. 1.12 takes any branch. So it depends on the \
                    library of each reader whether it gets as far as the data.",
        remedy: "Put the branch of the default first, or give a default for the first.",
        spec: "https://avro.apache.org/docs/1.11.1/specification/#unions",
        example: Example {
            old: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "mail", "type": ["string", "null"], "default": null}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "mail", "type": ["null", "string"], "default": null}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now("a reader with a library of Avro 1.11 does not take the schema"),
    instead_of: Some("avro/default_branch"),
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let found = fields(decl).iter().filter_map(|field| {
        let default = field.default_value()?;
        let is_null = matches!(default, Literal::Null);
        let is_first = match &field.ty.kind {
            TypeKind::Nullable(_) => is_null != field.ty.is_null_last(),
            _ => may_be(&union(&field.ty, seen)?.arms.first()?.ty, default, seen.schema),
        };
        if is_first {
            return None;
        }
        let symbol = member(decl, &field.name);
        let message = format!("the default of `{symbol}` is not for the first branch of its union");
        let help = if is_null { "put `\"null\"` first in the union" } else { "put the branch of the default first" };
        Some(
            Finding::new(symbol, message)
                .new_site(field.node, "refused up to Avro 1.11")
                .help(help)
                .shape("later branch"),
        )
    });
    found.collect()
}

/// Whether a value may be one of a type, by its sort: where the sort is right and the value is not, the reader of the schema
/// says so.
fn may_be(ty: &Type, value: &Literal, schema: &Schema) -> bool {
    match &ty.kind {
        TypeKind::Null => matches!(value, Literal::Null),
        TypeKind::Bool => matches!(value, Literal::Bool(_)),
        TypeKind::Int(_) | TypeKind::Float { .. } => {
            matches!(value, Literal::Int(_) | Literal::Float(_) | Literal::Number(_))
        }
        TypeKind::List(_) => matches!(value, Literal::List(_)),
        TypeKind::Map(_) => matches!(value, Literal::Map(_)),
        TypeKind::Ref(id) if schema.decl(*id).as_record().is_some() => matches!(value, Literal::Map(_)),
        // Of other names, enums and fixed ones have texts.
        TypeKind::String(_) | TypeKind::Bytes | TypeKind::Fixed { .. } | TypeKind::Ref(_) => {
            matches!(value, Literal::String(_) | Literal::Bytes(_) | Literal::Symbol(_))
        }
        _ => true,
    }
}

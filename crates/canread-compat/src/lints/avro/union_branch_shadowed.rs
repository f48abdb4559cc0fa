//! A branch of a union that a reader by the letter never takes: a number behind another one, a text behind bytes.

use canread_model::Arm;

use crate::{TypeAt, compare::promotion, lints::prelude::*};

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/union_branch_shadowed",
        title: "union branch behind one that takes its values",
        formats: &[Format::Avro],
        claims: &[
            Claim::on(Wire, Backward, Effect::Lossy),
            Claim::on(Wire, Backward, Effect::Meaning),
            Claim::on(Wire, Backward, Effect::Error),
            Claim::on(Wire, Forward, Effect::Lossy),
            Claim::on(Wire, Forward, Effect::Meaning),
            Claim::on(Wire, Forward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "The specification has a reader take the first branch that matches what was written, and a type matches \
                    what it is promoted to. So as soon as writer and reader have different schemas, whatever else the \
                    difference is, a long behind a double is never chosen, and numbers beyond 2^53 lose digits. Bytes \
                    behind a string are read as text, and refused if they are no UTF-8; a string behind bytes is read as \
                    bytes. fastavro goes by the letter; Avro's Java library looks for the same type first.",
        remedy: "Put whole numbers before floats. Of strings and bytes, put bytes first, if both are needed.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-resolution",
        example: Example {
            old: r#"{"type": "record", "name": "M", "namespace": "shop", "fields": [{"name": "v", "type": ["double", "long"]}]}"#,
            new: r#"{"type": "record", "name": "M", "namespace": "shop", "fields": [{"name": "v", "type": ["long", "double"]}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now(
        "fastavro, with any two schemas that differ anywhere, reads the long 9007199254740993 as 9007199254740992.0",
    ),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    let DeclKind::Union(union) = &decl.kind else { return Vec::new() };
    // Only these are promoted with a loss, and a union holds at most one of each kind: few pairs, however many arms.
    let is_promoted = |ty: &Type| {
        matches!(ty.kind, TypeKind::Int(_) | TypeKind::Float { .. } | TypeKind::String(_) | TypeKind::Bytes)
    };
    let arms: Vec<&Arm> = union.arms.iter().filter(|arm| is_promoted(&arm.ty)).collect();
    let mut found = Vec::new();
    for (at, arm) in arms.iter().enumerate() {
        let taking = |first: &&&Arm| effect(&arm.ty.kind, &first.ty.kind).is_some();
        let Some(first) = arms.iter().take(at).find(taking) else { continue };
        let Some(effect) = effect(&arm.ty.kind, &first.ty.kind) else { continue };
        let name = |ty| TypeAt { schema: seen.schema, ty }.name();
        let (name, taken) = (name(&arm.ty), name(&first.ty));
        let symbol = seen.holders.get(&id).map_or("", String::as_str);
        let what = if symbol.is_empty() { "the union".to_owned() } else { format!("the union of `{symbol}`") };
        let message = format!(
            "{what} has `{taken}` before `{name}`: a reader that takes the first match reads {name} as {taken}"
        );
        let finding = Finding::new(symbol, message)
            .new_site(arm.node, "never chosen by such a reader")
            .help(match arm.ty.kind {
                TypeKind::String(_) => "have only one of the two in the union".to_owned(),
                _ => format!("put {name} before {taken}"),
            })
            .shape(format!("{name} behind {taken}"))
            .claims([Backward, Forward].map(|direction| Claim::on(Wire, direction, effect)));
        found.push(finding);
    }
    found
}

/// What becomes of values of a branch that are read as another one in front of it, if it is any harm.
fn effect(written: &TypeKind, taken: &TypeKind) -> Option<Effect> {
    match (written, taken) {
        (TypeKind::String(_), TypeKind::Bytes) => Some(Effect::Meaning),
        (TypeKind::Bytes, TypeKind::String(_)) => Some(Effect::Error),
        _ => Some(promotion(written, taken).effect).filter(|effect| *effect == Effect::Lossy),
    }
}

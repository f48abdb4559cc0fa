//! A branch of a union that a reader by the letter never takes.

use canread_model::Arm;

use crate::{TypeAt, compare::promotion, lints::prelude::*};

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/union_branch_shadowed",
        title: "union branch behind one that takes its numbers",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Backward, Effect::Lossy), Claim::on(Wire, Forward, Effect::Lossy)],
        since: "0.1.0",
        rationale: "The specification has a reader take the first branch that matches what was written, and a long matches a \
                    double. So behind a double a long is never chosen as soon as writer and reader have different schemas, \
                    whatever else the difference is, and numbers beyond 2^53 lose digits. fastavro goes by the letter; \
                    Avro's Java library looks for the same type first.",
        remedy: "Put whole numbers before floats.",
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
    // Only numbers are promoted with a loss, and a union holds at most one of each kind: few pairs, however many arms.
    let numbers: Vec<&Arm> =
        union.arms.iter().filter(|arm| matches!(arm.ty.kind, TypeKind::Int(_) | TypeKind::Float { .. })).collect();
    let mut found = Vec::new();
    for (at, arm) in numbers.iter().enumerate() {
        let is_lossy = |first: &&&Arm| promotion(&arm.ty.kind, &first.ty.kind).effect == Effect::Lossy;
        let Some(first) = numbers.iter().take(at).find(is_lossy) else { continue };
        let name = |arm: &Arm| TypeAt { schema: seen.schema, ty: &arm.ty }.name();
        let (name, taken) = (name(arm), name(first));
        let symbol = seen.holders.get(&id).map_or("", String::as_str);
        let what = if symbol.is_empty() { "the union".to_owned() } else { format!("the union of `{symbol}`") };
        let message = format!(
            "{what} has `{taken}` before `{name}`: a reader that takes the first match reads {name} as {taken}"
        );
        let finding = Finding::new(symbol, message)
            .new_site(arm.node, "never chosen by such a reader")
            .help(format!("put {name} before {taken}"))
            .shape(format!("{name} behind {taken}"));
        found.push(finding);
    }
    found
}

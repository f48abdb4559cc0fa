//! Two named types of one name, in two namespaces, in one union.

use rustc_hash::FxHashMap;

use crate::{DeclAt, lints::prelude::*};

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/union_namesakes",
        title: "union of two types with one name",
        formats: &[Format::Avro],
        claims: &[Claim::on(Wire, Backward, Effect::Error), Claim::on(Wire, Forward, Effect::Error)],
        since: "0.1.0",
        rationale: "The specification has a reader take the first branch of a union that matches what was written, and a named \
                    type matches by its name without the namespace. So of two types with one name the second is never \
                    chosen as soon as writer and reader have different schemas, whatever else the difference is: its data \
                    is read as the first, which drops fields that this one does not have, or refused. fastavro goes by \
                    the letter; Avro's Java library looks for the full name first.",
        remedy: "Give one of the types another name.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#schema-resolution",
        example: Example {
            old: r#"{"type": "record", "name": "M", "namespace": "shop", "fields": [{"name": "v", "type": [{"type": "record", "name": "us.Price", "fields": [{"name": "cents", "type": "int"}]}, {"type": "record", "name": "eu.Price", "fields": [{"name": "euros", "type": "int"}]}]}]}"#,
            new: r#"{"type": "record", "name": "M", "namespace": "shop", "fields": [{"name": "v", "type": [{"type": "record", "name": "us.Price", "fields": [{"name": "cents", "type": "int"}]}, {"type": "record", "name": "eu.EuroPrice", "fields": [{"name": "euros", "type": "int"}]}]}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now(
        "fastavro, with any two schemas that differ anywhere, refuses an eu.Price: \"No default value for field cents\"",
    ),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    let DeclKind::Union(union) = &decl.kind else { return Vec::new() };
    let mut first: FxHashMap<(&str, Matches), DeclAt<'_>> = FxHashMap::default();
    let mut found = Vec::new();
    for arm in &union.arms {
        let TypeKind::Ref(branch) = arm.ty.kind else { continue };
        let branch = DeclAt { id: branch, schema: seen.schema };
        let (Some(name), Some(matches)) = (&branch.decl().name, matches(&branch.decl().kind)) else { continue };
        let first = *first.entry((name, matches)).or_insert(branch);
        if first.id == branch.id {
            continue;
        }
        let (name, taken) = (branch.name(), first.name());
        let symbol = seen.holders.get(&id).map_or("", String::as_str);
        let what = if symbol.is_empty() { "the union".to_owned() } else { format!("the union of `{symbol}`") };
        let message = format!(
            "{what} has `{taken}` before `{name}`: a reader that takes the first match reads {name} as {taken}"
        );
        let finding = Finding::new(symbol, message).new_site(arm.node, "never chosen by such a reader");
        found.push(finding.shape(format!("{name} behind {taken}")));
    }
    found
}

/// What else than the name a reader looks at.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Matches {
    Record,
    Enum,
    Fixed(u32),
}

fn matches(kind: &DeclKind) -> Option<Matches> {
    match kind {
        DeclKind::Record(_) => Some(Matches::Record),
        DeclKind::Enum(_) => Some(Matches::Enum),
        DeclKind::Fixed(fixed) => Some(Matches::Fixed(fixed.size)),
        _ => None,
    }
}

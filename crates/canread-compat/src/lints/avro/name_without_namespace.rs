//! A type in the null namespace.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/avro/name_without_namespace",
        title: "type without a namespace",
        formats: &[Format::Avro],
        claims: &[
            Claim::on(Wire, Backward, Effect::Meaning),
            Claim::on(Wire, Forward, Effect::Meaning),
            Claim::on(Source, Backward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "A name without a namespace is taken for good: a second type of that name, of another team, can't stand in \
                    one schema or registry subject with it, code that is generated for Java is in the default package, \
                    which other packages can't import, and to add a namespace later renames the type for libraries \
                    that compare full names. One finding stands for a file, at its first such type.",
        remedy: "Give the outermost type a namespace; those inside take it over.",
        spec: "https://avro.apache.org/docs/1.12.0/specification/#names",
        example: Example {
            old: r#"{"type": "record", "name": "User", "fields": [{"name": "id", "type": "long"}]}"#,
            new: r#"{"type": "record", "name": "User", "namespace": "shop", "fields": [{"name": "id", "type": "long"}]}"#,
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("two teams with a `User` each, whose schemas one program reads"),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Module(module) = subject else { return Vec::new() };
    let named = module.decls.iter().map(|id| seen.schema.decl(*id)).filter(|decl| {
        // A protocol is known by its own name alone, and has a namespace for its types.
        let is_type = matches!(decl.kind, DeclKind::Record(_) | DeclKind::Enum(_) | DeclKind::Fixed(_));
        is_type && decl.name.is_some() && !decl.full_name.contains('.')
    });
    let bare: Vec<_> = named.collect();
    let [first, others @ ..] = &*bare else { return Vec::new() };
    let symbol = &*first.full_name;
    let finding = Finding::new(symbol, format!("`{symbol}` has no namespace")).new_site(first.node, "no namespace");
    let finding = finding.shape("null namespace");
    vec![match others.len() {
        0 => finding,
        1 => finding.note("neither has another type of the file"),
        more => finding.note(format!("neither have {more} further types of the file")),
    }]
}

//! What a file declares has names that everybody may have.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/file_without_package",
        title: "file without a package",
        formats: &[Format::Protobuf],
        claims: &[
            Claim::on(Wire, Backward, Effect::Error),
            Claim::on(Wire, Forward, Effect::Error),
            Claim::on(Source, Backward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "Names without a package are names of everybody: a program that links two files with a message `User` does \
                    not start. To add a package later renames all of it: calls by the old path find no method, `Any` holds a type \
                    that nobody knows, and generated code moves.",
        remedy: "Add a `package` now, while few depend on the names.",
        spec: "https://protobuf.dev/programming-guides/proto3/#packages",
        example: Example {
            old: "syntax = \"proto3\";\nmessage User {\n  string name = 1;\n}\n",
            new: "syntax = \"proto3\";\npackage shop;\nmessage User {\n  string name = 1;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now("another file without a package declares the same name: no program can hold both"),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Module(module) = subject else { return Vec::new() };
    if !module.namespace.is_empty() {
        return Vec::new();
    }
    let Some(first) = module.decls.first().map(|id| seen.schema.decl(*id)) else { return Vec::new() };
    let symbol = &*first.full_name;
    let finding =
        Finding::new(symbol, format!("`{symbol}` is declared in no package, and can be declared elsewhere too"));
    let finding = finding.new_site(first.node, "no package").shape("no package");
    vec![match module.decls.len() - 1 {
        0 => finding,
        1 => finding.note("so is another declaration of the file"),
        more => finding.note(format!("so are {more} further declarations of the file")),
    }]
}

//! A method takes or gives `google.protobuf.Empty`, which nobody can add a field to.

use crate::lints::{prelude::*, seen::messages};

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/rpc_with_empty",
        title: "method with google.protobuf.Empty",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Source, Backward, Effect::Error)],
        opt_in: true,
        since: "0.1.0",
        rationale: "The first field that the method needs gives it another type: the bytes stay readable, and all code that was \
                    generated from it has to change. Many interfaces take that on purpose (AIP-135 does for deletion), \
                    so this speaks only when it is asked to.",
        remedy: "Declare an empty message of your own for the method.",
        spec: "https://buf.build/docs/lint/rules/",
        example: Example {
            old: "syntax = \"proto3\";\npackage shop;\nimport \"google/protobuf/empty.proto\";\nmessage Order {\n  int64 id = 1;\n}\nservice Orders {\n  rpc Pay(Order) returns (google.protobuf.Empty);\n}\n",
            new: "syntax = \"proto3\";\npackage shop;\nmessage Order {\n  int64 id = 1;\n}\nmessage PayResponse {}\nservice Orders {\n  rpc Pay(Order) returns (PayResponse);\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("a field that the answer needs has no place"),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let methods = decl.as_service().into_iter().flat_map(|service| &service.methods);
    let is_empty = |id| &*seen.schema.decl(id).full_name == "google.protobuf.Empty";
    let found = methods.filter(|method| messages(method).any(is_empty)).map(|method| {
        let symbol = format!("{}.{}", decl.full_name, method.name);
        let message = format!("`{symbol}` has `google.protobuf.Empty`, which can get no field");
        Finding::new(symbol, message).new_site(method.node, "").shape("Empty")
    });
    found.collect()
}

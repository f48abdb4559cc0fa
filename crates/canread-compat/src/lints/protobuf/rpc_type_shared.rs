//! Several methods take or give one message, so that none can have a field for itself.

use crate::lints::{prelude::*, seen::messages};

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/rpc_type_shared",
        title: "message shared by methods",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Backward, Effect::Meaning), Claim::on(Source, Backward, Effect::Error)],
        opt_in: true,
        since: "0.1.0",
        rationale: "What one method needs is added for all that share the message, and those have to say what they make of it; to \
                    take them apart later gives a method another type, which generated code feels. Interfaces that \
                    return resources share them on purpose, so this speaks only when it is asked to.",
        remedy: "Give each method a request and a response of its own.",
        spec: "https://buf.build/docs/lint/rules/",
        example: Example {
            old: "syntax = \"proto3\";\npackage shop;\nmessage Order {\n  int64 id = 1;\n}\nmessage Paid {}\nmessage Sent {}\nservice Orders {\n  rpc Pay(Order) returns (Paid);\n  rpc Send(Order) returns (Sent);\n}\n",
            new: "syntax = \"proto3\";\npackage shop;\nmessage Order {\n  int64 id = 1;\n}\nmessage PayRequest {\n  Order order = 1;\n}\nmessage SendRequest {\n  Order order = 1;\n}\nmessage Paid {}\nmessage Sent {}\nservice Orders {\n  rpc Pay(PayRequest) returns (Paid);\n  rpc Send(SendRequest) returns (Sent);\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("a field that one method needs stands in the requests of all"),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let methods = decl.as_service().into_iter().flat_map(|service| &service.methods);
    let mut found = Vec::new();
    for method in methods {
        let symbol = format!("{}.{}", decl.full_name, method.name);
        for id in messages(method) {
            let uses = seen.in_calls.get(&id).copied().unwrap_or_default();
            let name = &*seen.schema.decl(id).full_name;
            if uses < 2 || name.starts_with("google.protobuf.") {
                continue;
            }
            let message = format!("`{symbol}` shares `{name}` with other requests and responses");
            let finding = Finding::new(&symbol, message).new_site(method.node, "").shape(name);
            found.push(finding.note(format!("methods name it in {uses} places")));
        }
    }
    found
}

//! Several methods take or give one message, so that none can have a field for itself.

use crate::lints::prelude::*;

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
                    return resources share them on purpose, so this speaks only when it is asked to. One finding stands for a message.",
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
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    let uses = seen.in_calls.get(&id).copied().unwrap_or_default();
    if uses < 2 {
        return Vec::new();
    }
    let symbol = &*decl.full_name;
    let message = format!("`{symbol}` is the request or response of methods in {uses} places, which share its fields");
    vec![Finding::new(symbol, message).new_site(decl.node, "shared").shape("shared")]
}

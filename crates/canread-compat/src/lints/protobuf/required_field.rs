//! A required field can never be deleted.

use canread_model::Presence;

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/required_field",
        title: "required field",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Forward, Effect::Error)],
        since: "0.1.0",
        rationale: "A reader refuses a message without a required field, and whatever holds such a message. So the field \
                    can't be deleted, nor left unset by one writer, as long as one reader has the schema of today. It can't \
                    become optional either without care: old readers go on requiring it.",
        remedy: "Make the field optional, and check in the program that it is set.",
        spec: "https://protobuf.dev/programming-guides/proto2/#field-labels",
        example: Example {
            old: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  required int32 id = 1;\n}\n",
            new: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  optional int32 id = 1;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Later {
        rule: "protobuf/required_field_deleted",
        bad: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  reserved 1;\n  reserved \"id\";\n}\n",
        good: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  reserved 1;\n  reserved \"id\";\n}\n",
    },
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let required = fields(decl).iter().filter(|field| field.presence == Presence::Required);
    let found = required.map(|field| {
        let symbol = member(decl, &field.name);
        let message =
            format!("`{symbol}` is required: it can't be deleted, for readers of today refuse messages without it");
        Finding::new(symbol, message).new_site(field.node, "required").shape("required")
    });
    found.collect()
}

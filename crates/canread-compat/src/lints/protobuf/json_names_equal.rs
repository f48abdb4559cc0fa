//! Two fields have one name in JSON, which proto2 lets pass.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/json_names_equal",
        title: "two fields with one name in JSON",
        formats: &[Format::Protobuf],
        claims: &[
            Claim::on(Json, Backward, Effect::Error),
            Claim::on(Json, Forward, Effect::Error),
            Claim::on(Source, Backward, Effect::Error),
        ],
        since: "0.1.0",
        rationale: "In JSON, a field is called by its name in lower camel case, so that `user_id` and `userId` are one. proto2 \
                    lets that pass with a warning of protoc. What a document says under the name can be meant for one of \
                    the two only; Python's library does not even load the file. A file of proto3 or of an edition is \
                    refused, so this one can't be moved to either.",
        remedy: "Give one of the fields a `json_name` of its own.",
        spec: "https://protobuf.dev/editions/features/#json_format",
        example: Example {
            old: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  optional string user_id = 1;\n  optional string userId = 2;\n}\n",
            new: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  optional string user_id = 1;\n  optional string userId = 2 [json_name = \"legacyUserId\"];\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now(
        "Python, with upb: \"Couldn't build proto file into descriptor pool: duplicate json_name (userId)\"",
    ),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    twins(decl, |field| seen.schema.json_name(field).into_owned(), "have one name in JSON")
}

//! A group: another encoding than that of any message, in the one syntax that has it.

use canread_model::RecordKind;

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/group",
        title: "group",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Backward, Effect::Dropped), Claim::on(Wire, Forward, Effect::Dropped)],
        since: "0.1.0",
        rationale: "A group is framed by tags of its own instead of a length, which proto3 has no word for. Written as a message \
                    under the same number, as everybody would write it there, no side finds the other's value. Several \
                    tools know no groups at all.",
        remedy: "Use a message for new fields. To leave proto2, go to an edition, where `features.message_encoding = DELIMITED` \
                 keeps the bytes.",
        spec: "https://protobuf.dev/programming-guides/proto2/#groups",
        example: Example {
            old: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  optional group Item = 1 {\n    optional int32 id = 1;\n  }\n}\n",
            new: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  message Item {\n    optional int32 id = 1;\n  }\n  optional Item item = 1;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Later {
        rule: "protobuf/message_encoding_changed",
        bad: "syntax = \"proto3\";\npackage shop;\nmessage M {\n  message Item {\n    optional int32 id = 1;\n  }\n  optional Item item = 1;\n}\n",
        good: "syntax = \"proto3\";\npackage shop;\nmessage M {\n  message Item {\n    optional int32 id = 1;\n  }\n  optional Item item = 1;\n}\n",
    },
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    if decl.as_record().is_none_or(|record| record.kind != RecordKind::Group) {
        return Vec::new();
    }
    let symbol = &*decl.full_name;
    let message = format!("`{symbol}` is a group, which has other bytes than a message, and no word in proto3");
    vec![Finding::new(symbol, message).new_site(decl.node, "a group").shape("group")]
}

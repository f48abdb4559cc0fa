//! A closed enum in a list or map: an unknown value leaves the others in another order, or takes an entry away.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/closed_enum_in_list",
        title: "closed enum in a repeated field or map",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Forward, Effect::Dropped)],
        since: "0.1.0",
        rationale: "A reader of a closed enum moves numbers that it does not know to the unknown fields. In a single field \
                    that looks as if nothing was set. In a repeated field the values that are left close ranks, so that \
                    each stands at another place than it was written at, beside lists that go along with it; and a \
                    map loses the whole entry from sight. The first value that is added does that to every reader of today.",
        remedy: "Make the enum open: `option features.enum_type = OPEN` in an edition, or an enum of a proto3 file.",
        spec: "https://protobuf.dev/programming-guides/enum/#definitions",
        example: Example {
            old: "edition = \"2023\";\npackage shop;\nenum State {\n  option features.enum_type = CLOSED;\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  repeated State states = 1;\n}\n",
            new: "edition = \"2023\";\npackage shop;\nenum State {\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  repeated State states = 1;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Later {
        rule: "protobuf/enum_value_added",
        bad: "edition = \"2023\";\npackage shop;\nenum State {\n  option features.enum_type = CLOSED;\n  STATE_UNSPECIFIED = 0;\n  STATE_NEW = 1;\n}\nmessage M {\n  repeated State states = 1;\n}\n",
        good: "edition = \"2023\";\npackage shop;\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_NEW = 1;\n}\nmessage M {\n  repeated State states = 1;\n}\n",
    },
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let found = fields(decl).iter().filter_map(|field| {
        let (held, what) = match &field.ty.kind {
            TypeKind::List(list) => (&list.item, "the other values of the list change their places"),
            TypeKind::Map(map) => (&map.value, "the entry is lost from sight"),
            _ => return None,
        };
        let TypeKind::Ref(id) = held.kind else { return None };
        let held = seen.schema.decl(id);
        if held.as_enum()?.is_open {
            return None;
        }
        let (symbol, name) = (member(decl, &field.name), &held.full_name);
        let message =
            format!("`{symbol}` holds the closed enum `{name}`: where a reader does not know a value, {what}");
        Some(Finding::new(symbol, message).new_site(field.node, "many values of a closed enum").shape(&**name))
    });
    found.collect()
}

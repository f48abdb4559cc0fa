//! The zero of an enum means something, and nobody can tell it from nothing.

use canread_model::EnumValue;

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/enum_zero_has_meaning",
        title: "zero value of an enum has a meaning",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Backward, Effect::Meaning)],
        since: "0.1.0",
        rationale: "A field without presence is not written where it is zero, and zero is what a reader finds where a writer \
                    knew nothing of the field. So data from before the field says what its zero value says. Where \
                    that is a real choice, all old data has made it.",
        remedy: "Begin the enum with a value that says nothing, such as STATE_UNSPECIFIED = 0, or mark the field as optional.",
        spec: "https://protobuf.dev/best-practices/dos-donts/#unspecified-enum",
        example: Example {
            old: "syntax = \"proto3\";\npackage shop;\nenum State {\n  STATE_PAID = 0;\n  STATE_OPEN = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
            new: "syntax = \"proto3\";\npackage shop;\nenum State {\n  STATE_UNSPECIFIED = 0;\n  STATE_PAID = 2;\n  STATE_OPEN = 1;\n}\nmessage M {\n  State state = 1;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Warning,
    shows: Shows::Now("a message from before the field is read as if it said STATE_PAID"),
    instead_of: None,
    look,
};

/// Words that say that nothing is said, wherever they stand in a name.
const NOTHING: [&str; 10] = [
    "DEFAULT",
    "INVALID",
    "NOTHING",
    "UNASSIGNED",
    "UNDEFINED",
    "UNDETERMINED",
    "UNINITIALIZED",
    "UNKNOWN",
    "UNRECOGNIZED",
    "UNSPECIFIED",
];
/// The same, each as a word of its own: others hold them.
const NOTHING_ALONE: [&str; 17] = [
    "ABSENT",
    "ANY",
    "AUTO",
    "DUMMY",
    "EMPTY",
    "MISSING",
    "NIL",
    "NO",
    "NONE",
    "NULL",
    "OTHER",
    "RESERVED",
    "UNSET",
    "UNUSED",
    "UNSUPPORTED",
    "NOTSET",
    "UNSPEC",
];
/// The same at the end of a name; `NOT_STARTED` says something.
const NOTHING_WITH_NOT: [&str; 5] = ["NOT_APPLICABLE", "NOT_DEFINED", "NOT_KNOWN", "NOT_SET", "NOT_SPECIFIED"];

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    let Some(declared) = decl.as_enum() else { return Vec::new() };
    let Some(user) = seen.implicit_enums.get(&id) else { return Vec::new() };
    let mut zeros = declared.values.iter().filter(|value| value.number == Some(0));
    let Some(zero) = zeros.next() else { return Vec::new() };
    if says_nothing(zero) || zeros.any(says_nothing) {
        return Vec::new();
    }
    let name = format!("{}.{}", decl.full_name, zero.name);
    let message = format!("`{name}` is 0, and is what `{user}` says where nobody has set it");
    vec![Finding::new(name, message).new_site(zero.node, "also means: not set").shape("0")]
}

fn says_nothing(value: &EnumValue) -> bool {
    let name = value.name.to_uppercase();
    let plain = name.replace('_', "");
    NOTHING.iter().any(|word| plain.contains(word))
        || name.split('_').any(|word| NOTHING_ALONE.contains(&word))
        || NOTHING_WITH_NOT.iter().any(|word| name.ends_with(word))
}

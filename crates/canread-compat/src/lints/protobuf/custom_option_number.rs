//! A custom option has a number that every company may use at home.

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/custom_option_number",
        title: "custom option with an in-house number",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Backward, Effect::Reinterpreted), Claim::on(Wire, Forward, Effect::Reinterpreted)],
        since: "0.1.0",
        rationale: "The numbers 50000 to 99999 of options are for use within one organisation, and others have the same ones. A \
                    program that links files of two of them with one number does not start, and a plugin that knows the \
                    other one's option reads yours as that. Harmless as long as nobody outside compiles your files.",
        remedy: "For files that others get, ask for a number in the global registry of extensions.",
        spec: "https://protobuf.dev/programming-guides/proto3/#customoptions",
        example: Example {
            old: "syntax = \"proto3\";\npackage shop;\nimport \"google/protobuf/descriptor.proto\";\nextend google.protobuf.FieldOptions {\n  string unit = 50001;\n}\n",
            new: "syntax = \"proto3\";\npackage shop;\nimport \"google/protobuf/descriptor.proto\";\nextend google.protobuf.FieldOptions {\n  string unit = 1999;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("two files of two organisations that extend the same options with one number"),
    instead_of: None,
    look,
};

/// Source: descriptor.proto, the comment above `FileOptions`.
const IN_HOUSE: std::ops::RangeInclusive<i32> = 50_000..=99_999;

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let Some(extension) = decl.as_extension() else { return Vec::new() };
    let Some(number) = extension.field.number.map(|number| number.value).filter(|number| IN_HOUSE.contains(number))
    else {
        return Vec::new();
    };
    let extendee = extension.extendee.target().map(|id| &*seen.schema.decl(id).full_name).unwrap_or_default();
    if !extendee.starts_with("google.protobuf.") || !extendee.ends_with("Options") {
        return Vec::new();
    }
    let symbol = &*decl.full_name;
    let message = format!("the option `{symbol}` has the number {number}, which others have for options of their own");
    vec![
        Finding::new(symbol, message)
            .new_site(extension.field.node, "50000 to 99999 are in-house")
            .shape(number.to_string()),
    ]
}

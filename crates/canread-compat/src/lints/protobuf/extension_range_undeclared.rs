//! Numbers that anybody may take, and nobody writes down.

use canread_model::ExtensionRange;

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/extension_range_undeclared",
        title: "extension range without declarations",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Backward, Effect::Reinterpreted), Claim::on(Wire, Forward, Effect::Reinterpreted)],
        since: "0.1.0",
        rationale: "Two projects that extend the message without knowing of each other may take one number. Each reads what \
                    the other wrote as its own field. Declarations say who has which number, and the compiler holds \
                    extensions to them; a number that was given back can be reserved.",
        remedy: "Declare each extension in the range: `extensions 100 to 199 [declaration = {number: 100, full_name: \
                 \".shop.note\", type: \"string\"}, verification = DECLARATION]`.",
        spec: "https://protobuf.dev/programming-guides/extension_declarations/",
        example: Example {
            old: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  extensions 100 to 199;\n}\n",
            new: "syntax = \"proto2\";\npackage shop;\nmessage M {\n  extensions 100 to 199 [verification = DECLARATION];\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("two extensions with one number, in files that no program links together"),
    instead_of: None,
    look,
};

fn look(subject: Subject<'_>, _: &Seen<'_>) -> Vec<Finding> {
    let Some(decl) = subject.decl() else { return Vec::new() };
    let Some(record) = decl.as_record() else { return Vec::new() };
    let open: Vec<&ExtensionRange> = record.extension_ranges.iter().filter(|range| !is_declared(range)).collect();
    let [first, others @ ..] = &*open else { return Vec::new() };
    let symbol = &*decl.full_name;
    let message = format!("`{symbol}` can be extended with the numbers {} to {} by anybody", first.start, first.end);
    let finding = Finding::new(symbol, message).new_site(first.node, "no declarations").shape("undeclared");
    vec![if others.is_empty() {
        finding
    } else {
        finding.note(format!("and with those of {} further ranges", others.len()))
    }]
}

fn is_declared(range: &ExtensionRange) -> bool {
    let says = |annotation: &canread_model::Annotation| matches!(&*annotation.path, "declaration" | "verification");
    range.meta.annotations.iter().any(says)
}

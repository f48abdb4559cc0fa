//! What a message says about one of its extensions ahead is gone or different.

use super::enum_value::both;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_declaration_changed",
    title: "extension declaration changed or deleted",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A declaration keeps a number for one extension that somebody else defines, perhaps where this check does not \
                look. Without it, or with another type, another extension may take the number and read its data; and \
                an extension that does not agree with its declaration does not compile. Only another name, which a \
                rename of the extension needs, is a warning.",
    remedy: "Never delete a declaration: mark it with `reserved: true` when the extension goes.",
    spec: "https://protobuf.dev/programming-guides/extension_declarations/#never-delete",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199 [declaration = {number: 100, full_name: \".note\", type: \"string\"}, declaration = {number: 101, full_name: \".size\", type: \"int32\"}];\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199 [declaration = {number: 101, full_name: \".size\", type: \"int32\"}];\n}\n",
    },
    witness: Witness::NotInBytes(
        "data of the extension that was declared, under a schema where another one has its number",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::ExtensionDeclarationChanged { owner, number, old, new } = change else { return None };
    let symbol = owner.old.name();
    let told = |literal: &Literal| {
        let text = |name| match literal.field(name) {
            Some(Literal::String(text)) => text.to_string(),
            _ => String::new(),
        };
        let repeated = if literal.field("repeated") == Some(&Literal::Bool(true)) { "repeated " } else { "" };
        let reserved = if literal.field("reserved") == Some(&Literal::Bool(true)) { "reserved " } else { "" };
        (format!("{reserved}{repeated}{}", text("type")), text("full_name"))
    };
    let (old_type, old_name) = told(&old.value);
    let finding = match new {
        None => Finding::new(
            symbol,
            if old_name.is_empty() {
                format!("`{symbol}` no longer declares extension {number}: another one may take its number")
            } else {
                format!(
                    "`{symbol}` no longer declares extension {number}, `{old_name}`: another one may take its number"
                )
            },
        )
        .new_site(owner.new.decl().node, "no longer declared")
        .help("keep the declaration, with `reserved: true` if the extension is gone")
        .shape(format!("{number} {old_type} {old_name} -> none"))
        .severity(Severity::Error),
        Some(new) => {
            let (new_type, new_name) = told(&new.value);
            let finding = Finding::new(symbol, format!("`{symbol}` declared extension {number} as `{old_name}` ({old_type}) and declares it as `{new_name}` ({new_type})"))
                .new_site(new.node, "declared so now")
                .help("keep the declaration, and declare another number")
                .shape(format!("{number} {old_type} {old_name} -> {new_type} {new_name}"));
            if old_type == new_type { finding } else { finding.severity(Severity::Error) }
        }
    };
    Some(finding.old(old.node, "declared so until now").claims(both(Wire, Effect::Meaning)).claim(
        Source,
        Backward,
        Effect::Error,
    ))
}

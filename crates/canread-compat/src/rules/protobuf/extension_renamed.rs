//! The same extension under another full name.

use super::{
    declaration::{is_option, package_move},
    enum_value::both,
    restore,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_renamed",
    title: "extension renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "JSON and text format know an extension by its full name in brackets, so they refuse it under the other one. \
                That includes a rename that only follows from another: of the package, or of the message that the \
                extension is declared in. The wire has the number and is not affected.",
    remedy: "Keep the name, and the place where it is declared.",
    spec: "https://protobuf.dev/programming-guides/extension_declarations/#caution-renaming",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 100;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string remark = 100;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[note]": "fragile"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclRenamed(pair) = change else { return None };
    pair.old.decl().as_extension()?;
    let (old, new) = (pair.old.name(), pair.new.name());
    let decls = pair.decls();
    let mut finding = Finding::new(old, format!("extension `{old}` is called `{new}` now"))
        .old(decls.old.node, "its name until now")
        .new_site(decls.new.node, "its name now")
        .help("keep the name")
        .shape(format!("{old} -> {new}"))
        .claim(Source, Backward, Effect::Error);
    if !is_option(pair.old) {
        finding = finding
            .note(format!("JSON of the other version has `\"[{old}]\"` or `\"[{new}]\"`, and is refused"))
            .fix(restore::unnamed_decl(*pair))
            .claims(both(Json, Effect::Error));
    }
    finding.cause = package_move(*pair);
    Some(finding)
}

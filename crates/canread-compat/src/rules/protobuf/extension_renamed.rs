//! The same extension under another full name.

use super::{
    declaration::{is_option, package_move},
    enum_value::both,
    field, restore,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_renamed",
    title: "extension renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "JSON and text format know an extension by its full name in brackets, so they refuse it under the other one. \
                That includes a rename that only follows from another: of the package, or of the message that the \
                extension is declared in. The wire has the number, so a rename is safe there, but another own name looks \
                just like a new extension on an old number, which is not: a person should look.",
    remedy: "Keep the name, and the place where it is declared. If it is another extension, give it a number of its own.",
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

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    match change {
        Change::DeclRenamed(pair) => {
            let fields = field::extensions(*pair)?;
            let waits = field::is_renamed_only(&fields) && field::is_retargeted(&fields, context);
            (!waits && field::reuse(&fields).is_none()).then(|| finding(&fields))
        }
        // Of two messages that data can't tell apart only the name differs, too.
        Change::Field(fields, FieldChange::Target(consequences)) if fields.is_extension().old => {
            let speaks = field::is_renamed_only(fields) && fields.same_place();
            (speaks && !consequences.is_felt_on(Wire)).then(|| field::perhaps(finding(fields), fields, consequences))
        }
        _ => None,
    }
}

fn finding(fields: &FieldPair<'_>) -> Finding {
    let pair = fields.owner;
    let (old, new) = (pair.old.name(), pair.new.name());
    let decls = pair.decls();
    let is_in_doubt = field::is_renamed_only(fields);
    let doubt = if is_in_doubt { ": a rename, or another extension on its number?" } else { "" };
    let mut finding = Finding::new(old, format!("extension `{old}` is called `{new}` now{doubt}"))
        .old(decls.old.node, "its name until now")
        .new_site(decls.new.node, "its name now")
        .help("keep the name")
        .shape(format!("{old} -> {new}"))
        .claim(Source, Backward, Effect::Error);
    if !is_option(pair.old) {
        finding = finding
            .note(format!("JSON of the other version has `\"[{old}]\"` or `\"[{new}]\"`, and is refused"))
            .fix(restore::unnamed_decl(pair))
            .claims(both(Json, Effect::Error));
    }
    if is_in_doubt {
        finding = finding.claims(both(Wire, Effect::Meaning));
    }
    finding.cause = package_move(pair);
    finding
}

//! The same message or enum under another full name.

use super::declaration::{package_move, renamed_message, sort};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/declaration_renamed",
    title: "message or enum renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data does not name the messages and enums it is made of, so a rename, or a move to another package, breaks \
                neither the wire nor JSON, whatever other tools say: what counts is what is inside, and that is compared \
                under both names. Code that names it does not compile. One thing does carry the name of a message: a \
                `google.protobuf.Any`. In binary it is read and passed on even so, and only fails to unpack; but a \
                JSON parser must find the message to read it at all. A schema does not say what is put in an `Any`, \
                so that is a warning; but where the schemas have an `Any`, JSON is an error and the wire a warning.",
    remedy: "Nothing, if code is changed with it and the message is never in an `Any`. Else keep the name.",
    spec: "https://protobuf.dev/programming-guides/json/#any",
    example: Example {
        old: "syntax = \"proto3\";\nmessage Line {\n  int32 sku = 1;\n}\nmessage M {\n  Line line = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage Item {\n  int32 sku = 1;\n}\nmessage M {\n  Item line = 1;\n}\n",
    },
    witness: Witness::NotInBytes(
        "code that names the message, compiled against what is generated from the new schema; or the message in an \
         `Any`, written as JSON by the one side and parsed by the other",
    ),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::DeclRenamed(pair) = change else { return None };
    let decls = pair.decls();
    let is_message = decls.old.as_record().is_some();
    if !is_message && decls.old.as_enum().is_none() {
        return None;
    }
    let (old, new) = (pair.old.name(), pair.new.name());
    let mut finding = Finding::new(
        old,
        format!("{} `{old}` is called `{new}` now: code that names it does not compile", sort(pair.old)),
    )
    .old(decls.old.node, "its name until now")
    .new_site(decls.new.node, "its name now")
    .shape(format!("{old} -> {new}"))
    .help("keep the name, or change the code together with it")
    .claim(Source, Backward, Effect::Error);
    if is_message {
        let note = format!("in JSON, an `Any` that says `{old}` is only read where that name is known");
        finding = renamed_message(finding.note(note), context);
    }
    finding.cause = package_move(*pair);
    Some(finding)
}

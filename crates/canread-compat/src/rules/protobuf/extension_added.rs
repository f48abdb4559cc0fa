//! A message that was there before has a new extension.

use super::{declaration::is_option, field::FieldAt};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_added",
    title: "extension added",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire old readers keep an extension that they don't know, as they keep a field. JSON knows no unknown \
                extensions: an old parser with default settings refuses every document that has the new one. Custom \
                options are in schemas, not in data.",
    remedy: "Deploy the readers before the writers, or have JSON readers ignore what they don't know.",
    spec: "https://protobuf.dev/programming-guides/json/#non-goals-optimal-schema-evolution",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 100;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[note]": "fragile"}"#,
        shows: Claim::on(Json, Forward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::ExtensionAdded { owner, new } = change else { return None };
    let extension = FieldAt { owner: *new, field: &new.decl().as_extension()?.field };
    // One of that name is known under another number: it has moved, and the rules about numbers speak.
    if is_option(*new) || extension.namesake(owner.old).is_some() {
        return None;
    }
    let (symbol, number) = (new.name(), extension.number());
    let message = format!(
        "extension `{symbol}` = {number} of `{}` is new: an old JSON reader refuses documents that have it",
        owner.new.name()
    );
    let finding = Finding::new(symbol, message)
        .old(owner.old.decl().node, "old readers know no such extension")
        .new_site(new.decl().node, "added here")
        .shape(format!("{} = {number}", extension.type_name()))
        .help("deploy the readers first");
    Some(finding)
}

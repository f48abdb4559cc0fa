//! An extension of the same message under another number.

use super::{declaration::is_option, enum_value::both, restore};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_renumbered",
    title: "extension has another number",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Source, Backward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data knows an extension by its number, as any field. Under another number it is another extension: readers \
                of either version have the data of the other among the unknown fields. JSON has its full name and is \
                not affected. Schemas, not data, have the values of custom options, so of those only code that reads \
                schemas compiled before is concerned.",
    remedy: "Keep the number.",
    spec: "https://protobuf.dev/programming-guides/extension_declarations/#reusing",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 100;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 101;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[note]": "fragile"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::Field(fields, FieldChange::Number) = change else { return None };
    let owner = fields.owner;
    owner.old.decl().as_extension()?;
    let (symbol, old, new) = (owner.old.name(), fields.old.number?.value, fields.new.number?.value);
    let finding = Finding::new(
        symbol,
        format!(
            "extension `{symbol}` was number {old} and is {new}: readers do not find it in data of the other version"
        ),
    )
    .old(fields.old.node, format!("written under {old} until now"))
    .new_site(fields.new.node, format!("read under {new} now"))
    .help(format!("give it back number {old}"))
    .fix(restore::extension_number(fields))
    .shape(format!("{old} -> {new}"));
    Some(if is_option(owner.old) {
        finding.claim(Source, Backward, Effect::Meaning)
    } else {
        finding.claims(both(Wire, Effect::Dropped))
    })
}

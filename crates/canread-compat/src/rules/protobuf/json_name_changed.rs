//! The same field under another key in JSON.

use super::field::{self, FieldAt};
use super::restore;
use crate::{DeclAt, json_name, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/json_name_changed",
    title: "name in JSON changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Writers use the JSON name as the key; readers take that and the field's own name. A key that a reader does \
                not know is an error, and one that it knows another field by is read as that field, without an error.",
    remedy: "Keep the JSON name.",
    spec: "https://protobuf.dev/programming-guides/json/#field-names",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string net = 1 [json_name = \"a\"];\n  string gross = 2 [json_name = \"b\"];\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string net = 1 [json_name = \"b\"];\n  string gross = 2 [json_name = \"a\"];\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"a": "90"}"#,
        shows: Claim::on(Json, Backward, Effect::Reinterpreted),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (fields, FieldChange::JsonName) = field::kept(change)? else { return None };
    let (old, new) = field::halves(fields);
    let effects = (key_effect(old, new.owner), key_effect(new, old.owner));
    if effects == (Effect::Ok, Effect::Ok) {
        return None;
    }
    let keys = (json_name(old.owner, fields.old), json_name(new.owner, fields.new));
    let symbol = old.symbol();
    let consequence = match effects.0.max(effects.1) {
        Effect::Reinterpreted => "readers know another field by that key",
        _ => "readers refuse the key of the other version",
    };
    let message = format!("`{symbol}` was `{}` in JSON and is `{}`: {consequence}", keys.0, keys.1);
    let finding = Finding::new(&symbol, message)
        .old(fields.old.node, format!("written as `{}` until now", keys.0))
        .new_site(fields.new.node, format!("written as `{}` now", keys.1))
        .shape(format!("{} -> {}", keys.0, keys.1))
        .help(format!("keep the old key: `[json_name = \"{}\"]`", keys.0))
        .fix(restore::field_key(fields))
        .claims([Claim::on(Json, Backward, effects.0), Claim::on(Json, Forward, effects.1)]);
    Some(finding)
}

/// What a reader makes of the key alone; what it makes of the value is for the rule about types to say.
fn key_effect<'a>(writer: FieldAt<'a>, reader: DeclAt<'a>) -> Effect {
    match writer.found_by_json(reader) {
        None => Effect::Error,
        Some(found) if found.number() == writer.number() || found.field.name == writer.field.name => Effect::Ok,
        Some(_) => Effect::Reinterpreted,
    }
}

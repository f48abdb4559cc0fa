//! The same number and type under another name.

use super::{field, restore};
use crate::{FieldPair, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_renamed",
    title: "field renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire names play no part, so a rename is safe there, but a rename looks just like a new field on an \
                old number, which is not: a person should look. JSON, text format, field masks and generated code know \
                the field by its name. A `json_name` that keeps the old key keeps JSON documents valid.",
    remedy: "If it is a rename, and JSON matters, keep the old key with `json_name`. If it is another field, give it a \
             number of its own.",
    spec: "https://protobuf.dev/programming-guides/json/#field-names",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string note = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string remark = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"note": "fragile"}"#,
        shows: Claim::on(Json, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::Field(fields, what) = change else { return None };
    if !field::is_in_message(fields) || !field::is_renamed_only(fields) {
        return None;
    }
    match what {
        FieldChange::Name if !field::is_retargeted(fields, context) => Some(finding(fields)),
        // Of two messages that data can't tell apart, as far as anybody can say, only the name differs, too.
        FieldChange::Target(consequences) if !consequences.is_felt_on(Wire) => {
            Some(field::perhaps(finding(fields), fields, consequences))
        }
        _ => None,
    }
}

fn finding(fields: &FieldPair<'_>) -> Finding {
    let (old, new) = field::halves(fields);
    let (symbol, key) = (old.symbol(), crate::json_name(old.owner, fields.old));
    let json = (old.read_as_json(new.owner), new.read_as_json(old.owner));
    let message = format!("`{symbol}` is called `{}` now: a rename, or another field on its number?", fields.new.name);
    let finding = Finding::new(&symbol, message)
        .old(fields.old.node, format!("number {} was called this", old.number()))
        .new_site(fields.new.node, "the same number and type")
        .shape(format!("{} {} -> {}", old.number(), fields.old.name, fields.new.name))
        .fix(restore::field_name(fields))
        .claim(Wire, Backward, Effect::Meaning)
        .claim(Wire, Forward, Effect::Meaning)
        .claims([Claim::on(Json, Backward, json.0), Claim::on(Json, Forward, json.1)])
        .claim(Source, Backward, Effect::Error);
    if json.0 == Effect::Ok {
        return finding.help("keep the old name, or give another field a number of its own");
    }
    let reads = if json.0 == Effect::Error { "do not know" } else { "read as another field" };
    finding
        .note(format!("JSON of old writers has the key `{key}`, which new readers {reads}"))
        .help(format!("keep the old name, or at least its key in JSON: `[json_name = \"{key}\"]`"))
}

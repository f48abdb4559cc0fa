//! The same name under another number.

use super::deletion::{Deletion, Sort};
use super::field::{self, FieldAt};
use super::{oneof, restore};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_renumbered",
    title: "field has another number",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Lossy),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Lossy),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a field is its number. Under another number it is another field: readers of either version \
                keep the data of the other among the unknown fields, and find the default instead. A required field is \
                missing then, and the message is refused. JSON goes by name and is not affected, unless the type \
                changed too.",
    remedy: "Keep the number.",
    spec: "https://protobuf.dev/programming-guides/proto3/#wire-unsafe-changes",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string note = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string note = 2;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"note": "fragile"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    if let Change::Field(fields, FieldChange::Number) = change {
        let (old, new) = field::halves(fields);
        // An extension is another one then, which is for the rules about extensions to say.
        return old.record().map(|_| finding(old, new, context));
    }
    let old = Deletion::of_sort(change, Sort::Moved)?;
    let new = old.owner.new.field(&old.field.field.name)?;
    Some(finding(old.field, FieldAt { owner: old.owner.new, field: new }, context))
}

fn finding(old: FieldAt<'_>, new: FieldAt<'_>, context: &Context<'_>) -> Finding {
    let (symbol, numbers) = (old.symbol(), (old.number(), new.number()));
    let message = format!(
        "`{symbol}` was number {} and is {}: readers do not find it in the data of the other version",
        numbers.0, numbers.1
    );
    let wire = |reader: FieldAt<'_>| match reader.field.presence {
        Presence::Required => Effect::Error,
        _ => Effect::Dropped,
    };
    let json = (old.read_as_json(new.owner), new.read_as_json(old.owner));
    let mut finding = Finding::new(&symbol, message);
    if json != (Effect::Ok, Effect::Ok) {
        finding =
            finding.note(format!("JSON goes by the name, but it was {} and is {}", old.type_name(), new.type_name()));
    }
    finding
        .old(old.field.node, format!("written under {} until now", numbers.0))
        .new_site(new.field.node, format!("read under {} now", numbers.1))
        .shape(format!("{} -> {}", numbers.0, numbers.1))
        .fix(restore::field_number(old, new))
        .help(format!("give it back number {}", numbers.0))
        .claim(Wire, Backward, wire(new))
        .claim(Wire, Forward, wire(old))
        .claims([Claim::on(Json, Backward, json.0), Claim::on(Json, Forward, json.1)])
        .claims(oneof::json_conflicts(old, new, context))
}

//! The same number and name, but values of another type.

use canread_model::Int;

use super::{
    convert::{self, Kind, Verdict},
    field, restore,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_type_changed",
    title: "field has another type",
    formats: &[Format::Protobuf],
    claims: convert::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "Protobuf data carries a wire type but not the schema type. A reader with another type either finds \
                the wrong wire type and drops the value, or reads the same bits as another value without noticing. \
                JSON has a table of its own: there 5000000000 in an int32 is an error, and text in a bytes field \
                is taken for base64. What an enum's number becomes in a bool or an unsigned integer is told by the \
                numbers that the enum declares. An open enum keeps others as well, which no sender should have; that \
                they would not survive is a note.",
    remedy: "Keep the type. To change it, add a new field, write both for a while, then delete this one and reserve \
             its number and name.",
    spec: "https://protobuf.dev/programming-guides/proto3/#updating",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int64 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"id": "5000000000"}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let (fields, FieldChange::Type) = field::kept(change)? else { return None };
    let (old, _) = field::halves(fields);
    let names = field::type_names(fields);
    let verdict = field::verdict(fields);
    let finding = field::told(old.symbol(), &format!("was {} and is {}", names.old, names.new), verdict)
        .old(fields.old.ty.node, format!("written as {} until now", names.old))
        .new_site(fields.new.ty.node, format!("read as {} now", names.new))
        .shape(format!("{} -> {}", names.old, names.new))
        .fix(restore::field_type(fields))
        .help("keep the type, or add a new field and reserve this one")
        .claims(verdict.claims())
        .claim(Source, Backward, Effect::Error);
    Some(undeclared(fields, verdict).into_iter().fold(finding, Finding::note))
}

/// What becomes of numbers that an open enum keeps though it does not declare them, where those that it declares survive.
fn undeclared(fields: &FieldPair<'_>, verdict: Verdict) -> Option<String> {
    let slots = field::slots(fields);
    let (writer, who, direction) = match (slots.old.kind, slots.new.kind) {
        (Kind::Enum(old), _) => (old, "a new reader of old", Backward),
        (_, Kind::Enum(new)) => (new, "an old reader of new", Forward),
        _ => return None,
    };
    let loss = match if direction == Backward { slots.new.kind } else { slots.old.kind } {
        Kind::Bool => "any but zero as true",
        Kind::Int(Int { signed: false, .. }) => "negative ones as very large ones",
        _ => return None,
    };
    let survives = writer.is_open && verdict.wire(direction).0 == Effect::Ok;
    survives.then(|| format!("{who} data reads numbers that the open enum does not declare, if there are any: {loss}"))
}

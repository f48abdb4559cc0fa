//! The same number and name, but values of another type.

use super::{convert, field, restore};
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
                is taken for base64.",
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
    Some(finding)
}

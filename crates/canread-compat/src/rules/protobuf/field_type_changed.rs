//! The same number and name, but values of another type.

use super::convert::{self, Kind};
use crate::{Shape, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_type_changed",
    title: "field has another type",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Lossy),
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
        Claim::on(Json, Backward, Effect::Lossy),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Lossy),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Protobuf data carries a wire type but not the schema type. A reader with another type either finds \
                the wrong wire type and drops the value, or reads the same bits as another value without noticing.",
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

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::Field(fields, FieldChange::Type) = change else { return None };
    if !fields.same_name() || !fields.same_number() {
        return None;
    }
    let shapes = Pair { old: Shape::of(&fields.old.ty), new: Shape::of(&fields.new.ty) };
    let kinds = Pair {
        old: Kind::of(context.versions.old, shapes.old.element),
        new: Kind::of(context.versions.new, shapes.new.element),
    };
    let names = Pair {
        old: convert::type_name(context.versions.old, &fields.old.ty),
        new: convert::type_name(context.versions.new, &fields.new.ty),
    };
    let symbol = field_symbol(fields.owner.old, fields.old);
    let mut finding =
        Finding::new(&symbol, format!("`{}` changed its type from {} to {}", symbol, names.old, names.new))
            .old(fields.old.ty.node, format!("written as {} until now", names.old))
            .new_site(fields.new.ty.node, format!("read as {} now", names.new))
            .note(format!("a new reader of old data {}", convert::read(kinds.old, kinds.new).because))
            .note(format!("an old reader of new data {}", convert::read(kinds.new, kinds.old).because))
            .shape(format!("{} -> {}", names.old, names.new))
            .fix(Fix::Restore { old: fields.old.ty.node, new: fields.new.ty.node })
            .help("keep the type, or add a new field and reserve this one");
    finding.claims = convert::claims(kinds);
    Some(finding)
}

//! A name that was reserved is free again.

use super::enum_value::both;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/reserved_name_released",
    title: "reserved name released",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Json, Backward, Effect::Meaning), Claim::on(Json, Forward, Effect::Meaning)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Nothing happens yet, and the wire knows no names. JSON, text format and field masks do: whoever takes the \
                name next takes over documents of the retired field or value, and no later comparison can tell.",
    remedy: "Keep the reservation for ever; it costs nothing.",
    spec: "https://protobuf.dev/programming-guides/proto3/#reserved-field-names",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  reserved 2;\n  reserved \"note\";\n  int32 id = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  reserved 2;\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes(
        "what is read wrongly is JSON from before the name was retired, under a schema that takes the name again",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::NameUnreserved { owner, name } = change else { return None };
    let (symbol, freed) = (owner.old.name(), &name.name);
    let message =
        format!("`{symbol}` no longer reserves the name `{freed}`: what takes it next reads JSON of the retired one");
    let finding = Finding::new(symbol, message)
        .old(name.node, "reserved until now")
        .new_site(owner.new.decl().node, "free here")
        .help(format!("reserve `{freed}` again"))
        .fix(Fix::Reserve { owner: owner.new.decl().node, numbers: Vec::new(), names: vec![freed.to_string()] })
        .shape(format!("reserved name {freed}"))
        .claims(both(Json, Effect::Meaning));
    Some(finding)
}

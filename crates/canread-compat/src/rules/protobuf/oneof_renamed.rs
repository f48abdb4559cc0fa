//! A oneof is known by another name.

use super::restore;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/oneof_renamed",
    title: "oneof renamed",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Neither the wire nor JSON knows the name of a oneof. Generated code does.",
    remedy: "Keep the name, or adapt the code that uses it.",
    spec: "https://protobuf.dev/programming-guides/encoding/#oneofs",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  oneof payment {\n    string card = 1;\n  }\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  oneof means {\n    string card = 1;\n  }\n}\n",
    },
    witness: Witness::NotInBytes("code that asks which case of the oneof is set is compiled against the new code"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::OneofRenamed { owner, oneof } = change else { return None };
    let symbol = member(owner.old, &oneof.old.name);
    let finding = Finding::new(&symbol, format!("oneof `{symbol}` is called `{}` now", oneof.new.name))
        .old(oneof.old.node, "called this until now")
        .new_site(oneof.new.node, "called this now")
        .shape(format!("{} -> {}", oneof.old.name, oneof.new.name))
        .fix(restore::oneof_name(*owner, *oneof))
        .help("keep the name, or adapt the code that uses it");
    Some(finding)
}

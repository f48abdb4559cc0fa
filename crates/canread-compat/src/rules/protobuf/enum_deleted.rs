//! An enum is gone.

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/enum_deleted",
    title: "enum deleted",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data has values of an enum only in fields, and neither the wire nor JSON names the enum; what becomes of \
                those fields is said about them. Code that names the enum does not compile.",
    remedy: "Keep the enum, marked as deprecated, until no code names it.",
    spec: "https://protobuf.dev/programming-guides/proto3/#enum",
    example: Example {
        old: "syntax = \"proto3\";\nenum State {\n  STATE_UNSPECIFIED = 0;\n}\nmessage M {\n  State state = 1;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 state = 1;\n}\n",
    },
    witness: Witness::NotInBytes("code that names the enum, compiled against what is generated from the new schema"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclRemoved { old, .. } = change else { return None };
    old.decl().as_enum()?;
    let symbol = old.name();
    let finding = Finding::new(symbol, format!("enum `{symbol}` is gone: code that names it does not compile"))
        .old(old.decl().node, "an enum until now")
        .help("keep it, marked as deprecated")
        .shape("deleted");
    Some(finding)
}

//! A package is gone, and its declarations are in another one under their own names.

use super::{
    declaration::{Contents, renamed_message},
    enum_value::both,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/package_renamed",
    title: "package renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Rpc, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data does not name the messages it is made of, so the wire is not affected. A call does name its service, \
                with the package: old clients call a path that is no longer served. JSON names extensions, and the \
                messages inside a `google.protobuf.Any` (`@type`); which messages those are a schema does not say, so \
                without extensions, and without an `Any` anywhere, that is a warning. In binary, an `Any` is read and passed on even so, and only \
                fails to unpack. One finding stands for everything that moved.",
    remedy: "Keep the package. If it must change, serve the old service paths beside the new ones.",
    spec: "https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests",
    example: Example {
        old: "syntax = \"proto3\";\npackage shop;\nmessage Order {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(Order) returns (Order);\n}\n",
        new: "syntax = \"proto3\";\npackage store;\nmessage Order {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(Order) returns (Order);\n}\n",
    },
    witness: Witness::NotInBytes("a call to `/shop.Orders/Get` on a server of the new version: it is not implemented"),
    check,
};

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    let Change::NamespaceRenamed { name, decls } = change else { return None };
    let contents = Contents::of(decls.iter().map(|pair| pair.old));
    let called = |name: &str| if name.is_empty() { "no package".to_owned() } else { format!("package `{name}`") };
    let symbol = if name.old.is_empty() { name.new } else { name.old };
    let message = format!("what was in {} is in {} now: {}", called(name.old), called(name.new), contents.words());
    let mut finding = Finding::new(symbol, message)
        .help("keep the package name")
        .shape(format!("{} -> {}", name.old, name.new))
        .claim(Source, Backward, Effect::Error);
    if let Some(first) = decls.first() {
        finding =
            finding.old(first.old.module().node, called(name.old)).new_site(first.new.module().node, called(name.new));
    }
    if contents.services > 0 {
        finding = finding
            .note(format!(
                "calls name the package, so calls of its {} fail",
                if contents.services == 1 { "service" } else { "services" }
            ))
            .claims(both(Rpc, Effect::Error));
    }
    if contents.messages > 0 {
        finding = renamed_message(finding, context);
    }
    if contents.extensions > 0 {
        finding = finding.note("JSON names extensions in full, so it is refused").claims(both(Json, Effect::Error));
    }
    Some(finding)
}

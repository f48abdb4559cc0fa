//! The same service under another full name.

use super::{
    declaration::{package_move, plural},
    enum_value::both,
    restore,
};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/service_renamed",
    title: "service renamed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Rpc, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A call names package, service and method, so to rename a service, or to move it to another package, is to \
                delete it as far as clients are concerned: they call a path that is not served, whichever side is \
                older.",
    remedy: "Serve the old name beside the new one until nobody calls it.",
    spec: "https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M);\n  rpc Cancel(M) returns (M);\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice OrderService {\n  rpc Get(M) returns (M);\n  rpc Cancel(M) returns (M);\n}\n",
    },
    witness: Witness::NotInBytes("a call to `/Orders/Get` on a server of the new version: it is not implemented"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclRenamed(pair) = change else { return None };
    let methods = pair.old.decl().as_service()?.methods.len();
    let (old, new) = (pair.old.name(), pair.new.name());
    let decls = pair.decls();
    let message = format!(
        "service `{old}` is called `{new}` now: calls of {} go to a path that is not served",
        plural(methods, "method")
    );
    let mut finding = Finding::new(old, message)
        .old(decls.old.node, "its name until now")
        .new_site(decls.new.node, "its name now")
        .help("keep the name, or serve the old one beside the new one")
        .fix(restore::unnamed_decl(*pair))
        .shape(format!("{old} -> {new}"))
        .claims(both(Rpc, Effect::Error))
        .claim(Source, Backward, Effect::Error);
    finding.cause = package_move(*pair);
    Some(finding)
}

//! A service is gone.

use super::declaration::plural;
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/service_deleted",
    title: "service deleted",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Rpc, Backward, Effect::Error), Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A call names package, service and method. Old clients go on calling a path that no new server has, and get \
                UNIMPLEMENTED. One finding stands for all methods of the service.",
    remedy: "Keep the service, marked as deprecated, until nobody calls it.",
    spec: "https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M);\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\n",
    },
    witness: Witness::NotInBytes("a call to `/Orders/Get` on a server of the new version: it is not implemented"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclRemoved { old, .. } = change else { return None };
    let methods = old.decl().as_service()?.methods.len();
    let symbol = old.name();
    let message =
        format!("service `{symbol}` is gone, with {}: old clients call what no server has", plural(methods, "method"));
    let finding = Finding::new(symbol, message)
        .old(old.decl().node, "a service until now")
        .help("keep it, marked as deprecated, until nobody calls it")
        .shape("deleted");
    Some(finding)
}

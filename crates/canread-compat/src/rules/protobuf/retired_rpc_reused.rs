//! The name of a method that a version of the history did without takes or returns something else.

use crate::history::signature;
use crate::rules::retired::{as_changed, returned, told};
use crate::{Reused, rule::prelude::*};

use super::rpc;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/retired_rpc_reused",
    title: "method comes back with other messages",
    formats: &[Format::Protobuf],
    claims: rpc::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "A call names its method, and nothing else. Where a method was retired and comes back with another request, \
                response or stream, clients of that time call it again, with messages that the server takes for others. \
                The version before the new one does not have the method, so nothing looks wrong between the two. What \
                happens is what the rules say about such a change; where the messages are alike, nothing is said.",
    remedy: "Choose a name that no version of the history ever had.",
    spec: "https://protobuf.dev/programming-guides/proto3/#services",
    example: Example {
        old: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\n\
              service Orders {\n  rpc Get(A) returns (A);\n  rpc List(A) returns (A);\n}\n// next version\n\
              syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\n\
              service Orders {\n  rpc List(A) returns (A);\n}\n",
        new: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\n\
              service Orders {\n  rpc Get(B) returns (A);\n  rpc List(A) returns (A);\n}\n",
    },
    witness: Witness::NotInBytes(
        "a call of a client of the first version, with an id that needs 33 bits, at a server of the new version",
    ),
    check,
};

const SAME_CAUSE: &[&str] =
    &["protobuf/rpc_request_changed", "protobuf/rpc_response_changed", "protobuf/rpc_streaming_changed"];

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = returned(change)?;
    let Reused::Method(owner, methods) = &one.what else { return None };
    let was = signature(owner.old.schema, methods.old);
    let is = signature(owner.new.schema, methods.new);
    let symbols = one.what.symbols();
    let finding = told(one, &format!("`{}`", symbols.new), &format!("`{was}`"), &format!("`{is}`"))
        .help("choose a name that was never used")
        .shape(format!("{was} => {is}"))
        .speaks_for(SAME_CAUSE, &symbols);
    let finding = as_changed(finding, one, &RULE, &[Rpc, Wire, Json, Source]);
    finding.claims.iter().any(|claim| claim.surface != Source).then_some(finding)
}

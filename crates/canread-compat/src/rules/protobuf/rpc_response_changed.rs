//! A method returns another message.

use super::rpc::{self, Payload};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/rpc_response_changed",
    title: "method returns another message",
    formats: &[Format::Protobuf],
    claims: rpc::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "A call does not name its message, so what counts is how the two differ, field by field: what is said about \
                each difference holds for responses of old servers at new clients (backward) and of new servers at old \
                clients (forward). Where they don't differ, only code notices.",
    remedy: "Return the old message, or add another method.",
    spec: "https://protobuf.dev/programming-guides/proto3/#services",
    example: Example {
        old: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(A) returns (A);\n}\n",
        new: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(A) returns (B);\n}\n",
    },
    witness: Witness::NotInBytes("a call of a new client at an old server that returns an id which needs 33 bits"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::Method { owner, method, change: MethodChange::Response(consequences) } = change else { return None };
    let types = Pair { old: method.old.returns.as_ref()?, new: method.new.returns.as_ref()? };
    Some(Payload { verb: "returns", owner: *owner, method: *method, types, consequences }.finding())
}

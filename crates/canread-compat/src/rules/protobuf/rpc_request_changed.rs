//! A method takes another message.

use canread_model::Parameters;

use super::rpc::{self, Payload};
use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/rpc_request_changed",
    title: "method takes another message",
    formats: &[Format::Protobuf],
    claims: rpc::CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "A call does not name its message, so what counts is how the two differ, field by field: what is said about \
                each difference holds for requests of old clients at new servers (backward) and of new clients at old \
                servers (forward). Where they don't differ, only code notices.",
    remedy: "Take the old message, or add another method.",
    spec: "https://protobuf.dev/programming-guides/proto3/#services",
    example: Example {
        old: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(A) returns (A);\n}\n",
        new: "syntax = \"proto3\";\nmessage A {\n  int64 id = 1;\n}\nmessage B {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(B) returns (A);\n}\n",
    },
    witness: Witness::NotInBytes(
        "a call of an old client, with an id that needs 33 bits, at a server of the new version",
    ),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::Method { owner, method, change: MethodChange::Request(consequences) } = change else { return None };
    let (Parameters::Message(old), Parameters::Message(new)) = (&method.old.parameters, &method.new.parameters) else {
        return None;
    };
    Some(Payload { verb: "takes", owner: *owner, method: *method, types: Pair { old, new }, consequences }.finding())
}

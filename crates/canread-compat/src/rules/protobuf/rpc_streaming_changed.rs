//! One side of a call sends many messages where it sent one, or the reverse.

use super::{enum_value::both, restore};
use crate::{change::streaming, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/rpc_streaming_changed",
    title: "method changed its streaming",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Rpc, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "The two sides of a call must agree on who sends how many messages. In gRPC one message looks like a stream \
                of one, so the call goes on until a second message comes, or none; Connect and gRPC-Web answer another \
                content type, or none at all, at once. Either way old clients and new servers cannot rely on each \
                other, nor new clients and old servers.",
    remedy: "Add another method that streams.",
    spec: "https://connectrpc.com/docs/protocol/#streaming-rpcs",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc List(M) returns (M);\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc List(M) returns (stream M);\n}\n",
    },
    witness: Witness::NotInBytes("a call of an old client at a server of the new version that sends two messages"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::Method { owner, method, change: MethodChange::Streaming } = change else { return None };
    let symbol = method_symbol(owner.old, method.old);
    let kinds = Pair { old: streaming(method.old), new: streaming(method.new) };
    let message = format!(
        "`{symbol}` was {} and is {}: clients and servers of the two versions cannot rely on each other",
        kinds.old, kinds.new
    );
    let finding = Finding::new(&symbol, message)
        .old(method.old.node, kinds.old)
        .new_site(method.new.node, kinds.new)
        .help("keep it as it was, or add another method")
        .fix(restore::streams(*method))
        .shape(format!("{} -> {}", kinds.old, kinds.new))
        .claims(both(Rpc, Effect::Error))
        .claim(Source, Backward, Effect::Error);
    Some(finding)
}

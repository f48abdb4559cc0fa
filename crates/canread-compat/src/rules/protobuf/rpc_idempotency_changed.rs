//! What calling a method twice does is another thing now.

use canread_model::Idempotency;

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "protobuf/rpc_idempotency_changed",
    title: "method changed its idempotency level",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Rpc, Backward, Effect::Meaning),
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Rpc, Forward, Effect::Meaning),
        Claim::on(Rpc, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "In Connect a method without side effects may be called with HTTP GET. Clients that do so fail at servers \
                that know it otherwise, in whichever direction. As clients must be told to use GET, that is a warning. \
                And whoever repeats calls because a method is idempotent repeats them at a server where it is not.",
    remedy: "Keep the level. A method that gains side effects is another method.",
    spec: "https://connectrpc.com/docs/protocol/#unary-get-request",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M) {\n    option idempotency_level = NO_SIDE_EFFECTS;\n  }\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M);\n}\n",
    },
    witness: Witness::NotInBytes("a Connect GET request of an old client at a server of the new version: 405"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::Method { owner, method, change: MethodChange::Idempotency } = change else { return None };
    let symbol = method_symbol(owner.old, method.old);
    let levels = Pair { old: method.old.idempotency, new: method.new.idempotency };
    let words = Pair { old: word(levels.old), new: word(levels.new) };
    let mut finding = Finding::new(&symbol, format!("`{symbol}` was {} and is {}", words.old, words.new))
        .old(method.old.node, words.old)
        .new_site(method.new.node, words.new)
        .help("keep the level")
        .shape(format!("{} -> {}", words.old, words.new));
    for (direction, client, server) in [(Backward, levels.old, levels.new), (Forward, levels.new, levels.old)] {
        let clients = if direction == Backward { "old clients" } else { "new clients" };
        if client == Idempotency::NoSideEffects {
            finding = finding.note(format!("{clients} that use GET are refused")).claim_as(
                Rpc,
                direction,
                Effect::Error,
                Severity::Warning,
            );
        } else if client == Idempotency::Idempotent && server == Idempotency::Unknown {
            finding = finding.note(format!("{clients} may repeat calls that must not be repeated")).claim(
                Rpc,
                direction,
                Effect::Meaning,
            );
        }
    }
    (!finding.claims.is_empty()).then_some(finding)
}

fn word(level: Idempotency) -> &'static str {
    match level {
        Idempotency::NoSideEffects => "without side effects",
        Idempotency::Idempotent => "idempotent",
        _ => "of unknown idempotency",
    }
}

//! A protocol is gone.

use canread_model::DeclKind;

use crate::rule::prelude::*;

pub(super) const RULE: Rule = Rule {
    id: "avro/protocol_deleted",
    title: "protocol deleted",
    formats: &[Format::Avro],
    claims: &[Claim::on(Rpc, Backward, Effect::Error), Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Old clients go on calling its messages, and no new server has them. A protocol without messages, which \
                only holds types, is missed by source code alone.",
    remedy: "Keep the protocol until nobody calls it.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#protocol-wire-format",
    example: Example {
        old: r#"{"protocol": "P", "messages": {"get": {"request": [{"name": "id", "type": "long"}], "response": "string"}}}"#,
        new: r#"{"protocol": "Q", "messages": {"ping": {"request": [], "response": "null"}}}"#,
    },
    witness: Witness::NotInBytes("a call of `get` to a server of the new version: it knows no such protocol"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::DeclRemoved { old, .. } = change else { return None };
    let DeclKind::Service(service) = &old.decl().kind else { return None };
    let symbol = old.name();
    let has_messages = !service.methods.is_empty();
    let what = if has_messages { "old clients call what no server has" } else { "it had no messages, only types" };
    let finding = Finding::new(symbol, format!("protocol `{symbol}` is gone: {what}"))
        .old(old.decl().node, "a protocol until now")
        .help("keep it until nobody calls it")
        .shape("deleted")
        .claim(Source, Backward, Effect::Error);
    Some(if has_messages { finding.claim(Rpc, Backward, Effect::Error) } else { finding })
}

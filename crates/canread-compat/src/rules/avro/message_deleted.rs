//! A message of a protocol is gone.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/message_deleted",
    title: "protocol message deleted",
    formats: &[Format::Avro],
    claims: &[Claim::on(Rpc, Backward, Effect::Error), Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A call names its message. Old clients go on calling one that no new server has, and get an error.",
    remedy: "Keep the message until nobody calls it.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#protocol-wire-format",
    example: Example {
        old: r#"{"protocol": "P", "messages": {"get": {"request": [{"name": "id", "type": "long"}], "response": "string"}, "ping": {"request": [], "response": "null"}}}"#,
        new: r#"{"protocol": "P", "messages": {"get": {"request": [{"name": "id", "type": "long"}], "response": "string"}}}"#,
    },
    witness: Witness::NotInBytes("a call of `ping` to a server of the new version: it knows no such message"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::MessageRemoved(_) = &one.met else { return None };
    let finding = told(one, "is gone: old clients call what no server has", "a message until now", "no such message")
        .help("keep the message until nobody calls it")
        .shape("deleted");
    Some(finding)
}

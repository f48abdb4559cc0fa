//! A message is answered now, or no longer is.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/message_one_way_changed",
    title: "one-way message changed",
    formats: &[Format::Avro],
    claims: &[Claim::on(Rpc, Backward, Effect::Error), Claim::on(Rpc, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "The client of a one-way message does not wait for an answer, and its server sends none. When one \
                side does and the other does not, the client waits for ever, or takes the answer for that of its \
                next call.",
    remedy: "Add a message under another name.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#protocol-wire-format",
    example: Example {
        old: r#"{"protocol": "P", "messages": {"ping": {"request": [], "response": "null"}}}"#,
        new: r#"{"protocol": "P", "messages": {"ping": {"request": [], "response": "null", "one-way": true}}}"#,
    },
    witness: Witness::NotInBytes("an old client that waits for the answer of `ping`, which no new server sends"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::OneWayChanged(methods) = &one.met else { return None };
    let (what, shape) = if methods.new.is_oneway {
        ("is one-way now: old clients wait for an answer that does not come", "answered -> one-way")
    } else {
        ("is answered now: old clients do not wait for the answer", "one-way -> answered")
    };
    Some(told(one, what, "until now", "now").help("add a message under another name").shape(shape))
}

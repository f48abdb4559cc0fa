//! A fixed has another number of bytes.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/fixed_size_changed",
    title: "fixed size changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Data does not say how long a fixed is, so both sides must agree. A reader whose fixed has another \
                size refuses all data.",
    remedy: "Declare a fixed under a new name, and add a field of it with a default.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"hash": "ab"}"#,
        shows: Claim::on(Wire, Backward, Effect::Error),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::SizeChanged(size) = &one.met else { return None };
    let what = format!("had {} bytes and has {}: no reader takes one for the other", size.old, size.new);
    let finding = told(one, what, "size until now", "size now")
        .help("keep the size, or declare a fixed under a new name")
        .fix(told::restored(one, "size"))
        .shape(format!("{} -> {}", size.old, size.new))
        .claims(told::on_both(one.within, Effect::Error));
    Some(finding)
}

//! A reader that takes the first branch that matches takes another one.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/union_order_changed",
    title: "union order changes the chosen branch",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Lossy),
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Dropped),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Dropped),
        Claim::on(Wire, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "The specification has a reader take the first branch that matches, and a type matches whatever \
                promotes to it: behind a float, a long is never chosen. A named type matches by its name without the \
                namespace: behind y.A, x.A is never chosen, but read as y.A or refused. Libraries differ: fastavro \
                goes by the letter, Avro's Java library looks for the same type, by its full name, first.",
    remedy: "Keep branches of which one promotes to the other in their order, the narrower one first; of named types with \
             one name in two namespaces, the older one.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["long", "float"]}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["float", "long"]}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"v": {"long": 16777217}}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::BranchShadowed { written, taken, effect } = &one.met else { return None };
    let direction = one.within.iter().next()?;
    let (name, other) = (written.name(), taken.name());
    let what = format!(
        "has {other} before {name}: {} that takes the first match reads {name} as {other}",
        told::reader(direction)
    );
    let finding = told(one, what, "the old order", "the new order")
        .help(format!("put {name} before {other}"))
        .shape(format!("{name} behind {other}"))
        .claim(Wire, direction, *effect);
    Some(told::only(finding, &name))
}

//! The same digits have their point elsewhere.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/decimal_scale_changed",
    title: "decimal scale changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "The bytes of a decimal are its digits; where the point is stands in the schema alone. A reader with \
                another scale reads 12.34 as 1.234. The specification has two decimals match only if their scales \
                do, but hardly a library looks.",
    remedy: "Keep the scale, or add a field of the new one with a default.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#decimal",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"price": "\u0004\u00d2"}"#,
        shows: Claim::on(Wire, Backward, Effect::Reinterpreted),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::LogicalChanged(types) = &one.met else { return None };
    let Pair { old: (_, old), new: (_, new) } = told::decimals(types)?;
    if old == new {
        return None;
    }
    let what = format!("had {old} digits behind the point and has {new}: the same bytes are another number");
    let finding = told(one, what, "scale until now", "scale now")
        .help("keep the scale, or add a field of the new one with a default")
        .fix(told::restored(one, "scale"))
        .shape(format!("scale {old} -> {new}"))
        .claims(told::on_both(one.within, Effect::Reinterpreted));
    Some(finding)
}

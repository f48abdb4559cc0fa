//! A reader's decimal has room for fewer digits than the writer's.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/decimal_precision_changed",
    title: "decimal precision changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Lossy),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Json, Backward, Effect::Lossy),
        Claim::on(Json, Forward, Effect::Lossy),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A reader that goes by the precision rounds numbers with more digits, or refuses them; others take \
                them as they are. A wider decimal is safe for new readers: it is the old ones that may find too many \
                digits.",
    remedy: "Make decimals wider only, and update readers before writers.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#decimal",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"price": "\u0001\u00e2@"}"#,
        shows: Claim::on(Wire, Backward, Effect::Lossy),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::LogicalChanged(types) = &one.met else { return None };
    let Pair { old: (old, old_scale), new: (new, new_scale) } = told::decimals(types)?;
    let direction = if new < old { Backward } else { Forward };
    if old == new || old_scale != new_scale || !one.within.has(direction) {
        return None;
    }
    let what = format!(
        "had {old} digits and has {new}: {} may round numbers that have more than {}",
        told::reader(direction),
        old.min(new)
    );
    let finding = told(one, what, "precision until now", "precision now")
        .help("make decimals wider only, and update readers before writers")
        .fix(told::restored(one, "precision"))
        .shape(format!("precision {old} -> {new}"))
        .claim(Wire, direction, Effect::Lossy)
        .claim(Json, direction, Effect::Lossy);
    Some(told::only(finding, &format!("a number of more than {} digits", old.min(new))))
}

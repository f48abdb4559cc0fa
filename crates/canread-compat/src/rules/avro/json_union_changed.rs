//! A value that became part of a union, or no longer is, is written otherwise in JSON.

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/json_union_changed",
    title: "union added or removed around a type",
    formats: &[Format::Avro],
    claims: &[Claim::on(Json, Backward, Effect::Error), Claim::on(Json, Forward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "In the JSON encoding a value of a union is an object whose only key is the type's name, and a value \
                of no union stands alone: 5 or {'int': 5}. Each reader refuses the other form.",
    remedy: "Leave the type as it is, as long as data is in the JSON encoding.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#json-encoding",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": "int"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "v", "type": ["null", "int"]}]}"#,
    },
    witness: Witness::Value { message: "M", value: r#"{"v": 5}"#, shows: Claim::on(Json, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::UnionWrapped(types) = &one.met else { return None };
    let names = Pair { old: types.old.name(), new: types.new.name() };
    let what = format!("was {} and is {}: JSON tags the values of a union, and only those", names.old, names.new);
    let finding = told(one, what, "in JSON until now", "in JSON now")
        .help("leave the type as it is where data is in the JSON encoding")
        .shape(format!("{} -> {}", names.old, names.new))
        .claims(one.within.iter().map(|direction| Claim::on(Json, direction, Effect::Error)));
    Some(told::only(finding, "something else than null"))
}

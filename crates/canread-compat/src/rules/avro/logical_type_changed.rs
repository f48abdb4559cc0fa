//! The same number or bytes mean something else.

use canread_model::{Logical, LogicalKind};

use super::told::{self, told};
use crate::{Met, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/logical_type_changed",
    title: "logical type changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Meaning),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Schema resolution does not look at logical types: a reader takes the writer's number and reads it by \
                its own. Milliseconds read as microseconds are a thousand times too small, a date read as \
                milliseconds is a moment in January 1970, and local time read as UTC is off by the zone. No library \
                reports it. Where a logical type was only added or removed, or is one that is not in the \
                specification, the value stays and its meaning changes.",
    remedy: "Keep the logical type, or add a field of the new one with a default.",
    spec: "https://avro.apache.org/docs/1.12.0/specification/#logical-types",
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}"#,
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"at": 1700000000000}"#,
        shows: Claim::on(Wire, Backward, Effect::Reinterpreted),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::LogicalChanged(types) = &one.met else { return None };
    let logical = Pair { old: types.old.physical().as_logical(), new: types.new.physical().as_logical() };
    let is_known = |logical: &Logical| logical.kind != LogicalKind::Unknown;
    let (effect, verb) = match (logical.old, logical.new) {
        (
            Some(Logical { kind: LogicalKind::Decimal { .. }, .. }),
            Some(Logical { kind: LogicalKind::Decimal { .. }, .. }),
        ) => {
            return None;
        }
        (Some(old), Some(new)) if is_known(old) && is_known(new) => {
            (Effect::Reinterpreted, "readers take another value for it")
        }
        _ => (Effect::Meaning, "the value stays, its meaning does not"),
    };
    let name = |logical: Option<&Logical>, ty: crate::TypeAt<'_>| match logical {
        Some(logical) => logical.name.to_string(),
        None => format!("a plain {}", ty.name()),
    };
    let names = Pair { old: name(logical.old, types.old), new: name(logical.new, types.new) };
    let what = format!("was {} and is {}: {verb}, and no error", names.old, names.new);
    let finding = told(one, what, "written as this until now", "read as this now")
        .help("keep the logical type, or add a field of the new one with a default")
        .shape(format!("{} -> {}", names.old, names.new))
        .claims(told::on_both(one.within, effect));
    Some(finding)
}

//! The same number or bytes mean something else.

use canread_model::{Logical, LogicalKind};

use super::told::{self, told};
use crate::{Direction, Directions, Met, TypeAt, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/logical_type_changed",
    title: "logical type changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Reinterpreted),
        Claim::on(Wire, Backward, Effect::Meaning),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Reinterpreted),
        Claim::on(Wire, Forward, Effect::Meaning),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Backward, Effect::Meaning),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Meaning),
        Claim::on(Json, Forward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "Schema resolution does not look at logical types: a reader takes the writer's number and reads it by \
                its own. Milliseconds read as microseconds are a thousand times too small, a date read as \
                milliseconds is a moment in January 1970, and local time read as UTC is off by the zone. No library \
                reports it. Where a logical type was only added or removed, or is one that is not in the \
                specification, the value stays and its meaning changes. A string that becomes a `uuid` is undecided: if any text \
                that was written is no UUID, Java's `UUIDConversion` refuses it, and so does fastavro where it has the new \
                schema alone, as for JSON; fastavro with both schemas, Avro's Python library, and Java without the \
                conversion give the text. The other way round a UUID is read as the text that it is.",
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
    if told::decimals(types).is_some() {
        return None;
    }
    let outcomes = one.within.iter().map(|direction| (direction, outcome(*types, direction)));
    let outcomes: Vec<(Direction, Outcome)> = outcomes.collect();
    let of = |outcome: Outcome| {
        let same = outcomes.iter().filter(|(_, own)| *own == outcome);
        same.fold(Directions::NONE, |found, (direction, _)| found.with(*direction))
    };
    let (other, meaning, perhaps) = (of(Outcome::OtherValue), of(Outcome::OtherMeaning), of(Outcome::PerhapsRefused));
    if other.or(meaning).or(perhaps).is_empty() {
        return None;
    }
    let logical = Pair { old: types.old.physical().as_logical(), new: types.new.physical().as_logical() };
    let name = |logical: Option<&Logical>, ty: TypeAt<'_>| match logical {
        Some(logical) => logical.name.to_string(),
        None => format!("a plain {}", ty.name()),
    };
    let names = Pair { old: name(logical.old, types.old), new: name(logical.new, types.new) };
    let changed = format!("was {} and is {}", names.old, names.new);
    let verb =
        if other.is_empty() { "the value stays, its meaning does not" } else { "readers take another value for it" };
    let mut finding =
        told(one, format!("{changed}: {verb}, and no error"), "written as this until now", "read as this now")
            .help("keep the logical type, or add a field of the new one with a default")
            .shape(format!("{} -> {}", names.old, names.new))
            .claims(told::on_both(other, Effect::Reinterpreted))
            .claims(told::on_both(meaning, Effect::Meaning));
    if let Some(direction) = perhaps.iter().next() {
        let message = format!("`{}` {changed}: {} may refuse it", one.symbol, told::reader(direction));
        finding = finding
            .note("if a text that was written is no UUID, readers that apply the logical type refuse it")
            .help("look whether every text that was written is a UUID, or add a field of the new type with a default")
            .perhaps(told::on_both(perhaps, Effect::Error), message);
    }
    Some(finding)
}

/// What becomes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It is the same value and means the same.
    Same,
    /// It is the same number, text or bytes, which only one side takes for something.
    OtherMeaning,
    /// It is another value.
    OtherValue,
    /// It depends on the value whether the reader takes it.
    PerhapsRefused,
}

fn outcome(types: Pair<TypeAt<'_>>, direction: Direction) -> Outcome {
    let (writer, reader) = types.by_role(direction);
    let is_text = |ty: TypeAt<'_>| matches!(ty.physical().kind, TypeKind::String(_));
    let logical = [writer, reader].map(|ty| ty.physical().as_logical().map(|logical| &logical.kind));
    match (logical[0], logical[1]) {
        // One text for one UUID.
        (Some(LogicalKind::Uuid), None) if is_text(writer) && is_text(reader) => Outcome::Same,
        (None | Some(LogicalKind::Unknown), Some(LogicalKind::Uuid)) if is_text(reader) => Outcome::PerhapsRefused,
        (None | Some(LogicalKind::Unknown), _) | (_, None | Some(LogicalKind::Unknown)) => Outcome::OtherMeaning,
        _ => Outcome::OtherValue,
    }
}

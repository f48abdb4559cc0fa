//! Values are of another kind, and not every reader can promote them.

use super::told::{self, told};
use crate::{Met, compare::promotion, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/type_changed",
    title: "type changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Lossy),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Source, Backward, Effect::Error),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "A reader promotes int to long, float and double, long to float and double, float to double, and \
                string to bytes and back; anything else is refused. A float holds integers up to 2^24 only and a \
                double up to 2^53: beyond, digits are lost without an error. What one direction promotes, the other \
                one refuses.",
    remedy: "Keep the type, or add a field of the new type with a default.",
    spec: told::SPEC,
    example: Example {
        old: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}]}"#,
        new: r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "int"}]}"#,
    },
    witness: Witness::Value { message: "M", value: r#"{"id": 1}"#, shows: Claim::on(Wire, Backward, Effect::Error) },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let one = told::resolution(change)?;
    let Met::TypeChanged { types, is_branch } = &one.met else { return None };
    let names = Pair { old: types.old.name(), new: types.new.name() };
    let mut claims = Vec::new();
    let mut sentences = Vec::new();
    for direction in one.within.iter() {
        let (writer, reader, written) = match direction {
            Backward => (types.old, types.new, &names.old),
            Forward => (types.new, types.old, &names.new),
        };
        let promotion = promotion(&writer.ty.kind, &reader.ty.kind);
        if promotion.effect == Effect::Ok {
            continue;
        }
        claims.push(Claim::on(Wire, direction, promotion.effect));
        let who = told::reader(direction);
        sentences.push(match promotion.only {
            Some(only) => format!("for {who}, {only}"),
            None => format!("{who} refuses it"),
        });
        if is_branch.has(direction) {
            sentences.push(format!("of {}, only what has {written} there is concerned", whose(direction)));
        }
    }
    let mut sentences = sentences.into_iter();
    let first = sentences.next()?;
    let what = format!("was {} and is {}: {first}", names.old, names.new);
    let finding = told(one, what, "written as this until now", "read as this now")
        .help("keep the type, or add a field of the new type with a default")
        .shape(format!("{} -> {}", names.old, names.new))
        .claims(claims)
        .claim(Source, Backward, Effect::Error);
    Some(sentences.fold(finding, Finding::note))
}

fn whose(direction: crate::Direction) -> &'static str {
    if direction == Backward { "old data" } else { "new data" }
}

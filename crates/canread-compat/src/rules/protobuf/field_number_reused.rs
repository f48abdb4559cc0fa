//! A number that stood for one field stands for another one now.

use canread_model::Field;

use super::addition::{self, Addition};
use super::convert::Verdict;
use super::entry;
use super::field::{self, FieldAt, Reuse};
use super::oneof;
use crate::{FieldPair, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/field_number_reused",
    title: "field number used again",
    formats: &[Format::Protobuf],
    claims: CLAIMS,
    opt_in: false,
    since: "0.1.0",
    rationale: "On the wire a field is its number. When the number is given to another field, or fields swap their \
                numbers, or all of them move by one because one was inserted, each reads what was written for the \
                other: without an error where the wire types agree. A number that was reserved had a field once, and \
                data of that time may still be around. A field that has both another name and another type is taken \
                for another field. Whether a reader requires it, and which fields of a oneof it clears, goes by number as well.",
    remedy: "Give new fields new numbers, keep the numbers of old ones, and reserve those that are no longer used. A \
             field that is meant to be the same keeps its type when it changes its name.",
    spec: "https://protobuf.dev/programming-guides/proto3/#consequences",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  string name = 1;\n  string email = 2;\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  string name = 1;\n  string phone = 2;\n  string email = 3;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"email": "ada@example.org"}"#,
        shows: Claim::on(Wire, Backward, Effect::Reinterpreted),
    },
    check,
};

const CLAIMS: &[Claim] = &[
    Claim::on(Wire, Backward, Effect::Meaning),
    Claim::on(Wire, Backward, Effect::Dropped),
    Claim::on(Wire, Backward, Effect::Lossy),
    Claim::on(Wire, Backward, Effect::Error),
    Claim::on(Wire, Backward, Effect::Reinterpreted),
    Claim::on(Wire, Forward, Effect::Meaning),
    Claim::on(Wire, Forward, Effect::Dropped),
    Claim::on(Wire, Forward, Effect::Lossy),
    Claim::on(Wire, Forward, Effect::Error),
    Claim::on(Wire, Forward, Effect::Reinterpreted),
    Claim::on(Json, Backward, Effect::Lossy),
    Claim::on(Json, Backward, Effect::Error),
    Claim::on(Json, Backward, Effect::Reinterpreted),
    Claim::on(Json, Forward, Effect::Lossy),
    Claim::on(Json, Forward, Effect::Error),
    Claim::on(Json, Forward, Effect::Reinterpreted),
    Claim::on(Source, Backward, Effect::Error),
];

fn check(change: &Change<'_>, context: &Context<'_>) -> Option<Finding> {
    match change {
        Change::Field(fields, FieldChange::Name) => by_name(fields, context),
        Change::DeclRenamed(pair) => by_name(&field::extensions(*pair)?, context),
        // Another name, and a message of really another shape.
        Change::Field(fields, FieldChange::Target(consequences)) => {
            let is_other = field::is_renamed_only(fields) && consequences.is_felt_on(Wire);
            let claims = consequences.claims.iter().copied();
            (is_other && field::is_retargeted(fields, context))
                .then(|| replaced(fields, Reuse::OtherType, claims, context))
                .map(|finding| field::perhaps(finding, fields, consequences))
        }
        Change::FieldAdded { .. } => Addition::of_sort(change, context, addition::Sort::RetiredNumber).map(retired),
        _ => None,
    }
}

/// Another name on a number that stands for another field.
fn by_name(fields: &FieldPair<'_>, context: &Context<'_>) -> Option<Finding> {
    let reuse = field::reuse(fields)?;
    let verdict = match reuse {
        Reuse::OtherType => entry::verdict(fields),
        Reuse::Moved(_) | Reuse::Taken(_) => field::verdict(fields),
    };
    Some(replaced(fields, reuse, verdict.claims(), context))
}

/// One field in the place of another.
fn replaced(
    fields: &FieldPair<'_>,
    reuse: Reuse<'_>,
    claims: impl Iterator<Item = Claim>,
    context: &Context<'_>,
) -> Finding {
    let (old, new) = field::halves(fields);
    let number = old.number();
    let why = match reuse {
        Reuse::Moved(moved) => format!("`{}` has number {} now", moved.name(), moved.number()),
        Reuse::Taken(taken) => format!("`{}` had number {}", taken.name(), taken.number()),
        Reuse::OtherType => format!("{} became {}", old.type_name(), new.type_name()),
    };
    let message = format!(
        "number {number} of `{}` was `{}` and is `{}`, another field: {why}",
        field::message(fields.owner.old).name(),
        old.name(),
        new.name()
    );
    let finding = Finding::new(old.symbol(), message)
        .old(fields.old.node, format!("number {number} was written as this"))
        .new_site(fields.new.node, format!("number {number} is read as this"))
        .shape(format!("{number}: {} {} -> {} {}", old.type_name(), old.name(), new.type_name(), new.name()))
        .help(match reuse {
            Reuse::OtherType => format!("give `{}` a new number, and reserve {number}", new.name()),
            Reuse::Moved(moved) => {
                format!("give number {number} back to `{}`, and a new one to what is new", moved.name())
            }
            Reuse::Taken(_) => "give each field its number back, and a new one to what is new".to_owned(),
        });
    let finding = on_wire(finding, fields, reuse, claims)
        .claims(without_value(fields))
        .claims(oneof::wire_conflicts(fields, context))
        .claims(in_json(old, new, reuse, context))
        .claim(Source, Backward, Effect::Error);
    // Fields that moved all moved for one reason.
    if matches!(reuse, Reuse::OtherType) { finding } else { finding.cause(field::message(fields.owner.old).name()) }
}

/// What happens in JSON, which goes by name: to the two fields, and to the one that is elsewhere now or was before.
fn in_json<'a>(old: FieldAt<'a>, new: FieldAt<'a>, reuse: Reuse<'a>, context: &Context<'_>) -> Vec<Claim> {
    let mut claims = vec![
        Claim::on(Json, Backward, old.read_as_json(new.owner)),
        Claim::on(Json, Forward, new.read_as_json(old.owner)),
    ];
    match reuse {
        Reuse::Moved(moved) => {
            claims.push(Claim::on(Json, Forward, moved.read_as_json(old.owner)));
            claims.extend(oneof::json_conflicts(old, moved, context));
        }
        Reuse::Taken(taken) => {
            claims.push(Claim::on(Json, Backward, taken.read_as_json(new.owner)));
            claims.extend(oneof::json_conflicts(taken, new, context));
        }
        Reuse::OtherType => {}
    }
    claims
}

/// What happens on the wire. A value that survives is read as another field all the same: where the fields changed
/// places that is another value; where the old field is gone it has another meaning, which is more than a warning here.
fn on_wire(
    mut finding: Finding,
    fields: &FieldPair<'_>,
    reuse: Reuse<'_>,
    claims: impl Iterator<Item = Claim>,
) -> Finding {
    let wire: Vec<Claim> = claims.filter(|claim| claim.surface == Wire).collect();
    for direction in [Backward, Forward] {
        let effects = wire.iter().filter(|claim| claim.direction == direction).map(|claim| claim.effect);
        let is_dropped = Verdict::of(field::slots(fields)).wire(direction).0 == Effect::Dropped;
        finding = match (effects.max(), reuse) {
            (Some(effect), _) if is_dropped => finding.claim(Wire, direction, effect),
            (Some(effect), Reuse::OtherType) => finding.claim(Wire, direction, effect),
            (None, Reuse::OtherType) => finding.claim_as(Wire, direction, Effect::Meaning, Severity::Error),
            (_, Reuse::Moved(_) | Reuse::Taken(_)) => finding.claim(Wire, direction, Effect::Reinterpreted),
        };
    }
    finding
}

/// What happens to data that has nothing under the number: a reader that requires the field refuses it.
///
/// Source: Protobuf, "Language Guide (proto 2)", "Field Cardinality".
fn without_value(fields: &FieldPair<'_>) -> Option<Claim> {
    let is_required = |field: &Field| field.presence == Presence::Required;
    match (is_required(fields.old), is_required(fields.new)) {
        (false, true) => Some(Claim::on(Wire, Backward, Effect::Error)),
        (true, false) => Some(Claim::on(Wire, Forward, Effect::Error)),
        _ => None,
    }
}

/// A new field on a number that was reserved.
fn retired(addition: Addition<'_>) -> Finding {
    let number = addition.field.number();
    let reserved = addition.owner.old.schema.reserved_range(addition.owner.old.id, i64::from(number));
    let mut finding = addition
        .finding(&format!(" on number {number}, which was reserved: data from before that is read as the new field"))
        .claim_of_reserved(Wire, Backward, Effect::Meaning)
        .help("give it a number that was never used");
    if addition.field.field.presence == Presence::Required {
        finding = finding.claim(Wire, Backward, Effect::Error).claim(Json, Backward, Effect::Error);
    }
    if let Some(range) = reserved {
        finding = finding.old(range.node, "reserved until now");
    }
    finding
}

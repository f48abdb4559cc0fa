//! Values are of another kind, and not every reader can promote them.

use canread_model::DeclKind;

use super::told::{self, told};
use crate::{Met, TypeAt, compare::promotion, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "avro/type_changed",
    title: "type changed",
    formats: &[Format::Avro],
    claims: &[
        Claim::on(Wire, Backward, Effect::Lossy),
        Claim::on(Wire, Backward, Effect::Error),
        Claim::on(Wire, Forward, Effect::Lossy),
        Claim::on(Wire, Forward, Effect::Error),
        Claim::on(Json, Backward, Effect::Lossy),
        Claim::on(Json, Backward, Effect::Error),
        Claim::on(Json, Backward, Effect::Reinterpreted),
        Claim::on(Json, Forward, Effect::Lossy),
        Claim::on(Json, Forward, Effect::Error),
        Claim::on(Json, Forward, Effect::Reinterpreted),
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
    let Met::TypeChanged { types, is_branch, has_default } = &one.met else { return None };
    let names = Pair { old: types.old.name(), new: types.new.name() };
    let is_tagged = is_branch.backward && is_branch.forward;
    let mut claims = Vec::new();
    let mut sentences = Vec::new();
    let mut json = Vec::new();
    for direction in one.within.iter() {
        let (writer, reader) = types.by_role(direction);
        let (written, _) = names.as_ref().by_role(direction);
        let who = told::reader(direction);
        let promotion = promotion(&writer.ty.kind, &reader.ty.kind);
        let in_json = if is_tagged { Effect::Error } else { in_json(writer, reader) };
        claims.push(Claim::on(Json, direction, in_json));
        if in_json != Effect::Ok && in_json != promotion.effect {
            json.push(match in_json {
                Effect::Reinterpreted => format!("{who} takes another value"),
                _ => format!(
                    "{who} refuses {}",
                    if is_tagged { "the name of the type" } else { "characters beyond 255" }
                ),
            });
        }
        if promotion.effect == Effect::Ok {
            continue;
        }
        claims.push(Claim::on(Wire, direction, promotion.effect));
        sentences.push(match promotion.only {
            Some(only) => format!("for {who}, {only}"),
            None => format!("{who} refuses it"),
        });
        if is_branch.has(direction) {
            sentences.push(format!("of {}, only what has {written} there is concerned", whose(direction)));
        }
    }
    if sentences.is_empty() && json.is_empty() {
        return None;
    }
    let mut sentences = sentences.into_iter();
    let first = sentences.next().map(|first| format!(": {first}")).unwrap_or_default();
    let what = format!("was {} and is {}{first}", names.old, names.new);
    let mut finding = told(one, what, "written as this until now", "read as this now")
        .help("keep the type, or add a field of the new type with a default")
        .shape(format!("{} -> {}", names.old, names.new))
        .claims(claims)
        .claim(Source, Backward, Effect::Error);
    if !json.is_empty() {
        finding = finding.aside(Json, format!("in JSON, {}", json.join(" and ")));
    }
    let is_word = |ty: TypeAt<'_>| {
        matches!(
            ty.ty.kind,
            TypeKind::Bool | TypeKind::Int(_) | TypeKind::Float { .. } | TypeKind::String(_) | TypeKind::Bytes
        )
    };
    // The union may have the old type elsewhere; a default would be one of the new type.
    let is_mended = is_word(types.old) && is_word(types.new) && !is_branch.forward && !has_default;
    let fix = is_mended.then(|| Fix::restore(Part::Whole, types.old.ty.node, types.new.ty.node));
    Some(sentences.fold(finding, Finding::note).fix(fix))
}

/// What becomes of the JSON text of a value that is read as another type, without the schema of the writer.
///
/// Source: Avro 1.12, "JSON Encoding": bytes and fixed are texts of the code points 0 to 255, enums are texts.
fn in_json(writer: TypeAt<'_>, reader: TypeAt<'_>) -> Effect {
    let (is_enum, is_fixed) = match writer.named().map(|decl| &decl.decl().kind) {
        Some(DeclKind::Enum(_)) => (true, false),
        Some(DeclKind::Fixed(_)) => (false, true),
        _ => (false, false),
    };
    match (&writer.ty.kind, &reader.ty.kind) {
        // Each byte becomes a character; what is beyond 3.4e38 becomes infinite.
        (TypeKind::Bytes, TypeKind::String(_)) | (TypeKind::Float { bits: 64 }, TypeKind::Float { bits: 32 }) => {
            Effect::Reinterpreted
        }
        (TypeKind::Ref(_), TypeKind::String(_)) if is_enum => Effect::Ok,
        (TypeKind::Ref(_), TypeKind::Bytes) if is_fixed => Effect::Ok,
        (TypeKind::Ref(_), TypeKind::String(_)) if is_fixed => Effect::Reinterpreted,
        // Characters beyond 255 are no bytes, and the others are other bytes than those of UTF-8.
        (TypeKind::String(_), TypeKind::Bytes) => Effect::Error,
        (writer, reader) => promotion(writer, reader).effect,
    }
}

fn whose(direction: crate::Direction) -> &'static str {
    if direction == Backward { "old data" } else { "new data" }
}

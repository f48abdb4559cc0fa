//! What the Avro rules share: how a difference that schema resolution meets becomes a finding.

use canread_model::{DeclKind, LogicalKind, Schema, Type, TypeKind};

use crate::{Change, Claim, DeclAt, Direction, Directions, Effect, Finding, Fix, Pair, Resolution, Surface, TypeAt};

/// The pages' common part.
pub(super) const SPEC: &str = "https://avro.apache.org/docs/1.12.0/specification/#schema-resolution";
/// Where aliases are described.
pub(super) const ALIASES: &str = "https://avro.apache.org/docs/1.12.0/specification/#aliases";

/// What schema resolution met, if the change is of that sort.
pub(super) fn resolution<'c, 'a>(change: &'c Change<'a>) -> Option<&'c Resolution<'a>> {
    match change {
        Change::Resolution(one) => Some(one),
        _ => None,
    }
}

/// A finding at the place of a difference: what goes on after its symbol, and the words under either side.
pub(super) fn told(one: &Resolution<'_>, what: impl AsRef<str>, old: &str, new: &str) -> Finding {
    let mut finding = Finding::new(&one.symbol, format!("`{}` {}", one.symbol, what.as_ref()));
    if let Some(node) = one.nodes.old {
        finding = finding.old(node, old);
    }
    if let Some(node) = one.nodes.new {
        finding = finding.new_site(node, new);
    }
    finding
}

/// Who reads whose data.
pub(super) fn reader(direction: Direction) -> &'static str {
    match direction {
        Direction::Backward => "a new reader of old data",
        Direction::Forward => "an old reader of new data",
    }
}

/// The directions of the first set that are not in the second.
pub(super) fn without(all: Directions, others: Directions) -> Directions {
    Directions { backward: all.backward && !others.backward, forward: all.forward && !others.forward }
}

/// Adds the sentence about values that only some data has.
pub(super) fn only(finding: Finding, what: &str) -> Finding {
    finding.note(format!("only data that has {what} there is concerned"))
}

/// The precisions and scales of two decimals.
pub(super) fn decimals(types: &Pair<TypeAt<'_>>) -> Option<Pair<(u32, i32)>> {
    let of = |ty: TypeAt<'_>| match ty.physical().as_logical()?.kind {
        LogicalKind::Decimal { precision, scale } => Some((precision, scale)),
        _ => None,
    };
    Some(Pair { old: of(types.old)?, new: of(types.new)? })
}

/// What happens on the wire and in JSON alike, in these directions.
pub(super) fn on_both(within: Directions, effect: Effect) -> impl Iterator<Item = Claim> {
    let surfaces = [Surface::Wire, Surface::Json].into_iter();
    surfaces.flat_map(move |surface| {
        within.iter().map(move |direction| Claim::on(surface, direction, effect)).collect::<Vec<_>>()
    })
}

/// Gives an attribute the value that it had.
pub(super) fn restored(one: &Resolution<'_>, key: &'static str) -> Option<Fix> {
    Some(Fix::restore_attribute(key, Pair { old: one.nodes.old?, new: one.nodes.new? }))
}

/// Gives a named type its old name as an alias, unless another type has that name.
pub(super) fn alias(decls: &Pair<DeclAt<'_>>) -> Option<Fix> {
    let is_free = decls.new.schema.find(decls.old.name()).is_none();
    is_free.then(|| Fix::add_text(decls.new.decl().node, "aliases", decls.old.name()))
}

/// The plainest default of a type, as JSON; none for a record or fixed, which have no value that means nothing.
pub(super) fn zero(schema: &Schema, ty: &Type) -> Option<String> {
    let text = match &ty.kind {
        TypeKind::Nullable(inner) if ty.is_null_last() => zero(schema, inner)?,
        TypeKind::Null | TypeKind::Nullable(_) => "null".to_owned(),
        TypeKind::Bool => "false".to_owned(),
        TypeKind::Int(_) => "0".to_owned(),
        TypeKind::Float { .. } => "0.0".to_owned(),
        TypeKind::String(_) | TypeKind::Bytes => "\"\"".to_owned(),
        TypeKind::List(_) => "[]".to_owned(),
        TypeKind::Map(_) => "{}".to_owned(),
        TypeKind::Ref(id) => match &schema.decl(*id).kind {
            DeclKind::Union(union) => zero(schema, &union.arms.first()?.ty)?,
            DeclKind::Enum(declared) => format!("\"{}\"", declared.values.first()?.name),
            _ => return None,
        },
        _ => return None,
    };
    Some(text)
}

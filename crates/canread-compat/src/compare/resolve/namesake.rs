//! Named types of a union behind another one of the same name without namespace, which a reader by the letter takes.

use canread_model::{DeclKind, Enum, NodeId, Record};
use rustc_hash::FxHashSet;

use super::branch::{Branches, Fit, Index, branches, first, fit, pair};
use super::{Out, met, promotion};
use crate::{DeclAt, Direction, Directions, Effect, Met, Pair, TypeAt};

/// Branches that a reader who takes the first match does not get to any more.
///
/// In the writer's own union each was the first of its name, so that it is the change that does it.
pub(super) fn shadowed<'a>(
    symbol: &str,
    nodes: Pair<NodeId>,
    sides: &Pair<Branches<'a>>,
    within: Directions,
    out: &mut Out<'a>,
) {
    for direction in within.iter() {
        let (writer, reader) = sides.as_ref().by_role(direction);
        if reader.types.iter().filter(|ty| ty.named().is_some()).count() < 2 {
            continue;
        }
        let (own, others) = (Index::new(&writer.types), Index::new(&reader.types));
        for (at, written) in writer.types.iter().enumerate() {
            let Some(from) = written.named() else { continue };
            let (Some(chosen), Some(taken)) = (others.choose(*written, direction), others.first(*written, direction))
            else {
                continue;
            };
            let Some(to) = reader.types[taken].named() else { continue };
            if taken != chosen && own.first(*written, direction) == Some(at) {
                let effect = read_as(from, to, direction);
                let shadowed = Met::BranchShadowed { written: *written, taken: reader.types[taken], effect };
                out.push(met(symbol, Directions::only(direction), nodes, shadowed));
            }
        }
    }
}

/// What becomes of values of a named type that are read as another one of the same kind. Looks at its members, not at
/// what these are made of.
fn read_as(writer: DeclAt<'_>, reader: DeclAt<'_>, direction: Direction) -> Effect {
    match (&writer.decl().kind, &reader.decl().kind) {
        (DeclKind::Record(from), DeclKind::Record(to)) => record((writer, from), (reader, to), direction),
        (DeclKind::Enum(from), DeclKind::Enum(to)) => symbols(from, to),
        _ => Effect::Meaning,
    }
}

fn record(writer: (DeclAt<'_>, &Record), reader: (DeclAt<'_>, &Record), direction: Direction) -> Effect {
    let mut found = FxHashSet::default();
    let mut worst = Effect::Meaning;
    for field in &reader.1.fields {
        let mut names = std::iter::once(&field.name).chain(&field.aliases);
        let effect = match names.find_map(|name| writer.0.field(name)) {
            Some(written) => {
                found.insert(&*written.name);
                let from = TypeAt { schema: writer.0.schema, ty: &written.ty };
                values(from, TypeAt { schema: reader.0.schema, ty: &field.ty }, direction)
            }
            None if field.default_value().is_none() => Effect::Error,
            None => Effect::Ok,
        };
        worst = worst.max(effect);
    }
    let is_dropped = writer.1.fields.iter().any(|written| !found.contains(&*written.name));
    if is_dropped { worst.max(Effect::Dropped) } else { worst }
}

fn values(writer: TypeAt<'_>, reader: TypeAt<'_>, direction: Direction) -> Effect {
    let to = branches(reader).types;
    let effect = |written: TypeAt<'_>| {
        let fit_of = |branch: &TypeAt<'_>| fit(pair(written, *branch, direction), direction);
        match first(to.iter().map(fit_of).enumerate()) {
            None => Effect::Error,
            Some(at) if fit_of(&to[at]) == Fit::Promoted => promotion(&written.ty.kind, &to[at].ty.kind).effect,
            Some(_) => Effect::Ok,
        }
    };
    branches(writer).types.into_iter().map(effect).max().unwrap_or(Effect::Ok)
}

fn symbols(writer: &Enum, reader: &Enum) -> Effect {
    let known: FxHashSet<&str> = reader.values.iter().map(|value| &*value.name).collect();
    if writer.values.iter().all(|value| known.contains(&*value.name)) {
        Effect::Meaning
    } else if reader.default.is_some() {
        Effect::Dropped
    } else {
        Effect::Error
    }
}

//! Unions that Avro's Java library takes for one, branch by branch, without looking at namespaces.

use canread_model::{DeclKind, TypeKind};
use rustc_hash::FxHashSet;

use super::branch::{Branches, branches, pair};
use super::named;
use crate::{DeclAt, Direction, TypeAt};

/// How many pairs of types are looked at before two unions count as different.
const PAIRS_MAX: usize = 10_000;

/// Whether a writer's union and a reader's have equal branches in equal order. Names of records, enums and fixed count
/// without namespace.
///
/// Where they do, a branch is read as the one in its place; elsewhere an enum or fixed is looked for by its full name.
///
/// Source: Avro Java 1.12.0, `Resolver.WriterUnion`, after `Schema.applyAliases`.
pub(super) fn are_equivalent(writer: &Branches<'_>, reader: &Branches<'_>, direction: Direction) -> bool {
    let mut left: Vec<(TypeAt<'_>, TypeAt<'_>)> = Vec::new();
    let mut seen = FxHashSet::default();
    if !push_branches(&mut left, writer, reader) {
        return false;
    }
    while let Some((writer, reader)) = left.pop() {
        let sides = (branches(writer), branches(reader));
        let is_equal = match (&sides.0.is_union, &sides.1.is_union) {
            (true, true) => push_branches(&mut left, &sides.0, &sides.1),
            (false, false) => match (&writer.ty.kind, &reader.ty.kind) {
                (TypeKind::List(from), TypeKind::List(to)) => {
                    left.push((writer.at(&from.item), reader.at(&to.item)));
                    true
                }
                (TypeKind::Map(from), TypeKind::Map(to)) => {
                    left.push((writer.at(&from.value), reader.at(&to.value)));
                    true
                }
                (TypeKind::Ref(from), TypeKind::Ref(to)) => {
                    !seen.insert((*from, *to)) || push_named(&mut left, writer, reader, direction)
                }
                (from, to) => from == to,
            },
            _ => false,
        };
        if !is_equal || seen.len() > PAIRS_MAX {
            return false;
        }
    }
    true
}

fn push_branches<'a>(left: &mut Vec<(TypeAt<'a>, TypeAt<'a>)>, writer: &Branches<'a>, reader: &Branches<'a>) -> bool {
    left.extend(writer.types.iter().copied().zip(reader.types.iter().copied()));
    writer.is_union && reader.is_union && writer.types.len() == reader.types.len()
}

fn push_named<'a>(
    left: &mut Vec<(TypeAt<'a>, TypeAt<'a>)>,
    writer: TypeAt<'a>,
    reader: TypeAt<'a>,
    direction: Direction,
) -> bool {
    let types = pair(writer, reader, direction);
    let (Some(old), Some(new)) = (types.old.named(), types.new.named()) else { return false };
    let decls = crate::Pair { old, new };
    let is_found = named::by_full_name(decls).has(direction);
    if !is_found && old.decl().name != new.decl().name {
        return false;
    }
    let (from, to) = decls.by_role(direction);
    match (&from.decl().kind, &to.decl().kind) {
        (DeclKind::Record(from_record), DeclKind::Record(to_record)) => {
            let at = |decl: DeclAt<'a>, ty| TypeAt { schema: decl.schema, ty };
            let fields = || from_record.fields.iter().zip(&to_record.fields);
            left.extend(fields().map(|(written, read)| (at(from, &written.ty), at(to, &read.ty))));
            from_record.fields.len() == to_record.fields.len()
                && fields().all(|(written, read)| {
                    written.name == read.name || (is_found && read.aliases.contains(&written.name))
                })
        }
        (DeclKind::Enum(from), DeclKind::Enum(to)) => {
            from.values.iter().map(|value| &value.name).eq(to.values.iter().map(|value| &value.name))
        }
        (DeclKind::Fixed(from), DeclKind::Fixed(to)) => from.size == to.size,
        _ => false,
    }
}

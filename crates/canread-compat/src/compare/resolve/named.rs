//! Two named types: their names, then what is in them.

use canread_model::{DeclKind, Enum, Fixed, TypeKind};

use super::branch::Fit;
use super::types::logical;
use super::{Out, Resolver, met};
use crate::{DeclAt, Direction, Directions, Met, Pair, TypeAt, finding::value_symbol};

/// How well a reader's named type fits a writer's.
///
/// Source: Avro 1.12, "Schema Resolution": both have "the same (unqualified) name"; "Aliases": those of the reader, in full.
pub(super) fn fit(decls: Pair<DeclAt<'_>>, direction: Direction) -> Fit {
    let Pair { old, new } = decls.decls();
    if std::mem::discriminant(&old.kind) != std::mem::discriminant(&new.kind) {
        Fit::Not
    } else if old.full_name == new.full_name {
        Fit::Same
    } else if old.name == new.name || by_alias(decls).has(direction) {
        Fit::Nearly
    } else {
        Fit::Not
    }
}

/// In which directions the reader knows the writer's name as an alias.
pub(super) fn by_alias(decls: Pair<DeclAt<'_>>) -> Directions {
    let Pair { old, new } = decls.decls();
    Directions { backward: new.aliases.contains(&old.full_name), forward: old.aliases.contains(&new.full_name) }
}

/// In which directions two declarations are one though the namespace differs, and no alias says so.
pub(super) fn by_namespace(decls: Pair<DeclAt<'_>>) -> Directions {
    let Pair { old, new } = decls.decls();
    let by_full_name = by_full_name(decls);
    let is_same = old.name.is_some() && old.name == new.name;
    Directions { backward: is_same && !by_full_name.backward, forward: is_same && !by_full_name.forward }
}

/// In which directions the names are the same in full, or the reader knows the writer's as an alias.
pub(super) fn by_full_name(decls: Pair<DeclAt<'_>>) -> Directions {
    if decls.old.name() == decls.new.name() { Directions::BOTH } else { by_alias(decls) }
}

impl<'a> Resolver<'a> {
    /// Compares two named types that are taken for one.
    pub(super) fn named(&mut self, decls: Pair<DeclAt<'a>>, within: Directions, out: &mut Out<'a>) {
        self::names(decls, within, out);
        let Pair { old, new } = decls.decls();
        match (&old.kind, &new.kind) {
            (DeclKind::Record(old), DeclKind::Record(new)) => {
                self.fields(decls.old.name(), decls, Pair { old: &old.fields, new: &new.fields }, within, out);
            }
            (DeclKind::Enum(old), DeclKind::Enum(new)) => enums(decls, Pair { old, new }, within, out),
            (DeclKind::Fixed(old), DeclKind::Fixed(new)) => fixed(decls, Pair { old, new }, within, out),
            (DeclKind::Service(old), DeclKind::Service(new)) => {
                self.protocols(decls, Pair { old, new }, within, out);
            }
            _ => out.push(crate::Change::DeclKindChanged(decls)),
        }
    }
}

fn names<'a>(decls: Pair<DeclAt<'a>>, within: Directions, out: &mut Out<'a>) {
    let Pair { old, new } = decls.decls();
    if old.full_name == new.full_name {
        return;
    }
    let found = by_alias(decls);
    let met_there =
        if old.name == new.name { Met::NamespaceChanged { decls, found } } else { Met::TypeRenamed { decls, found } };
    out.push(met(decls.old.name(), within, Pair { old: old.node, new: new.node }, met_there));
}

fn enums<'a>(decls: Pair<DeclAt<'a>>, enums: Pair<&'a Enum>, within: Directions, out: &mut Out<'a>) {
    let default = |declared: &'a Enum| declared.values.get(declared.default? as usize);
    let defaults = Pair { old: default(enums.old), new: default(enums.new) };
    let nodes = Pair { old: decls.old.decl().node, new: decls.new.decl().node };
    let names: Pair<rustc_hash::FxHashSet<&str>> = Pair {
        old: enums.old.values.iter().map(|value| &*value.name).collect(),
        new: enums.new.values.iter().map(|value| &*value.name).collect(),
    };
    for value in enums.old.values.iter().filter(|value| !names.new.contains(&*value.name)) {
        let nodes = Pair { old: value.node, new: nodes.new };
        out.push(met(value_symbol(decls.old, value), within, nodes, Met::SymbolRemoved(value, defaults.new)));
    }
    for value in enums.new.values.iter().filter(|value| !names.old.contains(&*value.name)) {
        let nodes = Pair { old: nodes.old, new: value.node };
        out.push(met(value_symbol(decls.old, value), within, nodes, Met::SymbolAdded(value, defaults.old)));
    }
    if defaults.old.map(|value| &value.name) != defaults.new.map(|value| &value.name) {
        let changed = Met::EnumDefaultChanged { defaults, new: enums.new };
        out.push(met(decls.old.name(), within, nodes, changed));
    }
}

fn fixed<'a>(decls: Pair<DeclAt<'a>>, fixed: Pair<&'a Fixed>, within: Directions, out: &mut Out<'a>) {
    let nodes = Pair { old: decls.old.decl().node, new: decls.new.decl().node };
    if fixed.old.size == fixed.new.size {
        let at = |decl: DeclAt<'a>, fixed: &'a Fixed| TypeAt { schema: decl.schema, ty: &fixed.ty };
        let types = Pair { old: at(decls.old, fixed.old), new: at(decls.new, fixed.new) };
        debug_assert!(matches!(types.old.ty.kind, TypeKind::Fixed { .. }), "a fixed says its size in its type");
        logical(decls.old.name(), types, within, out);
    } else {
        let size = Pair { old: fixed.old.size, new: fixed.new.size };
        out.push(met(decls.old.name(), within, nodes, Met::SizeChanged(size)));
    }
}

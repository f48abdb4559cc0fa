//! Comparison for formats whose readers resolve the schema of the writer (Avro).
//!
//! Every place is compared together with the directions in which a reader gets there. Pairs of named types are
//! compared once; a pair that is reached in one more direction is compared anew with both. The set of directions only
//! grows, so this ends, and a recursive schema equals itself.
//!
//! Source: Avro 1.12, "Schema Resolution".

mod branch;
mod default;
mod equivalent;
mod exchanged;
mod lone;
mod named;
mod namesake;
mod protocol;
mod record;
mod types;

use std::collections::VecDeque;

use canread_model::{Decl, DeclId, DeclKind, NodeId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Differences, Key, Scope, align::counterpart};
use crate::{Change, DeclAt, Directions, Met, Pair, Resolution, TypeAt};

pub(crate) use branch::promotion;

/// Everything that differs.
pub(super) fn changes<'a>(versions: Pair<&'a Schema>, scope: &Scope) -> Differences<'a> {
    let mut resolver = Resolver {
        versions,
        within: FxHashMap::default(),
        order: Vec::new(),
        queue: VecDeque::new(),
        outcomes: FxHashMap::default(),
    };
    let mut found = Vec::new();
    resolver.same_names(scope);
    resolver.roots(scope, &mut found);
    resolver.drain();
    resolver.aliases(scope);
    resolver.drain();
    let mut own = resolver.finish(found);
    own.extend(resolver.left(scope));
    Differences {
        own,
        retargeted: Vec::new(),
        foreign: FxHashMap::default(),
        namesakes: FxHashSet::default(),
        renamed: FxHashMap::default(),
    }
}

/// The state of one comparison.
struct Resolver<'a> {
    versions: Pair<&'a Schema>,
    /// Pairs of named types, with the directions in which they are reached.
    within: FxHashMap<Key, Directions>,
    /// The same pairs in the order in which they were found.
    order: Vec<Key>,
    queue: VecDeque<Key>,
    outcomes: FxHashMap<Key, Vec<Change<'a>>>,
}

/// Where changes go.
type Out<'a> = Vec<Change<'a>>;

impl<'a> Resolver<'a> {
    /// Named types that both versions have.
    fn same_names(&mut self, scope: &Scope) {
        for (id, decl) in self.versions.old.decls() {
            if decl.name.is_none() || scope.unchanged.old.contains(&decl.module) {
                continue;
            }
            if let Some(new) = counterpart(self.versions, id) {
                self.reach(Pair { old: id, new }, Directions::BOTH);
            }
        }
    }

    /// What files stand for as wholes: that of a file is compared with that of the file of the same name, or else of one
    /// that is new and stands for a type of the same name.
    fn roots(&mut self, scope: &Scope, out: &mut Out<'a>) {
        let roots = Pair { old: roots(self.versions.old), new: roots(self.versions.new) };
        let is_only = roots.old.len() == 1 && roots.new.len() == 1;
        let by_name: FxHashMap<&str, &Root<'a>> = roots.new.iter().map(|(name, root)| (*name, root)).collect();
        let old_names: FxHashSet<&str> = roots.old.iter().map(|(name, _)| *name).collect();
        let mut moved: FxHashMap<String, &Root<'a>> = FxHashMap::default();
        for (_, root) in roots.new.iter().filter(|(name, _)| !old_names.contains(name)) {
            moved.insert(root.0.name(), root);
        }
        for (name, old) in &roots.old {
            let only = || roots.new.first().filter(|_| is_only).map(|(_, root)| root);
            let same = || moved.remove(&old.0.name());
            let Some(new) = by_name.get(name).copied().or_else(only).or_else(same) else {
                if !scope.unchanged.old.contains(&old.1) {
                    lone::root_removed(name, old, out);
                }
                continue;
            };
            if scope.unchanged.old.contains(&old.1) && scope.unchanged.new.contains(&new.1) {
                continue;
            }
            self.types(name, Pair { old: old.0, new: new.0 }, Directions::BOTH, out);
        }
    }

    /// Named types that only one version has, and that the other one has under a name that is an alias there, or that
    /// differs in the namespace alone.
    fn aliases(&mut self, scope: &Scope) {
        let (left_old, left_new) =
            (self.unpaired(self.versions.old, scope, true), self.unpaired(self.versions.new, scope, false));
        let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, new) in left_new.iter().enumerate() {
            for name in names(new.decl()) {
                by_name.entry(name).or_default().push(at);
            }
        }
        let mut taken = FxHashSet::default();
        for old in left_old {
            let decl = old.decl();
            let is_alike = |at: &usize| {
                let new = left_new[*at];
                let same_kind = std::mem::discriminant(&decl.kind) == std::mem::discriminant(&new.decl().kind);
                let pair = Pair { old, new };
                same_kind && (!named::by_alias(pair).is_empty() || decl.name == new.decl().name)
            };
            let candidates = names(decl).filter_map(|name| by_name.get(name)).flatten().copied();
            let free = candidates.filter(|at| !taken.contains(at));
            if let Some(at) = free.filter(is_alike).min() {
                taken.insert(at);
                self.reach(Pair { old: old.id, new: left_new[at].id }, Directions::BOTH);
            }
        }
    }

    /// Named types of one version that were not reached together with any of the other.
    fn unpaired(&self, schema: &'a Schema, scope: &Scope, is_old: bool) -> Vec<DeclAt<'a>> {
        let half = |key: &Key| if is_old { key.old } else { key.new };
        let reached: FxHashSet<DeclId> = self.order.iter().map(half).collect();
        let unchanged = if is_old { &scope.unchanged.old } else { &scope.unchanged.new };
        let other = if is_old { self.versions.new } else { self.versions.old };
        let decls = schema.decls().filter(|(id, decl)| {
            let is_elsewhere = || other.find(&decl.full_name).is_some();
            decl.name.is_some() && !unchanged.contains(&decl.module) && !reached.contains(id) && !is_elsewhere()
        });
        decls.map(|(id, _)| DeclAt { id, schema }).collect()
    }

    /// Takes two named types as one, in these directions.
    fn reach(&mut self, key: Key, within: Directions) {
        let known = self.within.get(&key).copied();
        let all = known.unwrap_or_default().or(within);
        if known.is_none() {
            self.order.push(key);
        }
        if known != Some(all) {
            self.within.insert(key, all);
            self.queue.push_back(key);
        }
    }

    fn drain(&mut self) {
        while let Some(key) = self.queue.pop_front() {
            let within = self.within[&key];
            let mut out = Vec::new();
            self.named(self.at(key), within, &mut out);
            self.outcomes.insert(key, out);
        }
    }

    fn at(&self, key: Key) -> Pair<DeclAt<'a>> {
        Pair {
            old: DeclAt { id: key.old, schema: self.versions.old },
            new: DeclAt { id: key.new, schema: self.versions.new },
        }
    }

    fn finish(&mut self, mut changes: Vec<Change<'a>>) -> Vec<Change<'a>> {
        for key in &self.order {
            changes.extend(self.outcomes.remove(key).into_iter().flatten());
        }
        changes
    }
}

/// Every name by which a declaration may be meant: its aliases, its own without namespace, its own in full.
fn names(decl: &Decl) -> impl Iterator<Item = &str> {
    decl.aliases.iter().chain(&decl.name).map(|name| &**name).chain([&*decl.full_name])
}

/// A root: its type, and the module that it is the root of.
type Root<'a> = (TypeAt<'a>, canread_model::ModuleId);

/// The roots of all files by the names of these.
fn roots(schema: &Schema) -> Vec<(&str, Root<'_>)> {
    let elements = schema.decls().filter_map(|(_, decl)| match &decl.kind {
        DeclKind::Element(element) => Some((decl.module, &element.ty)),
        _ => None,
    });
    elements.map(|(module, ty)| (&*schema.module(module).name, (TypeAt { schema, ty }, module))).collect()
}

/// A change at two nodes.
fn met(symbol: impl Into<String>, within: Directions, nodes: Pair<NodeId>, met: Met<'_>) -> Change<'_> {
    let nodes = Pair { old: Some(nodes.old), new: Some(nodes.new) };
    Change::Resolution(Box::new(Resolution { symbol: symbol.into(), within, nodes, in_call: false, met }))
}

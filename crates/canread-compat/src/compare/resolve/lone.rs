//! What only one version has: named types, protocols, and what files stand for.

use canread_model::{DeclId, DeclKind, Schema, TypeKind};
use rustc_hash::FxHashSet;

use super::{Out, Resolver, Root};
use crate::{Change, Directions, Met, Pair, Resolution, compare::Scope};

impl<'a> Resolver<'a> {
    /// Named types and protocols that came and that are gone.
    pub(super) fn left(&self, scope: &Scope) -> Vec<Change<'a>> {
        let removed = self.unpaired(self.versions.old, scope, true);
        let used = if removed.is_empty() { FxHashSet::default() } else { used(self.versions.old) };
        let removed = removed.into_iter().map(|old| Change::DeclRemoved { old, was_used: used.contains(&old.id) });
        let added = self.unpaired(self.versions.new, scope, false).into_iter();
        removed.chain(added.map(|new| Change::DeclAdded { new })).collect()
    }
}

/// A file that stood for a type without a name, such as an array, and is gone.
pub(super) fn root_removed<'a>(name: &str, root: &Root<'a>, out: &mut Out<'a>) {
    if root.0.named().is_some_and(|decl| decl.decl().name.is_some()) {
        return;
    }
    let nodes = Pair { old: Some(root.0.ty.node), new: None };
    let met = Met::RootRemoved(root.0);
    out.push(Change::Resolution(Box::new(Resolution {
        symbol: name.into(),
        within: Directions::BOTH,
        nodes,
        in_call: false,
        met,
    })));
}

/// Declarations that others use. What a file stands for is no use: data of it is written as such.
fn used(schema: &Schema) -> FxHashSet<DeclId> {
    let mut used = FxHashSet::default();
    for (id, decl) in schema.decls() {
        if !matches!(&decl.kind, DeclKind::Element(root) if matches!(root.ty.kind, TypeKind::Ref(_))) {
            let own = owner(schema, id);
            used.extend(decl.references().filter(|target| *target != own));
        }
    }
    used
}

/// The declaration that an anonymous one is part of.
fn owner(schema: &Schema, id: DeclId) -> DeclId {
    schema.decl(id).parent.unwrap_or(id)
}

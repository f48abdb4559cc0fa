//! What only one version has: named types, protocols, and what files stand for.

use canread_model::{DeclId, DeclKind, Parameters, Schema, Type, TypeKind};
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

    /// A file that stood for a type without a name, such as an array, and is gone.
    pub(super) fn root_removed(name: &str, root: &Root<'a>, out: &mut Out<'a>) {
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
}

/// Declarations that others use. What a file stands for is no use: data of it is written as such.
fn used(schema: &Schema) -> FxHashSet<DeclId> {
    let mut used = FxHashSet::default();
    for (id, decl) in schema.decls() {
        let own = owner(schema, id);
        let mut add = |ty: &Type| {
            each_target(ty, &mut |target| {
                if target != own {
                    used.insert(target);
                }
            });
        };
        match &decl.kind {
            DeclKind::Record(record) => record.fields.iter().for_each(|field| add(&field.ty)),
            DeclKind::Union(union) => union.arms.iter().for_each(|arm| add(&arm.ty)),
            DeclKind::Element(root) if !matches!(root.ty.kind, TypeKind::Ref(_)) => add(&root.ty),
            DeclKind::Service(service) => {
                for method in &service.methods {
                    let parameters = match &method.parameters {
                        Parameters::Fields(fields) => &fields[..],
                        _ => &[],
                    };
                    let types = parameters.iter().chain(&method.throws).map(|field| &field.ty);
                    types.chain(&method.returns).for_each(&mut add);
                }
            }
            _ => {}
        }
    }
    used
}

/// The declaration that an anonymous one is part of.
fn owner(schema: &Schema, id: DeclId) -> DeclId {
    schema.decl(id).parent.unwrap_or(id)
}

/// Recurses as deep as types are nested in the text, which the reader bounds.
fn each_target(ty: &Type, each: &mut impl FnMut(DeclId)) {
    match &ty.kind {
        TypeKind::Ref(target) => each(*target),
        TypeKind::List(list) => each_target(&list.item, each),
        TypeKind::Map(map) => each_target(&map.value, each),
        TypeKind::Nullable(inner) => each_target(inner, each),
        _ => {}
    }
}

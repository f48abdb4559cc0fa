//! What is left when every pair is compared: things that came, went, or moved as a whole.

use canread_model::{DeclId, Schema, Type, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Comparison, Outcome, Scope, align::Aligned, options};
use crate::{Change, DeclAt, Pair};

/// Name, place and visibility of a declaration that both versions have.
pub(super) fn own_pair<'a>(pair: Pair<DeclAt<'a>>, outcome: &mut Outcome<'a>) {
    let decls = pair.decls();
    if decls.old.full_name != decls.new.full_name {
        outcome.changes.push(Change::DeclRenamed(pair));
    } else if decls.old.parent.is_none() && pair.old.module().name != pair.new.module().name {
        outcome.changes.push(Change::DeclMoved(pair));
    }
    if decls.old.visibility != decls.new.visibility {
        outcome.changes.push(Change::VisibilityChanged(pair));
    }
}

pub(super) fn settle<'a>(comparison: &Comparison<'a>, aligned: Aligned, scope: &Scope) -> Vec<Change<'a>> {
    let versions = comparison.versions;
    let mut changes = Vec::new();
    let removed = roots(versions.old, aligned.only_old, |id| comparison.renamed.contains_key(&id));
    let added = roots(versions.new, aligned.only_new, |id| comparison.renamed_back.contains_key(&id));
    let old_namespaces = namespaces(versions.old);
    let new_namespaces = namespaces(versions.new);

    let used = used(versions.old);
    let is_gone = |name: &str| !new_namespaces.contains(name) && !scope.other_namespaces.contains(name);
    let old = removed.into_iter().map(|id| DeclAt { id, schema: versions.old });
    for (namespace, decls) in by_namespace(old, is_gone) {
        match namespace {
            Some(name) => changes.push(Change::NamespaceRemoved { name, decls }),
            None => changes
                .extend(decls.into_iter().map(|old| Change::DeclRemoved { old, was_used: used.contains(&old.id) })),
        }
    }
    let is_fresh = |name: &str| !old_namespaces.contains(name) && !scope.other_namespaces.contains(name);
    let new = added.into_iter().map(|id| DeclAt { id, schema: versions.new });
    for (namespace, decls) in by_namespace(new, is_fresh) {
        match namespace {
            Some(name) => changes.push(Change::NamespaceAdded { name, decls }),
            None => changes.extend(decls.into_iter().map(|new| Change::DeclAdded { new })),
        }
    }
    module_options(versions, scope, &mut changes);
    changes
}

/// Those that are not nested in another one of the list, and not known under another name.
fn roots(schema: &Schema, ids: Vec<DeclId>, is_renamed: impl Fn(DeclId) -> bool) -> Vec<DeclId> {
    let left: FxHashSet<DeclId> = ids.iter().copied().filter(|&id| !is_renamed(id)).collect();
    let is_root =
        |id: &DeclId| left.contains(id) && !schema.decl(*id).parent.is_some_and(|parent| left.contains(&parent));
    ids.into_iter().filter(is_root).collect()
}

fn namespaces(schema: &Schema) -> FxHashSet<&str> {
    schema.modules().filter(|(_, module)| !module.decls.is_empty()).map(|(_, module)| &*module.namespace).collect()
}

/// Gathers the declarations of packages that are gone as a whole; the others come back under `None`.
fn by_namespace<'a>(
    decls: impl Iterator<Item = DeclAt<'a>>,
    is_whole: impl Fn(&str) -> bool,
) -> Vec<(Option<&'a str>, Vec<DeclAt<'a>>)> {
    let mut groups: Vec<(Option<&'a str>, Vec<DeclAt<'a>>)> = Vec::new();
    let mut by_name: FxHashMap<Option<&'a str>, usize> = FxHashMap::default();
    for decl in decls {
        let namespace = &*decl.module().namespace;
        let key = (!namespace.is_empty() && is_whole(namespace)).then_some(namespace);
        let at = *by_name.entry(key).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(decl);
    }
    groups
}

/// The declarations that a field or method names.
fn used(schema: &Schema) -> FxHashSet<DeclId> {
    let mut used = FxHashSet::default();
    let mut add = |ty: &Type| {
        used.extend(ty.target());
        if let TypeKind::Map(map) = &ty.kind {
            used.extend(map.value.target());
        }
    };
    for (_, decl) in schema.decls() {
        if let Some(record) = decl.as_record() {
            record.fields.iter().for_each(|field| add(&field.ty));
        }
        if let Some(extension) = decl.as_extension() {
            add(&extension.field.ty);
        }
        for method in decl.as_service().map_or(&[][..], |service| &service.methods) {
            if let canread_model::Parameters::Message(request) = &method.parameters {
                add(request);
            }
            method.returns.iter().for_each(&mut add);
        }
    }
    used
}

fn module_options<'a>(versions: Pair<&'a Schema>, scope: &Scope, changes: &mut Vec<Change<'a>>) {
    let new: FxHashMap<&str, _> = versions.new.modules().map(|(_, module)| (&*module.name, module)).collect();
    for (id, old) in versions.old.modules() {
        if let Some(new) = new.get(&*old.name)
            && !scope.unchanged.old.contains(&id)
        {
            options::modules(Pair { old, new: *new }, changes);
        }
    }
}

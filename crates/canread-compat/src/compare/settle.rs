//! What is left when every pair is compared: things that came, went, moved or changed their name, alone or as a package.

use std::collections::{BTreeMap, BTreeSet};

use canread_model::{Decl, DeclId, Parameters, Record, Schema, Type, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Comparison, Key, Outcome, Scope, cycles::Holders, imports, options, rename, visibility::is_local};
use crate::{Change, DeclAt, Pair};

/// File and visibility of a declaration that both versions have.
pub(super) fn place<'a>(pair: Pair<DeclAt<'a>>, outcome: &mut Outcome<'a>) {
    let decls = pair.decls();
    let same_name = decls.old.full_name == decls.new.full_name;
    if same_name && decls.old.parent.is_none() && pair.old.module().name != pair.new.module().name {
        outcome.changes.push(Change::DeclMoved(pair));
    }
    if is_local(pair.old) != is_local(pair.new) {
        outcome.changes.push(Change::VisibilityChanged(pair));
    }
}

/// Changes of declarations as wholes, and of the options of files.
pub(super) fn settle<'a>(comparison: &Comparison<'a>, order: Pair<Vec<DeclId>>, scope: &Scope) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let order = Pair {
        old: without_bystanders(comparison.versions.old, order.old, comparison.versions.new),
        new: without_bystanders(comparison.versions.new, order.new, comparison.versions.old),
    };
    let removed = roots(comparison.versions.old, order.old, &comparison.left.old);
    let packages = comparison.renamed_packages(&removed, scope);
    renamed(comparison, &packages, &mut changes);
    remove(comparison, removed, &packages, scope, &mut changes);
    add(comparison, order.new, &packages, scope, &mut changes);
    module_options(comparison.versions, scope, &mut changes);
    changes
}

/// Without well-known types whose file the other version merely does not import: every implementation brings them along.
fn without_bystanders(schema: &Schema, mut ids: Vec<DeclId>, other: &Schema) -> Vec<DeclId> {
    if ids.iter().any(|id| rename::is_well_known(schema, *id)) {
        let files: FxHashSet<&str> = other.modules().map(|(_, module)| &*module.name).collect();
        let is_there = |id: DeclId| files.contains(&*schema.module(schema.decl(id).module).name);
        ids.retain(|id| !rename::is_well_known(schema, *id) || is_there(*id));
    }
    ids
}

fn renamed<'a>(comparison: &Comparison<'a>, packages: &BTreeMap<&'a str, &'a str>, changes: &mut Vec<Change<'a>>) {
    let Pair { old, new } = comparison.versions;
    let mut moved: BTreeMap<&str, Vec<Pair<DeclAt<'a>>>> = BTreeMap::new();
    for key in comparison.renames() {
        let from = rename::namespace(old, key.old);
        let is_moved = packages.get(from) == Some(&rename::namespace(new, key.new))
            && rename::relative_name(old, key.old) == rename::relative_name(new, key.new);
        let follows = follows_parent(comparison, key);
        if is_moved && !follows {
            moved.entry(from).or_default().push(comparison.at(key));
        } else if !is_moved && (!follows || old.decl(key.old).as_extension().is_some()) {
            // JSON knows an extension by its full name, so its rename counts even where it follows from another one.
            changes.push(Change::DeclRenamed(comparison.at(key)));
        }
    }
    for (&from, &to) in packages {
        let decls = moved.remove(from).unwrap_or_default();
        changes.push(Change::NamespaceRenamed { name: Pair { old: from, new: to }, decls });
    }
}

/// Whether a declaration has another full name only because what it is nested in has.
fn follows_parent(comparison: &Comparison<'_>, key: Key) -> bool {
    let decls = comparison.at(key).decls();
    let (Some(old), Some(new)) = (decls.old.parent, decls.new.parent) else { return false };
    decls.old.name == decls.new.name && comparison.is_own(Pair { old, new })
}

fn remove<'a>(
    comparison: &Comparison<'a>,
    removed: Vec<DeclId>,
    packages: &BTreeMap<&'a str, &'a str>,
    scope: &Scope,
    changes: &mut Vec<Change<'a>>,
) {
    if removed.is_empty() {
        return;
    }
    let Pair { old: schema, new } = comparison.versions;
    let named = named_by_others(schema, &comparison.left.old);
    let is_used = |decl: DeclAt<'_>| named.contains(&decl.id) || decl.decl().as_record().is_some_and(holds_nothing);
    let new_namespaces = namespaces(new);
    let is_gone = |name: &str| {
        !new_namespaces.contains(name) && !scope.other_namespaces.contains(name) && !packages.contains_key(name)
    };
    let removed = removed.into_iter().map(|id| DeclAt { id, schema });
    for (namespace, mut decls) in by_namespace(removed, is_gone) {
        if let Some(name) = namespace {
            decls.retain(|decl| decl.decl().parent.is_none());
            let was_used = decls.iter().all(|decl| decl.decl().as_record().is_none() || is_used(*decl));
            changes.push(Change::NamespaceRemoved { name, decls, was_used });
        } else {
            changes.extend(decls.into_iter().map(|old| {
                match extended(old).and_then(|message| comparison.with_new_half(message)) {
                    Some(owner) => Change::ExtensionRemoved { owner, old },
                    None => Change::DeclRemoved { old, was_used: is_used(old) },
                }
            }));
        }
    }
}

fn add<'a>(
    comparison: &Comparison<'a>,
    added: Vec<DeclId>,
    packages: &BTreeMap<&'a str, &'a str>,
    scope: &Scope,
    changes: &mut Vec<Change<'a>>,
) {
    let Pair { old, new: schema } = comparison.versions;
    let old_namespaces = namespaces(old);
    let renamed: BTreeSet<&str> = packages.values().copied().collect();
    let is_fresh = |name: &str| {
        !old_namespaces.contains(name) && !scope.other_namespaces.contains(name) && !renamed.contains(name)
    };
    let mut others = Vec::new();
    for new in roots(schema, added, &comparison.left.new).into_iter().map(|id| DeclAt { id, schema }) {
        // An extension goes with the message that it extends, and that was there before, whatever package it is in.
        match extended(new).and_then(|message| comparison.with_old_half(message)) {
            Some(owner) => changes.push(Change::ExtensionAdded { owner, new }),
            None => others.push(new),
        }
    }
    for (namespace, mut decls) in by_namespace(others.into_iter(), is_fresh) {
        if let Some(name) = namespace {
            decls.retain(|decl| decl.decl().parent.is_none());
            changes.push(Change::NamespaceAdded { name, decls });
        } else {
            changes.extend(decls.into_iter().map(|new| Change::DeclAdded { new }));
        }
    }
}

impl<'a> Comparison<'a> {
    /// A declaration of the old version in both.
    fn with_new_half(&self, old: DeclId) -> Option<Pair<DeclAt<'a>>> {
        let same_name = || self.versions.new.find(&self.versions.old.decl(old).full_name);
        let new = self.renamed.get(&old).copied().or_else(same_name)?;
        Some(self.at(Pair { old, new }))
    }

    /// A declaration of the new version in both.
    fn with_old_half(&self, new: DeclId) -> Option<Pair<DeclAt<'a>>> {
        let same_name = || self.versions.old.find(&self.versions.new.decl(new).full_name);
        let old = self.renamed_back.get(&new).copied().or_else(same_name)?;
        Some(self.at(Pair { old, new }))
    }
}

/// The message that an extension extends.
fn extended(decl: DeclAt<'_>) -> Option<DeclId> {
    decl.decl().as_extension()?.extendee.target()
}

/// Those of `ids` that are left and that do not follow from another one that is.
///
/// What is nested goes with what it is nested in, but for extensions: they are fields of another message,
/// and go with that one.
fn roots(schema: &Schema, ids: Vec<DeclId>, left: &FxHashSet<DeclId>) -> Vec<DeclId> {
    let is_root = |id: &DeclId| {
        let decl = schema.decl(*id);
        let leader = match decl.as_extension() {
            Some(extension) => extension.extendee.target(),
            None => decl.parent,
        };
        left.contains(id) && !leader.is_some_and(|leader| left.contains(&leader))
    };
    ids.into_iter().filter(is_root).collect()
}

/// The packages that have declarations.
pub(super) fn namespaces(schema: &Schema) -> FxHashSet<&str> {
    schema.modules().filter(|(_, module)| !module.decls.is_empty()).map(|(_, module)| &*module.namespace).collect()
}

/// Gathers the declarations of packages that are whole; the others come back under `None`.
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

/// Those of `left` that a field or method names from outside of them. A tree that only names itself is not among them,
/// nor are messages that only name each other.
fn named_by_others(schema: &Schema, left: &FxHashSet<DeclId>) -> FxHashSet<DeclId> {
    let mut holders = Holders::default();
    for (id, decl) in schema.decls() {
        each_target(decl, |target| {
            if left.contains(&target) && !is_inside(schema, id, target) {
                holders.add(leader(schema, id, left), target);
            }
        });
    }
    holders.held()
}

/// What a declaration goes with, of those that are left: the outermost of what it is nested in; of an extension, that
/// of the message that it extends.
fn leader(schema: &Schema, id: DeclId, left: &FxHashSet<DeclId>) -> Option<DeclId> {
    let outer = |id: &DeclId| {
        let decl = schema.decl(*id);
        let extendee = decl.as_extension().and_then(|extension| extension.extendee.target());
        extendee.or(decl.parent).filter(|outer| left.contains(outer))
    };
    std::iter::successors(left.contains(&id).then_some(id), outer).last()
}

/// Whether there is nothing in records of it: a message that only others are nested in.
fn holds_nothing(record: &Record) -> bool {
    record.fields.is_empty() && record.extension_ranges.is_empty()
}

fn is_inside(schema: &Schema, id: DeclId, outer: DeclId) -> bool {
    std::iter::successors(Some(id), |id| schema.decl(*id).parent).any(|id| id == outer)
}

/// Calls `each` with every declaration that the fields or methods of `decl` name.
pub(super) fn each_target(decl: &Decl, mut each: impl FnMut(DeclId)) {
    let mut add = |ty: &Type| match &ty.kind {
        TypeKind::Map(map) => map.value.target().into_iter().for_each(&mut each),
        _ => ty.target().into_iter().for_each(&mut each),
    };
    if let Some(record) = decl.as_record() {
        record.fields.iter().for_each(|field| add(&field.ty));
    }
    if let Some(extension) = decl.as_extension() {
        add(&extension.field.ty);
    }
    for method in decl.as_service().map_or(&[][..], |service| &service.methods) {
        if let Parameters::Message(request) = &method.parameters {
            add(request);
        }
        method.returns.iter().for_each(&mut add);
    }
}

fn module_options<'a>(versions: Pair<&'a Schema>, scope: &Scope, changes: &mut Vec<Change<'a>>) {
    let new: FxHashMap<&str, _> = versions.new.modules().map(|(_, module)| (&*module.name, module)).collect();
    for (id, old) in versions.old.modules() {
        if let Some(new) = new.get(&*old.name)
            && !scope.unchanged.old.contains(&id)
        {
            options::modules(Pair { old, new: *new }, changes);
            imports::compare(versions, Pair { old, new: *new }, scope, changes);
        }
    }
}

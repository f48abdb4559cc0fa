//! Which declarations belong together by name, and which are only old or only new.

use canread_model::{DeclId, DeclKind, Schema, TypeKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Key, Scope};
use crate::Pair;

/// The declarations of both versions, sorted by whether the other version has them.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    /// In both.
    pub(super) pairs: Vec<Key>,
    /// Only in the old version; nested ones too.
    pub(super) only_old: Vec<DeclId>,
    /// Only in the new version; nested ones too.
    pub(super) only_new: Vec<DeclId>,
}

pub(super) fn align(versions: Pair<&Schema>, scope: &Scope) -> Aligned {
    let mut aligned = Aligned::default();
    let mut extensions = Extensions::of(versions.new);
    let mut paired = FxHashSet::default();
    for (id, decl) in versions.old.decls() {
        if scope.unchanged.old.contains(&decl.module) || decl.name.is_none() {
            continue;
        }
        // An extension is known to data by the message that it extends and its number; its name comes second.
        let by_number = decl.as_extension().and_then(|_| extensions.take_same(versions.old, id));
        let by_name = || {
            let new = counterpart(versions, id)?;
            if waits_for_its_message(versions, Pair { old: id, new }) {
                return None;
            }
            let same_kind = std::mem::discriminant(&versions.new.decl(new).kind) == std::mem::discriminant(&decl.kind);
            let mut is_same = || same_kind && !became_field(versions, Pair { old: id, new }) && extensions.take(new);
            (decl.as_extension().is_none() || is_same()).then_some(new)
        };
        match by_number.or_else(by_name) {
            Some(new) => {
                paired.insert(new);
                aligned.pairs.push(Pair { old: id, new });
            }
            None => aligned.only_old.push(id),
        }
    }
    for (id, decl) in versions.new.decls() {
        // What an unchanged module declares is in both, though it was not paired above.
        let is_elsewhere = || decl.as_extension().is_none() && is_single(versions, &decl.full_name);
        if !paired.contains(&id)
            && !is_elsewhere()
            && !scope.unchanged.new.contains(&decl.module)
            && decl.name.is_some()
        {
            aligned.only_new.push(id);
        }
    }
    aligned
}

/// The declaration of the same name in the new version: where several files declare it (apart from each other, or
/// nothing could be linked), the one in the file of the same name.
pub(crate) fn counterpart(versions: Pair<&Schema>, old: DeclId) -> Option<DeclId> {
    let decl = versions.old.decl(old);
    let first = versions.new.find(&decl.full_name)?;
    let file = &versions.old.module(decl.module).name;
    let is_same_file = |id: &DeclId| versions.new.module(versions.new.decl(*id).module).name == *file;
    let is_only = versions.new.find_all(&decl.full_name).nth(1).is_none();
    if is_only { Some(first) } else { versions.new.find_all(&decl.full_name).find(is_same_file).or(Some(first)) }
}

/// Whether both versions declare a name, and each once.
fn is_single(versions: Pair<&Schema>, full_name: &str) -> bool {
    [versions.old, versions.new].iter().all(|schema| schema.find_all(full_name).count() == 1)
}

/// The extensions of one version by extended message and number, each of which can be paired once.
struct Extensions<'a> {
    by_number: FxHashMap<(&'a str, i32), DeclId>,
    is_taken: FxHashMap<DeclId, bool>,
}

impl<'a> Extensions<'a> {
    fn of(schema: &'a Schema) -> Self {
        let mut extensions = Self { by_number: FxHashMap::default(), is_taken: FxHashMap::default() };
        for (id, _) in schema.decls() {
            if let Some(identity) = identity(schema, id) {
                extensions.by_number.entry(identity).or_insert(id);
                extensions.is_taken.insert(id, false);
            }
        }
        extensions
    }

    /// The one with the identity of `old`, if it is not taken yet.
    fn take_same(&mut self, old_schema: &Schema, old: DeclId) -> Option<DeclId> {
        let (extendee, number) = identity(old_schema, old)?;
        let new = *self.by_number.get(&(extendee, number))?;
        self.take(new).then_some(new)
    }

    fn take(&mut self, id: DeclId) -> bool {
        self.is_taken.insert(id, true) == Some(false)
    }
}

/// Whether two extensions extend messages of which neither version has both: if that is a rename, their numbers tell which
/// of them belong together, and only then their names.
fn waits_for_its_message(versions: Pair<&Schema>, extensions: Pair<DeclId>) -> bool {
    let (Some((old, _)), Some((new, _))) =
        (identity(versions.old, extensions.old), identity(versions.new, extensions.new))
    else {
        return false;
    };
    versions.new.find(old).is_none() && versions.old.find(new).is_none()
}

/// Whether the number of the old extension is a field's now, or that of the new one was: which field they are is settled
/// by that, whatever their name.
fn became_field(versions: Pair<&Schema>, extensions: Pair<DeclId>) -> bool {
    let is_field = |schema: &Schema, (message, number): (&str, i32)| {
        schema.find(message).and_then(|id| schema.field_by_number(id, number)).is_some()
    };
    identity(versions.old, extensions.old).is_some_and(|identity| is_field(versions.new, identity))
        || identity(versions.new, extensions.new).is_some_and(|identity| is_field(versions.old, identity))
}

/// What data knows an extension by.
fn identity(schema: &Schema, id: DeclId) -> Option<(&str, i32)> {
    let DeclKind::Extension(extension) = &schema.decl(id).kind else { return None };
    let TypeKind::Ref(extendee) = extension.extendee.kind else { return None };
    Some((&schema.decl(extendee).full_name, extension.field.number?.value))
}

//! Which declarations belong together by name, and which are only old or only new.

use canread_model::{DeclId, DeclKind, Schema, TypeKind};
use rustc_hash::FxHashMap;

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
    for (id, decl) in versions.old.decls() {
        if scope.unchanged.old.contains(&decl.module) || decl.name.is_none() {
            continue;
        }
        // An extension is known to data by the message that it extends and its number; its name comes second.
        let by_number = decl.as_extension().and_then(|_| extensions.take_same(versions.old, id));
        let by_name = || {
            let new = versions.new.find(&decl.full_name)?;
            let same_kind = std::mem::discriminant(&versions.new.decl(new).kind) == std::mem::discriminant(&decl.kind);
            (decl.as_extension().is_none() || (same_kind && extensions.take(new))).then_some(new)
        };
        match by_number.or_else(by_name) {
            Some(new) => aligned.pairs.push(Pair { old: id, new }),
            None => aligned.only_old.push(id),
        }
    }
    for (id, decl) in versions.new.decls() {
        let is_paired = match decl.as_extension() {
            Some(_) => extensions.is_taken(id),
            None => versions.old.find(&decl.full_name).is_some(),
        };
        if !is_paired && !scope.unchanged.new.contains(&decl.module) && decl.name.is_some() {
            aligned.only_new.push(id);
        }
    }
    aligned
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

    fn is_taken(&self, id: DeclId) -> bool {
        self.is_taken.get(&id) == Some(&true)
    }
}

/// What data knows an extension by.
fn identity(schema: &Schema, id: DeclId) -> Option<(&str, i32)> {
    let DeclKind::Extension(extension) = &schema.decl(id).kind else { return None };
    let TypeKind::Ref(extendee) = extension.extendee.kind else { return None };
    Some((&schema.decl(extendee).full_name, extension.field.number?.value))
}

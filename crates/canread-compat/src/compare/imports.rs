//! What files pass on of what they import.
//!
//! Source: Protobuf, "Language Guide", "Importing Definitions".

use canread_model::{ImportKind, Module, ModuleId, Schema};
use rustc_hash::FxHashSet;

use super::Scope;
use crate::{Change, DeclAt, Pair};

/// Public imports that are gone, and whose declarations the file does not pass on in any other way.
pub(super) fn compare<'a>(
    versions: Pair<&'a Schema>,
    modules: Pair<&'a Module>,
    scope: &Scope,
    changes: &mut Vec<Change<'a>>,
) {
    let is_public = |import: &&canread_model::Import| import.kind == ImportKind::Public;
    let kept: FxHashSet<&str> = modules.new.imports.iter().filter(is_public).map(|import| &*import.target).collect();
    let mut passed_on = FxHashSet::default();
    for import in modules.old.imports.iter().filter(is_public) {
        if kept.contains(&*import.target) {
            continue;
        }
        let Some(target) = import.module else { continue };
        if passed_on.is_empty() {
            passed_on = seen_through(versions.new, modules.new);
        }
        let is_kept = |file: ModuleId| scope.unchanged.old.contains(&file);
        let lost = versions.old.module(target).decls.iter().find(|id| {
            let decl = versions.old.decl(**id);
            let mut found = versions.new.find_all(&decl.full_name).peekable();
            // What is gone altogether is a change of its own.
            let is_there = found.peek().is_some() || is_kept(target);
            is_there && !found.any(|id| passed_on.contains(&*versions.new.module(versions.new.decl(id).module).name))
        });
        if let Some(lost) = lost {
            let lost = DeclAt { id: *lost, schema: versions.old };
            changes.push(Change::PublicImportRemoved { modules, import, lost });
        }
    }
}

/// The names of a file and of all that whoever imports it sees with it.
fn seen_through<'a>(schema: &'a Schema, module: &'a Module) -> FxHashSet<&'a str> {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut pending = vec![module];
    while let Some(next) = pending.pop() {
        if seen.insert(&next.name) {
            let public = next.imports.iter().filter(|import| import.kind == ImportKind::Public);
            pending.extend(public.filter_map(|import| Some(schema.module(import.module?))));
        }
    }
    seen
}

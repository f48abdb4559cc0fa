//! Which declarations of two versions are compared with each other.

use std::collections::{HashMap, HashSet};

use canread_compat::{Pair, Scope};
use canread_model::{DeclId, Format};
use canread_protobuf::schema::wkt;
use canread_syntax::Diagnostic;

use crate::link::{Linked, descriptor_set};
use crate::{LoadedFile, LoadedSide, Role};

/// Leaves out the modules that are only there because others import them, unless they changed: data of the schemas holds
/// what they declare. An import that is on one side only was taken up or dropped by the schemas, and is no declaration
/// that is new or gone. Of a descriptor set, whose files are all on a par, the well-known modules are left out.
pub(crate) fn scope(sides: Pair<&LoadedSide>, format: Format, linked: Pair<&Linked>) -> Scope {
    let mut scope = Scope::default();
    for (side, other_side, linked, other, unchanged) in [
        (sides.old, sides.new, linked.old, linked.new, &mut scope.unchanged.old),
        (sides.new, sides.old, linked.new, linked.old, &mut scope.unchanged.new),
    ] {
        let is_compared = |file: &&LoadedFile| file.role == Role::Compared || file.is_changed;
        let compared: HashMap<&str, Role> =
            side.of(format).filter(is_compared).map(|file| (file.name.as_str(), file.role)).collect();
        let is_set = descriptor_set(side).is_some();
        let in_both: HashSet<_> = linked
            .schema
            .decls()
            .filter(|(_, decl)| {
                decl.parent.is_none() && decl.name.is_some() && other.schema.find(&decl.full_name).is_some()
            })
            .map(|(_, decl)| decl.module)
            .collect();
        // A well-known type of the one version that is a file of the other one may say something else there.
        let replaces_built_in = |name: &str| {
            wkt::find(name).is_some()
                && other_side.of(format).any(|file| file.name == name && file.is_changed)
                && side.of(format).all(|file| file.name != name)
        };
        let is_left_out = |id, name: &str| match compared.get(name) {
            _ if is_set => wkt::find(name).is_some(),
            Some(Role::Compared) => false,
            Some(Role::Imported) => !in_both.contains(&id),
            None => !replaces_built_in(name),
        };
        let others = linked.schema.modules().filter(|(id, module)| is_left_out(*id, &module.name));
        unchanged.extend(others.map(|(id, _)| id));
    }
    scope
}

/// Old declarations of which nothing tells what became of them: the new version declares the name in several files, none
/// of which is the old one's. (Files that declare one name and are needed together are an error of the linker; those
/// that are not are compared file by file.)
pub(crate) fn ambiguous_names(linked: Pair<&Linked>, scope: &Scope) -> Vec<Diagnostic> {
    let (old, new) = (&linked.old.schema, &linked.new.schema);
    let mut problems = Vec::new();
    for (_, decl) in old.decls() {
        if decl.parent.is_some() || decl.name.is_none() || scope.unchanged.old.contains(&decl.module) {
            continue;
        }
        let file = &old.module(decl.module).name;
        let ids: Vec<_> = new.find_all(&decl.full_name).collect();
        let found: Vec<_> = ids.iter().map(|id| new.decl(*id)).collect();
        if found.len() < 2 || found.iter().any(|decl| new.module(decl.module).name == *file) {
            continue;
        }
        // Generated Avro schemas repeat what they use: of copies, any will do.
        let text = |id: &DeclId| new.fingerprint_decl(*id);
        if new.format() == Format::Avro && ids.iter().all(|id| text(id) == text(&ids[0])) {
            continue;
        }
        let files: Vec<String> = found.iter().map(|decl| format!("\"{}\"", new.module(decl.module).name)).collect();
        let message = format!("`{}` of \"{file}\" could be that of {} now", decl.full_name, files.join(" or "));
        let mut problem = Diagnostic::error("project/ambiguous_name", message);
        for (decl, label) in found.iter().zip(["it could be this one", "or this one"]) {
            if let Some(place) = linked.new.map.place(decl.node.0) {
                problem = problem.at(place.name, label);
            }
        }
        problems.push(problem.help("declare the name once, or compare the trees that declare it in runs of their own"));
    }
    problems
}

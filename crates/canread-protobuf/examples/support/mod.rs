//! Files from disk, with all that they import: what `canread-project` does with more care.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use canread_model::{ModuleId, Schema};
use canread_protobuf::schema::{LinkOptions, Linked, read, scan_imports};
use canread_syntax::{Diagnostic, FileId, Sources};

/// Reads the named files and their imports. Each name is looked for below the roots, in their order.
///
/// A name that is found nowhere is left out: the linker reports it, or has such a file built in.
pub(crate) fn load(roots: &[PathBuf], names: &[String], options: &LinkOptions) -> (Sources, Linked) {
    let mut sources = Sources::default();
    let mut files: BTreeMap<String, Option<FileId>> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut wanted: Vec<String> = names.iter().rev().cloned().collect();
    while let Some(name) = wanted.pop() {
        if files.contains_key(&name) {
            continue;
        }
        let bytes = roots.iter().find_map(|root| fs::read(root.join(&name)).ok());
        let id = bytes.map(|bytes| sources.add(&name, "worktree", bytes));
        if let Some(id) = id {
            let imports = scan_imports(sources.file(id).text());
            wanted.extend(imports.into_iter().map(|import| import.path.into_owned()));
            order.push(name.clone());
        }
        files.insert(name, id);
    }
    let found = order.iter().filter_map(|name| Some((name.as_str(), files.get(name).copied().flatten()?)));
    let linked = read(&found.collect::<Vec<_>>(), &sources, options);
    (sources, linked)
}

/// One line for a diagnostic.
pub(crate) fn line(sources: &Sources, diagnostic: &Diagnostic) -> String {
    // Built-in files, and what comes from no text, stand in no source.
    let known = |file: FileId| sources.iter().any(|(id, _)| id == file);
    let place = diagnostic.span().filter(|span| known(span.file)).map(|span| {
        let position = sources.position(span);
        format!("{}:{}:{}: ", sources.file(span.file).name(), position.line, position.column)
    });
    let severity = diagnostic.severity.as_str();
    format!("{}{severity}[{}]: {}", place.unwrap_or_default(), diagnostic.code, diagnostic.message)
}

/// The modules of some names, in that order; what is not there is left out.
pub(crate) fn modules(schema: &Schema, names: &[String]) -> Vec<ModuleId> {
    let by_name: BTreeMap<&str, ModuleId> = schema.modules().map(|(id, module)| (&*module.name, id)).collect();
    names.iter().filter_map(|name| by_name.get(name.as_str()).copied()).collect()
}

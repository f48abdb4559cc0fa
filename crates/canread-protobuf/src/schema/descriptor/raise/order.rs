//! Which files a set holds, and in which order.

use canread_model::{ModuleId, Schema};

/// The modules and all that they import: each once, after its imports, as `protoc --include_imports` has them.
///
/// Source: protoc's `GetTransitiveDependencies`: depth first, imports in the order of their
/// statements, those for options only behind the others.
pub(super) fn dependency_order(schema: &Schema, wanted: &[ModuleId]) -> Vec<ModuleId> {
    let mut seen = vec![false; schema.modules().len()];
    let mut order = Vec::new();
    for &start in wanted {
        // Import chains may be long, so the stack is on the heap: a module and how many of its imports are done.
        let mut open = vec![(start, 0)];
        if std::mem::replace(&mut seen[start.0 as usize], true) {
            continue;
        }
        while let Some((module, done)) = open.last_mut() {
            let imports = dependencies(schema, *module);
            let Some(next) = imports.get(*done).copied() else {
                order.push(*module);
                open.pop();
                continue;
            };
            *done += 1;
            if !std::mem::replace(&mut seen[next.0 as usize], true) {
                open.push((next, 0));
            }
        }
    }
    order
}

fn dependencies(schema: &Schema, module: ModuleId) -> Vec<ModuleId> {
    use canread_model::ImportKind::OptionOnly;
    let imports = &schema.module(module).imports;
    let plain = imports.iter().filter(|import| import.kind != OptionOnly);
    let for_options = imports.iter().filter(|import| import.kind == OptionOnly);
    plain.chain(for_options).filter_map(|import| import.module).collect()
}

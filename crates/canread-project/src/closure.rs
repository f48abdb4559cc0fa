//! Which files may be skipped: those whose whole import closure is the same on both sides.

use std::collections::HashMap;

use canread_compat::Pair;

/// The files of one side by name, and what they import.
#[derive(Debug, Clone, Copy)]
pub struct ImportGraph<'a> {
    /// The name of each file; no two are equal.
    pub names: &'a [String],
    /// The files that each file imports, by number; imports that were not found are left out.
    /// Cycles are allowed.
    pub imports: &'a [Vec<u32>],
}

/// What has to be looked at, as numbers of the files of each side, ascending.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Old files that changed, or that import, however indirectly, one that did.
    pub old_changed: Vec<u32>,
    /// The same on the new side.
    pub new_changed: Vec<u32>,
    /// Old files that have to be parsed: the changed ones and all that they import.
    pub old_needed: Vec<u32>,
    /// The same on the new side.
    pub new_needed: Vec<u32>,
}

/// Splits the files of two sides into changed, needed and rest.
///
/// A file is changed if it is on one side only, if its content differs, if its imports lead to
/// files of other names, or if something it imports is changed. `same` compares the content of an
/// old file with that of the new file of the same name; a wrong `false` costs time, a wrong
/// `true` hides changes.
///
/// Time is linear in files and imports.
pub fn select(old: ImportGraph<'_>, new: ImportGraph<'_>, same: impl Fn(u32, u32) -> bool) -> Selection {
    let new_by_name: HashMap<&str, u32> = new.names.iter().map(String::as_str).zip(0..).collect();
    let mut partner: Vec<Option<u32>> = vec![None; new.names.len()];
    let mut old_changed = vec![false; old.names.len()];
    let mut new_changed = vec![true; new.names.len()];
    for (index, name) in (0_u32..).zip(old.names) {
        let is_same = match new_by_name.get(name.as_str()) {
            Some(&twin) => {
                partner[twin as usize] = Some(index);
                let is_same = same(index, twin) && imported_names(old, index).eq(imported_names(new, twin));
                new_changed[twin as usize] = !is_same;
                is_same
            }
            None => false,
        };
        old_changed[index as usize] = !is_same;
    }
    spread(old, new, &partner, &mut old_changed, &mut new_changed);
    Selection {
        old_needed: needed(old, &old_changed),
        new_needed: needed(new, &new_changed),
        old_changed: numbers(&old_changed),
        new_changed: numbers(&new_changed),
    }
}

impl Selection {
    /// Adds files that have to be parsed though they did not change, with all that they import.
    pub(crate) fn need(&mut self, old: ImportGraph<'_>, new: ImportGraph<'_>, files: &Pair<Vec<u32>>) {
        for (graph, files, known) in [(old, &files.old, &mut self.old_needed), (new, &files.new, &mut self.new_needed)]
        {
            let mut marked = vec![false; graph.names.len()];
            mark(&mut marked, &mut Vec::new(), known.iter().chain(files).copied());
            *known = needed(graph, &marked);
        }
    }
}

fn imported_names(graph: ImportGraph<'_>, file: u32) -> impl Iterator<Item = &str> {
    graph.imports[file as usize].iter().map(move |import| graph.names[*import as usize].as_str())
}

/// Marks whatever imports a changed file, on either side, and its twin on the other side.
fn spread(
    old: ImportGraph<'_>,
    new: ImportGraph<'_>,
    partner: &[Option<u32>],
    old_changed: &mut [bool],
    new_changed: &mut [bool],
) {
    let mut old_twin: Vec<Option<u32>> = vec![None; old.names.len()];
    for (new, old) in (0..).zip(partner) {
        if let Some(old) = old {
            old_twin[*old as usize] = Some(new);
        }
    }
    let (old_importers, new_importers) = (importers(old), importers(new));
    let mut old_pending = numbers(old_changed);
    let mut new_pending = numbers(new_changed);
    loop {
        if let Some(file) = old_pending.pop() {
            let twin = old_twin[file as usize];
            mark(new_changed, &mut new_pending, twin);
            mark(old_changed, &mut old_pending, old_importers[file as usize].iter().copied());
        } else if let Some(file) = new_pending.pop() {
            mark(old_changed, &mut old_pending, partner[file as usize]);
            mark(new_changed, &mut new_pending, new_importers[file as usize].iter().copied());
        } else {
            return;
        }
    }
}

fn mark(changed: &mut [bool], pending: &mut Vec<u32>, files: impl IntoIterator<Item = u32>) {
    for file in files {
        if !std::mem::replace(&mut changed[file as usize], true) {
            pending.push(file);
        }
    }
}

fn importers(graph: ImportGraph<'_>) -> Vec<Vec<u32>> {
    let mut importers = vec![Vec::new(); graph.names.len()];
    for (file, imports) in (0..).zip(graph.imports) {
        for import in imports {
            importers[*import as usize].push(file);
        }
    }
    importers
}

fn needed(graph: ImportGraph<'_>, changed: &[bool]) -> Vec<u32> {
    let mut needed = changed.to_vec();
    let mut pending = numbers(changed);
    while let Some(file) = pending.pop() {
        mark(&mut needed, &mut pending, graph.imports[file as usize].iter().copied());
    }
    numbers(&needed)
}

fn numbers(marked: &[bool]) -> Vec<u32> {
    (0..).zip(marked).filter_map(|(number, marked)| marked.then_some(number)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files as `name=content:imports`, separated by spaces.
    struct Side {
        names: Vec<String>,
        contents: Vec<String>,
        imports: Vec<Vec<u32>>,
    }

    fn side(text: &str) -> Side {
        let files: Vec<(&str, &str, &str)> = text
            .split_whitespace()
            .map(|file| {
                let (name, rest) = file.split_once('=').expect("name=content");
                let (content, imports) = rest.split_once(':').unwrap_or((rest, ""));
                (name, content, imports)
            })
            .collect();
        let number = |name: &str| (0..).zip(&files).find_map(|(at, file)| (file.0 == name).then_some(at));
        Side {
            names: files.iter().map(|file| file.0.to_owned()).collect(),
            contents: files.iter().map(|file| format!("{}:{}", file.1, file.2)).collect(),
            imports: files.iter().map(|file| file.2.split(',').filter_map(number).collect()).collect(),
        }
    }

    fn selected(old: &str, new: &str) -> String {
        let (old, new) = (side(old), side(new));
        let graph = |side: &'_ Side| (side.names.clone(), side.imports.clone());
        let ((old_names, old_imports), (new_names, new_imports)) = (graph(&old), graph(&new));
        let selection = select(
            ImportGraph { names: &old_names, imports: &old_imports },
            ImportGraph { names: &new_names, imports: &new_imports },
            |a, b| old.contents[a as usize] == new.contents[b as usize],
        );
        let names = |side: &Side, files: &[u32]| {
            files.iter().map(|file| side.names[*file as usize].as_str()).collect::<Vec<_>>().join(",")
        };
        format!(
            "changed {}|{} needed {}|{}",
            names(&old, &selection.old_changed),
            names(&new, &selection.new_changed),
            names(&old, &selection.old_needed),
            names(&new, &selection.new_needed)
        )
    }

    #[test]
    fn equal_sides_need_nothing() {
        assert_eq!(selected("a=1:b b=1", "a=1:b b=1"), "changed | needed |");
    }

    #[test]
    fn a_change_reaches_every_importer_and_needs_every_import() {
        let old = "top=1:mid mid=1:low,base low=1 base=1 other=1:base";
        let new = "top=1:mid mid=1:low,base low=2 base=1 other=1:base";
        assert_eq!(selected(old, new), "changed top,mid,low|top,mid,low needed top,mid,low,base|top,mid,low,base");
    }

    #[test]
    fn cycles_are_walked_once() {
        assert_eq!(selected("a=1:b b=1:a c=1", "a=1:b b=2:a c=1"), "changed a,b|a,b needed a,b|a,b");
        assert_eq!(selected("a=1:a", "a=1:a"), "changed | needed |");
    }

    #[test]
    fn an_import_that_appears_changes_its_importer() {
        assert_eq!(selected("a=1:b c=1", "a=1:b b=1 c=1"), "changed a|a,b needed a|a,b");
    }

    #[test]
    fn deleted_and_added_files_are_changed_on_their_side() {
        assert_eq!(selected("a=1 gone=1", "a=1 fresh=1"), "changed gone|fresh needed gone|fresh");
    }

    #[test]
    fn a_deep_chain_does_not_overflow_the_stack() {
        let names: Vec<String> = (0..50_000).map(|n| format!("f{n}")).collect();
        let imports: Vec<Vec<u32>> = (1..50_000).map(|next| vec![next]).chain([vec![]]).collect();
        let graph = ImportGraph { names: &names, imports: &imports };
        let selection = select(graph, graph, |old, _| old != 49_999);
        assert_eq!(selection.new_changed.len(), 50_000);
    }
}

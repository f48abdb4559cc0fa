//! The buf modules that hold the files of a tree.

use std::collections::{BTreeMap, BTreeSet};

use canread_model::Format;
use canread_syntax::{Diagnostic, Sources};

use super::buf_config::{Module, Source, read};
use super::fixed::{FixedRoot, Place};
use crate::listing::Entry;
use crate::path::{ancestors, file_name, join, or_dot, parent, strip};
use crate::reader::Reader;
use crate::tree::Tree;
use crate::{Result, Skipped};

/// A configuration file larger than this, in bytes, is a mistake (1 MiB).
const CONFIG_BYTES_MAX: usize = 1 << 20;

/// Every module whose configuration lies in the tree or above it.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    /// Deepest root first, so that the first one that holds a file is the file's own.
    list: Vec<Module>,
    pub(crate) deps: BTreeSet<String>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// Reads every `buf.yaml` and `buf.work.yaml` in the tree, and in the directories above it as far
/// as they may be read.
///
/// # Errors
///
/// `NotFetched` or `Unreadable` if a git tree can't be searched.
pub(crate) fn find_modules(tree: &Tree, sources: &mut Sources) -> Result<Modules> {
    let mut pending: Vec<String> = tree.listing.configs.clone();
    for dir in ancestors(&tree.full).take_while(|dir| tree.may_read(dir)) {
        pending.extend(["buf.work.yaml", "buf.yaml"].map(|name| join(dir, name)));
    }
    let mut modules = Modules::default();
    let mut by_root: BTreeMap<String, Module> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    while let Some(path) = pending.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let Some(content) = tree.find_file(&path)? else { continue };
        let text = match Reader::new(tree).read(&content) {
            Ok(bytes) if bytes.len() <= CONFIG_BYTES_MAX => bytes,
            Ok(_) => {
                modules.problems.push(crate::listing::problem::unreadable(&shown(tree, &path), "it is too large"));
                continue;
            }
            Err(problem) => {
                modules.problems.push(problem.of(&shown(tree, &path)));
                continue;
            }
        };
        let file = sources.add(shown(tree, &path), tree.label(), text);
        let dir = parent(&path).unwrap_or_default();
        let is_workspace = file_name(&path) == "buf.work.yaml";
        match read(Source { text: sources.file(file).text(), file, dir, is_workspace }) {
            Err(problem) => modules.problems.push(*problem),
            Ok(config) => {
                modules.deps.extend(config.deps);
                for module in config.modules {
                    by_root.insert(module.root.clone(), module);
                }
                for dir in config.directories {
                    pending.push(join(&dir, "buf.yaml"));
                    let plain = Module { root: dir.clone(), includes: Vec::new(), excludes: Vec::new() };
                    by_root.entry(dir).or_insert(plain);
                }
            }
        }
    }
    modules.list = by_root.into_values().collect();
    modules.list.sort_by_key(|module| std::cmp::Reverse(depth(&module.root)));
    Ok(modules)
}

fn depth(path: &str) -> usize {
    if path.is_empty() { 0 } else { path.matches('/').count() + 1 }
}

fn shown(tree: &Tree, path: &str) -> String {
    crate::side::shown_of(&tree.shown, &tree.full, path)
}

impl Modules {
    /// The roots, if any module holds a file of the tree. Files of no module leave the tree, counted.
    pub(crate) fn apply(&self, tree: &mut Tree) -> Option<Vec<FixedRoot>> {
        let full = tree.full.clone();
        let is_in = |path: &str| self.holds(&join(&full, path));
        // buf knows Protobuf; other schemas below its directories are none of its business.
        let is_protobuf = |entry: &Entry| entry.kind.format() == Format::Protobuf;
        if !tree.listing.entries.iter().any(|entry| is_protobuf(entry) && is_in(&entry.path)) {
            return None;
        }
        if !tree.is_file {
            let mut skipped: Skipped = tree.listing.skipped.clone();
            let shown = tree.shown.clone();
            tree.listing.entries.retain(|entry| {
                let keep = !is_protobuf(entry) || is_in(&entry.path);
                if !keep {
                    skipped.outside_modules += 1;
                    skipped.example(|| join(&shown, &entry.path));
                }
                keep
            });
            tree.listing.skipped = skipped;
        }
        let root = |module: &Module| FixedRoot {
            shown: or_dot(&crate::side::shown_of(&tree.shown, &tree.full, &module.root)).to_owned(),
            place: Place::Inside(module.root.clone()),
        };
        Some(self.list.iter().map(root).collect())
    }

    fn holds(&self, path: &str) -> bool {
        let is_below = |dirs: &[String]| dirs.iter().any(|dir| strip(path, dir).is_some());
        let own = self.list.iter().find(|module| strip(path, &module.root).is_some());
        own.is_some_and(|module| {
            !is_below(&module.excludes) && (module.includes.is_empty() || is_below(&module.includes))
        })
    }
}

//! Include roots told from the files themselves.
//!
//! A Protobuf import names a file from an include root that the source does not mention. If
//! `a/b.proto` is imported and one file's path ends so, what stands before is a root. Each such
//! match is a vote for its root; the votes settle imports that several files could answer, and
//! give files that nobody imports their name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use canread_syntax::Diagnostic;

use super::{Files, Resolution, to_u32};
use crate::path::{ancestors, join, or_dot, parent, strip};

/// Finds each file's import path and each import's file.
///
/// Runs in time linear in the number of path parts and imports, ambiguous imports aside.
pub(crate) fn infer(files: &Files<'_>) -> Resolution {
    let importers = files.importers();
    let candidates = candidates(files, &importers);
    let votes = votes(files, &candidates, &importers);
    let mut resolution = Resolution { targets: vec![None; files.imports.len()], ..Resolution::default() };
    for (import, found) in candidates.iter().enumerate() {
        let chosen = match found.as_slice() {
            [] => continue,
            [only] => *only,
            several => choose(files, import, several, &importers[import], &votes, &mut resolution.problems),
        };
        resolution.targets[import] = Some(chosen);
    }
    resolution.roots = votes.keys().map(|root| (*root).to_owned()).collect();
    name_files(files, &votes, &importers, &mut resolution);
    resolution
}

/// For each import, the files whose full path ends with it, in order. Imports of no file have none.
fn candidates(files: &Files<'_>, importers: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let wanted: HashMap<&str, usize> = files
        .imports
        .iter()
        .enumerate()
        .filter(|(import, _)| !importers[*import].is_empty())
        .map(|(import, text)| (text.as_ref(), import))
        .collect();
    let mut candidates = vec![Vec::new(); files.imports.len()];
    for (file, full) in files.full.iter().enumerate() {
        for suffix in suffixes(full) {
            if let Some(import) = wanted.get(suffix) {
                candidates[*import].push(to_u32(file));
            }
        }
    }
    candidates
}

/// The path, and what is left of it as its leading parts are taken away one by one.
fn suffixes(full: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(full), |rest| rest.split_once('/').map(|(_, rest)| rest))
}

/// What stands before an import in the full path of the file it names.
fn root_of<'a>(full: &'a str, import: &str) -> &'a str {
    full[..full.len() - import.len()].trim_end_matches('/')
}

/// How many importing files need each root, counting imports that only one file can answer.
fn votes<'a>(files: &Files<'a>, candidates: &[Vec<u32>], importers: &[Vec<u32>]) -> BTreeMap<&'a str, usize> {
    let mut votes = BTreeMap::new();
    for (import, found) in candidates.iter().enumerate() {
        if let [only] = found.as_slice() {
            *votes.entry(root_of(files.full[*only as usize], &files.imports[import])).or_default() +=
                importers[import].len();
        }
    }
    votes
}

/// Picks one of several files for an import: the one below a root that other imports prove, or else
/// the one whose root holds every file that asks. Otherwise the question is open, which is an error.
fn choose(
    files: &Files<'_>,
    import: usize,
    several: &[u32],
    importers: &[u32],
    votes: &BTreeMap<&str, usize>,
    problems: &mut Vec<Diagnostic>,
) -> u32 {
    let text = files.imports[import].as_ref();
    let root = |file: u32| root_of(files.full[file as usize], text);
    let proven: Vec<u32> = several.iter().copied().filter(|file| votes.contains_key(root(*file))).collect();
    if let [only] = proven.as_slice() {
        return *only;
    }
    let open = if proven.is_empty() { several } else { &proven };
    let holds_all = |file: &u32| importers.iter().all(|by| strip(files.full[*by as usize], root(*file)).is_some());
    let local: Vec<u32> = open.iter().copied().filter(holds_all).collect();
    if let [only] = local.as_slice() {
        return *only;
    }
    let first = several[0];
    let mut best = open.to_vec();
    best.sort_by_key(|file| (std::cmp::Reverse(votes.get(root(*file)).copied().unwrap_or(0)), *file));
    let chosen = best.first().copied().unwrap_or(first);
    problems.push(ambiguous(files, text, several, chosen));
    chosen
}

fn ambiguous(files: &Files<'_>, import: &str, several: &[u32], chosen: u32) -> Diagnostic {
    let mut shown: Vec<&str> = several.iter().map(|file| files.shown[*file as usize]).collect();
    shown.sort_unstable();
    // The root may lie above what the user named, and then has no short name.
    let root = match files.shown[chosen as usize].strip_suffix(import) {
        Some(root) => or_dot(root.trim_end_matches('/')),
        None => "DIR",
    };
    Diagnostic::error("project/ambiguous_import", format!("`{import}` could be `{}`", shown.join("` or `")))
        .note("include roots are inferred from the files, and both directories would do")
        .help(format!("name the include root: `-I {root}`"))
}

/// Gives every file a name of its own.
fn name_files(files: &Files<'_>, votes: &BTreeMap<&str, usize>, importers: &[Vec<u32>], resolution: &mut Resolution) {
    let mut asked: Vec<Vec<usize>> = vec![Vec::new(); files.full.len()];
    for (import, target) in resolution.targets.iter().enumerate() {
        if let Some(file) = target {
            asked[*file as usize].push(import);
        }
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    resolution.names = vec![String::new(); files.full.len()];
    resolution.aliases = vec![Vec::new(); files.full.len()];
    for (file, asked) in asked.iter_mut().enumerate() {
        asked.sort_by_key(|import| (std::cmp::Reverse(importers[*import].len()), *import));
        if let Some((first, others)) = asked.split_first() {
            taken.extend(asked.iter().map(|import| files.imports[*import].to_string()));
            resolution.names[file] = files.imports[*first].to_string();
            resolution.aliases[file] = others.iter().map(|import| files.imports[*import].to_string()).collect();
        }
    }
    for (file, asked) in asked.iter().enumerate() {
        if asked.is_empty() {
            let name = free_name(files, file, votes, resolution, &taken);
            taken.insert(name.clone());
            resolution.names[file] = name;
        }
    }
}

/// The name of a file that nobody imports. Names that others are imported by are not for it, so
/// that two parts of a tree with roots of their own don't collide.
fn free_name(
    files: &Files<'_>,
    file: usize,
    votes: &BTreeMap<&str, usize>,
    resolution: &Resolution,
    taken: &BTreeSet<String>,
) -> String {
    let full = files.full[file];
    let dir = parent(full).unwrap_or_default();
    let own = own_root(files, file, dir, resolution);
    let root = own.or_else(|| best_root(dir, votes));
    let below = |root: &str| strip(full, root).map(str::to_owned);
    let in_tree = below(files.root).unwrap_or_else(|| full.to_owned());
    let mut name = root.and_then(below).unwrap_or_else(|| in_tree.clone());
    if taken.contains(&name) {
        name = in_tree;
    }
    while taken.contains(&name) {
        name = join(".", &name);
    }
    name
}

/// The root above a file through which most of its own imports are found.
fn own_root<'a>(files: &Files<'a>, file: usize, dir: &str, resolution: &Resolution) -> Option<&'a str> {
    let mut roots: BTreeMap<&str, usize> = BTreeMap::new();
    for import in files.imported[file] {
        if let Some(target) = resolution.targets[*import as usize] {
            let root = root_of(files.full[target as usize], &files.imports[*import as usize]);
            if strip(dir, root).is_some() {
                *roots.entry(root).or_default() += 1;
            }
        }
    }
    roots.into_iter().max_by_key(|(root, votes)| (*votes, std::cmp::Reverse(root.len()))).map(|(root, _)| root)
}

/// The root above a directory that most files need.
fn best_root<'a>(dir: &'a str, votes: &BTreeMap<&str, usize>) -> Option<&'a str> {
    ancestors(dir)
        .filter_map(|above| Some((above, *votes.get(above)?)))
        .max_by_key(|(above, votes)| (*votes, std::cmp::Reverse(above.len())))
        .map(|(above, _)| above)
}

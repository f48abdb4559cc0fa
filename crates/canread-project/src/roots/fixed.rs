//! Include roots that are known: given with `-I`, or read from `buf.yaml`.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use canread_syntax::Diagnostic;

use super::{Files, Resolution, to_u32};
use crate::path::strip;

/// One known include root. The order of roots is the order in which imports are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FixedRoot {
    pub(crate) place: Place,
    /// As users see it.
    pub(crate) shown: String,
}

/// Where a root is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A full path in the store of the tree.
    Inside(String),
    /// A directory of the file system, for a tree that comes from elsewhere.
    Disk(PathBuf),
}

/// Names each file from the first root that holds it, as protoc does; a file below none of
/// them is named from the root of the tree.
///
/// `found` are the names of files that were looked up, by the file's number.
pub(crate) fn fixed(files: &Files<'_>, roots: &[FixedRoot], found: &HashMap<usize, String>) -> Resolution {
    let mut resolution = Resolution { aliases: vec![Vec::new(); files.full.len()], ..Resolution::default() };
    let mut by_name: HashMap<String, u32> = HashMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for (file, full) in files.full.iter().enumerate() {
        let name = found.get(&file).cloned().unwrap_or_else(|| name(full, files.root, roots));
        let mut own = name.clone();
        if let Some(first) = by_name.get(&name) {
            resolution.problems.push(shadowed(&name, files.shown[*first as usize], files.shown[file]));
            while taken.contains(&own) {
                own = format!("./{own}");
            }
        } else {
            by_name.insert(name, to_u32(file));
        }
        taken.insert(own.clone());
        resolution.names.push(own);
    }
    resolution.targets = files.imports.iter().map(|import| by_name.get(import.as_ref()).copied()).collect();
    resolution.roots = roots
        .iter()
        .filter_map(|root| match &root.place {
            Place::Inside(full) => Some(full.clone()),
            Place::Disk(_) => None,
        })
        .collect();
    resolution
}

fn name(full: &str, tree: &str, roots: &[FixedRoot]) -> String {
    let of_root = |root: &FixedRoot| match &root.place {
        Place::Inside(dir) => strip(full, dir).map(str::to_owned),
        Place::Disk(_) => None,
    };
    let of_tree = || strip(full, tree).unwrap_or(full).to_owned();
    roots.iter().find_map(of_root).unwrap_or_else(of_tree)
}

fn shadowed(name: &str, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error("project/shadowed_file", format!("`{first}` and `{second}` are both imported as `{name}`"))
        .note("the first include root that has a file hides the files of that name in later roots")
        .help("leave one of the include roots out, or compare the two directories in runs of their own")
}

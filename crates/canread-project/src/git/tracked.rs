//! Files that git tracks, wherever they lie, for advice.

use std::collections::BTreeSet;

use gix::bstr::ByteSlice;

use super::repository::Repository;

/// For each import path, the directories of the index below which a file of that path is tracked; those nearest to the top
/// come first. None, if the index can't be read: advice is no reason to fail.
pub(crate) fn tracked_below<'a>(repository: &Repository, imports: &BTreeSet<&'a str>) -> Vec<(&'a str, String)> {
    let Ok(index) = repository.local().index_or_load_from_head_or_empty() else { return Vec::new() };
    let mut found: Vec<(&str, String)> = Vec::new();
    for entry in index.entries() {
        let Ok(path) = entry.path(&index).to_str() else { continue };
        let suffixes = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
        let starts = suffixes.filter_map(|at| Some((at, *imports.get(path.get(at..)?)?)));
        found.extend(starts.map(|(at, import)| (import, path[..at].trim_end_matches('/').to_owned())));
    }
    found.sort_by_key(|(_, dir)| (dir.matches('/').count(), dir.clone()));
    found
}

//! Files that git tracks and a sparse checkout left out of the work tree.
//!
//! They are part of the version that is checked out, and did not change: without them a
//! comparison would call them deleted.

use std::path::Path;

use gix::bstr::ByteSlice;
use gix::index::entry::{Flags, Mode};

use super::repository::{Repository, reason};
use super::tree::GitTree;
use crate::excluded::ExcludedBelow;
use crate::kind::is_json;
use crate::listing::{Content, Entry};
use crate::path::{join, split_top, strip};
use crate::{FileKind, Limits, ProjectError, Result};

/// The schema files, and the JSON files that may be some, below `root` (canonical) that are in the index only; their paths
/// are relative to `root`, their contents in the repository.
///
/// # Errors
///
/// `Unreadable` if the index can't be read, and the errors of listing a git tree.
pub(crate) fn not_checked_out(repository: &Repository, root: &Path, limits: &Limits) -> Result<Vec<Entry>> {
    let inside = repository.workdir().and_then(|workdir| root.strip_prefix(workdir).ok()).and_then(split_top);
    let (Some(workdir), Some((_, dir))) = (repository.workdir(), inside) else { return Ok(Vec::new()) };
    let repo = repository.local();
    let index = repo.index_or_empty().map_err(|error| {
        ProjectError::unreadable("the index of the git repository can't be read").note(reason(&error))
    })?;
    let mut entries = Vec::new();
    for entry in index.entries().iter().filter(|entry| entry.flags.contains(Flags::SKIP_WORKTREE)) {
        let Ok(path) = entry.path(&index).to_str() else { continue };
        let path = path.trim_end_matches('/');
        if workdir.join(path).exists() {
            continue;
        }
        if entry.mode == Mode::DIR {
            entries.extend(sparse_dir(repository, path, entry.id, &dir, limits)?);
        } else if entry.mode == Mode::FILE || entry.mode == Mode::FILE_EXECUTABLE {
            entries.extend(strip(path, &dir).and_then(|path| file(path, entry.id)));
        }
    }
    Ok(entries)
}

/// One entry of the index, if a walk over the directory would have listed it.
fn file(path: &str, id: gix::ObjectId) -> Option<Entry> {
    let kind = FileKind::of_found(path).or_else(|| is_json(path.as_bytes()).then_some(FileKind::Avro))?;
    let is_hidden = crate::path::file_name(path).starts_with('.');
    (!is_hidden).then(|| Entry { path: path.to_owned(), kind, content: Content::Git { repo: 0, id } })
}

/// A sparse index holds a directory without any file in the work tree as one entry, a tree.
fn sparse_dir(
    repository: &Repository,
    path: &str,
    tree: gix::ObjectId,
    dir: &str,
    limits: &Limits,
) -> Result<Vec<Entry>> {
    let listing = GitTree::new(repository.clone(), tree, tree).list(
        (tree, String::new()),
        path,
        limits,
        &ExcludedBelow::NOTHING,
    )?;
    let in_dir = |entry: Entry| match entry.content {
        Content::Git { repo: 0, id } => file(strip(&join(path, &entry.path), dir)?, id),
        Content::Git { .. } | Content::Disk(_) | Content::Locked(_) => None,
    };
    Ok(listing.entries.into_iter().chain(listing.candidates).filter_map(in_dir).collect())
}

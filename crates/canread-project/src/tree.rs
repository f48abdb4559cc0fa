//! One version of a directory of schema files.

use std::path::PathBuf;

use canread_syntax::Diagnostic;

use crate::git::{Found, GitTree, Missing, Repository};
use crate::listing::{Content, Entry, Listing};
use crate::lock::LockTree;
use crate::path::join;
use crate::{Result, Skipped};

/// One version of a directory of schema files (or of a single file): listed, not read.
///
/// Made by [`Project::open`](crate::Project::open) and
/// [`Project::open_baseline`](crate::Project::open_baseline).
#[derive(Debug, Clone)]
pub struct Tree {
    pub(crate) label: String,
    /// The root as users see it; empty for the current directory.
    pub(crate) shown: String,
    /// The root as a full path.
    pub(crate) full: String,
    pub(crate) store: Store,
    pub(crate) listing: Listing,
    /// The repository that the root lies in.
    pub(crate) repository: Option<Repository>,
    /// Whether the user named a file, not a directory.
    pub(crate) is_file: bool,
    pub(crate) commit: Option<String>,
}

/// What full paths are looked up in.
#[derive(Debug, Clone)]
pub(crate) enum Store {
    /// The file system below `top`. Nothing outside of `bounds` (canonical) is read.
    Disk { top: PathBuf, bounds: Vec<PathBuf> },
    /// A commit.
    Git(GitTree),
    /// A lock.
    Lock(LockTree),
}

impl Tree {
    /// The version as shown to users: `worktree`, `git:1f3c9ad`, or the directory as they named it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The schema files, sorted by path.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.listing.entries
    }

    /// What was passed over on the way.
    #[must_use]
    pub fn skipped(&self) -> &Skipped {
        &self.listing.skipped
    }

    /// Files and directories that should have been listed and could not be.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.listing.problems
    }

    /// The commit, in full, if the files come from one.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// The path of an entry as shown to users, below the directory that they named.
    #[must_use]
    pub fn shown_path(&self, entry: &Entry) -> String {
        join(&self.shown, &entry.path)
    }

    /// The full path of what the user named.
    pub(crate) fn named_path(&self) -> String {
        match self.listing.entries.first() {
            Some(entry) if self.is_file => join(&self.full, &entry.path),
            _ => self.full.clone(),
        }
    }

    /// What the user named, as they see it; empty for the current directory.
    pub(crate) fn named_shown(&self) -> String {
        match self.listing.entries.first() {
            Some(entry) if self.is_file => self.shown_path(entry),
            _ => self.shown.clone(),
        }
    }

    /// Whether its files lie on disk as they are read.
    pub(crate) fn is_on_disk(&self) -> bool {
        matches!(self.store, Store::Disk { .. })
    }

    /// Whether a directory may be searched for imports.
    pub(crate) fn may_read(&self, full_dir: &str) -> bool {
        match &self.store {
            Store::Disk { top, bounds } => {
                let dir = top.join(full_dir);
                bounds.iter().any(|bound| dir.starts_with(bound))
            }
            Store::Git(_) | Store::Lock(_) => true,
        }
    }

    /// The regular file at a full path, if there is one that may be read.
    pub(crate) fn find_file(&self, full: &str) -> Result<Option<Content>> {
        match &self.store {
            Store::Disk { top, bounds } => {
                let path = top.join(full);
                let is_file = path.metadata().is_ok_and(|metadata| metadata.is_file());
                let inside = |path: &PathBuf| {
                    path.canonicalize().is_ok_and(|real| bounds.iter().any(|bound| real.starts_with(bound)))
                };
                Ok((is_file && inside(&path)).then_some(Content::Disk(path)))
            }
            Store::Git(tree) => match tree.find(full) {
                Ok(Found::File { id }) => Ok(Some(Content::Git { repo: 0, id })),
                Ok(_) | Err(Missing::Absent | Missing::Outside | Missing::Circle) => Ok(None),
                Err(Missing::Broken(error)) => Err(error),
            },
            Store::Lock(lock) => Ok(lock.find(full)),
        }
    }

    /// Whether a directory is at a full path.
    pub(crate) fn has_dir(&self, full: &str) -> bool {
        match &self.store {
            Store::Disk { top, .. } => top.join(full).is_dir(),
            Store::Git(tree) => matches!(tree.find(full), Ok(Found::Dir { .. })),
            Store::Lock(lock) => lock.has_dir(full),
        }
    }
}

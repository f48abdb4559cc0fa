//! `canread.lock`: schemas as they were when somebody said that they count. A baseline without a repository.
//!
//! It is JSON, made so that a change of a schema is a change of a few lines:
//!
//! ```json
//! {
//!   "version": 1,
//!   "roots": ["schemas"],
//!   "files": [
//!     {
//!       "path": "schemas/a.proto",
//!       "role": "schema",
//!       "sha256": "…",
//!       "lines": [
//!         "syntax = \"proto3\";",
//!         ""
//!       ]
//!     }
//!   ]
//! }
//! ```
//!
//! Paths start at the directory of the file. `lines` are the text between its line feeds, so that the last one is empty
//! if the text ends with one; nothing of a text is lost. The sum is that of a line with role and path, and the text behind it. What the schemas import is there too (`import`), and what tells
//! where imports are found (`configuration`).

mod read;
mod write;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::listing::{Content, Entry, Listing};
use crate::open::with_schemas;
use crate::path::{file_name, join, or_dot, shown, split_top, strip};
use crate::roots::place;
use crate::tree::{Store, Tree};
use crate::{ErrorKind, FileKind, Project, ProjectError, Result, disk};

pub use write::{Lock, LockedFiles};

/// What the file is called.
pub(crate) const FILE_NAME: &str = "canread.lock";

const VERSION: u64 = 1;

/// Why a file is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    Schema,
    Import,
    Configuration,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::Schema, Self::Import, Self::Configuration];

    fn as_str(self) -> &'static str {
        match self {
            Self::Schema => "schema",
            Self::Import => "import",
            Self::Configuration => "configuration",
        }
    }
}

/// The files of a lock, by full path.
#[derive(Debug, Clone)]
pub(crate) struct LockTree {
    files: Arc<BTreeMap<String, LockedFile>>,
    /// Directories and files that were locked with all that is in them.
    roots: Vec<String>,
}

#[derive(Debug, Clone)]
struct LockedFile {
    purpose: Purpose,
    bytes: Arc<[u8]>,
}

impl LockTree {
    pub(crate) fn find(&self, full: &str) -> Option<Content> {
        Some(Content::Locked(Arc::clone(&self.files.get(full)?.bytes)))
    }

    pub(crate) fn has_dir(&self, full: &str) -> bool {
        let mut behind = self.files.range(full.to_owned()..).map(|(path, _)| path);
        behind.any(|path| path != full && strip(path, full).is_some())
    }

    /// The schemas in and below a directory, and configuration files.
    fn list(&self, root: &str, listing: &mut Listing) {
        for (full, file) in &*self.files {
            let Some(path) = strip(full, root).filter(|path| !path.is_empty()) else { continue };
            match file.purpose {
                Purpose::Schema => {
                    let kind = FileKind::of_named(path).unwrap_or(FileKind::Avro);
                    let content = Content::Locked(Arc::clone(&file.bytes));
                    listing.entries.push(Entry { path: path.to_owned(), kind, content });
                }
                Purpose::Configuration => listing.configs.push(full.clone()),
                Purpose::Import => {}
            }
        }
    }
}

impl Project {
    /// Where the nearest `canread.lock` is: in the current directory, or in one above it up to the root of the repository.
    #[must_use]
    pub fn lock_file(&self) -> Option<PathBuf> {
        disk::find_upward(&self.cwd, FILE_NAME)
    }

    /// What a lock holds with all that is in it: paths as seen from the current directory.
    ///
    /// # Errors
    ///
    /// `Unreadable` if the lock can't be read.
    pub fn locked_roots(&self, file: &Path) -> Result<Vec<String>> {
        let file = self.cwd.join(file);
        let name = shown(&file, &self.cwd).unwrap_or_else(|| FILE_NAME.to_owned());
        Ok(self.seen_from_here(&read::read(&file, &name)?))
    }

    fn seen_from_here(&self, lock: &LockTree) -> Vec<String> {
        let top = split_top(&self.cwd).map(|(_, full)| full).unwrap_or_default();
        lock.roots.iter().map(|root| or_dot(&crate::side::shown_of("", &top, root)).to_owned()).collect()
    }

    /// Opens what a lock holds of the new side.
    ///
    /// # Errors
    ///
    /// `NoBaseline` if there is no lock, or it holds no schemas there; `Usage` if the new side is more than what was locked;
    /// `Unreadable`.
    pub(crate) fn open_lock(&self, file: Option<&Path>, new: &Tree) -> Result<Tree> {
        let file = match file {
            Some(file) => self.cwd.join(file),
            None => self.lock_file().ok_or_else(|| {
                ProjectError::new(ErrorKind::NoBaseline, format!("there is no {FILE_NAME} here or above"))
                    .help("`canread lock` writes one")
            })?,
        };
        let name = shown(&file, &self.cwd).unwrap_or_else(|| FILE_NAME.to_owned());
        let lock = read::read(&file, &name)?;
        let Some(root) = place(new) else {
            return Err(ProjectError::usage("a bare repository has no directory to compare with a lock"));
        };
        let named = if new.is_file { join(&root, new.entries().first().map_or("", Entry::path)) } else { root.clone() };
        if !lock.roots.iter().any(|locked| strip(&named, locked).is_some()) {
            return Err(self.outside(&lock, &name, &new.named_shown()));
        }
        let mut listing = Listing::default();
        lock.list(&root, &mut listing);
        if new.is_file {
            let name = file_name(&named);
            listing.entries.retain(|entry| entry.path == name);
        } else {
            let excluded = self.excluded_below(root.clone());
            let mut entries = std::mem::take(&mut listing.entries);
            entries.retain(|entry| !listing.excludes(&excluded, &entry.path, &new.shown));
            listing.entries = entries;
        }
        with_schemas(Tree {
            label: format!("lock:{name}"),
            shown: new.shown.clone(),
            full: root,
            store: Store::Lock(lock),
            listing,
            repository: None,
            is_file: new.is_file,
            commit: None,
        })
    }

    fn outside(&self, lock: &LockTree, name: &str, named: &str) -> ProjectError {
        let roots = self.seen_from_here(lock);
        ProjectError::usage(format!("{name} does not hold all of `{}`", or_dot(named)))
            .note(format!("it holds `{}`", roots.join("`, `")))
            .help(format!("compare that, or lock more: `canread lock {}`", or_dot(named)))
    }
}

/// What holds a file to what was locked: not its text alone, since a file with another path or role counts elsewhere, or
/// not at all.
fn sum(purpose: Purpose, path: &str, text: &[u8]) -> String {
    use std::fmt::Write;
    let digest = Sha256::new().chain_update(format!("{} {path}\n", purpose.as_str())).chain_update(text).finalize();
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

//! What was found in a directory or a git tree.

use std::path::PathBuf;
use std::sync::Arc;

use canread_syntax::Diagnostic;

use crate::excluded::ExcludedBelow;
use crate::path::join;
use crate::{FileKind, Skipped};

/// One schema file of a [`Tree`](crate::Tree), not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub(crate) path: String,
    pub(crate) kind: FileKind,
    pub(crate) content: Content,
}

impl Entry {
    /// The path relative to the root of the tree, with `/` between its parts.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the file holds.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.kind
    }
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// In the file system.
    Disk(PathBuf),
    /// In the object store of one of the tree's repositories, by its number.
    Git { repo: usize, id: gix::ObjectId },
    /// In a lock, which was read.
    Locked(Arc<[u8]>),
}

/// Everything that a walk over one side found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listing {
    pub(crate) entries: Vec<Entry>,
    /// Files that are schemas if they hold one.
    pub(crate) candidates: Vec<Entry>,
    pub(crate) skipped: Skipped,
    pub(crate) problems: Vec<Diagnostic>,
    /// Full paths of `buf.yaml` and `buf.work.yaml` files.
    pub(crate) configs: Vec<String>,
}

impl Listing {
    /// Whether a file or directory is left out; then it is counted. `shown` is the root as users see it.
    pub(crate) fn excludes(&mut self, excluded: &ExcludedBelow<'_>, path: &str, shown: &str) -> bool {
        let is_out = excluded.names(path);
        if is_out {
            self.skipped.excluded += 1;
            self.skipped.example(|| join(shown, path));
        }
        is_out
    }

    /// Puts everything into an order that doesn't depend on the file system.
    pub(crate) fn sort(&mut self) {
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        self.candidates.sort_by(|a, b| a.path.cmp(&b.path));
        self.problems.sort_by(|a, b| a.message.cmp(&b.message));
        self.configs.sort();
        self.skipped.examples.sort();
    }
}

/// The real directories that a walk came through, to recognise one it is already in.
#[derive(Debug)]
pub(crate) struct Chain<P> {
    real: P,
    above: Option<Arc<Chain<P>>>,
}

impl<P: PartialEq> Chain<P> {
    pub(crate) fn start(real: P) -> Arc<Self> {
        Arc::new(Self { real, above: None })
    }

    /// The chain with one more directory; `None` if that one is in it already: a loop.
    pub(crate) fn enter(self: &Arc<Self>, real: P, may_loop: bool) -> Option<Arc<Self>> {
        if may_loop && std::iter::successors(Some(self), |link| link.above.as_ref()).any(|link| link.real == real) {
            return None;
        }
        Some(Arc::new(Self { real, above: Some(Arc::clone(self)) }))
    }

    pub(crate) fn real(&self) -> &P {
        &self.real
    }
}

/// Problems that a walk reports in the same words on both kinds of side.
pub(crate) mod problem {
    use canread_syntax::{Diagnostic, FILE_BYTES_MAX};

    use crate::git::STAGED;

    pub(crate) fn symlink_loop(path: &str) -> Diagnostic {
        Diagnostic::error(
            "project/symlink_loop",
            format!("the symbolic link `{path}` leads back to a directory above it"),
        )
        .help("remove the link, or compare a directory that does not contain it")
    }

    pub(crate) fn link_leaves(path: &str) -> Diagnostic {
        Diagnostic::error(
            "project/link_outside",
            format!("the symbolic link `{path}` leads outside the project, and is not followed"),
        )
        .help("name the directory that it leads to as an include root with `-I`")
    }

    pub(crate) fn dangling(path: &str) -> Diagnostic {
        Diagnostic::error("project/unreadable", format!("the symbolic link `{path}` leads to nothing"))
            .help("remove the link or restore what it names")
    }

    pub(crate) fn not_utf8(path: &str) -> Diagnostic {
        Diagnostic::error("project/name_not_utf8", format!("the name of `{path}` is not UTF-8"))
            .note("schemas import each other by name, and these names are UTF-8")
            .help("rename the file or the directory")
    }

    pub(crate) fn too_large(path: &str, size: u64) -> Diagnostic {
        Diagnostic::error(
            "project/file_too_large",
            format!("`{path}` has {size} bytes, more than the {FILE_BYTES_MAX} that a schema may have"),
        )
        .help("exclude the file if it is no schema, or split it")
    }

    pub(crate) fn unreadable(path: &str, reason: impl std::fmt::Display) -> Diagnostic {
        Diagnostic::error("project/unreadable", format!("`{path}` can't be read: {reason}"))
            .help("restore the file or let canread read it; if it is no schema, compare a directory without it")
    }

    /// Says in which version something is wrong, where the place alone does not tell. `version` is empty if there is only
    /// one; of that the place tells everything but the revision.
    pub(crate) fn of_version(mut problem: Diagnostic, version: &str, label: &str) -> Diagnostic {
        if problem.span().is_some() {
            return problem;
        }
        if !version.is_empty() {
            problem.notes.insert(0, format!("this is in {version}, {label}"));
        } else if label.starts_with("git:") || label == STAGED {
            problem.notes.insert(0, format!("this is in {label}"));
        }
        problem
    }

    /// The text that Git LFS leaves in place of a file.
    pub(crate) fn is_lfs_pointer(text: &[u8]) -> bool {
        // Git LFS Specification, "The Pointer": the version is the first line.
        text.starts_with(b"version https://git-lfs.github.com/spec/")
    }

    pub(crate) fn lfs_pointer(path: &str, is_on_disk: bool) -> Diagnostic {
        let error =
            Diagnostic::error("project/lfs_pointer", format!("`{path}` is a pointer of Git LFS, and no schema"));
        if is_on_disk {
            error.note("its content was not fetched").help("fetch it: `git lfs pull`")
        } else {
            error
                .note("a commit holds only the pointer, and the contents of Git LFS are not read")
                .help("check the revision out with its contents, and compare with that directory: `--against PATH`")
        }
    }
}

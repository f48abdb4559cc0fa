//! What `.gitignore` says about the work tree.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use gix::bstr::BStr;

use super::Repository;

/// The ignore rules of a work tree, as git applies them: `.gitignore` files and `info/exclude`,
/// and never for a path that git tracks. The user's own global rules don't count, because they
/// differ between machines.
pub(crate) struct IgnoreRules {
    repo: gix::Repository,
    workdir: PathBuf,
    index: gix::worktree::IndexPersistedOrInMemory,
    stack: gix::worktree::Stack,
}

impl IgnoreRules {
    /// The rules of the work tree that a repository has; `None` if it has none or its rules can't
    /// be read, in which case nothing is ignored.
    pub(crate) fn new(repository: &Repository) -> Option<Self> {
        let workdir = repository.workdir()?.to_owned();
        let repo = repository.local();
        let index = repo.index_or_load_from_head_or_empty().ok()?;
        let source = gix::worktree::stack::state::ignore::Source::default();
        let stack = repo.excludes(&index, None, source).ok()?.detach();
        Some(Self { repo, workdir, index, stack })
    }

    /// The path inside the work tree, as git writes it; `None` if it lies elsewhere.
    ///
    /// Bytes are compared, not parts: this is asked for every file.
    fn inside<'a>(&self, path: &'a Path) -> Option<Cow<'a, str>> {
        let below = path.to_str()?.strip_prefix(self.workdir.to_str()?)?.strip_prefix(MAIN_SEPARATOR)?;
        let inside =
            if MAIN_SEPARATOR == '/' { Cow::Borrowed(below) } else { below.replace(MAIN_SEPARATOR, "/").into() };
        (!inside.is_empty()).then_some(inside)
    }

    /// Whether git tracks a file, or something in a directory.
    pub(crate) fn tracks(&self, path: &Path, is_dir: bool) -> bool {
        self.inside(path).is_some_and(|inside| self.tracks_inside(&inside, is_dir))
    }

    fn tracks_inside(&self, inside: &str, is_dir: bool) -> bool {
        let name = BStr::new(inside.as_bytes());
        if is_dir { self.index.path_is_directory(name) } else { self.index.entry_by_path(name).is_some() }
    }

    /// Whether a directory or file is to be passed over. Below a link git knows nothing.
    ///
    /// What git tracks, or holds something tracked, is asked for first: it is the common case, and
    /// spares the matching of patterns.
    pub(crate) fn ignores(&mut self, path: &Path, is_dir: bool) -> bool {
        let Some(inside) = self.inside(path) else { return false };
        if self.tracks_inside(&inside, is_dir) {
            return false;
        }
        let mode = if is_dir { gix::index::entry::Mode::DIR } else { gix::index::entry::Mode::FILE };
        let platform = self.stack.at_path(inside.as_ref(), Some(mode), &self.repo.objects);
        platform.is_ok_and(|platform| platform.is_excluded())
    }
}

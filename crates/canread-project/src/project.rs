//! Where a run starts, and what it is given.

use std::path::{Path, PathBuf};

use crate::config::Glob;
use crate::excluded::Excluded;
use crate::git::Repository;
use crate::path::split_top;
use crate::sniff::Looks;
use crate::{Baseline, Limits, ProjectError, Result, disk};

/// Where a run starts: the current directory, the include roots given by `-I`, the limits.
#[derive(Debug, Clone)]
pub struct Project {
    pub(crate) cwd: PathBuf,
    pub(crate) includes: Vec<PathBuf>,
    pub(crate) old_includes: Vec<PathBuf>,
    pub(crate) limits: Limits,
    pub(crate) excluded: Option<Excluded>,
    /// The index that git says to use.
    pub(crate) index_file: Option<PathBuf>,
    /// What JSON files of commits hold.
    pub(crate) looks: Looks,
}

impl Project {
    /// A project whose relative paths start at `cwd`.
    ///
    /// # Errors
    ///
    /// `Unreadable` if `cwd` is no directory that can be read.
    pub fn new(cwd: &Path) -> Result<Self> {
        let cwd = cwd.canonicalize().map_err(|error| {
            ProjectError::unreadable(format!("the current directory can't be read: {}", disk::reason(&error)))
        })?;
        Ok(Self {
            cwd,
            includes: Vec::new(),
            old_includes: Vec::new(),
            limits: Limits::default(),
            excluded: None,
            index_file: None,
            looks: Looks::default(),
        })
    }

    /// Adds an include root: a directory that imports are looked up in, before any later one.
    /// On a side with at least one of them, roots are neither inferred nor read from `buf.yaml`.
    ///
    /// It is given for both sides, and each reads its own version of it: from a commit, that directory in the commit.
    /// On disk, a directory that holds one side, lies in it, or lies nearer to it than to the other, is that side's;
    /// the other side has the directory at the same place beside its own files, if there is one, and otherwise none. One that
    /// lies equally near to both is read by both.
    #[must_use]
    pub fn include(mut self, dir: impl Into<PathBuf>) -> Self {
        self.includes.push(dir.into());
        self
    }

    /// Adds an include root of the old side. With at least one of them, those of [`Project::include`] are of the new
    /// side alone.
    #[must_use]
    pub fn old_include(mut self, dir: impl Into<PathBuf>) -> Self {
        self.old_includes.push(dir.into());
        self
    }

    /// Leaves out files and directories: patterns of paths from a directory. Of a commit, they name what would lie there if
    /// it were checked out; in a bare repository they start at its top. A file that is named by itself is read, and so is
    /// one that others import.
    #[must_use]
    pub fn exclude(mut self, dir: &Path, globs: Vec<Glob>) -> Self {
        let is_bare = Repository::around(dir).ok().flatten().is_some_and(|repository| repository.workdir().is_none());
        let full = if is_bare { Some(String::new()) } else { split_top(dir).map(|(_, full)| full) };
        self.excluded = full.filter(|_| !globs.is_empty()).map(|dir| Excluded { dir, globs });
        self
    }

    /// The branch that changes are merged into, as far as the repository tells: a name that git takes as a revision
    /// once there is a commit.
    #[must_use]
    pub fn main_branch(&self) -> Option<String> {
        let repository = Repository::around(&self.cwd).ok()??;
        let local = repository.local();
        let remote = local.try_find_reference("refs/remotes/origin/HEAD").ok().flatten().and_then(|head| {
            let target = head.target().try_name()?.as_bstr().to_string();
            target.strip_prefix("refs/remotes/").map(str::to_owned)
        });
        let known = ["origin/main", "origin/master", "main", "master"];
        let is_there = |name: &&str| repository.resolve(name, false).is_ok();
        let current = || Some(local.head_name().ok()??.shorten().to_string());
        remote.or_else(|| known.into_iter().find(is_there).map(str::to_owned)).or_else(current)
    }

    /// The root of the work tree that the current directory lies in.
    #[must_use]
    pub fn work_tree(&self) -> Option<PathBuf> {
        Repository::around(&self.cwd).ok()??.workdir().map(Path::to_owned)
    }

    /// Where the current directory lies in its repository: `services/shop`. Empty at the top, and outside of repositories.
    #[must_use]
    pub fn below(&self) -> String {
        let below = self.work_tree().and_then(|top| {
            let here = self.cwd.canonicalize().ok()?;
            Some(here.strip_prefix(top.canonicalize().ok()?).ok()?.to_string_lossy().replace('\\', "/"))
        });
        below.unwrap_or_default()
    }

    /// The directory in which git looks for hooks. Unlike everything else, it may depend on who asks: the configuration of
    /// the user and the system counts, as it does when git runs them.
    #[must_use]
    pub fn hooks(&self) -> Option<PathBuf> {
        let repository = Repository::around(&self.cwd).ok()??;
        let configured = repository.as_the_user_has_it();
        let chosen = configured.config_snapshot().trusted_path("core.hooksPath").ok().flatten();
        let repository = repository.local();
        Some(match chosen {
            Some(path) => repository.workdir().unwrap_or(&self.cwd).join(path),
            None => repository.common_dir().join("hooks"),
        })
    }

    /// Sets the index that holds what is staged: what the variable `GIT_INDEX_FILE` says, which git sets for hooks. One of
    /// another repository is not taken.
    #[must_use]
    pub fn index_file(mut self, file: Option<PathBuf>) -> Self {
        self.index_file = file;
        self
    }

    /// Replaces the limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads the text of `--against`.
    ///
    /// # Errors
    ///
    /// As [`Baseline::parse`].
    pub fn parse_baseline(&self, text: &str) -> Result<Baseline> {
        Baseline::parse(text, |path| self.cwd.join(path).exists())
    }
}

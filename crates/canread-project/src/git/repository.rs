//! Finding and opening the repository around a directory.

use std::path::{Path, PathBuf};

use crate::{ProjectError, Result};

/// A repository, open for reading, and where its files are checked out.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    inner: gix::ThreadSafeRepository,
    workdir: Option<PathBuf>,
}

impl Repository {
    /// The repository that holds `dir` or, if `dir` is in no work tree, is bare and holds it;
    /// `None` if there is none.
    ///
    /// Environment variables such as `GIT_DIR` are not looked at: inside a hook they name the
    /// repository of the hook, which need not be the one that holds the schemas. System and
    /// user configuration is not read either, so that equal repositories give equal answers.
    ///
    /// # Errors
    ///
    /// `Unreadable` if a repository is there but can't be opened.
    pub(crate) fn around(dir: &Path) -> Result<Option<Self>> {
        let isolated = || gix::open::Options::isolated();
        let trust = gix::sec::trust::Mapping { full: isolated(), reduced: isolated() };
        match gix::ThreadSafeRepository::discover_opts(dir, gix::discover::upwards::Options::default(), trust) {
            Ok(inner) => Self::new(inner, dir).map(Some),
            Err(error) if error.is_not_found() && !has_repository(dir) => Ok(None),
            Err(error) => Err(gone(dir).unwrap_or_else(|| cannot_open(&error))),
        }
    }

    /// The repository whose work tree is exactly `dir`; `None` if there is none.
    pub(crate) fn at(dir: &Path) -> Option<Self> {
        let inner = gix::ThreadSafeRepository::open_opts(dir, gix::open::Options::isolated()).ok()?;
        Self::new(inner, dir).ok()
    }

    fn new(inner: gix::ThreadSafeRepository, dir: &Path) -> Result<Self> {
        let workdir = match inner.work_dir() {
            Some(workdir) => Some(workdir.canonicalize().map_err(|error| {
                ProjectError::unreadable(format!(
                    "the work tree of the git repository can't be read: {}",
                    crate::disk::reason(&error)
                ))
            })?),
            None => None,
        };
        // Inside `.git` there are no schemas, and paths there mean nothing in a tree.
        if let (Some(workdir), Ok(dir)) = (&workdir, dir.canonicalize())
            && !dir.starts_with(workdir)
        {
            return Ok(Self { inner, workdir: None });
        }
        Ok(Self { inner, workdir })
    }

    /// The directory of checked out files, canonical; `None` if the repository is bare.
    pub(crate) fn workdir(&self) -> Option<&Path> {
        self.workdir.as_deref()
    }

    /// A handle for this thread.
    pub(crate) fn local(&self) -> gix::Repository {
        self.inner.to_thread_local()
    }

    /// A handle that knows the configuration of the user and the system too; without it, if that can't be read.
    pub(crate) fn as_the_user_has_it(&self) -> gix::Repository {
        gix::open(self.inner.path()).unwrap_or_else(|_| self.local())
    }

    /// Whether both names mean one repository (linked work trees are of one repository).
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let common = |repository: &Self| {
            let dir = repository.local().common_dir().to_owned();
            dir.canonicalize().unwrap_or(dir)
        };
        common(self) == common(other)
    }
}

/// Whether something that calls itself a repository lies at or above `dir`: then not finding one
/// means that it is broken.
fn has_repository(dir: &Path) -> bool {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    dir.ancestors().any(|dir| dir.join(".git").join("HEAD").exists() || dir.join(".git").is_file())
}

/// The error of a linked work tree or a submodule whose repository is not where its file `.git` says.
fn gone(dir: &Path) -> Option<ProjectError> {
    let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let file = dir.ancestors().map(|dir| dir.join(".git")).find(|path| path.exists())?;
    let text = std::fs::read_to_string(&file).ok()?;
    let target = text.strip_prefix("gitdir:")?.trim();
    let name = file.parent()?.file_name()?.to_string_lossy();
    (!file.parent()?.join(target).exists()).then(|| {
        ProjectError::unreadable(format!("the file `.git` in `{name}` names a git repository that is not there"))
            .note(format!("it names `{target}`"))
            .help("restore that repository (`git worktree repair` after a move), or remove the file `.git`")
    })
}

fn cannot_open(error: &gix::Error) -> ProjectError {
    ProjectError::unreadable("the git repository can't be opened").note(reason(error))
}

/// What the git library says, as one line.
pub(crate) fn reason(error: &gix::Error) -> String {
    let text = error.to_string();
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(": ")
}

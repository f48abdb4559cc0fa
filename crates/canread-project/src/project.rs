//! From what the user named to the trees that are compared.

use std::path::{Path, PathBuf};

use crate::config::Glob;
use crate::disk;
use crate::git::{Found, GitTree, IgnoreRules, Missing, Repository, Resolved, not_checked_out};
use crate::kind::{FOUND_ENDINGS, NAMED_ENDINGS, is_json};
use crate::listing::{Content, Entry, Listing};
use crate::path::{file_name, join, normalise, or_dot, parent, shown, split_top, strip};
use crate::roots::place;
use crate::sniff::sniff;
use crate::tree::{Store, Tree};
use crate::{Baseline, ErrorKind, FileKind, Limits, ProjectError, Result};

/// Characters of a commit's hash in a label.
pub(crate) const HASH_SHOWN: usize = 7;

/// Where a run starts: the current directory, the include roots given by `-I`, the limits.
#[derive(Debug, Clone)]
pub struct Project {
    pub(crate) cwd: PathBuf,
    pub(crate) includes: Vec<PathBuf>,
    pub(crate) old_includes: Vec<PathBuf>,
    pub(crate) limits: Limits,
    excluded: Option<Excluded>,
}

/// Files that are no part of what is compared.
#[derive(Debug, Clone)]
struct Excluded {
    /// Where the patterns start, as a full path.
    dir: String,
    globs: Vec<Glob>,
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
        Ok(Self { cwd, includes: Vec::new(), old_includes: Vec::new(), limits: Limits::default(), excluded: None })
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

    /// Leaves out files: patterns of paths from a directory. Of a commit, they name what would lie there if it were
    /// checked out. A file that is named by itself is read, and so is one that others import.
    #[must_use]
    pub fn exclude(mut self, dir: &Path, globs: Vec<Glob>) -> Self {
        let full = split_top(dir).map(|(_, full)| full);
        self.excluded = full.filter(|_| !globs.is_empty()).map(|dir| Excluded { dir, globs });
        self
    }

    /// Takes out of a tree what is excluded, and counts it.
    fn without_excluded(&self, mut tree: Tree) -> Tree {
        let (Some(excluded), Some(root)) = (&self.excluded, place(&tree)) else { return tree };
        let mut entries = std::mem::take(&mut tree.listing.entries);
        entries.retain(|entry| {
            let full = join(&root, &entry.path);
            let path = strip(&full, &excluded.dir);
            let is_out = path.is_some_and(|path| excluded.globs.iter().any(|glob| glob.matches(path)));
            if is_out {
                tree.listing.skipped.excluded += 1;
                tree.listing.skipped.example(|| join(&tree.shown, &entry.path));
            }
            !is_out
        });
        tree.listing.entries = entries;
        tree
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

    /// Opens the new side: a directory or file on disk, or `REF:PATH`.
    ///
    /// # Errors
    ///
    /// `Usage` if the text says neither, `Unreadable` if there is nothing or no schema, and the
    /// errors of [`Project::open_baseline`].
    pub fn open_named(&self, text: &str) -> Result<Tree> {
        match self.parse_baseline(text)? {
            Baseline::Path(path) => self.open(&path),
            Baseline::At { revision, path } => {
                let repository = self.repository_here()?;
                let resolved = repository.resolve(&revision, false)?;
                self.open_at(repository, &resolved, &revision, &path)
            }
            Baseline::Revision { .. } | Baseline::MergeBase { .. } | Baseline::Tags { .. } | Baseline::Range { .. } => Err(ProjectError::usage(format!(
                "`{text}` has no path, so it can't be the new version"
            ))
            .help(
                "the old version comes first in `canread diff OLD NEW`; of a revision, name the path too: `REF:PATH`",
            )),
        }
    }

    /// Opens a directory or file on disk.
    ///
    /// A directory is listed with everything below it, hidden directories, `node_modules`,
    /// generated directories and what `.gitignore` names (and git does not track) left out and
    /// counted. What the user named itself is never left out.
    ///
    /// # Errors
    ///
    /// `Unreadable` if there is nothing, or no schema in it; `Usage` if it is a file of a kind that
    /// is no schema; `LimitExceeded`.
    pub fn open(&self, path: &Path) -> Result<Tree> {
        let place = self.cwd.join(path);
        let metadata = place.metadata().map_err(|error| self.cannot_open(path, &error))?;
        let real = place.canonicalize().map_err(|error| self.cannot_open(path, &error))?;
        let (root, file) = match (metadata.is_dir(), parent_dir(&place)) {
            (false, Some(dir)) => {
                (dir.canonicalize().map_err(|error| self.cannot_open(path, &error))?, place.file_name())
            }
            _ => (real.clone(), None),
        };
        let not_utf8 = || ProjectError::usage(format!("the path `{}` is not UTF-8", path.display()));
        let (top, full) = split_top(&root).ok_or_else(not_utf8)?;
        let named = shown(path, &self.cwd).ok_or_else(not_utf8)?;
        let repository = Repository::around(&root)?;
        let bound = match repository.as_ref().and_then(Repository::workdir) {
            Some(workdir) if root.starts_with(workdir) => workdir.to_owned(),
            _ if root.starts_with(&self.cwd) => self.cwd.clone(),
            _ => root.clone(),
        };
        let mut tree = Tree {
            label: or_dot(&named).to_owned(),
            shown: named.clone(),
            full,
            store: Store::Disk { top, bounds: vec![bound.clone()] },
            listing: Listing::default(),
            repository,
            is_file: file.is_some(),
            commit: None,
        };
        if let Some(file) = file {
            let name = file.to_str().ok_or_else(not_utf8)?.to_owned();
            parent(&named).unwrap_or_default().clone_into(&mut tree.shown);
            let kind = FileKind::of_named(&name).ok_or_else(|| unknown_kind(&named))?;
            if !metadata.is_file() {
                return Err(ProjectError::unreadable(format!("`{named}` is no regular file")));
            }
            tree.listing.entries.push(Entry { content: Content::Disk(root.join(&name)), path: name, kind });
            return Ok(tree);
        }
        // Ignore rules above the root would take all of it away.
        let rules = tree.repository.as_ref().and_then(IgnoreRules::new);
        let rules = rules.and_then(|mut rules| (!rules.ignores(&root, true)).then_some(rules));
        let bounds = [bound];
        let walk =
            disk::Walk { root: &root, full: &tree.full, shown: &tree.shown, bounds: &bounds, limits: &self.limits };
        tree.listing = disk::list(&walk, rules)?;
        if let Some(repository) = &tree.repository {
            let absent = not_checked_out(repository, &root, &self.limits)?;
            let (candidates, schemas): (Vec<_>, _) =
                absent.into_iter().partition(|entry| is_json(entry.path.as_bytes()));
            tree.listing.entries.extend(schemas);
            tree.listing.candidates.extend(candidates);
            tree.listing.sort();
        }
        sniff(&mut tree, &self.limits)?;
        with_schemas(self.without_excluded(tree))
    }

    /// Opens the old side. `new` is the side that it is compared with; `git:REF` and
    /// `merge-base:REF` mean the same path in the same repository.
    ///
    /// # Errors
    ///
    /// `Usage` if the text can't apply here, `UnknownRevision`, `NotFetched` with the `git fetch` line
    /// that helps, `NoBaseline` if the revision is there but holds no schemas at that path,
    /// `Unreadable`, `LimitExceeded`.
    pub fn open_baseline(&self, baseline: &Baseline, new: &Tree) -> Result<Tree> {
        let tree = match baseline {
            Baseline::Path(path) => self.open(path).map_err(|error| self.maybe_a_revision(path, new, error)),
            Baseline::Revision { revision } => {
                let (repository, path) = Self::same_path(new, revision)?;
                let resolved = repository.resolve(revision, false)?;
                self.open_same(repository, &resolved, revision, &path, new)
            }
            Baseline::MergeBase { revision } => {
                let (repository, path) = Self::same_path(new, revision)?;
                let resolved = repository.merge_base(revision)?;
                let text = format!("the merge base of HEAD and {revision}");
                self.open_same(repository, &resolved, &text, &path, new)
            }
            Baseline::Tags { .. } | Baseline::Range { .. } => {
                Err(ProjectError::usage("several versions are no single old version")
                    .help("name one of them: `git:REF`"))
            }
            Baseline::At { revision, path } => {
                let repository = new.repository.clone().map_or_else(|| self.repository_here(), Ok)?;
                let resolved = repository.resolve(revision, false)?;
                self.open_at(repository, &resolved, revision, path)
            }
        };
        tree.map_err(ProjectError::of_baseline)
    }

    fn repository_here(&self) -> Result<Repository> {
        Repository::around(&self.cwd)?.ok_or_else(|| {
            ProjectError::usage("the current directory is in no git repository")
                .help("compare with a directory: `--against PATH`")
        })
    }

    /// The repository of the new side and the path in it.
    pub(crate) fn same_path(new: &Tree, revision: &str) -> Result<(Repository, String)> {
        let named = join(&new.shown, if new.is_file { new.entries().first().map_or("", Entry::path) } else { "" });
        let named = or_dot(&named);
        let Some(repository) = new.repository.clone() else {
            return Err(ProjectError::usage(format!("`{named}` is in no git repository"))
                .help("compare with a directory: `--against PATH`"));
        };
        let full = new.named_path();
        let Store::Disk { top, .. } = &new.store else { return Ok((repository, full)) };
        let path = repository.workdir().and_then(|workdir| {
            let (workdir_top, workdir) = split_top(workdir)?;
            (workdir_top == *top).then(|| strip(&full, &workdir).map(str::to_owned))?
        });
        match path {
            Some(path) => Ok((repository, path)),
            None => Err(ProjectError::usage(format!("`{named}` is not in the work tree of its git repository"))
                .help(format!("name the path in the repository: `{revision}:PATH`"))),
        }
    }

    pub(crate) fn open_same(
        &self,
        repository: Repository,
        resolved: &Resolved,
        text: &str,
        path: &str,
        new: &Tree,
    ) -> Result<Tree> {
        let mut tree = self.open_git(repository, resolved, text, path, &new.shown)?;
        if tree.is_file && !new.is_file {
            return Err(ProjectError::usage(format!("`{path}` is a file in {text} and a directory now")));
        }
        tree.shown.clone_from(&new.shown);
        Ok(tree)
    }

    fn open_at(&self, repository: Repository, resolved: &Resolved, text: &str, path: &str) -> Result<Tree> {
        let path = if path.starts_with("./") || path.starts_with("../") || path == "." {
            let here = repository.workdir().and_then(|workdir| {
                let inside = self.cwd.strip_prefix(workdir).ok()?;
                Some(normalise(&join(&split_top(inside)?.1, path)))
            });
            here.ok_or_else(|| {
                ProjectError::usage(format!("`{path}` starts at the current directory, which is not in the work tree"))
            })?
        } else {
            normalise(path)
        };
        if path.starts_with("..") {
            return Err(ProjectError::usage(format!("`{path}` leads out of the repository")));
        }
        let shown = path.clone();
        self.open_git(repository, resolved, text, &path, &shown)
    }

    /// `shown` is the directory as users see it; of a file, it is found here.
    fn open_git(
        &self,
        repository: Repository,
        resolved: &Resolved,
        text: &str,
        path: &str,
        shown: &str,
    ) -> Result<Tree> {
        let label = format!("git:{}", resolved.id.to_hex_with_len(HASH_SHOWN));
        let mut git = GitTree::new(repository.clone(), resolved.id, resolved.tree);
        let found = git.find(path).map_err(|missing| not_in_revision(missing, path, text, &label))?;
        let (full, listing, is_file) = match found {
            Found::Dir { tree, real } => (path.to_owned(), git.list((tree, real), shown, &self.limits)?, false),
            Found::File { id } => {
                let name = file_name(path).to_owned();
                let kind = FileKind::of_named(&name).ok_or_else(|| unknown_kind(path))?;
                let entry = Entry { path: name, kind, content: Content::Git { repo: 0, id } };
                let listing = Listing { entries: vec![entry], ..Listing::default() };
                (parent(path).unwrap_or_default().to_owned(), listing, true)
            }
            Found::Submodule => {
                return Err(ProjectError::usage(format!("`{path}` lies in a submodule of the repository"))
                    .help("name the new side by its path in the submodule, whose own repository is then read"));
            }
        };
        let shown = if is_file { parent(shown).unwrap_or_default() } else { shown };
        let mut tree = Tree {
            label,
            shown: shown.to_owned(),
            full,
            store: Store::Git(git),
            listing,
            repository: Some(repository),
            is_file,
            commit: Some(resolved.id.to_string()),
        };
        sniff(&mut tree, &self.limits)?;
        with_schemas(if is_file { tree } else { self.without_excluded(tree) })
    }

    fn cannot_open(&self, path: &Path, error: &std::io::Error) -> ProjectError {
        let named = path.display();
        if error.kind() != std::io::ErrorKind::NotFound {
            return ProjectError::unreadable(format!("`{named}` can't be read: {}", disk::reason(error)));
        }
        let found = ProjectError::unreadable(format!("there is no file or directory `{named}`"));
        let place = self.cwd.join(path);
        let missing = place.ancestors().take_while(|dir| !dir.exists()).last();
        let near = missing.and_then(|missing| {
            let name = missing.file_name()?.to_str()?;
            crate::git::nearest(name, disk::names_in(missing.parent()?))
        });
        match near {
            Some(near) => found.help(format!("is `{near}` meant?")),
            None => found,
        }
    }

    /// `--against main` where `git:main` is meant.
    fn maybe_a_revision(&self, path: &Path, new: &Tree, error: ProjectError) -> ProjectError {
        if self.cwd.join(path).exists() {
            return error;
        }
        let text = path.to_str().unwrap_or_default();
        let repository = new.repository.clone().or_else(|| self.repository_here().ok());
        match repository.and_then(|repository| repository.resolve(text, false).ok()) {
            Some(_) => error.help(format!("`{text}` is a revision: write `merge-base:{text}` or `git:{text}`")),
            None => error,
        }
    }
}

fn parent_dir(place: &Path) -> Option<PathBuf> {
    place.parent().map(|dir| if dir.as_os_str().is_empty() { PathBuf::from(".") } else { dir.to_owned() })
}

fn unknown_kind(named: &str) -> ProjectError {
    ProjectError::usage(format!("`{named}` is no schema file: its name ends in none of {NAMED_ENDINGS}"))
}

fn not_in_revision(missing: Missing, path: &str, text: &str, label: &str) -> ProjectError {
    let place = format!("{text} ({label})");
    match missing {
        Missing::Broken(error) => error,
        Missing::Absent => ProjectError::new(ErrorKind::NoBaseline, format!("there is no `{path}` in {place}"))
            .help("if the schemas were moved, name their old path: `REF:PATH`"),
        Missing::Outside => ProjectError::unreadable(format!("`{path}` in {place} is a link out of the repository")),
        Missing::Circle => ProjectError::unreadable(format!("`{path}` in {place} is a circle of symbolic links")),
    }
}

/// Refuses a tree without a single schema, unless what went wrong with its files says more.
fn with_schemas(tree: Tree) -> Result<Tree> {
    if !tree.listing.entries.is_empty() || !tree.listing.problems.is_empty() {
        return Ok(tree);
    }
    let named = or_dot(&tree.shown);
    let place = if tree.commit.is_some() { format!("`{named}` at {}", tree.label) } else { format!("`{named}`") };
    let error = ProjectError::no_schemas(format!("there are no schema files in {place}"));
    let error = error.note(format!("files that end in {FOUND_ENDINGS} are looked for, in this directory and below"));
    let is_bare =
        tree.commit.is_none() && tree.repository.as_ref().is_some_and(|repository| repository.workdir().is_none());
    let error =
        if is_bare { error.help("nothing is checked out here: name a revision too, `REF:PATH`") } else { error };
    Err(match tree.listing.skipped.summary() {
        Some(summary) => {
            error.note(format!("passed over: {summary} (such as `{}`)", tree.listing.skipped.examples.join("`, `")))
        }
        None => error,
    })
}

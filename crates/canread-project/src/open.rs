//! From a path or a baseline to a tree: listed, not read.

use std::path::{Path, PathBuf};

use canread_syntax::Diagnostic;

use crate::disk;
use crate::excluded::ExcludedBelow;
use crate::git::{Found, GitTree, IgnoreRules, Missing, Repository, Resolved, STAGED, not_checked_out};
use crate::history::{compared_with_itself, is_checked};
use crate::kind::{FOUND_ENDINGS, NAMED_ENDINGS, is_json};
use crate::listing::{Content, Entry, Listing};
use crate::path::{file_name, join, normalise, or_dot, parent, shown, split_top, strip};
use crate::sniff::sniff;
use crate::tree::{Store, Tree};
use crate::{Baseline, ErrorKind, FileKind, Project, ProjectError, Result};

/// Characters of a commit's hash in a label.
pub(crate) const HASH_SHOWN: usize = 7;

/// Where an old side is.
#[derive(Debug, Clone)]
pub(crate) enum Located {
    /// On disk, as the user named it.
    Disk(PathBuf),
    /// In a lock: that of the project, or another one.
    Lock(Option<PathBuf>),
    /// In a commit.
    Commit(Box<InCommit>),
    /// In the index of a repository, at a path from its top.
    Staged(Box<Repository>, String),
}

impl Located {
    /// What is said if it is the very commit that the new version comes from, and nothing differs.
    pub(crate) fn is_checked(&self, new: &Tree) -> Option<Diagnostic> {
        let Self::Commit(commit) = self else { return None };
        let hash = commit.resolved.id.to_hex_with_len(HASH_SHOWN);
        // A revision, or what it is called.
        let mark = if commit.text.contains(' ') { "" } else { "`" };
        let name = || format!("{mark}{} ({hash}){mark}", commit.text);
        is_checked(commit, new).then(|| compared_with_itself(&name()))
    }
}

/// A place in a commit.
#[derive(Debug, Clone)]
pub(crate) struct InCommit {
    pub(crate) repository: Repository,
    pub(crate) resolved: Resolved,
    /// What the commit is called in messages.
    pub(crate) text: String,
    pub(crate) path: Where,
}

/// What is to be opened in git, and what it is called.
struct InGit<'a> {
    label: String,
    commit: Option<String>,
    /// From the top of the repository.
    path: &'a str,
    /// The same as users see it.
    shown: &'a str,
}

/// A path from the top of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Where {
    /// That of the new side, which is shown as that side is.
    Same(String),
    /// Another one.
    Other(String),
}

impl Project {
    /// Opens the new side: a directory or file on disk, `REF:PATH` or `staged:PATH`.
    ///
    /// # Errors
    ///
    /// `Usage` if the text says neither, `Unreadable` if there is nothing or no schema, and the
    /// errors of [`Project::open_baseline`].
    pub fn open_named(&self, text: &str) -> Result<Tree> {
        with_schemas(self.open_new(text)?)
    }

    /// The same, which may hold no schema: all may have been deleted, if the old version has some.
    pub(crate) fn open_new(&self, text: &str) -> Result<Tree> {
        if text.is_empty() {
            return Err(ProjectError::usage("the path is empty").help("write `.` for the current directory"));
        }
        if let Some(path) = text.strip_prefix(':').filter(|_| !self.cwd.join(text).exists()) {
            return Err(ProjectError::usage(format!("`{text}` names no revision"))
                .help(format!("what is staged is `staged:{path}`, and what is committed `HEAD:{path}`")));
        }
        let baseline = self.parse_baseline(text)?;
        match baseline {
            Baseline::Path(path) => self.list(&path).map_err(|error| self.maybe_without_path(&path, error)),
            Baseline::At { revision, path } => {
                let repository = self.repository_here()?;
                let resolved = repository.resolve(&revision, false).map_err(ProjectError::of_new)?;
                let path = self.path_in(&repository, &path)?;
                self.open_git(&repository, &resolved, &revision, &path, &path).map_err(ProjectError::of_new)
            }
            Baseline::Staged { path } => {
                let repository = self.repository_here()?;
                let path = self.path_in(&repository, &path)?;
                self.open_staged(&repository, &path).map_err(ProjectError::of_new)
            }
            Baseline::Lock { .. } => Err(ProjectError::usage(format!("`{text}` can't be the new version"))
                .help("it is the old one: `canread check PATH --against lock`")),
            Baseline::Revision { .. } | Baseline::MergeBase { .. } | Baseline::Tags { .. } | Baseline::Range { .. } => {
                let such_as = match baseline {
                    Baseline::Revision { revision } => format!(", such as `{revision}:.`"),
                    _ => String::new(),
                };
                let help = "the old version comes first in `canread diff OLD NEW`; of a revision, name the path too";
                Err(ProjectError::usage(format!("`{text}` has no path, so it can only be an old version"))
                    .help(format!("{help}: `REF:PATH`{such_as}")))
            }
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
        with_schemas(self.list(path)?)
    }

    fn list(&self, path: &Path) -> Result<Tree> {
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
        let excluded = self.excluded_below(tree.full.clone());
        let walk = disk::Walk {
            root: &root,
            full: &tree.full,
            shown: &tree.shown,
            bounds: &bounds,
            limits: &self.limits,
            excluded: &excluded,
        };
        tree.listing = disk::list(&walk, rules)?;
        if let Some(repository) = &tree.repository {
            let mut absent = not_checked_out(repository, &root, &self.limits)?;
            absent.retain(|entry| !tree.listing.excludes(&excluded, &entry.path, &tree.shown));
            let (candidates, schemas): (Vec<_>, _) =
                absent.into_iter().partition(|entry| is_json(entry.path.as_bytes()));
            tree.listing.entries.extend(schemas);
            tree.listing.candidates.extend(candidates);
            tree.listing.sort();
        }
        sniff(&mut tree, &self.limits, &self.looks)?;
        Ok(tree)
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
        self.open_located(&self.locate(baseline, new)?, new)
    }

    /// Finds out what the old side is, without opening it.
    pub(crate) fn locate(&self, baseline: &Baseline, new: &Tree) -> Result<Located> {
        let (repository, resolved, text, path) = match baseline {
            Baseline::Path(path) => return Ok(Located::Disk(path.clone())),
            Baseline::Lock { file } => return Ok(Located::Lock(file.clone())),
            Baseline::Staged { path } => {
                let repository = new.repository.clone().map_or_else(|| self.repository_here(), Ok)?;
                let path = self.path_in(&repository, path)?;
                return Ok(Located::Staged(Box::new(repository), path));
            }
            Baseline::Revision { revision } => {
                let (repository, path) = Self::same_path(new, revision)?;
                let resolved = repository.resolve(revision, false)?;
                (repository, resolved, revision.clone(), Where::Same(path))
            }
            Baseline::MergeBase { revision } => {
                let (repository, path) = Self::same_path(new, revision)?;
                let resolved = repository.merge_base(revision)?;
                (repository, resolved, format!("the merge base of HEAD and {revision}"), Where::Same(path))
            }
            Baseline::At { revision, path } => {
                let repository = new.repository.clone().map_or_else(|| self.repository_here(), Ok)?;
                let resolved = repository.resolve(revision, false)?;
                let path = self.path_in(&repository, path)?;
                (repository, resolved, revision.clone(), Where::Other(path))
            }
            Baseline::Tags { .. } | Baseline::Range { .. } => {
                return Err(ProjectError::usage("several versions are no single old version")
                    .help("name one of them: `git:REF`"));
            }
        };
        Ok(Located::Commit(Box::new(InCommit { repository, resolved, text, path })))
    }

    /// Opens the old side.
    ///
    /// # Errors
    ///
    /// As [`Project::open_baseline`].
    pub(crate) fn open_located(&self, located: &Located, new: &Tree) -> Result<Tree> {
        let commit = match located {
            Located::Disk(path) => {
                let tree = self.open(path).map_err(|error| self.maybe_a_revision(path, new, error));
                return tree.map_err(ProjectError::of_baseline);
            }
            Located::Lock(file) => return self.open_lock(file.as_deref(), new).map_err(ProjectError::of_baseline),
            Located::Staged(repository, path) => {
                let tree = self.open_staged(repository, path).and_then(with_schemas);
                return tree.map_err(ProjectError::of_baseline);
            }
            Located::Commit(commit) => commit,
        };
        let InCommit { repository, resolved, text, path } = &**commit;
        let tree = match path {
            Where::Other(path) => self.open_git(repository, resolved, text, path, path),
            Where::Same(path) => self.open_git(repository, resolved, text, path, &new.shown).and_then(|mut tree| {
                if tree.is_file && !new.is_file {
                    return Err(ProjectError::usage(format!("`{path}` is a file in {text} and a directory now")));
                }
                tree.shown.clone_from(&new.shown);
                Ok(tree)
            }),
        };
        tree.and_then(with_schemas).map_err(ProjectError::of_baseline)
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

    /// A path that the user named in a repository, from its top.
    fn path_in(&self, repository: &Repository, path: &str) -> Result<String> {
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
        Ok(path)
    }

    /// `shown` is the directory as users see it; of a file, it is found here.
    fn open_git(
        &self,
        repository: &Repository,
        resolved: &Resolved,
        text: &str,
        path: &str,
        shown: &str,
    ) -> Result<Tree> {
        let label = format!("git:{}", resolved.id.to_hex_with_len(HASH_SHOWN));
        let git = GitTree::new(repository.clone(), resolved.id, resolved.tree);
        let found = git.find(path).map_err(|missing| not_in_revision(missing, path, text, &label))?;
        self.open_found(git, found, InGit { label, commit: Some(resolved.id.to_string()), path, shown })
    }

    /// Opens what is staged.
    fn open_staged(&self, repository: &Repository, path: &str) -> Result<Tree> {
        let git = GitTree::staged(repository.clone(), repository.staged(self.index_file.as_deref())?);
        let found = git.find(path).map_err(|missing| not_staged(missing, path, repository))?;
        self.open_found(git, found, InGit { label: STAGED.to_owned(), commit: None, path, shown: path })
    }

    fn open_found(&self, mut git: GitTree, found: Found, of: InGit<'_>) -> Result<Tree> {
        let InGit { label, commit, path, shown } = of;
        let repository = git.repository().clone();
        let (full, listing, is_file) = match found {
            Found::Dir { tree, real } => {
                let workdir = repository.workdir().and_then(split_top).map(|(_, full)| full);
                let excluded = self.excluded_below(join(&workdir.unwrap_or_default(), path));
                (path.to_owned(), git.list((tree, real), shown, &self.limits, &excluded)?, false)
            }
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
            commit,
        };
        sniff(&mut tree, &self.limits, &self.looks)?;
        Ok(tree)
    }

    /// What is left out below a directory, of which this is the place.
    pub(crate) fn excluded_below(&self, place: String) -> ExcludedBelow<'_> {
        ExcludedBelow::new(self.excluded.as_ref(), place)
    }

    fn cannot_open(&self, path: &Path, error: &std::io::Error) -> ProjectError {
        let named = path.display();
        if error.kind() != std::io::ErrorKind::NotFound {
            return ProjectError::unreadable(format!("`{named}` can't be read: {}", disk::reason(error)));
        }
        let found = ProjectError::unreadable(format!("there is no file or directory `{named}`"));
        if named.to_string().contains(['*', '?', '[']) {
            return found.help("patterns mean nothing here: name a directory, and everything below it is read");
        }
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

    /// `HEAD` where `HEAD:.` is meant, or `staged` where `staged:.` is.
    fn maybe_without_path(&self, path: &Path, error: ProjectError) -> ProjectError {
        if self.cwd.join(path).exists() {
            return error;
        }
        let text = path.to_str().unwrap_or_default();
        let is_revision =
            || self.repository_here().ok().is_some_and(|repository| repository.resolve(text, false).is_ok());
        match text {
            "staged" => error.help("what is staged has a path too: `staged:.` is this directory"),
            _ if is_revision() => {
                error.help(format!("`{text}` is a revision: name a path in it, `{text}:.` for this directory"))
            }
            _ => error,
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

fn not_staged(missing: Missing, path: &str, repository: &Repository) -> ProjectError {
    match missing {
        Missing::Absent => {
            let error = ProjectError::new(ErrorKind::NoBaseline, format!("there is no `{path}` that is staged"));
            let is_there = repository.workdir().is_some_and(|workdir| workdir.join(path).exists());
            let error = if is_there { error.note("it is in the work tree: `git add` stages it") } else { error };
            error.help("paths start at the top of the repository; those that start with `./`, here")
        }
        missing => not_in_revision(missing, path, "the index", STAGED),
    }
}

/// Refuses a tree without a single schema, unless what went wrong with its files says more.
pub(crate) fn with_schemas(tree: Tree) -> Result<Tree> {
    if !tree.listing.entries.is_empty() || !tree.listing.problems.is_empty() {
        return Ok(tree);
    }
    let named = or_dot(&tree.shown);
    let place = match &tree.store {
        Store::Disk { .. } => format!("`{named}`"),
        Store::Git(_) if tree.label == STAGED => format!("`{named}` that are staged"),
        Store::Git(_) => format!("`{named}` at {}", tree.label),
        Store::Lock(_) => format!("`{named}` of {}", tree.label),
    };
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

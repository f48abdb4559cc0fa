//! The files of a commit, straight from the object store, and those that are staged for one.

use std::collections::VecDeque;
use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::objs::tree::EntryKind;

use super::advice::Want;
use super::repository::Repository;
use super::revision::with_fetch;
use super::staged::Staged;
use crate::excluded::ExcludedBelow;
use crate::kind::{CACHE_TAG, has_unread_ending, is_buf_config, is_json, is_of_schemas, is_passed_over};
use crate::listing::{Chain, Content, Entry, Listing, problem};
use crate::path::{join, or_dot, strip};
use crate::{ErrorKind, FileKind, Limits, ProjectError, Result};

/// Links followed to find one path, as many as Linux does.
const HOPS_MAX: usize = 40;

/// The files of one commit, or of the next one, those of its checked out submodules included.
#[derive(Debug, Clone)]
pub(crate) struct GitTree {
    parts: Vec<Part>,
    /// What messages call it: the commit's hash.
    name: String,
    /// Trees that are in no object store.
    staged: Option<Arc<Staged>>,
}

/// The tree of the repository itself (the first part) or of a submodule.
#[derive(Debug, Clone)]
struct Part {
    repository: Repository,
    root: ObjectId,
    /// Where it is checked out, relative to the work tree of the first part.
    place: String,
}

/// What a path in a git tree names, symbolic links followed; `real` is the path without them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    Dir { tree: ObjectId, real: String },
    File { id: ObjectId },
    Submodule,
}

/// Why a path in a git tree names nothing that can be used.
#[derive(Debug)]
pub(crate) enum Missing {
    /// Nothing is there.
    Absent,
    /// A symbolic link leads out of the repository.
    Outside,
    /// Symbolic links lead in a circle.
    Circle,
    /// The objects can't be read.
    Broken(ProjectError),
}

/// A directory still to be listed.
struct Task {
    part: usize,
    tree: ObjectId,
    /// Relative to the listed root; shown to users below `shown`.
    path: String,
    chain: Arc<Chain<(usize, String)>>,
    linked: bool,
    utf8: bool,
    /// It is hidden or lies in such a directory.
    hidden: bool,
    depth: usize,
}

impl GitTree {
    pub(crate) fn new(repository: Repository, commit: ObjectId, root: ObjectId) -> Self {
        Self { parts: vec![Part { repository, root, place: String::new() }], name: commit.to_string(), staged: None }
    }

    /// The files of the next commit.
    pub(crate) fn staged(repository: Repository, staged: Staged) -> Self {
        let parts = vec![Part { repository, root: staged.root, place: String::new() }];
        Self { parts, name: "the index".to_owned(), staged: Some(Arc::new(staged)) }
    }

    pub(crate) fn repository(&self) -> &Repository {
        &self.parts[0].repository
    }

    /// Handles for one thread, in the order of [`Content::Git`]'s numbers.
    pub(crate) fn handles(&self) -> Vec<gix::Repository> {
        self.parts.iter().map(|part| part.repository.local()).collect()
    }

    /// What a path names, seen from the root of the repository.
    pub(crate) fn find(&self, path: &str) -> std::result::Result<Found, Missing> {
        self.find_in(&self.parts[0].repository.local(), 0, path)
    }

    fn find_in(&self, repo: &gix::Repository, part: usize, path: &str) -> std::result::Result<Found, Missing> {
        let root = self.parts[part].root;
        let mut pending: VecDeque<Vec<u8>> = split(path.as_bytes());
        let mut above: Vec<(Vec<u8>, ObjectId)> = Vec::new();
        let mut hops = 0;
        while let Some(name) = pending.pop_front() {
            match name.as_slice() {
                b"" | b"." => continue,
                b".." => {
                    above.pop().ok_or(Missing::Outside)?;
                    continue;
                }
                _ => {}
            }
            let dir = above.last().map_or(root, |(_, tree)| *tree);
            let tree = self.tree(repo, dir).map_err(Missing::Broken)?;
            let entry = tree.find_entry(name.as_slice()).ok_or(Missing::Absent)?;
            match entry.mode().kind() {
                EntryKind::Tree => above.push((name, entry.oid().to_owned())),
                EntryKind::Blob | EntryKind::BlobExecutable if pending.is_empty() => {
                    return Ok(Found::File { id: entry.oid().to_owned() });
                }
                EntryKind::Blob | EntryKind::BlobExecutable => return Err(Missing::Absent),
                EntryKind::Commit => return Ok(Found::Submodule),
                EntryKind::Link => {
                    hops += 1;
                    if hops > HOPS_MAX {
                        return Err(Missing::Circle);
                    }
                    let target = self.blob(repo, entry.oid().to_owned()).map_err(Missing::Broken)?;
                    if target.starts_with(b"/") {
                        return Err(Missing::Outside);
                    }
                    for part in split(&target).into_iter().rev() {
                        pending.push_front(part);
                    }
                }
            }
        }
        let tree = above.last().map_or(root, |(_, tree)| *tree);
        let real = above.iter().map(|(name, _)| name.to_str_lossy()).collect::<Vec<_>>().join("/");
        Ok(Found::Dir { tree, real })
    }

    fn tree<'repo>(&self, repo: &'repo gix::Repository, id: ObjectId) -> Result<gix::Tree<'repo>> {
        if let Some(data) = self.staged.as_ref().and_then(|staged| staged.trees.get(&id)) {
            return Ok(gix::Tree::from_data(id, data.clone(), repo));
        }
        match repo.try_find_object(id) {
            Ok(Some(object)) if object.kind == gix::objs::Kind::Tree => Ok(object.into_tree()),
            Ok(Some(_)) => Err(ProjectError::unreadable(format!("git object {id} should be a tree, and is not"))),
            Ok(None) => Err(not_here(repo, id, &self.name)),
            Err(error) => Err(damaged(id, &error)),
        }
    }

    fn blob(&self, repo: &gix::Repository, id: ObjectId) -> Result<Vec<u8>> {
        read_blob(repo, id, &self.name)
    }

    /// The bytes of a file. `handles` are those of [`GitTree::handles`], made by the calling thread.
    pub(crate) fn read(&self, handles: &[gix::Repository], repo: usize, id: ObjectId) -> Result<Vec<u8>> {
        self.blob(&handles[repo], id)
    }

    /// The schema files in and below a directory. `shown` is how users see that directory.
    ///
    /// # Errors
    ///
    /// `NotFetched`, `Unreadable` or `LimitExceeded`. What concerns single files becomes a problem
    /// of the listing.
    pub(crate) fn list(
        &mut self,
        root: (ObjectId, String),
        shown: &str,
        limits: &Limits,
        excluded: &ExcludedBelow<'_>,
    ) -> Result<Listing> {
        let (tree, real) = root;
        let mut repos = self.handles();
        let mut listing = Listing::default();
        let chain = Chain::start((0, real.clone()));
        let path = String::new();
        let mut tasks = vec![Task { part: 0, tree, path, chain, linked: false, utf8: true, hidden: false, depth: 0 }];
        let mut dirs = 0;
        while let Some(task) = tasks.pop() {
            dirs += 1;
            limits.check_files(dirs + listing.entries.len() + listing.candidates.len(), or_dot(shown))?;
            limits.check_depth(task.depth, or_dot(shown))?;
            let tree = self.tree(&repos[task.part], task.tree)?;
            if task.depth > 0 && self.is_cache(&repos[task.part], &tree) {
                listing.skipped.directories += 1;
                listing.skipped.example(|| join(shown, &task.path));
                continue;
            }
            let data = tree.data.clone();
            drop(tree);
            for entry in gix::objs::TreeRefIter::from_bytes(&data, task.tree.kind()) {
                let entry =
                    entry.map_err(|_| ProjectError::unreadable(format!("git tree {} is damaged", task.tree)))?;
                let kind = entry.mode.kind();
                let is_file = matches!(kind, EntryKind::Blob | EntryKind::BlobExecutable);
                let may_count = !is_file || is_of_schemas(entry.filename.as_bytes());
                let path = || join(&task.path, &entry.filename.to_str_lossy());
                if may_count && listing.excludes(excluded, &path(), shown) {
                    continue;
                }
                let mut visit = Visit { task: &task, shown, real: &real, listing: &mut listing, tasks: &mut tasks };
                self.visit(&mut repos, &mut visit, entry.filename, kind, entry.oid.to_owned())?;
            }
        }
        for path in self.staged.iter().flat_map(|staged| &staged.announced) {
            if let Some(below) = strip(path, &real).filter(|below| !listing.excludes(excluded, below, shown)) {
                listing.skipped.announced += 1;
                listing.skipped.example(|| join(shown, below));
            }
        }
        listing.sort();
        Ok(listing)
    }

    fn visit(
        &mut self,
        repos: &mut Vec<gix::Repository>,
        visit: &mut Visit<'_>,
        name: &BStr,
        kind: EntryKind,
        id: ObjectId,
    ) -> Result<()> {
        match kind {
            EntryKind::Blob | EntryKind::BlobExecutable => visit.file(name, id),
            EntryKind::Tree => {
                let real = join(&visit.task.chain.real().1, &name.to_str_lossy());
                visit.dir(name, id, (visit.task.part, real), visit.task.linked);
            }
            EntryKind::Link => {
                let part = visit.task.part;
                let from = join(&visit.task.chain.real().1, &name.to_str_lossy());
                match self.find_in(&repos[part], part, &from) {
                    Ok(Found::File { id }) => visit.file(name, id),
                    Ok(Found::Dir { tree, real }) => visit.dir(name, tree, (part, real), true),
                    Ok(Found::Submodule) => visit.submodule(name),
                    Err(Missing::Broken(error)) => return Err(error),
                    Err(missing) => visit.bad_link(name, &missing),
                }
            }
            EntryKind::Commit => self.submodule(repos, visit, name, id)?,
        }
        Ok(())
    }

    /// A submodule is read from its own repository, where one is checked out.
    fn submodule(
        &mut self,
        repos: &mut Vec<gix::Repository>,
        visit: &mut Visit<'_>,
        name: &BStr,
        commit: ObjectId,
    ) -> Result<()> {
        if visit.task.hidden || is_passed_over(name) {
            visit.passed_over(name);
            return Ok(());
        }
        let inside = join(&visit.task.chain.real().1, &name.to_str_lossy());
        let place = join(&self.parts[visit.task.part].place, &inside);
        let repository = self.repository().workdir().and_then(|workdir| {
            let dir = workdir.join(&place);
            dir.join(".git").exists().then(|| Repository::at(&dir)).flatten()
        });
        let Some(repository) = repository else {
            visit.submodule(name);
            return Ok(());
        };
        let resolved = repository.peel(commit, &place)?;
        repos.push(repository.local());
        self.parts.push(Part { repository, root: resolved.tree, place });
        visit.dir(name, resolved.tree, (self.parts.len() - 1, String::new()), visit.task.linked);
        Ok(())
    }

    fn is_cache(&self, repo: &gix::Repository, tree: &gix::Tree<'_>) -> bool {
        tree.find_entry(CACHE_TAG.as_bytes())
            .filter(|entry| entry.mode().is_blob())
            .and_then(|entry| self.blob(repo, entry.oid().to_owned()).ok())
            .is_some_and(|tag| crate::kind::is_cache_tag(&tag))
    }
}

/// One directory's entries on their way into the listing.
struct Visit<'a> {
    task: &'a Task,
    shown: &'a str,
    /// The path of the listed root inside the repository.
    real: &'a str,
    listing: &'a mut Listing,
    tasks: &'a mut Vec<Task>,
}

impl Visit<'_> {
    fn path(&self, name: &BStr) -> String {
        join(&self.task.path, &name.to_str_lossy())
    }

    fn file(&mut self, name: &BStr, id: ObjectId) {
        if is_buf_config(name) {
            self.listing.configs.push(join(self.real, &self.path(name)));
        }
        if has_unread_ending(name) {
            self.listing.skipped.unread_endings += 1;
            self.listing.skipped.example(|| join(self.shown, &join(&self.task.path, &name.to_str_lossy())));
        }
        if is_json(name) && !name.starts_with(b".") {
            if self.task.utf8 && name.to_str().is_ok() {
                let content = Content::Git { repo: self.task.part, id };
                self.listing.candidates.push(Entry { path: self.path(name), kind: FileKind::Avro, content });
            } else {
                self.odd_json(name);
            }
            return;
        }
        if FileKind::of_ending(name).is_none() {
            return;
        }
        let path = self.path(name);
        if name.starts_with(b".") {
            self.listing.skipped.hidden_files += 1;
            self.listing.skipped.example(|| join(self.shown, &path));
        } else if !self.task.utf8 || name.to_str().is_err() {
            self.listing.problems.push(problem::not_utf8(&join(self.shown, &path)));
        } else if let Some(kind) = FileKind::of_found(&path) {
            self.listing.entries.push(Entry { path, kind, content: Content::Git { repo: self.task.part, id } });
        }
    }

    /// Counts what nobody can look into.
    fn odd_json(&mut self, name: &BStr) {
        let path = join(self.shown, &self.path(name));
        self.listing.skipped.odd_json += 1;
        self.listing.skipped.example(|| path);
    }

    fn passed_over(&mut self, name: &BStr) {
        let path = join(self.shown, &self.path(name));
        self.listing.skipped.directories += 1;
        self.listing.skipped.example(|| path);
    }

    /// What is tracked takes part, hidden or not. What git does not track in a work tree is passed over there, so it is here:
    /// a directory behind a link, and one of a submodule, which the index of the repository does not hold.
    fn dir(&mut self, name: &BStr, tree: ObjectId, real: (usize, String), linked: bool) {
        let path = self.path(name);
        let part = real.0;
        let hidden = self.task.hidden || is_passed_over(name);
        if hidden && (linked || part != 0) {
            self.passed_over(name);
            return;
        }
        match self.task.chain.enter(real, linked) {
            None => self.listing.problems.push(problem::symlink_loop(&join(self.shown, &path))),
            Some(chain) => {
                let utf8 = self.task.utf8 && name.to_str().is_ok();
                self.tasks.push(Task { part, tree, path, chain, linked, utf8, hidden, depth: self.task.depth + 1 });
            }
        }
    }

    fn submodule(&mut self, name: &BStr) {
        let path = join(self.shown, &self.path(name));
        self.listing.skipped.submodules += 1;
        self.listing.skipped.example(|| path);
    }

    fn bad_link(&mut self, name: &BStr, missing: &Missing) {
        let path = join(self.shown, &self.path(name));
        match missing {
            Missing::Outside if is_schema_link(name) => self.listing.problems.push(problem::link_leaves(&path)),
            Missing::Circle => self.listing.problems.push(problem::symlink_loop(&path)),
            Missing::Absent if is_schema_link(name) => self.listing.problems.push(problem::dangling(&path)),
            Missing::Outside | Missing::Absent if is_json(name) && !name.starts_with(b".") => self.odd_json(name),
            Missing::Outside | Missing::Absent | Missing::Broken(_) => {}
        }
    }
}

/// Whether a link that leads nowhere would have been a schema.
fn is_schema_link(name: &BStr) -> bool {
    FileKind::of_ending(name).is_some() && !name.starts_with(b".")
}

fn split(path: &[u8]) -> VecDeque<Vec<u8>> {
    path.split(|byte| *byte == b'/').map(<[u8]>::to_vec).collect()
}

/// The bytes of an object that `commit` (or whatever it is called) needs.
pub(crate) fn read_blob(repo: &gix::Repository, id: ObjectId, commit: &str) -> Result<Vec<u8>> {
    match repo.try_find_object(id) {
        Ok(Some(mut object)) => Ok(std::mem::take(&mut object.data)),
        Ok(None) => Err(not_here(repo, id, commit)),
        Err(error) => Err(damaged(id, &error)),
    }
}

fn not_here(repo: &gix::Repository, id: ObjectId, commit: &str) -> ProjectError {
    let error = ProjectError::new(ErrorKind::NotFetched, format!("git object {id} of {commit} is not in this clone"))
        .note("a partial clone (`--filter`) leaves objects out until git needs them");
    let commit = if commit.len() == id.kind().len_in_hex() { commit } else { "HEAD" };
    with_fetch(repo, error, Want::Objects { commit })
}

fn damaged(id: ObjectId, error: &gix::Error) -> ProjectError {
    ProjectError::unreadable(format!("git object {id} can't be read")).note(super::repository::reason(error))
}

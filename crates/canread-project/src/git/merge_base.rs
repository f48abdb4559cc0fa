//! Where a branch left another: the commit that both have in common.

use std::collections::HashSet;

use gix::ObjectId;

use super::advice::Want;
use super::repository::{Repository, reason};
use super::revision::{Resolved, with_fetch};
use crate::{ErrorKind, ProjectError, Result};

impl Repository {
    /// The best common ancestor of the commit that is checked out and of the one that `text` names.
    /// Of several equally good ones (after criss-cross merges) it is the one that
    /// `git merge-base` prints.
    ///
    /// In a shallow clone an ancestor counts only if every commit on the way to it is there. With
    /// a gap the best ancestor may lie behind it, and an older one would be a wrong baseline.
    ///
    /// # Errors
    ///
    /// As [`Repository::resolve`]; `NotFetched` if history is missing; `UnknownRevision` if
    /// the two have no commit in common.
    pub(crate) fn merge_base(&self, text: &str) -> Result<Resolved> {
        let head = self.head()?;
        let other = self.resolve(text, true).or_else(|error| match error.kind() {
            ErrorKind::UnknownRevision => self.of_only_remote(text).ok_or(error),
            _ => Err(error),
        })?;
        let repo = self.local();
        if let Some(id) = self.peel(head, "HEAD").ok().filter(|head| head.id == other.id) {
            return Ok(id);
        }
        let shallow = repo.is_shallow().unwrap_or(false);
        let base = match repo.merge_base(head, other.id) {
            Ok(Some(base)) => base.detach(),
            Ok(None) if !shallow => return Err(unrelated(text)),
            Err(error) if !shallow => return Err(broken(&repo, text, &error)),
            Ok(None) | Err(_) => return Err(cut(&repo, text)),
        };
        if shallow && !is_certain(&repo, [head, other.id], base) {
            return Err(cut(&repo, text));
        }
        self.peel(base, text)
    }

    /// The branch of that name which exactly one remote has, as far as it was fetched. CI services check commits out, and
    /// no branches; `main` is there as `origin/main`.
    ///
    /// Source: git-switch(1), "--guess", takes a name so.
    fn of_only_remote(&self, name: &str) -> Option<Resolved> {
        let repo = self.local();
        let of_remote = |remote| repo.try_find_reference(&format!("refs/remotes/{remote}/{name}")).ok().flatten();
        let mut found = repo.remote_names().into_iter().filter_map(of_remote);
        let id = found.next()?.try_id()?.detach();
        if found.next().is_some() { None } else { self.peel(id, name).ok() }
    }
}

fn unrelated(text: &str) -> ProjectError {
    ProjectError::new(ErrorKind::UnknownRevision, format!("HEAD and `{text}` have no commit in common"))
        .help(format!("compare with the branch itself: `git:{text}`"))
}

fn broken(repo: &gix::Repository, text: &str, error: &gix::Error) -> ProjectError {
    let message = format!("the merge base of HEAD and `{text}` can't be found: history can't be read");
    with_fetch(repo, ProjectError::unreadable(message).note(reason(error)), Want::History)
}

fn cut(repo: &gix::Repository, text: &str) -> ProjectError {
    let message = format!("the merge base of HEAD and `{text}` is not certain: this clone's history is cut");
    let error = ProjectError::new(ErrorKind::NotFetched, message)
        .note("a shallow clone holds only the newest commits; in GitHub Actions, `fetch-depth: 0` of actions/checkout gets all");
    with_fetch(repo, error, Want::History)
}

/// Whether every commit between the tips and `base` is there with all its parents, so that no
/// better common ancestor can hide behind the place where history was cut.
fn is_certain(repo: &gix::Repository, tips: [ObjectId; 2], base: ObjectId) -> bool {
    let cut: HashSet<ObjectId> = match repo.shallow_commits() {
        Ok(Some(commits)) => commits.iter().copied().collect(),
        Ok(None) => HashSet::new(),
        Err(_) => return false,
    };
    let known = reachable(repo, &[base], &HashSet::new());
    let newer = reachable(repo, &tips, &known);
    newer.iter().all(|id| !cut.contains(id) && parents(repo, *id).is_some())
}

/// Every commit that can be reached from `tips` without passing one of `stop`.
fn reachable(repo: &gix::Repository, tips: &[ObjectId], stop: &HashSet<ObjectId>) -> HashSet<ObjectId> {
    let mut seen = HashSet::new();
    let mut pending = tips.to_vec();
    while let Some(id) = pending.pop() {
        if !stop.contains(&id) && seen.insert(id) {
            pending.extend(parents(repo, id).unwrap_or_default());
        }
    }
    seen
}

/// The parents that a commit's text names; `None` if the commit is not there.
fn parents(repo: &gix::Repository, id: ObjectId) -> Option<Vec<ObjectId>> {
    let object = repo.try_find_object(id).ok()??;
    (object.kind == gix::objs::Kind::Commit)
        .then(|| gix::objs::CommitRefIter::from_bytes(&object.data, id.kind()).parent_ids().collect())
}

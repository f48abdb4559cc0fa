//! The commits of a range that change a path.

use std::collections::HashSet;

use gix::ObjectId;

use super::advice::Want;
use super::repository::{Repository, reason};
use super::revision::{Resolved, with_fetch};
use super::tree::{Found, GitTree, Missing};
use crate::{ErrorKind, ProjectError, Result};

impl Repository {
    /// The commits that `to` has and `from` has not, as far as they lie on the line of first parents and change what is at
    /// a path, behind `from` itself, oldest first; if there is nothing in any of them, `to`. What branches that were merged did on
    /// their way is not looked at; the merge is.
    ///
    /// # Errors
    ///
    /// As [`Repository::resolve`]; `NotFetched` if this clone lacks a part of the line; `Usage` if there is no commit on it.
    pub(crate) fn range(&self, from: &str, to: &str, path: &str) -> Result<Vec<Resolved>> {
        let (start, end) = (self.resolve(from, true)?, self.resolve(to, true)?);
        let repo = self.local();
        let text = format!("{from}..{to}");
        let line = line(&repo, start.id, end.id, &text)?;
        if line.is_empty() && start.id != end.id {
            return Err(ProjectError::usage(format!("there is no commit in {text}: {from} has all that {to} has"))
                .note("the range has the commits that the second revision has and the first one has not")
                .help(format!("the older revision comes first: `git:{to}..{from}`")));
        }
        let mut found = Vec::new();
        for (id, parent) in line {
            let resolved = self.peel(id, &text)?;
            let here = self.object_at(&resolved, path)?;
            let before = match parent.map(|parent| self.peel(parent, &text)) {
                Some(parent) => self.object_at(&parent?, path)?,
                None => None,
            };
            if here.is_some() && here != before {
                found.push(resolved);
            }
        }
        // What was there when the range began is an old version too.
        if self.object_at(&start, path)?.is_some() {
            found.push(start);
        }
        if found.is_empty() {
            found.push(end);
        }
        found.reverse();
        Ok(found)
    }

    /// The object at a path, symbolic links followed.
    fn object_at(&self, resolved: &Resolved, path: &str) -> Result<Option<ObjectId>> {
        match GitTree::new(self.clone(), resolved.id, resolved.tree).find(path) {
            Ok(Found::Dir { tree, .. }) => Ok(Some(tree)),
            Ok(Found::File { id }) => Ok(Some(id)),
            Ok(Found::Submodule) | Err(Missing::Absent | Missing::Outside | Missing::Circle) => Ok(None),
            Err(Missing::Broken(error)) => Err(error),
        }
    }
}

/// The line of first parents, newest first, each commit with its parent.
fn line(repo: &gix::Repository, from: ObjectId, to: ObjectId, text: &str) -> Result<Vec<(ObjectId, Option<ObjectId>)>> {
    let cut: HashSet<ObjectId> = match repo.shallow_commits() {
        Ok(Some(commits)) => commits.iter().copied().collect(),
        _ => HashSet::new(),
    };
    let lacking = |error: Option<&gix::Error>| {
        let message = format!("the commits of {text} are not all in this clone");
        let lacking = ProjectError::new(ErrorKind::NotFetched, message);
        let lacking = match error {
            Some(error) => lacking.note(reason(error)),
            None => lacking.note("a shallow clone holds only the newest commits"),
        };
        with_fetch(repo, lacking, Want::History)
    };
    let mut inside = HashSet::new();
    let walk = repo.rev_walk([to]).with_hidden([from]).all().map_err(|error| lacking(Some(&error)))?;
    for info in walk {
        inside.insert(info.map_err(|error| lacking(Some(&error)))?.id);
    }
    if inside.iter().any(|id| cut.contains(id)) {
        return Err(lacking(None));
    }
    let mut line = Vec::new();
    let mut next = Some(to).filter(|id| inside.contains(id));
    while let Some(id) = next {
        let object = repo.try_find_object(id).ok().flatten().ok_or_else(|| lacking(None))?;
        let parent = gix::objs::CommitRefIter::from_bytes(&object.data, id.kind()).parent_ids().next();
        line.push((id, parent));
        next = parent.filter(|id| inside.contains(id));
    }
    Ok(line)
}

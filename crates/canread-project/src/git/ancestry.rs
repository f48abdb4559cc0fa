//! Which of several commits came from which, and when each was made.

use std::collections::{BTreeSet, HashMap, HashSet};

use gix::ObjectId;

use super::repository::Repository;
use crate::config::Date;

/// What each of several commits came from, by their places in an order in which that comes first.
#[derive(Debug)]
pub(crate) struct Ancestry {
    /// The next one on the line of first parents; where there is none, the last of all.
    from: Vec<Option<usize>>,
    all: Vec<BTreeSet<usize>>,
}

impl Ancestry {
    /// What it came from, the nearest first; of a merge, only the line that was merged into.
    pub(crate) fn line(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.from[at], |before| self.from[*before])
    }

    /// All that it came from.
    pub(crate) fn of(&self, at: usize) -> &BTreeSet<usize> {
        &self.all[at]
    }
}

impl Repository {
    /// What came from what. `commits` are as [`Repository::ordered`] gives them.
    pub(crate) fn ancestry(&self, commits: &[ObjectId]) -> Ancestry {
        let nodes = self.between(commits);
        let places: HashMap<ObjectId, usize> = commits.iter().copied().zip(0..).collect();
        let parents = |id: &ObjectId| nodes.get(id).map_or(&[][..], |node| &node.parents);
        let on_line = |commit: &ObjectId| {
            // No commit comes from itself, so the line ends.
            let mut line = std::iter::successors(parents(commit).first(), |id| parents(id).first());
            line.find_map(|id| places.get(id).copied())
        };
        let mut ancestry = Ancestry { from: Vec::new(), all: Vec::new() };
        for commit in commits {
            let mut all = BTreeSet::new();
            let mut seen = HashSet::new();
            let mut pending: Vec<&ObjectId> = parents(commit).iter().collect();
            while let Some(id) = pending.pop() {
                match places.get(id) {
                    Some(place) if all.insert(*place) => all.extend(ancestry.all.get(*place).into_iter().flatten()),
                    None if seen.insert(id) => pending.extend(parents(id)),
                    _ => {}
                }
            }
            ancestry.from.push(on_line(commit).or(all.last().copied()));
            ancestry.all.push(all);
        }
        ancestry
    }

    /// The day on which a commit was made, where it was made.
    pub(crate) fn day(&self, commit: ObjectId) -> Option<Date> {
        let repo = self.local();
        let object = repo.try_find_object(commit).ok()??;
        if object.kind != gix::objs::Kind::Commit {
            return None;
        }
        let time = gix::objs::CommitRefIter::from_bytes(&object.data, commit.kind()).committer().ok()?.time().ok()?;
        Date::of_unix_seconds(time.seconds.checked_add(i64::from(time.offset))?.try_into().ok()?)
    }
}

//! Commits in order: what came before what.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use gix::ObjectId;

use super::repository::Repository;

/// How much earlier than its parents a commit may say that it was made. Clocks differ; by more than that they are wrong.
const SKEW_SECONDS: i64 = 24 * 60 * 60;

/// What of a commit tells its place.
#[derive(Debug, Default)]
pub(super) struct Node {
    seconds: i64,
    pub(super) parents: Vec<ObjectId>,
}

impl Repository {
    /// The commits from the oldest to the newest: each behind all that it came from, otherwise by the time of the
    /// commit, and those of one second as they are given. Each commit is there once.
    ///
    /// Only the commits between them are read. What a shallow clone lacks tells nothing; then the time has to do.
    pub(crate) fn ordered(&self, commits: &[ObjectId]) -> Vec<ObjectId> {
        let nodes = self.between(commits);
        let rank: HashMap<ObjectId, usize> = commits.iter().rev().copied().zip((0..commits.len()).rev()).collect();
        let mut children: HashMap<ObjectId, Vec<ObjectId>> = HashMap::new();
        let mut waiting: HashMap<ObjectId, usize> = HashMap::new();
        for (id, node) in &nodes {
            let known: BTreeSet<&ObjectId> = node.parents.iter().filter(|parent| nodes.contains_key(*parent)).collect();
            waiting.insert(*id, known.len());
            for parent in known {
                children.entry(*parent).or_default().push(*id);
            }
        }
        let key = |id: ObjectId| Reverse((nodes[&id].seconds, rank.get(&id).copied().unwrap_or(usize::MAX), id));
        let mut ready: BinaryHeap<_> = nodes.keys().copied().filter(|id| waiting[id] == 0).map(key).collect();
        let mut ordered = Vec::with_capacity(rank.len());
        while let Some(Reverse((_, rank, id))) = ready.pop() {
            if rank != usize::MAX {
                ordered.push(id);
            }
            for child in children.get(&id).into_iter().flatten() {
                let count = waiting.entry(*child).or_default();
                *count -= 1;
                if *count == 0 {
                    ready.push(key(*child));
                }
            }
        }
        ordered
    }

    /// Those commits, and all that they came from back to the oldest of them.
    pub(super) fn between(&self, commits: &[ObjectId]) -> BTreeMap<ObjectId, Node> {
        let repo = self.local();
        let mut nodes: BTreeMap<ObjectId, Node> = BTreeMap::new();
        for id in commits {
            nodes.insert(*id, node(&repo, *id).unwrap_or_default());
        }
        let oldest = nodes.values().map(|node| node.seconds).min().unwrap_or_default() - SKEW_SECONDS;
        let mut pending: Vec<ObjectId> = nodes.values().flat_map(|node| node.parents.iter().copied()).collect();
        while let Some(id) = pending.pop() {
            if nodes.contains_key(&id) {
                continue;
            }
            let Some(node) = node(&repo, id).filter(|node| node.seconds >= oldest) else { continue };
            pending.extend(node.parents.iter().copied());
            nodes.insert(id, node);
        }
        nodes
    }
}

fn node(repo: &gix::Repository, id: ObjectId) -> Option<Node> {
    let object = repo.try_find_object(id).ok()??;
    if object.kind != gix::objs::Kind::Commit {
        return None;
    }
    let commit = gix::objs::CommitRefIter::from_bytes(&object.data, id.kind());
    let parents = commit.parent_ids().collect();
    let commit = gix::objs::CommitRefIter::from_bytes(&object.data, id.kind());
    Some(Node { seconds: commit.committer().ok()?.seconds(), parents })
}

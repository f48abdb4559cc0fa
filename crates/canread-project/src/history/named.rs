//! From baselines to the versions that they stand for, oldest first.

use std::collections::{HashMap, HashSet};

use canread_syntax::{Diagnostic, Severity};
use gix::ObjectId;

use crate::git::{Repository, Resolved, STAGED};
use crate::open::{HASH_SHOWN, InCommit, Located, Where};
use crate::path::or_dot;
use crate::tree::Tree;
use crate::versions::is_same_place;
use crate::{Baseline, ErrorKind, Limits, Project, ProjectError, Result};

/// Versions named in a note.
const NAMED_MAX: usize = 5;

/// What tells the files of a version.
pub(super) type Key = (ObjectId, Where);

/// An old version that is not opened yet.
pub(super) struct Named {
    /// What notes call it: `v1.4.0 (1f3c9ad)`.
    name: String,
    located: Located,
    /// The user named it by itself, not with others.
    is_chosen: bool,
}

/// Every version that the baselines stand for. Those of commits are ordered by their history, if all are; otherwise as they
/// are given, those of one baseline in their own order.
pub(super) fn named(project: &Project, baselines: &[Baseline], new: &Tree) -> Result<Vec<Named>> {
    let mut versions: Vec<Named> = Vec::new();
    for baseline in baselines {
        let one_of_several = |name: String, text: String, resolved: Resolved, repository: &Repository, path: &str| {
            let commit =
                InCommit { repository: repository.clone(), resolved, text, path: Where::Same(path.to_owned()) };
            Named { name, located: Located::Commit(Box::new(commit)), is_chosen: false }
        };
        match baseline {
            Baseline::Tags { pattern } => {
                let (repository, path) = Project::same_path(new, &format!("tags/{pattern}"))?;
                versions.extend(repository.tags(pattern)?.into_iter().map(|tag| {
                    one_of_several(with_hash(&tag.name, tag.resolved.id), tag.name, tag.resolved, &repository, &path)
                }));
            }
            Baseline::Range { from, to } => {
                let (repository, path) = Project::same_path(new, to)?;
                versions.extend(repository.range(from, to, &path)?.into_iter().map(|resolved| {
                    one_of_several(short(resolved.id), short(resolved.id), resolved, &repository, &path)
                }));
            }
            _ => {
                let located = project.locate(baseline, new)?;
                let name = match (baseline, &located) {
                    (Baseline::Revision { revision } | Baseline::At { revision, .. }, Located::Commit(commit)) => {
                        with_hash(revision, commit.resolved.id)
                    }
                    (_, Located::Commit(commit)) => short(commit.resolved.id),
                    (_, Located::Staged(..)) => STAGED.to_owned(),
                    (_, Located::Disk(path)) => path.to_string_lossy().into_owned(),
                    (_, Located::Lock(file)) => {
                        file.as_ref().map_or("lock".into(), |file| format!("lock:{}", file.display()))
                    }
                };
                versions.push(Named { name, located, is_chosen: true });
            }
        }
    }
    check_count(versions.len(), &project.limits)?;
    in_order(&mut versions, new);
    Ok(versions)
}

fn check_count(count: usize, limits: &Limits) -> Result<()> {
    if count <= limits.versions_max {
        return Ok(());
    }
    let message = format!("the baselines stand for {count} versions, and {} are allowed", limits.versions_max);
    Err(ProjectError::new(ErrorKind::LimitExceeded, message)
        .help("name fewer: tags of releases, or the commits since one that is still in use"))
}

fn short(id: ObjectId) -> String {
    id.to_hex_with_len(HASH_SHOWN).to_string()
}

fn with_hash(text: &str, id: ObjectId) -> String {
    format!("{text} ({})", short(id))
}

impl Named {
    /// What a report calls it, if that is not what its tree is called.
    pub(super) fn label(&self) -> Option<String> {
        matches!(self.located, Located::Commit(_)).then(|| format!("git:{}", self.name))
    }

    /// What tells the files of a commit: its root and the path in it. None for a version that has to be opened.
    pub(super) fn key(&self, new: &Tree) -> Option<Key> {
        let commit = self.commit().filter(|commit| new.commit != Some(commit.resolved.id.to_string()))?;
        Some((commit.resolved.tree, commit.path.clone()))
    }

    pub(super) fn repository(&self) -> Option<&Repository> {
        match &self.located {
            Located::Commit(commit) => Some(&commit.repository),
            Located::Staged(repository, _) => Some(repository),
            Located::Disk(_) | Located::Lock(_) => None,
        }
    }

    fn commit(&self) -> Option<&InCommit> {
        match &self.located {
            Located::Commit(commit) => Some(commit),
            Located::Disk(_) | Located::Lock(_) | Located::Staged(..) => None,
        }
    }
}

/// Old versions that take no part.
#[derive(Default)]
pub(super) struct LeftOut {
    /// What was tagged or committed before there were schemas, and why it holds none: the newest first.
    without: Vec<(String, ProjectError)>,
    /// The new version itself, as the user sees it.
    same: Option<String>,
}

impl LeftOut {
    /// Opens a version; none if it holds no schemas or is the new one.
    pub(super) fn open(&mut self, project: &Project, version: &Named, new: &Tree) -> Result<Option<Tree>> {
        match project.open_located(&version.located, new) {
            Ok(tree) if is_same_place(&tree, new) => {
                let shown = or_dot(&tree.named_shown()).to_owned();
                if version.is_chosen {
                    return Err(ProjectError::same_version(&shown));
                }
                self.same = Some(shown);
                Ok(None)
            }
            Ok(mut tree) => {
                tree.label = version.label().unwrap_or(tree.label);
                Ok(Some(tree))
            }
            Err(error) if error.kind() == ErrorKind::NoBaseline => {
                self.without.push((version.name.clone(), error));
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// A version that holds what the one before held, which was left out.
    pub(super) fn as_others(&mut self, version: &Named) {
        let error = self.without.last().map(|(_, error)| error.clone());
        self.without.extend(error.map(|error| (version.name.clone(), error)));
    }

    /// Why nothing is left.
    pub(super) fn error(mut self) -> ProjectError {
        match (self.same, self.without.pop()) {
            (Some(same), _) => ProjectError::same_version(&same),
            (None, Some((_, error))) => error,
            (None, None) => ProjectError::usage("no old version is named"),
        }
    }

    /// What is said about them, if others are left.
    pub(super) fn note(&self, new: &Tree) -> Option<Diagnostic> {
        let named: Vec<String> =
            self.without.iter().rev().take(NAMED_MAX).map(|(name, _)| format!("`{name}`")).collect();
        if named.is_empty() {
            return None;
        }
        let more = self.without.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let mut note = Diagnostic::error("project/no_baseline", "versions without schemas were left out");
        note.severity = Severity::Note;
        Some(note.note(format!("there are none in `{}` at {}{more}", or_dot(&new.shown), named.join(", "))))
    }
}

/// Orders versions by history, if each is a commit of one repository. Last of all is the newest that the new version came
/// from: what a branch of its own has that is younger, such as a patch of an old release, is none of its past.
fn in_order(versions: &mut Vec<Named>, new: &Tree) {
    let Some(commits) = versions.iter().map(Named::commit).collect::<Option<Vec<&InCommit>>>() else { return };
    let Some(first) = commits.first().map(|commit| commit.repository.clone()) else { return };
    if commits.len() < 2 || !commits.iter().all(|commit| commit.repository.is_same(&first)) {
        return;
    }
    let ids: Vec<ObjectId> = commits.iter().map(|commit| commit.resolved.id).collect();
    let place: HashMap<ObjectId, usize> = first.ordered(&ids).into_iter().zip(0..).collect();
    versions.sort_by_key(|version| version.commit().and_then(|commit| place.get(&commit.resolved.id).copied()));
    let past = past(&first, &ids, new);
    let is_past = |version: &Named| version.commit().is_some_and(|commit| past.contains(&commit.resolved.id));
    if let Some(last) = versions.iter().rposition(is_past) {
        let newest = versions.remove(last);
        versions.push(newest);
    }
}

/// The commits that the new version came from, the one that it is among them.
fn past(repository: &Repository, commits: &[ObjectId], new: &Tree) -> HashSet<ObjectId> {
    let head = match &new.commit {
        Some(commit) => ObjectId::from_hex(commit.as_bytes()).ok(),
        None => repository.resolve("HEAD", false).ok().map(|resolved| resolved.id),
    };
    let Some(head) = head else { return HashSet::new() };
    let all: Vec<ObjectId> = commits.iter().copied().chain([head]).collect();
    let ordered = repository.ordered(&all);
    let Some(place) = ordered.iter().position(|id| *id == head) else { return HashSet::new() };
    let ancestry = repository.ancestry(&ordered);
    ancestry.of(place).iter().map(|at| ordered[*at]).chain([head]).collect()
}

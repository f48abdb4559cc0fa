//! From baselines to the versions that they stand for, oldest first.

use std::collections::{HashMap, HashSet};

use canread_syntax::{Diagnostic, Severity};
use gix::ObjectId;

use crate::git::{Repository, Resolved, STAGED, Want, with_fetch};
use crate::open::{HASH_SHOWN, InCommit, Located, Where};
use crate::path::or_dot;
use crate::tree::Tree;
use crate::versions::is_same_place;
use crate::{Baseline, ErrorKind, Limits, Project, ProjectError, Result};

/// Why a version counts as the new one.
const IS_NEW: &str = "the new version comes from that commit, and has the same schemas";

/// Versions named in a note.
const NAMED_MAX: usize = 5;

/// What tells the files of a version.
pub(super) type Key = (ObjectId, Where);

/// An old version that is not opened yet.
pub(super) struct Named {
    /// What notes call it: `v1.4.0 (1f3c9ad)`.
    name: String,
    located: Located,
    found_by: FoundBy,
    /// The commit that is checked out, or that the new version is read from; as the range tells it, if it is the last one of
    /// a range. What holds the same as the new version there is that version, and none of its past.
    may_be_new: bool,
    /// A tag of a commit that came from the one that is checked: a later release, seen from an older one.
    is_newer: bool,
}

/// What stands for a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FoundBy {
    /// The user named it by itself, not with others.
    Name,
    Tags,
    Range,
}

/// Every version that the baselines stand for. Those of commits are ordered by their history, if all are; otherwise as they
/// are given, those of one baseline in their own order.
pub(super) fn named(project: &Project, baselines: &[Baseline], new: &Tree) -> Result<Vec<Named>> {
    let mut versions: Vec<Named> = Vec::new();
    for baseline in baselines {
        match baseline {
            Baseline::Tags { pattern } => {
                let (repository, path) = Project::same_path(new, &format!("tags/{pattern}"))?;
                let head = head(&repository, new);
                versions.extend(repository.tags(pattern)?.into_iter().map(|tag| {
                    let (name, may_be_new) = (with_hash(&tag.name, tag.resolved.id), Some(tag.resolved.id) == head);
                    let commit = in_commit(&repository, tag.resolved, tag.name, &path);
                    Named {
                        name,
                        located: Located::Commit(commit),
                        found_by: FoundBy::Tags,
                        may_be_new,
                        is_newer: false,
                    }
                }));
            }
            Baseline::Range { from, to } => {
                let (repository, path) = Project::same_path(new, to)?;
                let (start, end) = (repository.resolve(from, true)?.id, repository.resolve(to, true)?.id);
                let commits = repository.range(from, to, &path)?;
                // What the path is at the end of a range is what the last commit made of it that changes it.
                let last = commits.last().map(|last| last.id).filter(|last| *last != start);
                let last = last.filter(|_| Some(end) == head(&repository, new));
                versions.extend(commits.into_iter().map(|resolved| {
                    let (name, may_be_new) = (short(resolved.id), Some(resolved.id) == last);
                    let commit = in_commit(&repository, resolved, name.clone(), &path);
                    Named {
                        name,
                        located: Located::Commit(commit),
                        found_by: FoundBy::Range,
                        may_be_new,
                        is_newer: false,
                    }
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
                versions.push(Named { name, located, found_by: FoundBy::Name, may_be_new: false, is_newer: false });
            }
        }
    }
    check_count(versions.len(), &project.limits)?;
    in_order(&mut versions, new);
    mark_newer(&mut versions, new);
    Ok(versions)
}

/// Finds the tags that a pattern stands for and that came after what is checked.
fn mark_newer(versions: &mut [Named], new: &Tree) {
    let tags: Vec<&mut Named> = versions.iter_mut().filter(|version| version.found_by == FoundBy::Tags).collect();
    let Some(repository) = tags.first().and_then(|version| version.repository()).cloned() else { return };
    let Some(head) = head(&repository, new) else { return };
    let of_one = |version: &&mut Named| version.repository().is_some_and(|other| other.is_same(&repository));
    let tags: Vec<&mut Named> = tags.into_iter().filter(of_one).collect();
    let ids = tags.iter().filter_map(|version| Some(version.commit()?.resolved.id));
    let ordered = repository.ordered(&ids.chain([head]).collect::<Vec<ObjectId>>());
    let Some(checked) = ordered.iter().position(|id| *id == head) else { return };
    let ancestry = repository.ancestry(&ordered);
    let came_after = |(place, id): (usize, &ObjectId)| ancestry.of(place).contains(&checked).then_some(*id);
    let newer: HashSet<ObjectId> = ordered.iter().enumerate().filter_map(came_after).collect();
    for version in tags {
        version.is_newer = version.commit().is_some_and(|commit| newer.contains(&commit.resolved.id));
    }
}

/// The path of the new version in a commit.
fn in_commit(repository: &Repository, resolved: Resolved, text: String, path: &str) -> Box<InCommit> {
    Box::new(InCommit { repository: repository.clone(), resolved, text, path: Where::Same(path.to_owned()) })
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

    /// Whether it is the new version if it holds the same.
    pub(super) fn may_be_new(&self) -> bool {
        self.may_be_new
    }

    /// Whether it is a later release than what is checked, and so none of its past.
    pub(super) fn is_newer(&self) -> bool {
        self.is_newer
    }

    /// What it is called, if it is the very commit that the new version comes from.
    pub(super) fn is_checked(&self, new: &Tree) -> Option<&str> {
        is_checked(self.commit()?, new).then_some(&*self.name)
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
    /// What is the new version itself.
    new: Vec<Named>,
    /// Later releases than what is checked: the newest first.
    newer: Vec<Named>,
}

impl LeftOut {
    /// Opens a version; none if it holds no schemas or is read from where the new one is.
    pub(super) fn open(&mut self, project: &Project, version: &Named, new: &Tree) -> Result<Option<Tree>> {
        match project.open_located(&version.located, new) {
            Ok(tree) if version.found_by == FoundBy::Name && is_same_place(&tree, new) => {
                Err(ProjectError::same_version(or_dot(&tree.named_shown())))
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

    /// A version that is the new one.
    pub(super) fn as_new(&mut self, version: Named) {
        self.new.push(version);
    }

    /// A later release than what is checked.
    pub(super) fn as_newer(&mut self, version: Named) {
        self.newer.push(version);
    }

    /// Why nothing is left.
    pub(super) fn error(mut self) -> ProjectError {
        let without = self.without.pop().map(|(_, error)| error);
        let mut notes = Vec::new();
        if !self.new.is_empty() {
            notes.push(format!("{}: {IS_NEW}", self.is_checked()));
        }
        if !self.newer.is_empty() {
            notes.push(came_after(&self.newer));
        }
        if notes.is_empty() {
            return without.unwrap_or_else(|| ProjectError::usage("no old version is named"));
        }
        let with_notes = |error: ProjectError| notes.iter().fold(error, |error, note| error.note(note.clone()));
        let mut left_out = self.new.iter().chain(&self.newer).filter(|version| version.found_by == FoundBy::Tags);
        let shallow = left_out.find_map(Named::repository);
        let shallow = shallow.map(Repository::local).filter(|repository| repository.is_shallow().unwrap_or(true));
        let Some(repository) = shallow else {
            let message = "there is no version before the one that is checked";
            let error = with_notes(ProjectError::new(ErrorKind::NoBaseline, message));
            return match without {
                Some(other) => error.note(other.to_diagnostic().message),
                None => error,
            };
        };
        // The clone that services make for a tag holds that tag and no other, whatever the remote has.
        let error =
            ProjectError::new(ErrorKind::NotFetched, "this clone has no version before the one that is checked");
        let error =
            with_notes(error).note("its history was cut when it was made, so there may be older tags that it lacks");
        with_fetch(&repository, error, Want::TagsWithHistory)
    }

    /// What is said about them, if others are left.
    pub(super) fn notes(&self, new: &Tree) -> Vec<Diagnostic> {
        let mut notes = Vec::new();
        if !self.newer.is_empty() {
            let note = Diagnostic::new(Severity::Note, "project/newer_version", "later releases were left out");
            notes.push(note.note(came_after(&self.newer)));
        }
        if !self.new.is_empty() {
            let message = format!("{}, and was left out", self.is_checked());
            let note = Diagnostic::new(Severity::Note, "project/same_version", message);
            notes.push(note.note(format!("{IS_NEW}: it is compared with what came before")));
        }
        if !self.without.is_empty() {
            let names = some(self.without.iter().rev().map(|(name, _)| &**name));
            let note = Diagnostic::new(Severity::Note, "project/no_baseline", "versions without schemas were left out");
            notes.push(note.note(format!("there are none in `{}` at {names}", or_dot(&new.shown))));
        }
        notes
    }

    /// `v1.4.0 (1f3c9ad)` is what is checked.
    fn is_checked(&self) -> String {
        let verb = if self.new.len() == 1 { "is" } else { "are" };
        format!("{} {verb} the version that is checked", some(self.new.iter().rev().map(|version| &*version.name)))
    }
}

/// `v1.4.0 (1f3c9ad)` came after what is checked.
fn came_after(newer: &[Named]) -> String {
    format!("{} came after what is checked", some(newer.iter().map(|version| &*version.name)))
}

/// The first of some names, and how many more there are.
fn some<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = names.len().saturating_sub(NAMED_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown: Vec<String> = names.take(NAMED_MAX).map(|name| format!("`{name}`")).collect();
    format!("{}{more}", shown.join(", "))
}

/// Orders versions by history, if each is a commit of one repository. Last of all is the newest that the new version came
/// from: what a branch of its own has that is younger, such as a patch of an old release, is none of its past.
pub(super) fn in_order(versions: &mut Vec<Named>, new: &Tree) {
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
    let Some(head) = head(repository, new) else { return HashSet::new() };
    let all: Vec<ObjectId> = commits.iter().copied().chain([head]).collect();
    let ordered = repository.ordered(&all);
    let Some(place) = ordered.iter().position(|id| *id == head) else { return HashSet::new() };
    let ancestry = repository.ancestry(&ordered);
    ancestry.of(place).iter().map(|at| ordered[*at]).chain([head]).collect()
}

/// Whether a commit is the very one that the new version comes from. What is staged is on its way to another one.
pub(crate) fn is_checked(commit: &InCommit, new: &Tree) -> bool {
    let is_of_repository = new.repository.as_ref().is_some_and(|own| own.is_same(&commit.repository));
    new.label != STAGED && is_of_repository && head(&commit.repository, new) == Some(commit.resolved.id)
}

/// What is said where the only old version is the commit that is checked, and nothing differs from it: whatever that
/// commit broke, the run is green.
pub(crate) fn compared_with_itself(name: &str) -> Diagnostic {
    let message = format!("{name} is the commit that is checked, and nothing differs from it");
    Diagnostic::new(Severity::Note, "project/same_version", message)
        .note("so no break can be found: what that commit changed was not compared with what came before")
        .help("name an older version: `git:HEAD~1` is the commit before, `git:tags/v*` the last release before it")
}

/// The commit that the new version is read from, or that is checked out under it.
fn head(repository: &Repository, new: &Tree) -> Option<ObjectId> {
    match &new.commit {
        Some(commit) => ObjectId::from_hex(commit.as_bytes()).ok(),
        None => repository.resolve("HEAD", false).ok().map(|resolved| resolved.id),
    }
}

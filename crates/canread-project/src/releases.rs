//! Released versions: what tags name, and which one each came from.

use std::path::Path;

use gix::ObjectId;

use crate::config::Date;
use crate::git::{Ancestry, Repository, Resolved};
use crate::path::{or_dot, shown, split_top, strip};
use crate::{ErrorKind, Project, ProjectError, Result};

/// Which versions are meant.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "texts that must not be swapped")]
pub struct Wanted<'a> {
    /// The schemas: a path on disk, which is looked at in every version.
    pub path: &'a str,
    /// The tags that are versions, as `git tag --list` takes them.
    pub tags: &'a str,
    /// The version behind which it starts.
    pub from: Option<&'a str>,
    /// The version with which it ends; without one, what is on disk.
    pub to: Option<&'a str>,
}

/// Versions of schemas, oldest first.
#[derive(Debug)]
#[non_exhaustive]
pub struct Releases {
    /// Those with schemas. The ones that are not wanted are among them too: others came from them.
    pub versions: Vec<Release>,
    /// Tags from before there were schemas, oldest first.
    pub without_schemas: Vec<String>,
}

/// A version of schemas.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Release {
    /// What it is called: every tag of one commit. None has been released yet.
    pub names: Vec<String>,
    /// The day of its commit.
    pub date: Option<Date>,
    /// How many schema files it has.
    pub schemas: usize,
    /// Where its schemas are, as [`Request`](crate::Request) takes it.
    pub at: String,
    /// The version that it came from, by its place.
    pub since: Option<usize>,
    /// Whether it is asked for.
    pub is_wanted: bool,
}

impl Releases {
    /// Versions that each have schemas, oldest first.
    #[must_use]
    pub fn of(versions: Vec<Release>) -> Self {
        Self { versions, without_schemas: Vec::new() }
    }
}

impl Release {
    /// A version that is a directory or file, and came from the one before it.
    #[must_use]
    pub fn of_path(path: &str, schemas: usize, before: Option<usize>) -> Self {
        let name = path.trim_end_matches('/').to_owned();
        Self { names: vec![name], date: None, schemas, at: path.to_owned(), since: before, is_wanted: true }
    }
}

/// A commit that may be a version.
struct Candidate {
    names: Vec<String>,
    /// As a revision.
    revision: String,
    commit: ObjectId,
}

impl Project {
    /// The versions that the tags of a repository name. A version came from the last one before it in its own history: a
    /// patch of an old line from the release that it mends. One without any such came from the one before it.
    ///
    /// # Errors
    ///
    /// `Usage` if the path lies in no work tree, or the versions are in the wrong order; `UnknownRevision` if no tag
    /// matches, or nothing is called as a given version; `NoBaseline` if a version holds no schemas at the path and one
    /// that it came from does, or if none does; and those of [`Project::open_named`].
    pub fn releases(&self, wanted: Wanted<'_>) -> Result<Releases> {
        let (repository, path) = self.in_repository(wanted.path)?;
        let mut candidates: Vec<Candidate> = Vec::new();
        for tag in repository.tags(wanted.tags)? {
            match candidates.last_mut().filter(|last| last.commit == tag.resolved.id) {
                Some(last) => last.names.push(tag.name),
                None => candidates.push(Candidate::of_tag(&repository, &tag.name, &tag.resolved)),
            }
        }
        let names = |name: &str| vec![name.to_owned()];
        let from = wanted.from.map(|from| commit(&repository, from, names(from), &mut candidates)).transpose()?;
        let to = match wanted.to {
            Some(to) => Some(commit(&repository, to, Vec::new(), &mut candidates)?),
            // What is on disk came from it.
            None => repository.head().ok(),
        };
        let commits: Vec<ObjectId> = candidates.iter().map(|candidate| candidate.commit).chain(to).collect();
        let order = repository.ordered(&commits);
        let place = |commit: ObjectId| order.iter().position(|other| *other == commit);
        let range = Range {
            first: from.and_then(place),
            last: to.filter(|_| wanted.to.is_some()).and_then(place),
            ancestry: repository.ancestry(&order),
        };
        range.check(&wanted)?;
        let mut releases = Releases { versions: Vec::new(), without_schemas: Vec::new() };
        // By place in the order: the place among the versions.
        let mut versions: Vec<Option<usize>> = Vec::new();
        for (at, commit) in order.iter().enumerate() {
            versions.push(None);
            if range.last.is_some_and(|last| at > last) {
                continue;
            }
            let Some(candidate) = candidates.iter().find(|candidate| candidate.commit == *commit) else { continue };
            let before = range.before(at, &versions);
            let place = format!("{}:{path}", candidate.revision);
            match self.open_named(&place).map_err(ProjectError::of_baseline) {
                Ok(tree) => {
                    versions[at] = Some(releases.versions.len());
                    releases.versions.push(Release {
                        date: repository.day(*commit).filter(|_| !candidate.names.is_empty()),
                        names: candidate.names.clone(),
                        schemas: tree.entries().len(),
                        at: place,
                        since: before.or_else(|| releases.versions.len().checked_sub(1)),
                        is_wanted: range.holds(at),
                    });
                }
                Err(error) if error.kind() == ErrorKind::NoBaseline && before.is_none() => {
                    releases.without_schemas.extend(candidate.names.first().filter(|_| range.holds(at)).cloned());
                }
                Err(error) if error.kind() == ErrorKind::NoBaseline => {
                    return Err(error.note("a version that it came from has schemas there"));
                }
                Err(error) => return Err(error),
            }
        }
        if wanted.to.is_none() {
            let head = to.and_then(place);
            let since = head.and_then(|head| versions[head].or_else(|| range.before(head, &versions)));
            let since = since.or_else(|| releases.versions.len().checked_sub(1));
            let schemas = self.open(Path::new(wanted.path))?.entries().len();
            releases.versions.push(Release { names: Vec::new(), ..Release::of_path(wanted.path, schemas, since) });
        }
        if releases.without_schemas.is_empty() || releases.versions.iter().any(|version| version.is_wanted) {
            return Ok(releases);
        }
        let message = format!("no version that is asked for has schemas at `{}`", or_dot(&path));
        let note = format!("there are none at `{}`", releases.without_schemas.join("`, `"));
        Err(ProjectError::new(ErrorKind::NoBaseline, message).note(note))
    }

    /// The repository that a path lies in, and the path in it; the path itself need not exist any more.
    fn in_repository(&self, path: &str) -> Result<(Repository, String)> {
        let place = self.cwd.join(path);
        let place = place.canonicalize().unwrap_or(place);
        let not_utf8 = || ProjectError::usage(format!("the path `{path}` is not UTF-8"));
        let named = shown(&place, &self.cwd).ok_or_else(not_utf8)?;
        let dir = place.ancestors().find(|dir| dir.is_dir()).unwrap_or(&self.cwd);
        let Some(repository) = Repository::around(dir)? else {
            return Err(ProjectError::usage(format!("`{}` is in no git repository", or_dot(&named)))
                .help("name directories instead, the oldest first: `canread changelog v1 v2 v3`"));
        };
        // Revisions are looked up there.
        if !Repository::around(&self.cwd)?.is_some_and(|here| here.is_same(&repository)) {
            let message = format!("`{}` is not in the git repository of the current directory", or_dot(&named));
            return Err(ProjectError::usage(message).help("start canread in that repository"));
        }
        let full = split_top(&place).ok_or_else(not_utf8)?.1;
        let inside = repository.workdir().and_then(|workdir| {
            let workdir = split_top(workdir)?.1;
            strip(&full, &workdir).map(str::to_owned)
        });
        match inside {
            Some(path) => Ok((repository, path)),
            None => {
                Err(ProjectError::usage(format!("`{}` is not in the work tree of its git repository", or_dot(&named)))
                    .help("name versions instead, the oldest first: `canread changelog v1:schemas v2:schemas`"))
            }
        }
    }
}

impl Candidate {
    fn of_tag(repository: &Repository, name: &str, resolved: &Resolved) -> Self {
        // A branch may be called like the tag.
        let is_plain = repository.resolve(name, false).is_ok_and(|found| found == *resolved);
        let revision = if is_plain { name.to_owned() } else { format!("tags/{name}") };
        Self { names: vec![name.to_owned()], revision, commit: resolved.id }
    }
}

/// The commit that a user named. One that no tag names joins the others, under the given names.
fn commit(
    repository: &Repository,
    text: &str,
    names: Vec<String>,
    candidates: &mut Vec<Candidate>,
) -> Result<ObjectId> {
    if let Some(candidate) = candidates.iter().find(|candidate| candidate.names.iter().any(|own| own == text)) {
        return Ok(candidate.commit);
    }
    let resolved = repository.resolve(text, true)?;
    if resolved.id == resolved.tree {
        return Err(ProjectError::usage(format!("`{text}` names a tree, not a commit")));
    }
    if !candidates.iter().any(|candidate| candidate.commit == resolved.id) {
        candidates.push(Candidate { names, revision: text.to_owned(), commit: resolved.id });
    }
    Ok(resolved.id)
}

/// The part of the history that is asked for, by place in the order.
struct Range {
    /// The version behind which it starts.
    first: Option<usize>,
    /// The one with which it ends.
    last: Option<usize>,
    ancestry: Ancestry,
}

impl Range {
    fn check(&self, wanted: &Wanted<'_>) -> Result<()> {
        match (wanted.from, wanted.to) {
            (Some(from), Some(to)) if self.first > self.last => {
                Err(ProjectError::usage(format!("`{to}` is older than `{from}`"))
                    .help("the older version is named by `--from`, the newer one by `--to`"))
            }
            _ => Ok(()),
        }
    }

    /// Whether a version is in it: behind the first one, and no part of what that one came from; and if the last one came
    /// from any, one of those.
    fn holds(&self, at: usize) -> bool {
        let is_behind = |first: usize| at > first && !self.ancestry.of(first).contains(&at);
        let leads_to = |last: usize| {
            let before = self.ancestry.of(last);
            at == last || before.contains(&at) || (at < last && before.is_empty())
        };
        self.first.is_none_or(is_behind) && self.last.is_none_or(leads_to)
    }

    /// The version with schemas that another one came from.
    fn before(&self, at: usize, versions: &[Option<usize>]) -> Option<usize> {
        let with_schemas = |before: usize| versions[before];
        let all = || self.ancestry.of(at).iter().rev().copied().find_map(with_schemas);
        self.ancestry.line(at).find_map(with_schemas).or_else(all)
    }
}

//! Released versions: what tags name, and which one each came from.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};
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
    /// Those with schemas that are asked for, and all that they came from.
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
        let named = Named::of(&repository, &wanted)?;
        let order = named.in_order(&repository);
        let range = named.range(&repository, &wanted, &order)?;
        let head = named.to.filter(|_| wanted.to.is_none());
        let head = head.and_then(|head| order.iter().position(|commit| *commit == head));
        let count = order.len();
        let mut search = Search::of(self, repository, path, named, order, range);
        let mut lines = Lines { wanted: Vec::new(), without: Vec::new(), since: BTreeMap::new() };
        let asked: Vec<usize> = (0..count).filter(|at| search.range.holds(*at)).collect();
        for at in asked {
            if search.has_schemas(at)? { &mut lines.wanted } else { &mut lines.without }.push(at);
        }
        let unreleased = match wanted.to {
            Some(_) => None,
            None => Some((self.open(Path::new(wanted.path))?.entries().len(), search.since_work_tree(head)?)),
        };
        let first = lines.wanted.iter().copied().chain(unreleased.and_then(|(_, since)| since));
        lines.since = search.lines(first.collect())?;
        let mut releases = search.releases(&lines);
        if let Some((schemas, since)) = unreleased {
            let since = since.and_then(|since| lines.place(since));
            releases.versions.push(Release { names: Vec::new(), ..Release::of_path(wanted.path, schemas, since) });
        }
        if releases.without_schemas.is_empty() || releases.versions.iter().any(|version| version.is_wanted) {
            return Ok(releases);
        }
        let message = format!("no version that is asked for has schemas at `{}`", or_dot(&search.path));
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

/// What the user named.
struct Named {
    candidates: Vec<Candidate>,
    from: Option<ObjectId>,
    /// Without one that is named, the commit that the work tree came from.
    to: Option<ObjectId>,
}

impl Named {
    fn of(repository: &Repository, wanted: &Wanted<'_>) -> Result<Self> {
        let mut named = Self { candidates: Vec::new(), from: None, to: None };
        for tag in repository.tags(wanted.tags)? {
            match named.candidates.last_mut().filter(|last| last.commit == tag.resolved.id) {
                Some(last) => last.names.push(tag.name),
                None => named.candidates.push(Candidate::of_tag(repository, &tag.name, &tag.resolved)),
            }
        }
        if let Some(from) = wanted.from {
            named.from = Some(named.commit(repository, from, vec![from.to_owned()])?);
        }
        named.to = match wanted.to {
            Some(to) => Some(named.commit(repository, to, Vec::new())?),
            None => repository.head().ok(),
        };
        Ok(named)
    }

    /// The commit of that name. One that no tag names joins the others, under the given names.
    fn commit(&mut self, repository: &Repository, text: &str, names: Vec<String>) -> Result<ObjectId> {
        if let Some(candidate) = self.candidates.iter().find(|one| one.names.iter().any(|own| own == text)) {
            return Ok(candidate.commit);
        }
        let resolved = repository.resolve(text, true)?;
        if resolved.id == resolved.tree {
            return Err(ProjectError::usage(format!("`{text}` names a tree, not a commit")));
        }
        if !self.candidates.iter().any(|candidate| candidate.commit == resolved.id) {
            self.candidates.push(Candidate { names, revision: text.to_owned(), commit: resolved.id });
        }
        Ok(resolved.id)
    }

    /// All of them, the oldest first.
    fn in_order(&self, repository: &Repository) -> Vec<ObjectId> {
        let commits: Vec<ObjectId> = self.candidates.iter().map(|candidate| candidate.commit).chain(self.to).collect();
        repository.ordered(&commits)
    }

    fn range(&self, repository: &Repository, wanted: &Wanted<'_>, order: &[ObjectId]) -> Result<Range> {
        let place = |commit: ObjectId| order.iter().position(|other| *other == commit);
        let range = Range {
            first: self.from.and_then(place),
            last: self.to.filter(|_| wanted.to.is_some()).and_then(place),
            ancestry: repository.ancestry(order),
        };
        range.check(wanted)?;
        Ok(range)
    }
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
        if self.last.is_some_and(|last| at > last) {
            return false;
        }
        let is_behind = |first: usize| at > first && !self.ancestry.of(first).contains(&at);
        let leads_to = |last: usize| {
            let before = self.ancestry.of(last);
            at == last || before.contains(&at) || (at < last && before.is_empty())
        };
        self.first.is_none_or(is_behind) && self.last.is_none_or(leads_to)
    }
}

/// Versions by their place in the order, each opened once and only if it is asked about.
struct Search<'p> {
    project: &'p Project,
    repository: Repository,
    /// The path of the schemas in every version.
    path: String,
    /// By place in the order. One that no tag names may be there for what came from it.
    candidates: Vec<Option<Candidate>>,
    range: Range,
    /// By place in the order: how many schemas it has, if it was opened.
    opened: Vec<Option<usize>>,
}

/// What a search found, by place in the order.
struct Lines {
    /// What is asked for and has schemas.
    wanted: Vec<usize>,
    /// What is asked for and has none.
    without: Vec<usize>,
    /// What is asked for and all that it came from, each with the version that it came from.
    since: BTreeMap<usize, Option<usize>>,
}

impl Lines {
    /// The place among the versions.
    fn place(&self, at: usize) -> Option<usize> {
        self.since.contains_key(&at).then(|| self.since.range(..at).count())
    }
}

impl<'p> Search<'p> {
    fn of(
        project: &'p Project,
        repository: Repository,
        path: String,
        named: Named,
        order: Vec<ObjectId>,
        range: Range,
    ) -> Self {
        let mut by_commit: HashMap<ObjectId, Candidate> =
            named.candidates.into_iter().map(|candidate| (candidate.commit, candidate)).collect();
        let opened = vec![None; order.len()];
        let candidates = order.into_iter().map(|commit| by_commit.remove(&commit)).collect();
        Self { project, repository, path, candidates, range, opened }
    }

    /// The schemas of a version, as a user names them.
    fn named(&self, candidate: &Candidate) -> String {
        format!("{}:{}", candidate.revision, self.path)
    }

    /// Whether a version has schemas. It is from before there were any if nothing that it came from has some.
    fn has_schemas(&mut self, at: usize) -> Result<bool> {
        if let Some(schemas) = self.opened[at] {
            return Ok(schemas > 0);
        }
        let Some(candidate) = &self.candidates[at] else {
            self.opened[at] = Some(0);
            return Ok(false);
        };
        let opened = self.project.open_named(&self.named(candidate)).map_err(ProjectError::of_baseline);
        let schemas = match opened {
            Ok(tree) => tree.entries().len(),
            Err(error) if error.kind() == ErrorKind::NoBaseline => {
                // The oldest first: then what those came from is known.
                for before in self.range.ancestry.of(at).clone() {
                    if self.has_schemas(before)? {
                        return Err(error.note("a version that it came from has schemas there"));
                    }
                }
                0
            }
            Err(error) => return Err(error),
        };
        self.opened[at] = Some(schemas);
        Ok(schemas > 0)
    }

    /// The first one that has schemas.
    fn first(&mut self, places: impl IntoIterator<Item = usize>) -> Result<Option<usize>> {
        for at in places {
            if self.has_schemas(at)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// All that a version came from, the nearest first: what lies on its own line before what was merged into that.
    fn before(&self, at: usize) -> Vec<usize> {
        self.range.ancestry.line(at).chain(self.range.ancestry.of(at).iter().rev().copied()).collect()
    }

    /// The version with schemas that another one came from.
    fn since(&mut self, at: usize) -> Result<Option<usize>> {
        let before = self.before(at);
        self.first(before.into_iter().chain((0..at).rev()))
    }

    /// The one that the work tree came from. `head` is its commit.
    fn since_work_tree(&mut self, head: Option<usize>) -> Result<Option<usize>> {
        let before: Vec<usize> = head.into_iter().flat_map(|head| self.before(head)).collect();
        let any = (0..self.opened.len()).rev();
        self.first(head.into_iter().chain(before).chain(any))
    }

    /// Versions, and all that they came from, each with the one that it came from.
    fn lines(&mut self, mut pending: Vec<usize>) -> Result<BTreeMap<usize, Option<usize>>> {
        let mut lines = BTreeMap::new();
        while let Some(at) = pending.pop() {
            if let Entry::Vacant(line) = lines.entry(at) {
                let since = self.since(at)?;
                line.insert(since);
                pending.extend(since);
            }
        }
        Ok(lines)
    }

    /// The versions as a caller knows them.
    fn releases(&self, lines: &Lines) -> Releases {
        let places: HashMap<usize, usize> = lines.since.keys().copied().zip(0..).collect();
        let release = |(at, since): (&usize, &Option<usize>)| {
            let candidate = self.candidates[*at].as_ref()?;
            Some(Release {
                date: self.repository.day(candidate.commit).filter(|_| !candidate.names.is_empty()),
                names: candidate.names.clone(),
                schemas: self.opened[*at].unwrap_or_default(),
                at: self.named(candidate),
                since: since.and_then(|since| places.get(&since).copied()),
                is_wanted: lines.wanted.binary_search(at).is_ok(),
            })
        };
        let without = lines.without.iter().filter_map(|at| self.candidates[*at].as_ref()?.names.first().cloned());
        Releases { versions: lines.since.iter().filter_map(release).collect(), without_schemas: without.collect() }
    }
}

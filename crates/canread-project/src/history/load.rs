//! From the versions to what has to be parsed: each content once, however many versions have it.

use std::collections::{BTreeSet, HashMap};

use canread_compat::Pair;
use canread_model::Format;
use canread_syntax::{Diagnostic, FileId, Sources};
use gix::ObjectId;

use super::named::{self, LeftOut, Named};
use crate::closure::{Selection, select};
use crate::git::Repository;
use crate::link::{formats, forward_alias, scan};
use crate::moved::{Listed, listed};
use crate::problems::InVersions;
use crate::roots::place as tree_place;
use crate::side::{Context, Imports, Known, Side, known};
use crate::tree::{Store, Tree};
use crate::versions::{of_one_format, under_one_name};
use crate::workload::{Needed, Texts, packages_outside, same, select_files};
use crate::{FileKind, LoadedSide, Project, Result, Skipped, avro};

/// What was loaded.
#[derive(Default)]
pub(super) struct Loaded {
    pub(super) sources: Sources,
    /// For each version, oldest first: its label, and its content.
    pub(super) versions: Vec<(String, usize)>,
    /// What old versions hold, each once, beside the new one: the newest first.
    pub(super) contents: Vec<Content>,
    /// Sets of files that are read together, each once.
    pub(super) jobs: Vec<Job>,
    pub(super) new_label: String,
    /// Schemas of the new version, and how many of them are the same in all others.
    pub(super) schemas: usize,
    pub(super) unchanged: usize,
    pub(super) passed_over: Option<String>,
    /// The schema files of the newest old version, and of the new one.
    pub(super) listed: Pair<Vec<Listed>>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// An old version's content beside the new version's, as far as they differ.
pub(super) struct Content {
    pub(super) sides: Pair<LoadedSide>,
    /// By format: the two jobs.
    pub(super) parts: Vec<(Format, Pair<usize>)>,
    pub(super) unchanged_packages: BTreeSet<String>,
}

/// Files that are read together.
pub(super) struct Job {
    /// Whose they are: the old side of a content, or the new one.
    pub(super) content: usize,
    pub(super) is_new: bool,
    pub(super) format: Format,
    pub(super) aliases: Vec<(String, FileId)>,
}

/// What a version holds: names, sorts and contents of all of its files.
type Key = Vec<(String, FileKind, ObjectId, bool)>;

/// Sets of files, and the job that reads them.
type Jobs = HashMap<(Format, Vec<(String, FileId)>), usize>;

/// Reads what has to be parsed to compare each of several versions, oldest first, with a new one.
pub(super) fn load(project: &Project, mut named: Vec<Named>, new: &Tree) -> Result<Loaded> {
    let mut loaded = Loaded::default();
    let mut left_out = LeftOut::default();
    let stores = Stores::of(&named, new);
    let mut reader: Option<Reader> = None;
    let mut by_place: HashMap<named::Key, Option<usize>> = HashMap::new();
    let mut checked: Option<Diagnostic> = None;
    // The newest first: what several versions share is shown as it stands in the newest.
    while let Some(version) = named.pop() {
        if version.is_newer() {
            left_out.as_newer(version);
            continue;
        }
        let place = version.key(new);
        let content = match place.as_ref().and_then(|place| by_place.get(place)) {
            Some(content) => {
                if content.is_none() {
                    left_out.as_others(&version);
                }
                *content
            }
            None => match left_out.open(project, &version, new)? {
                Some(tree) => {
                    if new.is_file && tree.is_file {
                        of_one_format(&tree, new)?;
                    }
                    let reader = match &mut reader {
                        Some(reader) => reader,
                        none => none.insert(Reader::new(project, &stores, &tree, new.clone(), &mut loaded)?),
                    };
                    let old = reader.read(project, tree, &mut loaded)?;
                    if version.may_be_new() && reader.is_new(&old) {
                        reader.last = Some(old);
                        left_out.as_new(version);
                        // Which of the others is the last one may depend on it.
                        named::in_order(&mut named, new);
                        continue;
                    }
                    if let Some(name) = version.is_checked(new).filter(|_| reader.is_new(&old)) {
                        checked = Some(named::compared_with_itself(&format!("`{name}`")));
                    }
                    Some(reader.add(old, &mut loaded)?)
                }
                None => None,
            },
        };
        by_place.extend(place.map(|place| (place, content)));
        if let Some(content) = content {
            let label = version.label().unwrap_or_else(|| loaded.contents[content].sides.old.label.clone());
            loaded.versions.push((label, content));
        }
    }
    if loaded.versions.is_empty() {
        return Err(left_out.error());
    }
    let Some(reader) = reader else { return Err(left_out.error()) };
    loaded.diagnostics.extend(left_out.notes(new));
    loaded.diagnostics.extend(checked.filter(|_| loaded.contents.len() == 1));
    loaded.versions.reverse();
    reader.finish(&mut loaded);
    Ok(loaded)
}

/// What versions are read from.
struct Stores {
    /// How git names contents.
    hash: gix::hash::Kind,
    /// Whether the new version is the work tree of a repository of which an old one is a commit.
    is_worktree: bool,
    /// Whether an old version has no names of git.
    has_disk: bool,
}

impl Stores {
    fn of(named: &[Named], new: &Tree) -> Self {
        let repositories: Vec<&Repository> = named.iter().filter_map(Named::repository).collect();
        let is_of = |own: &Repository| repositories.iter().any(|other| other.is_same(own));
        Self {
            hash: repositories.first().map_or(gix::hash::Kind::Sha1, |repository| repository.local().object_hash()),
            is_worktree: matches!(new.store, Store::Disk { .. }) && new.repository.as_ref().is_some_and(is_of),
            has_disk: repositories.len() < named.len(),
        }
    }
}

/// What tells a version's content from that of others; none if something could not be read.
fn key(side: &Side) -> Option<Key> {
    if !side.problems.is_empty() {
        return None;
    }
    let files = side.files.iter().zip(&side.resolution.names);
    let mut key: Key =
        files.map(|(file, name)| Some((name.clone(), file.kind, file.id?, file.is_schema))).collect::<Option<_>>()?;
    key.sort_by(|one, two| one.0.cmp(&two.0));
    Some(key)
}

/// The new side, which every old one is compared with, and what was loaded so far.
struct Reader {
    hash: gix::hash::Kind,
    new: Side,
    /// Where the new side lies.
    place: Option<String>,
    imports: Imports,
    known: Known,
    texts: Texts,
    new_texts: Texts,
    by_key: HashMap<Key, usize>,
    jobs: Jobs,
    /// The old side that was read last.
    last: Option<Side>,
    /// Schemas of the new side that some old one has otherwise, or not.
    changed: BTreeSet<u32>,
    problems: InVersions,
    /// What was passed over in each old version, the newest first.
    skipped: Vec<(String, Skipped)>,
    /// Files that stand for others under a second name: of the new side or not, that name, and the file's own.
    aliases: HashMap<(bool, String, String), FileId>,
}

impl Reader {
    /// Reads the new side, all of it, as [`Project::compare`] does. `newest` is the newest old version.
    fn new(project: &Project, stores: &Stores, newest: &Tree, mut new: Tree, loaded: &mut Loaded) -> Result<Self> {
        if stores.is_worktree {
            "worktree".clone_into(&mut new.label);
        }
        let (newest, place) = (tree_place(newest), tree_place(&new));
        let includes = project.includes(newest.as_deref(), place.as_deref()).new;
        let (hash, none) = (stores.hash, Known::new());
        let context =
            Context { project, scan: &scan, hash: Some(hash), known: &none, keeps_bytes: stores.has_disk, includes };
        let mut imports = Imports::default();
        let mut new = Side::read(new, None, &context, &mut imports, &mut loaded.sources)?;
        loaded.new_label.clone_from(&new.tree.label);
        loaded.schemas = new.files.iter().filter(|file| file.is_schema).count();
        let mut problems = InVersions::default();
        for found in std::mem::take(&mut new.problems) {
            problems.add(found, &new.tree.label, true);
        }
        Ok(Self {
            hash,
            place,
            known: known(&new),
            new,
            imports,
            texts: Texts::default(),
            new_texts: Texts::default(),
            by_key: HashMap::new(),
            jobs: Jobs::new(),
            last: None,
            changed: BTreeSet::new(),
            problems,
            skipped: Vec::new(),
            aliases: HashMap::new(),
        })
    }

    /// Reads an old version.
    fn read(&mut self, project: &Project, tree: Tree, loaded: &mut Loaded) -> Result<Side> {
        let own_place = tree_place(&tree);
        let includes = project.includes(own_place.as_deref(), self.place.as_deref()).old;
        let hash = Some(self.hash);
        let context = Context { project, scan: &scan, hash, known: &self.known, keeps_bytes: true, includes };
        let old = Side::read(tree, self.last.take(), &context, &mut self.imports, &mut loaded.sources)?;
        for file in &old.files {
            if let Some(id) = file.id {
                self.known.entry((file.kind, id)).or_insert_with(|| file.asked.clone());
            }
        }
        Ok(old)
    }

    /// Whether a version holds what the new one holds, with all that it imports.
    fn is_new(&self, old: &Side) -> bool {
        let selection = select(old.graph(), self.new.graph(), |one, other| {
            same(&old.files[one as usize], &self.new.files[other as usize])
        });
        let is_read = !old.problems.iter().any(Diagnostic::is_error);
        is_read && selection.old_changed.is_empty() && selection.new_changed.is_empty()
    }

    /// Adds an old version, as far as no other has the same files; its content.
    fn add(&mut self, mut old: Side, loaded: &mut Loaded) -> Result<usize> {
        self.skipped.push((old.tree.label.clone(), old.tree.skipped().clone()));
        let key = key(&old);
        if let Some(number) = key.as_ref().and_then(|key| self.by_key.get(key)).copied() {
            self.last = Some(old);
            return Ok(number);
        }
        for found in &old.problems {
            self.problems.add(found.clone(), &old.tree.label, false);
        }
        let number = loaded.contents.len();
        let selection = select_files(&old, &self.new, &self.imports);
        let is_schema = |number: &&u32| self.new.files[**number as usize].is_schema;
        self.changed.extend(selection.new_changed.iter().filter(is_schema));
        let found = self.content(&mut old, &selection, loaded)?;
        if loaded.contents.is_empty() {
            loaded.listed.old = listed(&old);
        }
        loaded.contents.push(found);
        self.last = Some(old);
        self.by_key.extend(key.map(|key| (key, number)));
        Ok(number)
    }

    fn finish(self, loaded: &mut Loaded) {
        loaded.unchanged = loaded.schemas - self.changed.len();
        loaded.listed.new = listed(&self.new);
        loaded.diagnostics.extend(self.problems.told());
        loaded.diagnostics.extend_from_slice(loaded.sources.diagnostics());
        let skipped = self.skipped.iter().map(|(label, skipped)| (&**label, skipped));
        loaded.passed_over = Skipped::of_all(skipped, self.new.tree.skipped());
    }

    fn content(&mut self, old: &mut Side, selection: &Selection, loaded: &mut Loaded) -> Result<Content> {
        let needed = Needed { changed: &selection.new_changed, needed: &selection.new_needed };
        let (sources, diagnostics) = (&mut loaded.sources, &mut loaded.diagnostics);
        let unchanged_packages = packages_outside(&self.new, &selection.new_changed);
        old.take_bytes_of(&self.new, &selection.old_needed);
        let mut new = self.new.loaded("the new version", needed, &mut self.new_texts, sources, diagnostics)?;
        let needed = Needed { changed: &selection.old_changed, needed: &selection.old_needed };
        let are_files = old.tree.is_file && self.new.tree.is_file;
        let mut old = old.loaded("an old version", needed, &mut self.texts, sources, diagnostics)?;
        if are_files {
            under_one_name(&mut old, &new);
        }
        avro::level_names([&mut old.files, &mut new.files]);
        let content = loaded.contents.len();
        let mut parts = Vec::new();
        for format in formats(&[&old, &new]) {
            let mut job = |side: &LoadedSide, is_new: bool| {
                let aliases = if format == Format::Protobuf { self.aliases(side, is_new, sources) } else { Vec::new() };
                let files = side.of(format).map(|file| (file.name.clone(), file.id)).chain(aliases.iter().cloned());
                *self.jobs.entry((format, files.collect())).or_insert_with(|| {
                    loaded.jobs.push(Job { content, is_new, format, aliases });
                    loaded.jobs.len() - 1
                })
            };
            let pair = Pair { old: job(&old, false), new: job(&new, true) };
            parts.push((format, pair));
        }
        Ok(Content { sides: Pair { old, new }, parts, unchanged_packages })
    }

    /// As [`forward_aliases`](crate::link::forward_aliases), each once.
    fn aliases(&mut self, side: &LoadedSide, is_new: bool, sources: &mut Sources) -> Vec<(String, FileId)> {
        let keys = side.files.iter().flat_map(|file| file.aliases.iter().map(move |alias| (alias, &file.name)));
        let keys: Vec<_> = keys.map(|(alias, name)| (is_new, alias.clone(), name.clone())).collect();
        for key in &keys {
            if !self.aliases.contains_key(key) {
                let id = forward_alias(&key.1, &key.2, &side.label, sources);
                self.aliases.insert(key.clone(), id);
            }
        }
        keys.into_iter().map(|key| (key.1.clone(), self.aliases[&key])).collect()
    }
}

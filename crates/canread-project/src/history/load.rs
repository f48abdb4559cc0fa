//! From the versions to what has to be parsed: each content once, however many versions have it.

use std::collections::{BTreeSet, HashMap};

use canread_compat::Pair;
use canread_model::Format;
use canread_syntax::{Diagnostic, FileId, Sources};
use gix::ObjectId;

use crate::closure::Selection;
use crate::link::{formats, forward_aliases, scan};
use crate::listing::problem;
use crate::roots::place;
use crate::side::{Context, Imports, Known, Side};
use crate::tree::{Store, Tree};
use crate::workload::{Needed, Texts, packages_outside, select_files};
use crate::{FileKind, LoadedSide, Project, Result, avro};

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

/// Reads what has to be parsed to compare each of several trees, oldest first, with a new one.
pub(super) fn load(project: &Project, trees: Vec<Tree>, new: Tree) -> Result<Loaded> {
    let mut loaded = Loaded::default();
    let new_place = place(&new);
    let (mut reader, mut known) = read_new(project, &trees, new, &mut loaded)?;
    let mut by_key: HashMap<Key, usize> = HashMap::new();
    let mut jobs = Jobs::new();
    let mut changed: BTreeSet<u32> = BTreeSet::new();
    // The newest first: what several versions share is shown as it stands in the newest.
    for tree in trees.into_iter().rev() {
        let old_place = place(&tree);
        let includes = project.includes(old_place.as_deref(), new_place.as_deref()).old;
        let hash = Some(reader.hash);
        let context = Context { project, scan: &scan, hash, known: &known, keeps_bytes: true, includes };
        let mut old = Side::read(tree, &context, &mut reader.imports, &mut loaded.sources)?;
        let label = old.tree.label.clone();
        known.extend(self::known(&old));
        let key = key(&old);
        let same = key.as_ref().and_then(|key| by_key.get(key)).copied();
        let number = loaded.contents.len();
        if same.is_none() {
            let selection = reader.select(&old);
            let is_schema = |number: &&u32| reader.new.files[**number as usize].is_schema;
            changed.extend(selection.new_changed.iter().filter(is_schema));
            let found = reader.content(&mut old, &selection, &mut loaded, &mut jobs)?;
            loaded.contents.push(found);
            by_key.extend(key.map(|key| (key, number)));
        }
        loaded.versions.push((label, same.unwrap_or(number)));
    }
    loaded.versions.reverse();
    loaded.unchanged = loaded.schemas - changed.len();
    loaded.diagnostics.extend_from_slice(loaded.sources.diagnostics());
    Ok(loaded)
}

/// Reads the new side, all of it, as [`Project::compare`] does.
fn read_new(project: &Project, trees: &[Tree], mut new: Tree, loaded: &mut Loaded) -> Result<(Reader, Known)> {
    let repositories: Vec<_> = trees
        .iter()
        .filter_map(|tree| match &tree.store {
            Store::Git(git) => Some(git.repository()),
            Store::Disk { .. } => None,
        })
        .collect();
    let is_worktree = matches!(new.store, Store::Disk { .. })
        && new.repository.as_ref().is_some_and(|own| repositories.iter().any(|other| other.is_same(own)));
    if is_worktree {
        "worktree".clone_into(&mut new.label);
    }
    let hash = repositories.first().map_or(gix::hash::Kind::Sha1, |repository| repository.local().object_hash());
    let (new_place, newest_place) = (place(&new), trees.iter().rev().find_map(place));
    let includes = project.includes(newest_place.as_deref(), new_place.as_deref()).new;
    let keeps_bytes = repositories.len() < trees.len();
    let none = Known::new();
    let context = Context { project, scan: &scan, hash: Some(hash), known: &none, keeps_bytes, includes };
    let mut imports = Imports::default();
    let mut new = Side::read(new, &context, &mut imports, &mut loaded.sources)?;
    loaded.new_label.clone_from(&new.tree.label);
    loaded.schemas = new.files.iter().filter(|file| file.is_schema).count();
    loaded.passed_over = new.tree.skipped().with_example();
    for found in std::mem::take(&mut new.problems) {
        loaded.diagnostics.push(problem::of_version(found, "the new version", &loaded.new_label));
    }
    let known = known(&new);
    let (texts, new_texts, aliases) = (Texts::default(), Texts::default(), HashMap::new());
    Ok((Reader { hash, new, imports, texts, new_texts, aliases }, known))
}

/// What is known about the contents of a side.
fn known(side: &Side) -> Known {
    side.files.iter().filter_map(|file| Some(((file.kind, file.id?), file.asked.clone()))).collect()
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
    imports: Imports,
    texts: Texts,
    new_texts: Texts,
    /// Files that stand for others under a second name: of the new side or not, that name, and the file's own.
    aliases: HashMap<(bool, String, String), FileId>,
}

impl Reader {
    fn select(&self, old: &Side) -> Selection {
        select_files(old, &self.new, &self.imports)
    }

    fn content(
        &mut self,
        old: &mut Side,
        selection: &Selection,
        loaded: &mut Loaded,
        jobs: &mut Jobs,
    ) -> Result<Content> {
        let version = format!("the version {}", old.tree.label);
        let label = old.tree.label.clone();
        let problems = std::mem::take(&mut old.problems).into_iter();
        loaded.diagnostics.extend(problems.map(|found| problem::of_version(found, &version, &label)));
        let needed = Needed { changed: &selection.new_changed, needed: &selection.new_needed };
        let (sources, diagnostics) = (&mut loaded.sources, &mut loaded.diagnostics);
        let unchanged_packages = packages_outside(&self.new, &selection.new_changed);
        old.take_bytes_of(&self.new, &selection.old_needed);
        let mut new = self.new.loaded("the new version", needed, &mut self.new_texts, sources, diagnostics)?;
        let needed = Needed { changed: &selection.old_changed, needed: &selection.old_needed };
        let mut old = old.loaded(&version, needed, &mut self.texts, sources, diagnostics)?;
        avro::level_names([&mut old.files, &mut new.files]);
        let content = loaded.contents.len();
        let mut parts = Vec::new();
        for format in formats(&[&old, &new]) {
            let mut job = |side: &LoadedSide, is_new: bool| {
                let aliases = if format == Format::Protobuf { self.aliases(side, is_new, sources) } else { Vec::new() };
                let files = side.of(format).map(|file| (file.name.clone(), file.id)).chain(aliases.iter().cloned());
                *jobs.entry((format, files.collect())).or_insert_with(|| {
                    loaded.jobs.push(Job { content, is_new, format, aliases });
                    loaded.jobs.len() - 1
                })
            };
            let pair = Pair { old: job(&old, false), new: job(&new, true) };
            parts.push((format, pair));
        }
        Ok(Content { sides: Pair { old, new }, parts, unchanged_packages })
    }

    /// As [`forward_aliases`], each once.
    fn aliases(&mut self, side: &LoadedSide, is_new: bool, sources: &mut Sources) -> Vec<(String, FileId)> {
        let keys = side.files.iter().flat_map(|file| file.aliases.iter().map(move |alias| (alias, &file.name)));
        let keys: Vec<_> = keys.map(|(alias, name)| (is_new, alias.clone(), name.clone())).collect();
        if !keys.iter().all(|key| self.aliases.contains_key(key)) {
            for (key, (_, id)) in keys.iter().zip(forward_aliases(side, sources)) {
                self.aliases.entry(key.clone()).or_insert(id);
            }
        }
        keys.into_iter().map(|key| (key.1.clone(), self.aliases[&key])).collect()
    }
}

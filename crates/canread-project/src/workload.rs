//! From two trees to the texts that have to be parsed, and no more.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use canread_compat::Pair;
use canread_model::Format;
use canread_protobuf::schema::wkt;
use canread_syntax::{Diagnostic, FileId, Sources};
use rayon::prelude::*;

use crate::closure::{ImportGraph, Selection, select};
use crate::listing::{Content, problem};
use crate::moved::{Listed, listed};
use crate::problems::InVersions;
use crate::reader::Reader;
use crate::roots::{Includes, place};
use crate::side::{Context, Imports, Known, Scan, Side, SideFile, known};
use crate::tree::{Store, Tree};
use crate::{FileKind, Project, Result, Skipped};

/// Everything that one run parses and compares.
#[derive(Debug)]
#[non_exhaustive]
pub struct Workload {
    /// The texts of both sides.
    pub sources: Sources,
    /// The old side.
    pub old: LoadedSide,
    /// The new side.
    pub new: LoadedSide,
    /// Schemas of the new side that were skipped: they and all that they import are the same on
    /// the old side.
    pub unchanged: usize,
    /// The packages of those: they are not gone, even if no file that was loaded belongs to them.
    pub unchanged_packages: BTreeSet<String>,
    /// The schema files of both sides, those that were skipped among them.
    pub(crate) listed: Pair<Vec<Listed>>,
    /// What went wrong with single files. With an error among them the run has not compared
    /// everything, and must not end as "compatible".
    pub diagnostics: Vec<Diagnostic>,
}

/// One side as it was loaded.
#[derive(Debug)]
#[non_exhaustive]
pub struct LoadedSide {
    /// The version as shown to users: `worktree`, `git:1f3c9ad`, a directory.
    pub label: String,
    /// The directory that the user named, or that of the file, as shown to users; empty for the current directory.
    pub shown: String,
    /// That directory as a full path on disk, where it would be if a commit were checked out; none of a bare repository.
    pub(crate) place: Option<String>,
    /// The name of the file in that directory, if the user named a file.
    pub(crate) file: Option<String>,
    /// The commit, in full, if the side comes from one.
    pub commit: Option<String>,
    /// The files that have to be parsed, sorted by the path shown to users.
    pub files: Vec<LoadedFile>,
    /// Schemas on this side, skipped ones included.
    pub schemas: usize,
    /// Include roots as shown to users: given, read from `buf.yaml`, or inferred.
    pub include_roots: Vec<String>,
    /// Modules of a registry that `buf.yaml` depends on. They are not fetched: an import that isn't
    /// found may be in one of them.
    pub buf_dependencies: Vec<String>,
    /// Imports that no include root of this side answers, and the `-I` directory of the other side that would. It is
    /// not used: an old schema would be read with a new import, or the other way round.
    pub found_elsewhere: BTreeMap<String, String>,
    /// Imports that no include root answers, and the directory of the same repository, as shown to users, in which a file
    /// of that path lies.
    pub found_below: BTreeMap<String, String>,
    /// What the listing passed over.
    pub skipped: Skipped,
}

/// One file to parse.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadedFile {
    /// The text in [`Workload::sources`]; that of a descriptor set is empty.
    pub id: FileId,
    /// What others call the file: for Protobuf the path by which they import it, for Avro the path from the directory
    /// of the side, which may lead upwards.
    pub name: String,
    /// Further import paths by which files of this side import it.
    pub aliases: Vec<String>,
    /// Why it was loaded.
    pub role: Role,
    /// Whether it, or something that it imports, is not the same on the other side.
    pub is_changed: bool,
    /// What it holds.
    pub kind: FileKind,
    /// The content, if it is no text.
    pub bytes: Option<Vec<u8>>,
}

/// Why a file was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a file is compared or it is not")]
pub enum Role {
    /// It is a schema of the side, and it or something it imports changed.
    Compared,
    /// Others import it; what nobody names in it is of no interest.
    Imported,
}

/// One side on its own, all of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The texts.
    pub sources: Sources,
    /// The side; every schema has the role [`Role::Compared`].
    pub side: LoadedSide,
    /// What went wrong with single files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Project {
    /// Reads what has to be parsed to compare two trees.
    ///
    /// Every file of the new side is read, in parallel, because only the texts tell who
    /// imports a changed file. Of an old side that comes from git, only contents that the new side
    /// doesn't have are read; equality is equality of git's object ids, computed from the bytes
    /// read, or from those with the line ends that `core.autocrlf` would commit. (Git's own index could spare that: it remembers sizes and times of clean files. It is
    /// not used, because it says "clean" of files that a filter changes, that are marked
    /// `assume-unchanged`, or that are written within its clock's resolution, and hashing
    /// 7,234 files, 63 MB, takes 25 ms on two cores.)
    ///
    /// # Errors
    ///
    /// `Usage` for a bad include root, `LimitExceeded`, and `NotFetched` or `Unreadable` if a git tree can't be
    /// searched. What concerns single files is in [`Workload::diagnostics`].
    pub fn compare(&self, old: Tree, mut new: Tree, scan: Scan<'_>) -> Result<Workload> {
        let is_worktree = match (&old.store, &new.store, &old.repository, &new.repository) {
            (Store::Git(_), Store::Disk { .. }, Some(old), Some(new)) => old.is_same(new),
            _ => false,
        };
        if is_worktree {
            "worktree".clone_into(&mut new.label);
        }
        let mut sources = Sources::default();
        let mut imports = Imports::default();
        let hash = match &old.store {
            Store::Git(git) => Some(git.repository().local().object_hash()),
            Store::Disk { .. } | Store::Lock(_) => None,
        };
        let (old_place, new_place) = (place(&old), place(&new));
        let includes = self.includes(old_place.as_deref(), new_place.as_deref());
        let none = Known::new();
        let keeps_bytes = hash.is_none();
        let context = Context { project: self, scan, hash, known: &none, keeps_bytes, includes: includes.new };
        let new = Side::read(new, None, &context, &mut imports, &mut sources)?;
        let known = known(&new);
        let context =
            Context { project: self, scan, hash: None, known: &known, keeps_bytes: true, includes: includes.old };
        let old = Side::read(old, None, &context, &mut imports, &mut sources)?;

        let selection = select_files(&old, &new, &imports);
        load(sources, old, new, &selection)
    }

    /// Reads all of one tree.
    ///
    /// # Errors
    ///
    /// As [`Project::compare`].
    pub fn load(&self, tree: Tree, scan: Scan<'_>) -> Result<Loaded> {
        let mut sources = Sources::default();
        let none = Known::new();
        let includes = self.includes(None, None).new;
        let context = Context { project: self, scan, hash: None, known: &none, keeps_bytes: true, includes };
        let mut side = Side::read(tree, None, &context, &mut Imports::default(), &mut sources)?;
        let problems = std::mem::take(&mut side.problems);
        let mut diagnostics: Vec<Diagnostic> =
            problems.into_iter().map(|problem| problem::of_version(problem, "", side.tree.label())).collect();
        let all: Vec<u32> = (0..).zip(&side.files).map(|(number, _)| number).collect();
        let needed = Needed { changed: &all, needed: &all };
        let side = side.loaded("", needed, &mut Texts::default(), &mut sources, &mut diagnostics)?;
        Ok(Loaded { sources, side, diagnostics })
    }

    /// The include roots that are given for each side, of which these are the places.
    pub(crate) fn includes<'a>(&'a self, old_place: Option<&'a str>, new_place: Option<&'a str>) -> Pair<Includes<'a>> {
        let shared = Includes { dirs: &self.includes, flag: "-I", other: None, may_be_absent: false };
        if self.old_includes.is_empty() {
            let old = Includes { other: new_place, may_be_absent: true, ..shared };
            return Pair { old, new: Includes { other: old_place, ..shared } };
        }
        let of_old = Includes { dirs: &self.old_includes, flag: "--against-include", ..shared };
        Pair { old: of_old, new: shared }
    }
}

impl Workload {
    /// Whether any file of one version is not as it is in the other, or is not there.
    pub(crate) fn has_changes(&self) -> bool {
        let content = |side: &LoadedSide| -> BTreeSet<(String, String, Option<Vec<u8>>)> {
            let changed = side.files.iter().filter(|file| file.is_changed);
            let content = |file: &LoadedFile| {
                (file.name.clone(), self.sources.file(file.id).text().to_owned(), file.bytes.clone())
            };
            changed.map(content).collect()
        };
        // A file that the user named is read, and counts as changed, whether it is or not.
        content(&self.old) != content(&self.new)
    }
}

/// Which files of a side are loaded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needed<'a> {
    /// Those that, or whose imports, are not the same on the other side; sorted.
    pub(crate) changed: &'a [u32],
    /// Those and all that they import; sorted.
    pub(crate) needed: &'a [u32],
}

/// Texts that are loaded already, by the path shown to users and git's name of the content.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    known: HashMap<(String, gix::ObjectId), FileId>,
}

impl Texts {
    fn find(&self, file: &SideFile) -> Option<FileId> {
        self.known.get(&(file.shown.clone(), file.id?)).copied()
    }

    /// What is no text has to be kept beside it, and is read again.
    fn add(&mut self, file: &SideFile, id: FileId) {
        if let Some(content) = file.id.filter(|_| file.kind.is_text()) {
            self.known.insert((file.shown.clone(), content), id);
        }
    }
}

/// What has to be looked at, to compare two sides.
pub(crate) fn select_files(old: &Side, new: &Side, imports: &Imports) -> Selection {
    let is_known = |side: &Side, file: u32| !side.has_open_import(file, imports);
    // What the user named by itself is read, even if both versions hold the same bytes: they ask about that file.
    let is_named = |side: &Side, file: u32| side.tree.is_file && side.files[file as usize].is_schema;
    let mut selection = select(old.graph(), new.graph(), |a, b| {
        let must_be_read = is_named(old, a) || is_named(new, b);
        !must_be_read && same(&old.files[a as usize], &new.files[b as usize]) && is_known(old, a) && is_known(new, b)
    });
    let neighbours = neighbours(old, new, &selection.new_changed);
    selection.need(old.graph(), new.graph(), &neighbours);
    selection
}

/// Unchanged files of the packages that changed ones belong to: a name that both declare is seen only where both are
/// parsed.
fn neighbours(old: &Side, new: &Side, changed: &[u32]) -> Pair<Vec<u32>> {
    let is_proto = |file: &&SideFile| file.kind == FileKind::Protobuf && file.is_schema && !file.package.is_empty();
    let changed_files = changed.iter().map(|number| &new.files[*number as usize]);
    let packages: HashSet<&str> = changed_files.filter(is_proto).map(|file| file.package.as_str()).collect();
    let of_packages = (0_u32..).zip(&new.files).filter(|(_, file)| is_proto(file) && packages.contains(&*file.package));
    let of_new: Vec<u32> = of_packages.map(|(number, _)| number).collect();
    let names: HashSet<&str> = of_new.iter().map(|number| new.resolution.names[*number as usize].as_str()).collect();
    let of_old = (0_u32..).zip(&old.resolution.names).filter(|(_, name)| names.contains(name.as_str()));
    Pair { old: of_old.map(|(number, _)| number).collect(), new: of_new }
}

/// Whether two files hold the same bytes, or would if the new one were committed with `core.autocrlf`: no format gives line
/// ends a meaning. What is not known is not the same.
pub(crate) fn same(old: &SideFile, new: &SideFile) -> bool {
    match (&old.id, &new.id, &old.bytes, &new.bytes) {
        (Some(old_id), Some(new_id), ..) => old_id == new_id || new.id_committed == Some(*old_id),
        (_, _, Some(old), Some(new)) => old == new,
        _ => false,
    }
}

fn load(mut sources: Sources, mut old: Side, mut new: Side, selection: &Selection) -> Result<Workload> {
    let mut problems = InVersions::default();
    for (side, is_new) in [(&mut new, true), (&mut old, false)] {
        for problem in std::mem::take(&mut side.problems) {
            problems.add(problem, &side.tree.label, is_new);
        }
    }
    let mut diagnostics: Vec<Diagnostic> = problems.told().collect();
    diagnostics.sort_by(|a, b| a.message.cmp(&b.message));
    new.read_missing("the new version", &selection.new_needed, &mut diagnostics)?;
    old.take_bytes_of(&new, &selection.old_needed);
    let is_schema = |number: &&u32| new.files[**number as usize].is_schema;
    let changed = selection.new_changed.iter().filter(is_schema).count();
    let unchanged = new.files.iter().filter(|file| file.is_schema).count() - changed;
    let unchanged_packages = packages_outside(&new, &selection.new_changed);
    let listed = Pair { old: listed(&old), new: listed(&new) };
    let mut loaded = |side: &mut Side, version, changed, needed| {
        let needed = Needed { changed, needed };
        side.loaded(version, needed, &mut Texts::default(), &mut sources, &mut diagnostics)
    };
    let old_side = loaded(&mut old, "the old version", &selection.old_changed, &selection.old_needed)?;
    drop(old);
    let new_side = loaded(&mut new, "the new version", &selection.new_changed, &selection.new_needed)?;
    drop(new);
    Ok(Workload { sources, old: old_side, new: new_side, unchanged, unchanged_packages, listed, diagnostics })
}

/// The packages of the files that are not in a sorted list.
pub(crate) fn packages_outside(side: &Side, numbers: &[u32]) -> BTreeSet<String> {
    let files = (0_u32..).zip(&side.files).filter(|(number, _)| numbers.binary_search(number).is_err());
    files.map(|(_, file)| &file.package).filter(|package| !package.is_empty()).cloned().collect()
}

impl Side {
    pub(crate) fn graph(&self) -> ImportGraph<'_> {
        ImportGraph { names: &self.resolution.names, imports: &self.edges }
    }

    /// Whether nothing answers something that a file imports. Whether that is the same on both sides nobody knows.
    pub(crate) fn has_open_import(&self, file: u32, imports: &Imports) -> bool {
        let asked = &self.files[file as usize].asked;
        let numbers = asked.imports.iter().map(|import| *import as usize);
        let mut open = numbers.filter(|import| self.resolution.targets[*import].is_none());
        self.has_open_path[file as usize] || open.any(|import| wkt::find(&imports.texts[import]).is_none())
    }

    /// Copies contents that the other side has read, which is cheaper than unpacking them again.
    pub(crate) fn take_bytes_of(&mut self, other: &Side, needed: &[u32]) {
        let by_id: HashMap<_, _> =
            other.files.iter().filter_map(|file| Some((file.id?, file.bytes.as_ref()?))).collect();
        for number in needed {
            let file = &mut self.files[*number as usize];
            if file.bytes.is_none() {
                file.bytes = file.id.and_then(|id| by_id.get(&id).map(|bytes| (*bytes).clone()));
            }
        }
    }

    /// Moves the needed texts into `sources`, reading those that were not read yet. What stands in `texts` is not read or
    /// added once more.
    ///
    /// `version` is the word for the side in what is said about its files.
    pub(crate) fn loaded(
        &mut self,
        version: &str,
        Needed { changed, needed }: Needed<'_>,
        texts: &mut Texts,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<LoadedSide> {
        let unread: Vec<u32> =
            needed.iter().copied().filter(|number| texts.find(&self.files[*number as usize]).is_none()).collect();
        self.read_missing(version, &unread, diagnostics)?;
        let mut order = needed.to_vec();
        order.sort_by(|a, b| self.files[*a as usize].shown.cmp(&self.files[*b as usize].shown));
        let mut files = Vec::with_capacity(needed.len());
        for number in order {
            let index = number as usize;
            let file = &mut self.files[index];
            let known = texts.find(file);
            let mut bytes = None;
            let id = if let Some(id) = known {
                id
            } else {
                let Some(content) = file.bytes.take() else { continue };
                let mut text = content;
                if !file.kind.is_text() {
                    bytes = Some(std::mem::take(&mut text));
                }
                if problem::is_lfs_pointer(&text) {
                    let is_on_disk = matches!(file.content, Content::Disk(_));
                    let error = problem::lfs_pointer(&file.shown, is_on_disk);
                    diagnostics.push(problem::of_version(error, version, self.tree.label()));
                    // Of Protobuf, an empty text is a schema that others may import; of Avro, it would be a second mistake.
                    if file.kind.format() == Format::Avro {
                        continue;
                    }
                    text.clear();
                }
                let id = sources.add(file.shown.as_str(), self.tree.label(), text);
                texts.add(file, id);
                id
            };
            let is_changed = changed.binary_search(&number).is_ok();
            let is_compared = file.is_schema && is_changed;
            files.push(LoadedFile {
                id,
                name: self.resolution.names[index].clone(),
                aliases: self.resolution.aliases[index].clone(),
                role: if is_compared { Role::Compared } else { Role::Imported },
                is_changed,
                kind: file.kind,
                bytes,
            });
        }
        Ok(LoadedSide {
            schemas: self.files.iter().filter(|file| file.is_schema).count(),
            place: place(&self.tree),
            file: self.tree.entries().first().filter(|_| self.tree.is_file).map(|entry| entry.path.clone()),
            label: self.tree.label.clone(),
            shown: self.tree.shown.clone(),
            commit: self.tree.commit.clone(),
            files,
            include_roots: self.roots_shown.clone(),
            buf_dependencies: self.deps.clone(),
            found_elsewhere: self.found_elsewhere.clone(),
            found_below: self.found_below.clone(),
            skipped: self.tree.listing.skipped.clone(),
        })
    }

    pub(crate) fn read_missing(
        &mut self,
        version: &str,
        needed: &[u32],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<()> {
        let missing: Vec<u32> =
            needed.iter().copied().filter(|number| self.files[*number as usize].is_unread()).collect();
        let tree = &self.tree;
        let files = &self.files;
        let read: Vec<_> = missing
            .par_iter()
            .with_min_len(8)
            .map_init(|| Reader::new(tree), |reader, number| reader.read(&files[*number as usize].content))
            .collect();
        for (number, outcome) in missing.into_iter().zip(read) {
            match outcome {
                Ok(bytes) => self.files[number as usize].bytes = Some(bytes),
                Err(problem) => {
                    let problem = problem.of_one_file()?.of(&self.files[number as usize].shown);
                    diagnostics.push(problem::of_version(problem, version, self.tree.label()));
                }
            }
        }
        Ok(())
    }
}

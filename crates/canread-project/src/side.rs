//! One side of a run: its files read, its imports known, its include roots found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use canread_model::Format;
use canread_syntax::{Diagnostic, Sources};
use gix::ObjectId;
use rayon::prelude::*;

use crate::limits::ByteBudget;
use crate::listing::{Content, Entry};
use crate::path::{ancestors, is_plain, join, normalise, parent, split_top, strip};
use crate::reader::{ReadProblem, Reader};
use crate::roots::{Files, FixedRoot, Given, Includes, Place, Resolution, Withheld, find_modules, fixed, given, infer};
use crate::tree::{Store, Tree};
use crate::{FileKind, Project, Result};

/// Looks for imports and the package in the text of a file: of Protobuf, without parsing it; of Avro, only IDL has any.
///
/// It is called from several threads, on text that may be anything; an import that it misses is not
/// followed, one that it makes up is looked for and not found.
pub type Scan<'a> = &'a (dyn Fn(FileKind, &str) -> Scanned + Sync);

/// What a [`Scan`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_structs, reason = "made by callers")]
pub struct Scanned {
    /// Import strings: the text between the quotes, in order. Those of IDL are paths relative to the file.
    pub imports: Vec<String>,
    /// The package; empty if there is none.
    pub package: String,
}

/// Import strings, each once, of both sides of a run.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    pub(crate) texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Imports {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = crate::roots::to_u32(self.texts.len());
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }
}

/// What a file imports.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Asked {
    /// Imports that are looked up in include roots, by number.
    pub(crate) imports: Vec<u32>,
    /// Imports that are paths from the directory of the file, as written.
    pub(crate) paths: Vec<String>,
}

impl Asked {
    fn of(kind: FileKind, scanned: Vec<String>, imports: &mut Imports) -> Self {
        match kind.format() {
            Format::Avro => Self { imports: Vec::new(), paths: scanned },
            _ => Self { imports: scanned.iter().map(|text| imports.number(text)).collect(), paths: Vec::new() },
        }
    }
}

/// One file of a side.
#[derive(Debug)]
pub(crate) struct SideFile {
    pub(crate) full: String,
    pub(crate) shown: String,
    pub(crate) kind: FileKind,
    pub(crate) content: Content,
    /// The user named it, or a directory that it is in; otherwise it is only imported.
    pub(crate) is_schema: bool,
    pub(crate) bytes: Option<Vec<u8>>,
    /// What git calls the content, if known.
    pub(crate) id: Option<ObjectId>,
    /// What git would call it with the line ends that `core.autocrlf` gives to what is committed, if it has others.
    pub(crate) id_committed: Option<ObjectId>,
    pub(crate) asked: Asked,
    /// Known of files that were read.
    pub(crate) package: String,
    /// It could not be read; the reason is among the side's problems.
    is_broken: bool,
    /// The name by which it was looked up in an include root.
    found_as: Option<String>,
}

/// One side, complete.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) tree: Tree,
    /// The include roots that are given or said in `buf.yaml`; none if they are inferred.
    roots: Option<Vec<FixedRoot>>,
    /// Those of the tree, in its order, and behind them what they import from elsewhere.
    pub(crate) files: Vec<SideFile>,
    pub(crate) resolution: Resolution,
    /// The files that each file imports.
    pub(crate) edges: Vec<Vec<u32>>,
    /// By file: whether a path that it imports leads to no file.
    pub(crate) has_open_path: Vec<bool>,
    pub(crate) roots_shown: Vec<String>,
    pub(crate) deps: Vec<String>,
    /// Imports that nothing of this side answers, and the given directory of the other side that would.
    pub(crate) found_elsewhere: BTreeMap<String, String>,
    /// Imports that nothing answers, and the directory of the repository that has a file of that path.
    pub(crate) found_below: BTreeMap<String, String>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// What is already known about contents, from the other side: how a file is read, git's name of its content, and what
/// it imports.
pub(crate) type Known = HashMap<(FileKind, ObjectId), Asked>;

/// What is known about the contents of a side.
pub(crate) fn known(side: &Side) -> Known {
    side.files.iter().filter_map(|file| Some(((file.kind, file.id?), file.asked.clone()))).collect()
}

/// What a run gives to the reading of each side.
pub(crate) struct Context<'a> {
    pub(crate) project: &'a Project,
    pub(crate) scan: Scan<'a>,
    /// Compute git's name of each content read from disk.
    pub(crate) hash: Option<gix::hash::Kind>,
    pub(crate) known: &'a Known,
    /// Keep what was read. Where ids tell what changed, few texts are needed again, and reading
    /// those twice is cheaper than memory for all.
    pub(crate) keeps_bytes: bool,
    /// The include roots given for this side.
    pub(crate) includes: Includes<'a>,
}

/// A file's path as users see it, from the shown and the full path of the tree that it belongs to.
pub(crate) fn shown_of(shown: &str, root: &str, full: &str) -> String {
    if let Some(below) = strip(full, root) {
        return join(shown, below);
    }
    let common = ancestors(root).find(|dir| strip(full, dir).is_some()).unwrap_or_default();
    let ups = strip(root, common).unwrap_or(root).split('/').count();
    let below = strip(full, common).unwrap_or(full);
    normalise(&format!("{}/{}{below}", crate::path::or_dot(shown), "../".repeat(ups)))
}

impl Side {
    /// Reads a tree. `other` is another version of it, if one was read: if both hold the same files with the same
    /// imports, what was found out about them holds for both.
    ///
    /// # Errors
    ///
    /// `Usage` for a bad `-I`, `LimitExceeded`, and what keeps a git tree from being searched. Files that
    /// can't be read become problems.
    pub(crate) fn read(
        mut tree: Tree,
        other: Option<Self>,
        context: &Context<'_>,
        imports: &mut Imports,
        sources: &mut Sources,
    ) -> Result<Self> {
        let mut problems = tree.listing.problems.clone();
        let mut deps = Vec::new();
        let Given { roots: given, withheld } = given(&mut tree, &context.project.cwd, context.includes)?;
        let roots = if given.is_empty() {
            let modules = find_modules(&tree, sources)?;
            let roots = modules.apply(&mut tree);
            problems.extend(modules.problems);
            if roots.is_some() {
                deps.extend(modules.deps);
            }
            roots
        } else {
            Some(given)
        };
        let budget = ByteBudget::new(&context.project.limits);
        if let Some(mut other) = other.filter(|other| problems.is_empty() && other.roots == roots)
            && other.renew(&tree, context, &budget, imports)?
        {
            return Ok(Self { tree, deps, ..other });
        }
        let mut files: Vec<SideFile> = tree.entries().iter().map(|entry| SideFile::of_entry(&tree, entry)).collect();
        read_files(&tree, &mut files, context, &budget, imports, &mut problems)?;
        let resolution = loop {
            let resolution = resolve(&tree, &files, roots.as_deref(), imports);
            let mut found = look_up(&tree, &files, roots.as_deref(), &resolution, imports)?;
            found.extend(look_up_paths(&tree, &files)?);
            if found.is_empty() {
                break resolution;
            }
            let first = files.len();
            files.extend(found);
            context.project.limits.check_files(files.len(), crate::path::or_dot(&tree.shown))?;
            read_files(&tree, &mut files[first..], context, &budget, imports, &mut problems)?;
        };
        problems.extend(resolution.problems.iter().cloned());
        let roots_shown = match &roots {
            Some(roots) => roots.iter().map(|root| root.shown.clone()).collect(),
            None => resolution.roots.iter().map(|root| shown_of(&tree.shown, &tree.full, root)).collect(),
        };
        let (edges, has_open_path) = edges(&files, &resolution);
        let found_elsewhere = found_elsewhere(&files, &resolution, imports, &withheld);
        let found_below = found_below(&tree, &files, &resolution, imports);
        Ok(Self {
            tree,
            roots,
            files,
            resolution,
            edges,
            has_open_path,
            roots_shown,
            deps,
            found_elsewhere,
            found_below,
            problems,
        })
    }
}

impl Side {
    /// Takes the contents of another version, if that has the same files, with the same imports: then nothing else
    /// changes. Gives whether it did.
    fn renew(
        &mut self,
        tree: &Tree,
        context: &Context<'_>,
        budget: &ByteBudget,
        imports: &mut Imports,
    ) -> Result<bool> {
        let is_alike = |(file, entry): (&SideFile, &Entry)| {
            file.is_schema && file.kind == entry.kind && strip(&file.full, &tree.full) == Some(&*entry.path)
        };
        let count = tree.entries().len();
        let is_same_place = self.problems.is_empty()
            && (&self.tree.full, &self.tree.shown, self.tree.is_file) == (&tree.full, &tree.shown, tree.is_file);
        if !is_same_place
            || self.files.iter().filter(|file| file.is_schema).count() != count
            || !self.files.iter().zip(tree.entries()).all(is_alike)
        {
            return Ok(false);
        }
        let mut files: Vec<SideFile> = Vec::new();
        let mut places = Vec::new();
        for (at, file) in self.files.iter().enumerate() {
            let found = match tree.entries().get(at) {
                Some(entry) => Some(entry.content.clone()),
                None => tree.find_file(&file.full)?,
            };
            let Some(found @ Content::Git { .. }) = found else { return Ok(false) };
            if found != file.content {
                let mut changed = SideFile::new(file.full.clone(), file.shown.clone(), file.kind, found);
                (changed.is_schema, changed.found_as) = (file.is_schema, file.found_as.clone());
                places.push(at);
                files.push(changed);
            }
        }
        let mut problems = Vec::new();
        read_files(tree, &mut files, context, budget, imports, &mut problems)?;
        let is_asked_alike = |(at, file): (&usize, &SideFile)| self.files[*at].asked == file.asked;
        if !problems.is_empty() || !places.iter().zip(&files).all(is_asked_alike) {
            return Ok(false);
        }
        for (at, file) in places.into_iter().zip(files) {
            self.files[at] = file;
        }
        // What was not there may be there now.
        let found = look_up(tree, &self.files, self.roots.as_deref(), &self.resolution, imports)?;
        Ok(found.is_empty() && look_up_paths(tree, &self.files)?.is_empty())
    }
}

/// Imports without a file that a directory of the other side has; with that directory as users see it.
fn found_elsewhere(
    files: &[SideFile],
    resolution: &Resolution,
    imports: &Imports,
    withheld: &[Withheld],
) -> BTreeMap<String, String> {
    if withheld.is_empty() {
        return BTreeMap::new();
    }
    let missing = files.iter().flat_map(|file| &file.asked.imports).map(|import| *import as usize);
    let missing: BTreeSet<usize> = missing.filter(|import| resolution.targets[*import].is_none()).collect();
    let texts = missing.into_iter().map(|import| imports.texts[import].as_ref()).filter(|text| is_plain(text));
    let has = |text: &str| withheld.iter().find(|root| root.dir.join(text).is_file());
    texts.filter_map(|text| Some((text.to_owned(), has(text)?.shown.clone()))).collect()
}

/// Imports without a file, and the directory below which the repository has a file of that path: the one nearest to its
/// top, by git's index, which costs one pass however large the repository is. On a side from git it must be in the commit.
fn found_below(
    tree: &Tree,
    files: &[SideFile],
    resolution: &Resolution,
    imports: &Imports,
) -> BTreeMap<String, String> {
    let missing = files.iter().flat_map(|file| &file.asked.imports).map(|import| *import as usize);
    let missing: BTreeSet<usize> = missing.filter(|import| resolution.targets[*import].is_none()).collect();
    let missing = missing.into_iter().map(|import| imports.texts[import].as_ref());
    let missing: BTreeSet<&str> =
        missing.filter(|text| is_plain(text) && canread_protobuf::schema::wkt::find(text).is_none()).collect();
    let Some(repository) = tree.repository.as_ref().filter(|_| !missing.is_empty()) else { return BTreeMap::new() };
    let top = match &tree.store {
        Store::Git(_) => Some(String::new()),
        Store::Disk { .. } | Store::Lock(_) => repository.workdir().and_then(split_top).map(|(_, top)| top),
    };
    let Some(top) = top else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for (text, dir) in crate::git::tracked_below(repository, &missing) {
        let full = join(&top, &dir);
        if matches!(tree.find_file(&join(&full, text)), Ok(Some(_))) {
            let shown = shown_of(&tree.shown, &tree.full, &full);
            found.entry(text.to_owned()).or_insert(shown);
        }
    }
    found
}

/// What each file needs, and whether a path that it imports leads nowhere.
///
/// Avro files see each other's names without a word about it. So all of a side are one: each needs the next.
fn edges(files: &[SideFile], resolution: &Resolution) -> (Vec<Vec<u32>>, Vec<bool>) {
    let by_full = by_full(files);
    let mut has_open_path = Vec::with_capacity(files.len());
    let mut edges = Vec::with_capacity(files.len());
    for file in files {
        let mut targets: Vec<u32> =
            file.asked.imports.iter().filter_map(|import| resolution.targets[*import as usize]).collect();
        let first = targets.len();
        targets.extend(file.paths().filter_map(|path| by_full.get(path?.as_str()).copied()));
        has_open_path.push(targets.len() - first < file.asked.paths.len());
        edges.push(targets);
    }
    let numbers = (0_u32..).zip(files).filter(|(_, file)| file.is_schema && file.kind.format() == Format::Avro);
    let numbers: Vec<u32> = numbers.map(|(number, _)| number).collect();
    for (at, number) in numbers.iter().enumerate() {
        edges[*number as usize].push(numbers[(at + 1) % numbers.len()]);
    }
    (edges, has_open_path)
}

/// Files that paths may lead to.
fn by_full(files: &[SideFile]) -> HashMap<&str, u32> {
    if files.iter().all(|file| file.asked.paths.is_empty()) {
        return HashMap::new();
    }
    files.iter().map(|file| file.full.as_str()).zip(0..).collect()
}

impl SideFile {
    fn new(full: String, shown: String, kind: FileKind, content: Content) -> Self {
        let id = match &content {
            Content::Git { id, .. } => Some(*id),
            Content::Disk(_) | Content::Locked(_) => None,
        };
        Self {
            full,
            shown,
            kind,
            content,
            is_schema: true,
            bytes: None,
            id,
            id_committed: None,
            asked: Asked::default(),
            package: String::new(),
            is_broken: false,
            found_as: None,
        }
    }

    /// The full paths of the files that it imports by path; `None` for a path that can't be one.
    fn paths(&self) -> impl Iterator<Item = Option<String>> {
        let dir = parent(&self.full).unwrap_or_default();
        self.asked.paths.iter().map(move |path| {
            let full = normalise(&join(dir, path));
            let is_path = !path.is_empty() && !path.starts_with('/') && !path.ends_with('/');
            (is_path && full != ".." && !full.starts_with("../")).then_some(full)
        })
    }

    /// Whether its bytes have not been asked for.
    pub(crate) fn is_unread(&self) -> bool {
        self.bytes.is_none() && !self.is_broken
    }

    fn of_entry(tree: &Tree, entry: &Entry) -> Self {
        Self::new(join(&tree.full, &entry.path), tree.shown_path(entry), entry.kind, entry.content.clone())
    }
}

/// What a thread found out about one file.
struct Outcome {
    bytes: Option<Vec<u8>>,
    id: Option<ObjectId>,
    id_committed: Option<ObjectId>,
    scanned: Scanned,
}

/// Reads files in parallel, scans them, and numbers what they import. Files whose content the other
/// side has already read stay unread.
fn read_files(
    tree: &Tree,
    files: &mut [SideFile],
    context: &Context<'_>,
    budget: &ByteBudget,
    imports: &mut Imports,
    problems: &mut Vec<Diagnostic>,
) -> Result<()> {
    for file in files.iter_mut() {
        if let Some(known) = file.id.and_then(|id| context.known.get(&(file.kind, id))) {
            file.asked.clone_from(known);
        }
    }
    let is_known = |file: &SideFile| file.id.is_some_and(|id| context.known.contains_key(&(file.kind, id)));
    let outcomes: Vec<Option<std::result::Result<Outcome, ReadProblem>>> = files
        .par_iter()
        .with_min_len(16)
        .map_init(
            || (Reader::new(tree), Vec::new()),
            |(reader, buffer), file| (!is_known(file)).then(|| read_file(reader, buffer, file, context, budget)),
        )
        .collect();
    budget.check()?;
    for (file, outcome) in files.iter_mut().zip(outcomes) {
        match outcome {
            None => {}
            Some(Ok(outcome)) => {
                file.id = outcome.id;
                file.id_committed = outcome.id_committed;
                file.asked = Asked::of(file.kind, outcome.scanned.imports, imports);
                file.package = outcome.scanned.package;
                file.bytes = outcome.bytes;
            }
            Some(Err(problem)) => {
                file.is_broken = true;
                problems.push(problem.of_one_file()?.of(&file.shown));
            }
        }
    }
    Ok(())
}

fn read_file(
    reader: &Reader<'_>,
    buffer: &mut Vec<u8>,
    file: &SideFile,
    context: &Context<'_>,
    budget: &ByteBudget,
) -> std::result::Result<Outcome, ReadProblem> {
    let bytes = buffer;
    reader.read_into(&file.content, bytes)?;
    if !budget.spend(bytes.len()) {
        // The run stops, and says so once every thread has noticed.
        bytes.clear();
    }
    let (id, id_committed) = match (file.id, context.hash) {
        (None, Some(kind)) => {
            let id = |bytes: &[u8]| gix::objs::compute_hash(kind, gix::objs::Kind::Blob, bytes).ok();
            let committed = if file.kind.is_text() { with_line_feeds(bytes) } else { None };
            (id(bytes), committed.and_then(|bytes| id(&bytes)))
        }
        (id, _) => (id, None),
    };
    let scanned = match (file.kind.is_text(), std::str::from_utf8(bytes)) {
        (true, Ok(text)) => (context.scan)(file.kind, text),
        (true, Err(_)) => (context.scan)(file.kind, &String::from_utf8_lossy(bytes)),
        (false, _) => Scanned::default(),
    };
    let bytes = context.keeps_bytes.then(|| std::mem::take(bytes));
    Ok(Outcome { bytes, id, id_committed, scanned })
}

/// A text whose lines end in CR LF, with LF alone, as git commits it under `core.autocrlf`; none if no line ends so.
fn with_line_feeds(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.contains(&b'\r') {
        return None;
    }
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let kept = bytes.iter().zip(next).filter(|(byte, next)| (**byte, *next) != (b'\r', Some(&b'\n')));
    let text: Vec<u8> = kept.map(|(byte, _)| *byte).collect();
    (text.len() < bytes.len()).then_some(text)
}

fn resolve(tree: &Tree, files: &[SideFile], roots: Option<&[FixedRoot]>, imports: &Imports) -> Resolution {
    let numbers: Vec<usize> =
        (0..files.len()).filter(|number| files[*number].kind.format() == Format::Protobuf).collect();
    let in_roots = || numbers.iter().map(|number| &files[*number]);
    let view = Files {
        root: &tree.full,
        full: in_roots().map(|file| file.full.as_str()).collect(),
        shown: in_roots().map(|file| file.shown.as_str()).collect(),
        imported: in_roots().map(|file| file.asked.imports.as_slice()).collect(),
        imports: &imports.texts,
    };
    let resolution = match roots {
        None => infer(&view),
        Some(roots) => {
            let found = in_roots().enumerate().filter_map(|(at, file)| Some((at, file.found_as.clone()?)));
            fixed(&view, roots, &found.collect())
        }
    };
    if numbers.len() == files.len() { resolution } else { among_all(resolution, &numbers, tree, files) }
}

/// What was found out about some files, whose numbers these are, as what is known about all. Include roots are
/// for Protobuf: other files are called by their path in the tree.
fn among_all(found: Resolution, numbers: &[usize], tree: &Tree, files: &[SideFile]) -> Resolution {
    let mut names: Vec<String> = files.iter().map(|file| shown_of("", &tree.full, &file.full)).collect();
    let mut aliases = vec![Vec::new(); files.len()];
    for ((number, name), others) in numbers.iter().zip(found.names).zip(found.aliases) {
        names[*number] = name;
        aliases[*number] = others;
    }
    let number = |at: u32| crate::roots::to_u32(numbers[at as usize]);
    let targets = found.targets.into_iter().map(|target| target.map(number)).collect();
    Resolution { names, aliases, targets, ..found }
}

/// Looks for files that others import by path and that the side does not hold.
fn look_up_paths(tree: &Tree, files: &[SideFile]) -> Result<Vec<SideFile>> {
    let known = by_full(files);
    let paths = files.iter().flat_map(SideFile::paths).flatten();
    let missing: BTreeSet<String> = paths.filter(|path| !known.contains_key(path.as_str())).collect();
    let mut found = Vec::new();
    for full in missing {
        if let Some(content) = tree.find_file(&full)? {
            let shown = shown_of(&tree.shown, &tree.full, &full);
            let kind = FileKind::of_idl_import(&full);
            found.push(SideFile { is_schema: false, ..SideFile::new(full, shown, kind, content) });
        }
    }
    Ok(found)
}

/// Looks for imports that no file of the side answers: in the known roots, or else in the
/// directory of the tree and those above it, as far as they may be read.
fn look_up(
    tree: &Tree,
    files: &[SideFile],
    roots: Option<&[FixedRoot]>,
    resolution: &Resolution,
    imports: &Imports,
) -> Result<Vec<SideFile>> {
    let mut wanted = vec![false; imports.texts.len()];
    for import in files.iter().flat_map(|file| &file.asked.imports) {
        wanted[*import as usize] = resolution.targets[*import as usize].is_none();
    }
    let dirs: Vec<FixedRoot> = match roots {
        Some(roots) => roots.to_vec(),
        None => ancestors(&tree.full)
            .take_while(|dir| tree.may_read(dir))
            .map(|dir| FixedRoot { place: Place::Inside(dir.to_owned()), shown: String::new() })
            .collect(),
    };
    let mut found = Vec::new();
    for (text, wanted) in imports.texts.iter().zip(wanted) {
        if !wanted || !is_plain(text) || FileKind::of_found(text) != Some(FileKind::Protobuf) {
            continue;
        }
        for dir in &dirs {
            if let Some(file) = look_in(tree, dir, text)? {
                found.push(file);
                break;
            }
        }
    }
    Ok(found)
}

fn look_in(tree: &Tree, root: &FixedRoot, import: &str) -> Result<Option<SideFile>> {
    let (full, shown, content) = match &root.place {
        Place::Inside(dir) => {
            let full = join(dir, import);
            let Some(content) = tree.find_file(&full)? else { return Ok(None) };
            let shown = shown_of(&tree.shown, &tree.full, &full);
            (full, shown, content)
        }
        Place::Disk(dir) => {
            let path = dir.join(import);
            let inside = path.canonicalize().is_ok_and(|real| real.starts_with(dir) && real.is_file());
            if !inside {
                return Ok(None);
            }
            (join(&root.shown, import), join(&root.shown, import), Content::Disk(path))
        }
    };
    let mut file = SideFile::new(full, shown, FileKind::Protobuf, content);
    file.is_schema = false;
    file.found_as = Some(import.to_owned());
    Ok(Some(file))
}

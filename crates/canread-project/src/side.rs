//! One side of a run: its files read, its imports known, its include roots found.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use canread_syntax::{Diagnostic, Sources};
use gix::ObjectId;
use rayon::prelude::*;

use crate::limits::ByteBudget;
use crate::listing::{Content, Entry};
use crate::path::{ancestors, is_plain, join, normalise, strip};
use crate::reader::{ReadProblem, Reader};
use crate::roots::{Files, FixedRoot, Given, Includes, Place, Resolution, Withheld, find_modules, fixed, given, infer};
use crate::tree::Tree;
use crate::{FileKind, Project, Result};

/// Looks for imports and the package in the text of a Protobuf file, without parsing it.
///
/// It is called from several threads, on text that may be anything; an import that it misses is not
/// followed, one that it makes up is looked for and not found.
pub type Scan<'a> = &'a (dyn Fn(&str) -> Scanned + Sync);

/// What a [`Scan`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_structs, reason = "made by callers")]
pub struct Scanned {
    /// Import strings: the text between the quotes, in order.
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
    pub(crate) imports: Vec<u32>,
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
    pub(crate) files: Vec<SideFile>,
    pub(crate) resolution: Resolution,
    /// The files that each file imports.
    pub(crate) edges: Vec<Vec<u32>>,
    pub(crate) roots_shown: Vec<String>,
    pub(crate) deps: Vec<String>,
    /// Imports that nothing of this side answers, and the given directory of the other side that would.
    pub(crate) found_elsewhere: BTreeMap<String, String>,
    pub(crate) problems: Vec<Diagnostic>,
}

/// What is already known about contents, from the other side: git's name of a content and what
/// it imports.
pub(crate) type Known = HashMap<ObjectId, Vec<u32>>;

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
    /// Reads a tree.
    ///
    /// # Errors
    ///
    /// `Usage` for a bad `-I`, `LimitExceeded`, and what keeps a git tree from being searched. Files that
    /// can't be read become problems.
    pub(crate) fn read(
        mut tree: Tree,
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
        let mut files: Vec<SideFile> = tree.entries().iter().map(|entry| SideFile::of_entry(&tree, entry)).collect();
        let budget = ByteBudget::new(&context.project.limits);
        read_files(&tree, &mut files, context, &budget, imports, &mut problems)?;
        let resolution = loop {
            let resolution = resolve(&tree, &files, roots.as_deref(), imports);
            let found = look_up(&tree, &files, roots.as_deref(), &resolution, imports)?;
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
        let edges = edges(&files, &resolution);
        let found_elsewhere = found_elsewhere(&files, &resolution, imports, &withheld);
        Ok(Self { tree, files, resolution, edges, roots_shown, deps, found_elsewhere, problems })
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
    let missing = files.iter().flat_map(|file| &file.imports).map(|import| *import as usize);
    let missing: BTreeSet<usize> = missing.filter(|import| resolution.targets[*import].is_none()).collect();
    let texts = missing.into_iter().map(|import| imports.texts[import].as_ref()).filter(|text| is_plain(text));
    let has = |text: &str| withheld.iter().find(|root| root.dir.join(text).is_file());
    texts.filter_map(|text| Some((text.to_owned(), has(text)?.shown.clone()))).collect()
}

fn edges(files: &[SideFile], resolution: &Resolution) -> Vec<Vec<u32>> {
    let targets =
        |file: &SideFile| file.imports.iter().filter_map(|import| resolution.targets[*import as usize]).collect();
    files.iter().map(targets).collect()
}

impl SideFile {
    fn new(full: String, shown: String, kind: FileKind, content: Content) -> Self {
        let id = match &content {
            Content::Git { id, .. } => Some(*id),
            Content::Disk(_) => None,
        };
        Self {
            full,
            shown,
            kind,
            content,
            is_schema: true,
            bytes: None,
            id,
            imports: Vec::new(),
            package: String::new(),
            is_broken: false,
            found_as: None,
        }
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
        if let Some(known) = file.id.and_then(|id| context.known.get(&id)) {
            file.imports.clone_from(known);
        }
    }
    let is_known = |file: &SideFile| file.id.is_some_and(|id| context.known.contains_key(&id));
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
                file.imports = outcome.scanned.imports.iter().map(|text| imports.number(text)).collect();
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
    let id = match (file.id, context.hash) {
        (None, Some(kind)) => gix::objs::compute_hash(kind, gix::objs::Kind::Blob, bytes).ok(),
        (id, _) => id,
    };
    let scanned = match (file.kind.is_text(), std::str::from_utf8(bytes)) {
        (true, Ok(text)) => (context.scan)(text),
        (true, Err(_)) => (context.scan)(&String::from_utf8_lossy(bytes)),
        (false, _) => Scanned::default(),
    };
    let bytes = context.keeps_bytes.then(|| std::mem::take(bytes));
    Ok(Outcome { bytes, id, scanned })
}

fn resolve(tree: &Tree, files: &[SideFile], roots: Option<&[FixedRoot]>, imports: &Imports) -> Resolution {
    let view = Files {
        root: &tree.full,
        full: files.iter().map(|file| file.full.as_str()).collect(),
        shown: files.iter().map(|file| file.shown.as_str()).collect(),
        imported: files.iter().map(|file| file.imports.as_slice()).collect(),
        imports: &imports.texts,
    };
    match roots {
        None => infer(&view),
        Some(roots) => {
            let found = files.iter().enumerate().filter_map(|(number, file)| Some((number, file.found_as.clone()?)));
            fixed(&view, roots, &found.collect())
        }
    }
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
    for import in files.iter().flat_map(|file| &file.imports) {
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
        if !wanted || !is_plain(text) || FileKind::of_found(text).is_none() {
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

//! The files of one link: which of them an import means, in which order they are linked, what each one sees.

use canread_model::{ImportKind, ModuleId};
use canread_syntax::{Diagnostic, FileId, Span};
use rustc_hash::FxHashMap;

use super::NamedFile;
use super::names::PathId;
use crate::schema::ast::{self, Version};
use crate::schema::wkt;

/// What the linker knows of a file for as long as it works.
#[derive(Debug)]
pub(super) struct FileInfo {
    /// The name that others import it by.
    pub(super) name: Box<str>,
    /// Where spans of its text point to.
    pub(super) id: FileId,
    pub(super) version: Version,
    pub(super) imports: Vec<Edge>,
    /// Its package as a full name.
    pub(super) package: PathId,
    pub(super) module: ModuleId,
    /// Number of the first declaration; the others follow in the order of [`flatten`](super::flat::flatten).
    pub(super) first_decl: u32,
    /// Where an import statement can be added.
    pub(super) import_place: Span,
}

/// One import statement.
#[derive(Debug)]
pub(super) struct Edge {
    /// Index of the file that is meant, if there is one.
    pub(super) target: Option<u32>,
    pub(super) kind: ImportKind,
    pub(super) span: Span,
}

/// The files by the name that others import them by; built-in ones are added when an import asks for them.
pub(super) struct Catalogue<'a> {
    pub(super) files: Vec<NamedFile<'a>>,
    by_name: FxHashMap<Box<str>, u32>,
    /// From this index on, files are built-in.
    own_count: usize,
}

impl<'a> Catalogue<'a> {
    /// Enters every file, and built-in files as far as imports reach them.
    pub(super) fn new(files: Vec<NamedFile<'a>>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let own_count = files.len();
        let mut catalogue = Self { files: Vec::with_capacity(own_count), by_name: FxHashMap::default(), own_count };
        for file in files {
            catalogue.enter(file, diagnostics);
        }
        catalogue.own_count = catalogue.files.len();
        let mut at = 0;
        while let Some(file) = catalogue.files.get(at) {
            let wanted: Vec<&'static wkt::BuiltIn> = file
                .file
                .imports
                .iter()
                .filter(|import| !catalogue.by_name.contains_key(&*import.path))
                .filter_map(|import| wkt::find(&import.path))
                .collect();
            for built_in in wanted {
                if !catalogue.by_name.contains_key(built_in.name) {
                    catalogue.enter(built_in.read(), diagnostics);
                }
            }
            at += 1;
        }
        catalogue
    }

    /// Two files under one name would shadow one another: the second one is left out.
    fn enter(&mut self, file: NamedFile<'a>, diagnostics: &mut Vec<Diagnostic>) {
        let next = index(self.files.len());
        if let Some(first) = self.by_name.get(file.name) {
            let first = &self.files[*first as usize];
            diagnostics.push(
                Diagnostic::error("protobuf/duplicate_file", format!("two files are named \"{}\"", file.name))
                    .at(file.file.span.before(), "the second one, which is left out")
                    .at(first.file.span.before(), "the first one")
                    .help("give each include root its own run, or remove one of the files"),
            );
            return;
        }
        self.by_name.insert(file.name.into(), next);
        self.files.push(file);
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// The import statements of a file, with an error for each that names no file or one that is imported already.
    pub(super) fn edges(&self, at: u32, diagnostics: &mut Vec<Diagnostic>) -> Vec<Edge> {
        let file = &self.files[at as usize];
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut edges = Vec::with_capacity(file.file.imports.len());
        for import in &file.file.imports {
            let target = self.find(&import.path);
            if let Some(first) = seen.insert(&import.path, import.path_span) {
                diagnostics.push(
                    Diagnostic::error("protobuf/duplicate_import", format!("\"{}\" is imported twice", import.path))
                        .at(import.path_span, "imported again here")
                        .at(first, "first imported here")
                        .help("remove one of the two imports"),
                );
            } else if target.is_none() {
                diagnostics.push(self.missing(file.name, import));
            }
            edges.push(Edge { target, kind: import_kind(import.kind), span: import.path_span });
        }
        edges
    }

    fn missing(&self, importer: &str, import: &ast::Import<'_>) -> Diagnostic {
        let message = format!("import \"{}\" names no file", import.path);
        let error = Diagnostic::error("protobuf/missing_import", message).at(import.path_span, "not among the files");
        if import.path.contains('\\') {
            return error.help("write import paths with `/`");
        }
        let near = self.near(&import.path);
        if near.is_empty() {
            let note = format!("looked for it among {} files, by their paths below the include root", self.own_count);
            return error.note(note).help(format!(
                "add the include root that holds it, or the dependency that `{importer}` takes it from"
            ));
        }
        let names: Vec<_> = near.iter().map(|name| format!("\"{name}\"")).collect();
        error.help(format!(
            "a file of that name is known as {}: import it by that path, or choose another include root",
            names.join(", ")
        ))
    }

    /// Up to three files with the same last part of their name, in their order.
    fn near(&self, wanted: &str) -> Vec<&'a str> {
        let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_owned();
        let wanted = last(wanted);
        self.files.iter().map(|file| file.name).filter(|name| last(name) == wanted).take(3).collect()
    }
}

fn import_kind(kind: ast::ImportKind) -> ImportKind {
    match kind {
        ast::ImportKind::Plain => ImportKind::Plain,
        ast::ImportKind::Public => ImportKind::Public,
        ast::ImportKind::Weak => ImportKind::Weak,
        ast::ImportKind::Option => ImportKind::OptionOnly,
    }
}

/// Groups the files so that each group only needs groups before it. A group of more than one file, or
/// of one that imports itself, is an import cycle. The file that declares the options, if it is among
/// them, goes first: every file may use it without importing it.
///
/// Source: Tarjan's algorithm, with a stack of its own.
pub(super) fn link_order(files: &[FileInfo], descriptor: Option<u32>) -> Vec<Vec<u32>> {
    const NEW: u32 = u32::MAX;
    let mut order = Order { reached: vec![NEW; files.len()], low: vec![0; files.len()], ..Order::default() };
    order.on_stack = vec![false; files.len()];
    for start in descriptor.into_iter().chain(0..index(files.len())) {
        if order.reached[start as usize] == NEW {
            order.visit(start, files);
        }
    }
    order.groups
}

#[derive(Default)]
struct Order {
    /// When each file was reached first.
    reached: Vec<u32>,
    /// The earliest file that each file leads back to.
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<u32>,
    count: u32,
    groups: Vec<Vec<u32>>,
}

impl Order {
    fn visit(&mut self, start: u32, files: &[FileInfo]) {
        let mut open: Vec<(u32, usize)> = vec![(start, 0)];
        self.enter(start);
        while let Some((at, next)) = open.last_mut() {
            let at = *at;
            let edge = files[at as usize].imports.get(*next);
            *next += 1;
            match edge.map(|edge| edge.target) {
                Some(Some(target)) if self.reached[target as usize] == u32::MAX => {
                    self.enter(target);
                    open.push((target, 0));
                }
                Some(Some(target)) if self.on_stack[target as usize] => {
                    self.low[at as usize] = self.low[at as usize].min(self.reached[target as usize]);
                }
                Some(_) => {}
                None => {
                    open.pop();
                    self.leave(at, open.last().map(|(parent, _)| *parent));
                }
            }
        }
    }

    fn enter(&mut self, at: u32) {
        self.reached[at as usize] = self.count;
        self.low[at as usize] = self.count;
        self.count += 1;
        self.stack.push(at);
        self.on_stack[at as usize] = true;
    }

    fn leave(&mut self, at: u32, parent: Option<u32>) {
        if let Some(parent) = parent {
            self.low[parent as usize] = self.low[parent as usize].min(self.low[at as usize]);
        }
        if self.low[at as usize] != self.reached[at as usize] {
            return;
        }
        let mut group = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.on_stack[member as usize] = false;
            group.push(member);
            if member == at {
                break;
            }
        }
        group.sort_unstable();
        self.groups.push(group);
    }
}

/// The error for a group of files that import one another; `None` if they don't.
pub(super) fn cycle(group: &[u32], files: &[FileInfo]) -> Option<Diagnostic> {
    let start = *group.first()?;
    let imports_itself = files[start as usize].imports.iter().any(|edge| edge.target == Some(start));
    if group.len() == 1 && !imports_itself {
        return None;
    }
    let steps = shortest_cycle(start, group, files);
    let mut names: Vec<&str> = steps.iter().map(|(at, _)| &*files[*at as usize].name).collect();
    names.push(&files[start as usize].name);
    let message = format!("these files import one another: {}", names.join(" → "));
    let mut error = Diagnostic::error("protobuf/import_cycle", message);
    for (position, (_, span)) in steps.iter().enumerate() {
        let text = if position == 0 { "the cycle starts with this import" } else { "goes on here" };
        error = error.at(*span, text);
    }
    Some(error.help("move what both need into a file of its own"))
}

/// From `start` along imports inside the group back to `start`: each file with the import it takes.
fn shortest_cycle(start: u32, group: &[u32], files: &[FileInfo]) -> Vec<(u32, Span)> {
    let mut came_from: FxHashMap<u32, (u32, Span)> = FxHashMap::default();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for edge in &files[at as usize].imports {
            let Some(target) = edge.target.filter(|target| group.binary_search(target).is_ok()) else { continue };
            if came_from.contains_key(&target) {
                continue;
            }
            came_from.insert(target, (at, edge.span));
            queue.push_back(target);
        }
        if came_from.contains_key(&start) {
            break;
        }
    }
    let mut steps = Vec::new();
    let mut at = start;
    while let Some((from, span)) = came_from.get(&at) {
        steps.push((*from, *span));
        at = *from;
        if at == start {
            break;
        }
    }
    steps.reverse();
    steps
}

/// What one file sees of the others.
#[derive(Debug)]
pub(super) struct Sight {
    /// For each file, the last one that saw it for everything, and for options.
    files: Vec<[u32; 2]>,
    /// For each full name that is a package, likewise.
    packages: Vec<[u32; 2]>,
    viewer: u32,
}

/// What is looked for: edition 2024 can import names for options only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Types,
    Options,
}

impl Sight {
    pub(super) fn new(file_count: usize, path_count: usize) -> Self {
        Self { files: vec![[u32::MAX; 2]; file_count], packages: vec![[u32::MAX; 2]; path_count], viewer: u32::MAX }
    }

    /// Looks from a file: itself, what it imports, and what that imports publicly.
    pub(super) fn look_from(&mut self, viewer: u32, files: &[FileInfo], parent: impl Fn(PathId) -> PathId) {
        self.viewer = viewer;
        self.spread(vec![viewer], Purpose::Types, files, &parent);
        let targets = |wanted: fn(ImportKind) -> bool| {
            let imports = &files[viewer as usize].imports;
            imports.iter().filter(|edge| wanted(edge.kind)).filter_map(|edge| edge.target).collect::<Vec<_>>()
        };
        self.spread(targets(|kind| kind != ImportKind::OptionOnly), Purpose::Types, files, &parent);
        self.spread(targets(|kind| kind == ImportKind::OptionOnly), Purpose::Options, files, &parent);
    }

    fn spread(&mut self, mut open: Vec<u32>, purpose: Purpose, files: &[FileInfo], parent: &impl Fn(PathId) -> PathId) {
        let column = purpose as usize;
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut self.files[at as usize][column], self.viewer) == self.viewer {
                continue;
            }
            let info = &files[at as usize];
            let mut package = info.package;
            while self.packages[package.index()][column] != self.viewer {
                self.packages[package.index()][column] = self.viewer;
                package = parent(package);
            }
            // Public imports of the file itself are among its imports, which the caller follows.
            if at != self.viewer {
                let public = info.imports.iter().filter(|edge| edge.kind == ImportKind::Public);
                open.extend(public.filter_map(|edge| edge.target));
            }
        }
    }

    /// Whether the file that looks can use names that another one declares.
    pub(super) fn sees_file(&self, file: u32, purpose: Purpose) -> bool {
        self.sees(self.files[file as usize], purpose)
    }

    /// Whether some file that is seen stands in a package, or in one below it.
    pub(super) fn sees_package(&self, path: PathId, purpose: Purpose) -> bool {
        self.packages.get(path.index()).is_some_and(|seen| self.sees(*seen, purpose))
    }

    fn sees(&self, seen: [u32; 2], purpose: Purpose) -> bool {
        seen[0] == self.viewer || (purpose == Purpose::Options && seen[1] == self.viewer)
    }
}

pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a link has fewer than 2^32 files")
}

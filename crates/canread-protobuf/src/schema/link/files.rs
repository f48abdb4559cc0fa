//! The files of one link: which of them an import means, in which order they are linked, what each one sees.

use std::borrow::Cow;

use canread_model::{ImportKind, ModuleId};
use canread_syntax::{Diagnostic, FileId, Span};
use rustc_hash::FxHashMap;

use super::names::{PathId, ROOT};
use super::{Linker, NamedFile};
use crate::schema::ast::{self, Version};
use crate::schema::{parse, scan_imports, wkt};

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

/// A file before it is linked.
pub(super) struct Input<'a> {
    /// The name that others import it by.
    pub(super) name: &'a str,
    /// Where spans of its text point to.
    pub(super) id: FileId,
    /// Its text; empty where there is only a tree.
    pub(super) text: &'a str,
    /// Its syntax tree, unless it is still to be made from the text.
    pub(super) tree: Option<ast::File<'a>>,
    /// What it imports.
    pub(super) imports: Vec<Cow<'a, str>>,
}

impl<'a> Input<'a> {
    /// A file that is parsed when it is needed.
    pub(super) fn of_text(name: &'a str, id: FileId, text: &'a str) -> Self {
        let imports = scan_imports(text).into_iter().map(|import| import.path).collect();
        Self { name, id, text, tree: None, imports }
    }

    fn of_tree(named: NamedFile<'a>) -> Self {
        let NamedFile { name, text, file } = named;
        let imports = file.imports.iter().map(|import| import.path.clone()).collect();
        Self { name, id: file.span.file, text, tree: Some(file), imports }
    }

    /// The file with its tree, and what is wrong with its text.
    pub(super) fn parse(self) -> (NamedFile<'a>, Vec<Diagnostic>) {
        let named = |file| NamedFile { name: self.name, text: self.text, file };
        if let Some(tree) = self.tree {
            return (named(tree), Vec::new());
        }
        let parsed = parse(self.id, self.text);
        (named(parsed.file), parsed.diagnostics)
    }
}

impl<'a> From<NamedFile<'a>> for Input<'a> {
    fn from(named: NamedFile<'a>) -> Self {
        Self::of_tree(named)
    }
}

/// The files by the name that others import them by; built-in ones are added when an import asks for them.
pub(super) struct Catalogue<'a> {
    /// Taken out one by one when they are linked.
    inputs: Vec<Option<Input<'a>>>,
    by_name: FxHashMap<&'a str, u32>,
}

impl<'a> Catalogue<'a> {
    /// Enters every file, and built-in files as far as imports reach them.
    pub(super) fn new(files: Vec<Input<'a>>, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut catalogue = Self { inputs: Vec::with_capacity(files.len()), by_name: FxHashMap::default() };
        for file in files {
            catalogue.enter(file, diagnostics);
        }
        let mut at = 0;
        while let Some(Some(file)) = catalogue.inputs.get(at) {
            let is_missing = |import: &&Cow<'_, str>| !catalogue.by_name.contains_key(&***import);
            let wanted: Vec<_> =
                file.imports.iter().filter(is_missing).filter_map(|import| wkt::find(import)).collect();
            for built_in in wanted {
                if !catalogue.by_name.contains_key(built_in.name) {
                    let file = Input::of_text(built_in.name, wkt::BUILT_IN, built_in.text);
                    catalogue.enter(file, diagnostics);
                }
            }
            at += 1;
        }
        catalogue
    }

    /// Two files under one name would shadow one another: the second one is left out.
    fn enter(&mut self, file: Input<'a>, diagnostics: &mut Vec<Diagnostic>) {
        let next = index(self.inputs.len());
        if let Some(first) = self.by_name.get(file.name) {
            let error = Diagnostic::error("protobuf/duplicate_file", format!("two files are named \"{}\"", file.name))
                .at(Span::new(file.id, 0, 0), "the second one, which is left out")
                .help("give each include root its own run, or remove one of the files");
            let first = self.inputs[*first as usize].as_ref().filter(|first| first.id != wkt::BUILT_IN);
            diagnostics.push(match first {
                Some(first) => error.at(Span::new(first.id, 0, 0), "the first one"),
                None => error,
            });
            return;
        }
        self.by_name.insert(file.name, next);
        self.inputs.push(Some(file));
    }

    /// What is known of each file before it is parsed.
    pub(super) fn infos(&self) -> Vec<FileInfo> {
        let inputs = self.inputs.iter().flatten().zip(0..);
        inputs.map(|(input, at)| FileInfo::new(input, ModuleId(at), |name| self.find(name))).collect()
    }

    /// Takes a file out, to be linked.
    pub(super) fn take(&mut self, at: u32) -> Option<Input<'a>> {
        self.inputs.get_mut(at as usize)?.take()
    }

    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }
}

impl FileInfo {
    fn new(input: &Input<'_>, module: ModuleId, find: impl Fn(&str) -> Option<u32>) -> Self {
        let edge = |import: &Cow<'_, str>| {
            // What the tree says about the import is filled in when there is one.
            Edge { target: find(import), kind: ImportKind::Plain, span: Span::new(input.id, 0, 0) }
        };
        Self {
            name: input.name.into(),
            id: input.id,
            version: Version::Proto2,
            imports: input.imports.iter().map(edge).collect(),
            package: ROOT,
            module,
            first_decl: 0,
            import_place: Span::new(input.id, 0, 0),
        }
    }
}

impl<'a> Linker<'a> {
    /// The import statements of a file, with an error for each that names no file or one that is imported already.
    pub(super) fn edges(&mut self, file: &ast::File<'a>) -> Vec<Edge> {
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut edges = Vec::with_capacity(file.imports.len());
        for import in &file.imports {
            let target = self.catalogue.find(&import.path);
            if let Some(first) = seen.insert(&import.path, import.path_span) {
                self.diagnostics.push(
                    Diagnostic::error("protobuf/duplicate_import", format!("\"{}\" is imported twice", import.path))
                        .at(import.path_span, "imported again here")
                        .at(first, "first imported here")
                        .help("remove one of the two imports"),
                );
            } else if target.is_none() {
                let error = self.missing_import(import);
                self.diagnostics.push(error);
            }
            edges.push(Edge { target, kind: import_kind(import.kind), span: import.path_span });
        }
        edges
    }

    fn missing_import(&self, import: &ast::Import<'_>) -> Diagnostic {
        let message = format!("import \"{}\" names no file", import.path);
        let error = Diagnostic::error("protobuf/missing_import", message).at(import.path_span, "not among the files");
        if import.path.contains('\\') {
            return error.help("write import paths with `/`");
        }
        let near: Vec<_> = self.near(&import.path).iter().map(|name| format!("\"{name}\"")).collect();
        if near.is_empty() {
            let note = format!("looked among {} files, by their paths below the include root", self.files.len());
            return error.note(note).help("add the include root or the dependency that holds it");
        }
        error.help(format!(
            "a file of that name is known as {}: import it by that path, or choose another include root",
            near.join(", ")
        ))
    }

    /// Up to three files with the same last part of their name, in their order.
    fn near(&self, wanted: &str) -> Vec<&str> {
        if !self.may_suggest() {
            return Vec::new();
        }
        let last = |name: &'_ str| name.rfind('/').map_or(0, |slash| slash + 1);
        let wanted = &wanted[last(wanted)..];
        let names = self.files.iter().map(|file| &*file.name);
        names.filter(|name| &name[last(name)..] == wanted).take(3).collect()
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
    /// For each full name that is a package, likewise; as far as there are any.
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
    pub(super) fn new(file_count: usize) -> Self {
        Self { files: vec![[u32::MAX; 2]; file_count], packages: Vec::new(), viewer: u32::MAX }
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
            loop {
                if self.packages.len() <= package.index() {
                    self.packages.resize(package.index() + 1, [u32::MAX; 2]);
                }
                let seen = &mut self.packages[package.index()][column];
                if std::mem::replace(seen, self.viewer) == self.viewer {
                    break;
                }
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

//! The files of one link, and which of them an import means.

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

pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a link has fewer than 2^32 files")
}

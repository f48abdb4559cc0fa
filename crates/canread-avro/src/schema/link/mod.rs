//! Syntax trees to one schema: names resolved, logical types and defaults read, rules checked.
//!
//! The passes, in their order:
//!
//! | file | does |
//! |---|---|
//! | `declare`, `names` | gives every named type its id, and every name its full name |
//! | `candidates` | which of several declarations of one name a file means |
//! | `imports` | finds imported files, whose messages a protocol has too |
//! | `define`, `types`, `logical` | fills declarations in; uses of types; what their values mean |
//! | `default` | reads defaults, which need whole types to be read by |
//! | `check` | the rules that a valid schema keeps |

mod candidates;
mod check;
mod declare;
mod default;
mod define;
mod imports;
mod logical;
mod names;
mod near;
mod options;
mod read;
mod types;

use std::collections::BTreeMap;

use canread_model::{DeclId, Format, ModuleId, NodeId, Schema};
use canread_syntax::{Diagnostic, FileId, SourceMap, Span};
use rustc_hash::FxHashMap;

use super::ast;
use super::problems::Problems;
pub use options::{DefaultRule, LinkOptions};
pub use read::{Syntax, read, read_as};
pub(super) use types::kind_name;

/// A parsed file under its name.
#[derive(Debug)]
pub struct NamedFile<'a> {
    /// What others call it: its path, with `/` between its parts.
    pub name: &'a str,
    /// Its syntax tree.
    pub file: ast::File<'a>,
}

/// What a set of files says.
#[derive(Debug)]
#[non_exhaustive]
pub struct Linked {
    /// The schema: complete if there are no errors, else what could be understood.
    pub schema: Schema,
    /// Where its nodes stand.
    pub map: SourceMap,
    /// What is wrong, file by file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Links files into one schema.
///
/// Input: syntax trees, whose own errors are the caller's business. Files may
/// use each other's names in any order; none needs to be imported.
///
/// Output: always a schema, with errors beside it.
///
/// * Every named type is a declaration at the top of its module, wherever it stands in the text.
/// * A file with a schema has an anonymous [`Element`](canread_model::Element): what it describes. A protocol is a
///   service, whose parameters are required fields and whose errors are exceptions named after their types. Messages
///   of protocols that it imports are its own too.
/// * `[null, T]` is a nullable `T`; other unions are anonymous declarations by position.
/// * Properties of a field, type, declaration or message are its annotations, in source order. Those of a fixed
///   hang on its type. A valid logical type is said in the model's words and so is no annotation.
/// * A default is a literal of the type that it is for: bytes for bytes and fixed, floats for float
///   and double, fields for records, text for the symbol of an enum.
///
/// One full name may be declared in several files if all say the same: generated schemas repeat what they use. If they
/// don't, that is an error where one file needs both, directly or not, and else a warning. A name means the declaration
/// of its own file, then an imported one, then that of the nearest directory.
///
/// Source: Avro 1.12, and its Java library where the specification leaves gaps.
#[must_use]
pub fn link(files: Vec<NamedFile<'_>>, options: &LinkOptions) -> Linked {
    let files: Vec<_> = files.into_iter().map(|file| (file.name, Some(file.file))).collect();
    run(&files, Vec::new(), options)
}

/// Files by name; one that could not be parsed has no tree.
type Files<'t, 'a> = &'t [(&'t str, Option<ast::File<'a>>)];

/// Links files, and puts what is wrong with their texts in front.
fn run(files: Files<'_, '_>, parsed: Vec<Diagnostic>, options: &LinkOptions) -> Linked {
    let mut linker = Linker::new(options);
    for (name, file) in files {
        linker.declare_file(name, file.as_ref());
    }
    linker.resolve_imports(files);
    for at in 0..files.len() {
        linker.define_file(at, files);
    }
    linker.read_defaults();
    linker.check();
    linker.finish(parsed)
}

/// How many times a linker looks through all names for one that was meant.
const SUGGESTIONS_MAX: u32 = 50;

struct Linker<'t> {
    options: LinkOptions,
    schema: Schema,
    map: SourceMap,
    /// By the file that they are about.
    problems: BTreeMap<FileId, Problems>,
    /// Named types by the module that declares them and their full name.
    own: FxHashMap<(ModuleId, Box<str>), DeclId>,
    /// Named types by full name, in the order of the files.
    all: FxHashMap<Box<str>, Vec<DeclId>>,
    /// Which files name types of which.
    uses: candidates::Uses,
    /// Named types in the order of the files and, in each, of the tree.
    declared: Vec<DeclId>,
    /// How many of `declared` have been defined.
    defined: usize,
    /// Defaults that are still to be read.
    defaults: Vec<default::Pending<'t>>,
    suggestions_left: u32,
    /// Imports by file.
    imports: Vec<Vec<imports::Edge>>,
    /// How many files and messages imports may still bring to protocols.
    imports_left: usize,
    /// Whether something is made again of what was told about before: nothing more is told, and nothing declared.
    is_copying: bool,
}

impl Linker<'_> {
    fn new(options: &LinkOptions) -> Self {
        Self {
            options: options.clone(),
            schema: Schema::new(Format::Avro),
            map: SourceMap::default(),
            problems: BTreeMap::new(),
            own: FxHashMap::default(),
            all: FxHashMap::default(),
            uses: candidates::Uses::default(),
            declared: Vec::new(),
            defined: 0,
            defaults: Vec::new(),
            suggestions_left: SUGGESTIONS_MAX,
            imports: Vec::new(),
            imports_left: imports::budget(),
            is_copying: false,
        }
    }

    fn finish(self, mut diagnostics: Vec<Diagnostic>) -> Linked {
        for (file, problems) in self.problems {
            diagnostics.extend(problems.finish(Span::new(file, 0, 0)));
        }
        // Passes go by kind of rule: people read from top to bottom.
        diagnostics.sort_by_key(|diagnostic| diagnostic.span().map(|span| (span.file, span.start)));
        Linked { schema: self.schema, map: self.map, diagnostics }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.is_copying {
            return;
        }
        let file = diagnostic.span().map_or(FileId(u32::MAX), |span| span.file);
        self.problems.entry(file).or_default().add(diagnostic);
    }

    /// A new node at a place of the text.
    fn node(&mut self, whole: Span, name: Span) -> NodeId {
        let node = self.schema.node();
        self.map.set(node.0, whole, name);
        node
    }

    /// Marks where a node's name stands.
    fn also_at(&self, diagnostic: Diagnostic, node: NodeId, text: &str) -> Diagnostic {
        match self.map.place(node.0) {
            Some(place) => diagnostic.at(place.name, text),
            None => diagnostic,
        }
    }

    /// Where a node's name stands; every node of this linker stands somewhere.
    fn place(&self, node: NodeId) -> Span {
        self.map.place(node.0).map_or(Span::new(FileId(u32::MAX), 0, 0), |place| place.name)
    }
}

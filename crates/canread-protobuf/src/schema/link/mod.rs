//! Syntax trees to one schema: names resolved, options read, features applied, rules checked.
//!
//! The passes, in their order:
//!
//! | file | does |
//! |---|---|
//! | `files`, `order`, `sight` | which file an import means; which file comes first; what a file sees of others |
//! | `flat`, `names` | the declarations of a file as a list; the tree of full names |
//! | `declare` | gives every declaration its id and every name its meaning |
//! | `collide` | finds names that are declared twice |
//! | `define`, `resolve` | fills declarations in; says what a name means |
//! | `option` | reads options, built-in and custom ones, into annotations |
//! | `feature` | resolves edition features and applies them |
//! | `check` | the rules that a valid schema keeps |
//!
//! The last four run file by file, imported files first, so that a syntax tree
//! can be dropped as soon as its file is linked.

mod check;
mod collide;
mod declare;
mod define;
mod feature;
mod files;
mod flat;
mod names;
mod option;
mod order;
mod read;
mod resolve;
mod sight;

use std::cell::{Cell, RefCell};

use canread_model::{DeclId, Field, Format, NodeId, Schema};
use canread_syntax::{Diagnostic, SourceMap, Span};

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rustc_hash::FxHashMap;

use super::ast;
use super::wkt::BUILT_IN;
use feature::SymbolVisibility;
use files::{Catalogue, FileInfo, Input};
use flat::{Flat, flatten};
use names::{Names, PathId};
use option::{MemberIndex, Universe};
use order::{cycle, link_order};
pub use read::read;
use resolve::Unresolved;
use sight::Sight;

/// A parsed file under the name that others import it by.
#[derive(Debug)]
pub struct NamedFile<'a> {
    /// The import name: the path below the include root, with `/` between its parts.
    pub name: &'a str,
    /// The text that the tree was made from, for documentation; empty if there is none.
    pub text: &'a str,
    /// Its syntax tree.
    pub file: ast::File<'a>,
}

/// What the linker is asked for.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct LinkOptions {
    /// Whether comments are kept as documentation. Off by default: most checks don't read them.
    pub docs: bool,
}

impl LinkOptions {
    /// Keeps comments as documentation, or not.
    #[must_use]
    pub fn with_docs(mut self, docs: bool) -> Self {
        self.docs = docs;
        self
    }
}

/// What a set of files says.
#[derive(Debug)]
#[non_exhaustive]
pub struct Linked {
    /// The schema: complete if there are no errors, else what could be understood.
    pub schema: Schema,
    /// Where its nodes stand. Nodes of built-in files stand nowhere.
    pub map: SourceMap,
    /// What is wrong, file by file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Links files into one schema.
///
/// Input: syntax trees, whose own errors are the caller's business, under
/// import names that are unique. Well-known `google/protobuf/*.proto` files
/// may be missing: built-in ones take their place, and become modules if they are imported.
///
/// Output: always a schema, with errors beside it. Features are resolved into
/// the nodes they concern. Every option of every node is an annotation in
/// source order, lists apart into one annotation per value, built-in ones
/// included; its path names extensions in full, in parentheses:
/// `deprecated`, `(google.api.http)`, `features.(pb.cpp).string_type`. Options
/// of an `extensions` statement hang on each of its ranges. `default` becomes
/// the field's preset and `json_name` its identity in JSON.
///
/// The word `optional` where it says nothing (proto3 message fields and
/// extensions) is kept as [`Field::occurs`].
///
/// Source: the Protobuf language specifications, and protoc 35 where they leave gaps.
#[must_use]
pub fn link(files: Vec<NamedFile<'_>>, options: &LinkOptions) -> Linked {
    run(files.into_iter().map(Input::from).collect(), options)
}

/// How many files are parsed ahead while others are linked; trees take more memory than all else.
const FILES_AHEAD: usize = 96;

/// Links files in the order of their imports, while those that come next are parsed.
fn run(files: Vec<Input<'_>>, options: &LinkOptions) -> Linked {
    let mut linker = Linker::new(files, options);
    let descriptor = linker.catalogue.find(option::DESCRIPTOR_FILE);
    if descriptor.is_none() {
        linker.universe = Universe::of(&linker.schema, None);
    }
    let mut groups = link_order(&linker.files, descriptor).into_iter();
    let mut batch = Vec::new();
    loop {
        let ahead = linker.next_batch(&mut groups);
        let is_last = ahead.is_empty();
        let ((), parsed) = rayon::join(|| linker.link_batch(batch), || parse_batch(ahead));
        batch = parsed;
        if is_last {
            return linker.finish();
        }
    }
}

/// Files that import one another, each with its number.
type Group<T> = Vec<(u32, T)>;

/// A file with its tree, and what is wrong with its text.
type Parsed<'a> = (NamedFile<'a>, Vec<Diagnostic>);

fn parse_batch(groups: Vec<Group<Input<'_>>>) -> Vec<Group<Parsed<'_>>> {
    groups.into_par_iter().map(|group| group.into_iter().map(|(at, input)| (at, input.parse())).collect()).collect()
}

struct Linker<'a> {
    docs: bool,
    schema: Schema,
    map: SourceMap,
    diagnostics: Vec<Diagnostic>,
    names: Names<'a>,
    catalogue: Catalogue<'a>,
    files: Vec<FileInfo>,
    /// Full name of each declaration.
    paths: Vec<PathId>,
    /// Full names that were declared again, in the order of that.
    collisions: Vec<PathId>,
    /// Names that mean nothing.
    unresolved: Vec<Unresolved>,
    sight: Sight,
    /// Index of the file that is being linked.
    current: u32,
    /// Who may use what the files that are linked declare, where a declaration says nothing itself.
    default_visibility: Vec<Option<SymbolVisibility>>,
    /// Where the built-in options are declared.
    universe: Universe,
    /// Suggestions look at every name, so there is a limited number of them.
    suggestions_left: Cell<u32>,
    /// Members of large messages and enums by name, made when options ask for them.
    indexes: RefCell<FxHashMap<DeclId, MemberIndex>>,
    /// Extension ranges by their start, of messages with many.
    range_indexes: RefCell<FxHashMap<DeclId, Vec<(i64, usize)>>>,
    /// Extension numbers that are taken: extended message, number, extension.
    extension_numbers: FxHashMap<(DeclId, i32), Vec<DeclId>>,
}

/// How many times a linker looks through all names for one that was meant.
const SUGGESTIONS_MAX: u32 = 50;

impl<'a> Linker<'a> {
    fn new(files: Vec<Input<'a>>, options: &LinkOptions) -> Self {
        let mut diagnostics = Vec::new();
        let catalogue = Catalogue::new(files, &mut diagnostics);
        let files = catalogue.infos();
        let mut linker = Self {
            docs: options.docs,
            schema: Schema::new(Format::Protobuf),
            map: SourceMap::default(),
            diagnostics,
            names: Names::new(),
            catalogue,
            sight: Sight::new(files.len()),
            default_visibility: vec![None; files.len()],
            files,
            paths: Vec::new(),
            collisions: Vec::new(),
            unresolved: Vec::new(),
            current: u32::MAX,
            universe: Universe::default(),
            suggestions_left: Cell::new(SUGGESTIONS_MAX),
            indexes: RefCell::default(),
            range_indexes: RefCell::default(),
            extension_numbers: FxHashMap::default(),
        };
        linker.declare_modules();
        linker
    }

    /// The next files to be parsed; none if all are.
    fn next_batch(&mut self, groups: &mut impl Iterator<Item = Vec<u32>>) -> Vec<Group<Input<'a>>> {
        let mut batch = Vec::new();
        let mut count = 0;
        while count < FILES_AHEAD {
            let Some(group) = groups.next() else { break };
            count += group.len();
            batch.push(group.into_iter().filter_map(|at| Some((at, self.catalogue.take(at)?))).collect());
        }
        batch
    }

    fn link_batch(&mut self, groups: Vec<Group<Parsed<'a>>>) {
        for group in groups {
            let mut files = Vec::with_capacity(group.len());
            for (at, (named, diagnostics)) in group {
                self.diagnostics.extend(diagnostics);
                files.push((at, named));
            }
            self.link_group(&files);
        }
    }

    /// Links files that import one another; nearly always this is one file.
    fn link_group(&mut self, group: &[(u32, NamedFile<'a>)]) {
        let units: Vec<_> = group.iter().map(|(at, named)| Unit::new(*at, named)).collect();
        for unit in &units {
            self.declare_file(unit);
            if unit.named.name == option::DESCRIPTOR_FILE {
                self.universe = Universe::of(&self.schema, Some(unit.at));
            }
        }
        let numbers: Vec<u32> = group.iter().map(|(at, _)| *at).collect();
        self.diagnostics.extend(cycle(&numbers, &self.files));
        let mut pending = Vec::with_capacity(units.len());
        for unit in &units {
            self.look_from(unit.at);
            pending.push(self.define_file(unit));
        }
        for (unit, pending) in units.iter().zip(&pending) {
            self.look_from(unit.at);
            let read = self.read_options(unit.named.text, pending);
            let features = self.resolve_features(unit);
            self.check_file(unit, &read, &features);
        }
    }

    fn look_from(&mut self, at: u32) {
        if self.current != at {
            self.current = at;
            self.sight.look_from(at, &self.files, |path| self.names.parent(path));
        }
    }

    fn finish(mut self) -> Linked {
        self.tell_unresolved();
        self.check_collisions();
        // Passes go by kind of rule and files by need: people read from top to bottom.
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span().map(|span| (span.file, span.start)));
        Linked { schema: self.schema, map: self.map, diagnostics: self.diagnostics }
    }

    /// A new node at a place of the text.
    fn node(&mut self, whole: Span, name: Span) -> NodeId {
        let node = self.schema.node();
        self.place(node, whole, name);
        node
    }

    /// Says where a node stands, if it stands in a text.
    fn place(&mut self, node: NodeId, whole: Span, name: Span) {
        if whole.file != BUILT_IN {
            self.map.set(node.0, whole, name);
        }
    }

    /// Marks where a node's name stands, if it stands in a text.
    fn also_at(&self, diagnostic: Diagnostic, node: NodeId, text: &str) -> Diagnostic {
        match self.map.place(node.0) {
            Some(place) => diagnostic.at(place.name, text),
            None => diagnostic,
        }
    }

    fn field(&self, field: FieldRef) -> &Field {
        field.of(&self.schema)
    }
}

/// One file while it is linked.
struct Unit<'t, 'a> {
    at: u32,
    named: &'t NamedFile<'a>,
    flats: Vec<Flat<'t, 'a>>,
}

impl<'t, 'a> Unit<'t, 'a> {
    fn new(at: u32, named: &'t NamedFile<'a>) -> Self {
        Self { at, named, flats: flatten(&named.file) }
    }

    /// Whether the version that the text states is the one that the tree has: one that is not known stands there
    /// as the newest known.
    fn knows_version(&self) -> bool {
        let Some(syntax) = self.named.file.syntax else { return true };
        let stated = self.named.text.get(syntax.value_span.range());
        stated.is_none_or(|stated| stated.contains(syntax.version.as_str()))
    }
}

/// Names one field of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum FieldRef {
    /// A field of a record, by index.
    Member(DeclId, u32),
    /// An extension.
    Extension(DeclId),
}

impl FieldRef {
    fn of(self, schema: &Schema) -> &Field {
        match self {
            Self::Member(decl, at) => {
                let record = schema.decl(decl).as_record().expect("a field reference names a record");
                &record.fields[at as usize]
            }
            Self::Extension(decl) => {
                let extension = schema.decl(decl).as_extension().expect("a field reference names an extension");
                &extension.field
            }
        }
    }

    fn of_mut(self, schema: &mut Schema) -> &mut Field {
        use canread_model::DeclKind;
        match (self, self.decl()) {
            (Self::Member(_, at), decl) => match &mut schema.decl_mut(decl).kind {
                DeclKind::Record(record) => &mut record.fields[at as usize],
                _ => unreachable!("a field reference names a record"),
            },
            (Self::Extension(_), decl) => match &mut schema.decl_mut(decl).kind {
                DeclKind::Extension(extension) => &mut extension.field,
                _ => unreachable!("a field reference names an extension"),
            },
        }
    }

    /// The record it stands in, or the extension that it is.
    fn decl(self) -> DeclId {
        match self {
            Self::Member(decl, _) | Self::Extension(decl) => decl,
        }
    }
}

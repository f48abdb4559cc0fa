//! Every full name of every file, as one tree: packages, messages, fields, values and so on.
//!
//! Each name is stored once and is a number from then on, so that walking up the
//! scopes of a reference hashes two numbers per step and allocates nothing.

use std::borrow::Cow;
use std::num::NonZeroU32;

use canread_model::DeclId;
use canread_syntax::{FileId, Span};
use rustc_hash::FxHashMap;

/// Names one identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NameId(u32);

/// Names one full name: a node of the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct PathId(u32);

/// The name of everything that has no name: the outermost scope.
pub(super) const ROOT: PathId = PathId(0);

/// What a full name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolKind {
    Package,
    Message(DeclId),
    /// The message that a map field stands for, and that nothing may name.
    MapEntry,
    Enum(DeclId),
    Service(DeclId),
    Extension(DeclId),
    Field,
    Oneof,
    EnumValue,
    Method,
}

impl SymbolKind {
    /// Whether further names can stand behind it.
    pub(super) fn is_scope(self) -> bool {
        matches!(self, Self::Package | Self::Message(_) | Self::MapEntry | Self::Enum(_) | Self::Service(_))
    }

    /// Whether a field can have it as its type.
    pub(super) fn is_type(self) -> bool {
        matches!(self, Self::Message(_) | Self::MapEntry | Self::Enum(_))
    }

    /// What it is called in messages, with its article.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Package => "a package",
            Self::Message(_) => "a message",
            Self::MapEntry => "the entry message of a map field",
            Self::Enum(_) => "an enum",
            Self::Service(_) => "a service",
            Self::Extension(_) => "an extension",
            Self::Field => "a field",
            Self::Oneof => "a oneof",
            Self::EnumValue => "an enum value",
            Self::Method => "a method",
        }
    }
}

/// One meaning of a full name; files that never meet may give it several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Symbol {
    pub(super) kind: SymbolKind,
    /// Index of the file that declares it.
    pub(super) file: u32,
    start: u32,
    end: u32,
    /// Further meanings of the same full name.
    next: Option<SymbolId>,
}

impl Symbol {
    /// Where its name stands.
    pub(super) fn span(&self, file: FileId) -> Span {
        Span::new(file, self.start, self.end)
    }
}

/// The place of a symbol, counted from 1: a name without one costs no more room.
#[derive(Debug, Clone, Copy)]
struct SymbolId(NonZeroU32);

impl SymbolId {
    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

#[derive(Debug)]
struct Node {
    parent: PathId,
    name: NameId,
    symbol: Option<SymbolId>,
}

/// Every identifier, and every full name with what it stands for.
#[derive(Debug)]
pub(super) struct Names<'a> {
    ids: FxHashMap<Cow<'a, str>, NameId>,
    texts: Vec<Cow<'a, str>>,
    children: FxHashMap<(PathId, NameId), PathId>,
    nodes: Vec<Node>,
    symbols: Vec<Symbol>,
}

impl<'a> Names<'a> {
    pub(super) fn new() -> Self {
        let root = Node { parent: ROOT, name: NameId(u32::MAX), symbol: None };
        Self {
            ids: FxHashMap::default(),
            texts: Vec::new(),
            children: FxHashMap::default(),
            nodes: vec![root],
            symbols: Vec::new(),
        }
    }

    /// The number of an identifier, which is new or not.
    pub(super) fn intern(&mut self, name: Cow<'a, str>) -> NameId {
        if let Some(id) = self.ids.get(&name) {
            return *id;
        }
        let id = NameId(number(self.texts.len()));
        self.texts.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    /// The number of an identifier that some declaration has.
    pub(super) fn id(&self, name: &str) -> Option<NameId> {
        self.ids.get(name).copied()
    }

    /// The full name `scope.name`, which is new or not.
    pub(super) fn child_or_new(&mut self, scope: PathId, name: NameId) -> PathId {
        let next = PathId(number(self.nodes.len()));
        let path = *self.children.entry((scope, name)).or_insert(next);
        if path == next {
            self.nodes.push(Node { parent: scope, name, symbol: None });
        }
        path
    }

    /// The full name `scope.name`, if something has it or something below it.
    pub(super) fn child(&self, scope: PathId, name: NameId) -> Option<PathId> {
        self.children.get(&(scope, name)).copied()
    }

    /// The scope around a full name; that of the outermost scope is itself.
    pub(super) fn parent(&self, path: PathId) -> PathId {
        self.node(path).parent
    }

    /// Gives a full name a meaning. Later ones stand behind earlier ones.
    pub(super) fn declare(&mut self, path: PathId, kind: SymbolKind, file: u32, span: Span) {
        self.symbols.push(Symbol { kind, file, start: span.start, end: span.end, next: None });
        let count = NonZeroU32::new(number(self.symbols.len()));
        let id = SymbolId(count.expect("a symbol was just added"));
        let Some(first) = self.node(path).symbol else {
            self.nodes[path.0 as usize].symbol = Some(id);
            return;
        };
        // Inserting behind the first one keeps this constant-time; only the first has a fixed place.
        let first = &mut self.symbols[first.index()];
        let rest = first.next.replace(id);
        self.symbols[id.index()].next = rest;
    }

    /// The first meaning that a full name was given.
    pub(super) fn first(&self, path: PathId) -> Option<&Symbol> {
        self.meanings(path).next()
    }

    /// Every meaning of a full name; the one given first comes first.
    pub(super) fn meanings(&self, path: PathId) -> impl Iterator<Item = &Symbol> {
        let mut at = self.node(path).symbol;
        std::iter::from_fn(move || {
            let symbol = &self.symbols[at?.index()];
            at = symbol.next;
            Some(symbol)
        })
    }

    /// The full name as text.
    pub(super) fn text(&self, path: PathId) -> String {
        let mut parts = Vec::new();
        let mut at = path;
        while at != ROOT {
            parts.push(&*self.texts[self.node(at).name.0 as usize]);
            at = self.node(at).parent;
        }
        parts.reverse();
        parts.join(".")
    }

    /// The last part of a full name.
    pub(super) fn last(&self, path: PathId) -> &str {
        self.texts.get(self.node(path).name.0 as usize).map_or("", |text| text)
    }

    /// Full names that end in this identifier, first declared first; for suggestions.
    pub(super) fn ending_in(&self, name: NameId) -> impl Iterator<Item = (PathId, &Symbol)> {
        self.nodes
            .iter()
            .enumerate()
            .filter(move |(_, node)| node.name == name)
            .filter_map(|(at, _)| Some((PathId(number(at)), self.first(PathId(number(at)))?)))
    }

    /// Identifiers that stand in a scope and mean something; for suggestions.
    pub(super) fn members(&self, scope: PathId) -> impl Iterator<Item = (PathId, &Symbol)> {
        self.nodes
            .iter()
            .enumerate()
            .skip(1)
            .filter(move |(_, node)| node.parent == scope)
            .filter_map(|(at, _)| Some((PathId(number(at)), self.first(PathId(number(at)))?)))
    }

    fn node(&self, path: PathId) -> &Node {
        &self.nodes[path.0 as usize]
    }
}

impl PathId {
    /// Full names are numbered without gaps, for vectors beside the tree.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a schema has fewer than 2^32 names")
}

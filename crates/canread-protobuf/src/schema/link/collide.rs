//! Names that are declared twice.
//!
//! In one file that is an error. Two files may give one name two meanings as
//! long as no file imports both of them, directly or not: then it is an error
//! too, since no program can hold both; otherwise it is worth a warning.

use std::collections::BTreeMap;

use canread_syntax::{Diagnostic, Severity};
use rustc_hash::FxHashSet;

use super::Linker;
use super::files::FileInfo;
use super::names::{PathId, Symbol, SymbolKind};

/// A full name with two meanings, the earlier one first.
type Collision = (PathId, Symbol, Symbol);

/// Collisions by the two files that are part of them.
type BetweenFiles = BTreeMap<(u32, u32), Vec<Collision>>;

impl Linker<'_> {
    pub(super) fn check_collisions(&mut self) {
        let mut reported: FxHashSet<PathId> = FxHashSet::default();
        let mut between_files: BetweenFiles = BTreeMap::new();
        for path in std::mem::take(&mut self.collisions) {
            // What stands inside a message that is declared twice collides too; that has been said.
            let outer = self.names.parent(path);
            if !reported.insert(path) || (reported.contains(&outer) && !self.is_package(outer)) {
                continue;
            }
            let mut symbols: Vec<Symbol> = self.names.meanings(path).copied().collect();
            symbols.sort_by_key(|symbol| (symbol.file, self.span(symbol).start));
            let first = symbols[0];
            let mut first_in_file = first;
            for symbol in &symbols[1..] {
                if symbol.file == first_in_file.file {
                    let error = self.declared_twice(path, symbol, &first_in_file);
                    self.diagnostics.push(error);
                } else {
                    first_in_file = *symbol;
                    between_files.entry((first.file, symbol.file)).or_default().push((path, first, *symbol));
                }
            }
        }
        self.report_between_files(&between_files);
    }

    fn is_package(&self, path: PathId) -> bool {
        self.names.meanings(path).any(|symbol| symbol.kind == SymbolKind::Package)
    }

    fn span(&self, symbol: &Symbol) -> canread_syntax::Span {
        symbol.span(self.files[symbol.file as usize].id)
    }

    fn declared_twice(&self, path: PathId, again: &Symbol, first: &Symbol) -> Diagnostic {
        let message = format!("`{}` is declared twice", self.names.text(path));
        let error = Diagnostic::error("protobuf/duplicate_name", message)
            .at(self.span(again), place("declared again here", again.kind))
            .at(self.span(first), place("first declared here", first.kind));
        let is_value = |symbol: &Symbol| symbol.kind == SymbolKind::EnumValue;
        if is_value(again) || is_value(first) {
            return error
                .note("values of an enum are siblings of the enum, not members of it, as in C++")
                .help("put the enum's name in front of its values");
        }
        error
    }

    fn report_between_files(&mut self, pairs: &BetweenFiles) {
        if pairs.is_empty() {
            return;
        }
        let mut importers = Importers::new(&self.files);
        for ((one, other), collisions) in pairs {
            let Some((path, first, again)) = collisions.first() else { continue };
            let name = self.names.text(*path);
            let (first_file, second_file) = (&self.files[*one as usize].name, &self.files[*other as usize].name);
            let more = match collisions.len() - 1 {
                0 => String::new(),
                1 => " and one more name".to_owned(),
                more => format!(" and {more} more names"),
            };
            let meet = importers.in_common(*one, *other);
            let severity = if meet.is_some() { Severity::Error } else { Severity::Warning };
            let message = format!("`{name}`{more} declared in both \"{first_file}\" and \"{second_file}\"");
            let diagnostic = Diagnostic::new(severity, "protobuf/duplicate_name", message)
                .at(self.span(again), place("declared again here", again.kind))
                .at(self.span(first), place("first declared here", first.kind));
            let note = match meet {
                Some(at) => format!("\"{}\" needs both files", self.files[at as usize].name),
                None => "no file needs both, but no program can hold both either".to_owned(),
            };
            self.diagnostics.push(diagnostic.note(note).help("give the files packages of their own"));
        }
    }
}

fn place(text: &str, kind: SymbolKind) -> String {
    match kind {
        SymbolKind::MapEntry => format!("{text}, as the entry message of this map field"),
        _ => format!("{text}, as {}", kind.describe()),
    }
}

/// Who imports whom, seen from below.
struct Importers {
    direct: Vec<Vec<u32>>,
    /// The file whose importers `above` marks.
    of: Option<u32>,
    above: Vec<bool>,
}

impl Importers {
    fn new(files: &[FileInfo]) -> Self {
        let mut direct = vec![Vec::new(); files.len()];
        for (at, file) in files.iter().enumerate() {
            for target in file.imports.iter().filter_map(|edge| edge.target) {
                direct[target as usize].push(super::files::index(at));
            }
        }
        Self { direct, of: None, above: Vec::new() }
    }

    /// The first file found that needs both files; a file needs itself.
    fn in_common(&mut self, one: u32, other: u32) -> Option<u32> {
        if self.of != Some(one) {
            self.above = vec![false; self.direct.len()];
            let mut open = vec![one];
            while let Some(at) = open.pop() {
                if !std::mem::replace(&mut self.above[at as usize], true) {
                    open.extend(&self.direct[at as usize]);
                }
            }
            self.of = Some(one);
        }
        let mut seen = FxHashSet::default();
        let mut open = std::collections::VecDeque::from([other]);
        while let Some(at) = open.pop_front() {
            if self.above[at as usize] {
                return Some(at);
            }
            if seen.insert(at) {
                open.extend(&self.direct[at as usize]);
            }
        }
        None
    }
}

//! A file and everything that it imports.

use std::collections::HashMap;

use canread_syntax::{Diagnostic, FileId, Span};

use super::super::Parsed;
use super::super::ast::{Body, File, Import, ImportKind};

/// What the caller knows of an imported file.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "a file is an id and a text; callers make these")]
pub struct Found<'a> {
    /// Which file it is: one that is imported twice has one id.
    pub file: FileId,
    /// Its text.
    pub text: &'a str,
}

/// A file and everything that it imports.
#[derive(Debug)]
#[non_exhaustive]
pub struct Loaded<'a> {
    /// The files, each once: first the one that was asked for, then the others in the order in which their imports
    /// stand, a file's own imports right behind it. One of which nothing was understood is missing.
    pub files: Vec<File<'a>>,
    /// What is wrong with the texts and the imports, file by file.
    pub diagnostics: Vec<Diagnostic>,
    /// For each file, for each of its imports, the index of the file: only where it was imported first.
    pub(super) imports: Vec<Vec<Option<usize>>>,
}

/// Reads a file and everything that it imports.
///
/// Input: an `.avdl` file, and how to find others: `find` gets the importing file and the statement, whose path is
/// relative to that file ([`import_path`] resolves it), and gives `None` for a file that is not there. It is
/// asked once a statement.
///
/// Errors, as diagnostics at the import: a file that is not there, a circle of imports, a file that is no protocol
/// or schema though the statement says so. The trees of all other files are there nevertheless.
///
/// Time and memory are those of the texts; imports may be nested to any depth.
///
/// Source: "Imports" in "IDL Language" of Avro 1.12. That a file which was imported before is not imported again is
/// what Avro Java does. It also takes circles, of which each file sees the others without
/// what they import; versions before 1.12 never came to an end on them.
///
/// ```
/// use canread::avro::schema::idl::{Found, load, parse};
/// use canread::schema::FileId;
///
/// let root = Found { file: FileId(0), text: r#"protocol P { import idl "a.avdl"; }"# };
/// let loaded = load(root, |_, _| None);
/// assert_eq!(loaded.diagnostics[0].message, "there is no file \"a.avdl\"");
/// ```
pub fn load<'a>(root: Found<'a>, find: impl FnMut(FileId, &Import<'_>) -> Option<Found<'a>>) -> Loaded<'a> {
    let nothing = Loaded { files: Vec::new(), diagnostics: Vec::new(), imports: Vec::new() };
    let mut loader = Loader { find, loaded: nothing, states: HashMap::new(), open: Vec::new() };
    loader.open(ImportKind::Idl, root);
    while let Some((index, next)) = loader.next_import() {
        loader.import(index, next);
    }
    loader.loaded
}

/// The path of an imported file, from that of the importing one, both with `/` between their parts.
///
/// `None` if the import leads out of the folder that the importing path starts from, names no file, or is absolute.
///
/// ```
/// use canread::avro::schema::idl::import_path;
///
/// assert_eq!(import_path("shop/order.avdl", "../common/money.avdl").as_deref(), Some("common/money.avdl"));
/// assert_eq!(import_path("order.avdl", "../money.avdl"), None);
/// ```
#[must_use]
pub fn import_path(importing: &str, path: &str) -> Option<String> {
    if path.is_empty() || path.starts_with('/') || path.ends_with('/') {
        return None;
    }
    let root = if importing.starts_with('/') { "/" } else { "" };
    let folder = importing.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| root.to_owned() + &parts.join("/"))
}

/// How far a file has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its imports are being followed; it is at this place of [`Loader::open`].
    Open(usize),
    Done,
}

/// A file whose imports are being followed.
struct Step {
    /// Its place in [`Loaded::files`].
    index: usize,
    /// How many of its imports have been followed.
    followed: usize,
}

struct Loader<'a, F> {
    find: F,
    loaded: Loaded<'a>,
    states: HashMap<FileId, State>,
    open: Vec<Step>,
}

impl<'a, F> Loader<'a, F>
where
    F: FnMut(FileId, &Import<'_>) -> Option<Found<'a>>,
{
    /// Reads a file that has not been read. Returns its place, if it could be read at all.
    fn open(&mut self, kind: ImportKind, found: Found<'a>) -> Option<usize> {
        let read = if kind == ImportKind::Idl { super::parse } else { super::super::parse };
        let Parsed { file, diagnostics } = read(found.file, found.text);
        self.loaded.diagnostics.extend(diagnostics);
        self.states.insert(found.file, State::Done);
        let file = file?;
        let index = self.loaded.files.len();
        self.states.insert(found.file, State::Open(self.open.len()));
        self.open.push(Step { index, followed: 0 });
        self.loaded.imports.push(vec![None; file.imports.len()]);
        self.loaded.files.push(file);
        Some(index)
    }

    /// The import to be followed next: the file that it stands in, and its place there.
    fn next_import(&mut self) -> Option<(usize, usize)> {
        while let Some(step) = self.open.last_mut() {
            let Step { index, followed } = *step;
            let Some(file) = self.loaded.files.get(index) else { break };
            if followed < file.imports.len() {
                step.followed += 1;
                return Some((index, followed));
            }
            self.states.insert(file.span.file, State::Done);
            self.open.pop();
        }
        None
    }

    fn import(&mut self, index: usize, at: usize) {
        let Some(file) = self.loaded.files.get(index) else { return };
        let Some(import) = file.imports.get(at) else { return };
        let (kind, span) = (import.kind, import.path.span);
        let Some(found) = (self.find)(file.span.file, import) else {
            let message = format!("there is no file \"{}\"", super::lex::shown(&import.path.text));
            let error = Diagnostic::error("avro/missing_import", message).at(span, "");
            self.loaded.diagnostics.push(error.help("the path is relative to the folder of this file"));
            return;
        };
        match self.states.get(&found.file) {
            Some(State::Done) => {}
            Some(&State::Open(place)) => self.circle(place, span),
            None => {
                let opened = self.open(kind, found);
                if let Some(opened) = opened {
                    self.check_kind(kind, opened, span);
                }
                if let Some(place) = self.loaded.imports.get_mut(index).and_then(|imports| imports.get_mut(at)) {
                    *place = opened;
                }
            }
        }
    }

    /// Reports an import of the open file at `place`.
    fn circle(&mut self, place: usize, span: Span) {
        const SHOWN_MAX: usize = 8;
        let mut error = Diagnostic::error("avro/import_circle", "this import closes a circle").at(span, "");
        // All but the innermost one stand at the import that leads to the next.
        let others = self.open.get(place..self.open.len().saturating_sub(1)).unwrap_or_default();
        for step in others.iter().take(SHOWN_MAX) {
            let file = self.loaded.files.get(step.index);
            if let Some(import) = file.and_then(|file| file.imports.get(step.followed.checked_sub(1)?)) {
                error = error.at(import.path.span, "which is imported here");
            }
        }
        self.loaded.diagnostics.push(error.help("move what both files need to a third one"));
    }

    fn check_kind(&mut self, kind: ImportKind, opened: usize, span: Span) {
        let Some(file) = self.loaded.files.get(opened) else { return };
        let message = match (kind, &file.body) {
            (ImportKind::Protocol, Body::Schema(_)) => "the imported file is a schema, not a protocol",
            (ImportKind::Schema, Body::Protocol(_)) => "the imported file is a protocol, not a schema",
            _ => return,
        };
        let help = if kind == ImportKind::Schema { "write `import protocol`" } else { "write `import schema`" };
        self.loaded.diagnostics.push(Diagnostic::error("avro/import_kind", message).at(span, "").help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::import_path;

    #[test]
    fn an_import_starts_from_the_folder_of_its_file() {
        for (importing, path, expected) in [
            ("a/b.avdl", "c.avdl", Some("a/c.avdl")),
            ("a/b.avdl", "../d/./c.avdl", Some("d/c.avdl")),
            ("/a/b.avdl", "c.avdl", Some("/a/c.avdl")),
            ("./b.avdl", "c.avdl", Some("c.avdl")),
            ("b.avdl", "../c.avdl", None),
            ("a/b.avdl", "/c.avdl", None),
            ("a/b.avdl", "..", None),
            ("a/b.avdl", "", None),
        ] {
            assert_eq!((path, import_path(importing, path).as_deref()), (path, expected));
        }
    }
}

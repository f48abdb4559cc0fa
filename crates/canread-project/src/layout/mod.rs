//! Files laid out in one way, and nothing lost on the way.
//!
//! | file | does |
//! |---|---|
//! | `json` | lays JSON out, token by token |
//! | `comments` | finds the words of comments, so that none is lost |

mod comments;
mod json;

use std::collections::{BTreeSet, HashMap};

use canread_avro::schema as avro;
use canread_model::{Format, Schema};
use canread_protobuf::schema::{self as protobuf, print::Printer};
use canread_syntax::{Diagnostic, FileId, Sources};

use crate::kind::is_json;
use crate::session::{Input, ReadFile};
use crate::{FileKind, Reading};

/// What laying out came to.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Layouts {
    /// Files whose text is to be another.
    pub changed: Vec<Layout>,
    /// Files that are laid out well.
    pub unchanged: Vec<String>,
    /// Files that nothing here lays out: IDL, descriptor sets, JSON files of other names.
    pub passed_over: Vec<String>,
    /// Files that would lose something, and what.
    pub refused: Vec<Diagnostic>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Layout {
    /// The file, as shown to users.
    pub file: String,
    /// Its text.
    pub old: String,
    /// The text that it should have.
    pub new: String,
}

impl Layouts {
    /// What came of several paths together; a file that more than one of them names counts once.
    #[must_use]
    pub fn together(several: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for one in several {
            all.changed.extend(one.changed);
            all.unchanged.extend(one.unchanged);
            all.passed_over.extend(one.passed_over);
            for problem in one.refused {
                if !all.refused.contains(&problem) {
                    all.refused.push(problem);
                }
            }
        }
        all.changed.sort_by(|one, two| one.file.cmp(&two.file));
        all.changed.dedup_by(|one, two| one.file == two.file);
        for files in [&mut all.unchanged, &mut all.passed_over] {
            files.sort();
            files.dedup();
        }
        // JSON is laid out if it is named itself.
        let laid_out: BTreeSet<&str> =
            all.changed.iter().map(|layout| &*layout.file).chain(all.unchanged.iter().map(String::as_str)).collect();
        all.passed_over.retain(|file| !laid_out.contains(&**file));
        all
    }
}

impl Reading {
    /// Lays out every file that lies on disk.
    ///
    /// JSON keeps every token, in its order. Of `.proto`, the model is printed; a file is refused if that would lose
    /// a word of a comment. Either is refused unless the new text says the same by the model's canonical form.
    #[must_use]
    pub fn lay_out(&self) -> Layouts {
        let mut layouts = Layouts::default();
        let mut wanted: Vec<(&ReadFile, Layout)> = Vec::new();
        for part in 0..self.parts.len() {
            let documented = self.with_docs(part);
            let printer = documented.as_ref().map(Printer::new);
            for file in self.files.iter().filter(|file| file.part == part) {
                match self.text_of(file, printer.as_ref()) {
                    None => layouts.passed_over.push(self.sources.file(file.id).name().to_owned()),
                    Some(Err(problem)) => layouts.refused.push(*problem),
                    Some(Ok(layout)) if layout.old == layout.new => layouts.unchanged.push(layout.file),
                    Some(Ok(layout)) => wanted.push((file, layout)),
                }
            }
        }
        let other = self.other_meanings(&wanted.iter().collect::<Vec<_>>());
        for (file, layout) in wanted {
            if other.contains(&file.id) {
                let message = format!("`{}` would not mean the same, so it stays as it is", layout.file);
                layouts
                    .refused
                    .push(Diagnostic::error("fmt/meaning", message).note("please report this: it is a mistake"));
            } else {
                layouts.changed.push(layout);
            }
        }
        layouts.changed.sort_by(|one, two| one.file.cmp(&two.file));
        layouts.passed_over.sort();
        layouts
    }

    /// A part of Protobuf, read again with its comments.
    fn with_docs(&self, part: usize) -> Option<Schema> {
        let inputs = self.inputs.get(part)?;
        if self.parts.get(part)?.schema.format() != Format::Protobuf {
            return None;
        }
        let files: Vec<_> = inputs.iter().map(|input| (&*input.name, input.id)).collect();
        Some(protobuf::read(&files, &self.sources, &protobuf::LinkOptions::default().with_docs(true)).schema)
    }

    /// What a file should be; none if nothing lays it out.
    fn text_of(&self, file: &ReadFile, printer: Option<&Printer<'_>>) -> Option<Result<Layout, Box<Diagnostic>>> {
        let source = self.sources.file(file.id);
        let (name, old) = (source.name(), source.text());
        let new = match file.kind {
            FileKind::Avro if self.is_file || !is_json(name.as_bytes()) => json::lay_out(file.id, old)?,
            FileKind::Protobuf => {
                let page = printer?.module(*file.modules.first()?);
                if let Some(problem) = page.diagnostics.into_iter().next() {
                    return Some(Err(Box::new(problem)));
                }
                if let Some(lost) = comments::lost(old, &page.text) {
                    return Some(Err(Box::new(comment_lost(name, &lost))));
                }
                page.text
            }
            _ => return None,
        };
        Some(Ok(Layout { file: name.to_owned(), old: old.to_owned(), new }))
    }

    /// The files whose new text says something else. Halves are looked at again only where a whole is not well: to read
    /// everything once for each file takes too long in a big tree.
    fn other_meanings(&self, changed: &[&(&ReadFile, Layout)]) -> Vec<FileId> {
        let mut found = Vec::new();
        let mut pending = vec![changed];
        while let Some(group) = pending.pop() {
            if group.is_empty() || self.means_the_same(group) {
                continue;
            }
            if let [(file, _)] = group {
                found.push(file.id);
                continue;
            }
            let (one, other) = group.split_at(group.len() / 2);
            pending.extend([one, other]);
        }
        found
    }

    /// Whether the schemas stay what they are with other texts of some files.
    fn means_the_same(&self, changed: &[&(&ReadFile, Layout)]) -> bool {
        let parts = self.parts.iter().zip(&self.inputs).enumerate();
        parts.filter(|(part, _)| changed.iter().any(|(file, _)| file.part == *part)).all(|(_, (linked, inputs))| {
            let mut sources = Sources::default();
            let new: HashMap<FileId, &str> = changed.iter().map(|(file, layout)| (file.id, &*layout.new)).collect();
            let mut add = |input: &Input| {
                let text = new.get(&input.id).copied().unwrap_or_else(|| self.sources.file(input.id).text());
                sources.add(&*input.name, "", text.as_bytes().to_vec())
            };
            let files: Vec<_> = inputs.iter().map(|input| (&*input.name, add(input), input.syntax())).collect();
            let (schema, diagnostics) = if linked.schema.format() == Format::Avro {
                let read = avro::read_as(&files, &sources, &avro::LinkOptions::default());
                (read.schema, read.diagnostics)
            } else {
                let files: Vec<_> = files.iter().map(|(name, id, _)| (*name, *id)).collect();
                let read = protobuf::read(&files, &sources, &protobuf::LinkOptions::default());
                (read.schema, read.diagnostics)
            };
            !diagnostics.iter().any(Diagnostic::is_error) && schema.fingerprint() == linked.schema.fingerprint()
        })
    }
}

fn comment_lost(name: &str, lost: &comments::Lost) -> Diagnostic {
    let message = format!("`{name}` has a comment that would be lost or would move, so the file stays as it is");
    Diagnostic::error("fmt/comment", message)
        .note(match lost.line {
            Some(line) => format!("it is at {name}:{line}: \"{}\"", lost.words),
            None => format!("it is at \"{}\"", lost.words),
        })
        .help("put it above or behind a declaration: a message, field, enum value, method or the `syntax` line")
}

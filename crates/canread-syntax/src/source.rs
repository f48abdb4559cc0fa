//! The texts of one run, and where a byte stands in them.

use std::sync::OnceLock;

use crate::{Diagnostic, FileId, Span};

/// The largest file a schema reader takes, in bytes (256 MiB).
///
/// Real schema files stay below 10 MiB; the bound keeps offsets in 32 bits
/// and a mistaken path (a database dump, a core file) from filling the memory.
pub const FILE_BYTES_MAX: usize = 256 << 20;

/// One schema file of one version, as text.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    version: String,
    text: String,
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// The path as shown to users: relative, with `/` between its parts.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version that the file belongs to, as shown to users: `worktree`, `git:1f3c9ad`, a directory.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The text. A byte order mark, if the file has one, is still there.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offsets at which the lines start; the first is 0.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            #[expect(clippy::cast_possible_truncation, reason = "files are at most FILE_BYTES_MAX bytes")]
            std::iter::once(0).chain(ends.map(|end| end as u32 + 1)).collect()
        })
    }

    /// Line and column of a byte offset; an offset past the end counts as the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let lines = self.lines();
        let line = lines.partition_point(|&start| start as usize <= offset);
        let line_start = lines[line - 1] as usize;
        let before = self.text[line_start..offset].trim_start_matches('\u{feff}');
        Position { line, column: before.chars().count() + 1 }
    }
}

/// A place as people and editors name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, counted in characters (Unicode scalar values).
    pub column: usize,
}

/// The files of one run: every version that takes part, each file under an id of its own.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    unreadable: Vec<Diagnostic>,
}

impl Sources {
    /// Takes a file's bytes and gives it an id.
    ///
    /// Bytes that are no UTF-8, and files over [`FILE_BYTES_MAX`], leave an error in
    /// [`Sources::diagnostics`]; such a file is kept (so that the error can be shown)
    /// but what a reader says about it is of no use.
    pub fn add(&mut self, name: impl Into<String>, version: impl Into<String>, bytes: Vec<u8>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("a run has fewer than 2^32 files"));
        let (text, problem) = if bytes.len() > FILE_BYTES_MAX {
            (String::new(), Some(too_large(id, bytes.len())))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let offset = error.utf8_error().valid_up_to();
                    let problem = not_utf8(id, offset, error.as_bytes()[offset]);
                    (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(problem))
                }
            }
        };
        self.unreadable.extend(problem);
        self.files.push(SourceFile { name: name.into(), version: version.into(), text, lines: OnceLock::new() });
        id
    }

    /// What kept a file from being text, one error for each such file.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.unreadable
    }

    /// The file under an id that this `Sources` gave out.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every file with its id, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The text under a span.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or_default()
    }

    /// Line and column at which a span starts.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        self.file(span.file).position(span.start)
    }

    /// Line and column behind the last character of a span.
    #[must_use]
    pub fn end_position(&self, span: Span) -> Position {
        self.file(span.file).position(span.end)
    }
}

fn not_utf8(file: FileId, offset: usize, byte: u8) -> Diagnostic {
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    Diagnostic::error("syntax/not_utf8", format!("byte 0x{byte:02x} at offset {offset} is not UTF-8"))
        .at(Span::new(file, offset, offset.saturating_add(1)), "not UTF-8 from here")
        .help("schema files are UTF-8 text: convert the file, or exclude it if it is no schema")
}

fn too_large(file: FileId, size: usize) -> Diagnostic {
    Diagnostic::error(
        "syntax/file_too_large",
        format!("the file has {size} bytes, more than the {FILE_BYTES_MAX} that a schema may have"),
    )
    .at(Span::new(file, 0, 0), "")
    .help("exclude the file if it is no schema, or split it")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, offset: u32) -> (usize, usize) {
        let mut sources = Sources::default();
        let file = sources.add("f", "v", text.as_bytes().to_vec());
        let position = sources.position(Span::new(file, offset, offset));
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_from_one() {
        assert_eq!(position("aé\nü=x", 0), (1, 1));
        assert_eq!(position("aé\nü=x", 3), (1, 3));
        assert_eq!(position("aé\nü=x", 4), (2, 1));
        assert_eq!(position("aé\nü=x", 6), (2, 2));
    }

    #[test]
    fn offsets_inside_a_character_or_past_the_end_are_moved_back() {
        assert_eq!(position("é", 1), (1, 1));
        assert_eq!(position("ab\n", 99), (2, 1));
    }

    #[test]
    fn a_byte_order_mark_takes_no_column_and_crlf_is_one_line_end() {
        assert_eq!(position("\u{feff}ab", 4), (1, 2));
        assert_eq!(position("a\r\nb", 3), (2, 1));
    }

    #[test]
    fn a_file_that_is_not_utf8_is_an_error_at_its_first_bad_byte() {
        let mut sources = Sources::default();
        let file = sources.add("f", "v", b"ab\xffcd".to_vec());
        let [problem] = sources.diagnostics() else { panic!("one diagnostic") };
        assert!(problem.is_error());
        assert_eq!(problem.span(), Some(Span::new(file, 2, 3)));
    }
}

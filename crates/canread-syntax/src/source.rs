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
        let mut before = &self.text[line_start..offset];
        if line_start == 0 {
            before = before.strip_prefix('\u{feff}').unwrap_or(before);
        }
        if self.text[offset..].starts_with('\n') {
            // Between the two characters of a CRLF is no place of its own.
            before = before.strip_suffix('\r').unwrap_or(before);
        }
        Position { line, column: before.chars().count() + 1 }
    }
}

/// A place as people and editors name it.
///
/// A line ends with `\n` or `\r\n`. A byte order mark takes no column, a tab takes one.
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
    /// but what a reader says about it is of no use: see [`Sources::unreadable`].
    pub fn add(&mut self, name: impl Into<String>, version: impl Into<String>, bytes: Vec<u8>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("a run has fewer than 2^32 files"));
        let (text, problem) = if bytes.len() > FILE_BYTES_MAX {
            (String::new(), Some(too_large(id, bytes.len())))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let offset = error.utf8_error().valid_up_to();
                    let problem = not_utf8(id, offset, error.as_bytes());
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

    /// What kept this file from being text; `None` for a file that a reader may read.
    #[must_use]
    pub fn unreadable(&self, id: FileId) -> Option<&Diagnostic> {
        self.unreadable.iter().find(|problem| problem.span().is_some_and(|span| span.file == id))
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

fn not_utf8(file: FileId, offset: usize, bytes: &[u8]) -> Diagnostic {
    let byte = bytes[offset];
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is UTF-16: save it as UTF-8",
        _ => "schema files are UTF-8 text: convert the file, or exclude it if it is no schema",
    };
    // In the text that is kept, a replacement character stands here: the span covers it whole.
    let end = offset + char::REPLACEMENT_CHARACTER.len_utf8();
    #[expect(clippy::cast_possible_truncation, reason = "files are at most FILE_BYTES_MAX bytes")]
    let span = Span::new(file, offset as u32, end as u32);
    Diagnostic::error("syntax/not_utf8", format!("byte 0x{byte:02x} at offset {offset} is not UTF-8"))
        .at(span, "not UTF-8 from here")
        .help(help)
}

pub(crate) fn too_large(file: FileId, size: usize) -> Diagnostic {
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

    fn sources(bytes: &[u8]) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let file = sources.add("f", "v", bytes.to_vec());
        (sources, file)
    }

    /// Line and column of each of the offsets.
    fn positions<const COUNT: usize>(text: &str, offsets: [u32; COUNT]) -> [(usize, usize); COUNT] {
        let (sources, file) = sources(text.as_bytes());
        offsets.map(|offset| {
            let position = sources.position(Span::new(file, offset, offset));
            (position.line, position.column)
        })
    }

    #[test]
    fn columns_count_characters_from_one() {
        assert_eq!(positions("aé\nü=x", [0, 1, 3, 4, 6]), [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]);
        assert_eq!(positions("😀\u{10ffff}x\n", [0, 4, 8, 9]), [(1, 1), (1, 2), (1, 3), (1, 4)]);
        // Two characters, though one glyph: e and a combining accent.
        assert_eq!(positions("e\u{301}x", [3]), [(1, 3)]);
    }

    #[test]
    fn a_tab_is_one_column() {
        assert_eq!(positions("\t\tx\ty", [2, 4]), [(1, 3), (1, 5)]);
    }

    #[test]
    fn a_line_starts_behind_its_line_end() {
        assert_eq!(positions("a\n\nb\n", [1, 2, 3, 4, 5]), [(1, 2), (2, 1), (3, 1), (3, 2), (4, 1)]);
        assert_eq!(positions("", [0]), [(1, 1)]);
    }

    #[test]
    fn crlf_is_one_line_end_and_a_lone_carriage_return_none() {
        assert_eq!(positions("a\r\nb\r\n", [1, 2, 3, 4, 5, 6]), [(1, 2), (1, 2), (2, 1), (2, 2), (2, 2), (3, 1)]);
        assert_eq!(positions("a\rb\n", [2, 3]), [(1, 3), (1, 4)]);
    }

    #[test]
    fn offsets_inside_a_character_or_past_the_end_are_moved_back() {
        assert_eq!(positions("é😀", [1, 3, 4, 5, 6, 99]), [(1, 1), (1, 2), (1, 2), (1, 2), (1, 3), (1, 3)]);
        assert_eq!(positions("ab\n", [99, u32::MAX]), [(2, 1), (2, 1)]);
    }

    #[test]
    fn a_byte_order_mark_takes_no_column_at_the_start_of_a_file_only() {
        assert_eq!(positions("\u{feff}ab", [0, 2, 3, 4]), [(1, 1), (1, 1), (1, 1), (1, 2)]);
        assert_eq!(positions("\u{feff}\u{feff}a", [6]), [(1, 2)]);
        assert_eq!(positions("a\n\u{feff}b", [5]), [(2, 2)]);
    }

    #[test]
    fn a_span_ends_behind_its_last_character() {
        let (sources, file) = sources("one 😀\r\ntwo".as_bytes());
        let end = |start, end| {
            let position = sources.end_position(Span::new(file, start, end));
            (position.line, position.column)
        };
        assert_eq!(end(0, 3), (1, 4));
        assert_eq!(end(4, 8), (1, 6));
        assert_eq!(end(4, 10), (2, 1));
        assert_eq!(end(4, 13), (2, 4));
        assert_eq!(end(4, 4), (1, 5));
        assert_eq!(sources.text(Span::new(file, 4, 8)), "😀");
    }

    #[test]
    fn a_span_that_fits_no_text_has_none() {
        let (sources, file) = sources("é".as_bytes());
        assert_eq!(sources.text(Span::new(file, 0, 1)), "");
        assert_eq!(sources.text(Span::new(file, 2, 9)), "");
    }

    #[test]
    fn files_keep_their_names_versions_and_order() {
        let mut sources = Sources::default();
        let old = sources.add("a.proto", "git:1f3c9ad", b"old".to_vec());
        let new = sources.add("a.proto", "worktree", b"new".to_vec());
        let all: Vec<_> = sources.iter().map(|(id, file)| (id, file.name(), file.version(), file.text())).collect();
        assert_eq!(all, [(old, "a.proto", "git:1f3c9ad", "old"), (new, "a.proto", "worktree", "new")]);
    }

    #[test]
    fn a_file_that_is_not_utf8_is_an_error_at_its_first_bad_byte() {
        let (mut sources, file) = sources(b"ab\xff\xfecd");
        let other = sources.add("g", "v", b"text".to_vec());
        let [problem] = sources.diagnostics() else { panic!("one diagnostic") };
        assert!(problem.is_error());
        assert_eq!(problem.message, "byte 0xff at offset 2 is not UTF-8");
        assert_eq!(sources.text(problem.span().expect("it is somewhere")), "\u{fffd}");
        assert_eq!((sources.unreadable(file), sources.unreadable(other)), (Some(problem), None));
    }

    #[test]
    fn a_file_cut_off_inside_a_character_is_an_error_at_that_character() {
        let (sources, file) = sources(&"ab😀".as_bytes()[..4]);
        assert_eq!(sources.unreadable(file).and_then(Diagnostic::span), Some(Span::new(file, 2, 5)));
        assert_eq!(sources.position(Span::new(file, 2, 5)), Position { line: 1, column: 3 });
    }

    #[test]
    fn utf16_is_told_apart() {
        for bytes in [b"\xff\xfea\0", b"\xfe\xff\0a"] {
            let (sources, file) = sources(bytes);
            let help = sources.unreadable(file).and_then(|problem| problem.help.as_deref());
            assert_eq!(help, Some("the file is UTF-16: save it as UTF-8"));
        }
    }

    #[test]
    fn a_file_over_the_bound_is_an_error_and_keeps_no_text() {
        let (sources, file) = sources(&vec![b' '; FILE_BYTES_MAX + 1]);
        assert_eq!(sources.unreadable(file).map(|problem| problem.code), Some("syntax/file_too_large"));
        assert_eq!(sources.file(file).text(), "");
    }
}

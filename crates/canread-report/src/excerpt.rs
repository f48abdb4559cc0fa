//! The part of a file that is shown for some marked places.

use std::borrow::Cow;
use std::ops::Range;

use canread_syntax::{Edit, Patch, SourceFile, Sources, Span};

use crate::printable;

/// Characters of a line up to which it is shown as it stands. Longer lines come from machines, and only what is
/// around the place is shown of them.
pub(crate) const LINE_SHOWN_MAX: usize = 1_000;
/// Characters shown of a long line before and behind the place.
const AROUND: usize = 40;
/// Characters shown of a place in a long line.
const PLACE_SHOWN_MAX: usize = 80;
/// Stands for text that was cut off.
const CUT: &str = "...";

/// The whole lines that some spans touch, so that the renderer need not walk through a whole file.
#[derive(Debug)]
pub(crate) struct Excerpt<'a> {
    /// Printable, with `\n` at the end of every line.
    pub(crate) text: Cow<'a, str>,
    /// Number of its first line, from 1.
    pub(crate) line: usize,
    /// Where it starts in the file.
    start: usize,
    /// Offsets from the start of the carriage returns that were left out.
    left_out: Vec<usize>,
}

impl<'a> Excerpt<'a> {
    /// The lines that the spans touch, and those between them.
    pub(crate) fn of(file: &'a SourceFile, spans: impl IntoIterator<Item = Span>) -> Self {
        let whole = file.text();
        let touched = cover(whole, spans);
        let mut start = whole[..touched.start].rfind('\n').map_or(0, |newline| newline + 1);
        let end = whole[touched.end..].find('\n').map_or(whole.len(), |newline| touched.end + newline);
        if start == 0 && whole.starts_with('\u{feff}') {
            start = '\u{feff}'.len_utf8().min(end);
        }
        let text = &whole[start..end];
        let left_out: Vec<usize> = text.match_indices("\r\n").map(|(at, _)| at).collect();
        let last = text.ends_with('\r').then(|| text.len() - 1);
        let left_out: Vec<usize> = left_out.into_iter().chain(last).collect();
        Self { text: shown(text), line: line_at(file, start), start, left_out }
    }

    /// Whether every line is short enough to be shown.
    pub(crate) fn is_readable(&self) -> bool {
        self.text.lines().all(|line| line.len() <= LINE_SHOWN_MAX || line.chars().count() <= LINE_SHOWN_MAX)
    }

    /// A span of the file as a range of the excerpt, on character boundaries.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        let clamp = |offset: u32| {
            let offset = (offset as usize).saturating_sub(self.start);
            (offset - self.left_out.partition_point(|&at| at < offset)).min(self.text.len())
        };
        let start = floor(&self.text, clamp(span.start));
        let end = ceil(&self.text, clamp(span.end));
        start..end.max(start)
    }
}

/// Places shown of one problem.
pub(crate) const PLACES_MAX: usize = 10;
/// Edits of a patch that is shown; a longer one is for programs.
const EDITS_MAX: usize = 10;

/// What a patch changes in one file.
pub(crate) struct Patched<'a> {
    pub(crate) file: &'a SourceFile,
    /// The lines before the change.
    pub(crate) excerpt: Excerpt<'a>,
    pub(crate) edits: &'a [Edit],
}

/// What a patch changes, file by file: all of it, or nothing, for of a part nobody could tell what it lacks.
pub(crate) fn of_patch<'a>(patch: &'a Patch, sources: &'a Sources) -> Vec<Patched<'a>> {
    if patch.edits.len() > EDITS_MAX {
        return Vec::new();
    }
    let of_files = patch.edits.chunk_by(|one, two| one.span.file == two.span.file);
    let patched: Option<Vec<_>> = of_files
        .map(|edits| {
            let file = sources.file(edits.first()?.span.file);
            let excerpt = Excerpt::of(file, edits.iter().map(|edit| edit.span));
            excerpt.is_readable().then_some(Patched { file, excerpt, edits })
        })
        .collect();
    patched.unwrap_or_default()
}

/// Schema text as it is shown: without the carriage returns at the end of lines, and printable.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return printable::source(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(printable::source(text.strip_suffix('\r').unwrap_or(&text)).into_owned())
}

/// What is around one span of a line that is too long to be shown, as one line.
pub(crate) fn cut(file: &SourceFile, span: Span) -> String {
    let whole = file.text();
    let place = cover(whole, [span]);
    let line_start = whole[..place.start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = whole[place.start..].find('\n').map_or(whole.len(), |newline| place.start + newline);
    let before = &whole[line_start..place.start];
    let start = before.char_indices().rev().nth(AROUND - 1).map_or(line_start, |(at, _)| line_start + at);
    let shown = place.end.min(line_end) - place.start;
    let marked = &whole[place.start..place.start + shown];
    let marked_end = marked.char_indices().nth(PLACE_SHOWN_MAX).map_or(marked.len(), |(at, _)| at) + place.start;
    let rest = &whole[marked_end..line_end];
    let end = rest.char_indices().nth(AROUND).map_or(line_end, |(at, _)| marked_end + at);
    let text = printable::line(&whole[start..end]);
    let (left, right) = (if start > line_start { CUT } else { "" }, if end < line_end { CUT } else { "" });
    format!("{left}{text}{right}")
}

fn cover(text: &str, spans: impl IntoIterator<Item = Span>) -> Range<usize> {
    let (mut start, mut end) = (text.len(), 0);
    for span in spans {
        start = start.min(span.start as usize);
        end = end.max(span.end as usize);
    }
    let start = floor(text, start.min(text.len()));
    start..ceil(text, end.clamp(start, text.len()))
}

/// The character boundary at or before an offset of the text.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The character boundary at or behind an offset of the text.
fn ceil(text: &str, offset: usize) -> usize {
    (offset..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

fn line_at(file: &SourceFile, offset: usize) -> usize {
    file.position(u32::try_from(offset).unwrap_or(u32::MAX)).line
}

#[cfg(test)]
mod tests {
    use super::*;
    use canread_syntax::FileId;

    fn file(text: &str) -> (Sources, FileId) {
        let mut sources = Sources::default();
        let file = sources.add("f.proto", "v", text.as_bytes().to_vec());
        (sources, file)
    }

    /// Line number, text, and the part of it that the first span marks.
    fn excerpt(text: &str, spans: &[(u32, u32)]) -> (usize, String, String) {
        let (sources, id) = file(text);
        let spans: Vec<Span> = spans.iter().map(|&(start, end)| Span::new(id, start, end)).collect();
        let excerpt = Excerpt::of(sources.file(id), spans.iter().copied());
        (excerpt.line, excerpt.text.to_string(), excerpt.text[excerpt.range(spans[0])].to_owned())
    }

    #[test]
    fn whole_lines_are_shown_with_all_between_two_places() {
        assert_eq!(excerpt("one\ntwo\nthree\nfour\n", &[(5, 6)]), (2, "two".into(), "w".into()));
        assert_eq!(excerpt("one\ntwo\nthree\nfour", &[(15, 16), (4, 5)]), (2, "two\nthree\nfour".into(), "o".into()));
        assert_eq!(excerpt("one\n", &[(4, 4)]), (2, String::new(), String::new()));
        assert_eq!(excerpt("", &[(0, 0)]), (1, String::new(), String::new()));
    }

    #[test]
    fn places_outside_the_text_or_inside_a_character_are_moved() {
        assert_eq!(excerpt("abc", &[(2, 99)]), (1, "abc".into(), "c".into()));
        assert_eq!(excerpt("abc", &[(50, 99)]), (1, "abc".into(), String::new()));
        assert_eq!(excerpt("aéb", &[(2, 2)]), (1, "aéb".into(), "é".into()));
    }

    #[test]
    fn a_byte_order_mark_is_not_shown() {
        assert_eq!(excerpt("\u{feff}abc", &[(3, 4)]), (1, "abc".into(), "a".into()));
    }

    #[test]
    fn control_characters_are_marks_of_the_same_length() {
        assert_eq!(excerpt("a\u{1b}[2J\u{9b}x\r\n", &[(7, 8)]), (1, "a?[2J¿x".into(), "x".into()));
    }

    #[test]
    fn carriage_returns_at_line_ends_are_not_shown() {
        assert_eq!(excerpt("a\r\nbc\r\nd\re\r\n", &[(4, 5), (7, 8)]), (2, "bc\nd?e".into(), "c".into()));
        assert_eq!(excerpt("a\r\nbc\r\nd\re\r\n", &[(9, 10), (3, 4)]), (2, "bc\nd?e".into(), "e".into()));
        assert_eq!(excerpt("a\r\nb", &[(1, 1), (3, 4)]), (1, "a\nb".into(), String::new()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("short\n{}int32 id{}\nshort", "a ".repeat(100_000), " z".repeat(100_000));
        let (sources, id) = file(&text);
        let start = 6 + 200_000;
        let span = Span::new(id, start, start + 5);
        assert!(!Excerpt::of(sources.file(id), [span]).is_readable());
        let cut = cut(sources.file(id), span);
        assert_eq!(cut, format!("...{}int32 id{} ...", "a ".repeat(20), " z".repeat(18)));
        assert!(Excerpt::of(sources.file(id), [Span::new(id, 1, 2)]).is_readable());
    }

    #[test]
    fn a_long_place_is_cut_itself() {
        let (sources, id) = file(&"é".repeat(5_000));
        let cut = cut(sources.file(id), Span::new(id, 0, 10_000));
        assert_eq!(cut, format!("{}...", "é".repeat(PLACE_SHOWN_MAX + AROUND)));
    }
}

//! What a documentation comment says: without its marks and its indentation.
//!
//! Source: `IdlReader.stripIndents` of Avro Java 1.12; the specification says no more than that
//! the comment is the documentation.

use std::borrow::Cow;

/// The text of a documentation comment.
///
/// Input: the comment from `/**` to `*/`. Line ends stay as they are. If every line starts with one or two
/// asterisks, these go, with the blanks before them and one behind; else the blanks go that all
/// lines but the first start with.
pub(super) fn doc_text(raw: &str) -> Cow<'_, str> {
    let inner = raw.strip_prefix("/**").unwrap_or(raw);
    let text = inner.strip_suffix("*/").unwrap_or(inner).trim_matches(|c| c <= ' ');
    for stars in ["**", "*"] {
        if let Some(first) = text.strip_prefix(stars)
            && lines_behind(text).all(|line| line.trim_start_matches(is_blank).starts_with(stars))
        {
            return without_stars(text, first, stars);
        }
    }
    without_indent(text)
}

fn without_stars<'t>(text: &'t str, first: &'t str, stars: &str) -> Cow<'t, str> {
    let without_blank = |line: &'t str| line.strip_prefix(is_blank).unwrap_or(line);
    if lines_behind(text).next().is_none() {
        return Cow::Borrowed(without_blank(first));
    }
    let mut stripped = String::with_capacity(text.len());
    stripped.push_str(line_and_end(without_blank(first)).0);
    for line in lines_behind(text) {
        let line = line.trim_start_matches(is_blank);
        stripped.push_str(line_and_end(without_blank(line.strip_prefix(stars).unwrap_or(line))).0);
    }
    Cow::Owned(stripped)
}

fn without_indent(text: &str) -> Cow<'_, str> {
    let mut lines = lines_behind(text);
    let Some(second) = lines.next() else { return Cow::Borrowed(text) };
    let blanks = second.len() - second.trim_start_matches(is_blank).len();
    let indent = lines.fold(second.get(..blanks).unwrap_or_default(), |indent, line| common_start(indent, line));
    if indent.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut stripped = String::with_capacity(text.len());
    stripped.push_str(line_and_end(text).0);
    for line in lines_behind(text) {
        stripped.push_str(line_and_end(line.strip_prefix(indent).unwrap_or(line)).0);
    }
    Cow::Owned(stripped)
}

/// The lines but the first; each runs to the end of the text, of which [`line_and_end`] gives its own part.
fn lines_behind(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = line_and_end(text).1;
    std::iter::from_fn(move || {
        let line = rest?;
        rest = line_and_end(line).1;
        Some(line)
    })
}

/// A line with its line end, and what follows if it has one.
fn line_and_end(text: &str) -> (&str, Option<&str>) {
    let Some(at) = text.find(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) else { return (text, None) };
    let end = text.get(at..).unwrap_or_default();
    let length = if end.starts_with("\r\n") { 2 } else { end.chars().next().map_or(0, char::len_utf8) };
    let (line, behind) = text.split_at(at + length);
    (line, Some(behind))
}

fn common_start<'t>(a: &'t str, b: &str) -> &'t str {
    let length = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    a.get(..length).unwrap_or_default()
}

/// Horizontal white space, `\h` of Java.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_indentation_go() {
        for (raw, expected) in [
            ("/** one line */", "one line"),
            ("/***/", ""),
            ("/*** star */", "star"),
            ("/**\n * a\n *  b\n *\n * c\n */", "a\n b\n\nc"),
            ("/**\r\n  * a\r\n  * b\r\n  */", "a\r\nb"),
            ("/**\n ** a\n **b\n */", "a\nb"),
            ("/**\n ** a\n * b\n */", "* a\nb"),
            ("/** a\n    b\n      c\n   */", "a\nb\n  c"),
            ("/** a\n    b\n\n    c */", "a\n    b\n\n    c"),
            ("/** a\n    b\n\tc */", "a\n    b\n\tc"),
            ("/** * a\n b */", "* a\nb"),
            ("/**\n * a\n b */", "* a\nb"),
        ] {
            assert_eq!((raw, doc_text(raw).as_ref()), (raw, expected));
        }
    }
}

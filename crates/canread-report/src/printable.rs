//! What comes from schema texts and file names must not steer a terminal.
//!
//! Control characters, C1 included (`U+009B` starts an escape sequence as `ESC [` does), and the
//! characters that reorder or hide text are shown as escapes, so that a reader can still tell which ones they are.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character could do something else than be seen.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Characters of a message that are shown. Names have no bound of their own.
const SHOWN_MAX: usize = 1_000;
/// Those of them that are the last ones of the message.
const END_SHOWN: usize = 300;

/// A message or a path, as one line that ends.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    match shortened(text) {
        Some(short) => Cow::Owned(escaped(&short, |_| false).into_owned()),
        None => escaped(text, |_| false),
    }
}

/// A text without its middle, if there is too much of it.
fn shortened(text: &str) -> Option<String> {
    if text.len() <= SHOWN_MAX || text.chars().count() <= SHOWN_MAX {
        return None;
    }
    let start: String = text.chars().take(SHOWN_MAX - END_SHOWN).collect();
    let (end, _) = text.char_indices().rev().nth(END_SHOWN - 1)?;
    Some(format!("{start}...{}", &text[end..]))
}

/// Text that may have several lines.
pub(crate) fn block(text: &str) -> Cow<'_, str> {
    escaped(text, |character| character == '\n')
}

fn escaped(text: &str, is_kept: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_bad = |character: char| is_unsafe(character) && !is_kept(character);
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_bad(character) {
            let _ = write!(escaped, "{}", character.escape_default());
        } else {
            escaped.push(character);
        }
    }
    Cow::Owned(escaped)
}

/// Schema text in which every byte keeps its offset: a bad character becomes a mark of the same length.
/// Line ends and tabs stay.
pub(crate) fn source(text: &str) -> Cow<'_, str> {
    let is_bad = |character: char| is_unsafe(character) && !matches!(character, '\n' | '\t');
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mark = |character: char| match character.len_utf8() {
        _ if !is_bad(character) => character,
        1 => '?',
        2 => '\u{bf}',
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.chars().map(mark).collect())
}

/// A JSON text whose strings hold no such character either; they can only stand in strings.
pub(crate) fn json(text: String) -> String {
    let is_bad = |character: char| is_unsafe(character) && character != '\n';
    if !text.contains(is_bad) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 64);
    for character in text.chars() {
        if is_bad(character) {
            // All of them are in the basic plane: one `\u` each.
            let _ = write!(escaped, "\\u{:04x}", u32::from(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: &str = "a\u{1b}[31mb\u{9b}2Jc\u{202e}d\u{feff}e\u{7f}";

    #[test]
    fn a_line_shows_what_would_have_happened() {
        assert_eq!(line(NASTY), "a\\u{1b}[31mb\\u{9b}2Jc\\u{202e}d\\u{feff}e\\u{7f}");
        assert_eq!(line("a\nb\tc\r"), "a\\nb\\tc\\r");
        assert!(matches!(line("größe 価格"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_line_without_end_loses_its_middle() {
        let long = format!("start{}end", "é".repeat(200_000));
        let shown = line(&long);
        assert!(shown.starts_with("startéé") && shown.contains("é...é") && shown.ends_with("ééend"));
        assert_eq!(shown.chars().count(), SHOWN_MAX + 3);
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(block("one\ntwo\u{8}"), "one\ntwo\\u{8}");
    }

    #[test]
    fn source_text_keeps_every_offset() {
        let shown = source(NASTY);
        assert_eq!(shown, "a?[31mb¿2Jc\u{fffd}d\u{fffd}e?");
        assert_eq!(shown.len(), NASTY.len());
        assert_eq!(source("a\rb"), "a?b");
        assert!(matches!(source("a\n\tb"), Cow::Borrowed(_)));
    }

    #[test]
    fn json_means_the_same_afterwards() {
        let text = json(serde_json::to_string(NASTY).expect("a string is JSON"));
        assert!(!text.contains(is_unsafe));
        assert_eq!(serde_json::from_str::<String>(&text).expect("it still is"), NASTY);
    }
}

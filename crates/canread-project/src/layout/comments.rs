//! The words in the comments of `.proto` text.

/// Words shown of a comment.
const WORDS_SHOWN: usize = 8;

/// A comment that has no place in a new text, or another one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// Its line in the old text, counted from 1; none if the new text has words that the old one has not.
    pub(super) line: Option<usize>,
    /// Its first words, as far as they stand on that line.
    pub(super) words: String,
}

/// The first comment that is not at its place in the new text; none if all are.
pub(super) fn lost(old_text: &str, new_text: &str) -> Option<Lost> {
    let (old, new) = (words(old_text), words(new_text));
    let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    if at == old.len() && at == new.len() {
        return None;
    }
    let (text, rest) = if at < old.len() { (old_text, &old[at..]) } else { (new_text, &new[at..]) };
    let line_of = |word: &str| {
        let offset = (word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1)
    };
    let line = rest.first().map_or(1, |word| line_of(word));
    let words: Vec<&str> = rest.iter().take(WORDS_SHOWN).take_while(|word| line_of(word) == line).copied().collect();
    Some(Lost { line: (at < old.len()).then_some(line), words: words.join(" ") })
}

/// The words of all comments, in their order.
///
/// Source: the lexical elements of the Protobuf language specification: `//` to the end of the line, `/*` to the first
/// `*/`, and neither in a string.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['/', '"', '\'']) {
        let from = &rest[at..];
        rest = if let Some(comment) = from.strip_prefix("//") {
            let end = comment.find('\n').unwrap_or(comment.len());
            words.extend(words_of(&comment[..end]));
            &comment[end..]
        } else if let Some(comment) = from.strip_prefix("/*") {
            let end = comment.find("*/").unwrap_or(comment.len());
            comment[..end].lines().for_each(|line| words.extend(words_of(line)));
            comment[end..].strip_prefix("*/").unwrap_or_default()
        } else if let Some(behind) = from.strip_prefix('/') {
            behind
        } else {
            after_string(from)
        };
    }
    words
}

fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.trim().trim_start_matches('*').split_whitespace()
}

/// What follows a string that the text starts with.
fn after_string(text: &str) -> &str {
    let quote = text.as_bytes().first();
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            _ if Some(&byte) == quote => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::{lost, words};

    #[test]
    fn comments_have_words_and_strings_have_none() {
        let text = "// a b\nx = \"// no \\\" /*\"; /* c\n * d */ y = '/* no'; /** e */ z / 2 // f";
        assert_eq!(words(text), ["a", "b", "c", "d", "e", "f"]);
    }

    #[test]
    fn a_word_that_is_gone_or_elsewhere_is_named() {
        assert_eq!(lost("/* a */ x // b", "x // a\n// b"), None);
        let at = |old: &str, new: &str| lost(old, new).map(|lost| (lost.line, lost.words));
        assert_eq!(at("/* a */ x // b c", "// a\nx"), Some((Some(1), "b c".to_owned())));
        assert_eq!(at("// a\n// b", "// b\n// a"), Some((Some(1), "a".to_owned())));
        assert_eq!(at("// a\n\nx // b\n// c", "// a\n// c"), Some((Some(3), "b".to_owned())));
        assert_eq!(at("", "// new"), Some((None, "new".to_owned())));
    }
}

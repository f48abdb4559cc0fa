//! The words in the comments of `.proto` text.

/// Words shown of a comment.
const WORDS_SHOWN: usize = 8;

/// The first words of comments that are not at their place in the new text; none if all are.
pub(super) fn lost(old: &str, new: &str) -> Option<String> {
    let (old, new) = (words(old), words(new));
    let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    if at == old.len() && at == new.len() {
        return None;
    }
    let rest = if at < old.len() { &old[at..] } else { &new[at..] };
    Some(rest.iter().take(WORDS_SHOWN).copied().collect::<Vec<_>>().join(" "))
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
        assert_eq!(lost("/* a */ x // b c", "// a\nx").as_deref(), Some("b c"));
        assert_eq!(lost("// a\n// b", "// b\n// a").as_deref(), Some("a b"));
        assert_eq!(lost("", "// new").as_deref(), Some("new"));
    }
}

//! The smallest part in which two texts differ, in whole words.

use std::ops::Range;

use canread_compat::Pair;

/// The parts of both texts that differ; what is before and behind them is equal. `None` for equal texts.
///
/// Neither end of a part is inside a word, so that a person sees `int32` become `int64` rather than `32` become `64`.
pub(super) fn between(new: &str, old: &str) -> Option<Pair<Range<usize>>> {
    if new == old {
        return None;
    }
    let same = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(same).map(|(character, _)| character.len_utf8()).sum()
    };
    let mut prefix = length(&mut new.chars().zip(old.chars()));
    while splits_word(new, prefix) || splits_word(old, prefix) {
        prefix = before(new, prefix);
    }
    let rest = Pair { old: &old[prefix..], new: &new[prefix..] };
    let mut suffix = length(&mut rest.new.chars().rev().zip(rest.old.chars().rev()));
    while splits_word(new, new.len() - suffix) || splits_word(old, old.len() - suffix) {
        suffix -= new[new.len() - suffix..].chars().next().map_or(suffix, char::len_utf8);
    }
    Some(Pair { old: prefix..old.len() - suffix, new: prefix..new.len() - suffix })
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn splits_word(text: &str, at: usize) -> bool {
    let (left, right) = text.split_at(at);
    left.chars().next_back().is_some_and(is_word) && right.chars().next().is_some_and(is_word)
}

/// The boundary before this one, which is not the first.
fn before(text: &str, at: usize) -> usize {
    at - text[..at].chars().next_back().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differing(new: &str, old: &str) -> Option<(String, String)> {
        let parts = between(new, old)?;
        let restored = format!("{}{}{}", &new[..parts.new.start], &old[parts.old.clone()], &new[parts.new.end..]);
        assert_eq!(restored, old, "the edit makes the old text");
        Some((new[parts.new].to_owned(), old[parts.old].to_owned()))
    }

    #[test]
    fn only_whole_words_that_differ_are_replaced() {
        for (new, old, expected) in [
            ("int32 a = 1;", "int64 a = 1;", ("int32", "int64")),
            ("int32 a = 1;", "sint32 a = 1;", ("int32", "sint32")),
            ("optional int32 a = 1;", "int32 a = 1;", ("optional ", "")),
            ("int32 a = 1;", "optional int32 a = 1;", ("", "optional ")),
            ("int32 a = 12;", "int32 a = 1;", ("12", "1")),
            ("A", "B", ("A", "B")),
            ("", "B", ("", "B")),
            ("größe", "größen", ("größe", "größen")),
            ("a a", "a", (" a", "")),
            ("a é", "a è", ("é", "è")),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert_eq!(differing(new, old), Some(expected), "{new} | {old}");
        }
        assert_eq!(differing("same", "same"), None);
    }
}

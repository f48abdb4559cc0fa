//! Words that mark unfinished work.

use super::house::{House, has_extension};
use super::problem::Problem;

/// A word that must not stand in a file of this kind, and what to do instead.
struct Forbidden {
    word: &'static str,
    only_rust: bool,
    next: &'static str,
}

/// Spelt in two halves, so that this file does not find itself.
const FORBIDDEN: &[Forbidden] = &[
    Forbidden { word: concat!("to", "do!"), only_rust: true, next: "write the code that is missing" },
    Forbidden { word: concat!("unimple", "mented!"), only_rust: true, next: "write the code that is missing" },
    Forbidden { word: concat!("db", "g!"), only_rust: true, next: "remove it" },
    Forbidden { word: concat!("FIX", "ME"), only_rust: false, next: "mend it; a TODO may name what would unblock it" },
    Forbidden { word: concat!("X", "XX"), only_rust: false, next: "mend it; a TODO may name what would unblock it" },
];

/// Schemas and data of others keep their words.
const FOREIGN: &[&str] = &["schemas/", "fixtures/", "compat-tests/cases/"];

pub(super) fn check(house: &House) -> Vec<Problem> {
    let own = house.texts().filter(|(path, _)| !FOREIGN.iter().any(|folder| path.starts_with(folder)));
    own.flat_map(|(path, text)| text.lines().enumerate().flat_map(move |(index, line)| in_line(path, index + 1, line)))
        .collect()
}

fn in_line(path: &str, number: usize, line: &str) -> impl Iterator<Item = Problem> {
    let rust = has_extension(path, "rs");
    FORBIDDEN
        .iter()
        .filter(move |forbidden| (rust || !forbidden.only_rust) && has_word(line, forbidden.word))
        .map(move |forbidden| Problem::new(path, Some(number), format!("`{}`", forbidden.word), forbidden.next))
}

/// Whether the word stands in the line, not only as a part of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let part_of_word = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(start, found)| {
        let before = line[..start].chars().next_back();
        let after = line[start + found.len()..].chars().next();
        !before.is_some_and(part_of_word) && (word.ends_with('!') || !after.is_some_and(part_of_word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn unfinished_work_is_found_with_its_line() {
        let macro_call = format!("fn a() {{\n    {}\n}}\n", concat!("to", "do!()"));
        let note = concat!("# later\n# FIX", "ME: this\n");
        let house = House::of(&[("a.rs", &macro_call), ("b.toml", note)]);
        let expected = [concat!("a.rs:2: `to", "do!`"), concat!("b.toml:2: `FIX", "ME`")];
        assert_eq!(shown(&check(&house)), expected);
    }

    #[test]
    fn longer_words_other_languages_and_foreign_schemas_are_left_alone() {
        let macro_call = concat!("call db", "g! here\n");
        let house = House::of(&[
            ("a.rs", "my_todo!(); // TODO: when 1.90 is out\nconst MAXXXL: u8 = 1;\n"),
            ("README.md", macro_call),
            ("schemas/a.proto", concat!("// FIX", "ME of theirs\n")),
        ]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}

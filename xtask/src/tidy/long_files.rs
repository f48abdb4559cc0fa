//! A file of more than 900 lines hides a second topic.

use super::house::{House, has_extension};
use super::problem::Problem;

const LINES_MAX: usize = 900;

pub(super) fn check(house: &House) -> Vec<Problem> {
    let sources = house.texts().filter(|(path, _)| {
        path.starts_with("crates/")
            && path.contains("/src/")
            && has_extension(path, "rs")
            && !path.contains("generated")
    });
    sources
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|&(_, lines)| lines > LINES_MAX)
        .map(|(path, lines)| {
            let message = format!("{lines} lines, at most {LINES_MAX} are allowed");
            Problem::new(path, None, message, "split it: one file answers one question")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn a_file_of_901_lines_is_too_long() {
        let house = House::of(&[("crates/a/src/b.rs", &"\n".repeat(901))]);
        assert_eq!(shown(&check(&house)), ["crates/a/src/b.rs: 901 lines, at most 900 are allowed"]);
    }

    #[test]
    fn a_file_of_900_lines_generated_code_and_tests_are_well() {
        let house = House::of(&[
            ("crates/a/src/b.rs", &"\n".repeat(900)),
            ("crates/a/src/generated/b.rs", &"\n".repeat(901)),
            ("crates/a/tests/b.rs", &"\n".repeat(901)),
        ]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}

//! Text files end in one line feed and have no blanks at the end of a line.

use super::house::House;
use super::problem::Problem;

/// Files whose odd bytes are meant: folders with a `/` at the end, other ends of a path.
const MEANT: &[(&str, &str)] = &[
    ("fixtures/", "golden bytes as their writers made them"),
    ("compat-tests/bad-input/", "broken inputs"),
    (".snap", "snapshots, which hold output to the byte"),
    ("crates/canread-protobuf/tests/link_cases/", "expected diagnostics, to the byte"),
    ("/report.txt", "expected reports, to the byte"),
    ("schemas/datahub-mce/v1/", "a schema of others, as they published it"),
    ("schemas/datahub-mce/v2/", "a schema of others, as they published it"),
    ("schemas/datahub-mce/v3/", "a schema of others, as they published it"),
    ("schemas/weather/2025-08/", "schemas of others, as they published them"),
    ("schemas/weather/2026-08/", "schemas of others, as they published them"),
];

const NEXT: &str = "remove it; a file that needs it is listed in xtask/src/tidy/whitespace.rs";

pub(super) fn check(house: &House) -> Vec<Problem> {
    house.texts().filter(|(path, _)| !is_meant(path)).flat_map(|(path, text)| in_file(path, text)).collect()
}

fn is_meant(path: &str) -> bool {
    MEANT.iter().any(|(place, _)| if place.ends_with('/') { path.starts_with(place) } else { path.ends_with(place) })
}

fn in_file(path: &str, text: &str) -> Vec<Problem> {
    let lines = text.split('\n').enumerate();
    let mut problems: Vec<Problem> = lines
        .filter_map(|(index, line)| Some(Problem::new(path, Some(index + 1), flaw_of_line(line)?, NEXT)))
        .collect();
    if !text.is_empty() && !text.ends_with('\n') {
        problems.push(Problem::new(path, Some(text.lines().count()), "no line feed at the end", "add it"));
    } else if text.ends_with("\n\n") || text == "\n" {
        problems.push(Problem::new(path, Some(text.lines().count()), "an empty line at the end", NEXT));
    }
    if text.starts_with('\u{feff}') {
        problems.push(Problem::new(path, Some(1), "a byte order mark", NEXT));
    }
    problems
}

fn flaw_of_line(line: &str) -> Option<&'static str> {
    if line.ends_with('\r') {
        return Some("a carriage return");
    }
    line.ends_with([' ', '\t']).then_some("a blank at the end of the line")
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn blanks_carriage_returns_and_line_ends_are_found() {
        let house =
            House::of(&[("a.md", "a \nb\t\nc\r\n"), ("b.md", "a\nb"), ("c.md", "a\n\n"), ("d.md", "\u{feff}a\n")]);
        assert_eq!(
            shown(&check(&house)),
            [
                "a.md:1: a blank at the end of the line",
                "a.md:2: a blank at the end of the line",
                "a.md:3: a carriage return",
                "b.md:2: no line feed at the end",
                "c.md:2: an empty line at the end",
                "d.md:1: a byte order mark",
            ]
        );
    }

    #[test]
    fn clean_empty_binary_and_listed_files_are_well() {
        let house = House::of(&[
            ("a.md", "a\n\nb\n"),
            ("empty", ""),
            ("b.bin", "\0 \r\n"),
            ("fixtures/a", "a "),
            ("compat-tests/cases/x/y/report.txt", "a \n"),
        ]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}

//! Examples that users of the facade read can be copied into a crate that depends on the facade alone.
//!
//! `canread` shows items of other crates with their docs. What an example there imports is named as `canread` has it, and is
//! visible: hidden lines are not copied.

use toml::{Table, Value};

use super::house::{House, has_extension};
use super::problem::Problem;

const FACADE: &str = "canread";

/// Modules of crates below the facade that it does not show.
const NOT_SHOWN: &[&str] = &["crates/canread-syntax/src/json/"];

pub(super) fn check(house: &House) -> Vec<Problem> {
    let folders: Vec<String> = shown_crates(house).iter().map(|name| format!("crates/{name}/src/")).collect();
    let is_shown = |path: &str| {
        folders.iter().any(|folder| path.starts_with(folder))
            && !NOT_SHOWN.iter().any(|folder| path.starts_with(folder))
    };
    let files = house.texts().filter(|(path, _)| has_extension(path, "rs") && is_shown(path));
    files.flat_map(|(path, text)| in_file(path, text)).collect()
}

/// The facade, and those of our crates that it stands on.
fn shown_crates(house: &House) -> Vec<String> {
    let manifest = house.text(&format!("crates/{FACADE}/Cargo.toml")).and_then(|text| text.parse::<Table>().ok());
    let dependencies = manifest.as_ref().and_then(|manifest| manifest.get("dependencies")).and_then(Value::as_table);
    let names = dependencies.into_iter().flat_map(Table::keys).filter(|name| name.starts_with("canread-"));
    names.cloned().chain([FACADE.to_owned()]).collect()
}

fn in_file(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (number, line) in example_lines(path, text) {
        if let Some(name) = inner_crate(line) {
            let message = format!("an example names `{name}`, which users of `{FACADE}` don't have");
            let next = format!("import the item from `{FACADE}`, which is a dev-dependency of the crate");
            problems.push(Problem::new(path, Some(number), message, next));
        } else if line.trim_start().starts_with("# use ") {
            let message = "an example hides what it imports, so that a copy of it lacks that";
            problems.push(Problem::new(path, Some(number), message, "show the line: leave out the `#`"));
        }
    }
    problems
}

/// The lines of Rust in the examples of a file's docs, numbered from 1.
fn example_lines<'t>(path: &str, text: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    // The page of a crate below the facade is its own.
    let is_own_page = path.ends_with("/src/lib.rs") && !path.starts_with(&format!("crates/{FACADE}/"));
    let mut fence: Option<bool> = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.trim_start();
        let of_module = line.strip_prefix("//!").filter(|_| !is_own_page);
        let Some(doc) = of_module.or_else(|| line.strip_prefix("///")) else {
            fence = None;
            return None;
        };
        if let Some(language) = doc.trim_start().strip_prefix("```") {
            fence = if fence.is_some() { None } else { Some(is_rust(language)) };
            return None;
        }
        (fence == Some(true)).then_some((index + 1, doc))
    })
}

fn is_rust(language: &str) -> bool {
    let words = ["", "rust", "no_run", "should_panic", "compile_fail", "ignore"];
    let is_error_code = |word: &str| word.strip_prefix('E').is_some_and(|digits| digits.parse::<u16>().is_ok());
    language.split(',').map(str::trim).all(|word| words.contains(&word) || is_error_code(word))
}

/// The first of our crates that the line names, as Rust writes it.
fn inner_crate(line: &str) -> Option<&str> {
    let is_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.split(|letter| !is_of_name(letter))
        .find(|word| word.strip_prefix(FACADE).is_some_and(|rest| rest.starts_with('_')))
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    const MANIFEST: (&str, &str) =
        ("crates/canread/Cargo.toml", "[dependencies]\ncanread-wire.workspace = true\nother = \"1\"\n");

    fn problems(path: &str, text: &str) -> Vec<String> {
        shown(&check(&House::of(&[MANIFEST, (path, text)])))
    }

    #[test]
    fn an_example_that_names_an_inner_crate_is_found() {
        let text = "/// Text.\n///\n/// ```\n/// use canread_wire::Limits;\n/// ```\nstruct Limits;\n";
        let found = "an example names `canread_wire`, which users of `canread` don't have";
        assert_eq!(
            problems("crates/canread-wire/src/limits.rs", text),
            [format!("crates/canread-wire/src/limits.rs:4: {found}")]
        );
        let text = "    //! ```compile_fail,E0080\n    //! let limits = canread_wire::Limits::strict();\n    //! ```\n";
        assert_eq!(problems("crates/canread/src/a.rs", text), [format!("crates/canread/src/a.rs:2: {found}")]);
    }

    #[test]
    fn an_example_that_hides_an_import_is_found() {
        let text = "//! ```\n//! # use canread::Limits;\n//! Limits::strict();\n//! # Ok::<(), ()>(())\n//! ```\n";
        assert_eq!(
            problems("crates/canread/src/lib.rs", text),
            ["crates/canread/src/lib.rs:2: an example hides what it imports, so that a copy of it lacks that"]
        );
    }

    #[test]
    fn what_is_no_example_or_not_shown_by_the_facade_is_well() {
        let text = "/// See [`Limits`](canread_wire::Limits).\n///\n/// ```text\n/// canread_wire\n/// ```\n///\n/// ```\n\
                    /// use canread::Limits;\n/// ```\nuse canread_wire::Limits;\n";
        assert_eq!(problems("crates/canread-wire/src/limits.rs", text), [""; 0]);
        let text = "//! ```\n//! use canread_wire::Limits;\n//! ```\n";
        assert_eq!(problems("crates/canread-wire/src/lib.rs", text), [""; 0]);
        assert_eq!(problems("crates/other/src/a.rs", text), [""; 0]);
    }
}

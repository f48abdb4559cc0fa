//! The top level holds only names that a newcomer can expect there.

use std::collections::BTreeSet;

use super::house::House;
use super::problem::Problem;

const ALLOWED: &[&str] = &[
    ".cargo",
    ".changes",
    ".ci",
    ".gitattributes",
    ".gitignore",
    ".pre-commit-hooks.yaml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "DESIGN.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "action.yml",
    "arrows.toml",
    "benches",
    "clippy.toml",
    "compat-tests",
    "crates",
    "docs",
    "fixtures",
    "fuzz",
    "rustfmt.toml",
    "schemas",
    "xtask",
];

pub(super) fn check(house: &House) -> Vec<Problem> {
    let names: BTreeSet<&str> = house.paths().filter_map(|path| path.split('/').next()).collect();
    names
        .into_iter()
        .filter(|name| !ALLOWED.contains(name))
        .map(|name| {
            let next = "move it into a folder, or allow it in xtask/src/tidy/top_level.rs and put it on the map";
            Problem::new(name, None, "not a name of the top level", next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn an_unknown_name_is_found_once() {
        let house = House::of(&[("notes/a.md", ""), ("notes/b.md", ""), ("crates/a/x", "")]);
        assert_eq!(shown(&check(&house)), ["notes: not a name of the top level"]);
    }

    #[test]
    fn the_names_of_the_map_are_well() {
        let house = House::of(&[("README.md", ""), (".ci/run", ""), ("crates/a/notes.md", "")]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}

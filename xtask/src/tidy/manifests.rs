//! Every package takes the shared lints and says what it is.

use toml::{Table, Value};

use super::house::{House, line_where};
use super::problem::Problem;

pub(super) fn check(house: &House) -> Vec<Problem> {
    house.packages().iter().flat_map(|package| in_manifest(house, &package.manifest)).collect()
}

fn in_manifest(house: &House, path: &str) -> Vec<Problem> {
    let Some(text) = house.text(path) else {
        return vec![Problem::new(path, None, "the manifest is not tracked", "add it to git")];
    };
    let manifest: Table = match toml::from_str(text) {
        Ok(manifest) => manifest,
        Err(error) => return vec![Problem::new(path, None, error.message(), "mend the manifest")],
    };
    let mut problems = Vec::new();
    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    if lints.and_then(Value::as_bool) != Some(true) {
        let line = line_where(text, |line| line.starts_with("[lints"));
        problems.push(Problem::new(
            path,
            line,
            "the shared lints are not set",
            "add `[lints]` with `workspace = true`",
        ));
    }
    // The workspace's own sentence is that of the product: a crate has its own.
    let description = manifest.get("package").and_then(|package| package.get("description")).and_then(Value::as_str);
    if description.is_none_or(|description| description.trim().is_empty()) {
        let line = line_where(text, |line| line.trim_end() == "[package]");
        problems.push(Problem::new(
            path,
            line,
            "no description of its own",
            "add `description`, one line on what it is for",
        ));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    fn problems(manifest: &str) -> Vec<String> {
        shown(&check(&House::of(&[("crates/a/Cargo.toml", manifest)]).with_package("a", &[])))
    }

    #[test]
    fn a_manifest_with_lints_and_description_is_well() {
        assert_eq!(problems("[package]\ndescription = \"x\"\n[lints]\nworkspace = true\n"), [""; 0]);
        assert_eq!(problems("lints.workspace = true\n[package]\ndescription = \"x\"\n"), [""; 0]);
    }

    #[test]
    fn missing_lints_and_a_borrowed_description_are_found() {
        let manifest = "[package]\ndescription.workspace = true\n\n[lints.rust]\nunsafe_code = \"allow\"\n";
        assert_eq!(
            problems(manifest),
            ["crates/a/Cargo.toml:4: the shared lints are not set", "crates/a/Cargo.toml:1: no description of its own",]
        );
    }

    #[test]
    fn a_package_whose_manifest_is_not_tracked_is_found() {
        let house = House::default().with_package("a", &[]);
        assert_eq!(shown(&check(&house)), ["crates/a/Cargo.toml: the manifest is not tracked"]);
    }
}

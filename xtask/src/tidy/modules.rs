//! Every source file is part of the program: its parent module names it.
//!
//! The compiler says nothing about a file that no `mod` reaches. For a rule
//! that would be a rule that never runs.

use super::house::House;
use super::problem::Problem;

pub(super) fn check(house: &House) -> Vec<Problem> {
    house.paths().filter_map(|path| in_file(house, path)).collect()
}

fn in_file(house: &House, path: &str) -> Option<Problem> {
    let (package, inside) =
        path.split_once("src/").filter(|(package, _)| house.has_file(&format!("{package}Cargo.toml")))?;
    let (module, parents) = module_of(package, inside)?;
    let standing: Vec<&String> = parents.iter().filter(|parent| house.has_file(parent)).collect();
    if standing.iter().any(|parent| house.text(parent).is_some_and(|text| names(text, &module))) {
        return None;
    }
    let (message, next) = match standing.first() {
        Some(parent) => {
            (format!("`{parent}` does not name module `{module}`"), "register it there, or remove the file")
        }
        None => (format!("module `{module}` has no parent module"), "add the file that declares it"),
    };
    Some(Problem::new(path, None, message, next))
}

/// The module that a file under a package's `src` folder holds, and the files
/// that may declare it. `None` for the root of a crate and for other files.
fn module_of(package: &str, inside: &str) -> Option<(String, Vec<String>)> {
    let inside = inside.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    if matches!(inside, "lib" | "main") || inside.starts_with("bin/") {
        return None;
    }
    let source = format!("{package}src");
    Some(match inside.rsplit_once('/') {
        Some((folder, module)) => {
            (module.to_owned(), vec![format!("{source}/{folder}/mod.rs"), format!("{source}/{folder}.rs")])
        }
        None => (inside.to_owned(), vec![format!("{source}/lib.rs"), format!("{source}/main.rs")]),
    })
}

/// Whether the code, comments aside, has the module's name as a word.
fn names(text: &str, module: &str) -> bool {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    code.flat_map(|line| line.split(|character: char| !(character.is_alphanumeric() || character == '_')))
        .any(|word| word == module)
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;

    #[test]
    fn a_rule_that_is_not_registered_is_found() {
        let house = House::of(&[
            ("crates/a/Cargo.toml", ""),
            ("crates/a/src/lib.rs", "mod rules;\n"),
            ("crates/a/src/rules/mod.rs", "mod avro;\n"),
            ("crates/a/src/rules/avro/mod.rs", "// field_removed\nmod field_added;\n"),
            ("crates/a/src/rules/avro/field_added.rs", ""),
            ("crates/a/src/rules/avro/field_removed.rs", ""),
        ]);
        assert_eq!(
            shown(&check(&house)),
            [
                "crates/a/src/rules/avro/field_removed.rs: `crates/a/src/rules/avro/mod.rs` does not name module `field_removed`"
            ]
        );
    }

    #[test]
    fn a_folder_without_a_module_file_is_found() {
        let house = House::of(&[("crates/a/Cargo.toml", ""), ("crates/a/src/lib.rs", ""), ("crates/a/src/b/c.rs", "")]);
        assert_eq!(shown(&check(&house)), ["crates/a/src/b/c.rs: module `c` has no parent module"]);
    }

    #[test]
    fn named_modules_of_either_layout_and_roots_are_well() {
        let house = House::of(&[
            ("crates/a/Cargo.toml", ""),
            ("crates/a/src/lib.rs", "mod b;\npub mod d;\n"),
            ("crates/a/src/b.rs", "rules! { c }\n"),
            ("crates/a/src/b/c.rs", ""),
            ("crates/a/src/d/mod.rs", ""),
            ("crates/a/src/bin/e.rs", ""),
            ("crates/a/tests/f.rs", ""),
            ("data/src/none.rs", ""),
            ("xtask/Cargo.toml", ""),
            ("xtask/src/main.rs", "mod g;\n"),
            ("xtask/src/g.rs", ""),
        ]);
        assert_eq!(shown(&check(&house)), [""; 0]);
    }
}

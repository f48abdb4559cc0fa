//! Which crate may depend on which: `arrows.toml` and cargo agree.
//!
//! ```toml
//! [crates.canread-syntax]
//! may = []                        # the crate itself
//! dev = ["canread-testing"]       # its tests
//! build = []                      # its build script
//! why = "one sentence"
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use super::house::{Arrow, ArrowKind, House, Package, line_where};
use super::problem::Problem;

const FILE: &str = "arrows.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrows {
    crates: BTreeMap<String, Allowed>,
}

/// What one crate may depend on within the workspace.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    may: Vec<String>,
    #[serde(default)]
    dev: Vec<String>,
    #[serde(default)]
    build: Vec<String>,
    why: String,
}

impl Allowed {
    fn of_kind(&self, kind: ArrowKind) -> &[String] {
        match kind {
            ArrowKind::Normal => &self.may,
            ArrowKind::Dev => &self.dev,
            ArrowKind::Build => &self.build,
        }
    }

    fn all(&self) -> impl Iterator<Item = Arrow> {
        [ArrowKind::Normal, ArrowKind::Dev, ArrowKind::Build]
            .into_iter()
            .flat_map(|kind| self.of_kind(kind).iter().map(move |to| Arrow { kind, to: to.clone() }))
    }
}

/// The key under which an arrow stands in the file.
fn key(kind: ArrowKind) -> &'static str {
    match kind {
        ArrowKind::Normal => "may",
        ArrowKind::Dev => "dev",
        ArrowKind::Build => "build",
    }
}

pub(super) fn check(house: &House) -> Vec<Problem> {
    let Some(text) = house.text(FILE) else {
        let next = "declare the allowed dependencies between the crates, one table each";
        return vec![Problem::new(FILE, None, "the file is missing", next)];
    };
    let arrows: Arrows = match toml::from_str(text) {
        Ok(arrows) => arrows,
        Err(error) => {
            let line =
                error.span().and_then(|span| text.get(..span.start)).map(|before| before.matches('\n').count() + 1);
            let next = "each crate is a table `[crates.NAME]` with `may`, `why` and, where needed, `dev` and `build`";
            return vec![Problem::new(FILE, line, error.message(), next)];
        }
    };
    let mut problems = Vec::new();
    for package in house.packages() {
        match arrows.crates.get(&package.name) {
            Some(allowed) => compare(house, text, package, allowed, &mut problems),
            None => problems.push(Problem::new(
                FILE,
                None,
                format!("crate `{}` is not declared", package.name),
                format!("add a table `[crates.{}]` with `may` and `why`", package.name),
            )),
        }
    }
    problems.extend(
        arrows.crates.keys().filter(|name| house.packages().iter().all(|package| &package.name != *name)).map(|name| {
            let message = format!("crate `{name}` is declared but is no member of the workspace");
            Problem::new(FILE, line_of_table(text, name), message, "remove its table")
        }),
    );
    problems
}

/// One crate's arrows, declared and used.
fn compare(house: &House, text: &str, package: &Package, allowed: &Allowed, problems: &mut Vec<Problem>) {
    let name = &package.name;
    let table = line_of_table(text, name);
    if allowed.why.trim().is_empty() {
        problems.push(Problem::new(FILE, table, format!("crate `{name}` has an empty `why`"), "say what it is for"));
    }
    let declared: Vec<Arrow> = allowed.all().collect();
    for arrow in package.arrows.iter().filter(|arrow| !declared.contains(arrow)) {
        let manifest = house.text(&package.manifest).unwrap_or_default();
        let line = line_where(manifest, |line| line.starts_with(&arrow.to));
        let key = key(arrow.kind);
        problems.push(Problem::new(
            &package.manifest,
            line,
            format!("`{name}` may not depend on `{}` (`{key}` in {FILE} does not allow it)", arrow.to),
            format!("do without it; a new arrow is a design change: allow it in {FILE} in a commit of its own"),
        ));
    }
    for arrow in declared.iter().filter(|arrow| !package.arrows.contains(arrow)) {
        let message = format!("`{name}` does not use its arrow to `{}` (`{}`)", arrow.to, key(arrow.kind));
        problems.push(Problem::new(FILE, table, message, "remove it from the list"));
    }
}

fn line_of_table(text: &str, name: &str) -> Option<usize> {
    line_where(text, |line| line.trim_end() == format!("[crates.{name}]"))
}

#[cfg(test)]
mod tests {
    use super::super::problem::shown;
    use super::*;
    use ArrowKind::{Build, Dev, Normal};

    fn problems(arrows: &str, packages: &[(&str, &[(ArrowKind, &str)])]) -> Vec<String> {
        let mut house = House::of(&[(FILE, arrows), ("crates/b/Cargo.toml", "[dependencies]\na.workspace = true\n")]);
        for &(name, arrows) in packages {
            house = house.with_package(name, arrows);
        }
        shown(&check(&house))
    }

    const DECLARED: &str = r#"
[crates.a]
may = []
why = "the ground"
[crates.b]
may = ["a"]
dev = ["c"]
build = ["c"]
why = "stands on it"
[crates.c]
may = []
why = "helps"
"#;

    #[test]
    fn declared_and_used_arrows_that_agree_are_well() {
        let b: &[(ArrowKind, &str)] = &[(Normal, "a"), (Dev, "c"), (Build, "c")];
        assert_eq!(problems(DECLARED, &[("a", &[]), ("b", b), ("c", &[])]), [""; 0]);
    }

    #[test]
    fn an_arrow_that_is_not_declared_is_shown_in_the_manifest() {
        let declared = "[crates.a]\nmay = []\nwhy = \"x\"\n[crates.b]\nmay = []\ndev = [\"a\"]\nwhy = \"x\"\n";
        assert_eq!(
            problems(declared, &[("a", &[]), ("b", &[(Normal, "a"), (Dev, "a")])]),
            ["crates/b/Cargo.toml:2: `b` may not depend on `a` (`may` in arrows.toml does not allow it)"]
        );
    }

    #[test]
    fn an_arrow_that_nobody_uses_is_shown_at_its_table() {
        assert_eq!(
            problems(DECLARED, &[("a", &[]), ("b", &[(Normal, "a"), (Build, "c")]), ("c", &[])]),
            ["arrows.toml:5: `b` does not use its arrow to `c` (`dev`)"]
        );
    }

    #[test]
    fn declared_crates_and_members_are_the_same() {
        assert_eq!(
            problems("[crates.a]\nmay = []\nwhy = \"x\"\n", &[("b", &[])]),
            [
                "arrows.toml: crate `b` is not declared",
                "arrows.toml:1: crate `a` is declared but is no member of the workspace",
            ]
        );
    }

    #[test]
    fn a_misspelt_key_or_an_empty_reason_is_seen() {
        assert_eq!(
            problems("[crates.a]\nmay = []\nwhy = \" \"\n", &[("a", &[])]),
            ["arrows.toml:1: crate `a` has an empty `why`"]
        );
        let misspelt = problems("[crates.a]\nmay = []\nwhy = \"x\"\nmust = []\n", &[("a", &[])]);
        assert!(misspelt[0].starts_with("arrows.toml:4: unknown field `must`"), "{misspelt:?}");
    }
}

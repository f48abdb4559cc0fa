//! Names and targets found for small trees, as text.

use std::collections::HashMap;

use super::{Files, FixedRoot, Place, Resolution, fixed, infer};

/// Files as `path: import import`, one a line; full paths are below `/repo`.
struct Given {
    full: Vec<String>,
    shown: Vec<String>,
    imported: Vec<Vec<u32>>,
    imports: Vec<Box<str>>,
}

fn given(text: &str) -> Given {
    let mut given = Given { full: Vec::new(), shown: Vec::new(), imported: Vec::new(), imports: Vec::new() };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (path, imports) = line.split_once(':').unwrap_or((line, ""));
        given.full.push(format!("repo/{path}"));
        given.shown.push(path.to_owned());
        let numbers = imports.split_whitespace().map(|import| number(&mut given.imports, import));
        given.imported.push(numbers.collect());
    }
    given
}

fn number(imports: &mut Vec<Box<str>>, import: &str) -> u32 {
    let known = imports.iter().position(|known| known.as_ref() == import);
    let number = known.unwrap_or_else(|| {
        imports.push(import.into());
        imports.len() - 1
    });
    super::to_u32(number)
}

fn render(text: &str, resolve: impl FnOnce(&Files<'_>) -> Resolution) -> String {
    let given = given(text);
    let files = Files {
        root: "repo",
        full: given.full.iter().map(String::as_str).collect(),
        shown: given.shown.iter().map(String::as_str).collect(),
        imported: given.imported.iter().map(Vec::as_slice).collect(),
        imports: &given.imports,
    };
    let resolution = resolve(&files);
    let mut lines: Vec<String> = (0..given.full.len())
        .map(|file| {
            let mut names = vec![resolution.names[file].as_str()];
            names.extend(resolution.aliases[file].iter().map(String::as_str));
            format!("{} is {}", given.shown[file], names.join(" or "))
        })
        .collect();
    for (import, target) in given.imports.iter().zip(&resolution.targets) {
        if target.is_none() {
            lines.push(format!("{import} is missing"));
        }
    }
    lines.extend(resolution.problems.iter().map(|problem| {
        format!("{}: {} => {}", problem.code, problem.message, problem.help.as_deref().unwrap_or_default())
    }));
    lines.join("\n")
}

fn inferred(text: &str) -> String {
    render(text, infer)
}

fn lines(expected: &[&str]) -> String {
    expected.join("\n")
}

#[test]
fn the_root_is_what_stands_before_an_import() {
    assert_eq!(
        inferred("proto/shop/order.proto: shop/money.proto\nproto/shop/money.proto\nproto/other/x.proto"),
        lines(&[
            "proto/shop/order.proto is shop/order.proto",
            "proto/shop/money.proto is shop/money.proto",
            "proto/other/x.proto is other/x.proto",
        ])
    );
}

#[test]
fn the_root_may_lie_above_the_tree() {
    assert_eq!(
        inferred("order.proto: repo/money.proto\nmoney.proto"),
        lines(&["order.proto is repo/order.proto", "money.proto is repo/money.proto"])
    );
}

#[test]
fn parts_with_roots_of_their_own_don_t_disturb_each_other() {
    assert_eq!(
        inferred("a/proto/x.proto: y.proto\na/proto/y.proto\nb/proto/x.proto: z.proto\nb/proto/z.proto\nlone.proto"),
        lines(&[
            "a/proto/x.proto is x.proto",
            "a/proto/y.proto is y.proto",
            "b/proto/x.proto is b/proto/x.proto",
            "b/proto/z.proto is z.proto",
            "lone.proto is lone.proto",
        ])
    );
}

#[test]
fn a_copy_under_a_root_that_nothing_proves_is_not_the_one_meant() {
    assert_eq!(
        inferred("a.proto: lib/b.proto lib/c.proto\nlib/b.proto\nlib/c.proto\ncopy/lib/b.proto"),
        lines(&[
            "a.proto is a.proto",
            "lib/b.proto is lib/b.proto",
            "lib/c.proto is lib/c.proto",
            "copy/lib/b.proto is copy/lib/b.proto",
        ])
    );
}

#[test]
fn an_import_of_one_part_means_that_part_s_file() {
    assert_eq!(
        inferred("v1/a.proto: b.proto\nv1/b.proto\nv2/b.proto"),
        lines(&["v1/a.proto is a.proto", "v1/b.proto is b.proto", "v2/b.proto is v2/b.proto"])
    );
}

#[test]
fn two_files_that_would_do_are_an_error_with_the_next_step() {
    assert_eq!(
        inferred("v1/a.proto: b.proto\nv1/b.proto\nv2/a.proto: b.proto\nv2/b.proto"),
        lines(&[
            "v1/a.proto is a.proto",
            "v1/b.proto is b.proto",
            "v2/a.proto is v2/a.proto",
            "v2/b.proto is v2/b.proto",
            "project/ambiguous_import: `b.proto` could be `v1/b.proto` or `v2/b.proto` => name the include root: `-I v1`",
        ])
    );
}

#[test]
fn a_file_imported_by_two_paths_has_both() {
    assert_eq!(
        inferred("lib/a.proto\nx.proto: lib/a.proto\ny.proto: lib/a.proto\nlib/z.proto: a.proto"),
        lines(&[
            "lib/a.proto is lib/a.proto or a.proto",
            "x.proto is x.proto",
            "y.proto is y.proto",
            "lib/z.proto is z.proto",
        ])
    );
}

#[test]
fn missing_imports_are_left_to_the_linker() {
    assert_eq!(
        inferred("a.proto: google/protobuf/any.proto gone.proto ../x.proto"),
        lines(&[
            "a.proto is a.proto",
            "google/protobuf/any.proto is missing",
            "gone.proto is missing",
            "../x.proto is missing",
        ])
    );
}

#[test]
fn known_roots_name_files_in_their_order() {
    let roots = |dirs: &[&str]| -> Vec<FixedRoot> {
        let root = |dir: &&str| FixedRoot { place: Place::Inside(format!("repo/{dir}")), shown: (*dir).to_owned() };
        dirs.iter().map(root).collect()
    };
    let text = "proto/a.proto: x/b.proto\nvendor/x/b.proto\nelse/c.proto";
    assert_eq!(
        render(text, |files| fixed(files, &roots(&["proto", "vendor"]), &HashMap::new())),
        lines(&["proto/a.proto is a.proto", "vendor/x/b.proto is x/b.proto", "else/c.proto is else/c.proto"])
    );
    let hidden = render("p/a.proto\nq/a.proto", |files| fixed(files, &roots(&["p", "q"]), &HashMap::new()));
    assert!(hidden.contains("project/shadowed_file: `p/a.proto` and `q/a.proto` are both imported as `a.proto`"));
}

#[test]
fn seven_thousand_files_take_no_noticeable_time() {
    let mut text = String::new();
    for file in 0..7000_u32 {
        use std::fmt::Write as _;
        let _ = write!(text, "root/pkg{}/v1/file{file}.proto:", file % 700);
        for import in 1..6 {
            let other = (file * 7 + import * 131) % 7000;
            let _ = write!(text, " pkg{}/v1/file{other}.proto", other % 700);
        }
        text.push('\n');
    }
    let mut given = Given { full: Vec::new(), shown: Vec::new(), imported: Vec::new(), imports: Vec::new() };
    let mut numbers: HashMap<String, u32> = HashMap::new();
    for line in text.lines() {
        let (path, imports) = line.split_once(':').expect("a path");
        given.full.push(format!("repo/{path}"));
        given.shown.push(path.to_owned());
        let imported = imports.split_whitespace().map(|import| {
            *numbers.entry(import.to_owned()).or_insert_with(|| {
                given.imports.push(import.into());
                super::to_u32(given.imports.len() - 1)
            })
        });
        given.imported.push(imported.collect());
    }
    let files = Files {
        root: "repo",
        full: given.full.iter().map(String::as_str).collect(),
        shown: given.shown.iter().map(String::as_str).collect(),
        imported: given.imported.iter().map(Vec::as_slice).collect(),
        imports: &given.imports,
    };
    let start = std::time::Instant::now();
    let resolution = infer(&files);
    let taken = start.elapsed();
    assert!(resolution.problems.is_empty());
    assert_eq!(resolution.roots, ["repo/root"]);
    assert!(taken.as_millis() < 500, "{taken:?}: the bound is ten times what it takes");
}

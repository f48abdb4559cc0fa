//! Include roots given with `-I` or read from buf's configuration, on both sides.

mod support;

use canread_project::Workload;
use support::{World, check, line, outcome};

/// Names and shown paths of everything loaded on the new side.
fn names(work: &Workload) -> String {
    let file = |file: &canread_project::LoadedFile| {
        let shown = work.sources.file(file.id).name();
        format!("{} = {shown}", file.name)
    };
    let mut lines: Vec<String> = work.new.files.iter().map(file).collect();
    lines.extend(work.diagnostics.iter().map(line));
    lines.join("\n")
}

/// All of `new`, against an unrelated directory.
fn loaded(world: &World, new: &str, includes: &[&str]) -> String {
    world.write("empty/none.proto", "");
    let project = includes.iter().fold(world.project(), canread_project::Project::include);
    match check(&project, new, "empty") {
        Ok(work) => names(&work),
        Err(error) => outcome(Err(error)),
    }
}

#[test]
fn given_roots_are_searched_in_order() {
    let world = World::with(&[
        ("proto/a.proto", "import \"lib/b.proto\";\nimport \"lib/c.proto\";"),
        ("vendor1/lib/b.proto", ""),
        ("vendor2/lib/b.proto", ""),
        ("vendor2/lib/c.proto", ""),
    ]);
    assert_eq!(
        loaded(&world, "proto", &["proto", "vendor1", "vendor2"]),
        "a.proto = proto/a.proto\nlib/b.proto = vendor1/lib/b.proto\nlib/c.proto = vendor2/lib/c.proto"
    );
    assert_eq!(loaded(&world, "proto", &["gone"]), "Usage: `-I gone` names no directory");
}

#[test]
fn a_given_root_means_the_same_place_on_the_other_side() {
    let files =
        [("old/p/a.proto", "import \"b.proto\";"), ("old/p/b.proto", ""), ("new/p/a.proto", "import \"b.proto\";")];
    let world = World::with(&files);
    world.write("new/p/b.proto", "message B {}");
    let project = world.project().include("new/p");
    assert_eq!(outcome(check(&project, "new", "old")), "compared a.proto b.proto | a.proto b.proto, unchanged 0");
}

#[test]
fn a_given_root_of_the_repository_is_read_at_the_revision() {
    let files = [("a/x.proto", "import \"lib/y.proto\";"), ("third/lib/y.proto", "message Y {}")];
    let Some(world) = World::repository(&files) else { return };
    world.commit();
    world.write("third/lib/y.proto", "message Z {}");
    let project = world.project().include("a").include("third");
    let work = check(&project, "a", "git:HEAD").expect("a comparison");
    let texts: Vec<_> = work.sources.iter().map(|(_, file)| (file.name(), file.text())).collect();
    assert!(texts.contains(&("third/lib/y.proto", "message Y {}")), "{texts:?}");
    assert!(texts.contains(&("third/lib/y.proto", "message Z {}")), "{texts:?}");
    assert_eq!(outcome(Ok(work)), "compared x.proto | x.proto, imported lib/y.proto | lib/y.proto, unchanged 0");
}

#[test]
fn imports_never_leave_their_root() {
    let world = World::with(&[
        ("secret.proto", ""),
        ("p/a.proto", "import \"../secret.proto\";\nimport \"/etc/hosts.proto\";"),
    ]);
    assert_eq!(loaded(&world, "p", &["p"]), "a.proto = p/a.proto");
    assert_eq!(loaded(&world, "p", &[]), "a.proto = p/a.proto");
}

#[test]
fn buf_modules_of_every_version_are_roots() {
    let sources = [("x/proto/a.proto", "import \"b.proto\";"), ("x/proto/b.proto", ""), ("x/lib/y/c.proto", "")];
    let roots = "a.proto = x/proto/a.proto\nb.proto = x/proto/b.proto\ny/c.proto = x/lib/y/c.proto";
    let configs: [&[(&str, &str)]; 4] = [
        &[("x/buf.yaml", "version: v2\nmodules:\n  - path: proto\n  - path: lib\n")],
        &[("x/buf.yaml", "version: v1beta1\nbuild:\n  roots: [proto, lib]\n")],
        &[
            ("x/buf.work.yaml", "version: v1\ndirectories:\n  - proto\n  - lib\n"),
            ("x/proto/buf.yaml", "version: v1\n"),
        ],
        &[("x/proto/buf.yaml", "version: v1\n"), ("x/lib/buf.yaml", "version: v1\n")],
    ];
    for config in configs {
        let world = World::with(&sources);
        for (path, text) in config {
            world.write(path, text);
        }
        let mut found: Vec<String> = loaded(&world, "x", &[]).lines().map(str::to_owned).collect();
        found.sort();
        assert_eq!(found.join("\n"), roots, "{config:?}");
    }
}

#[test]
fn a_buf_module_above_the_tree_counts_inside_the_repository() {
    let files = [
        ("buf.yaml", "version: v2\nmodules:\n  - path: proto\n    excludes: [proto/gen]\ndeps: [buf.build/a/b]\n"),
        ("proto/shop/a.proto", "import \"lib/b.proto\";"),
        ("proto/lib/b.proto", ""),
        ("proto/gen/c.proto", ""),
    ];
    let Some(world) = World::repository(&files) else { return };
    world.commit();
    world.write("proto/shop/a.proto", "import \"lib/b.proto\";\nmessage A {}");
    let work = check(&world.project(), "proto/shop", "git:HEAD").expect("a comparison");
    assert_eq!(work.old.buf_dependencies, ["buf.build/a/b"]);
    assert_eq!(
        outcome(Ok(work)),
        "compared shop/a.proto | shop/a.proto, imported lib/b.proto | lib/b.proto, unchanged 0"
    );
    let work = check(&world.project(), ".", "git:HEAD").expect("a comparison");
    assert_eq!(work.new.skipped.summary().as_deref(), Some("1 file outside buf's modules"));
}

#[test]
fn a_buf_file_that_is_not_understood_is_an_error_at_its_place() {
    for (text, expected) in [
        ("version: v9\n", "1:10 expected `v1beta1`, `v1` or `v2`, found `v9`"),
        ("version: v2\nmodules:\n  - path: [x]\n", "3:11 expected a path, found a list"),
        (
            "version: v2\nmodules:\n  - path: ../up\n",
            "3:11 expected a path below the directory of this file, found `../up`",
        ),
        ("- a\n", "1:1 expected a map of settings, found a list"),
    ] {
        let world = World::with(&[("p/a.proto", ""), ("p/buf.yaml", text), ("q/b.proto", "")]);
        let work = check(&world.project(), "p", "q").expect("a comparison");
        let found: Vec<String> = work
            .diagnostics
            .iter()
            .filter_map(|diagnostic| {
                let at = work.sources.position(diagnostic.span()?);
                Some(format!("{}:{} {}", at.line, at.column, diagnostic.message))
            })
            .collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn an_ambiguous_import_is_an_error_and_a_given_root_settles_it() {
    let files = [
        ("s/v1/a.proto", "import \"b.proto\";"),
        ("s/v1/b.proto", ""),
        ("s/v2/a.proto", "import \"b.proto\";"),
        ("s/v2/b.proto", ""),
    ];
    let world = World::with(&files);
    let found = loaded(&world, "s", &[]);
    assert!(found.contains("project/ambiguous_import `b.proto` could be `s/v1/b.proto` or `s/v2/b.proto`"), "{found}");
    assert!(!loaded(&world, "s", &["s/v1"]).contains("ambiguous"));
}

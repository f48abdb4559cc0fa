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

/// A root above the new version's directory, and an old version laid out alike or not.
#[test]
fn a_given_root_above_one_side_is_that_sides_and_the_other_has_the_twin() {
    let import = "import \"g/type.proto\";";
    let files = [
        ("new/g/shop/a.proto", import),
        ("new/g/type.proto", "message N {}"),
        ("old/g/shop/a.proto", import),
        ("old/g/type.proto", "message O {}"),
    ];
    let world = World::with(&files);
    let compared = "compared g/shop/a.proto | g/shop/a.proto, imported g/type.proto | g/type.proto, unchanged 0";
    for roots in [&["new"][..], &["old"], &["new", "old"]] {
        let project = roots.iter().fold(world.project(), canread_project::Project::include);
        let work = check(&project, "new/g/shop", "old/g/shop").expect("a comparison");
        let texts: Vec<_> = work.sources.iter().map(|(_, file)| (file.version(), file.text())).collect();
        assert!(texts.contains(&("old/g/shop", "message O {}")), "{roots:?} {texts:?}");
        assert!(texts.contains(&("new/g/shop", "message N {}")), "{roots:?} {texts:?}");
        assert_eq!(outcome(Ok(work)), compared, "{roots:?}");
    }
}

/// The old version has no such directory, so its import stays open, and the root that has it is named.
#[test]
fn a_given_root_of_one_side_answers_no_import_of_the_other() {
    let import = "import \"type.proto\";";
    let world =
        World::with(&[("v2/p/a.proto", import), ("v2/lib/type.proto", "message N {}"), ("v1/p/a.proto", import)]);
    let elsewhere = |work: &Workload| format!("{:?} | {:?}", work.old.found_elsewhere, work.new.found_elsewhere);
    let project = world.project().include("v2/lib");
    let work = check(&project, "v2/p", "v1/p").expect("a comparison");
    assert_eq!(elsewhere(&work), r#"{"type.proto": "v2/lib"} | {}"#);
    assert_eq!(outcome(Ok(work)), "compared a.proto | a.proto, imported | type.proto, unchanged 0");
    let work = check(&project, "v1/p", "v2/p").expect("a comparison");
    assert_eq!(elsewhere(&work), r#"{} | {"type.proto": "v2/lib"}"#);

    // Said to be of both, it is.
    let work = check(&project.old_include("v2/lib"), "v2/p", "v1/p").expect("a comparison");
    assert_eq!(outcome(Ok(work)), "compared |, unchanged 1");
}

#[test]
fn roots_of_the_old_side_replace_the_given_ones_there() {
    let import = "import \"type.proto\";";
    let files = [
        ("v2/a.proto", import),
        ("v2-lib/type.proto", "message N {}"),
        ("v1/a.proto", import),
        ("v1-lib/type.proto", "message O {}"),
        ("v1-lib/other.proto", ""),
    ];
    let world = World::with(&files);
    let project = world.project().include("v2-lib").old_include("v1-lib");
    let work = check(&project, "v2", "v1").expect("a comparison");
    assert_eq!(
        (work.old.include_roots.join(" "), work.new.include_roots.join(" ")),
        ("v1-lib".into(), "v2-lib".into())
    );
    assert_eq!(outcome(Ok(work)), "compared a.proto | a.proto, imported type.proto | type.proto, unchanged 0");
    let project = world.project().old_include("gone");
    assert_eq!(outcome(check(&project, "v2", "v1")), "Usage: `--against-include gone` names no directory");
}

#[test]
fn roots_of_an_old_side_in_git_are_read_at_the_revision_even_if_they_are_gone() {
    let import = "import \"type.proto\";";
    let files = [("a/x.proto", import), ("lib1/type.proto", "message O {}"), ("lib2/.keep", "")];
    let Some(world) = World::repository(&files) else { return };
    world.commit();
    world.remove("lib1/type.proto");
    std::fs::remove_dir(world.path("lib1")).expect("an empty directory");
    world.write("lib2/type.proto", "message N {}");
    let project = world.project().include("lib2").old_include("lib1");
    let work = check(&project, "a", "git:HEAD").expect("a comparison");
    let texts: Vec<_> = work.sources.iter().map(|(_, file)| (file.name(), file.text())).collect();
    assert!(texts.contains(&("lib1/type.proto", "message O {}")), "{texts:?}");
    let project = world.project().old_include("lib3");
    let error = outcome(check(&project, "a", "git:HEAD"));
    assert!(error.starts_with("Usage: `--against-include lib3` names no directory in git:"), "{error}");
}

/// Neither side is in the work tree as it is now.
#[test]
fn a_given_root_of_two_revisions_is_read_at_each() {
    let files = [("a/x.proto", "import \"y.proto\";"), ("third/y.proto", "message Y {}")];
    let Some(world) = World::repository(&files) else { return };
    world.commit();
    world.write("third/y.proto", "message Z {}");
    world.commit();
    world.write("third/y.proto", "message Now {}");
    let work = check(&world.project().include("third"), "HEAD:a", "git:HEAD~1").expect("a comparison");
    let texts: Vec<_> = work.sources.iter().map(|(_, file)| file.text()).collect();
    assert!(texts.contains(&"message Y {}") && texts.contains(&"message Z {}"), "{texts:?}");
    assert!(!texts.contains(&"message Now {}"), "{texts:?}");
}

/// `REF:PATH` with a root above the new version, as with two directories on disk.
#[test]
fn a_root_above_another_path_in_git_has_a_twin_there() {
    let import = "import \"g/t.proto\";";
    let files = [
        ("new/g/s/a.proto", import),
        ("new/g/t.proto", "message N {}"),
        ("old/g/s/a.proto", import),
        ("old/g/t.proto", "message O {}"),
    ];
    let Some(world) = World::repository(&files) else { return };
    world.commit();
    let work = check(&world.project().include("new"), "new/g/s", "HEAD:old/g/s").expect("a comparison");
    let texts: Vec<_> = work.sources.iter().map(|(_, file)| (file.name(), file.text())).collect();
    assert!(texts.contains(&("old/g/t.proto", "message O {}")), "{texts:?}");
    assert!(texts.contains(&("new/g/t.proto", "message N {}")), "{texts:?}");
}

/// The current directory bounds what inferred roots may reach; a root that was given is wanted.
#[test]
fn a_given_root_may_lie_above_the_current_directory() {
    let world =
        World::with(&[("new/p/a.proto", "import \"lib/b.proto\";"), ("new/lib/b.proto", ""), ("old/p/a.proto", "")]);
    let project = world.project_in("new/p").include("..");
    let found = outcome(check(&project, ".", "../../old/p"));
    assert_eq!(found, "compared p/a.proto | p/a.proto, imported | lib/b.proto, unchanged 0");
}

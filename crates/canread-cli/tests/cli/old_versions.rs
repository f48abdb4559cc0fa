//! Which old versions of a history take part, and what is said of all of them once.

use crate::world::{P3, World};

fn message(fields: &str) -> String {
    format!("{P3}message Order {{\n{fields}}}\n")
}

const ID: &str = "  int64 id = 1;\n";
const ID32: &str = "  int32 id = 1;\n";

/// A repository whose first commit, `v0`, has no schemas, and whose second one, `v1`, has one; in the work tree it breaks.
fn started_late() -> Option<World> {
    let world = World::repository(&[("readme", "")])?;
    world.git("tag v0");
    world.write("s/a.proto", message(ID));
    world.commit();
    world.git("tag v1");
    world.write("s/a.proto", message(ID32));
    Some(world)
}

#[test]
fn one_baseline_without_schemas_does_not_hide_the_others() {
    let Some(world) = started_late() else { return };
    for more in ["", " --allow-missing-baseline"] {
        for against in ["--against git:v0 --against git:v1", "--against git:v1 --against v0:s", "--against git:tags/*"]
        {
            let outcome = world.run(&format!("check s {against}{more}"));
            assert_eq!(outcome.code, Some(1), "{against}{more}: {}", outcome.text());
            let text = outcome.text();
            assert!(text.contains("versions without schemas were left out"), "{text}");
            assert!(text.contains("there are none in `s` at `v0 ("), "{text}");
        }
    }
    let both = "check s --against git:v0 --against v0:s";
    world.run(both).fails_with(3, &["there is no `s` in v0", "--allow-missing-baseline"]);
    assert_eq!(world.run(&format!("{both} --allow-missing-baseline")).code, Some(0));
}

#[test]
fn a_range_that_leaves_the_schemas_alone_stands_for_its_end() {
    let Some(world) = started_late() else { return };
    world.write("readme", "more");
    world.git("add readme");
    world.git("commit --quiet --message=readme");
    for range in ["git:v1..HEAD", "git:v1..", "git:HEAD..HEAD"] {
        for more in ["", " --allow-missing-baseline"] {
            let outcome = world.run(&format!("check s --against {range}{more}"));
            assert_eq!(outcome.code, Some(1), "{range}{more}: {}", outcome.text());
        }
    }
    let backwards = world.run("check s --against git:HEAD..v1 --allow-missing-baseline");
    backwards.fails_with(2, &["there is no commit in HEAD..v1", "the older revision comes first: `git:v1..HEAD`"]);
}

#[test]
fn two_files_of_other_names_are_versions_of_the_one_that_is_named() {
    let world = World::with(&[
        ("o1.proto", message("  int64 id = 1;\n  string note = 2;\n")),
        ("o2.proto", message("  int64 id = 1;\n")),
        ("new.proto", message("  int64 id = 1;\n  bool gift = 2;\n")),
    ]);
    let outcome = world.run("check new.proto --against o1.proto --against o2.proto --promise wire,json,source");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(!outcome.out.contains("file_moved"), "{}", outcome.out);
    assert!(outcome.out.contains("retired_field_number_reused"), "{}", outcome.out);
    let pair = world.run("check o2.proto --against o1.proto --against o1.proto --promise wire,json,source");
    assert!(!pair.out.contains("file_moved"), "{}", pair.out);
}

#[test]
fn what_all_versions_miss_is_said_once() {
    let text =
        |number: u32| format!("{P3}import \"gone.proto\";\nmessage A {{\n  gone.B b = 1;\n  int32 x = {number};\n}}\n");
    let files: Vec<(String, String)> = (1..=5).map(|at| (format!("v{at}/a.proto"), text(at + 1))).collect();
    let world = World::with(&files);
    let against = "--against v1 --against v2 --against v3 --against v4";
    let outcome = world.run(&format!("check v5 {against}"));
    outcome.fails_with(3, &["it is missing in 5 versions: v5, v4, v3, v2 and 1 more"]);
    let text = outcome.text();
    assert_eq!(text.matches("[protobuf/missing_import]").count(), 1, "{text}");
    let pair = world.run("check v5 --against v4");
    pair.fails_with(3, &["it is missing in both versions, v4 and v5"]);
}

#[test]
fn a_name_that_old_versions_declare_twice_is_no_news() {
    let schema = |size: u32| format!(r#"{{"type": "fixed", "name": "Id", "size": {size}}}"#);
    let mut files = Vec::new();
    for (version, sizes) in [("v1", [4, 8]), ("v2", [4, 8]), ("v3", [4, 8])] {
        for (name, size) in ["a", "b"].iter().zip(sizes) {
            files.push((format!("{version}/{name}.avsc"), schema(size)));
        }
        files.push((format!("{version}/{version}.avsc"), r#"{"type": "fixed", "name": "F", "size": 1}"#.to_owned()));
    }
    let world = World::with(&files);
    let pair = world.run("check v3 --against v2").text();
    let history = world.run("check v3 --against v1 --against v2").text();
    assert_eq!(pair.matches("[avro/redefined_type]").count(), 1, "{pair}");
    assert_eq!(history.matches("[avro/redefined_type]").count(), 1, "{history}");
}

#[test]
fn what_old_versions_passed_over_is_told() {
    let world = World::with(&[
        ("v1/a.proto", message(ID)),
        ("v1/.x/b.proto", message(ID)),
        ("v2/a.proto", message(ID)),
        ("v3/a.proto", message(ID)),
    ]);
    let outcome = world.run("check v3 --against v1 --against v2");
    let told = "passed over: in v1: 1 hidden or generated directory, such as `v1/.x`";
    assert!(outcome.out.contains(told), "{}", outcome.out);
}

#[cfg(unix)]
#[test]
fn a_file_that_no_version_can_read_is_said_once_with_the_versions() {
    let world = World::with(&[("v1/a.proto", ""), ("v2/a.proto", ""), ("v3/a.proto", "")]);
    for version in ["v1", "v2", "v3"] {
        world.write(format!("{version}/a.proto"), message(ID));
        std::os::unix::fs::symlink("nowhere", world.path(format!("{version}/b.proto"))).expect("a link can be made");
    }
    let outcome = world.run("check v3 --against v1 --against v2");
    outcome.fails_with(3, &["the symbolic link `v3/b.proto` leads to nothing", "this is in the new version, v3"]);
    assert!(!outcome.text().contains("v1, v1"), "{}", outcome.text());
}

#[cfg(unix)]
#[test]
fn what_is_excluded_is_not_looked_into() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID)), ("s/bad/x.proto", "nonsense")]) else { return };
    std::os::unix::fs::symlink("nowhere", world.path("s/bad/b.proto")).expect("a link can be made");
    world.commit();
    world.write("canread.toml", "version = 1\nexclude = [\"s/bad\"]\n");
    let outcome = world.run("check s --against git:HEAD");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    assert!(outcome.out.contains("passed over: 1 excluded by canread.toml, such as `s/bad`"), "{}", outcome.out);
    // A bare repository has no directory that the patterns could start at: they start at its top.
    world.write("s/bad/x.proto", "other nonsense");
    world.write("s/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n"));
    world.commit();
    world.git("clone --quiet --bare . bare");
    let bare = || {
        let mut command = crate::world::canread(&world.path("bare"));
        crate::world::Outcome::of(command.args(["check", "HEAD:s", "--against", "HEAD~1:s"]))
    };
    bare().fails_with(3, &["s/bad/x.proto:1:1"]);
    world.write("bare/canread.toml", "version = 1\nexclude = [\"s/bad\"]\n");
    let outcome = bare();
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
}

#[test]
fn versions_with_equal_files_are_read_once_and_listed_together() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID))]) else { return };
    for tag in 0..50 {
        world.git(&format!("tag v{tag}"));
    }
    world.write("s/a.proto", message(ID32));
    let json = world.run("check s --against git:tags/v* --format json");
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    let versions = report["compared"]["versions"].as_array().expect("a list");
    assert_eq!(versions.len(), 1, "{report:#}");
    assert_eq!(versions[0]["same"].as_array().map(Vec::len), Some(49), "{report:#}");
}

#[test]
fn versions_with_the_same_files_are_read_as_each_would_be_alone() {
    let a = |import: &str, number: u32| {
        format!("{P3}package a;\nimport \"{import}\";\nmessage A {{\n  lib.B b = {number};\n}}\n")
    };
    let b = |kind: &str| format!("{P3}package lib;\nmessage B {{\n  {kind} x = 1;\n}}\n");
    let Some(world) = World::repository(&[("s/a.proto", &a("b.proto", 1)), ("s/b.proto", &b("int64"))]) else { return };
    world.git("tag v1");
    // Each step changes something else: a text, an import, what lies outside of the directory, a link.
    let steps: [&dyn Fn(); 6] = [
        &|| world.write("s/a.proto", a("b.proto", 2)),
        &|| world.write("lib/b.proto", b("string")),
        &|| {
            world.git("rm --quiet s/b.proto");
            world.write("s/a.proto", a("../lib/b.proto", 2).replace("../", ""));
        },
        &|| world.write("lib/b.proto", b("bytes")),
        &|| world.write("s/c.proto", format!("{P3}package c;\nmessage C {{ int32 x = 1; }}\n")),
        &|| world.write("s/c.proto", format!("{P3}package c;\nmessage C {{ string x = 1; }}\n")),
    ];
    for (at, step) in steps.iter().enumerate() {
        step();
        world.commit();
        world.git(&format!("tag v{}", at + 2));
    }
    world.write("s/c.proto", format!("{P3}package c;\nmessage C {{ bool x = 1; }}\n"));
    let findings = |arguments: &str| {
        let json = world.run(&format!("check s --mode backward-transitive --format json {arguments}"));
        let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
        assert_ne!(report["status"], "error", "{report:#}");
        let findings = report["findings"].as_array().expect("a list").clone();
        let text = |finding: &serde_json::Value| format!("{} {}", finding["rule"], finding["message"]);
        findings.iter().map(text).collect::<std::collections::BTreeSet<_>>()
    };
    let all = findings("--against git:tags/v*");
    let each: Vec<_> = (1..=7).map(|at| findings(&format!("--against git:v{at}"))).collect();
    for (at, one) in each.iter().enumerate() {
        assert!(one.is_subset(&all), "v{}: {one:#?} of {all:#?}", at + 1);
    }
    let retired = |text: &&String| text.contains("retired");
    let known: std::collections::BTreeSet<_> = each.into_iter().flatten().collect();
    assert!(all.iter().filter(|text| !retired(text)).all(|text| known.contains(text)), "{all:#?} of {known:#?}");
    assert!(known.len() > 3, "{known:#?}");
}

#[test]
fn a_mode_counts_for_the_files_that_it_is_for() {
    let two = |a: &str, b: &str| {
        [("a", a), ("b", b)]
            .map(|(name, kind)| (name, format!("{P3}package {name};\nmessage M {{\n  {kind} id = 1;\n}}\n")))
    };
    let mut files = Vec::new();
    for (version, texts) in
        [("v1", two("int64", "int64")), ("v2", two("int32", "int32")), ("v3", two("int32", "int32"))]
    {
        files.extend(texts.map(|(name, text)| (format!("{version}/{name}.proto"), text)));
    }
    let settings = "version = 1\n[[path]]\nglob = \"v3/a.proto\"\nmode = \"backward-transitive\"\n";
    files.push(("canread.toml".to_owned(), settings.to_owned()));
    let world = World::with(&files);
    let by_path = world.run("check v3 --against v1 --against v2 --format concise");
    assert_eq!(by_path.code, Some(1), "{by_path}");
    assert!(by_path.out.contains("`a.M.id`") && !by_path.out.contains("`b.M.id`"), "{by_path}");
    assert!(!by_path.out.contains("only v2 was compared"), "{by_path}");
    // A flag speaks for all files.
    let by_flag = world.run("check v3 --against v1 --against v2 --mode backward --format concise");
    assert_eq!(by_flag.code, Some(0), "{by_flag}");
    assert!(by_flag.out.contains("only v2 was compared"), "{by_flag}");
    let all = world.run("check v3 --against v1 --against v2 --mode full-transitive --format concise");
    assert!(all.out.contains("`a.M.id`") && all.out.contains("`b.M.id`"), "{all}");
}

#[test]
fn an_approval_names_the_file_of_what_is_gone_from_an_older_directory() {
    let world = World::with(&[
        ("v1/a.proto", message(ID)),
        ("v1/gone.proto", format!("{P3}package gone;\nmessage G {{ int32 x = 1; }}\n")),
        ("v2/a.proto", message(ID)),
        ("v3/a.proto", message(ID)),
        ("canread.toml", "version = 1\n".to_owned()),
    ]);
    let arguments = "--against v1 --against v2 --mode full-transitive --promise wire,json,source";
    let json = world.run(&format!("check v3 {arguments} --format json"));
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    let fingerprint = report["findings"][0]["fingerprint"].as_str().expect("a finding").to_owned();
    let mut command = world.command(&format!("approve {fingerprint} --path v3 {arguments} --until 9999-12-31"));
    let outcome = crate::world::Outcome::of(command.args(["--reason", "known"]));
    assert_eq!(outcome.code, Some(0), "{outcome}");
    let text = std::fs::read_to_string(world.path("canread.toml")).expect("it is there");
    assert!(text.contains("file = \"v3/gone.proto\""), "{text}");
    // What is accepted stands behind what is not, of whatever version it is.
    world.write("v3/a.proto", message(ID32));
    let shown = world.run(&format!("check v3 {arguments} --format concise")).out;
    let (allowed, failing) = (shown.find("(allowed until"), shown.find("field_type_changed"));
    assert!(allowed.is_some() && failing.is_some() && failing < allowed, "{shown}");
}

#[test]
fn the_last_version_is_one_that_the_new_one_came_from() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID))]) else { return };
    world.git("tag v1.0.0");
    world.write("s/a.proto", message("  int64 id = 1;\n  int64 count = 2;\n"));
    world.commit();
    world.git("tag v1.1.0");
    // A patch of the old release, which is younger than the new one.
    world.git("checkout --quiet -b old v1.0.0");
    world.write("s/a.proto", message("  int64 id = 1;\n  bool z = 9;\n"));
    world.git("add --all");
    world.git("commit --quiet --message=patch --date=2099-01-01T00:00:00");
    world.git("tag v1.0.1");
    world.git("checkout --quiet main");
    world.write("s/a.proto", message("  int64 id = 1;\n  int32 count = 2;\n"));
    let outcome = world.run("check s --against git:tags/v* --format concise");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.out.contains("only git:v1.1.0 ("), "{outcome}");
}

#[test]
fn a_range_begins_with_what_its_first_revision_has() {
    let Some(world) = World::repository(&[("s/a.proto", &message("  int64 id = 1;\n  string note = 2;\n"))]) else {
        return;
    };
    world.git("tag v1");
    world.write("s/a.proto", message(ID));
    world.commit();
    world.write("s/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n"));
    let outcome = world.run("check s --against git:v1..HEAD --format concise");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.out.contains("retired_field_number_reused"), "{outcome}");
}

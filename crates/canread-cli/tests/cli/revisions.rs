//! What is wrong with baselines from git.

use crate::world::{Outcome, P3, World, canread};

fn message(kind: &str) -> String {
    format!("{P3}message M {{\n  {kind} id = 1;\n}}\n")
}

/// `s/a.proto` in two commits: `int64`, then `int32`.
fn history() -> Option<World> {
    let world = World::repository(&[("s/a.proto", &message("int64"))])?;
    world.write("s/a.proto", message("int32"));
    world.commit();
    Some(world)
}

#[test]
fn the_same_path_at_a_revision_is_a_baseline() {
    let Some(world) = history() else { return };
    for arguments in [
        "s --against git:HEAD~1",
        "s --against HEAD~1:s",
        "HEAD:s --against git:HEAD~1",
        "s/a.proto --against git:HEAD~1",
    ] {
        let outcome = world.run(&format!("check {arguments} --format concise"));
        assert_eq!(outcome.code, Some(1), "{arguments}: {}", outcome.text());
        assert!(outcome.out.contains("s/a.proto:3:3: error[protobuf/field_type_changed]"), "{}", outcome.out);
    }
    let unchanged = world.run("check s --against git:HEAD");
    assert_eq!(unchanged.code, Some(0), "{}", unchanged.text());
    assert!(
        unchanged.out.contains("\nchecked 1 schema file, all unchanged and not parsed: worktree against git:"),
        "{}",
        unchanged.out
    );
}

/// What is gone has a line in the old version alone: in the file of today, that is another one.
#[test]
fn a_line_of_a_revision_is_never_given_as_one_of_the_file_of_today() {
    let fields = "  int32 a = 1;\n  int32 b = 2;\n  int32 c = 3;\n";
    let texts =
        [format!("{P3}message M {{\n{fields}}}\nenum E {{ Z = 0; }}\n"), format!("{P3}message M {{\n{fields}}}\n")];
    let Some(world) = World::repository(&[("s/a.proto", &*texts[0]), ("old/a.proto", &*texts[0])]) else { return };
    assert_eq!(world.run("lock s").code, Some(0));
    world.write("s/a.proto", &texts[1]);
    for (against, has_line) in [("git:HEAD", false), ("lock", false), ("old", true)] {
        let run = |format: &str| {
            world.run(&format!("check s --against {against} --mode full --promise source --format {format}")).out
        };
        let json: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
        let [gone] = &json["findings"].as_array().expect("a list")[..] else { panic!("one finding: {json:#}") };
        assert_eq!((&gone["new"], &gone["old"]["line"]), (&serde_json::Value::Null, &7.into()), "{against}");
        let sarif: serde_json::Value = serde_json::from_str(&run("sarif")).expect("JSON");
        let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(place["region"]["startLine"].as_u64(), has_line.then_some(7), "{against}: {sarif:#}");
        assert!(place["artifactLocation"]["uri"].is_string(), "{against}: {sarif:#}");
        let gitlab: serde_json::Value = serde_json::from_str(&run("gitlab")).expect("JSON");
        let line = if has_line { 7 } else { 1 };
        assert_eq!(gitlab[0]["location"]["lines"]["begin"], line, "{against}: {gitlab:#}");
        let junit = run("junit");
        assert!(junit.contains("a.proto\"") && junit.contains(" line=\"7\"") == has_line, "{against}: {junit}");
        let github = run("github");
        assert_eq!(github.contains(",line=7,"), has_line, "{against}: {github}");
    }
}

#[test]
fn a_broken_baseline_is_shown_with_its_revision() {
    let Some(world) = World::repository(&[("s/a.proto", "message")]) else { return };
    world.write("s/a.proto", message("int32"));
    let outcome = world.run("check s --against git:HEAD");
    outcome.fails_with(3, &["--> git:", ":s/a.proto:1:8", "1 error in the old version"]);
}

#[test]
fn a_revision_that_does_not_exist_is_never_a_missing_baseline() {
    let Some(world) = history() else { return };
    for (arguments, parts) in [
        ("--against git:nope", &["no branch, tag or commit is called `nope`"][..]),
        ("--against git:nope --allow-missing-baseline", &["no branch, tag or commit is called `nope`"]),
        ("--against git:mian", &["`main`"]),
        ("--against git:HEAD~9", &["leads past the first commit"]),
        ("--against merge-base:origin/main", &["no branch, tag or commit is called `origin/main`"]),
        ("--against HEAD~1:t", &["there is no `t` in HEAD~1", "--allow-missing-baseline"]),
        ("--against main", &["`main` is a revision", "`git:main`"]),
    ] {
        world.run(&format!("check s {arguments}")).fails_with(3, parts);
    }
    assert_eq!(world.run("check s --against HEAD~1:t --allow-missing-baseline").code, Some(0));
}

#[test]
fn outside_of_a_repository_the_next_step_is_a_directory() {
    let world = World::new_file(P3);
    world.run("check new --against git:main").fails_with(2, &["is in no git repository", "`--against PATH`"]);
    world.run("check new --against main:new").fails_with(2, &["in no git repository"]);
}

#[test]
fn a_clone_without_its_history_says_which_fetch_brings_it() {
    let Some(world) = history() else { return };
    let origin = format!("file://{}", world.path("").display());
    let clone = World::with::<&str, &str>(&[]);
    clone.git(&format!("clone --quiet --depth=1 {origin} c"));
    let check = |against: &str| Outcome::of(canread(&clone.path("c")).args(["check", "s", "--against", against]));
    check("git:HEAD~1").fails_with(3, &["is not in this clone", "git fetch --unshallow origin"]);
    assert_eq!(check("git:HEAD").code, Some(0));
}

#[test]
fn a_missing_import_is_one_problem_and_names_the_directory_that_has_it() {
    let schema = |kind: &str| {
        format!(
            "{P3}import \"google/api/x.proto\";\nmessage M {{\n  {kind} id = 1 [(google.api.o) = 1];\n  \
             google.api.X x = 2;\n  .google.api.Y y = 3;\n}}\n"
        )
    };
    let library = "syntax = \"proto3\";\npackage google.api;\nimport \"google/protobuf/descriptor.proto\";\n\
                   message X {}\nmessage Y {}\nextend google.protobuf.FieldOptions { int32 o = 50000; }\n";
    let library = ("third_party/googleapis/google/api/x.proto", library);
    let Some(world) = World::repository(&[("svc/a.proto", &schema("int64")), library]) else { return };
    world.write("svc/a.proto", schema("int32"));
    let outcome = world.run("check svc --against git:HEAD");
    let parts = ["missing in both versions", "\n1 error: ", "looked for it below `svc`", "`-I third_party/googleapis`"];
    outcome.fails_with(3, &parts);
    let outcome = world.run("check svc --against git:HEAD -I third_party/googleapis");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    // What no file can add is still told: a type of the file itself has no further member.
    world.write("svc/a.proto", schema("M.None"));
    world.run("check svc --against git:HEAD").fails_with(3, &["`M.None` is not declared", "\n2 errors: "]);
}

#[test]
fn every_fetch_line_works() {
    let Some(world) = history() else { return };
    let lines = |text: &str| -> Vec<String> {
        text.split("`git ").skip(1).filter_map(|rest| Some(rest.split_once('`')?.0.replace("  ", " "))).collect()
    };
    let origin = format!("file://{}", world.path("").display());
    for (name, fetched) in [("v1", ["v1", "origin/v1"]), ("stable", ["origin/stable", "stable"])] {
        world.git(&format!("tag {name} HEAD~1"));
        world.git(&format!("branch {name} HEAD~1"));
        let clone = World::with::<&str, &str>(&[]);
        clone.git(&format!("clone --quiet --no-tags --depth=1 --branch=main {origin} c"));
        let run = |against: &str| Outcome::of(canread(&clone.path("c")).args(["check", "s", "--against", against]));
        let outcome = run(&format!("git:{name}"));
        outcome.fails_with(3, &["if it is a tag", "if it is a branch", &format!("write `origin/{name}`")]);
        let lines = lines(&outcome.text().split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(lines.len(), 2, "{}", outcome.text());
        for (line, name) in lines.iter().zip(fetched) {
            assert_eq!(run(&format!("git:{name}")).code, Some(3), "{name} is here before `git {line}`");
            clone.git(&format!("-C c {line}"));
            let outcome = run(&format!("git:{name}"));
            assert_eq!(outcome.code, Some(1), "git {line}: {}", outcome.text());
        }
    }
}

#[test]
fn before_the_first_commit_there_is_no_baseline_yet() {
    let Some(world) = history() else { return };
    world.git("checkout --quiet --orphan fresh");
    world.git("update-ref -d refs/heads/main");
    for against in ["git:HEAD", "git:fresh", "HEAD:s", "merge-base:HEAD"] {
        world
            .run(&format!("check s --against {against}"))
            .fails_with(3, &["nothing was committed yet", "`--allow-missing-baseline`"]);
        let outcome = world.run(&format!("check s --against {against} --allow-missing-baseline"));
        assert_eq!(outcome.code, Some(0), "{}", outcome.text());
        assert!(outcome.out.ends_with("\nnothing to compare with yet: this is the first version\n"), "{}", outcome.out);
    }
    world.run("check s --against git:nope --allow-missing-baseline").fails_with(3, &["is called `nope`"]);
}

#[test]
fn a_bare_repository_is_read_by_revisions_alone() {
    let Some(world) = history() else { return };
    world.git("clone --quiet --bare . bare.git");
    let check = |arguments: &str| {
        Outcome::of(
            canread(&world.path("bare.git")).arg("check").args(arguments.split(' ')).args(["--format", "concise"]),
        )
    };
    assert_eq!(check("HEAD:s --against git:HEAD~1").code, Some(1));
    assert_eq!(check("HEAD:s --against HEAD~1:s").code, Some(1));
    check("--against git:HEAD").fails_with(3, &["there are no schema files in `.`", "nothing is checked out here"]);
}

#[test]
fn a_linked_work_tree_is_compared_with_its_repository_and_a_lost_repository_is_named() {
    let Some(world) = history() else { return };
    world.git("worktree add --quiet linked HEAD~1");
    let outcome =
        Outcome::of(canread(&world.path("linked")).args(["check", "s", "--against", "git:main", "--mode", "forward"]));
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    let lost = World::with(&[("s/a.proto", message("int32")), (".git", "gitdir: gone/.git/worktrees/x\n".to_owned())]);
    let outcome = lost.run("check s --against git:main");
    outcome.fails_with(
        3,
        &["names a git repository that is not there", "`gone/.git/worktrees/x`", "`git worktree repair`"],
    );
}

#[test]
fn a_file_and_a_directory_at_revisions_are_compared_by_what_they_hold() {
    let Some(world) = history() else { return };
    for arguments in
        ["s --against HEAD~1:s/a.proto", "s/a.proto --against HEAD~1:s", "HEAD:s/a.proto --against git:HEAD~1"]
    {
        let outcome = world.run(&format!("check {arguments}"));
        assert_eq!(outcome.code, Some(1), "{arguments}: {}", outcome.text());
    }
    world.run("check s --against HEAD:../s").fails_with(2, &["leads out of the repository"]);
    world.run("check git:HEAD --against s").fails_with(2, &["has no path"]);
}

#[test]
fn a_run_leaves_repository_and_work_tree_as_they_were() {
    let Some(world) = World::repository(&[("s/a.proto", &format!("{P3}message M {{ int64 a = 1; }}"))]) else { return };
    world.write("s/a.proto", format!("{P3}message M {{ int32 a = 1; }}"));
    let before = contents(&world.path(""));
    for against in ["git:HEAD", "merge-base:main", "HEAD:s"] {
        assert_eq!(world.run(&format!("check s --against {against}")).code, Some(1));
    }
    assert!(contents(&world.path("")) == before);
}

/// Every file below a directory, with what it holds and when it was written.
fn contents(dir: &std::path::Path) -> Vec<(std::path::PathBuf, std::time::SystemTime, Vec<u8>)> {
    let mut found = Vec::new();
    let mut pending = vec![dir.to_owned()];
    while let Some(next) = pending.pop() {
        for entry in std::fs::read_dir(next).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let written = path.metadata().and_then(|of| of.modified()).expect("a time");
                found.push((path.clone(), written, std::fs::read(&path).expect("a file")));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn what_is_staged_is_a_version_to_every_command_and_report() {
    let Some(world) = history() else { return };
    world.git("tag v1 HEAD~1");
    world.git("tag v2");
    world.write("s/a.proto", message("string"));
    world.git("add --all");
    world.write("s/a.proto", message("int32"));
    let check = |arguments: &str| world.run(&format!("check {arguments} --format concise"));
    let outcome = check("staged:s --against git:HEAD");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.out.starts_with("staged:s/a.proto:3:3: error[protobuf/field_type_changed]"), "{outcome}");
    assert!(outcome.out.contains("\nchecked 1 schema file: staged against git:"), "{outcome}");
    for arguments in [
        "staged:s --against git:tags/v* --mode backward-transitive",
        "s --against staged:s",
        "s --against git:v1 --against staged:s",
        "staged:s --against HEAD:s --against s",
    ] {
        assert_eq!(check(arguments).code, Some(1), "{arguments}: {}", check(arguments));
    }
    assert_eq!(check("s --against git:HEAD").code, Some(0));
    check("staged:s --against staged:s").fails_with(2, &["is compared with itself"]);
    // What machines read has the path as it is in the work tree.
    let report = |format: &str| world.run(&format!("check staged:s --against git:HEAD --format {format}")).out;
    assert!(report("github").contains("file=s/a.proto,line=3,"), "{}", report("github"));
    assert!(report("json").contains("\"version\": \"staged\"") || report("json").contains("\"version\":\"staged\""));
    assert!(world.run("diff git:HEAD staged:s").out.contains("type was int32 and is string"));
    assert!(world.run("canonical staged:s").out.contains("string id = 1"));
    assert!(world.run("lint staged:s").out.contains("\n --> staged:s/a.proto:2:"), "{}", world.run("lint staged:s"));
    // A new version that is not there is no missing baseline.
    for new in ["HEAD:nope", "staged:nope"] {
        let outcome = world.run(&format!("check {new} --against git:HEAD --allow-missing-baseline"));
        outcome.fails_with(3, &["there is no `nope`", "paths start at the top of the repository"]);
        assert!(!outcome.text().contains("--allow-missing-baseline"), "{outcome}");
    }
}

#[test]
fn schemas_that_were_all_deleted_are_found_to_be_gone() {
    let Some(world) = World::repository(&[("s/a.proto", &format!("{P3}message M {{ int32 a = 1; }}\n"))]) else {
        return;
    };
    world.git("tag v1");
    world.git("rm --quiet s/a.proto");
    world.mkdir("s");
    for arguments in [
        "s --against git:HEAD",
        "s --against merge-base:HEAD",
        "staged:. --against git:HEAD",
        ". --against git:tags/v*",
    ] {
        let outcome = world.run(&format!("check {arguments} --format concise"));
        assert!(
            outcome.code == Some(1) && outcome.out.contains("[protobuf/message_deleted]"),
            "{arguments}: {outcome}"
        );
    }
    // Where nobody would see it, the place may as well be wrong.
    world.run("check s --against git:HEAD --mode none").fails_with(3, &["holds no schema files, and the old one does"]);
    world.run("check s --against HEAD:s").fails_with(3, &["there are no schema files in `s`"]);
    world.run("check s --against git:HEAD~1").fails_with(3, &["there are no schema files in `s`"]);
    // A finding that was approved has been seen.
    let outcome = world.run("check s --against git:HEAD --format json");
    let report: serde_json::Value = serde_json::from_str(&outcome.out).expect("JSON");
    let fingerprint = report["findings"][0]["fingerprint"].as_str().expect("one").to_owned();
    world.write("canread.toml", "version = 1\n");
    let approve = format!("approve {fingerprint} --path s --against git:HEAD --reason moved --until 2099-01-01");
    assert_eq!(world.run(&approve).code, Some(0));
    assert_eq!(world.run("check s --against git:HEAD").code, Some(0));
}

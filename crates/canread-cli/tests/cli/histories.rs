//! Several old versions: tags, ranges, paths; which pair breaks; what was retired in between.

use crate::world::{Outcome, P3, World, canread};

fn message(fields: &str) -> String {
    format!("{P3}message Order {{\n{fields}}}\n")
}

/// `s/a.proto` in a version for each text, each tagged `v1`, `v2` and so on; the last text is in the work tree only, behind a
/// commit that is not released.
fn tagged(texts: &[&str]) -> Option<World> {
    let (new, old) = texts.split_last()?;
    let world = released(old)?;
    world.git("commit --quiet --allow-empty --message=behind");
    world.write("s/a.proto", message(new));
    Some(world)
}

/// `s/a.proto` in a version for each text, each tagged `v1`, `v2` and so on; the last one is checked out.
fn released(texts: &[&str]) -> Option<World> {
    let world = World::repository(&[("s/a.proto", &message(texts.first()?))])?;
    world.git("tag v1");
    for (at, text) in texts.iter().enumerate().skip(1) {
        world.write("s/a.proto", message(text));
        world.git("add --all");
        world.git("commit --quiet --allow-empty --message=step");
        world.git(&format!("tag -a -m release v{}", at + 1));
    }
    Some(world)
}

const ID: &str = "  int64 id = 1;\n";
const ID32: &str = "  int32 id = 1;\n";
const NOTE: &str = "  int64 id = 1;\n  string note = 2;\n";

/// The lines of a concise report, with short names of commits left out.
fn concise(world: &World, arguments: &str) -> String {
    without_hashes(&world.run(&format!("check s --format concise {arguments}")).to_string())
}

/// Leaves out what follows the name of a version: ` (1f3c9ad)`.
fn without_hashes(text: &str) -> String {
    let is_hash = |hash: &str| hash.len() == 7 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut parts = text.split(" (");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let behind = part.split_once(')').filter(|(hash, _)| is_hash(hash));
        clean.push_str(&behind.map_or_else(|| format!(" ({part}"), |(_, rest)| rest.to_owned()));
    }
    clean
}

#[test]
fn a_transitive_mode_compares_with_every_tag_and_the_others_with_the_last_one() {
    // What breaks v1 was done between v1 and v2, and v3 is as v2 is.
    let Some(world) = tagged(&[ID, ID32, ID32, ID32]) else { return };
    insta::assert_snapshot!(concise(&world, "--against git:tags/v*"), @r"
        checked 1 schema file: worktree against 2 versions, from git:v1 to git:v3
        mode backward: new readers must read old data (wire, rpc)
        only git:v3 was compared, the others were looked through for what they retired: `--mode backward-transitive` compares all
        no findings: compatible
        exit 0
        ");
    insta::assert_snapshot!(concise(&world, "--against git:tags/v* --mode backward-transitive"), @r"
        s/a.proto:3:3: error[protobuf/field_type_changed]: `Order.id` was int64 and is int32: a new reader of old data keeps only the low 32 bits; against git:v1
        checked 1 schema file: worktree against 2 versions, from git:v1 to git:v3
        mode backward-transitive: new readers must read the data of every version (wire, rpc)
        1 error: incompatible
        exit 1
        ");
    let full = world.run("check s --against git:tags/v* --mode BACKWARD_TRANSITIVE").to_string();
    insta::assert_snapshot!(without_hashes(&full), @r"
        error[protobuf/field_type_changed]: `Order.id` was int64 and is int32: a new reader of old data keeps only the low 32 bits
         --> s/a.proto:3:3
          |
        3 |   int32 id = 1;
          |   ^^^^^ read as int32 now
          |
         ::: git:v1:s/a.proto:3:3
          |
        3 |   int64 id = 1;
          |   ----- written as int64 until now
          |
          = note: a new reader of old JSON refuses numbers outside its range
          = note: against git:v1
          = deploy: every writer before the first reader, and rewrite stored data in between: new readers cannot rely on old data
          = effect: lossy on wire; see `canread explain protobuf/field_type_changed`
        help: keep the type, or add a new field and reserve this one
          |
        3 -   int32 id = 1;
        3 +   int64 id = 1;
          |

        checked 1 schema file: worktree against 2 versions, from git:v1 to git:v3
        mode backward-transitive: new readers must read the data of every version (wire, rpc)
        1 error: incompatible
        exit 1
        ");
}

#[test]
fn one_finding_against_several_versions_is_one_row_that_names_them() {
    let Some(world) = tagged(&[ID, NOTE, "  int64 id = 1;\n  string memo = 3;\n", ID32]) else { return };
    let json = world.run("check s --against git:tags/v* --mode backward-transitive --format json");
    assert_eq!(json.code, Some(1), "{}", json.text());
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    let named = |label: &serde_json::Value| without_hashes(label.as_str().unwrap_or_default());
    let narrowed: Vec<_> = report["findings"]
        .as_array()
        .expect("findings are a list")
        .iter()
        .filter(|finding| finding["rule"] == "protobuf/field_type_changed")
        .collect();
    let [narrowed] = *narrowed else { panic!("{narrowed:#?}") };
    assert_eq!(named(&narrowed["against"]), "git:v3");
    assert_eq!(named(&narrowed["old"]["version"]), "git:v3");
    let also: Vec<String> = narrowed["also_against"].as_array().expect("a list").iter().map(named).collect();
    assert_eq!(also, ["git:v2", "git:v1"]);
    assert_eq!(report["mode"], "backward-transitive");
    let versions: Vec<String> =
        report["compared"]["versions"].as_array().expect("a list").iter().map(|one| named(&one["version"])).collect();
    assert_eq!(versions, ["git:v1", "git:v2", "git:v3"]);
    assert_eq!(named(&report["compared"]["old"]), "git:v3");
}

#[test]
fn every_report_says_which_versions_there_are_and_against_which_a_finding_is() {
    let Some(world) = tagged(&[ID, NOTE, NOTE, ID32]) else { return };
    let run = |mode: &str, format: &str| {
        without_hashes(&world.run(&format!("check s --against git:tags/v* --mode {mode} --format {format}")).out)
    };
    let transitive = |format: &str| run("backward-transitive", format);
    for format in ["concise", "markdown"] {
        let report = transitive(format).replace("<code>", "`").replace("</code>", "`");
        let rows = report.lines().filter(|line| line.contains("low 32 bits; against git:v3 and 1 more"));
        assert_eq!(rows.count(), 1, "{format}: {report}");
    }
    let gitlab: serde_json::Value = serde_json::from_str(&transitive("gitlab")).expect("JSON");
    let narrowed =
        gitlab.as_array().expect("a list").iter().find(|one| one["check_name"] == "protobuf/field_type_changed");
    let description = narrowed.expect("a finding")["description"].as_str().unwrap_or_default();
    assert!(description.contains("low 32 bits; against git:v3 and 1 more; help: "), "{description}");
    let sarif: serde_json::Value = serde_json::from_str(&transitive("sarif")).expect("JSON");
    let run_of = &sarif["runs"][0];
    assert_eq!(run_of["properties"]["versions"][1], serde_json::json!({"version": "git:v3", "same": ["git:v2"]}));
    let of_finding = &run_of["results"][0]["properties"];
    assert_eq!(
        (&of_finding["against"], &of_finding["also_against"]),
        (&"git:v3".into(), &serde_json::json!(["git:v1"]))
    );
    let junit = transitive("junit");
    assert!(junit.contains("<property name=\"versions\" value=\"git:v1,git:v3\"/>"), "{junit}");
    let html = transitive("html");
    assert!(html.contains("2 versions, from <code>git:v1</code> to <code>git:v3</code></p>"), "{html}");
    // What only the last version was asked for is said wherever the promise is.
    let only = "was compared, the others were looked through for what they retired";
    for format in ["full", "concise", "markdown", "html", "github", "junit"] {
        assert!(run("backward", format).contains(only), "{format}");
        assert!(!transitive(format).contains(only), "{format}");
    }
}

#[test]
fn versions_that_hold_the_same_are_one() {
    let Some(world) = tagged(&[ID, ID, NOTE, ID, ID32]) else { return };
    let json = world.run("check s --against git:tags/* --mode backward-transitive --format json");
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    let versions = report["compared"]["versions"].as_array().expect("a list").clone();
    let named = |one: &serde_json::Value| without_hashes(one.as_str().unwrap_or_default());
    let versions: Vec<(String, Vec<String>)> = versions
        .iter()
        .map(|one| (named(&one["version"]), one["same"].as_array().expect("a list").iter().map(named).collect()))
        .collect();
    let expected = [("git:v3", vec![]), ("git:v4", vec!["git:v2", "git:v1"])];
    let expected =
        expected.map(|(one, same)| (one.to_owned(), same.into_iter().map(str::to_owned).collect::<Vec<_>>()));
    assert_eq!(versions, expected);
}

#[test]
fn a_retired_number_is_found_though_the_last_version_does_not_have_it() {
    let Some(world) = tagged(&[ID, NOTE, ID, ID, "  int64 id = 1;\n  string gift_text = 2;\n"]) else { return };
    // The last version knows nothing of number 2.
    assert_eq!(world.run("check s --against git:v4").code, Some(0));
    insta::assert_snapshot!(concise(&world, "--against git:tags/v*"), @r"
        s/a.proto:4:10: error[protobuf/retired_field_number_reused]: number 2 of `Order` was `note` (string) until git:v2, is not in git:v3, and is `gift_text` (string) now; against git:v2
        checked 1 schema file: worktree against 2 versions, from git:v2 to git:v4
        mode backward: new readers must read old data (wire, rpc)
        only git:v4 was compared, the others were looked through for what they retired: `--mode backward-transitive` compares all
        1 error: incompatible
        exit 1
        ");
    // Against v2 alone it may be a rename; the history knows that it is none.
    let pair = world.run("check s --against git:v2 --format concise");
    assert_eq!(pair.code, Some(0), "{}", pair.text());
    assert!(pair.out.contains("warning[protobuf/field_renamed]"), "{}", pair.out);
    insta::assert_snapshot!(concise(&world, "--against git:tags/v* --mode backward-transitive"), @r"
        s/a.proto:4:10: error[protobuf/retired_field_number_reused]: number 2 of `Order` was `note` (string) until git:v2, is not in git:v3, and is `gift_text` (string) now; against git:v2
        checked 1 schema file: worktree against 2 versions, from git:v2 to git:v4
        mode backward-transitive: new readers must read the data of every version (wire, rpc)
        1 error: incompatible
        exit 1
        ");
    let full = world.run("check s --against git:tags/v*").to_string();
    insta::assert_snapshot!(without_hashes(&full), @r"
        error[protobuf/retired_field_number_reused]: number 2 of `Order` was `note` (string) until git:v2, is not in git:v3, and is `gift_text` (string) now
         --> s/a.proto:4:10
          |
        4 |   string gift_text = 2;
          |          ^^^^^^^^^ what it is now
          |
         ::: git:v2:s/a.proto:4:10
          |
        4 |   string note = 2;
          |          ---- what it was until git:v2
          |
          = note: data of git:v2 and before may still be around, and its readers too
          = note: against git:v2
          = effect: meaning on wire; see `canread explain protobuf/retired_field_number_reused`
        help: give `gift_text` a number that was never used, and reserve 2

        checked 1 schema file: worktree against 2 versions, from git:v2 to git:v4
        mode backward: new readers must read old data (wire, rpc)
        only git:v4 was compared, the others were looked through for what they retired: `--mode backward-transitive` compares all
        1 error: incompatible
        exit 1
        ");
}

#[test]
fn a_number_that_comes_back_as_what_it_was_is_fine() {
    let Some(world) = tagged(&[NOTE, ID, NOTE]) else { return };
    assert_eq!(world.run("check s --against git:tags/v* --mode full-transitive").code, Some(0));
}

#[test]
fn a_reuse_of_an_older_version_counts_in_a_transitive_mode() {
    let reused = "  int64 id = 1;\n  string gift_text = 2;\n";
    let Some(world) = tagged(&[NOTE, ID, reused, reused]) else { return };
    assert_eq!(world.run("check s --against git:tags/v*").code, Some(0));
    let report = concise(&world, "--against git:tags/v* --mode backward-transitive");
    assert!(
        report.contains("was `note` (string) until git:v1, is not in git:v2, and is `gift_text` (string) since git:v3"),
        "{report}"
    );
    assert!(report.ends_with("exit 1\n"), "{report}");
}

#[test]
fn unchanged_files_of_old_versions_count_as_what_they_are() {
    // The message with the retired number is in a file that did not change since v2; another one did.
    let Some(world) =
        World::repository(&[("s/a.proto", &message(NOTE)), ("s/b.proto", &format!("{P3}message B {{}}\n"))])
    else {
        return;
    };
    world.git("tag v1");
    world.write("s/a.proto", message(ID));
    world.commit();
    world.git("tag v2");
    world.write("s/a.proto", message("  int64 id = 1;\n  bytes seal = 2;\n"));
    world.write("s/b.proto", format!("{P3}message B {{ int32 x = 1; }}\n"));
    world.commit();
    world.git("tag v3");
    world.git("commit --quiet --allow-empty --message=later");
    let report = concise(&world, "--against git:tags/v* --mode backward-transitive");
    assert!(
        report.contains("retired_field_number_reused]: number 2 of `Order` was `note` (string) until git:v1"),
        "{report}"
    );
    assert!(report.contains("is `seal` (bytes) since git:v3"), "{report}");
}

#[test]
fn an_extension_in_a_file_that_was_not_read_is_no_gap() {
    let message = |more: &str| format!("syntax = \"proto2\";\nmessage Base {{\n  extensions 100 to 199;\n{more}}}\n");
    let extension = |field: &str| {
        format!("syntax = \"proto2\";\nimport \"base.proto\";\nextend Base {{\n  optional {field} = 100;\n}}\n")
    };
    // In v2 the number has its new extension, in a file that is the same now; only the message differs.
    let world = World::with(&[
        ("v1/base.proto", message("")),
        ("v1/ext.proto", extension("string note")),
        ("v2/base.proto", message("  optional int32 x = 1;\n")),
        ("v2/ext.proto", extension("string memo")),
        ("v3/base.proto", message("  optional int32 x = 1;\n")),
        ("v3/ext.proto", extension("string memo")),
        (
            "v3/more.proto",
            "syntax = \"proto2\";\nimport \"base.proto\";\nmessage Fresh { optional Base base = 1; }\n".to_owned(),
        ),
    ]);
    let outcome = world.run("check v3 --against v1 --against v2 --mode backward-transitive --format concise");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    assert!(!outcome.out.contains("retired"), "{}", outcome.out);
}

#[test]
fn the_commits_of_a_range_that_change_the_path_are_versions() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID))]) else { return };
    world.git("tag start");
    for (path, text) in [("s/a.proto", NOTE), ("other", ID), ("s/a.proto", ID)] {
        world.write(path, message(text));
        world.commit();
    }
    world.write("s/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n"));
    let json = world.run("check s --against git:start..HEAD --format json");
    let report: serde_json::Value = serde_json::from_str(&json.out).expect("the report is JSON");
    assert_eq!(report["compared"]["versions"].as_array().map(Vec::len), Some(2), "{report:#}");
    assert_eq!(report["findings"][0]["rule"], "protobuf/retired_field_number_reused", "{report:#}");
    let open = world.run("check s --against git:start.. --format concise");
    assert_eq!(open.code, Some(1), "{}", open.text());
    world.run("check s --against git:HEAD..start").fails_with(2, &["there is no commit in HEAD..start"]);
    world.run("check s --against git:..HEAD").fails_with(2, &["no range of commits with a start"]);
    world.run("check s --against git:nope..HEAD").fails_with(3, &["is called `nope`"]);
}

#[test]
fn several_paths_are_versions_in_the_order_in_which_they_are_given() {
    let world = World::with(&[
        ("v1/a.proto", message(NOTE)),
        ("v2/a.proto", message(ID)),
        ("v3/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n")),
    ]);
    let found = world.run("check v3 --against v1 --against v2 --format concise");
    assert_eq!(found.code, Some(1), "{}", found.text());
    assert!(
        found.out.contains("was `note` (string) until v1, is not in v2, and is `gift` (bool) now"),
        "{}",
        found.out
    );
    let other_order = world.run("check v3 --against v2 --against v1 --format concise");
    assert!(!other_order.out.contains("[protobuf/retired"), "{}", other_order.out);
    world.run("check v3 --against v1 --against v3").fails_with(2, &["`v3` is compared with itself"]);
    world.run("check v3 --against v1 --against v4").fails_with(3, &["there is no file or directory `v4`"]);
}

#[test]
fn a_pattern_that_matches_nothing_lists_the_tags_that_there_are() {
    let Some(world) = tagged(&[ID, ID, ID]) else { return };
    world.run("check s --against git:tags/release-*").fails_with(
        3,
        &["no tag of a commit matches `release-*`", "the tags are `v2`, `v1`", "no remote to fetch tags from"],
    );
    world.run("check s --against git:tags/release-* --allow-missing-baseline").fails_with(3, &["no tag"]);
    world.run("diff git:tags/v* s").fails_with(2, &["several versions are no single old version"]);
}

#[test]
fn a_clone_without_tags_says_which_fetch_brings_them() {
    let Some(world) = tagged(&[ID, NOTE, ID]) else { return };
    world.git("commit --quiet --all --message=last");
    let origin = format!("file://{}", world.path("").display());
    for (depth, line) in [("--depth=1 ", "fetch --depth=1 --tags origin"), ("", "fetch --tags origin")] {
        let clone = World::with::<&str, &str>(&[]);
        clone.git(&format!("clone --quiet --no-tags {depth}{origin} c"));
        let check = || {
            let mut command = canread(&clone.path("c"));
            Outcome::of(command.args(["check", "s", "--against", "git:tags/v*", "--mode", "backward-transitive"]))
        };
        check().fails_with(3, &["this clone has no tags", &format!("`git {line}`")]);
        clone.git(&format!("-C c {line}"));
        let outcome = check();
        assert_eq!(outcome.code, Some(1), "{}", outcome.text());
        assert!(outcome.out.contains("against 2 versions, from git:v1"), "{}", outcome.out);
    }
    let clone = World::with::<&str, &str>(&[]);
    clone.git(&format!("clone --quiet --depth=1 {origin} c"));
    let mut command = canread(&clone.path("c"));
    let outcome = Outcome::of(command.args(["check", "s", "--against", "git:HEAD~1..HEAD"]));
    outcome.fails_with(3, &["`git fetch --unshallow origin`"]);
}

#[test]
fn a_version_that_does_not_parse_is_named_and_there_is_no_verdict() {
    let Some(world) = tagged(&[ID, "  int64 id = ;\n", NOTE, ID]) else { return };
    for mode in ["backward", "backward-transitive"] {
        let outcome = world.run(&format!("check s --against git:tags/v* --mode {mode}"));
        outcome.fails_with(3, &["--> git:v2 (", "):s/a.proto:3:14", "1 error in old versions"]);
    }
}

#[test]
fn tags_from_before_the_schemas_are_left_out_and_named() {
    let Some(world) = World::repository(&[("readme", "")]) else { return };
    world.git("tag v0");
    world.write("s/a.proto", message(ID));
    world.run("check s --against git:tags/v*").fails_with(3, &["there is no `s` in v0", "--allow-missing-baseline"]);
    assert_eq!(world.run("check s --against git:tags/v* --allow-missing-baseline").code, Some(0));
    world.commit();
    world.git("tag v1");
    world.write("s/a.proto", message(NOTE));
    let outcome = world.run("check s --against git:tags/v*");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    assert!(outcome.out.contains("there are none in `s` at `v0"), "{}", outcome.text());
}

#[test]
fn forward_transitive_asks_the_readers_of_every_version() {
    // Readers of v1 insist on a field that v2 made optional and the new version deletes.
    let required = "syntax = \"proto2\";\nmessage Order {\n  required int64 id = 1;\n}\n";
    let optional = "syntax = \"proto2\";\nmessage Order {\n  optional int64 id = 1;\n}\n";
    let gone = "syntax = \"proto2\";\nmessage Order {\n  reserved 1;\n  reserved \"id\";\n}\n";
    let world = World::with(&[("v1/a.proto", required), ("v2/a.proto", optional), ("v3/a.proto", gone)]);
    assert_eq!(world.run("check v3 --against v1 --against v2 --mode forward").code, Some(0));
    let outcome = world.run("check v3 --against v1 --against v2 --mode forward-transitive --format concise");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.contains("v3/a.proto:2:") && outcome.out.contains("required_field_deleted"), "{}", outcome.out);
    assert!(outcome.out.contains("the readers of every version must read new data"), "{}", outcome.out);
}

#[test]
fn tags_are_ordered_by_history_and_not_by_name() {
    let Some(world) = World::repository(&[("s/a.proto", &message(NOTE))]) else { return };
    // The names run backwards, and all commits are of one second.
    world.git("tag z");
    world.write("s/a.proto", message(ID));
    world.commit();
    world.git("tag a");
    world.write("s/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n"));
    let report = concise(&world, "--against git:tags/[az]");
    assert!(report.contains("until git:z, is not in git:a"), "{report}");
    let given = concise(&world, "--against git:a --against git:z");
    assert!(given.contains("until git:z, is not in git:a"), "{given}");
}

#[test]
fn several_formats_of_a_history_are_one_report() {
    let avro =
        |symbols: &str| format!(r#"{{"type": "enum", "name": "Color", "symbols": [{symbols}], "default": "RED"}}"#);
    let world = World::with(&[
        ("v1/a.proto", message(NOTE)),
        ("v1/c.avsc", avro(r#""RED", "BLUE", "GREEN""#)),
        ("v2/a.proto", message(ID)),
        ("v2/c.avsc", avro(r#""RED", "GREEN""#)),
        ("v3/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n")),
        ("v3/c.avsc", avro(r#""RED", "GREEN", "BLUE""#)),
    ]);
    let outcome = world.run("check v3 --against v1 --against v2 --format concise");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.contains("error[protobuf/retired_field_number_reused]"), "{}", outcome.out);
    assert!(
        outcome.out.contains("warning[avro/retired_symbol_reused]: `BLUE` of `Color` was symbol 2 until v1"),
        "{}",
        outcome.out
    );
}

#[test]
fn canread_toml_counts_for_histories_too() {
    let Some(world) = tagged(&[ID, ID32, ID32, ID32]) else { return };
    let settings = "version = 1\nagainst = \"git:tags/v*\"\nmode = \"backward-transitive\"\n";
    world.write("canread.toml", settings);
    let report = || -> serde_json::Value {
        serde_json::from_str(&world.run("check s --format json").out).expect("a report is JSON")
    };
    let found = report();
    assert_eq!((&found["status"], &found["mode"]), (&"incompatible".into(), &"backward-transitive".into()));
    let fingerprint = found["findings"][0]["fingerprint"].as_str().expect("a finding").to_owned();
    // A rule that the file silences.
    world.write("canread.toml", format!("{settings}[rules]\n\"protobuf/field_type_changed\" = \"off\"\n"));
    assert_eq!(report()["status"], "compatible");
    // Files with a policy of their own.
    world.write("canread.toml", format!("{settings}[[path]]\nglob = \"s/**\"\nmode = \"none\"\n"));
    assert_eq!(report()["status"], "compatible");
    // A finding that is approved.
    world.write(
        "canread.toml",
        format!("{settings}[[allow]]\nfingerprint = \"{fingerprint}\"\nreason = \"r\"\nuntil = 9999-12-31\n"),
    );
    let allowed = report();
    assert_eq!((&allowed["status"], &allowed["findings"][0]["allowed"]["reason"]), (&"compatible".into(), &"r".into()));
    // An approval that matches nothing is said.
    world.write(
        "canread.toml",
        format!("{settings}[[allow]]\nfingerprint = \"0123456789ab\"\nreason = \"r\"\nuntil = 9999-12-31\n"),
    );
    assert_eq!(report()["diagnostics"][0]["code"], "approval/unmatched");
    // The report says how to approve, and that compares with the same versions.
    world.write("canread.toml", settings);
    let shown = world.run("check s").out;
    assert!(shown.contains(&format!("canread approve {fingerprint} --path s --reason")), "{shown}");
    let shown = world.run("check s --against git:v1 --against git:v2").out;
    let command = format!("canread approve {fingerprint} --path s --against git:v1 --against git:v2 --reason");
    assert!(shown.contains(&command), "{shown}");
    let outcome = world.run(&format!("approve {fingerprint} --path s --reason r --until 9999-12-31"));
    assert_eq!((outcome.code, &report()["status"]), (Some(0), &"compatible".into()), "{outcome}");
}

/// `s/a.proto` and `s/b.proto` break what `v1` has and `v2` has not any more.
fn two_files(config: &str) -> World {
    let file = |name: &str, ty: &str| format!("{P3}message {name} {{ {ty} id = 1; }}\n");
    let world = World::with(&[("canread.toml", format!("version = 1\nagainst = \"v2\"\n{config}"))]);
    for (dir, ty) in [("v1", "int64"), ("v2", "int32"), ("s", "int32")] {
        world.write(format!("{dir}/a.proto"), file("A", ty));
        world.write(format!("{dir}/b.proto"), file("B", ty));
    }
    // Something differs from the last version too.
    world.write("s/c.proto", file("C", "int32"));
    world
}

#[test]
fn only_the_files_whose_mode_is_transitive_are_compared_with_every_version() {
    let world = two_files("[[path]]\nglob = \"s/a.proto\"\nmode = \"backward-transitive\"\n");
    insta::assert_snapshot!("one_file_is_transitive", world.run("check s --against v1 --against v2 --format concise"));
    // And the other way round.
    let world = two_files("mode = \"backward-transitive\"\n[[path]]\nglob = \"s/a.proto\"\nmode = \"backward\"\n");
    insta::assert_snapshot!(
        "all_but_one_file_are_transitive",
        world.run("check s --against v1 --against v2 --format concise")
    );
}

#[test]
fn a_mode_from_a_flag_or_a_variable_reaches_as_far_for_every_file() {
    let world = two_files("[[path]]\nglob = \"s/a.proto\"\nmode = \"backward-transitive\"\n");
    let arguments = "check s --against v1 --against v2 --format concise";
    let of_flag = world.run(&format!("{arguments} --mode backward"));
    assert!(of_flag.code == Some(0) && of_flag.out.contains("only v2 was compared"), "{of_flag}");
    let of_variable = Outcome::of(world.command(arguments).env("CANREAD_MODE", "backward"));
    assert_eq!(of_variable, of_flag);
    let every = world.run(&format!("{arguments} --mode backward-transitive"));
    assert!(every.out.contains("`A.id`") && every.out.contains("`B.id`"), "{every}");
}

/// What the run says of versions that were left out because they are the new one.
fn left_out(outcome: &Outcome) -> String {
    let lines = outcome.out.lines().filter(|line| line.contains("left out") && line.contains("that is checked"));
    without_hashes(&lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_pipeline_of_a_tag_compares_with_the_tag_before() {
    let Some(world) = released(&[NOTE, ID, ID32]) else { return };
    let report = world.run("check s --against git:tags/v*").to_string();
    insta::assert_snapshot!("a_pipeline_of_a_tag", without_hashes(&report));
    for mode in ["backward", "backward-transitive"] {
        let outcome = world.run(&format!("check s --against git:tags/v* --mode {mode} --format concise"));
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert_eq!(
            left_out(&outcome),
            "note[project/same_version]: `v3` is the version that is checked, and was left out"
        );
        assert!(without_hashes(&outcome.out).contains("2 versions, from git:v1 to git:v2\n"), "{outcome}");
    }
    // The same for the tag by its name, for one file, and for a name that moves from release to release.
    world.git("tag vlast");
    for new in ["v3:s", "HEAD:s/a.proto", "s/a.proto", "."] {
        let outcome = world.run(&format!("check {new} --against git:tags/v* --format concise"));
        assert_eq!(outcome.code, Some(1), "{new}: {outcome}");
        assert!(left_out(&outcome).contains("`v3`, `vlast` are the version"), "{new}: {outcome}");
    }
}

#[test]
fn work_on_top_of_a_release_is_compared_with_that_release() {
    let Some(world) = released(&[ID, ID32]) else { return };
    world.write("s/a.proto", message("  int32 id = 1;\n  string more = 2;\n"));
    let outcome = world.run("check s --against git:tags/v* --format concise");
    assert_eq!((outcome.code, &*left_out(&outcome)), (Some(0), ""), "{outcome}");
    assert!(without_hashes(&outcome.out).contains("only git:v2 was compared"), "{outcome}");
    // Committed, too; and where the commit changes nothing of the schemas, nothing has changed since that release.
    for _ in 0..2 {
        world.git("commit --quiet --all --allow-empty --message=later");
        let outcome = world.run("check s --against git:tags/v* --format concise");
        assert_eq!((outcome.code, &*left_out(&outcome)), (Some(0), ""), "{outcome}");
        world.write("s/a.proto", message(ID32));
    }
    // A file that only others import counts as what imports it.
    world.git("tag v3");
    assert!(!left_out(&world.run("check s --against git:tags/v*")).is_empty());
    world.write("s/fresh.proto", format!("{P3}message Fresh {{}}\n"));
    let outcome = world.run("check s --against git:tags/v* --format concise");
    assert_eq!((outcome.code, &*left_out(&outcome)), (Some(0), ""), "{outcome}");
}

#[test]
fn a_release_that_changed_no_schema_is_compared_with_the_one_before() {
    let Some(world) = released(&[ID, ID32, ID32]) else { return };
    // `v3` is the commit that is checked, and `v2` holds the same: nothing changed since `v2`.
    let outcome = world.run("check s --against git:tags/v* --format concise");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(left_out(&outcome).contains("`v3` is"), "{outcome}");
    assert!(without_hashes(&outcome.out).contains("only git:v2 was compared"), "{outcome}");
}

#[test]
fn the_tag_before_a_patch_is_that_of_its_own_line() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID))]) else { return };
    let at = |minute: u32| format!("2026-01-01T10:{minute:02}:00Z");
    world.git("tag v1.0");
    world.write("s/a.proto", message("  int64 id = 1;\n  bool gift = 2;\n"));
    world.git("add --all");
    world.git_at(&at(1), "commit --quiet --message=two");
    world.git("tag v2.0");
    world.git("checkout --quiet -b patch v1.0");
    world.write("s/a.proto", message(NOTE));
    world.git("add --all");
    world.git_at(&at(2), "commit --quiet --message=patch");
    world.git("tag v1.1");
    let outcome = world.run("check s --against git:tags/v* --format concise");
    assert!(left_out(&outcome).contains("`v1.1` is"), "{outcome}");
    assert!(without_hashes(&outcome.out).contains("only git:v1.0 was compared"), "{outcome}");
}

#[test]
fn a_first_release_has_nothing_to_compare_with_and_does_not_pass_in_silence() {
    let Some(world) = released(&[ID]) else { return };
    let arguments = "check s --against git:tags/v*";
    world.run(arguments).fails_with(
        3,
        &[
            "error[project/no_baseline]: there is no version before the one that is checked",
            "`v1 (",
            "--allow-missing-baseline",
        ],
    );
    let allowed = world.run(&format!("{arguments} --allow-missing-baseline"));
    assert_eq!(allowed.code, Some(0), "{allowed}");
    assert!(allowed.out.contains("nothing was compared: the new version is the first one"), "{allowed}");
    // The clone that services make for a tag has that tag only; it may not pass for a first release.
    world.write("s/a.proto", message(ID32));
    world.git("commit --quiet --all --message=two");
    world.git("tag v2");
    let origin = format!("file://{}", world.path("").display());
    let clone = World::with::<&str, &str>(&[]);
    clone.git(&format!("clone --quiet --depth=1 --branch=v2 {origin} c"));
    let check = || {
        let mut command = canread(&clone.path("c"));
        Outcome::of(command.args(["check", "s", "--against", "git:tags/v*", "--allow-missing-baseline"]))
    };
    check().fails_with(
        3,
        &["error[project/not_fetched]: this clone has no version", "`git fetch --unshallow --tags origin`"],
    );
    clone.git("-C c fetch --quiet --unshallow --tags origin");
    let outcome = check();
    assert_eq!(outcome.code, Some(1), "{outcome}");
}

#[test]
fn the_last_commit_of_a_range_is_no_old_version_of_what_it_made() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID))]) else { return };
    world.git("tag start");
    for (path, text) in [("s/a.proto", NOTE), ("s/a.proto", ID32), ("other", ID)] {
        world.write(path, message(text));
        world.commit();
    }
    let check = |more: &str| world.run(&format!("check s --format concise --against git:start.. {more}"));
    let outcome = check("");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.out.contains("that is checked, and was left out"), "{outcome}");
    assert!(outcome.out.contains("against 2 versions"), "{outcome}");
    // Up to an older commit, the range is what was asked for.
    let older = world.run("check s --format concise --against git:start..HEAD~1");
    assert!(older.code == Some(0) && older.out.contains("against 3 versions"), "{older}");
    world.write("s/a.proto", message("  int32 id = 1;\n  string more = 3;\n"));
    let outcome = check("");
    assert!(outcome.code == Some(0) && outcome.out.contains("against 3 versions"), "{outcome}");
    // From the version that is checked on, there is nothing but that version, which the user named.
    world.git("checkout --quiet s");
    assert_eq!(world.run("check s --against git:HEAD..HEAD").code, Some(0));
}

#[test]
fn releases_that_came_after_what_is_checked_are_none_of_its_past() {
    let Some(world) = World::repository(&[("s/a.proto", &message(ID))]) else { return };
    world.git("tag v1.0");
    for (tag, text) in [("v1.1", NOTE), ("v1.2", ID32)] {
        world.write("s/a.proto", message(text));
        world.commit();
        world.git(&format!("tag {tag}"));
    }
    let check = |more: &str| world.run(&format!("check s --against git:tags/v* {more}"));
    world.git("checkout --quiet v1.1");
    let outcome = check("");
    assert!(outcome.out.contains("note[project/newer_version]: later releases were left out"), "{outcome}");
    assert!(outcome.out.contains("`v1.2 ("), "{outcome}");
    // The first release has nothing before it, whatever came later.
    world.git("checkout --quiet v1.0");
    check("").fails_with(3, &["no version before the one that is checked", "came after what is checked"]);
    assert_eq!(check("--allow-missing-baseline").code, Some(0));
}

/// A work tree on Windows has other line ends than the commits that it is checked out from.
#[test]
fn line_ends_of_a_checkout_are_no_change() {
    let Some(world) = released(&[ID, NOTE, ID32]) else { return };
    let text = std::fs::read_to_string(world.path("s/a.proto")).expect("the schema is there");
    world.write("s/a.proto", text.replace('\n', "\r\n"));
    let of_tags = world.run("check s --against git:tags/v*");
    assert!(of_tags.out.contains("`v3 (") && of_tags.out.contains("that is checked, and was left out"), "{of_tags}");
    let of_one = world.run("check s --against git:HEAD");
    assert!(of_one.out.contains("all unchanged") && of_one.out.contains("is the commit that is checked"), "{of_one}");
    // Beside other line ends, what differs is found.
    assert_eq!(world.run("check s --against git:v1").code, Some(1));
}

/// On main, `merge-base:main` is the commit that is checked, and such a run is green for ever.
#[test]
fn a_commit_that_is_compared_with_itself_is_said_to_be() {
    let Some(world) = released(&[ID, ID32]) else { return };
    // The hash differs from day to day.
    let of_one = |arguments: &str| {
        let text = concise(&world, arguments);
        let (before, behind) = text.split_once("against git:").expect("what was compared");
        format!("{before}against git{}", behind.get(7..).unwrap_or_default())
    };
    insta::assert_snapshot!(of_one("--against git:v2"), @r"
        note[project/same_version]: `v2` is the commit that is checked, and nothing differs from it
        checked 1 schema file, all unchanged and not parsed: worktree against git
        mode backward: new readers must read old data (wire, rpc)
        no findings: compatible
        exit 0
    ");
    insta::assert_snapshot!(of_one("--against merge-base:HEAD"), @r"
        note[project/same_version]: the merge base of HEAD and HEAD is the commit that is checked, and nothing differs from it
        checked 1 schema file, all unchanged and not parsed: worktree against git
        mode backward: new readers must read old data (wire, rpc)
        no findings: compatible
        exit 0
    ");
    for old in ["git:HEAD", "git:v2..v2", "v2:s", "git:v2 --against git:HEAD"] {
        let outcome = world.run(&format!("check s --against {old}"));
        assert!(outcome.code == Some(0) && outcome.out.contains("is the commit that is checked"), "{old}: {outcome}");
    }
    let of_file = world.run("check s/a.proto --against git:v2");
    assert!(of_file.out.contains("is the commit that is checked"), "{of_file}");
    let of_commit = world.run("check s --against git:v2 --format github");
    assert!(of_commit.out.contains("::notice title=canread%3A project/same_version::`v2"), "{of_commit}");
    world.run("check v2:s --against git:v2").fails_with(2, &["is compared with itself"]);
    // Others beside it were compared, and so is what is not committed yet, or on its way into a commit.
    let is_silent = |arguments: &str| !world.run(&format!("check {arguments}")).out.contains("is the commit");
    assert!(is_silent("s --against git:v1 --against git:v2"));
    assert!(is_silent("staged:s --against git:HEAD"));
    world.write("s/a.proto", message(NOTE));
    assert!(is_silent("s --against git:v2"));
}

//! Verdicts, exit codes and flags of `check`.

use std::fmt::Write;

use insta::assert_snapshot;

use crate::world::{P3, World, here};

#[test]
fn a_hasty_pull_request_is_incompatible_with_reasons_and_patches() {
    assert_snapshot!(here("check schemas/shop/v2 --against schemas/shop/v1"));
}

#[test]
fn the_readme_shows_what_its_first_command_prints() {
    let readme = include_str!("../../../../README.md");
    let (_, block) = readme.split_once("```text\n").expect("a transcript");
    let (block, _) = block.split_once("```").expect("its end");
    let (command, shown) = block.split_once('\n').expect("a command and what it prints");
    let printed = here(command.strip_prefix("$ cargo run --release -- ").expect("the command")).out;
    let parts: Vec<&str> = shown.split("…").map(|part| part.trim_matches('\n').trim_end()).collect();
    assert!(parts.len() > 1 && parts.iter().any(|part| part.lines().count() > 5), "{parts:?}");
    for part in parts {
        assert!(printed.contains(part), "README shows what is not printed:\n{part}\nin\n{printed}");
    }
}

#[test]
fn a_hasty_pull_request_in_one_line_each() {
    assert_snapshot!(here("check schemas/shop/v2 --against schemas/shop/v1 --format concise"));
}

#[test]
fn the_same_wishes_done_well_are_compatible() {
    assert_snapshot!(here("check schemas/shop/v3 --against schemas/shop/v1"));
}

#[test]
fn a_move_to_editions_is_no_change_but_a_reused_number_is_one() {
    assert_snapshot!(here("check schemas/shop/v4 --against schemas/shop/v3"));
}

#[test]
fn a_version_against_itself_is_a_usage_error() {
    assert_snapshot!(here("check schemas/shop/v2 --against schemas/shop/v2"), @r"
    --- stderr
    error[project/same_version]: `schemas/shop/v2` is compared with itself
     |
     = note: both versions are read from one place, so nothing can have changed
    help: name the old version: `--against merge-base:REF`, `--against git:REF` or another directory

    exit 2
    ");
}

/// An import that the schemas took up or dropped is no declaration that is new or gone.
#[test]
fn an_imported_file_on_one_side_only_is_no_deletion() {
    let world = World::with(&[
        ("old/a.proto", format!("{P3}import \"lib/x.proto\";\nmessage A {{ int32 a = 1; }}\n")),
        ("new/a.proto", format!("{P3}import \"lib/y.proto\";\nmessage A {{ int32 a = 1; }}\n")),
        ("lib/x.proto", format!("{P3}message X {{ int32 a = 1; }}\n")),
        ("lib/y.proto", format!("{P3}message Y {{ string a = 1; }}\n")),
    ]);
    let outcome = world.run("check new --against old -I .");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
}

/// The imported file is compared where its text was moved to another file, too.
#[test]
fn an_imported_message_that_moved_and_changed_is_compared() {
    let id = |kind: &str| format!("{P3}message Id {{ {kind} value = 1; }}\n");
    let user = |import: &str| format!("{P3}import \"{import}.proto\";\nmessage User {{ Id id = 1; }}\n");
    let world = World::with(&[
        ("old/s/a.proto", user("x")),
        ("new/s/a.proto", user("y")),
        ("old/x.proto", id("int64")),
        ("new/y.proto", id("string")),
    ]);
    let outcome = world.run("check new/s --against old/s -I new");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
}

/// The last line and the exit code for each setting, on one pair that breaks in several ways:
/// `narrow` breaks backward on the wire, `wide` forward; a rename misleads; a method is gone.
#[test]
fn mode_promise_and_level_decide_what_fails() {
    let old = "message M { int64 narrow = 1; int32 wide = 2; int32 name = 3; }\nservice S { rpc A(M) returns (M); rpc B(M) returns (M); }\n";
    let new = "message M { int32 narrow = 1; int64 wide = 2; int32 other = 3; }\nservice S { rpc A(M) returns (M); }\n";
    let world = World::pair(format!("{P3}{old}"), format!("{P3}{new}"));
    let settings = [
        "--mode none",
        "--mode backward",
        "--mode forward",
        "--mode full",
        "--promise wire",
        "--promise rpc",
        "--promise json",
        "--promise source",
        "--promise wire,rpc,json,source --mode full",
        "--promise wire --promise json",
        "--promise wire --mode forward --fail-on warning",
        "--promise rpc --fail-on note",
        "--mode none --fail-on note",
    ];
    let mut table = String::new();
    for setting in settings {
        let outcome = world.check(&format!("{setting} --format concise"));
        let verdict = outcome.out.lines().last().unwrap_or_default();
        let _ = writeln!(table, "{setting:<48} {verdict}, exit {}", outcome.code.unwrap_or(-1));
    }
    assert_snapshot!(table);
}

#[test]
fn fail_on_moves_the_line_between_the_two_verdicts() {
    // A rename warns, a deletion with reservation is a note.
    let renamed = World::pair(format!("{P3}message M {{ int32 a = 1; }}"), format!("{P3}message M {{ int32 b = 1; }}"));
    let retired = World::pair(
        format!("{P3}message M {{ int32 a = 1; }}"),
        format!("{P3}message M {{ reserved 1; reserved \"a\"; }}"),
    );
    for (world, level, code) in [
        (&renamed, "error", 0),
        (&renamed, "warning", 1),
        (&renamed, "note", 1),
        (&retired, "error", 0),
        (&retired, "warning", 0),
        (&retired, "note", 1),
    ] {
        let outcome = world.check(&format!("--fail-on {level}"));
        assert_eq!(outcome.code, Some(code), "--fail-on {level}\n{}", outcome.out);
        let verdict = if code == 0 { ": compatible" } else { ": incompatible" };
        assert!(outcome.out.contains(verdict), "{}", outcome.out);
    }
}

#[test]
fn exit_zero_silences_findings_and_nothing_else() {
    let broken = World::new_file("message");
    assert_eq!(here("check schemas/shop/v2 --against schemas/shop/v1 --exit-zero").code, Some(0));
    broken.check("--exit-zero").fails_with(3, &["no verdict"]);
    broken.run("check nowhere --against old --exit-zero").fails_with(3, &["there is no file or directory `nowhere`"]);
    broken.run("check new --against old --exit-zero --mode sideways").fails_with(2, &["invalid value 'sideways'"]);
}

#[test]
fn a_missing_baseline_is_allowed_only_where_one_said_so() {
    let world = World::with(&[("new/a.proto", format!("{P3}message M {{}}\n"))]);
    world.mkdir("old");
    assert_snapshot!(world.check(""), @r"
    --- stderr
    error[project/no_baseline]: there are no schema files in `old`
     |
     = note: files that end in .proto, .avsc, .avpr or .avdl are looked for, in this directory and below
     = note: if there is none yet, `--allow-missing-baseline` lets the run succeed

    exit 3
    ");
    assert_snapshot!(world.check("--allow-missing-baseline"), @r"
    note[project/no_baseline]: there are no schema files in `old`
     |
     = note: files that end in .proto, .avsc, .avpr or .avdl are looked for, in this directory and below
     = note: nothing was compared: the new version is the first one

    checked 1 schema file: new against nothing
    mode backward: new readers must read old data (wire, rpc)
    nothing to compare with yet: this is the first version
    exit 0
    ");
    let report: serde_json::Value =
        serde_json::from_str(&world.check("--allow-missing-baseline --format json").out).expect("a JSON report");
    assert_eq!(report["status"], "compatible");
    assert_eq!(report["compared"]["has_no_baseline"], true);
    assert_eq!(report["diagnostics"][0]["severity"], "note");
    for (format, expected) in [
        ("jsonl", "\"has_no_baseline\":true"),
        ("sarif", "\"has_no_baseline\": true"),
        ("junit", "<property name=\"has_no_baseline\" value=\"true\"/>"),
        ("html", "<h1>First version</h1>"),
        ("markdown", "### canread: first version\n"),
        ("github", "::notice title=canread%3A first version::"),
    ] {
        let report = world.check(&format!("--allow-missing-baseline --format {format}")).out;
        assert!(report.contains(expected), "{format}: {report}");
        assert!(!report.contains("<header class=\"good\">"), "{format}: {report}");
    }
    // A typo is no missing baseline, and neither is a first version that cannot be read.
    world.run("check new --against olds --allow-missing-baseline").fails_with(3, &["is `old` meant?"]);
    world.write("new/b.proto", "message {");
    world.check("--allow-missing-baseline").fails_with(3, &["new/b.proto:1:9", "no verdict"]);
}

#[test]
fn an_opt_in_rule_speaks_when_it_is_asked() {
    let rules = here("rules");
    let opt_in = rules.out.lines().find(|line| line.ends_with("(only with --enable)"));
    let Some(id) = opt_in.and_then(|line| line.split(' ').next()) else { return };
    assert_eq!(here(&format!("check schemas/shop/v3 --against schemas/shop/v1 --enable {id}")).code, Some(0));
    here("check schemas/shop/v2 --against schemas/shop/v2 --enable protobuf/nonsense_at_all")
        .fails_with(2, &["there is no rule `protobuf/nonsense_at_all`", "`canread rules` lists all of them"]);
}

#[test]
fn an_include_root_finds_what_the_files_import() {
    let world = World::with(&[
        ("lib/x/y.proto", format!("{P3}package x;\nmessage Y {{}}\n")),
        ("old/a.proto", format!("{P3}import \"x/y.proto\";\nmessage M {{ x.Y y = 1; }}\n")),
        ("new/a.proto", format!("{P3}import \"x/y.proto\";\nmessage M {{ x.Y y = 1; int32 b = 2; }}\n")),
    ]);
    assert_eq!(world.check("-I lib").code, Some(0), "{}", world.check("-I lib").text());
    world.check("-I nowhere").fails_with(2, &["`-I nowhere` names no directory"]);
}

#[test]
fn schemas_that_were_not_looked_at_are_mentioned() {
    let world = World::pair(P3, P3);
    world.write("new/.hidden.proto", "no schema");
    world.write("new/.cache/x.proto", "no schema");
    assert_snapshot!(world.check(""), @r"
    checked 1 schema file, all unchanged and not parsed: new against old
    passed over: 1 hidden file, 1 hidden or generated directory, such as `new/.cache`
    mode backward: new readers must read old data (wire, rpc)
    no findings: compatible
    exit 0
    ");
}

#[test]
fn a_hidden_directory_with_schemas_is_never_skipped_in_silence() {
    let world = World::pair(P3, P3);
    world.write("new/.api/s.proto", "no schema");
    let json = world.check("--format json");
    assert!(
        json.out.contains(r#""passed_over": "1 hidden or generated directory, such as `new/.api`""#),
        "{}",
        json.out
    );
    let world = World::pair(P3, P3);
    world.write("old/node_modules/s.proto", "no schema");
    let said = "passed over: in the old version: 1 hidden or generated directory, such as `old/node_modules`";
    assert!(world.check("").out.contains(said), "{}", world.check("").out);
    let Some(world) = World::repository(&[("s/.api/a.PROTO", &message("int64")), ("s/b.proto", P3)]) else { return };
    world.write("s/.api/a.PROTO", message("int32"));
    assert_eq!(
        world.run("check s --against git:HEAD").code,
        Some(1),
        "{}",
        world.run("check s --against git:HEAD").text()
    );
}

fn message(kind: &str) -> String {
    format!("{P3}message M {{\n  {kind} id = 1;\n}}\n")
}

#[test]
fn stats_say_how_long_each_step_took_beside_the_report() {
    let outcome = here("check schemas/shop/v3 --against schemas/shop/v1 --stats --format json");
    let steps: Vec<&str> = outcome.err.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(steps, ["reading schemas", "parsing schemas", "comparing schemas", "writing the report"]);
    assert!(serde_json::from_str::<serde_json::Value>(&outcome.out).is_ok());
}

/// The imported type was a number and is text: the new version's root must not answer for the old one.
#[test]
fn an_include_root_of_one_version_is_never_read_for_the_other() {
    let user = format!("{P3}import \"lib/id.proto\";\nmessage User {{ lib.Id id = 1; }}\n");
    let id = |kind: &str| format!("{P3}package lib;\nmessage Id {{ {kind} value = 1; }}\n");
    let world = World::with(&[
        ("v2/shop/user.proto", &user),
        ("v2/lib/id.proto", &id("string")),
        ("v1/shop/user.proto", &user),
        ("v1/lib/id.proto", &id("int64")),
        ("v0/user.proto", &user),
    ]);
    // Laid out alike: each version has its own, whichever is named.
    for roots in ["-I v2", "-I v1", "-I v2 -I v1", "-I v2 --against-include v1"] {
        let outcome = world.run(&format!("check v2 --against v1 {roots} --format concise"));
        assert_eq!(outcome.code, Some(1), "{roots}: {}", outcome.text());
        // What a schema imports is part of its data, whatever was named on the command line.
        let outcome = world.run(&format!("check v2/shop --against v1/shop {roots} --format concise"));
        assert_eq!(outcome.code, Some(1), "{roots}: {}", outcome.text());
        assert!(outcome.out.contains("`lib.Id.value` was int64 and is string"), "{}", outcome.out);
    }
    // Laid out otherwise: nothing says where the old version's imports are.
    let outcome = world.run("check v2/shop --against v0 -I v2");
    outcome.fails_with(
        3,
        &["v0/user.proto:2:8", "\n1 error in the old version: ", "`-I v2` has it", "`--against-include DIR`"],
    );
    let outcome = world.run("check v2/shop --against v0 -I v2 --against-include v1");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    let outcome = world.run("check v2/shop --against v0 -I v2 --against-include v2");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    world
        .run("check v2 --against v1 --against-include v3")
        .fails_with(2, &["`--against-include v3` names no directory"]);
    let outcome = world.run("diff v0 v2/shop -I v2 --against-include v1");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
}

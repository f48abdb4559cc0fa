//! Breaks that somebody accepted: written, counted, out of date.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{Outcome, P3, World};

/// `old` and `new`, where a field changed its type, beside a file with comments.
fn world(more: &str) -> World {
    let old = format!("{P3}message M {{ int64 id = 1; }}\n");
    let new = format!("{P3}message M {{ int32 id = 1; }}\n");
    let world = World::pair(old, new);
    world.write("canread.toml", format!("version = 1 # as of today\nagainst = \"old\"\n{more}"));
    world
}

fn report(world: &World, arguments: &str) -> Value {
    serde_json::from_str(&world.run(arguments).out).expect("JSON")
}

fn fingerprint(world: &World) -> String {
    report(world, "check new --format json")["findings"][0]["fingerprint"].as_str().expect("a finding").to_owned()
}

fn approve(world: &World, fingerprint: &str, more: &str) -> Outcome {
    let mut command = world.command(&format!("approve {fingerprint} --path new {more}"));
    Outcome::of(command.args(["--reason", "no \"consumer\" is left"]))
}

#[test]
fn the_command_that_check_prints_approves_the_finding() {
    let world = world("");
    let shown = world.run("check new");
    let command = shown.out.lines().find_map(|line| line.split_once("= approve: canread ")).expect("a command").1;
    let command = command.replace("\"...\"", "known").replace("YYYY-MM-DD", "2026-12-31");
    let outcome = world.run(&format!("{command} --today 2026-06-01"));
    assert_snapshot!(outcome, @"
    approved until 2026-12-31: protobuf/field_type_changed of `M.id` (canread.toml:5)
    exit 0
    ");
    assert_snapshot!(fs::read_to_string(world.path("canread.toml")).expect("it is there"));
    assert_snapshot!("allowed", world.run("check new --today 2026-12-31"));
    assert_snapshot!("allowed_concise", world.run("check new --format concise --today 2026-12-31"));
}

#[test]
fn the_command_names_the_comparison_and_is_the_last_line_of_the_finding() {
    let world = world("");
    world.write("my new/a.proto", fs::read(world.path("new/a.proto")).expect("it is there"));
    let mut command = world.command("check --mode full --promise wire,json -I third_party");
    world.mkdir("third_party");
    let outcome = Outcome::of(command.args(["my new", "--against", "./old"]));
    let lines: Vec<&str> = outcome.out.split("\n\n").next().unwrap_or_default().lines().collect();
    let last = lines.last().expect("a finding");
    assert!(last.trim_start().starts_with("= approve: canread approve "), "{outcome}");
    assert!(
        last.ends_with(
            " --path 'my new' --against ./old --mode full --promise wire,json -I third_party --reason \"...\" --until \
             YYYY-MM-DD"
        ),
        "{last}"
    );
}

#[test]
fn the_command_names_the_configuration_that_was_given() {
    let world = world("");
    fs::rename(world.path("canread.toml"), world.path("my own.toml")).expect("it can be moved");
    let mut command = world.command("check new --config");
    let outcome = Outcome::of(command.arg("my own.toml"));
    assert!(outcome.out.contains(" --config 'my own.toml' --path new --reason "), "{outcome}");
    assert!(!world.run("check new --against old --no-config").out.contains("approve:"));
}

#[test]
fn what_is_allowed_stands_behind_the_rest_in_a_history_too() {
    let world = World::with(&[
        ("v1/a.proto", &format!("{P3}message A {{ int64 id = 1; int64 no = 2; }}\n")),
        ("v2/a.proto", &format!("{P3}message A {{ int64 id = 1; }}\nmessage B {{ int64 id = 1; }}\n")),
        ("new/a.proto", &format!("{P3}message A {{ int32 id = 1; int32 no = 2; }}\nmessage B {{ int32 id = 1; }}\n")),
    ]);
    world.write("canread.toml", "version = 1\nmode = \"backward-transitive\"\n");
    let arguments = "check new --against v1 --against v2 --format json";
    let symbols = || -> Vec<(String, bool)> {
        let report = report(&world, arguments);
        let findings = report["findings"].as_array().expect("a list");
        let symbol = |finding: &Value| finding["symbol"].as_str().unwrap_or_default().to_owned();
        findings.iter().map(|finding| (symbol(finding), !finding["allowed"].is_null())).collect()
    };
    let before = symbols();
    assert_eq!(before.first(), Some(&("A.id".to_owned(), false)), "{before:?}");
    let fingerprint = report(&world, arguments)["findings"][0]["fingerprint"].as_str().expect("a text").to_owned();
    let approve = format!("{fingerprint} --against v1 --against v2");
    assert_eq!(self::approve(&world, &approve, "--until 9999-12-31").code, Some(0));
    let after = symbols();
    assert_eq!(after.len(), before.len());
    assert_eq!(after.last(), Some(&("A.id".to_owned(), true)), "{after:?}");
    assert_eq!(after.iter().filter(|(_, is_allowed)| *is_allowed).count(), 1, "{after:?}");
}

#[test]
fn reports_for_people_have_the_command_until_it_is_approved() {
    let world = world("");
    let fingerprint = fingerprint(&world);
    let command = format!("canread approve {fingerprint} --path new --against old");
    let shown = |format: &str| {
        let report = world.run(&format!("check new --against old --format {format}")).out;
        report.replace("<wbr>", "").contains(&command)
    };
    for format in ["full", "html", "markdown", "junit"] {
        assert!(shown(format), "{format}");
    }
    assert_eq!(approve(&world, &fingerprint, "--until 9999-12-31").code, Some(0));
    for format in ["full", "html", "markdown", "junit"] {
        assert!(!shown(format), "{format}");
    }
}

#[test]
fn an_approved_finding_is_allowed_in_every_report() {
    let world = world("");
    let fingerprint = fingerprint(&world);
    assert_eq!(approve(&world, &fingerprint, "--until 9999-12-31").code, Some(0));
    let report = report(&world, "check new --format json");
    assert_eq!(report["status"], "compatible");
    let finding = &report["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["allowed"]["reason"], "no \"consumer\" is left");
    assert_eq!(finding["allowed"]["until"], "9999-12-31");
    assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
    let sarif: Value = serde_json::from_str(&world.run("check new --format sarif").out).expect("JSON");
    let suppression = &sarif["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!((&suppression["kind"], &suppression["status"]), (&"external".into(), &"accepted".into()));
}

#[test]
fn an_expired_approval_counts_no_more_and_is_said_at_its_line() {
    let world = world("");
    let fingerprint = fingerprint(&world);
    assert_eq!(approve(&world, &fingerprint, "--until 2026-12-31 --today 2026-12-01").code, Some(0));
    assert_eq!(world.run("check new --today 2026-12-31").code, Some(0));
    assert_snapshot!(world.run("check new --today 2027-01-01"));
    // Approving it anew writes no second section.
    let outcome = approve(&world, &fingerprint, "--until 2027-06-30 --today 2027-01-01");
    assert!(outcome.out.starts_with("renewed until 2027-06-30: "), "{outcome}");
    assert_eq!(world.run("check new --today 2027-01-01").code, Some(0));
    assert_eq!(fs::read_to_string(world.path("canread.toml")).expect("it is there").matches("[[allow]]").count(), 1);
}

#[test]
fn an_approval_that_matches_nothing_is_a_warning_at_its_line() {
    let stale = "[[allow]]\nfingerprint = \"0123456789ab\"\nreason = \"r\"\nuntil = 9999-12-31\n";
    let world = world(stale);
    world.write("new/a.proto", fs::read(world.path("old/a.proto")).expect("it is there"));
    assert_snapshot!(world.run("check new"));
    // It counts as a finding does.
    let outcome = world.run("check new --fail-on warning --format concise");
    outcome.fails_with(1, &["1 warning about approvals and paths: incompatible (fails on warnings and worse)"]);
    assert_eq!(report(&world, "check new --fail-on warning --format json")["status"], "incompatible");
    let junit = world.run("check new --fail-on note --format junit");
    assert!(junit.code == Some(1) && junit.out.contains("<failure type=\"approval/unmatched\""), "{junit}");
    // Of a file that the run does not look at, nothing is known.
    world.write("canread.toml", format!("version = 1\nagainst = \"old\"\n{stale}file = \"elsewhere/b.proto\"\n"));
    assert!(!world.run("check new").out.contains("approval/"));
    world.write("canread.toml", format!("version = 1\nagainst = \"old\"\n{stale}file = \"new/b.proto\"\n"));
    assert!(world.run("check new").out.contains("approval/unmatched"));
}

#[test]
fn an_approval_for_another_rule_or_symbol_does_not_count() {
    let world = world("");
    let fingerprint = fingerprint(&world);
    assert_eq!(approve(&world, &fingerprint, "--until 9999-12-31").code, Some(0));
    let text = fs::read_to_string(world.path("canread.toml")).expect("it is there");
    world.write("canread.toml", text.replace("\"M.id\"", "\"M.other\""));
    let outcome = world.run("check new");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.out.contains("approval/unmatched"), "{outcome}");
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let world = world("");
    let before = fs::read_to_string(world.path("canread.toml")).expect("it is there");
    let fingerprint = fingerprint(&world);
    for (arguments, code, parts) in [
        ("approve 0123456789ab --path new --reason r --until 9999-12-31", 2, &["no finding has the fingerprint"][..]),
        ("approve FP 0123456789ab --path new --reason r --until 9999-12-31", 2, &["`0123456789ab`"]),
        ("approve FP --path new --reason r --until 2020-01-01 --today 2026-01-01", 2, &["is over", "2026-01-01"]),
        ("approve FP --path new --reason r --until soon", 2, &["expected a day"]),
        ("approve FP --path new --until 9999-12-31", 2, &["--reason"]),
        ("approve FP --path new --reason r", 2, &["--until"]),
        ("approve --reason r --until 9999-12-31", 2, &["<FINGERPRINT>"]),
        ("approve FP --path nowhere --reason r --until 9999-12-31", 3, &["there is no file or directory `nowhere`"]),
        (
            "approve FP --path new --reason r --until 9999-12-31 --no-config",
            2,
            &["there is no canread.toml", "canread init"],
        ),
    ] {
        world.run(&arguments.replace("FP", &fingerprint)).fails_with(code, parts);
        assert_eq!(fs::read_to_string(world.path("canread.toml")).expect("it is there"), before, "{arguments}");
    }
    world.write("new/a.proto", "message {");
    world.run(&format!("approve {fingerprint} --path new --reason r --until 9999-12-31")).fails_with(3, &["a.proto"]);
}

#[test]
fn a_file_by_itself_says_nothing_about_the_approvals_of_its_neighbours() {
    let world = world("");
    let fingerprint = fingerprint(&world);
    assert_eq!(approve(&world, &fingerprint, "--until 9999-12-31").code, Some(0));
    for side in ["old", "new"] {
        world.write(format!("{side}/b.proto"), format!("{P3}message B {{ int64 id = 1; }}\n"));
    }
    let of = |arguments: &str| world.run(arguments).text().contains("approval/unmatched");
    assert!(!of("check new/b.proto --against old/b.proto"));
    world.write("new/a.proto", format!("{P3}message M {{ int64 id = 1; }}\n"));
    assert!(of("check new/a.proto --against old/a.proto"));
    assert!(of("check new"));
    assert!(!of("check new/b.proto --against old/b.proto"));
}

/// Each of several runs at one time adds its own, and none is lost.
#[test]
fn approvals_at_one_time_are_all_written() {
    let fields = |ty: &str| [1, 2, 3, 4].map(|number| format!("  {ty} f{number} = {number};\n")).concat();
    let world = World::pair(
        format!("{P3}message M {{\n{}}}\n", fields("int64")),
        format!("{P3}message M {{\n{}}}\n", fields("int32")),
    );
    world.write("canread.toml", "version = 1\n");
    let report: Value = serde_json::from_str(&world.run("check new --against old --format json").out).expect("JSON");
    let fingerprints: Vec<&str> =
        report["findings"].as_array().expect("findings").iter().filter_map(|one| one["fingerprint"].as_str()).collect();
    assert_eq!(fingerprints.len(), 4);
    std::thread::scope(|scope| {
        let world = &world;
        for fingerprint in &fingerprints {
            scope.spawn(move || {
                let arguments =
                    format!("approve {fingerprint} --path new --against old --reason meant --until 2099-01-01");
                assert_eq!(world.run(&arguments).code, Some(0));
            });
        }
    });
    let text = std::fs::read_to_string(world.path("canread.toml")).expect("it is there");
    assert_eq!(text.matches("[[allow]]").count(), 4, "{text}");
    assert_eq!(world.run("check new --against old").code, Some(0));
    assert!(!world.path("canread.toml.lock").exists());
    world
        .run("approve A1 --path new --against old --reason meant --until 2099-01-01")
        .fails_with(2, &["has 12 digits"]);
}

#[test]
fn a_file_that_somebody_else_writes_is_waited_for_and_then_told() {
    let world = world("");
    let fingerprint = fingerprint(&world);
    world.write("canread.toml.lock", "");
    let before = fs::read_to_string(world.path("canread.toml")).expect("it is there");
    let outcome = approve(&world, &fingerprint, "--until 2099-01-01");
    outcome.fails_with(3, &["another `canread approve` writes it, or was stopped", "remove canread.toml.lock"]);
    assert_eq!(fs::read_to_string(world.path("canread.toml")).expect("it is there"), before);
}

//! Findings that are undecided: what they do to status and exit code, and the flag that allows them.

use serde_json::{Value, json};

use crate::world::{Outcome, P3, World};

const RULES: &str = include_str!("../../../../compat-tests/imports/buf/validate/validate.proto");

/// A field whose expression changed, which is undecided, and fields that may change in other ways.
fn world(old: &str, new: &str) -> World {
    let text = |minimum: u8, more: &str| {
        format!(
            "{P3}import \"buf/validate/validate.proto\";\nmessage M {{\n  int32 x = 1 [(buf.validate.field).cel = \
             {{id: \"x\", expression: \"this > {minimum}\"}}];\n  {more}\n}}\n"
        )
    };
    let world = World::pair(text(1, old), text(2, new));
    world.write("lib/buf/validate/validate.proto", RULES);
    world
}

fn last_line(outcome: &Outcome) -> &str {
    outcome.out.lines().last().unwrap_or_default()
}

fn json_report(world: &World, more: &str) -> (Option<i32>, Value) {
    let outcome = world.check(&format!("-I lib --format json {more}"));
    (outcome.code, serde_json::from_str(&outcome.out).unwrap_or_else(|error| panic!("{error}: {}", outcome.text())))
}

#[test]
fn a_run_with_an_undecided_finding_fails_unless_that_is_allowed() {
    let world = world("", "");
    for (flags, code) in [
        ("", 1),
        ("--allow-undecided", 0),
        ("--exit-zero", 0),
        ("--fail-on warning", 1),
        ("--fail-on note --allow-undecided", 0),
    ] {
        let outcome = world.check(&format!("-I lib {flags}"));
        assert_eq!(outcome.code, Some(code), "{flags}: {}", outcome.text());
        assert_eq!(last_line(&outcome), "1 undecided: undecided (fails without `--allow-undecided`)", "{flags}");
        assert!(outcome.out.contains("warning[protobuf/validation_changed]"), "{}", outcome.out);
        assert!(outcome.out.contains("it may not accept the same values (undecided)"), "{}", outcome.out);
        assert!(outcome.out.contains("effect: at worst error on wire"), "{}", outcome.out);
        assert!(!outcome.out.contains("deploy:"), "no order follows from what nobody knows: {}", outcome.out);
    }
}

#[test]
fn what_is_worse_or_not_promised_decides_the_status() {
    let alone = world("", "");
    let beside_a_warning = world("int32 old_name = 2;", "int32 new_name = 2;");
    let beside_an_error = world("int64 id = 2;", "int32 id = 2;");
    for (world, flags, code, line) in [
        (&alone, "--promise rpc", 0, "no findings: compatible"),
        (&alone, "--mode none", 0, "nothing was checked: the mode is none"),
        (&alone, "--mode forward", 1, "1 undecided: undecided (fails without `--allow-undecided`)"),
        (&beside_a_warning, "", 1, "1 undecided, 1 warning: undecided (fails without `--allow-undecided`)"),
        (
            &beside_a_warning,
            "--allow-undecided --fail-on warning",
            1,
            "1 undecided, 1 warning: incompatible (fails on warnings and worse)",
        ),
        (&beside_an_error, "", 1, "1 error, 1 undecided: incompatible"),
        (&beside_an_error, "--allow-undecided", 1, "1 error, 1 undecided: incompatible"),
    ] {
        let outcome = world.check(&format!("-I lib --format concise {flags}"));
        assert_eq!((outcome.code, last_line(&outcome)), (Some(code), line), "{flags}: {}", outcome.text());
    }
}

#[test]
fn programs_see_what_is_undecided() {
    let world = world("int64 id = 2;", "int32 id = 2;");
    let (code, report) = json_report(&world, "");
    assert_eq!((code, &report["status"]), (Some(1), &json!("incompatible")));
    let proofs: Vec<(&Value, &Value)> = report["findings"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|finding| (&finding["rule"], &finding["proof"]))
        .collect();
    assert_eq!(
        proofs,
        [
            (&json!("protobuf/field_type_changed"), &json!("not_tried")),
            (&json!("protobuf/validation_changed"), &json!("undecided")),
        ]
    );
    let alone = self::world("", "");
    for (flags, code) in [("", 1), ("--allow-undecided", 0)] {
        let (ended, report) = json_report(&alone, flags);
        assert_eq!((ended, &report["status"]), (Some(code), &json!("undecided")), "{flags}");
        assert_eq!(report["findings"][0]["proof"], "undecided");
        let sarif = alone.check(&format!("-I lib --format sarif {flags}"));
        let log: Value = serde_json::from_str(&sarif.out).expect("a SARIF log");
        assert_eq!((sarif.code, &log["runs"][0]["properties"]["status"]), (Some(code), &json!("undecided")));
        assert_eq!(log["runs"][0]["results"][0]["properties"]["proof"], "undecided");
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
    }
}

#[test]
fn what_is_undecided_is_no_error_in_any_report_though_its_rule_is_one() {
    let world = world("int64 id = 2;\n  string s = 3;", "int32 id = 2;\n  bytes s = 3;");
    world.write("canread.toml", "version = 1\n[rules]\n\"protobuf/validation_changed\" = \"error\"\n");
    let run = |format: &str| world.check(&format!("-I lib --promise wire,json,source --format {format}")).out;
    let gitlab: Vec<Value> = serde_json::from_str(&run("gitlab")).expect("an array");
    let severities: Vec<_> =
        gitlab.iter().map(|entry| (entry["check_name"].as_str(), entry["severity"].as_str())).collect();
    assert!(severities.contains(&(Some("protobuf/validation_changed"), Some("major"))), "{severities:?}");
    let criticals = severities.iter().filter(|(_, severity)| *severity == Some("critical")).count();
    assert_eq!(criticals, 2, "{severities:?}");
    let markdown = run("markdown");
    let headings: Vec<&str> = markdown.lines().filter_map(|line| line.strip_prefix("#### ")).collect();
    assert_eq!(headings, ["2 errors", "1 undecided"], "{markdown}");
    let html = run("html");
    let headings: Vec<&str> = html.lines().filter(|line| line.starts_with("<h2 ")).collect();
    assert_eq!(headings, ["<h2 id=\"errors\">2 errors</h2>", "<h2 id=\"undecideds\">1 undecided</h2>"]);
    assert!(run("concise").ends_with("\n2 errors, 1 undecided: incompatible\n"), "{}", run("concise"));
}

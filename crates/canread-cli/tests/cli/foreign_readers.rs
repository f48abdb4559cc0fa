//! Reports as others read them: a parser of `JUnit` XML, and a browser.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::formats::{broken, many, nothing, undecided};
use crate::lint;
use crate::world::{Outcome, World, here};

/// What an oracle prints of reports, one JSON value for each.
pub(crate) fn told(mut oracle: std::process::Command, extension: &str, reports: &[(&str, String)]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a temporary directory can be made");
    for (name, report) in reports {
        let path = folder.path().join(Path::new(name).with_extension(extension));
        fs::write(&path, report).expect("a file can be written");
        oracle.arg(path);
    }
    let outcome = Outcome::of(&mut oracle);
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    let told: Vec<Value> = outcome.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(told.len(), reports.len(), "{}", outcome.text());
    told
}

/// Reports of all kinds of runs in one format, by name.
fn reports(format: &str) -> Vec<(&'static str, String)> {
    let odd = World::with(&[
        ("old/a\u{1}b & c.proto", "syntax = \"proto3\"; message M { int64 a = 1; } // \u{b}\u{fffe}"),
        ("new/a\u{1}b & c.proto", "syntax = \"proto3\"; message M { int32 a = 1; } // \u{c}\u{ffff}"),
    ]);
    let format = format!("--format {format}");
    vec![
        ("shop", here(&format!("check schemas/shop/v2 --against schemas/shop/v1 {format}")).out),
        ("undecided", undecided().check(&format!("-I lib --promise wire,json {format}")).out),
        ("broken", broken().check(&format).out),
        ("nothing", nothing().check(&format).out),
        ("odd", odd.check(&format).out),
        ("cannot_start", odd.run(&format!("check nowhere --against old {format}")).out),
        ("changes", here(&format!("diff schemas/shop/v1 schemas/shop/v2 {format}")).out),
        ("lint", lint::world().run(&format!("lint {format}")).out),
    ]
}

#[test]
fn tests_and_their_outcomes_are_read_by_others() {
    let Some(oracle) = canread_testing::oracle("junit_read.py") else { return };
    let reports = reports("junit");
    let told = told(oracle, "xml", &reports);
    let counts: Vec<(&str, [&Value; 3])> = reports
        .iter()
        .zip(&told)
        .map(|((name, _), told)| (*name, ["tests", "failures", "errors"].map(|key| &told[key])))
        .collect();
    let expected = [
        ("shop", [13, 10, 0]),
        ("undecided", [4, 3, 0]),
        ("broken", [2, 0, 2]),
        ("nothing", [1, 0, 0]),
        ("odd", [2, 1, 0]),
        ("cannot_start", [1, 0, 1]),
        ("changes", [1, 0, 0]),
        ("lint", [6, 4, 0]),
    ];
    let expected = expected.map(|(name, counts)| (name, counts.map(|count| json!(count))));
    assert_eq!(counts, expected.each_ref().map(|(name, counts)| (*name, counts.each_ref())));
    for report in &told {
        let mut names: Vec<String> = Vec::new();
        for case in report["cases"].as_array().expect("an array") {
            assert!(case["outcome"] == "passed" || case["message"].as_str().is_some_and(|text| !text.is_empty()));
            assert!(case["text"].as_str().is_some_and(|text| !text.is_empty()), "{case}");
            names.push(format!("{} {}", case["class"], case["name"]));
        }
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "GitLab takes the first of equal names");
    }
}

#[test]
fn a_page_is_readable_in_a_browser_and_asks_for_nothing() {
    let Some(browser) = canread_testing::browser() else { return };
    let Some(mut oracle) = canread_testing::oracle("html_read.py") else { return };
    oracle.arg(browser);
    let mut reports = reports("html");
    let fields = if canread_testing::long() { 2_000 } else { 100 };
    reports.push(("many", many(fields).check("--format html").out));
    let told = told(oracle, "html", &reports);
    let headings = [
        ("Incompatible", 12),
        ("Incompatible", 3),
        ("No verdict", 2),
        ("Compatible", 0),
        ("Incompatible", 1),
        ("No verdict", 1),
        ("Changes", 0),
        ("Failed", 5),
        ("Incompatible", fields),
    ];
    for (((name, _), told), (heading, articles)) in reports.iter().zip(&told).zip(headings) {
        assert_eq!(told["heading"], heading, "{name}");
        assert_eq!((&told["articles"], &told["visible"]), (&json!(articles), &json!(articles)), "{name}: {told}");
        for key in ["requests", "console", "too_wide", "pale", "unnamed"] {
            assert_eq!(told[key], json!([]), "{name}: {key}");
        }
    }
    let filters = json!({
        "without error": 1, "without undecided": 2, "no such words": 0, "none": 3,
        "protobuf/field_type_changed": 1, "protobuf/json_name_changed": 1, "protobuf/validation_changed": 1,
    });
    assert_eq!(told[1]["filters"], filters);
}

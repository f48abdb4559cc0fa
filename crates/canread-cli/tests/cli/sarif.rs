//! SARIF 2.1.0, checked against its schema by a foreign validator.

use std::path::Path;

use serde_json::Value;

use crate::world::{P3, World, here};

const SCHEMA: &str = "src/schemas/json/sarif-2.1.0.json";

/// The logs of runs with findings, with problems, with neither, and of the other command.
fn logs() -> Vec<(&'static str, String)> {
    let broken = World::pair("message", "message M { int32 a = ; int32 b }");
    let cannot_start = broken.run("check nowhere --against old --format sarif");
    let fine = format!("{P3}message M {{}}\n");
    vec![
        ("findings", here("check schemas/shop/v2 --against schemas/shop/v1 --mode full --promise wire,rpc,json,source --format sarif").out),
        ("notes", here("check schemas/shop/v3 --against schemas/shop/v1 --format sarif").out),
        ("empty", World::pair(&fine, &fine).check("--format sarif").out),
        ("problems", broken.check("--format sarif").out),
        ("cannot_start", cannot_start.out),
        ("changes", here("diff schemas/shop/v1 schemas/shop/v2 --format sarif").out),
        ("lint", here("lint schemas/shop/v1 --enable lint/protobuf/rpc_type_shared --format sarif").out),
    ]
}

#[test]
fn every_log_is_valid() {
    let Some(corpus) = canread_testing::corpus("json-schema/schemastore-2026-08") else { return };
    let Some(mut oracle) = canread_testing::oracle("json_schema_check.py") else { return };
    let folder = tempfile::tempdir().expect("a temporary directory can be made");
    oracle.arg(corpus.join(SCHEMA));
    for (name, log) in logs() {
        let path = folder.path().join(Path::new(name).with_extension("sarif"));
        std::fs::write(&path, log).expect("a file can be written");
        oracle.arg(path);
    }
    let output = oracle.output().expect("the oracle runs");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{text}");
    assert!(text.contains("documents 7, valid 7, invalid 0"), "{text}");
}

#[test]
fn a_log_says_whether_the_run_succeeded_and_where_each_result_is() {
    let all: Vec<(&str, Value)> =
        logs().into_iter().map(|(name, log)| (name, serde_json::from_str(&log).expect("a log is JSON"))).collect();
    for (name, log) in &all {
        let run = &log["runs"][0];
        let succeeded = !matches!(*name, "problems" | "cannot_start");
        assert_eq!(run["invocations"][0]["executionSuccessful"], succeeded, "{name}");
        let notifications = run["invocations"][0]["toolExecutionNotifications"].as_array().map(Vec::len);
        assert_eq!(notifications.is_some_and(|count| count > 0), !succeeded, "{name}");
        let rules = run["tool"]["driver"]["rules"].as_array().expect("an array");
        for result in run["results"].as_array().expect("an array") {
            if *name == "changes" {
                assert_eq!((&result["kind"], &result["ruleId"]), (&"informational".into(), &Value::Null));
                continue;
            }
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small index");
            assert_eq!(rules[index]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            assert!(place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.starts_with("schemas/shop/")));
            assert!(place["region"]["startLine"].as_u64() >= Some(1), "{result}");
            assert!(result["partialFingerprints"]["canread/v1"].is_string());
        }
    }
}

#[test]
fn file_names_are_uris() {
    let world = World::with(&[
        ("old/a b#c.proto", format!("{P3}message M {{ int64 a = 1; }}")),
        ("new/a b#c.proto", format!("{P3}message M {{ int32 a = 1; }}")),
    ]);
    let log: Value = serde_json::from_str(&world.check("--format sarif").out).expect("a log is JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "new/a%20b%23c.proto");
    assert_eq!(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"], "old/a%20b%23c.proto");
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "int64");
}

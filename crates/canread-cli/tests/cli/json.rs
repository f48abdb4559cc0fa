//! Report JSON, version 1: every key and the type of its value. Other tools read it: it changes only by addition.

use serde_json::{Value, json};

use crate::lint;
use crate::world::{P3, World, here};

/// Fails unless a value has a shape: an object has exactly these keys, an array elements of this shape, and a text
/// names the types that are possible (`string`, `count`, `bool`, `null`, `location`). A key that ends in `?` may lack.
fn has_shape(value: &Value, shape: &Value, at: &str) {
    match shape {
        Value::Object(keys) => {
            let object = value.as_object().unwrap_or_else(|| panic!("{at} is no object: {value}"));
            for (key, shape) in keys {
                match (object.get(key.trim_end_matches('?')), key.ends_with('?')) {
                    (Some(value), _) => has_shape(value, shape, &format!("{at}.{key}")),
                    (None, true) => {}
                    (None, false) => panic!("{at} has no {key}"),
                }
            }
            let known = |key: &str| keys.contains_key(key) || keys.contains_key(&format!("{key}?"));
            let unknown: Vec<_> = object.keys().filter(|key| !known(key)).collect();
            assert!(unknown.is_empty(), "{at} has {unknown:?}: describe it here, and in the design");
        }
        Value::Array(elements) => {
            let values = value.as_array().unwrap_or_else(|| panic!("{at} is no array: {value}"));
            for (index, value) in values.iter().enumerate() {
                has_shape(value, &elements[0], &format!("{at}[{index}]"));
            }
        }
        types => {
            let types = types.as_str().expect("a shape is an object, an array or the names of types");
            assert!(types.split('|').any(|kind| is_of(value, kind, at)), "{at} is not {types}: {value}");
        }
    }
}

fn is_of(value: &Value, kind: &str, at: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "count" => value.is_u64(),
        "bool" => value.is_boolean(),
        "null" => value.is_null(),
        "location" if value.is_object() => {
            has_shape(value, &location(), at);
            true
        }
        "fix" if value.is_object() => {
            has_shape(value, &json!({"title": "string", "edits": [{"at": location(), "text": "string"}]}), at);
            true
        }
        word => value.as_str() == Some(word),
    }
}

fn location() -> Value {
    json!({
        "file": "string", "version": "string", "line": "count", "column": "count", "end_line": "count",
        "end_column": "count", "label?": "string",
    })
}

fn report_shape() -> Value {
    let surface = "wire|rpc|json|source";
    let effect = "ok|lossy|reinterpreted|dropped|error|meaning";
    let severity = "error|warning|note";
    json!({
        "version": "count", "tool": "string", "status": "compatible|incompatible|undecided|error",
        "mode": "none|backward|forward|full", "promise": [surface], "fail_on": severity,
        "compared": {"schemas": "count", "unchanged": "count", "old": "string", "new": "string", "passed_over": "string|null"},
        "findings": [{
            "rule": "string", "format": "protobuf", "directions": ["backward|forward"], "surface": surface,
            "effect": effect, "severity": severity, "proof": "proven|not_tried|undecided|unproven",
            "symbol": "string", "message": "string", "notes": ["string"], "help": "string|null", "fix": "fix|null",
            "old": "location|null", "new": "location|null", "also": ["string"],
            "also_at": [{"old": "location|null", "new": "location|null"}],
            "claims": [{"surface": surface, "direction": "backward|forward", "effect": effect, "broken": "bool"}],
            "fingerprint": "string", "allowed": "null", "witness": "null",
        }],
        "changes?": [{"symbol": "string", "what": "string", "old": "location|null", "new": "location|null"}],
        "diagnostics": [{
            "code": "string", "severity": severity, "message": "string", "notes": ["string"], "help": "string|null",
            "locations": [location()],
        }],
    })
}

/// The report, which has the shape.
fn report(text: &str) -> Value {
    let report: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    has_shape(&report, &report_shape(), "report");
    assert_eq!(report["version"], 1);
    assert_eq!(report["tool"], format!("canread {}", env!("CARGO_PKG_VERSION")));
    report
}

#[test]
fn findings_have_every_key_of_version_1() {
    let outcome = here(
        "check schemas/shop/v2 --against schemas/shop/v1 --mode full --promise wire,rpc,json,source --format json",
    );
    let report = report(&outcome.out);
    assert_eq!((outcome.code, &report["status"], &report["mode"]), (Some(1), &json!("incompatible"), &json!("full")));
    assert_eq!(report["promise"], json!(["wire", "rpc", "json", "source"]));
    assert_eq!(
        report["compared"],
        json!({
                "schemas": 7, "unchanged": 3, "old": "schemas/shop/v1", "new": "schemas/shop/v2", "passed_over": null,
        })
    );
    let findings = report["findings"].as_array().expect("an array");
    let id = findings.iter().find(|finding| finding["symbol"] == "shop.orders.v1.Order.id").expect("the id changed");
    assert_eq!(id["rule"], "protobuf/field_type_changed");
    assert_eq!((&id["effect"], &id["severity"], &id["surface"]), (&json!("error"), &json!("error"), &json!("json")));
    let wire = json!({"surface": "wire", "direction": "backward", "effect": "lossy", "broken": true});
    assert!(id["claims"].as_array().is_some_and(|claims| claims.contains(&wire)), "{id}");
    assert_eq!(
        id["new"],
        json!({
            "file": "schemas/shop/v2/shop/orders/v1/order.proto", "version": "schemas/shop/v2",
            "line": 11, "column": 3, "end_line": 11, "end_column": 8, "label": "read as int32 now",
        })
    );
    assert_eq!(id["fix"]["edits"][0]["text"], "int64");
    for finding in findings {
        let fingerprint = finding["fingerprint"].as_str().expect("a string");
        assert!(fingerprint.len() == 12 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()), "{fingerprint}");
    }
}

#[test]
fn a_fingerprint_survives_other_changes_of_the_file() {
    let message = |kind: &str| format!("message M {{ {kind} id = 1; }}\n");
    let fingerprint = |world: World| report(&world.check("--format json").out)["findings"][0]["fingerprint"].clone();
    let one = World::pair(format!("{P3}{}", message("int64")), format!("{P3}{}", message("int32")));
    let moved = World::pair(
        format!("{P3}{}", message("int64")),
        format!("{P3}// a comment\n\nmessage Other {{}}\n{}", message("int32")),
    );
    let other = World::pair(format!("{P3}{}", message("int64")), format!("{P3}{}", message("bool")));
    let first = fingerprint(one);
    assert!(first.is_string());
    assert_eq!(fingerprint(moved), first);
    assert_ne!(fingerprint(other), first);
}

#[test]
fn a_run_without_findings_has_the_same_shape() {
    let fine = format!("{P3}message M {{}}\n");
    let outcome = World::pair(&fine, &fine).check("--format json");
    let report = report(&outcome.out);
    assert_eq!((outcome.code, &report["status"]), (Some(0), &json!("compatible")));
    assert_eq!((&report["findings"], &report["diagnostics"]), (&json!([]), &json!([])));
}

#[test]
fn problems_of_files_are_all_in_the_report() {
    let files: Vec<_> = (0..1_000)
        .map(|number| (format!("new/{number:04}.proto"), format!("{P3}message M {{ int32 a = ; }}")))
        .collect();
    let world = World::with(&files);
    world.write("old/a.proto", P3);
    let outcome = world.check("--format json");
    let report = report(&outcome.out);
    assert_eq!((outcome.code, &report["status"], outcome.err.as_str()), (Some(3), &json!("error"), ""));
    let problems = report["diagnostics"].as_array().expect("an array");
    let errors = problems.iter().filter(|problem| problem["severity"] == "error");
    assert_eq!(errors.filter(|problem| problem["locations"][0]["line"] == 2).count(), 1_000);
}

#[test]
fn a_run_that_cannot_start_is_reported_too() {
    let world = World::with(&[("new/a.proto", P3)]);
    for (arguments, code, problem) in [
        ("check new --against nowhere --format json", 3, "project/unreadable"),
        ("check new --against git:main --format json", 2, "project/usage"),
        ("diff nowhere new --format json", 3, "project/unreadable"),
    ] {
        let outcome = world.run(arguments);
        let report = report(&outcome.out);
        assert_eq!((outcome.code, &report["status"]), (Some(code), &json!("error")), "{arguments}");
        assert_eq!(report["diagnostics"][0]["code"], problem);
        assert!(outcome.err.starts_with(&format!("error[{problem}]")), "{}", outcome.err);
    }
}

#[test]
fn diff_has_changes_instead_of_findings() {
    let outcome = here("diff schemas/shop/v1 schemas/shop/v2 --format json");
    let report = report(&outcome.out);
    assert_eq!((outcome.code, &report["findings"]), (Some(0), &json!([])));
    let changes = report["changes"].as_array().expect("an array");
    assert!(changes.len() > 10);
    assert!(changes.iter().all(|change| change["old"].is_object() || change["new"].is_object()));
}

/// The published schema allows no key that it does not describe, so that a new one has to be described there.
#[test]
fn reports_are_valid_under_the_published_schema() {
    let Some(mut oracle) = canread_testing::oracle("json_schema_check.py") else { return };
    let all = "--mode full --promise wire,rpc,json,source --format json";
    let broken = World::pair("", "message M { int32 a = ; }");
    let allowed = World::pair(format!("{P3}message M {{ int64 a = 1; }}"), format!("{P3}message M {{ int32 a = 1; }}"));
    let first: Value = serde_json::from_str(&allowed.check("--format json").out).expect("JSON");
    let fingerprint = first["findings"][0]["fingerprint"].as_str().expect("a finding").to_owned();
    let section = format!("[[allow]]\nfingerprint = \"{fingerprint}\"\nreason = \"r\"\nuntil = 9999-12-31\n");
    allowed.write("canread.toml", format!("version = 1\n{section}"));
    let first_version = World::with(&[("new/a.proto", P3)]);
    first_version.mkdir("old");
    let reports = [
        here(&format!("check schemas/shop/v2 --against schemas/shop/v1 {all}")).out,
        here("check schemas/shop/v4 --against schemas/shop/v1 --against schemas/shop/v3 --mode full-transitive --format json").out,
        here("diff schemas/shop/v1 schemas/shop/v2 --format json").out,
        broken.check("--format json").out,
        broken.run("check nowhere --against old --format json").out,
        allowed.check("--format json").out,
        first_version.check("--allow-missing-baseline --format json").out,
        lint::world().run("lint --format json").out,
        World::with(&[("a.proto", P3)]).run("lint --format json").out,
        broken.run("lint nowhere --format json").out,
    ];
    assert!(reports[1].contains("\"versions\"") && reports[5].contains("\"reason\""));
    assert!(reports[6].contains("\"has_no_baseline\""));
    let folder = tempfile::tempdir().expect("a temporary directory can be made");
    oracle.arg(canread_testing::workspace_root().join("crates/canread-report/report.schema.json"));
    for (at, report) in reports.iter().enumerate() {
        let path = folder.path().join(format!("{at}.json"));
        std::fs::write(&path, report).expect("a file can be written");
        oracle.arg(path);
    }
    let output = oracle.output().expect("the oracle runs");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("documents 10, valid 10, invalid 0"), "{text}");
}

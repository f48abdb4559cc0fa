//! What bites later: found, weighed, and not found where it is none.

use std::fmt::Write;
use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::report_files::FORMATS;
use crate::world::{P3, World, here};

const ORDER: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
  {"name": "id", "type": "long"},
  {"name": "note", "type": ["null", "string"]},
  {"name": "at", "type": "long", "logicalType": "timestamp-millis"},
  {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["OPEN", "PAID"]}}
]}
"#;

const FINE: &str = "syntax = \"proto3\";\npackage shop;\nmessage M {\n  int64 id = 1;\n}\n";

/// Three warnings in Avro, one in Protobuf, and a note.
pub(crate) fn world() -> World {
    let kind =
        "syntax = \"proto2\";\npackage shop;\nmessage Kind {\n  required int32 id = 1;\n  extensions 100 to 199;\n}\n";
    World::with(&[("order.avsc", ORDER), ("kind.proto", kind), ("fine.proto", FINE)])
}

fn ids(world: &World, arguments: &str) -> Vec<(String, String)> {
    let outcome = world.run(&format!("lint {arguments} --format json"));
    let report: Value = serde_json::from_str(&outcome.out).unwrap_or_else(|_| panic!("{outcome}"));
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let findings = report["findings"].as_array().expect("an array").iter();
    findings.map(|finding| (text(&finding["rule"]).replace("lint/", ""), text(&finding["severity"]))).collect()
}

#[test]
fn what_bites_later_is_shown_with_its_place_and_what_to_do() {
    assert_snapshot!("lint_full", world().run("lint"));
    assert_snapshot!("lint_concise", world().run("lint --format concise"));
}

#[test]
fn the_exit_code_follows_the_severity_that_was_asked_for() {
    let code = |world: &World, arguments: &str| world.run(&format!("lint {arguments}")).code;
    let world = world();
    assert_eq!(code(&world, ""), Some(1));
    assert_eq!(code(&world, "--fail-on error"), Some(0));
    assert_eq!(code(&world, "--exit-zero"), Some(0));
    assert_eq!(code(&world, "fine.proto"), Some(0));
    let notes = World::with(&[("a.avsc", r#"{"type": "record", "name": "R", "fields": []}"#)]);
    assert_eq!(code(&notes, ""), Some(0));
    assert_eq!(code(&notes, "--fail-on note"), Some(1));
    assert!(notes.run("lint").out.ends_with("1 note: passed (fails on warnings and worse)\n"), "{}", notes.run("lint"));
    assert!(world.run("lint fine.proto").out.ends_with("no findings: passed\n"));
}

#[test]
fn what_makes_no_sense_is_said() {
    let world = world();
    world.run("lint --enable lint/avro/enum_without_defualt").fails_with(
        2,
        &["there is no lint `lint/avro/enum_without_defualt`", "is `lint/avro/enum_without_default` meant?"],
    );
    world.run("check --against . --enable lint/protobuf/number_gap").fails_with(2, &["it is a lint"]);
    world.run("explain lint/avro/enum_without_defualt").fails_with(2, &["`lint/avro/enum_without_default` meant?"]);
    world.run("lint nowhere").fails_with(3, &["there is no file or directory `nowhere`"]);
    world.write("canread.toml", "version = 1\n[rules]\n\"lint/avro/enum_without_defualt\" = \"off\"\n");
    world.run("lint").fails_with(2, &["canread.toml:3:1", "is `lint/avro/enum_without_default` meant?"]);
}

#[test]
fn a_file_that_cannot_be_read_leaves_no_verdict() {
    let world = world();
    world.write("broken.proto", "message");
    let outcome = world.run("lint");
    outcome.fails_with(3, &["broken.proto:1:8", "1 error: nothing was looked at further, so there is no verdict"]);
    assert!(!outcome.out.contains("[lint/"), "{outcome}");
    assert_eq!(world.run("lint --exit-zero").code, Some(3));
    world.write("canread.toml", "version = 1\nexclude = [\"broken.proto\"]\n");
    assert_eq!(world.run("lint").code, Some(1));
}

#[test]
fn the_configuration_weighs_lints_for_some_paths_too() {
    let world = World::with(&[("a/order.avsc", ORDER), ("b/order.avsc", &*ORDER.replace("\"shop\"", "\"store\""))]);
    let of = |found: &[(String, String)], id: &str| -> Vec<String> {
        found.iter().filter(|(found, _)| found == id).map(|(_, severity)| severity.clone()).collect()
    };
    world.write(
        "canread.toml",
        "version = 1\nmode = \"none\"\npromise = [\"json\"]\nfail-on = \"error\"\n[rules]\n\
         \"lint/avro/enum_without_default\" = \"error\"\n\"lint/avro/logical_type_ignored\" = \"off\"\n\
         \"lint/avro/field_without_default\" = \"note\"\n[[path]]\nglob = \"b/**\"\n\
         rules = { \"lint/avro/nullable_without_default\" = \"off\" }\n",
    );
    let found = ids(&world, "");
    assert_eq!(of(&found, "avro/enum_without_default"), ["error", "error"]);
    assert_eq!(of(&found, "avro/logical_type_ignored"), [""; 0]);
    assert_eq!(of(&found, "avro/nullable_without_default"), ["warning"]);
    assert_eq!(of(&found, "avro/field_without_default").len(), 6, "a severity asks it to speak");
    assert_eq!(world.run("lint --fail-on error").code, Some(1));
    world.write("canread.toml", "version = 1\nfail-on = \"error\"\nexclude = [\"b\"]\n");
    assert_eq!(of(&ids(&world, ""), "avro/enum_without_default"), ["warning"]);
    assert_eq!(world.run("lint").code, Some(1), "fail-on is about check");
}

#[test]
fn what_is_only_looked_for_by_name_is_found_when_it_is_named() {
    let gap = "syntax = \"proto3\"; package p; message M { int32 a = 1; int32 c = 3; }";
    let world = World::with(&[("a.proto", gap)]);
    assert_eq!(ids(&world, ""), []);
    assert_eq!(ids(&world, "--enable lint/protobuf/number_gap"), [("protobuf/number_gap".into(), "note".into())]);
}

#[test]
fn what_is_only_imported_is_not_looked_at() {
    let required = "syntax = \"proto2\"; package q; message R { required int32 a = 1; }";
    let user = "syntax = \"proto2\"; package p; import \"q.proto\"; message M { optional q.R r = 1; }";
    let world = World::with(&[("lib/q.proto", required), ("own/m.proto", user)]);
    assert_eq!(ids(&world, "own -I lib"), []);
    assert_eq!(ids(&world, "lib").len(), 1);
}

#[test]
fn a_lint_speaks_in_place_of_the_warning_of_a_reader() {
    const FIELDS: &str = r#"
        {"name": "on_field", "type": "long", "logicalType": "timestamp-millis"},
        {"name": "on_type", "type": {"type": "string", "logicalType": "date"}},
        {"name": "precision", "type": {"type": "bytes", "logicalType": "decimal", "scale": 1, "precision": -2}},
        {"name": "scale", "type": {"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 3}},
        {"name": "size", "type": {"type": "fixed", "name": "F", "size": 1, "logicalType": "decimal", "precision": 9}},
        {"name": "bare", "type": {"type": "bytes", "logicalType": "decimal"}},
        {"name": "behind", "type": ["int", "null"], "default": null},
        {"name": "x", "type": "int"}, {"name": "y", "type": "int", "aliases": ["x"]}"#;
    let record = format!(r#"{{"type": "record", "name": "M", "namespace": "n", "fields": [{FIELDS}]}}"#);
    let world = World::with(&[("m.avsc", record)]);
    let lint = world.run("lint --format concise").out;
    assert!(!lint.contains("warning[avro/"), "{lint}");
    for (id, count) in [("logical_type_ignored", 6), ("default_of_later_branch", 1), ("field_alias_taken", 1)] {
        assert_eq!(lint.matches(&format!("warning[lint/avro/{id}]")).count(), count, "{id}: {lint}");
    }
    // What no lint speaks of stays.
    world.write("m.avsc", r#"{"type": "record", "name": "n.Ü", "fields": []}"#);
    assert!(world.run("lint --format concise").out.contains("warning[avro/name_not_ascii]"));
}

#[test]
fn a_version_in_git_is_looked_at_too() {
    let Some(world) = World::repository(&[("order.avsc", ORDER)]) else { return };
    fs::remove_file(world.path("order.avsc")).expect("it is there");
    assert_eq!(ids(&world, "HEAD:order.avsc").len(), 3);
}

#[test]
fn every_format_tells_of_every_finding() {
    let world = world();
    let all: Vec<String> = FORMATS.iter().map(|format| format!("--format {format}=out.{format}")).collect();
    let outcome = world.run(&format!("lint {}", all.join(" ")));
    assert_eq!((outcome.code, &*outcome.err), (Some(1), ""), "{outcome}");
    assert_eq!(outcome.out, "checked 3 schema files: .\n4 warnings, 1 note: failed (fails on warnings and worse)\n");
    for format in FORMATS {
        let text = fs::read_to_string(world.path(format!("out.{format}"))).expect("it was written");
        for id in ["enum_without_default", "nullable_without_default", "logical_type_ignored", "required_field"] {
            assert!(text.contains(id), "{format} has no {id}:\n{text}");
        }
        assert!(!text.contains(": . against") && !text.contains("against</span>"), "{format}:\n{text}");
    }
    let of = |format: &str| fs::read_to_string(world.path(format!("out.{format}"))).expect("it was written");
    assert!(of("junit").contains("tests=\"6\" failures=\"4\" errors=\"0\""), "{}", of("junit"));
    let sarif: Value = serde_json::from_str(&of("sarif")).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(5));
    assert_eq!(sarif["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(5));
    let json: Value = serde_json::from_str(&of("json")).expect("JSON");
    assert_eq!((&json["status"], &json["findings"][0]["old"]), (&Value::from("failed"), &Value::Null));
    assert!(of("html").contains("<h1>Failed</h1>") && of("markdown").contains("canread: failed"));
}

#[test]
fn every_lint_can_be_listed_and_explained() {
    let list: Value = serde_json::from_str(&here("rules --lints --format json").out).expect("the list is JSON");
    let list = list.as_array().expect("the list is an array");
    let text = here("rules --lints").out;
    assert!(text.ends_with(&format!("\n{} lints; `canread explain LINT` shows one\n", list.len())), "{text}");
    for lint in list {
        let id = lint["id"].as_str().expect("a lint has an id");
        assert!(text.lines().any(|line| line.split(' ').next() == Some(id)), "{id} is not in the text");
        assert!(here(&format!("explain {id}")).out.starts_with(&format!("{id}: ")), "{id}");
        assert!(here(&format!("explain {id} --format markdown")).out.starts_with(&format!("# `{id}`: ")), "{id}");
        let object: Value = serde_json::from_str(&here(&format!("explain {id} --format json")).out).expect("JSON");
        assert_eq!(&object, lint, "the page of a lint is its entry in the list");
    }
    assert_eq!(here("explain enum_without_default").out, here("explain lint/avro/enum_without_default").out);
    assert_snapshot!("lint_explain", here("explain lint/avro/enum_without_default"));
}

#[test]
fn types_that_hold_themselves_end() {
    let record = r#"{"type": "record", "name": "n.R", "fields": [{"name": "next", "type": ["null", "n.R"], "default": null},
        {"name": "all", "type": {"type": "array", "items": ["float", "int", {"type": "map", "values": "n.R"}]}}]}"#;
    let message = "syntax = \"proto2\"; package p; message M { repeated M m = 1; map<string, M> n = 2; extensions 9; } \
                   extend M { optional M x = 9; }";
    let world = World::with(&[("r.avsc", record), ("m.proto", message)]);
    let found: Vec<String> = ids(&world, "").into_iter().map(|(id, _)| id).collect();
    assert_eq!(found, ["protobuf/extension_range_undeclared", "avro/union_branch_shadowed"]);
}

/// Time in proportion to the size: quadratic work on a record of 20,000 fields would take minutes.
#[test]
fn many_fields_are_no_matter() {
    const COUNT: usize = 20_000;
    let mut fields = String::from(r#"{"name": "first", "type": "int"}"#);
    let mut proto = format!("{P3}package p;\nmessage M {{\n");
    for at in 0..COUNT {
        let _ = write!(fields, ",\n{{\"name\": \"f{at}\", \"type\": [\"null\", \"int\"]}}");
        let _ = writeln!(
            proto,
            "  E{at} f{at} = {}; enum E{at} {{ A{at} = 0; }}",
            if at < 18_000 { at + 1 } else { at + 2_001 }
        );
    }
    proto.push_str("}\n");
    let avro = format!("{{\"type\": \"record\", \"name\": \"n.R\", \"fields\": [{fields}]}}\n");
    let world = World::with(&[("r.avsc", avro), ("m.proto", proto)]);
    let all = "--enable lint/protobuf/number_gap --enable lint/avro/field_without_default";
    assert_eq!(ids(&world, all).len(), 2 * COUNT + 1);
}

/// People who know what they do are left alone: of googleapis, fewer than one finding in a hundred files.
#[test]
fn few_of_googleapis_are_found() {
    let Some(corpus) = canread_testing::corpus("protobuf/googleapis-2026-08") else { return };
    let mut command = crate::world::canread(&corpus);
    let outcome = crate::world::Outcome::of(command.args(["lint", "--format", "json"]));
    let report: Value = serde_json::from_str(&outcome.out).expect("JSON");
    let (files, found) = (report["compared"]["schemas"].as_u64(), report["findings"].as_array().map(Vec::len));
    let (files, found) = (files.expect("a number"), found.expect("an array"));
    assert!(files > 7000 && found > 0 && found < 100, "{found} in {files} files");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(0));
}

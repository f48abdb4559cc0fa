//! What is said about wrong texts: where, why, and what to do.
//!
//! Each case is a text, or several that are read together; the snapshot shows each with what was said about it.

use canread_avro::schema::{DefaultRule, LinkOptions};

use crate::help::{Files, one, read_with, several};

fn report<'t>(cases: impl IntoIterator<Item = (&'t str, Files)>) -> String {
    let mut report = String::new();
    for (text, files) in cases {
        report.push_str(text);
        report.push('\n');
        for line in files.said() {
            report.push_str("    ");
            report.push_str(&line);
            report.push('\n');
        }
    }
    report
}

fn all(texts: &[&'static str]) -> String {
    report(texts.iter().map(|text| (*text, one(text))))
}

/// A field of a record, so that a case shows only what it is about.
fn fields(cases: &[&'static str]) -> String {
    report(cases.iter().map(|case| (*case, one(&format!(r#"{{"type":"record","name":"n.R","fields":[{case}]}}"#)))))
}

#[test]
fn texts_that_are_no_schema() {
    insta::assert_snapshot!(all(&[
        "",
        "{",
        "7",
        "null",
        "[1, true, \"int\"]",
        "{}",
        r#"{"type": 1}"#,
        r#"{"type": {"type": "int"}}"#,
        r#"{"type": "array"}"#,
        r#"{"type": "map", "items": "int"}"#,
        r#"{"type": "record"}"#,
        r#"{"type": "record", "name": 1, "fields": {}}"#,
        r#"{"type": "enum", "name": "E", "symbols": "A"}"#,
        r#"{"type": "enum", "name": "E", "symbols": [1, "A", null]}"#,
        r#"{"type": "int", "type": "long"}"#,
        r#"{"type": "int", "x": 1, "x": 2}"#,
        "// a comment\n\"int\"",
    ]));
}

#[test]
fn names_that_are_none() {
    insta::assert_snapshot!(all(&[
        r#"{"type": "fixed", "name": "my-id", "size": 1}"#,
        r#"{"type": "fixed", "name": "1", "size": 1}"#,
        r#"{"type": "fixed", "name": "", "size": 1}"#,
        r#"{"type": "fixed", "name": "a..b", "size": 1}"#,
        r#"{"type": "fixed", "name": "b", "namespace": "a.", "size": 1}"#,
        r#"{"type": "fixed", "name": "a.b", "namespace": "not looked at", "size": 1}"#,
        r#"{"type": "fixed", "name": "a.string", "size": 1}"#,
        r#"{"type": "enum", "name": "E", "symbols": ["A", "a b", "A", "null"]}"#,
        r#"{"type": "record", "name": "R", "fields": [{"name": "a.b", "type": "int"}, {"name": "größe", "type": "int"}]}"#,
    ]));
}

#[test]
fn named_types_that_are_wrong() {
    insta::assert_snapshot!(all(&[
        r#"{"type": "fixed", "name": "F"}"#,
        r#"{"type": "fixed", "name": "F", "size": -1}"#,
        r#"{"type": "fixed", "name": "F", "size": 2147483648}"#,
        r#"{"type": "fixed", "name": "F", "size": 1.5}"#,
        r#"{"type": "fixed", "name": "F", "size": "16"}"#,
        r#"{"type": "enum", "name": "E", "symbols": ["A"], "default": "B"}"#,
        r#"{"type": "enum", "name": "E", "symbols": ["A"], "default": 0}"#,
        r#"{"type": "record", "name": "R", "fields": [1, {}, {"name": "a"}, {"type": "int"}]}"#,
        r#"{"type": "record", "name": "R", "doc": 1, "namespace": null, "aliases": "S", "fields": []}"#,
        r#"{"type": "record", "name": "n.R", "aliases": ["R", "S", "n.S", "S", 1, "any string"], "fields": []}"#,
        r#"[{"type": "fixed", "name": "F", "size": 1}, {"type": "array", "items": {"type": "fixed", "name": "F", "size": 1}}]"#,
        r#"[{"type": "fixed", "name": "F", "size": 1, "aliases": ["G"]}, {"type": "fixed", "name": "G", "size": 1, "aliases": ["F"]}]"#,
        r#"[{"type": "fixed", "name": "F", "size": 1, "aliases": ["X"]}, {"type": "fixed", "name": "G", "size": 1, "aliases": ["X"]}]"#,
    ]));
}

#[test]
fn names_that_nothing_declares() {
    insta::assert_snapshot!(fields(&[
        r#"{"name": "a", "type": "Strng"}"#,
        r#"{"name": "a", "type": "String"}"#,
        r#"{"name": "a", "type": "integer"}"#,
        r#"{"name": "a", "type": "uuid"}"#,
        r#"{"name": "a", "type": "array", "items": "int"}"#,
        r#"{"name": "a", "type": "o.R"}"#,
        r#"{"name": "a", "type": "Q"}"#,
        r#"{"name": "a", "type": "no.Such"}"#,
        r#"{"name": "a", "type": {"type": "fixed", "name": "F", "namespace": "", "size": 1}}, {"name": "b", "type": "F"}"#,
    ]));
}

#[test]
fn fields_that_are_wrong() {
    insta::assert_snapshot!(fields(&[
        r#"{"name": "a", "type": "int"}, {"name": "a", "type": "int"}"#,
        r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int", "aliases": ["a", "c", "c"]}, {"name": "d", "type": "int", "aliases": ["c", "d"]}"#,
        r#"{"name": "a", "type": "int", "order": "Descending"}, {"name": "b", "type": "int", "order": "up"}, {"name": "c", "type": "int", "order": 1}"#,
        r#"{"name": "a", "type": "int", "logicalType": "date"}"#,
        r#"{"name": "a", "type": "int", "logicalType": "mine"}"#,
        r#"{"name": "a", "type": "R"}"#,
        r#"{"name": "a", "type": ["R"]}"#,
        r#"{"name": "a", "type": ["R", "int"]}, {"name": "b", "type": {"type": "array", "items": "R"}}, {"name": "c", "type": {"type": "map", "values": "R"}}"#,
        r#"{"name": "a", "type": {"type": "record", "name": "S", "fields": [{"name": "b", "type": "R"}]}}"#,
    ]));
}

#[test]
fn unions_that_are_wrong() {
    insta::assert_snapshot!(all(&[
        r#"["int", ["null", "string"]]"#,
        r#"["int", "string", "int"]"#,
        r#"["null", "null"]"#,
        r#"["long", {"type": "long", "logicalType": "timestamp-millis"}]"#,
        r#"[{"type": "array", "items": "int"}, {"type": "array", "items": "long"}]"#,
        r#"[{"type": "map", "values": "int"}, {"type": "array", "items": "long"}]"#,
        r#"[{"type": "fixed", "name": "F", "size": 1}, "F"]"#,
        r#"[{"type": "fixed", "name": "F", "size": 1}, {"type": "fixed", "name": "G", "size": 1}]"#,
    ]));
}

#[test]
fn defaults_of_the_wrong_type() {
    insta::assert_snapshot!(fields(&[
        r#"{"name": "a", "type": "null", "default": "null"}"#,
        r#"{"name": "a", "type": "boolean", "default": "true"}"#,
        r#"{"name": "a", "type": "int", "default": "1"}"#,
        r#"{"name": "a", "type": "int", "default": 1.0}"#,
        r#"{"name": "a", "type": "int", "default": 2147483648}"#,
        r#"{"name": "a", "type": "int", "default": null}"#,
        r#"{"name": "a", "type": "long", "default": 9223372036854775808}"#,
        r#"{"name": "a", "type": "long", "default": 1e3}"#,
        r#"{"name": "a", "type": "float", "default": "1.5"}, {"name": "b", "type": "double", "default": "NaN"}"#,
        r#"{"name": "a", "type": "double", "default": "one"}"#,
        r#"{"name": "a", "type": "bytes", "default": "\u00ff\u0100"}"#,
        r#"{"name": "a", "type": "bytes", "default": [1]}"#,
        r#"{"name": "a", "type": "string", "default": 1}"#,
        r#"{"name": "a", "type": {"type": "fixed", "name": "F", "size": 2}, "default": "abc"}"#,
        r#"{"name": "a", "type": {"type": "enum", "name": "E", "symbols": ["A"]}, "default": "B"}"#,
        r#"{"name": "a", "type": {"type": "array", "items": "int"}, "default": [1, "2"]}"#,
        r#"{"name": "a", "type": {"type": "array", "items": "int"}, "default": {}}"#,
        r#"{"name": "a", "type": {"type": "map", "values": "int"}, "default": {"k": true}}"#,
        r#"{"name": "a", "type": {"type": "record", "name": "S", "fields": [{"name": "x", "type": "int"}]}, "default": {}}"#,
        r#"{"name": "a", "type": {"type": "record", "name": "S", "fields": [{"name": "x", "type": "int", "default": 1}]}, "default": {}}"#,
        r#"{"name": "a", "type": {"type": "record", "name": "S", "fields": []}, "default": 1}"#,
        r#"{"name": "a", "type": ["int", "string"], "default": true}"#,
        r#"{"name": "a", "type": "Unknown", "default": true}"#,
    ]));
}

/// Unions whose default is for another branch than the first.
const LATER: [&str; 5] = [
    r#"{"name": "a", "type": ["null", "string"], "default": "x"}"#,
    r#"{"name": "a", "type": ["string", "null"], "default": null}"#,
    r#"{"name": "a", "type": ["int", "string", "null"], "default": "x"}"#,
    r#"{"name": "a", "type": {"type": "array", "items": ["null", "int"]}, "default": [null, 1]}"#,
    r#"{"name": "a", "type": ["null", "string"], "default": null}"#,
];

#[test]
fn a_default_for_a_later_branch_is_a_warning_by_the_rule_of_1_12() {
    insta::assert_snapshot!(fields(&LATER));
}

#[test]
fn a_default_for_a_later_branch_is_an_error_by_the_rule_of_1_11() {
    let options = LinkOptions::default().with_defaults(DefaultRule::FirstBranch);
    let read = |case: &str| {
        let text = format!(r#"{{"type":"record","name":"n.R","fields":[{case}]}}"#);
        read_with([("a.avsc", text.into_bytes())], &options)
    };
    insta::assert_snapshot!(report(LATER.iter().map(|case| (*case, read(case)))));
}

#[test]
fn logical_types_that_are_ignored() {
    insta::assert_snapshot!(all(&[
        r#"{"type": "string", "logicalType": "date"}"#,
        r#"{"type": "int", "logicalType": "timestamp-millis"}"#,
        r#"{"type": "bytes", "logicalType": "uuid"}"#,
        r#"{"type": "fixed", "name": "F", "size": 15, "logicalType": "uuid"}"#,
        r#"{"type": "fixed", "name": "F", "size": 16, "logicalType": "duration"}"#,
        r#"{"type": "bytes", "logicalType": "decimal"}"#,
        r#"{"type": "bytes", "logicalType": "decimal", "precision": 0}"#,
        r#"{"type": "bytes", "logicalType": "decimal", "precision": "9"}"#,
        r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 5}"#,
        r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": -1}"#,
        r#"{"type": "fixed", "name": "F", "size": 4, "logicalType": "decimal", "precision": 10}"#,
        r#"{"type": "double", "logicalType": "decimal", "precision": 4}"#,
        r#"{"type": "long", "logicalType": 1}"#,
        r#"{"type": "enum", "name": "E", "symbols": [], "logicalType": "date"}"#,
        r#"{"type": "array", "items": "int", "logicalType": "duration"}"#,
        r#"{"type": "long", "logicalType": "of-my-own"}"#,
    ]));
}

#[test]
fn protocols_that_are_wrong() {
    insta::assert_snapshot!(all(&[
        r#"{"protocol": 1}"#,
        r#"{"protocol": "P-1", "types": {}, "messages": []}"#,
        r#"{"protocol": "P", "types": ["int", {"type": "array", "items": "int"}]}"#,
        r#"{"protocol": "P", "messages": {"a": 1, "b": {}, "c": {"request": {}, "response": "null"}}}"#,
        r#"{"protocol": "P", "messages": {"a": {"request": [], "response": "int", "errors": ["string"], "one-way": true}}}"#,
        r#"{"protocol": "P", "messages": {"a": {"request": [], "one-way": true}, "a": {"request": [], "one-way": 1}}}"#,
        r#"{"protocol": "P", "types": [{"type": "error", "name": "E", "fields": []}], "messages": {"a": {"request": [{"name": "x", "type": "int"}, {"name": "x", "type": "E"}], "response": "F", "errors": ["E", "E", ["int"]]}}}"#,
    ]));
}

#[test]
fn a_name_of_several_files_must_mean_the_same() {
    const ONE: &str = r#"{"type": "fixed", "name": "n.F", "size": 1}"#;
    const DOCUMENTED: &str = r#"{"type": "fixed", "name": "F", "namespace": "n", "size": 1, "doc": "one"}"#;
    const TWO: &str = r#"{"type": "fixed", "name": "n.F", "size": 2}"#;
    const PROTOCOL: &str = r#"{"protocol": "n.F"}"#;
    let cases = [vec![ONE, DOCUMENTED], vec![ONE, TWO], vec![ONE, DOCUMENTED, TWO], vec![ONE, PROTOCOL]];
    let texts: Vec<String> = cases.iter().map(|texts| texts.join("\n")).collect();
    insta::assert_snapshot!(report(texts.iter().zip(&cases).map(|(text, texts)| (text.as_str(), several(texts)))));
}

#[test]
fn a_name_with_characters_that_steer_a_terminal_is_shown_with_their_numbers() {
    let fixed = |size: u8| format!("{{\"type\": \"fixed\", \"name\": \"F\\u001b\", \"size\": {size}}}");
    let both = format!("[{}, {}]", fixed(1), fixed(1));
    for files in [several(&[&fixed(1), &fixed(2)]), one(&both)] {
        let said = files.said();
        assert!(said.iter().any(|line| line.contains("`F\\u{1b}` is declared")), "{said:?}");
        assert!(said.iter().all(|line| !line.contains('\u{1b}')), "{said:?}");
    }
}

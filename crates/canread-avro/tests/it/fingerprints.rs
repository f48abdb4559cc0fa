//! Parsing Canonical Form and fingerprints, against the cases that Apache ships.

use canread_avro::schema::{canonical_form, fingerprint, print};
use canread_testing::Gate;

use crate::help::one;

/// One case of `schema-tests.txt`.
#[derive(Debug, Default)]
struct Case {
    input: String,
    canonical: String,
    fingerprint: Option<i64>,
}

/// Cases are runs of `<<name value` lines; a value of several lines stands between `<<name` and `name`.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("<<") else { continue };
        let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
        let value = if value.is_empty() {
            lines.by_ref().take_while(|line| *line != name).collect::<Vec<_>>().join("\n")
        } else {
            value.to_owned()
        };
        match (name, cases.last_mut()) {
            ("INPUT", _) => cases.push(Case { input: value, ..Case::default() }),
            ("canonical", Some(case)) => case.canonical = value,
            ("fingerprint", Some(case)) => case.fingerprint = value.trim().parse().ok(),
            (name, _) => panic!("`{name}` is not known"),
        }
    }
    cases
}

/// The canonical form of the one schema in a text.
fn canonical(text: &str) -> String {
    let files = one(text);
    assert_eq!(files.errors(), [""; 0], "{text}");
    let schema = &files.linked.schema;
    let (module, _) = schema.modules().next().expect("there is one file");
    canonical_form(schema, print::root(schema, module).expect("the file is a schema"))
}

#[test]
fn every_case_of_apache_has_its_canonical_form_and_fingerprint() {
    let Some(root) = canread_testing::corpus("avro/apache-avro") else { return };
    let text = std::fs::read_to_string(root.join("share/test/data/schema-tests.txt")).expect("the cases can be read");
    let cases = cases(&text);
    assert_eq!(cases.len(), 34);
    let mut fingerprints = 0;
    for case in &cases {
        let canonical = canonical(&case.input);
        assert_eq!(canonical, case.canonical, "{}", case.input);
        if let Some(expected) = case.fingerprint {
            assert_eq!(fingerprint::crc64(&canonical).cast_signed(), expected, "{}", case.input);
            fingerprints += 1;
        }
    }
    assert_eq!(fingerprints, 26);
    let held_to = format!("schema-tests.txt: canonical forms, {fingerprints} fingerprints (CRC-64-AVRO)");
    Gate { corpus: "avro/apache-avro", held_to: &held_to, files: cases.len(), refused: 0, listed: "" }.held();
}

#[test]
fn md5_and_sha_256_are_those_of_the_text() {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    // `printf '"int"' | md5sum`, `| sha256sum`; Avro's Java library gives the same for this schema.
    assert_eq!(hex(&fingerprint::md5("\"int\"")), "ef524ea1b91e73173d938ade36c1db32");
    assert_eq!(
        hex(&fingerprint::sha256("\"int\"")),
        "3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45"
    );
}

#[test]
fn what_data_does_not_depend_on_is_left_out() {
    let text = r#"{"type": "record", "name": "R", "namespace": "a", "doc": "d", "aliases": ["S"], "p": 1, "fields": [
        {"name": "x", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 1, "order": "ignore"},
        {"name": "y", "type": ["string", "null"]},
        {"name": "z", "type": {"type": "map", "values": {"type": "array", "items": "R"}}},
        {"name": "e", "type": {"type": "enum", "name": "b.E", "symbols": ["\u0041"], "default": "A"}}]}"#;
    assert_eq!(
        canonical(text),
        r#"{"name":"a.R","type":"record","fields":[{"name":"x","type":"long"},{"name":"y","type":["string","null"]},"#
            .to_owned()
            + r#"{"name":"z","type":{"type":"map","values":{"type":"array","items":"a.R"}}},"#
            + r#"{"name":"e","type":{"name":"b.E","type":"enum","symbols":["A"]}}]}"#
    );
}

//! What a reader makes of a writer's bytes. Source: Avro 1.12, "Schema Resolution".

use insta::assert_snapshot;

use crate::support::{record, resolved};

#[test]
fn fields_move_vanish_appear_and_change_their_types() {
    let writer = record(
        r#"{"name": "id", "type": "int"}, {"name": "gone", "type": {"type": "array", "items": "string"}}, {"name": "old", "type": "float"},
        {"name": "m", "type": {"type": "map", "values": "long"}}, {"name": "n", "type": "long"}, {"name": "f", "type": "double"}, {"name": "last", "type": "string"}"#,
    );
    let reader = record(
        r#"{"name": "last", "type": "bytes"}, {"name": "new", "type": {"type": "map", "values": "int"}, "default": {"k": 1}},
        {"name": "renamed", "aliases": ["old"], "type": "double"}, {"name": "id", "type": ["null", "long"]}"#,
    );
    // id 1, gone ["a", "b"] as a block with its size, old 0.5, m {"x": 1}, n 2, f 0.0, last "z".
    let bytes = [&[2, 3, 8, 2, b'a', 2, b'b', 0, 0, 0, 0, 0x3f, 2, 2, b'x', 2, 0, 4][..], &[0; 8], &[2, b'z']].concat();
    assert_snapshot!(resolved(&writer, &reader, &bytes), @r#"{"last": 0x7a, "new": {"k": 1}, "renamed": 0.5, "id": 1}"#);
}

#[test]
fn lists_are_promoted_item_by_item() {
    let list = |item: &str| format!(r#"{{"type": "array", "items": "{item}"}}"#);
    let ints = [4, 1, 4, 2, 6, 0];
    for (reader, shown) in
        [("int", "[-1, 2, 3]"), ("long", "[-1, 2, 3]"), ("float", "[-1.0, 2.0, 3.0]"), ("double", "[-1.0, 2.0, 3.0]")]
    {
        assert_eq!(resolved(&list("int"), &list(reader), &ints), shown);
    }
    assert_snapshot!(resolved(&list("bytes"), &list("string"), &[2, 2, 0xff, 0]), @"malformed: text that is not UTF-8 at byte 2, in `[0]`");
}

#[test]
fn symbols_and_branches_that_the_reader_lacks_are_refused_when_they_come() {
    let of = |symbols: &str| format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}]}}"#);
    let (writer, reader) = (of(r#""A", "B""#), of(r#""B""#));
    assert_snapshot!(resolved(&writer, &reader, &[2]), @"B");
    assert_snapshot!(resolved(&writer, &reader, &[0]), @"a symbol that the enum does not have at byte 1");
    let list = |item: &str| format!(r#"{{"type": "array", "items": {item}}}"#);
    assert_snapshot!(resolved(&list(&writer), &list(&reader), &[4, 2, 2, 0]), @"[B, B]");
    let (writer, reader) = (r#"["string", "int"]"#, r#"["int", "null"]"#);
    assert_snapshot!(resolved(writer, reader, &[2, 8]), @"4");
    assert_snapshot!(resolved(writer, reader, &[0, 0]), @"text can't be read as an integer of 32 bits; at byte 1");
}

#[test]
fn unions_lead_into_each_other() {
    let (writer, reader) = (r#"["null", "int", "string"]"#, r#"["bytes", "long", "null"]"#);
    assert_snapshot!(resolved(writer, reader, &[0]), @"2:null");
    assert_snapshot!(resolved(writer, reader, &[2, 3]), @"1:-2");
    assert_snapshot!(resolved(writer, reader, &[4, 2, b'a']), @"0:0x61");
    assert_snapshot!(resolved("\"int\"", reader, &[3]), @"1:-2");
}

//! Schemas as layouts, and values under them.

use canread_plan::{Arena, LayoutKind, List, Value};
use insta::assert_snapshot;

use crate::support::{avro, record, try_avro};

#[test]
fn equal_types_have_one_id_and_records_may_hold_themselves() {
    let layout = avro(&record(
        r#"{"name": "a", "type": {"type": "array", "items": "int"}}, {"name": "b", "type": {"type": "array", "items": "int"}},
        {"name": "c", "type": ["null", "R"]}"#,
    ));
    let LayoutKind::Record(id) = layout.kind(layout.root()) else { panic!("a record") };
    let [a, b, c] = &*layout.record(id).fields else { panic!("three fields") };
    assert_eq!(a.ty, b.ty);
    assert_eq!(layout.kind(c.ty), LayoutKind::Nullable { inner: layout.root(), is_null_last: false });
}

#[test]
fn defaults_are_read_by_their_types() {
    let layout = avro(&record(
        r#"{"name": "i", "type": "long", "default": -1}, {"name": "f", "type": "float", "default": 0.1},
        {"name": "b", "type": "bytes", "default": "\u00ff"}, {"name": "u", "type": ["string", "int", "null"], "default": "x"},
        {"name": "n", "type": ["null", "int"], "default": null}, {"name": "l", "type": {"type": "array", "items": "int"}, "default": [1, 2]},
        {"name": "e", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}, "default": "B"},
        {"name": "m", "type": {"type": "map", "values": "boolean"}, "default": {"k": true}},
        {"name": "r", "type": {"type": "record", "name": "S", "fields": [{"name": "x", "type": "int", "default": 7}, {"name": "y", "type": "int"}]}, "default": {"y": 8}}"#,
    ));
    let LayoutKind::Record(id) = layout.kind(layout.root()) else { panic!("a record") };
    let defaults = layout.record(id).fields.iter().map(|field| format!("{}: {:?}", field.name, field.default));
    assert_snapshot!(defaults.collect::<Vec<_>>().join("\n"), @r#"
    i: Some(Int(-1))
    f: Some(Float(0.1))
    b: Some(Bytes([255]))
    u: Some(Branch(0, String("x")))
    n: Some(Null)
    l: Some(List([Int(1), Int(2)]))
    e: Some(Symbol(1))
    m: Some(Map([(String("k"), Bool(true))]))
    r: Some(Record([Int(7), Int(8)]))
    "#);
}

/// Each record's default asks for two of the next one's: 2^40 values in the end.
#[test]
fn a_default_that_grows_without_an_end_is_refused() {
    let mut inner =
        r#"{"type": "record", "name": "R0", "fields": [{"name": "x", "type": "int", "default": 0}]}"#.to_owned();
    for level in 1..40 {
        let below = level - 1;
        inner = format!(
            r#"{{"type": "record", "name": "R{level}", "fields": [{{"name": "x", "type": {inner}, "default": {{}}}}, {{"name": "y", "type": "R{below}", "default": {{}}}}]}}"#
        );
    }
    let error =
        try_avro(&record(&format!(r#"{{"name": "r", "type": {inner}, "default": {{}}}}"#))).expect_err("too much");
    assert_eq!(error.to_string(), "the default of `R.r` is no value of its type");
}

#[test]
fn a_value_is_shown_with_the_names_of_its_layout() {
    let layout = avro(&record(
        r#"{"name": "id", "type": "long"}, {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "status", "type": {"type": "enum", "name": "E", "symbols": ["OPEN", "SHUT"]}}, {"name": "key", "type": "bytes"},
        {"name": "what", "type": ["int", "string", "null"]}, {"name": "ratio", "type": {"type": "map", "values": "double"}}"#,
    ));
    let arena = Arena::new();
    let fields = [
        Value::Int(7),
        arena.list(&[arena.string("a"), Value::String("b\"")]),
        Value::Symbol(1),
        arena.bytes(&[10, 255]),
        arena.branch(1, Value::String("text")),
        arena.map(&[(Value::String("k"), Value::Double(1.0))]),
    ];
    let value = arena.record(&fields);
    if let LayoutKind::Record(id) = layout.kind(layout.root()) {
        assert_eq!(layout.record(id).field_by_name("key"), Some(3));
        assert_eq!(layout.record(id).field_by_name("none"), None);
    } else {
        panic!("a record");
    }
    assert_snapshot!(layout.show(&value), @r#"{"id": 7, "tags": ["a", "b\""], "status": SHUT, "key": 0x0aff, "what": 1:"text", "ratio": {"k": 1.0}}"#);
    assert_snapshot!(layout.show(&Value::List(List::Ints(&[1, 2]))), @"[1, 2]");
}

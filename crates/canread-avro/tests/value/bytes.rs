//! Bytes and values. Source: Avro 1.12, "Binary Encoding", with its own examples where it has one.

use canread_avro::codec::value;
use canread_plan::{Arena, List, Value};
use insta::assert_snapshot;

use crate::support::{decoded, encoded, layout, record};

#[test]
fn the_examples_of_the_specification_hold() {
    for (number, bytes) in [
        (0, &[0x00][..]),
        (-1, &[0x01]),
        (1, &[0x02]),
        (-2, &[0x03]),
        (2, &[0x04]),
        (-64, &[0x7f]),
        (64, &[0x80, 0x01]),
    ] {
        assert_eq!(encoded("\"long\"", &Value::Int(number)), bytes);
        assert_eq!(encoded("\"int\"", &Value::Int(number)), bytes);
    }
    assert_eq!(encoded("\"string\"", &Value::String("foo")), [0x06, 0x66, 0x6f, 0x6f]);
    let arena = Arena::new();
    let test = record(r#"{"name": "a", "type": "long"}, {"name": "b", "type": "string"}"#);
    assert_eq!(encoded(&test, &arena.record(&[Value::Int(27), Value::String("foo")])), [0x36, 0x06, 0x66, 0x6f, 0x6f]);
    let longs = r#"{"type": "array", "items": "long"}"#;
    assert_eq!(encoded(longs, &Value::List(List::Ints(&[3, 27]))), [0x04, 0x06, 0x36, 0x00]);
    let union = r#"["null", "string"]"#;
    assert_eq!(encoded(union, &Value::Null), [0x00]);
    assert_eq!(encoded(union, &Value::String("a")), [0x02, 0x02, 0x61]);
    let suit = r#"{"type": "enum", "name": "Foo", "symbols": ["A", "B", "C", "D"]}"#;
    assert_eq!(encoded(suit, &Value::Symbol(0)), [0x00]);
    assert_eq!(encoded(suit, &Value::Symbol(3)), [0x06]);
}

#[test]
fn every_type_is_written_and_read() {
    let schema = record(
        r#"{"name": "null", "type": "null"}, {"name": "bool", "type": "boolean"}, {"name": "int", "type": "int"}, {"name": "long", "type": "long"},
        {"name": "float", "type": "float"}, {"name": "double", "type": "double"}, {"name": "bytes", "type": "bytes"}, {"name": "string", "type": "string"},
        {"name": "fixed", "type": {"type": "fixed", "name": "F", "size": 2}}, {"name": "enum", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}},
        {"name": "map", "type": {"type": "map", "values": "int"}}, {"name": "last", "type": ["int", "null"]}, {"name": "union", "type": ["null", "int", "string"]},
        {"name": "lists", "type": {"type": "array", "items": {"type": "array", "items": "boolean"}}}"#,
    );
    let arena = Arena::new();
    let value = arena.record(&[
        Value::Null,
        Value::Bool(true),
        Value::Int(i32::MIN.into()),
        Value::Int(i64::MAX),
        Value::Float(0.5),
        Value::Double(-0.0),
        Value::Bytes(&[0, 255]),
        Value::String("é"),
        Value::Bytes(&[1, 2]),
        Value::Symbol(1),
        arena.map(&[(Value::String("k"), Value::Int(1)), (Value::String(""), Value::Int(2))]),
        Value::Null,
        arena.branch(2, Value::String("")),
        arena.list(&[Value::List(List::Bools(&[true, false])), Value::List(List::Bools(&[]))]),
    ]);
    let bytes = encoded(&schema, &value);
    assert_snapshot!(decoded(&schema, &bytes), @r#"{"null": null, "bool": true, "int": -2147483648, "long": 9223372036854775807, "float": 0.5, "double": -0.0, "bytes": 0x00ff, "string": "é", "fixed": 0x0102, "enum": B, "map": {"k": 1, "": 2}, "last": null, "union": 2:"", "lists": [[true, false], []]}"#);
}

#[test]
fn lists_of_every_item_may_come_in_blocks_with_and_without_sizes() {
    for (item, one) in [("int", &[2][..]), ("string", &[2, b'x']), ("float", &[0, 0, 0, 0x3f]), ("boolean", &[1])] {
        let schema = format!(r#"{{"type": "array", "items": "{item}"}}"#);
        let size = u8::try_from(one.len() * 2).expect("a small one");
        let plain = [&[6], one, one, one, &[0]].concat();
        // Two items behind a count, one behind a negated count with its size in bytes.
        let blocks = [&[4], one, one, &[1, size], one, &[0]].concat();
        assert_eq!(decoded(&schema, &blocks), decoded(&schema, &plain), "{item}");
    }
    let map = r#"{"type": "map", "values": "int"}"#;
    assert_snapshot!(decoded(map, &[2, 2, b'a', 2, 1, 6, 2, b'b', 4, 0]), @r#"{"a": 1, "b": 2}"#);
}

#[test]
fn what_is_no_value_of_the_schema_is_refused_with_its_place() {
    assert_snapshot!(decoded("\"boolean\"", &[2]), @"malformed: a boolean that is neither 0 nor 1 at byte 1");
    assert_snapshot!(decoded("\"int\"", &[0xff, 0xff, 0xff, 0xff, 0x7f]), @"a number beyond the range of its type at byte 5");
    assert_snapshot!(decoded("\"string\"", &[2, 0xff]), @"malformed: text that is not UTF-8 at byte 1");
    assert_snapshot!(decoded("\"string\"", &[1]), @"malformed: a length or count out of range at byte 1");
    assert_snapshot!(decoded(r#"["null", "int"]"#, &[4]), @"malformed: a union branch that does not exist at byte 1");
    assert_snapshot!(decoded(r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#, &[2]), @"a symbol that the enum does not have at byte 1");
    assert_snapshot!(decoded("\"null\"", &[0]), @"malformed: bytes after the end of the value at byte 0");
    let list = record(
        r#"{"name": "items", "type": {"type": "array", "items": {"type": "record", "name": "I", "fields": [{"name": "sku", "type": "string"}]}}}"#,
    );
    assert_snapshot!(decoded(&list, &[4, 2, b'a', 2]), @"the input ends inside a value at byte 4, in `items[1].sku`");
    let map = record(r#"{"name": "by_name", "type": {"type": "map", "values": "boolean"}}"#);
    assert_snapshot!(decoded(&map, &[4, 2, b'a', 1, 2, b'b', 3]), @"malformed: a boolean that is neither 0 nor 1 at byte 7, in `by_name[1]`");
}

#[test]
fn what_does_not_fit_its_schema_is_not_written() {
    let of = |schema: &str, value: &Value<'_>| {
        let layout = layout(schema);
        let mut bytes = vec![7];
        let error = value::encode_into(&layout, value, &mut bytes).expect_err("no value of the schema");
        assert_eq!(bytes, [7], "nothing is half-written");
        error.to_string()
    };
    let arena = Arena::new();
    let row = record(r#"{"name": "rows", "type": {"type": "array", "items": "int"}}"#);
    let rows = arena.record(&[arena.list(&[Value::Int(1), Value::String("x")])]);
    assert_snapshot!(of(&row, &rows), @"a value of another kind than the schema's, in `rows[1]`");
    assert_snapshot!(of(&row, &arena.record(&[Value::List(List::Ints(&[1 << 31]))])), @"a value that the format can't hold, in `rows[0]`");
    assert_snapshot!(of(&row, &arena.record(&[Value::Absent])), @"a field that the schema requires has no value, in `rows`");
    assert_snapshot!(of(&row, &arena.record(&[])), @"a value of another kind than the schema's");
    assert_snapshot!(of(r#"["null", "int", "string"]"#, &arena.branch(3, Value::Null)), @"a symbol or branch that the schema does not have");
    assert_snapshot!(of(r#"{"type": "fixed", "name": "F", "size": 2}"#, &Value::Bytes(&[1])), @"a value that the format can't hold");
}

#[test]
fn an_absent_field_is_written_as_its_default() {
    let schema = record(
        r#"{"name": "a", "type": "int", "default": 7}, {"name": "b", "type": ["null", "string"], "default": null},
        {"name": "c", "type": {"type": "array", "items": "string"}, "default": ["x"]},
        {"name": "d", "type": {"type": "record", "name": "S", "fields": [{"name": "e", "type": ["int", "string", "null"], "default": -1}]}, "default": {}}"#,
    );
    let arena = Arena::new();
    let bytes = value::to_vec(&layout(&schema), &arena.record(&[Value::Absent; 4])).expect("every field has a default");
    assert_snapshot!(decoded(&schema, &bytes), @r#"{"a": 7, "b": null, "c": ["x"], "d": {"e": 0:-1}}"#);
}

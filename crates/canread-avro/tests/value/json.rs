//! The JSON encoding.

use canread_avro::codec::json::{self, ReadOptions, WriteOptions};
use canread_avro::codec::value;
use canread_plan::{Arena, Layout, Value};
use canread_wire::Limits;

use crate::support::layout;

const EVERYTHING: &str = r#"{"type": "record", "name": "All", "namespace": "shop", "fields": [
    {"name": "n", "type": "null"}, {"name": "b", "type": "boolean"},
    {"name": "i", "type": "int"}, {"name": "l", "type": "long"},
    {"name": "f", "type": "float"}, {"name": "d", "type": "double"},
    {"name": "s", "type": "string"}, {"name": "y", "type": "bytes"},
    {"name": "x", "type": {"type": "fixed", "name": "Two", "size": 2}},
    {"name": "e", "type": {"type": "enum", "name": "Size", "symbols": ["S", "L"]}},
    {"name": "a", "type": {"type": "array", "items": ["null", "Two"]}},
    {"name": "m", "type": {"type": "map", "values": ["null", "string", "Size", "All"]}},
    {"name": "o", "type": ["null", "int"], "default": null}]}"#;

const TEXT: &str = r#"{"n":null,"b":true,"i":-7,"l":9223372036854775807,"f":1.5,"d":"-Infinity","s":"é\n","y":"\u0000ÿ","x":"ab","e":"L","a":[null,{"shop.Two":"cd"}],"m":{"k":null,"t":{"string":"v"},"z":{"shop.Size":"S"}},"o":{"int":3}}"#;

fn text_of(layout: &Layout, text: &str) -> String {
    let arena = Arena::new();
    match json::from_str(layout, text, &arena) {
        Ok(value) => json::to_string(layout, &value).expect("what was read can be written"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_type_has_the_form_of_the_specification_and_is_read_from_it() {
    let layout = layout(EVERYTHING);
    assert_eq!(text_of(&layout, TEXT), TEXT);
    let arena = Arena::new();
    let read = json::from_str(&layout, TEXT, &arena).expect("a value of the schema");
    let bytes = value::to_vec(&layout, &read).expect("what was read can be written in binary");
    let again = value::from_slice(&layout, &bytes, &arena).expect("what was written can be read");
    assert_eq!(json::to_string(&layout, &again).expect("a value of the schema"), TEXT);
}

#[test]
fn unions_are_as_the_specification_shows_them() {
    // Its example is of null, a string and a record.
    let layout = layout(r#"["null", "string", {"type": "record", "name": "Foo", "fields": []}]"#);
    for text in ["null", r#"{"string":"a"}"#, r#"{"Foo":{}}"#] {
        assert_eq!(text_of(&layout, text), text);
    }
    let cases = [
        (r#""a""#, "a string instead of an object at line 1, column 1"),
        ("{}", "expected one key, the name of a branch of the union at line 1, column 1"),
        (r#"{"string": "a", "Foo": {}}"#, "expected one key, the name of a branch of the union at line 1, column 17"),
        (r#"{"int": 1}"#, "the union has no branch `int` at line 1, column 2"),
        (r#"{"null": null}"#, "the union has no branch `null` at line 1, column 2"),
    ];
    for (text, error) in cases {
        assert_eq!(text_of(&layout, text), error, "{text}");
    }
}

#[test]
fn fields_come_in_any_order_and_each_once() {
    let layout = layout(
        r#"{"type": "record", "name": "R", "fields": [
        {"name": "a", "type": "int"}, {"name": "b", "type": {"type": "map", "values": "int"}, "default": {"k": 1}}]}"#,
    );
    assert_eq!(text_of(&layout, r#"{"b": {}, "a": 1.0}"#), r#"{"a":1,"b":{}}"#);
    let cases = [
        (r#"{"a": 1, "a": 1}"#, "`a` comes again at line 1, column 10"),
        (r#"{"a": 1, "c": 1}"#, "the record has no field `c` at line 1, column 10"),
        (r#"{"a": 1}"#, "`b` is missing at line 1, column 1"),
        (r#"{"a": 2147483648}"#, "a number beyond the range of its type at line 1, column 7, in `a`"),
        (r#"{"b": {"x": 1, "y": 2, "x": 3}}"#, "`x` comes again at line 1, column 24, in `b`"),
    ];
    for (text, error) in cases {
        assert_eq!(text_of(&layout, text), error, "{text}");
    }
    let arena = Arena::new();
    let filling = ReadOptions::new().filling_defaults();
    let read = json::from_str_with(&layout, r#"{"a": 1}"#, &arena, &filling).expect("`b` has a default");
    assert_eq!(json::to_string(&layout, &read).expect("a value"), r#"{"a":1,"b":{"k":1}}"#);
    assert!(json::from_str_with(&layout, "{}", &arena, &filling).is_err(), "`a` has none");
}

/// Avro Java, fastavro and types in Rust read the last one.
#[test]
fn a_key_that_comes_twice_in_binary_is_written_once_with_the_last_value() {
    let layout = layout(r#"{"type": "map", "values": "int"}"#);
    let text_of_binary = |bytes: &[u8]| {
        let arena = Arena::new();
        let map = value::from_slice(&layout, bytes, &arena).expect("a map");
        json::to_string(&layout, &map).expect("a value of the schema")
    };
    assert_eq!(text_of_binary(b"\x02\x02a\x02\x02\x02a\x04\0"), r#"{"a":2}"#, "in two blocks");
    assert_eq!(text_of_binary(b"\x08\x02a\x02\x02b\x04\x02a\x06\x02a\x08\0"), r#"{"a":4,"b":2}"#);
    // More than are compared one by one.
    let entry = |key: u8, value: u8| [2, key, 2 * value];
    let both: Vec<u8> =
        (b'a'..=b't').map(|key| entry(key, 1)).chain((b'a'..=b't').map(|key| entry(key, 2))).flatten().collect();
    let text = text_of_binary(&[&[80], &both[..], &[0]].concat());
    let once: Vec<String> = (b'a'..=b't').map(|key| format!("\"{}\":2", char::from(key))).collect();
    assert_eq!(text, format!("{{{}}}", once.join(",")));
    assert_eq!(text_of(&layout, &text), text, "what is written can be read");
}

#[test]
fn an_entry_that_is_not_of_the_map_is_an_error_at_its_own_index() {
    let layout = layout(r#"{"type": "map", "values": "int"}"#);
    let said = |entries: &[(Value<'_>, Value<'_>)]| {
        json::to_string(&layout, &Value::Map(entries)).expect_err("no such map").to_string()
    };
    let (a, b, none) = (Value::String("a"), Value::String("b"), Value::Int(0));
    let twice = [(a, Value::Int(1)), (a, Value::Int(2)), (b, Value::Null)];
    assert!(said(&twice).ends_with("in `[2]`"), "{}", said(&twice));
    let no_keys = [(a, Value::Int(1)), (none, Value::Int(1)), (none, Value::Int(2))];
    assert!(said(&no_keys).ends_with("in `[2]`"), "{}", said(&no_keys));
}

#[test]
fn numbers_that_json_does_not_have_are_words() {
    for ty in ["float", "double"] {
        let layout = layout(&format!(r#""{ty}""#));
        for text in [r#""NaN""#, r#""Infinity""#, r#""-Infinity""#, "-0.0", "1.5"] {
            assert_eq!(text_of(&layout, text), text);
        }
        let error = "expected a number, `NaN`, `Infinity` or `-Infinity` at line 1, column 1";
        assert_eq!(text_of(&layout, r#""1.5""#), error);
    }
}

#[test]
fn bytes_are_characters_up_to_u_00ff() {
    let all: Vec<u8> = (0..=255).collect();
    let bytes = layout(r#""bytes""#);
    let text = json::to_string(&bytes, &Value::Bytes(&all)).expect("bytes");
    let arena = Arena::new();
    assert_eq!(json::from_str(&bytes, &text, &arena), Ok(Value::Bytes(&all)));
    assert_eq!(text_of(&bytes, r#""Ā""#), "bytes with a character beyond U+00FF at line 1, column 1");
    let fixed = layout(r#"{"type": "fixed", "name": "Two", "size": 2}"#);
    assert_eq!(text_of(&fixed, r#""é""#), "1 bytes for a fixed of 2 at line 1, column 1");
}

#[test]
fn a_text_that_ends_early_is_refused_wherever_it_ends() {
    let layout = layout(EVERYTHING);
    for end in (0..TEXT.len()).filter(|end| TEXT.is_char_boundary(*end)) {
        let arena = Arena::new();
        assert!(json::from_str(&layout, &TEXT[..end], &arena).is_err(), "{end}");
    }
}

#[test]
fn depth_and_memory_are_bounded() {
    let layout = layout(r#"{"type": "record", "name": "N", "fields": [{"name": "n", "type": ["null", "N"]}]}"#);
    let nested = |depth: usize| format!("{}null{}", r#"{"n":{"N":"#.repeat(depth), "}}".repeat(depth));
    // The outermost record is not counted, the innermost is.
    let whole = |depth: usize| nested(depth).replace(r#""N":null"#, r#""N":{"n":null}"#);
    assert_eq!(text_of(&layout, &whole(100)), whole(100));
    assert!(text_of(&layout, &whole(101)).starts_with("more than 100 levels"), "{}", text_of(&layout, &whole(101)));
    let arena = Arena::new();
    let deep = ReadOptions::new().with_limits(Limits::strict().with_depth_max(150));
    let text = whole(120);
    let read = json::from_str_with(&layout, &text, &arena, &deep).expect("it is not as deep as that");
    assert!(json::to_string(&layout, &read).is_err());
    let deep = WriteOptions::new().with_limits(Limits::strict().with_depth_max(150));
    assert_eq!(json::to_string_with(&layout, &read, &deep).expect("it is not as deep as that"), text);

    let list = crate::support::layout(r#"{"type": "array", "items": "null"}"#);
    let text = format!("[{}null]", "null,".repeat(10_000));
    let small = ReadOptions::new().with_limits(Limits::strict().with_allocated_bytes_max(20_000));
    assert!(json::from_str_with(&list, &text, &Arena::new(), &small).is_err());
}

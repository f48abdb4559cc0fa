//! What comes again. Source: Protobuf, "Encoding", sections "Last One Wins" and "Oneofs".

use insta::assert_snapshot;

use crate::support::{decoded, proto2, proto3};

#[test]
fn of_a_scalar_the_last_one_counts() {
    assert_snapshot!(decoded(&proto3("message M { int32 a = 1; string b = 2; }"), &[0x08, 1, 0x12, 1, b'x', 0x08, 2, 0x12, 0]), @r#"{"a": 2, "b": ""}"#);
}

#[test]
fn messages_that_come_in_pieces_are_one() {
    let schema = proto3("message M { M m = 1; int32 a = 2; repeated int32 l = 3; string s = 4; }");
    // m { a: 1 l: 1 m { s: "x" } } m { l: 2 a: 3 m { a: 4 } } m { }
    let bytes =
        [0x0a, 9, 0x10, 1, 0x18, 1, 0x0a, 3, 0x22, 1, b'x', 0x0a, 8, 0x18, 2, 0x10, 3, 0x0a, 2, 0x10, 4, 0x0a, 0];
    assert_snapshot!(decoded(&schema, &bytes), @r#"{"m": {"m": {"a": 4, "s": "x"}, "a": 3, "l": [1, 2]}}"#);
    let groups = proto2("message M { optional group G = 1 { optional int32 a = 1; optional int32 b = 2; } }");
    assert_snapshot!(decoded(&groups, &[0x0b, 0x08, 1, 0x0c, 0x0b, 0x10, 2, 0x0c]), @r#"{"g": {"a": 1, "b": 2}}"#);
}

#[test]
fn a_required_field_may_come_in_a_later_piece() {
    let schema = proto2("message M { optional N n = 1; } message N { required int32 a = 1; required int32 b = 2; }");
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 1, 0x0a, 2, 0x10, 2]), @r#"{"n": {"a": 1, "b": 2}}"#);
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 1, 0x0a, 2, 0x08, 2]), @"a required field is missing at byte 8, in `n.b`");
}

#[test]
fn of_a_oneof_the_last_member_counts_and_a_message_starts_anew() {
    let schema =
        proto3("message M { oneof o { N n = 1; int32 i = 2; N k = 3; } } message N { int32 a = 1; int32 b = 2; }");
    assert_snapshot!(decoded(&schema, &[0x10, 1, 0x0a, 0]), @r#"{"n": {}}"#);
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 1, 0x10, 0]), @r#"{"i": 0}"#);
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 1, 0x0a, 2, 0x10, 2]), @r#"{"n": {"a": 1, "b": 2}}"#);
    // Another member between the pieces, and pieces before and behind it.
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 1, 0x10, 5, 0x0a, 2, 0x10, 2, 0x0a, 2, 0x10, 3]), @r#"{"n": {"b": 3}}"#);
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 1, 0x0a, 0, 0x1a, 2, 0x10, 2]), @r#"{"k": {"b": 2}}"#);
    // What is gone has to be a message all the same.
    assert_snapshot!(decoded(&schema, &[0x0a, 0, 0x0a, 2, 0x08, 0x80, 0x10, 1]), @"the input ends inside a value at byte 5, in `n.a`");
    assert_snapshot!(decoded(&schema, &[0x0a, 2, 0x08, 0x80, 0x10, 1]), @"the input ends inside a value at byte 3, in `n.a`");
}

#[test]
fn entries_of_one_key_are_one_and_the_last_counts() {
    let schema = proto3("message M { map<string, int32> a = 1; map<int32, M> b = 2; }");
    let entry = |key: u8, value: u8| [0x0a, 5, 0x0a, 1, key, 0x10, value];
    let bytes = [&entry(b'x', 1)[..], &entry(b'y', 2), &entry(b'x', 3)].concat();
    assert_snapshot!(decoded(&schema, &bytes), @r#"{"a": {"x": 3, "y": 2}}"#);
    // Apart from each other, and more than a few.
    let many: Vec<u8> = (0..40).flat_map(|at| entry(b'a' + at % 20, at)).collect();
    let apart = [&many[..], &[0x12, 0], &entry(b'a', 99)].concat();
    let text = decoded(&schema, &apart);
    assert!(text.starts_with(r#"{"a": {"a": 99, "b": 21, "#) && text.ends_with(r#""t": 39}, "b": {0: {}}}"#), "{text}");
    // A key or a value may be left out, come first, or come again; a message in pieces is one.
    assert_snapshot!(decoded(&schema, &[0x0a, 0, 0x0a, 6, 0x10, 1, 0x10, 2, 0x0a, 0]), @r#"{"a": {"": 2}}"#);
    let torn = [0x12, 16, 0x12, 5, 0x0a, 3, 0x0a, 1, b'k', 0x08, 7, 0x12, 5, 0x0a, 3, 0x0a, 1, b'l'];
    assert_snapshot!(decoded(&schema, &torn), @r#"{"b": {7: {"a": {"k": 0, "l": 0}}}}"#);
}

//! Bytes and values. Source: Protobuf, "Encoding", with its own examples where it has one.

use canread_plan::{Arena, Value};
use canread_protobuf::codec::value;
use insta::assert_snapshot;

use crate::support::{canonical, decoded, layout, proto2, proto3, rewritten};

#[test]
fn the_examples_of_the_specification_hold() {
    let test1 = proto3("message M { int32 a = 1; }");
    assert_snapshot!(canonical(&test1, &[0x08, 0x96, 0x01]), @r#"{"a": 150}"#);
    let test2 = proto3("message M { string b = 2; }");
    assert_snapshot!(canonical(&test2, b"\x12\x07testing"), @r#"{"b": "testing"}"#);
    let test3 = proto3("message M { Test1 c = 3; } message Test1 { int32 a = 1; }");
    assert_snapshot!(canonical(&test3, &[0x1a, 0x03, 0x08, 0x96, 0x01]), @r#"{"c": {"a": 150}}"#);
    let test4 = proto3("message M { string d = 4; repeated int32 e = 6; }");
    assert_snapshot!(canonical(&test4, b"\x22\x05hello\x32\x03\x01\x02\x03"), @r#"{"d": "hello", "e": [1, 2, 3]}"#);
    let test5 = proto3("message M { repeated int32 f = 6 [packed = true]; }");
    assert_snapshot!(canonical(&test5, &[0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05]), @r#"{"f": [3, 270, 86942]}"#);
    let test6 = proto3("message M { map<string, int32> g = 7; }");
    assert_snapshot!(canonical(&test6, b"\x3a\x07\x0a\x03abc\x10\x05"), @r#"{"g": {"abc": 5}}"#);
}

#[test]
fn every_scalar_is_written_and_read() {
    let schema = proto3(
        "message M { double a = 1; float b = 2; int32 c = 3; int64 d = 4; uint32 e = 5; uint64 f = 6; sint32 g = 7; sint64 h = 8;
        fixed32 i = 9; fixed64 j = 10; sfixed32 k = 11; sfixed64 l = 12; bool m = 13; string n = 14; bytes o = 15; E p = 16; }
        enum E { Z = 0; ONE = 1; }",
    );
    let bytes = [
        &[0x09][..],
        &1.5_f64.to_le_bytes(),
        &[0x15],
        &(-0.0_f32).to_le_bytes(),
        &[0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        &[0x20, 0x7f, 0x28, 0xff, 0xff, 0xff, 0xff, 0x0f],
        &[0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0x38, 0x03, 0x40, 0x01],
        &[0x4d, 1, 0, 0, 0, 0x51, 2, 0, 0, 0, 0, 0, 0, 0, 0x5d, 0xff, 0xff, 0xff, 0xff],
        &[0x61, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x68, 1, 0x72, 1, b'n', 0x7a, 1, 0xff, 0x80, 0x01, 7],
    ]
    .concat();
    assert_snapshot!(canonical(&schema, &bytes), @r#"{"a": 1.5, "b": -0.0, "c": -1, "d": 127, "e": 4294967295, "f": 18446744073709551615, "g": -2, "h": -1, "i": 1, "j": 2, "k": -1, "l": -2, "m": true, "n": "n", "o": 0xff, "p": 7}"#);
    // Wider numbers are cut to the width of their type; a boolean is whether any bit is set.
    assert_snapshot!(decoded(&schema, &[0x18, 0x81, 0x80, 0x80, 0x80, 0x10, 0x68, 0x80, 0x80, 0x40]), @r#"{"c": 1, "m": true}"#);
}

#[test]
fn zeros_are_written_where_a_reader_can_tell() {
    let schema = proto3("message M { int32 a = 1; optional int32 b = 2; oneof c { string d = 3; int32 e = 4; } }");
    assert_eq!(rewritten(&schema, &[0x08, 0, 0x10, 0, 0x1a, 0]), [0x10, 0, 0x1a, 0]);
    let schema = proto2("message M { optional int32 a = 1; }");
    assert_eq!(rewritten(&schema, &[0x08, 0]), [0x08, 0]);
}

#[test]
fn lists_are_read_packed_and_not_wherever_they_stand() {
    let schema = proto3(
        "message M { repeated sint32 a = 1; repeated string b = 2; repeated M c = 3; repeated fixed32 d = 4 [packed = false]; }",
    );
    let bytes =
        [0x08, 1, 0x12, 1, b'x', 0x0a, 2, 3, 5, 0x12, 0, 0x08, 7, 0x1a, 2, 0x08, 2, 0x1a, 0, 0x22, 4, 9, 0, 0, 0];
    assert_snapshot!(decoded(&schema, &bytes), @r#"{"a": [-1, -2, -3, -4], "b": ["x", ""], "c": [{"a": [1]}, {}], "d": [9]}"#);
    assert_eq!(
        rewritten(&schema, &bytes),
        [0x0a, 4, 1, 3, 5, 7, 0x12, 1, b'x', 0x12, 0, 0x1a, 3, 0x0a, 1, 2, 0x1a, 0, 0x25, 9, 0, 0, 0]
    );
}

#[test]
fn what_the_layout_does_not_have_is_kept() {
    let schema = proto3("message M { int32 a = 1; M b = 2; }");
    let bytes = [0x98, 0x06, 5, 0x08, 1, 0x9b, 0x06, 0x08, 9, 0x9c, 0x06, 0x12, 5, 0xa2, 0x06, 2, 1, 2];
    assert_snapshot!(decoded(&schema, &bytes), @r#"{"a": 1, "b": {unknown: 0xa206020102}, unknown: 0x9806059b0608099c06}"#);
    assert_eq!(
        rewritten(&schema, &bytes),
        [0x08, 1, 0x12, 5, 0xa2, 0x06, 2, 1, 2, 0x98, 0x06, 5, 0x9b, 0x06, 0x08, 9, 0x9c, 0x06]
    );
    // So is a field that is written as another type would be.
    assert_snapshot!(decoded(&schema, &[0x0d, 1, 2, 3, 4, 0x10, 1]), @"{unknown: 0x0d010203041001}");
}

#[test]
fn numbers_that_a_closed_enum_does_not_have_are_kept_as_unknown() {
    let schema = proto2(
        "message M { optional E a = 1; repeated E b = 2; repeated E c = 3 [packed = true]; map<string, E> d = 4; } enum E { Z = 0; ONE = 1; }",
    );
    assert_snapshot!(decoded(&schema, &[0x08, 5]), @"{unknown: 0x0805}");
    assert_snapshot!(decoded(&schema, &[0x10, 1, 0x10, 5, 0x10, 0]), @r#"{"b": [ONE, Z], unknown: 0x1005}"#);
    assert_snapshot!(decoded(&schema, &[0x10, 5, 0x10, 1]), @r#"{"b": [ONE], unknown: 0x1005}"#);
    assert_snapshot!(decoded(&schema, &[0x1a, 3, 1, 5, 0]), @r#"{"c": [ONE, Z], unknown: 0x1805}"#);
    assert_snapshot!(decoded(&schema, &[0x22, 5, 0x0a, 1, b'k', 0x10, 5, 0x22, 5, 0x0a, 1, b'l', 0x10, 1]), @r#"{"d": {"l": ONE}, unknown: 0x22050a016b1005}"#);
    // An entry that is kept is one to its end.
    assert_snapshot!(decoded(&schema, &[0x22, 7, 0x0a, 1, b'k', 0x10, 5, 0xff, 7]), @"malformed: a tag that the format does not have at byte 9, in `d[0]`");
    assert_snapshot!(decoded(&schema, &[0x22, 6, 0x0a, 1, b'k', 0x10, 5, 0xff]), @"the input ends inside a value at byte 7, in `d[0]`");
    let open = proto3("message M { E a = 1; } enum E { Z = 0; }");
    assert_snapshot!(canonical(&open, &[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), @r#"{"a": -1}"#);
}

#[test]
fn groups_stand_between_their_tags() {
    let schema = proto2(
        "message M { optional group G = 1 { optional int32 a = 2; optional group H = 3 { } } repeated group R = 4 { optional int32 a = 1; } }",
    );
    let bytes = [0x0b, 0x10, 7, 0x1b, 0x1c, 0x0c, 0x23, 0x08, 1, 0x24, 0x23, 0x24];
    assert_snapshot!(canonical(&schema, &bytes), @r#"{"g": {"a": 7, "h": {}}, "r": [{"a": 1}, {}]}"#);
    assert_snapshot!(decoded(&schema, &[0x0b, 0x14]), @"malformed: the end of a group that was not begun at byte 2, in `g`");
    assert_snapshot!(decoded(&schema, &[0x0b, 0x10, 7]), @"the input ends inside a value at byte 3, in `g`");
    assert_snapshot!(decoded(&schema, &[0x0c]), @"malformed: the end of a group that was not begun at byte 1");
}

#[test]
fn required_fields_must_be_there() {
    let schema = proto2("message M { required int32 a = 1; repeated N n = 2; } message N { required string b = 1; }");
    assert_snapshot!(decoded(&schema, &[]), @"a required field is missing at byte 0, in `a`");
    assert_snapshot!(decoded(&schema, &[0x08, 1, 0x12, 2, 0x0a, 0, 0x12, 0]), @"a required field is missing at byte 8, in `n[1].b`");
    let (layout, arena) = (layout(&schema), Arena::new());
    let error = value::to_vec(&layout, &arena.record(&[Value::Absent, Value::Absent])).expect_err("no a");
    assert_snapshot!(error, @"a field that the schema requires has no value, in `a`");
}

#[test]
fn text_is_checked_where_the_schema_asks_for_it() {
    assert_snapshot!(decoded(&proto3("message M { string a = 1; }"), &[0x0a, 1, 0xff]), @"malformed: text that is not UTF-8 at byte 2, in `a`");
    assert_snapshot!(canonical(&proto2("message M { optional string a = 1; }"), &[0x0a, 1, 0xff]), @r#"{"a": 0xff}"#);
}

#[test]
fn extensions_are_fields_like_others() {
    let schema = proto2(
        "message M { extensions 100 to 200; } extend M { optional int32 note = 100; repeated string tags = 101; }",
    );
    assert_snapshot!(canonical(&schema, &[0xa0, 0x06, 5, 0xaa, 0x06, 1, b'a']), @r#"{"[note]": 5, "[tags]": ["a"]}"#);
}

#[test]
fn what_is_no_message_is_refused_with_its_place() {
    let schema = proto3("message M { int32 a = 1; M b = 2; repeated string c = 3; map<int32, M> d = 4; }");
    assert_snapshot!(decoded(&schema, &[0x08]), @"the input ends inside a value at byte 1, in `a`");
    assert_snapshot!(decoded(&schema, &[0x12, 4, 0x12, 2, 0x08, 0xff]), @"the input ends inside a value at byte 5, in `b.b.a`");
    assert_snapshot!(decoded(&schema, &[0x1a, 0, 0x1a, 5, 0]), @"the input ends inside a value at byte 4, in `c[1]`");
    assert_snapshot!(decoded(&schema, &[0x22, 0, 0x22, 4, 0x12, 2, 0x1a, 9]), @"the input ends inside a value at byte 8, in `d[1].c[0]`");
    assert_snapshot!(decoded(&schema, &[0x00]), @"malformed: a field number out of range at byte 1");
    assert_snapshot!(decoded(&schema, &[0x0e]), @"malformed: a tag that the format does not have at byte 1, in `a`");
    assert_snapshot!(decoded(&schema, &[0xff, 0xff, 0xff, 0xff, 0x7f]), @"malformed: a field number out of range at byte 5");
}

#[test]
fn what_does_not_fit_its_layout_is_not_written() {
    let of = |schema: &str, fields: &[Value<'_>]| {
        let (layout, arena) = (layout(schema), Arena::new());
        let mut bytes = vec![7];
        let error = value::encode_into(&layout, &arena.record(fields), &mut bytes).expect_err("no value of the layout");
        assert_eq!(bytes, [7], "nothing is half-written");
        error.to_string()
    };
    assert_snapshot!(of(&proto3("message M { int32 a = 1; }"), &[Value::Int(1 << 31)]), @"a value that the format can't hold, in `a`");
    assert_snapshot!(of(&proto3("message M { int32 a = 1; }"), &[Value::Uint(1)]), @"a value of another kind than the schema's, in `a`");
    assert_snapshot!(of(&proto2("message M { optional E a = 1; } enum E { Z = 0; }"), &[Value::Symbol(1)]), @"a symbol or branch that the schema does not have, in `a`");
    let arena = Arena::new();
    let list = arena.list(&[Value::String("a"), Value::Int(1)]);
    assert_snapshot!(of(&proto3("message M { repeated string a = 1; }"), &[list]), @"a value of another kind than the schema's, in `a[1]`");
}

/// Source: "Feature Settings for Editions".
#[test]
fn the_features_of_an_edition_decide_how_fields_lie() {
    let schema = r#"edition = "2023";
        message M {
            int32 a = 1;
            int32 b = 2 [features.field_presence = IMPLICIT];
            int32 c = 3 [features.field_presence = LEGACY_REQUIRED];
            N d = 4 [features.message_encoding = DELIMITED];
            repeated int32 e = 5 [features.repeated_field_encoding = EXPANDED];
            repeated int32 f = 6;
            Shut g = 7;
            string h = 8 [features.utf8_validation = NONE];
        }
        message N { int32 a = 1; }
        enum Shut { option features.enum_type = CLOSED; ONE = 1; }"#;
    let bytes = [8, 0, 24, 0, 0x23, 8, 1, 0x24, 40, 1, 40, 2, 0x32, 2, 1, 2, 56, 1, 0x42, 1, 0xff];
    assert_snapshot!(canonical(schema, &bytes), @r#"{"a": 0, "c": 0, "d": {"a": 1}, "e": [1, 2], "f": [1, 2], "g": ONE, "h": 0xff}"#);
    assert_eq!(rewritten(schema, &[16, 0, 24, 0]), [24, 0], "a zero without presence is not there");
    assert_snapshot!(decoded(schema, &[8, 1]), @"a required field is missing at byte 2, in `c`");
    assert_snapshot!(canonical(schema, &[24, 0, 56, 2]), @r#"{"c": 0, unknown: 0x3802}"#);
}

/// Source: `google/protobuf/descriptor.proto`, `MessageOptions.message_set_wire_format`.
#[test]
fn fields_of_a_message_set_lie_in_groups_with_their_number() {
    let set = "syntax = \"proto2\"; message M { option message_set_wire_format = true; extensions 4 to max; }";
    assert_snapshot!(canonical(set, &[0x0b, 0x10, 4, 0x1a, 0, 0x0c]), @"{unknown: 0x0b10041a000c}");
    let schema = format!("{set} message N {{ extend M {{ optional N n = 4; }} optional int32 a = 1; }}");
    assert_snapshot!(canonical(&schema, &[0x0b, 0x10, 4, 0x1a, 2, 8, 7, 0x0c]), @r#"{"[N.n]": {"a": 7}}"#);
    assert_snapshot!(canonical(&schema, &[0x0b, 0x10, 4, 0x1a, 0, 0x0c, 0x0b, 0x10, 5, 0x1a, 0, 0x0c]), @r#"{"[N.n]": {}, unknown: 0x0b10051a000c}"#);
    // The message may come first; a field may come as one, and in pieces.
    assert_snapshot!(decoded(&schema, &[0x0b, 0x1a, 2, 8, 7, 0x10, 4, 0x0c]), @r#"{"[N.n]": {"a": 7}}"#);
    assert_snapshot!(decoded(&schema, &[0x22, 2, 8, 7, 0x0b, 0x1a, 0, 0x10, 4, 0x0c]), @r#"{"[N.n]": {"a": 7}}"#);
    // What no writer makes is kept as it is.
    assert_snapshot!(decoded(&schema, &[0x0b, 0x10, 4, 0x0c, 0x0b, 0x10, 4, 0x10, 5, 0x1a, 0, 0x0c]), @"{unknown: 0x0b10040c0b100410051a000c}");
    assert_snapshot!(decoded(&schema, &[0x0b, 0x10, 4, 0x1a, 2, 8, 0x0c]), @"the input ends inside a value at byte 7");
    assert_snapshot!(decoded(&schema, &[0x0b, 0x10, 4, 0x14]), @"malformed: the end of a group that was not begun at byte 4");
}

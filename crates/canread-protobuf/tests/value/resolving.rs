//! What one schema wrote, read as another has it. Source: Protobuf, "Language Guide", "Updating A Message Type".

use canread_plan::{Arena, Plan};
use canread_protobuf::codec::value;

use crate::support::{layout, proto2, proto3};

fn plan(writer: &str, reader: &str) -> Plan {
    Plan::resolve(layout(writer), layout(reader)).unwrap_or_else(|mismatches| panic!("{mismatches:?}"))
}

/// What the reader gets, as text; or why it gets nothing.
fn resolved(writer: &str, reader: &str, bytes: &[u8]) -> String {
    let (plan, arena) = (plan(writer, reader), Arena::new());
    match value::resolve_slice(&plan, bytes, &arena) {
        Ok(value) => plan.reader().show(&value).to_string(),
        Err(error) => error.to_string(),
    }
}

/// The same for one field `a` with number 1.
fn field(from: &str, to: &str, bytes: &[u8]) -> String {
    let enums = "enum E { Z = 0; O = 1; } message N { int32 n = 1; }";
    let of = |field: &str| proto3(&format!("message M {{ {field} a = 1; }} {enums}"));
    resolved(&of(from), &of(to), bytes)
}

fn is_identity(writer: &str, reader: &str) -> bool {
    plan(writer, reader).is_identity()
}

fn mismatches(writer: &str, reader: &str) -> Vec<String> {
    plan(writer, reader).mismatches().iter().map(ToString::to_string).collect()
}

#[test]
fn what_the_specification_calls_compatible_needs_no_plan() {
    let writer = proto3(
        "message M { int32 a = 1; uint32 b = 2; bool c = 3; E d = 4; string e = 5; sint32 f = 6; fixed32 g = 7; N h = 8;
         repeated int32 i = 9 [packed = false]; map<string, N> j = 10; bytes k = 11; string gone = 12; int32 l = 13; M m = 14; N n = 15; }
         message N { int32 a = 1; } enum E { Z = 0; }",
    );
    let reader = proto3(
        "message M { M m = 14; int64 a1 = 1; int64 b1 = 2; uint64 c1 = 3; int32 d1 = 4; bytes e1 = 5; sint64 f1 = 6; fixed32 g1 = 7;
         Other h1 = 8; repeated int64 i1 = 9; repeated Entry j1 = 10; string k1 = 11; int32 added = 20; oneof o { int64 l1 = 13; } bytes n = 15; }
         message Other { int64 b = 1; } message Entry { string key = 1; Other value = 2; }",
    );
    assert!(is_identity(&writer, &reader));
    assert!(is_identity(
        &proto2(
            "message M { optional int32 a = 1; repeated int32 b = 2; extensions 3; } extend M { optional bool c = 3; }"
        ),
        &proto3("message M { repeated int32 a = 1; int32 b = 2; uint32 c = 3; }")
    ));
}

#[test]
fn a_number_keeps_its_meaning_however_it_is_written() {
    assert_eq!(field("sint32", "int64", &[8, 3]), r#"{"a": -2}"#);
    assert_eq!(field("int64", "sint32", &[8, 3]), r#"{"a": 3}"#);
    assert_eq!(field("fixed32", "uint64", &[13, 1, 0, 0, 128]), r#"{"a": 2147483649}"#);
    assert_eq!(field("sfixed64", "int32", &[9, 255, 255, 255, 255, 255, 255, 255, 255]), r#"{"a": -1}"#);
    assert_eq!(field("bool", "sint32", &[8, 1]), r#"{"a": 1}"#);
    assert_eq!(field("E", "fixed64", &[8, 1]), r#"{"a": 1}"#);
    assert_eq!(field("sint64", "E", &[8, 2]), r#"{"a": O}"#);
    assert_eq!(field("fixed32", "bool", &[13, 1, 0, 0, 0]), r#"{"a": true}"#);
    assert_eq!(field("float", "double", &[13, 0, 0, 0, 63]), r#"{"a": 0.5}"#);
}

#[test]
fn a_number_that_the_reader_has_no_room_for_is_refused_and_never_cut_off() {
    let large = [8, 128, 128, 128, 128, 16];
    assert_eq!(field("int64", "int32", &large), "a number beyond the range of its type at byte 6, in `a`");
    assert_eq!(
        field("uint32", "int32", &[8, 255, 255, 255, 255, 15]),
        "a number beyond the range of its type at byte 6, in `a`"
    );
    assert_eq!(field("sint32", "uint32", &[8, 1]), "a number beyond the range of its type at byte 2, in `a`");
    assert_eq!(field("int32", "bool", &[8, 2]), "a number beyond the range of its type at byte 2, in `a`");
    assert_eq!(field("int64", "E", &large), "a number beyond the range of its type at byte 6, in `a`");
    assert_eq!(field("int64", "int32", &[8, 7]), r#"{"a": 7}"#);
}

#[test]
fn of_several_values_the_last_is_the_one_and_one_is_a_list_of_one() {
    assert_eq!(field("repeated int32", "int32", &[10, 2, 1, 2]), r#"{"a": 2}"#);
    assert_eq!(field("repeated int32", "int32", &[10, 0]), "{}");
    assert_eq!(field("repeated int32", "sint64", &[10, 2, 1, 2, 10, 0]), r#"{"a": 2}"#);
    assert_eq!(field("repeated string", "string", b"\x0a\x01x\x0a\x01y"), r#"{"a": "y"}"#);
    assert_eq!(field("sint32", "repeated int32", &[8, 3]), r#"{"a": [-2]}"#);
    assert_eq!(field("repeated sint32", "repeated int64", &[10, 2, 1, 3, 8, 4]), r#"{"a": [-1, -2, 2]}"#);
    assert_eq!(field("repeated N", "N", &[10, 2, 8, 5, 10, 0]), r#"{"a": {"n": 5}}"#);
    assert_eq!(field("repeated float", "repeated double", &[10, 4, 0, 0, 0, 63]), r#"{"a": [0.5]}"#);
}

#[test]
fn messages_are_read_between_tags_or_behind_their_lengths() {
    let group = proto2("message M { optional group A = 1 { optional sint32 n = 1; } optional int32 b = 2; }");
    let message = proto2("message M { optional N a = 1; optional int64 b = 2; } message N { optional int64 n = 1; }");
    assert_eq!(resolved(&group, &message, &[11, 8, 3, 12, 16, 1]), r#"{"a": {"n": -2}, "b": 1}"#);
    assert_eq!(resolved(&message, &group, &[10, 2, 8, 3, 16, 1]), r#"{"a": {"n": 3}, "b": 1}"#);
    // In two pieces, as writers without a schema may leave it.
    assert_eq!(resolved(&group, &message, &[11, 12, 11, 8, 3, 12]), r#"{"a": {"n": -2}}"#);
    let bytes = proto2("message M { optional bytes a = 1; }");
    assert_eq!(resolved(&group, &bytes, &[11, 8, 3, 12]), r#"{"a": 0x0803}"#);
    assert_eq!(resolved(&bytes, &group, &[10, 2, 8, 3]), r#"{"a": {"n": -2}}"#);
}

#[test]
fn a_map_is_a_list_of_its_entries() {
    let list = proto3(
        "message M { repeated Entry a = 1; } message Entry { int64 key = 1; N value = 2; } message N { int64 n = 1; }",
    );
    let map = proto3("message M { map<sint32, N> a = 1; } message N { sint32 n = 1; }");
    let bytes = [10, 6, 8, 3, 18, 2, 8, 1, 10, 2, 8, 5];
    assert_eq!(resolved(&map, &list, &bytes), r#"{"a": [{"key": -2, "value": {"n": -1}}, {"key": -3}]}"#);
    let other = proto3("message M { map<int64, N> a = 1; } message N { int64 n = 1; }");
    assert_eq!(resolved(&map, &other, &bytes), r#"{"a": {-2: {"n": -1}, -3: {}}}"#);
    let text = resolved(&list, &map, &[10, 6, 8, 3, 18, 2, 8, 1, 10, 2, 8, 3]);
    assert_eq!(text, r#"{"a": {3: {}}}"#, "of two entries with one key the last");
}

#[test]
fn numbers_that_a_closed_enum_lacks_go_to_the_unknown_fields() {
    let closed = |field: &str| proto2(&format!("message M {{ {field} E a = 1; }} enum E {{ O = 1; }}"));
    let numbers = |field: &str| proto2(&format!("message M {{ {field} a = 1; }}"));
    assert_eq!(resolved(&numbers("optional sint32"), &closed("optional"), &[8, 2]), r#"{"a": O}"#);
    // As the reader would write them.
    assert_eq!(resolved(&numbers("optional sint32"), &closed("optional"), &[8, 14]), "{unknown: 0x0807}");
    assert_eq!(
        resolved(&numbers("repeated sint32"), &closed("repeated"), &[8, 14, 8, 2]),
        r#"{"a": [O], unknown: 0x0807}"#
    );
    let map = proto2("message M { map<int32, E> a = 1; } enum E { Z = 0; O = 1; }");
    let of_numbers = proto2("message M { map<int32, sint32> a = 1; }");
    assert_eq!(resolved(&of_numbers, &map, &[10, 4, 8, 1, 16, 2]), r#"{"a": {1: O}}"#);
    let refused = resolved(&of_numbers, &map, &[10, 4, 8, 1, 16, 14]);
    assert_eq!(refused, "a symbol that the enum does not have at byte 6, in `a[0]`");
}

#[test]
fn what_one_side_does_not_have_is_absent_or_kept() {
    let writer = proto3("message M { sint32 a = 1; string gone = 2; }");
    let reader = proto3("message M { int32 a = 1; string new = 3; }");
    assert_eq!(resolved(&writer, &reader, b"\x08\x03\x12\x01x"), r#"{"a": -2, unknown: 0x120178}"#);
    // Kept by the writer from somebody else.
    assert_eq!(resolved(&writer, &reader, b"\x08\x03\x1a\x01x"), r#"{"a": -2, "new": "x"}"#);
    // Not what the writer's schema writes: it is somebody else's, and read as the reader has it.
    assert_eq!(resolved(&writer, &reader, &[13, 0, 0, 0, 0]), "{unknown: 0x0d00000000}");
    let fixed = proto3("message M { fixed32 a = 1; }");
    assert_eq!(resolved(&fixed, &reader, &[8, 3]), r#"{"a": 3}"#);
    assert_eq!(resolved(&proto3("message M { string a = 1; }"), &reader, &[8, 3]), r#"{"a": 3}"#);
}

#[test]
fn fields_move_into_a_oneof_and_out_of_it() {
    let apart = proto3("message M { sint32 a = 1; sint32 b = 2; }");
    let oneof = proto3("message M { oneof o { int32 a = 1; int32 b = 2; } }");
    assert_eq!(resolved(&apart, &oneof, &[8, 3, 16, 1]), r#"{"b": -1}"#);
    assert_eq!(resolved(&oneof, &apart, &[16, 1]), r#"{"b": 1}"#);
}

#[test]
fn a_type_that_becomes_no_other_is_refused_where_it_comes() {
    let writer =
        proto3("message M { string a = 1; double b = 2; N n = 3; repeated N l = 4; } message N { float f = 1; }");
    let reader =
        proto3("message M { int32 a = 1; float b = 2; N n = 3; repeated N l = 4; } message N { int32 f = 1; }");
    assert_eq!(
        mismatches(&writer, &reader),
        [
            "`a`: text can't be read as an integer of 32 bits",
            "`b`: a number of 64 bits can't be read as a number of 32 bits",
            "`n.f`: a number of 32 bits can't be read as an integer of 32 bits"
        ]
    );
    assert_eq!(resolved(&writer, &reader, b"\x1a\x00"), r#"{"n": {}}"#);
    assert_eq!(
        resolved(&writer, &reader, b"\x0a\x01x"),
        "text can't be read as an integer of 32 bits; at byte 1, in `a`"
    );
    assert_eq!(
        resolved(&writer, &reader, b"\x22\x00\x22\x05\x0d\0\0\0\0"),
        "a number of 32 bits can't be read as an integer of 32 bits; at byte 5, in `l[1].f`"
    );
    let of = |field: &str| layout(&proto2(&format!("message M {{ required {field} a = 1; }}")));
    let none = Plan::resolve(of("string"), of("int32")).expect_err("all data has it");
    assert!(none[0].meets_all_data());
}

#[test]
fn a_field_that_the_reader_requires_is_a_mismatch_where_the_writer_need_not_write_it() {
    let of = |field: &str| {
        proto2(&format!("message M {{ optional N n = 1; optional int32 a = 2; {field} }} message N {{ {field} }}"))
    };
    let (with, without) = (of("required int32 r = 3;"), of("optional int32 r = 3;"));
    let none = Plan::resolve(layout(&of("")), layout(&with)).expect_err("no data has it");
    assert_eq!(none[0].to_string(), "the reader requires the field `r`, and the writer need not write it");
    assert_eq!(mismatches(&with, &without), [""; 0]);
    assert_eq!(mismatches(&without, &with).len(), 2);
    assert!(resolved(&without, &with, &[16, 1]).starts_with("a required field is missing"));
}

#[test]
fn a_plan_of_messages_that_hold_themselves_ends() {
    let of =
        |leaf: &str| proto3(&format!("message M {{ M m = 1; repeated M l = 2; map<int32, M> o = 3; {leaf} n = 4; }}"));
    let bytes = [10, 4, 18, 2, 32, 3, 26, 4, 18, 2, 32, 5];
    assert!(is_identity(&of("int32"), &of("int64")));
    assert_eq!(resolved(&of("sint32"), &of("int32"), &bytes), r#"{"m": {"l": [{"n": -2}]}, "o": {0: {"n": -3}}}"#);
}

/// Source: `google/protobuf/descriptor.proto`, `MessageOptions.message_set_wire_format`.
#[test]
fn members_of_a_message_set_are_read_by_their_plans_and_a_set_becomes_no_other_message() {
    let set = |member: &str| {
        format!(
            "syntax = \"proto2\"; message M {{ option message_set_wire_format = true; extensions 4 to max; }}
             message N {{ extend M {{ optional N n = 4; }} optional {member} a = 1; }}"
        )
    };
    let item = [0x0b, 0x10, 4, 0x1a, 2, 8, 3, 0x0c];
    assert_eq!(resolved(&set("sint32"), &set("int64"), &item), r#"{"[N.n]": {"a": -2}}"#);
    assert!(is_identity(&set("int32"), &set("int64")));
    // The writer writes members in items alone: what lies as a field is somebody else's, and read as the reader has it.
    let field = [0x22, 2, 8, 3];
    assert_eq!(resolved(&set("sint32"), &set("int64"), &field), r#"{"[N.n]": {"a": 3}}"#);
    let plain = proto2("message M { optional N n = 4; } message N { optional int32 a = 1; }");
    let refused = Plan::resolve(layout(&set("int32")), layout(&plain)).expect_err("a set is no plain message");
    assert_eq!(refused[0].to_string(), "the message set `M` can't be read as the record `M`");
}

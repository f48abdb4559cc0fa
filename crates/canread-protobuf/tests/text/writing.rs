//! What is written.

use canread_plan::{Arena, Value};
use canread_protobuf::codec::text::{self, WriteOptions};
use insta::assert_snapshot;

use crate::support::{layout, printed, proto2, proto3, rewritten};

#[test]
fn messages_are_indented_or_in_one_line() {
    let schema = proto3("message M { int32 a = 1; repeated M m = 2; map<string, M> e = 3; repeated int32 l = 4; }");
    let bytes = [8, 1, 0x12, 4, 0x12, 2, 8, 2, 0x12, 0, 0x1a, 7, 0x0a, 1, b'k', 0x12, 2, 8, 3, 0x22, 2, 4, 5];
    assert_snapshot!(printed(&schema, &bytes, WriteOptions::new()), @r#"
    a: 1
    m {
      m {
        a: 2
      }
    }
    m {
    }
    e {
      key: "k"
      value {
        a: 3
      }
    }
    l: 4
    l: 5
    "#);
    assert_snapshot!(printed(&schema, &bytes, WriteOptions::new().single_line()), @r#"a: 1 m { m { a: 2 } } m { } e { key: "k" value { a: 3 } } l: 4 l: 5"#);
    assert_eq!(printed(&schema, &[], WriteOptions::new().single_line()), "");
}

#[test]
fn fields_stand_in_the_order_of_their_numbers() {
    let schema = proto2(
        "message M { optional int32 b = 2; optional int32 a = 1; extensions 3 to 5; optional int32 d = 6; } extend M { optional int32 c = 4; }",
    );
    assert_snapshot!(rewritten(&schema, "d: 4 [c]: 3 a: 1 b: 2"), @r"
    a: 1
    b: 2
    [c]: 3
    d: 4
    ");
}

#[test]
fn numbers_are_written_with_the_fewest_digits_that_are_the_same() {
    let schema = proto3(
        "message M { repeated double d = 1; repeated float f = 2; repeated int64 i = 3; repeated uint64 u = 4; }",
    );
    let text = "d: [0.1, -0.0, 1, 1e300, 5e-324, 123456789012345680, inf, -inf, nan, 1e16, 0.00001] f: [0.1, 16777216, 3.4028235e38, 1e-45, nan, -inf] i: [-9223372036854775808] u: [18446744073709551615]";
    assert_snapshot!(rewritten(&schema, text), @r"
    d: 0.1
    d: -0.0
    d: 1.0
    d: 1e300
    d: 5e-324
    d: 1.2345678901234568e17
    d: inf
    d: -inf
    d: nan
    d: 1e16
    d: 1e-5
    f: 0.1
    f: 16777216.0
    f: 3.4028235e38
    f: 1e-45
    f: nan
    f: -inf
    i: -9223372036854775808
    u: 18446744073709551615
    ");
}

#[test]
fn text_keeps_what_is_utf8_and_bytes_have_octal_escapes() {
    let schema = proto3("message M { string s = 1; bytes b = 2; }");
    let text = r#"s: "Größe \"'\\\n\r\t\0\0017\177" b: "Größe '\377\0008""#;
    assert_snapshot!(rewritten(&schema, text), @r#"
    s: "Größe \"\'\\\n\r\t\000\0017\177"
    b: "Gr\303\266\303\237e \'\377\0008"
    "#);
    let layout = layout(&schema);
    let arena = Arena::new();
    let value = text::from_str(&layout, text, &arena).expect("a text");
    assert_snapshot!(text::to_string_with(&layout, &value, &WriteOptions::new().ascii()).expect("a value"), @r#"
    s: "Gr\303\266\303\237e \"\'\\\n\r\t\000\0017\177"
    b: "Gr\303\266\303\237e \'\377\0008"
    "#);
    let unchecked = proto2("message M { optional string s = 1; }");
    assert_snapshot!(printed(&unchecked, &[0x0a, 2, 0xff, b'a'], WriteOptions::new()), @r#"s: "\377a""#);
}

#[test]
fn zeros_are_written_where_a_reader_can_tell() {
    let schema = proto3("message M { int32 a = 1; optional int32 b = 2; oneof c { string d = 3; int32 e = 4; } }");
    assert_snapshot!(rewritten(&schema, "a: 0 b: 0 d: ''"), @r#"
    b: 0
    d: ""
    "#);
}

#[test]
fn symbols_have_names_and_numbers_that_have_none_stay() {
    let schema =
        proto3("message M { repeated E e = 1; } enum E { option allow_alias = true; Z = 0; ZERO = 0; ONE = 1; }");
    assert_snapshot!(rewritten(&schema, "e: [ZERO, 1, -5]"), @r"
    e: Z
    e: ONE
    e: -5
    ");
}

#[test]
fn groups_and_items_of_message_sets_have_the_names_of_their_messages() {
    let schema = proto2("message M { optional group MyGroup = 1 { optional int32 a = 1; } repeated group R = 2 {} }");
    assert_snapshot!(rewritten(&schema, "r {} mygroup { a: 1 } R {}"), @r"
    MyGroup {
      a: 1
    }
    R {
    }
    R {
    }
    ");
    let edition = r#"edition = "2023"; message M { message Own { int32 a = 1; } Own own = 1 [features.message_encoding = DELIMITED];
        Own other = 2 [features.message_encoding = DELIMITED]; Far far = 3 [features.message_encoding = DELIMITED]; } message Far {}"#;
    assert_snapshot!(rewritten(edition, "Own { a: 1 } other { a: 2 } far {}"), @r"
    Own {
      a: 1
    }
    other {
      a: 2
    }
    far {
    }
    ");
    let set = proto2(
        "message M { option message_set_wire_format = true; extensions 4 to max; } message N { extend M { optional N item = 5; } }",
    );
    assert_snapshot!(rewritten(&set, "[N.item] {}"), @r"
    [N] {
    }
    ");
}

#[test]
fn what_the_layout_does_not_have_is_written_by_number_if_the_caller_wants_that() {
    let schema = proto3("message M { M m = 1; }");
    let bytes = [
        &[0x0a, 2, 0x10, 5, 0x15, 12, 0, 0, 0, 0x19, 12, 0, 0, 0, 0, 0, 0, 0x80][..],
        &[0x22, 2, 8, 1, 0x22, 3, 0xff, b'"', b'a', 0x22, 0, 0x2b, 8, 1, 0x22, 2, 8, 2, 0x2c],
    ]
    .concat();
    assert_snapshot!(printed(&schema, &bytes, WriteOptions::new()), @r"
    m {
    }
    ");
    assert_snapshot!(printed(&schema, &bytes, WriteOptions::new().with_unknown()), @r#"
    m {
      2: 5
    }
    2: 0x0000000c
    3: 0x800000000000000c
    4 {
      1: 1
    }
    4: "\377\"a"
    4: ""
    5 {
      1: 1
      4 {
        1: 2
      }
    }
    "#);
    // Guesses end somewhere: what is deeper is bytes.
    let mut nested = vec![8, 1];
    for _ in 0..14 {
        nested = [&[0x12, u8::try_from(nested.len()).expect("short")], &nested[..]].concat();
    }
    let shown = printed(&schema, &nested, WriteOptions::new().with_unknown().single_line());
    assert_snapshot!(shown, @r#"2 { 2 { 2 { 2 { 2 { 2 { 2 { 2 { 2 { 2 { 2: "\022\006\022\004\022\002\010\001" } } } } } } } } } }"#);
}

#[test]
fn what_does_not_fit_its_layout_is_not_written() {
    let of = |schema: &str, fields: &[Value<'_>]| {
        let (layout, arena) = (layout(schema), Arena::new());
        text::to_string(&layout, &arena.record(fields)).expect_err("no value of the layout").to_string()
    };
    assert_snapshot!(of(&proto3("message M { int32 a = 1; }"), &[Value::Int(1 << 31)]), @"a value that the format can't hold, in `a`");
    assert_snapshot!(of(&proto3("message M { int32 a = 1; }"), &[Value::Uint(1)]), @"a value of another kind than the schema's, in `a`");
    assert_snapshot!(of(&proto3("message M { int32 a = 1; }"), &[]), @"a value of another kind than the schema's");
    assert_snapshot!(of(&proto2("message M { optional E a = 1; } enum E { Z = 0; }"), &[Value::Symbol(1)]), @"a symbol or branch that the schema does not have, in `a`");
    let arena = Arena::new();
    let list = arena.list(&[Value::String("a"), Value::Int(1)]);
    assert_snapshot!(of(&proto3("message M { repeated string a = 1; }"), &[list]), @"a value of another kind than the schema's, in `a[1]`");
}

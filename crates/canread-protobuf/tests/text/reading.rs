//! What is read. Source: Protobuf, "Text Format Language Specification", with its own examples where it has one.

use canread_protobuf::codec::text::ReadOptions;
use insta::assert_snapshot;

use crate::support::{parsed, parsed_with, proto2, proto3, scalar};

#[test]
fn the_example_of_the_specification_is_read() {
    let schema = proto2(
        "message M { optional string name = 1; repeated Pet pet = 2; optional string string_value_with_escape = 3;
        repeated string repeated_values = 4; }
        message Pet { optional Kind kind = 1; optional string name = 2; optional float tail_wagginess = 3; optional int32 legs = 4; }
        enum Kind { DOG = 1; LIZARD = 2; }",
    );
    let text = r#"
        # This is an example of Protocol Buffer's text format.
        # Unlike .proto files, only shell-style line comments are supported.

        name: "John Smith"

        pet {
          kind: DOG
          name: "Fluffy"
          tail_wagginess: 0.65f
        }

        pet <
          kind: LIZARD
          name: "Lizzy"
          legs: 4
        >

        string_value_with_escape: "valid \n escape"
        repeated_values: [ "one", "two", "three" ]
        "#;
    assert_snapshot!(parsed(&schema, text), @r#"{"name": "John Smith", "pet": [{"kind": DOG, "name": "Fluffy", "tail_wagginess": 0.65}, {"kind": LIZARD, "name": "Lizzy", "legs": 4}], "string_value_with_escape": "valid \n escape", "repeated_values": ["one", "two", "three"]}"#);
}

#[test]
fn numbers_are_read_in_all_their_forms() {
    assert_snapshot!(scalar("int32", "-2147483648"), @r#"{"a": -2147483648}"#);
    assert_snapshot!(scalar("int32", "- # a sign stands apart\n 0x10"), @r#"{"a": -16}"#);
    assert_snapshot!(scalar("int64", "-0x8000000000000000"), @r#"{"a": -9223372036854775808}"#);
    assert_snapshot!(scalar("uint64", "0xFFFFFFFFFFFFFFFF"), @r#"{"a": 18446744073709551615}"#);
    assert_snapshot!(scalar("uint32", "017"), @r#"{"a": 15}"#);
    assert_snapshot!(scalar("fixed32", "4294967295"), @r#"{"a": 4294967295}"#);
    assert_snapshot!(scalar("double", "1e400"), @r#"{"a": inf}"#);
    assert_snapshot!(scalar("double", "-.5E-1"), @r#"{"a": -0.05}"#);
    assert_snapshot!(scalar("double", "10."), @r#"{"a": 10.0}"#);
    assert_snapshot!(scalar("float", "10f"), @r#"{"a": 10.0}"#);
    assert_snapshot!(scalar("float", "1.5e3F"), @r#"{"a": 1500.0}"#);
    assert_snapshot!(scalar("double", "-INFINITY"), @r#"{"a": -inf}"#);
    assert_snapshot!(scalar("float", "- Inf"), @r#"{"a": -inf}"#);
    assert_snapshot!(scalar("float", "nAn"), @r#"{"a": NaN}"#);
    assert_snapshot!(scalar("double", "123456789012345678901234567890"), @r#"{"a": 1.2345678901234568e29}"#);
}

#[test]
fn numbers_that_are_none_or_too_large_are_refused() {
    assert_snapshot!(scalar("int32", "2147483648"), @"`2147483648` is beyond the range of its type at line 1, column 4, in `a`");
    assert_snapshot!(scalar("int32", "-2147483649"), @"`2147483649` is beyond the range of its type at line 1, column 5, in `a`");
    assert_snapshot!(scalar("uint32", "-0"), @"`-` where an integer without a sign was expected at line 1, column 4, in `a`");
    assert_snapshot!(scalar("uint64", "18446744073709551616"), @"`18446744073709551616` is beyond the range of its type at line 1, column 4, in `a`");
    assert_snapshot!(scalar("int64", "1.0"), @"`1.0` where an integer was expected at line 1, column 4, in `a`");
    assert_snapshot!(scalar("int64", "08"), @"`08` begins like a number and is none at line 1, column 4, in `a`");
    assert_snapshot!(scalar("int64", "0x"), @"`0x` begins like a number and is none at line 1, column 4, in `a`");
    assert_snapshot!(scalar("int64", "10bar: 20"), @"`10bar` begins like a number and is none at line 1, column 4, in `a`");
    assert_snapshot!(scalar("double", "0x10"), @"`0x10` where a decimal number, `inf` or `nan` was expected at line 1, column 4, in `a`");
    assert_snapshot!(scalar("double", "010"), @"`010` where a decimal number, `inf` or `nan` was expected at line 1, column 4, in `a`");
    assert_snapshot!(scalar("double", "1e"), @"`1e` begins like a number and is none at line 1, column 4, in `a`");
    assert_snapshot!(scalar("double", "2 . 0"), @"`.` where the name of a field was expected at line 1, column 6");
    assert_snapshot!(scalar("double", "-infinit"), @"`infinit` where a decimal number, `inf` or `nan` was expected at line 1, column 5, in `a`");
}

#[test]
fn booleans_are_words_or_0_and_1() {
    for word in ["true", "True", "t", "1", "01", "0x1"] {
        assert_eq!(scalar("bool", word), r#"{"a": true}"#, "{word}");
    }
    for word in ["false", "False", "f", "0", "00", "0x0"] {
        assert_eq!(scalar("bool", word), r#"{"a": false}"#, "{word}");
    }
    for word in ["TRUE", "tRUE", "2", "-1", "\"true\"", "1.0"] {
        assert!(scalar("bool", word).contains("where `true`, `false`, 1 or 0 was expected"), "{word}");
    }
}

#[test]
fn symbols_have_names_and_numbers() {
    assert_snapshot!(scalar("E", "ONE"), @r#"{"a": ONE}"#);
    assert_snapshot!(scalar("E", "0x1"), @r#"{"a": ONE}"#);
    assert_snapshot!(scalar("E", "inf"), @r#"{"a": inf}"#);
    // Open enums have all numbers.
    assert_snapshot!(scalar("E", "-7"), @r#"{"a": -7}"#);
    assert_snapshot!(scalar("E", "TWO"), @"the enum has no symbol `TWO` at line 1, column 4, in `a`");
    assert_snapshot!(scalar("E", "4294967296"), @"`4294967296` is beyond the range of its type at line 1, column 4, in `a`");
    assert_snapshot!(scalar("E", "\"ONE\""), @r#"`"ONE"` where the name or number of a symbol was expected at line 1, column 4, in `a`"#);
    let closed = proto2("message M { optional E a = 1; } enum E { ONE = 1; }");
    assert_snapshot!(parsed(&closed, "a: 1"), @r#"{"a": ONE}"#);
    assert_snapshot!(parsed(&closed, "a: 2"), @"the enum has no symbol `2` at line 1, column 4, in `a`");
}

#[test]
fn strings_stand_behind_each_other_in_both_quotes() {
    assert_snapshot!(scalar("string", r#""first"'second' # a comment
        "thi\162d""#), @r#"{"a": "firstsecondthird"}"#);
    assert_snapshot!(scalar("string", r#"'it"s' "it's""#), @r#"{"a": "it\"sit's"}"#);
    assert_snapshot!(scalar("string", r#""\xc3\xa4\u00e4\U0001f600ä""#), @r#"{"a": "ää😀ä"}"#);
    // The bytes of one character may come from two strings.
    assert_snapshot!(scalar("string", r#""\xc3" '\xa4'"#), @r#"{"a": "ä"}"#);
    assert_snapshot!(scalar("bytes", r#""\377\xf\0ä""#), @r#"{"a": 0xff0f00c3a4}"#);
    assert_snapshot!(scalar("string", r#""\xc3""#), @"escapes that are not UTF-8 together, in a text at line 1, column 4, in `a`");
    assert_snapshot!(scalar("string", "\"a\nb\""), @"a string without its second quote on the line at line 1, column 4, in `a`");
    assert_snapshot!(scalar("string", "\"a"), @"a string without its second quote on the line at line 1, column 4, in `a`");
    assert_snapshot!(scalar("string", "'a\\'"), @"a string without its second quote on the line at line 1, column 4, in `a`");
    assert_snapshot!(scalar("string", r#""ab\q""#), @r"`\q` is no escape at line 1, column 7, in `a`");
    assert_snapshot!(scalar("string", r#""\ud83d\ude00""#), @r"`\ud83d` is no escape at line 1, column 5, in `a`");
    assert_snapshot!(scalar("string", "word"), @"`word` where a string was expected at line 1, column 4, in `a`");
    let unchecked = proto2("message M { optional string a = 1; }");
    assert_snapshot!(parsed(&unchecked, r#"a: "\xff""#), @r#"{"a": 0xff}"#);
}

#[test]
fn lists_are_put_together_from_wherever_their_items_stand() {
    let schema = proto3("message M { repeated int32 a = 1; repeated M m = 2; int32 b = 3; }");
    assert_snapshot!(parsed(&schema, "a: 1 m {a: 9} a: [2, 3] b: 7 a: [] m [{}, <a: [4]>], a: 5;"), @r#"{"a": [1, 2, 3, 5], "m": [{"a": [9]}, {}, {"a": [4]}], "b": 7}"#);
    assert_snapshot!(parsed(&schema, "a: [1, 2,]"), @"`]` where an integer was expected at line 1, column 10, in `a[2]`");
    assert_snapshot!(parsed(&schema, "a: [1 2]"), @"`2` where `,` or `]` was expected at line 1, column 7, in `a`");
    assert_snapshot!(parsed(&schema, "a [1]"), @"`[` where `:` was expected at line 1, column 3, in `a`");
    assert_snapshot!(parsed(&schema, "b: [1]"), @"a list where one value was expected at line 1, column 4, in `b`");
    assert_snapshot!(parsed(&schema, "a: 1 m { a: 1 m: [{ a: [1, 2] }, { a: [1, 2, x] }] }"), @"`x` where an integer was expected at line 1, column 46, in `m[0].m[1].a[2]`");
}

#[test]
fn messages_stand_in_both_brackets_and_separators_are_free() {
    let schema = proto3("message M { M m = 1; int32 a = 2; }");
    assert_snapshot!(parsed(&schema, "m{a:1},"), @r#"{"m": {"a": 1}}"#);
    assert_snapshot!(parsed(&schema, "m: < m { a: 1; } , a: 2 >"), @r#"{"m": {"m": {"a": 1}, "a": 2}}"#);
    assert_snapshot!(parsed(&schema, "m { a: 1 >"), @"`>` where the name of a field was expected at line 1, column 10, in `m`");
    assert_snapshot!(parsed(&schema, "m { a: 1"), @"the text ends where a field or the end of its message was expected at line 1, column 9, in `m`");
    assert_snapshot!(parsed(&schema, "a: 1,,"), @"`,` where the name of a field was expected at line 1, column 6");
    assert_snapshot!(parsed(&schema, "a: 1 }"), @"`}` where the name of a field was expected at line 1, column 6");
    assert_snapshot!(parsed(&schema, "m: 1"), @"`1` where a message in `{}` or `<>` was expected at line 1, column 4, in `m`");
    assert_snapshot!(parsed(&schema, "a {}"), @"`{` where `:` was expected at line 1, column 3, in `a`");
    assert_snapshot!(parsed(&schema, ""), @"{}");
    assert_snapshot!(parsed(&schema, "# nothing but a comment"), @"{}");
}

#[test]
fn what_may_be_there_once_is_refused_twice() {
    let schema = proto2("message M { optional int32 a = 1; optional M m = 2; oneof o { int32 b = 3; M c = 4; } }");
    assert_snapshot!(parsed(&schema, "a: 1\na: 1"), @"`a` comes twice and may come once at line 2, column 1, in `a`");
    assert_snapshot!(parsed(&schema, "m {} m {}"), @"`m` comes twice and may come once at line 1, column 6, in `m`");
    assert_snapshot!(parsed(&schema, "m { b: 1 c {} }"), @"`c` is the second member of its oneof at line 1, column 10, in `m.c`");
    assert_snapshot!(parsed(&schema, "b: 0 b: 0"), @"`b` comes twice and may come once at line 1, column 6, in `b`");
}

#[test]
fn required_fields_must_be_there() {
    let schema = proto2("message M { required int32 a = 1; repeated N n = 2; } message N { required string b = 1; }");
    assert_snapshot!(parsed(&schema, "a: 1 n { b: '' }"), @r#"{"a": 1, "n": [{"b": ""}]}"#);
    assert_snapshot!(parsed(&schema, "n { b: '' }"), @"the required field `a` is missing at line 1, column 12, in `a`");
    assert_snapshot!(parsed(&schema, "a: 1 n [{ b: '' }, {}]"), @"the required field `b` is missing at line 1, column 22, in `n[1].b`");
}

#[test]
fn maps_are_entries_of_which_the_last_of_a_key_counts() {
    let schema =
        proto3("message M { map<string, int32> a = 1; map<int32, M> m = 2; map<bool, E> e = 3; } enum E { Z = 0; }");
    assert_snapshot!(parsed(&schema, r#"a { key: "x" value: 1 } a: [{ value: 2 key: "y" }, < key: "x", value: 3 >, {}]"#), @r#"{"a": {"x": 3, "y": 2, "": 0}}"#);
    assert_snapshot!(parsed(&schema, "m { key: 1 } m { value { a { key: 'k' } } } e {}"), @r#"{"m": {1: {}, 0: {"a": {"k": 0}}}, "e": {false: Z}}"#);
    assert_snapshot!(parsed(&schema, "m { key: 1 value { a { key: 1 } } }"), @"`1` where a string was expected at line 1, column 29, in `m[0].value.a[0].key`");
    assert_snapshot!(parsed(&schema, "m { key: 1 key: 2 }"), @"`key` comes twice and may come once at line 1, column 12, in `m[0]`");
    assert_snapshot!(parsed(&schema, "m { keys: 1 }"), @"the message has no field `keys` at line 1, column 5, in `m[0]`");
    let many: String = (0..40).map(|at| format!("a {{ key: '{}' value: {at} }}", at % 7)).collect::<Vec<_>>().concat();
    assert_snapshot!(parsed(&schema, &many), @r#"{"a": {"0": 35, "1": 36, "2": 37, "3": 38, "4": 39, "5": 33, "6": 34}}"#);
}

#[test]
fn groups_have_the_name_of_their_message() {
    let schema =
        proto2("message M { optional group MyGroup = 1 { optional int32 my_value = 1; } repeated group R = 2 {} }");
    assert_snapshot!(parsed(&schema, "MyGroup { my_value: 1 } R {} R: {}"), @r#"{"mygroup": {"my_value": 1}, "r": [{}, {}]}"#);
    assert_snapshot!(parsed(&schema, "mygroup { my_value: 1 }"), @r#"{"mygroup": {"my_value": 1}}"#);
    assert_snapshot!(parsed(&schema, "MYGROUP { my_value: 1 }"), @"the message has no field `MYGROUP` at line 1, column 1");
}

#[test]
fn extensions_have_their_full_names_in_brackets() {
    let schema = r#"syntax = "proto2"; package p;
        message N { extensions 100 to 200; message Inner { extend N { optional Inner in = 102; } } }
        extend N { optional int32 note = 100; repeated string tags = 101; }"#;
    let schema = &schema.replace("package p;", "").replace("message N", "message M").replace("extend N", "extend M");
    assert_snapshot!(parsed(schema, "[note]: 5 [tags]: ['a', 'b'] [M.Inner.in] {}"), @r#"{"[M.Inner.in]": {}, "[note]": 5, "[tags]": ["a", "b"]}"#);
    assert_snapshot!(parsed(schema, "[ M . Inner # a comment\n . in ] {}"), @r#"{"[M.Inner.in]": {}}"#);
    assert_snapshot!(parsed(schema, "[other]: 5"), @"the message has no field `[other]` at line 1, column 1");
    assert_snapshot!(parsed(schema, "note: 5"), @"the message has no field `note` at line 1, column 1");
    assert_snapshot!(parsed(schema, "[]: 5"), @"`]` where a name was expected at line 1, column 2");
    assert_snapshot!(parsed(schema, "[note"), @"the text ends where `]` was expected at line 1, column 6");
    assert_snapshot!(parsed(schema, "[no te]: 5"), @"`te` where `.`, `/` or `]` was expected at line 1, column 5");
    assert_snapshot!(parsed(schema, "[a..b]: 5"), @"`.` where a name was expected at line 1, column 4");
}

#[test]
fn items_of_message_sets_have_the_names_of_their_messages() {
    let schema = proto2(
        "message M { option message_set_wire_format = true; extensions 4 to max; }
        message N { extend M { optional N item = 5; } optional int32 a = 1; }",
    );
    assert_snapshot!(parsed(&schema, "[N] { a: 1 }"), @r#"{"[N.item]": {"a": 1}}"#);
    assert_snapshot!(parsed(&schema, "[N.item] { a: 1 }"), @r#"{"[N.item]": {"a": 1}}"#);
}

#[test]
fn reserved_names_are_passed_over_and_unknown_ones_if_the_caller_wants_that() {
    let schema = proto3("message M { reserved gone, old; reserved 9; int32 a = 1; }")
        .replace("reserved gone, old", "reserved \"gone\", \"old\"");
    assert_snapshot!(parsed(&schema, "gone: 1 old { x: [1, {}] [y.z/w]: 'a' 'b' } gone: -inf old: [-1, 'a', <>] a: 2"), @r#"{"a": 2}"#);
    assert_snapshot!(parsed(&schema, "other: 1"), @"the message has no field `other` at line 1, column 1");
    assert_snapshot!(parsed(&schema, "1: 5"), @"`1` where the name of a field was expected at line 1, column 1");
    let ignoring = ReadOptions::new().ignoring_unknown();
    assert_snapshot!(parsed_with(&schema, "other: 1 more { a: x } [ext.name]: [] a: 3", &ignoring), @r#"{"a": 3}"#);
    assert_snapshot!(parsed_with(&schema, "other 1", &ignoring), @"`1` where `:` or a message was expected at line 1, column 7");
    assert_snapshot!(parsed_with(&schema, "other: -", &ignoring), @"the text ends where a number was expected at line 1, column 9");
    assert_snapshot!(parsed_with(&schema, "other: { 5: 1 }", &ignoring), @"`5` where the name of a field was expected at line 1, column 10");
}

#[test]
fn an_error_has_line_column_and_field() {
    let schema = proto3("message M { repeated M lines = 1; string sku = 2; map<string, M> by = 3; }");
    let text = "lines {}\nlines {\n\tsku: 'ä' by { key: 'k' value { lines: [{}, {\n    größe: 1 } ] } }\n}";
    assert_snapshot!(parsed(&schema, text), @"the message has no field `gr` at line 4, column 5, in `lines[1].by[0].value.lines[1]`");
    assert_snapshot!(parsed(&schema, "sku: 'ä' ä"), @"the character `ä`, which nothing begins with at line 1, column 10");
    assert_snapshot!(parsed(&schema, "sku: 'a'\0"), @r"the character `\0`, which nothing begins with at line 1, column 9");
}

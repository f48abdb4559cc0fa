//! Messages with the URL of their type. Source: `google/protobuf/any.proto`, "JSON".

use canread_plan::{Arena, Layout};
use canread_protobuf::codec::json::{self, ReadOptions};
use canread_protobuf::codec::value;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;
use insta::assert_snapshot;

use crate::support::{again, again_as, again_with, written};

#[track_caller]
fn same(texts: &[&str]) {
    for text in texts {
        assert_eq!(again(text), *text);
    }
}

#[test]
fn fields_stand_beside_the_type_and_what_has_a_form_of_its_own_behind_a_key() {
    same(&[
        r#"{"any":{}}"#,
        r#"{"any":{"@type":"type.googleapis.com/test.M","anInt32":1,"messages":[{"truth":true}]}}"#,
        r#"{"any":{"@type":"x.example/y/google.protobuf.Duration","value":"1.500s"}}"#,
        r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Struct","value":{"@type":"a"}}}"#,
        r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Value","value":null}}"#,
        r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Int64Value","value":"0"}}"#,
        r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Any","value":{"@type":"type.googleapis.com/test.M","any":{}}}}"#,
        r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Empty"}}"#,
    ]);
    let empty = r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Empty","value":{}}}"#;
    assert_eq!(again(empty), r#"{"any":{"@type":"type.googleapis.com/google.protobuf.Empty"}}"#);
}

#[test]
fn the_type_may_stand_behind_the_fields() {
    let text = r#"{"any": {"anInt32": 1, "messages": [{"any": {}}], "@type": "t/test.M"}}"#;
    assert_eq!(again(text), r#"{"any":{"@type":"t/test.M","anInt32":1,"messages":[{"any":{}}]}}"#);
    let text = r#"{"any": {"value": "1s", "\u0040type": "t/google.protobuf.Duration"}}"#;
    assert_eq!(again(text), r#"{"any":{"@type":"t/google.protobuf.Duration","value":"1s"}}"#);
}

#[test]
fn what_names_no_type_is_refused() {
    assert_snapshot!(again(r#"{"any": {"anInt32": 1}}"#), @"`@type` is missing at line 1, column 10, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "test.M"}}"#), @"expected the URL of a type, such as `type.googleapis.com/shop.Order` at line 1, column 19, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "/test.M"}}"#), @"expected the URL of a type, such as `type.googleapis.com/shop.Order` at line 1, column 19, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": ""}}"#), @"expected the URL of a type, such as `type.googleapis.com/shop.Order` at line 1, column 19, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": 1}}"#), @"a number instead of a string at line 1, column 19, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/test.Other"}}"#), @"the schema has no message `test.Other` at line 1, column 19, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/test.M", "@type": "t/test.M"}}"#), @"the message has no field `@type` at line 1, column 31, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/google.protobuf.Duration"}}"#), @"`value` is missing at line 1, column 48, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/google.protobuf.Duration", "value": "1s", "seconds": 1}}"#), @"the message has no field `seconds` at line 1, column 64, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/google.protobuf.Duration", "value": "1s", "value": "1s"}}"#), @"`value` comes again at line 1, column 64, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/google.protobuf.Duration", "value": "1"}}"#), @"expected a duration like `1.5s`, of at most 10,000 years at line 1, column 58, in `any.value`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/test.M", "what": 1}}"#), @"the message has no field `what` at line 1, column 31, in `any`");
    assert_snapshot!(again(r#"{"any": {"@type": "t/test.Required"}}"#), @"`id` is missing at line 1, column 37, in `any`");
}

#[test]
fn what_is_not_known_within_is_passed_over_on_request() {
    let ignoring = ReadOptions::new().ignoring_unknown();
    let text = r#"{"any": {"what": 1, "@type": "t/google.protobuf.Duration", "value": "1s"}}"#;
    assert_eq!(again_with(text, &ignoring), r#"{"any":{"@type":"t/google.protobuf.Duration","value":"1s"}}"#);
    let text = r#"{"any": {"what": 1, "@type": "t/test.M"}}"#;
    assert_eq!(again_with(text, &ignoring), r#"{"any":{"@type":"t/test.M"}}"#);
}

#[test]
fn a_whole_message_may_be_of_a_known_type() {
    let read = |message: &str, text: &str| again_as(message, text, &ReadOptions::new());
    assert_eq!(
        read("google.protobuf.Any", r#"{"@type": "t/test.M", "truth": true}"#),
        r#"{"@type":"t/test.M","truth":true}"#
    );
    assert_eq!(read("google.protobuf.Value", "null"), "null");
    assert_eq!(read("google.protobuf.Timestamp", "\"1970-01-01T00:00:00Z\""), "\"1970-01-01T00:00:00Z\"");
    assert_eq!(read("google.protobuf.ListValue", "[1, [null]]"), "[1,[null]]");
    assert_snapshot!(read("google.protobuf.Int32Value", "null"), @"null instead of a number at line 1, column 1");
}

#[test]
fn bytes_that_are_none_of_the_type_have_no_form() {
    // A type that nobody has; bytes that end inside a field; no URL.
    assert_snapshot!(written(b"\xf2\x04\x0a\x0a\x08t/test.X"), @"the schema has no message `test.X`, in `any`");
    assert_snapshot!(written(b"\xf2\x04\x0d\x0a\x08t/test.M\x12\x01\x08"), @"the message inside can't be read: the input ends inside a value at byte 1, in `truth`, in `any`");
    assert_snapshot!(written(b"\xf2\x04\x03\x12\x01\x08"), @"a message without the URL of its type, in `any`");
    assert_snapshot!(written(b"\xf2\x04\x08\x0a\x06test.M"), @"`test.M` is no URL of a type, such as `type.googleapis.com/shop.Order`, in `any`");
}

/// It would be a key twice, which nobody reads as it was meant.
#[test]
fn a_field_that_json_calls_as_the_type_is_not_written_beside_it() {
    let text = r#"syntax = "proto3";
        import "google/protobuf/any.proto";
        message M { google.protobuf.Any any = 1; string kind = 2 [json_name = "@type"]; }"#;
    let mut sources = Sources::default();
    let file = sources.add("m.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("m.proto", file)], &sources, &LinkOptions::default());
    let layout = Layout::of_all(&linked.schema, linked.schema.find("M").expect("it is there")).expect("a layout");
    let arena = Arena::new();
    let written = |bytes: &[u8]| {
        let value = value::from_slice(&layout, bytes, &arena).expect("a message");
        json::to_string(&layout, &value).map_err(|error| error.to_string())
    };
    assert_eq!(written(b"\x12\x01a").as_deref(), Ok(r#"{"@type":"a"}"#));
    assert_eq!(written(b"\x0a\x05\x0a\x03t/M").as_deref(), Ok(r#"{"any":{"@type":"t/M"}}"#));
    let refused = written(b"\x0a\x0a\x0a\x03t/M\x12\x03\x12\x01a").expect_err("a key twice");
    assert_eq!(refused, "a value that JSON does not have, in `any`");
}

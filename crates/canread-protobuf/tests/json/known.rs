//! Messages with a form of their own. Source: Protobuf, "ProtoJSON Format", and the comments of `google/protobuf/*.proto`.

use insta::assert_snapshot;

use crate::support::{again, written};

#[track_caller]
fn same(texts: &[&str]) {
    for text in texts {
        assert_eq!(again(text), *text);
    }
}

#[test]
fn a_timestamp_is_a_time_of_rfc_3339() {
    same(&[
        r#"{"timestamp":"1970-01-01T00:00:00Z"}"#,
        r#"{"timestamp":"1972-01-01T10:00:20.021Z"}"#,
        r#"{"timestamp":"0001-01-01T00:00:00.000001Z"}"#,
        r#"{"timestamp":"9999-12-31T23:59:59.999999999Z"}"#,
    ]);
    assert_eq!(again(r#"{"timestamp": "2026-01-31T12:00:00.1+01:00"}"#), r#"{"timestamp":"2026-01-31T11:00:00.100Z"}"#);
    assert_snapshot!(again(r#"{"timestamp": "2026-01-31T12:00:00"}"#), @"expected a time like `2026-01-31T12:00:00Z` at line 1, column 15, in `timestamp`");
    assert_snapshot!(again(r#"{"timestamp": 1}"#), @"a number instead of a string at line 1, column 15, in `timestamp`");
    // One second before the year 1; nanoseconds below 0.
    assert_snapshot!(written(&[0xb2, 4, 11, 8, 0xff, 0x91, 0xb8, 0xc3, 0x98, 0xfe, 0xff, 0xff, 0xff, 1]), @"a value that the format can't hold, in `timestamp`");
    assert_snapshot!(written(&[0xb2, 4, 11, 16, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), @"a value that the format can't hold, in `timestamp`");
}

#[test]
fn a_duration_is_seconds_with_an_s() {
    same(&[
        r#"{"duration":"0s"}"#,
        r#"{"duration":"1.000340012s"}"#,
        r#"{"duration":"-0.500s"}"#,
        r#"{"duration":"-315576000000.999999999s"}"#,
    ]);
    assert_eq!(again(r#"{"duration": "1.5s"}"#), r#"{"duration":"1.500s"}"#);
    assert_snapshot!(again(r#"{"duration": "1.5"}"#), @"expected a duration like `1.5s`, of at most 10,000 years at line 1, column 14, in `duration`");
    assert_snapshot!(again(r#"{"duration": "315576000001s"}"#), @"expected a duration like `1.5s`, of at most 10,000 years at line 1, column 14, in `duration`");
    // A second, and a nanosecond less.
    assert_snapshot!(written(&[0xba, 4, 13, 8, 1, 16, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), @"a value that the format can't hold, in `duration`");
}

#[test]
fn a_field_mask_is_paths_in_lower_camel_case() {
    same(&[r#"{"mask":""}"#, r#"{"mask":"user.displayName,photo"}"#]);
    assert_eq!(written(b"\xc2\x04\x0f\x0a\x03a_b\x0a\x08c.d_ef_g"), r#"{"mask":"aB,c.dEfG"}"#);
    assert_snapshot!(again(r#"{"mask": "display_name"}"#), @"expected field paths like `orderId,lines.sku` at line 1, column 10, in `mask`");
    assert_snapshot!(again(r#"{"mask": "a,,b"}"#), @"expected field paths like `orderId,lines.sku` at line 1, column 10, in `mask`");
    assert_snapshot!(written(b"\xc2\x04\x05\x0a\x03a_1"), @"a field path that JSON has no name for, in `mask`");
    assert_snapshot!(written(b"\xc2\x04\x05\x0a\x00\x0a\x01a"), @"a field path that JSON has no name for, in `mask`");
    assert_snapshot!(written(b"\xc2\x04\x04\x0a\x02aB"), @"a field path that JSON has no name for, in `mask`");
}

#[test]
fn a_struct_is_any_object_and_a_value_is_any_value() {
    same(&[
        r#"{"struct":{}}"#,
        r#"{"struct":{"a":[1,"b",true,null,{"c":[]}],"":-0.5}}"#,
        r#"{"value":"a"}"#,
        r#"{"value":[[],{}]}"#,
        r#"{"list":[]}"#,
        r#"{"list":[null,[null]]}"#,
        r#"{"anythings":[1,null,{"a":{}}]}"#,
    ]);
    assert_snapshot!(again(r#"{"struct": []}"#), @"an array instead of an object at line 1, column 12, in `struct`");
    assert_snapshot!(again(r#"{"list": {}}"#), @"an object instead of an array at line 1, column 10, in `list`");
    assert_snapshot!(again(r#"{"value": 1e999}"#), @"a number beyond the range of its type at line 1, column 11, in `value`");
    // A value without one, and one that is no number of JSON.
    assert_snapshot!(written(&[0xd2, 4, 0]), @"a value that JSON does not have, in `value`");
    assert_snapshot!(written(&[0xd2, 4, 9, 0x11, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f]), @"a value that JSON does not have, in `value`");
}

#[test]
fn a_wrapper_is_its_value() {
    same(&[
        r#"{"doubleValue":0.5,"floatValue":0.1,"int64Value":"-1","uint64Value":"1","int32Value":-1,"uint32Value":1}"#,
        r#"{"doubleValue":0,"int64Value":"0","boolValue":false,"stringValue":"","bytesValue":""}"#,
        r#"{"boolValue":true,"stringValue":"a","bytesValue":"AQ=="}"#,
    ]);
    assert_snapshot!(again(r#"{"int32Value": {"value": 1}}"#), @"an object instead of a number at line 1, column 16, in `int32_value`");
    assert_snapshot!(again(r#"{"int32Value": 1.5}"#), @"a number with a fraction at line 1, column 16, in `int32_value`");
}

#[test]
fn an_empty_message_is_an_empty_object() {
    same(&[r#"{"empty":{}}"#]);
    assert_snapshot!(again(r#"{"empty": {"value": {}}}"#), @"the message has no field `value` at line 1, column 12, in `empty`");
}

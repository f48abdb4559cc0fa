//! Messages, lists, maps and their fields. Source: Protobuf, "ProtoJSON Format".

use canread_protobuf::codec::json::ReadOptions;
use insta::assert_snapshot;

use crate::support::{again, again_as, again_with};

#[test]
fn fields_have_their_names_in_json_and_are_read_by_those_of_the_schema_too() {
    assert_eq!(
        again(r#"{"an_int32": 1, "other-name": 2, "OddName2": 3}"#),
        r#"{"anInt32":1,"other-name":2,"OddName2":3}"#
    );
    assert_eq!(again(r#"{"renamed": 2, "__odd__name_2": 3}"#), r#"{"other-name":2,"OddName2":3}"#);
    assert_snapshot!(again(r#"{"AnInt32": 1}"#), @"the message has no field `AnInt32` at line 1, column 2");
    assert_snapshot!(again(r#"{"": 1}"#), @"the message has no field `` at line 1, column 2");
}

#[test]
fn a_key_that_comes_again_is_refused_by_whichever_name() {
    assert_snapshot!(again(r#"{"anInt32": 1, "anInt32": 1}"#), @"`an_int32` comes again at line 1, column 16");
    assert_snapshot!(again(r#"{"anInt32": 1, "an_int32": 1}"#), @"`an_int32` comes again at line 1, column 16");
    assert_snapshot!(again(r#"{"anInt32": null, "an_int32": 1}"#), @"`an_int32` comes again at line 1, column 19");
    assert_snapshot!(again(r#"{"texts": [], "texts": ["a"]}"#), @"`texts` comes again at line 1, column 15");
    assert_snapshot!(again(r#"{"byText": {"a": "1", "b": "2", "a": "3"}}"#), @"`a` comes again at line 1, column 33, in `by_text`");
    assert_snapshot!(again(r#"{"byInt64": {"1": 1, "1.0": 2}}"#), @"`1.0` comes again at line 1, column 22, in `by_int64`");
    assert_snapshot!(again(r#"{"struct": {"a": 1, "\u0061": 2}}"#), @"`a` comes again at line 1, column 21, in `struct`");
}

#[test]
fn of_a_oneof_one_member_has_a_value() {
    assert_eq!(again(r#"{"number": null, "words": "a"}"#), r#"{"words":"a"}"#);
    assert_eq!(again(r#"{"words": "", "number": null}"#), r#"{"words":""}"#);
    assert_snapshot!(again(r#"{"number": 1, "words": "a"}"#), @"another member of the oneof of `words` has a value already at line 1, column 15");
    assert_eq!(again(r#"{"nothing": null}"#), r#"{"nothing":null}"#);
    assert_eq!(again(r#"{"anything": null}"#), r#"{"anything":null}"#);
    assert_snapshot!(again(r#"{"nothing": null, "number": 1}"#), @"another member of the oneof of `number` has a value already at line 1, column 19");
}

#[test]
fn null_is_no_value_but_where_it_is_one() {
    assert_eq!(
        again(r#"{"text": null, "nested": null, "texts": null, "byText": null, "int64Value": null, "duration": null}"#),
        "{}"
    );
    assert_eq!(
        again(r#"{"value": null, "null": null, "anythings": [null], "nothings": [null, "NULL_VALUE", 0]}"#),
        r#"{"anythings":[null],"nothings":[null,null,null],"value":null,"null":null}"#
    );
    assert_snapshot!(again(r#"{"texts": ["a", null]}"#), @"null instead of a value at line 1, column 17, in `texts[1]`");
    assert_snapshot!(again(r#"{"messages": [null]}"#), @"null instead of a value at line 1, column 15, in `messages[0]`");
    assert_snapshot!(again(r#"{"byText": {"a": null}}"#), @"null instead of a value at line 1, column 18, in `by_text[0]`");
    assert_snapshot!(again("null"), @"null instead of an object at line 1, column 1");
}

#[test]
fn lists_and_maps_are_arrays_and_objects() {
    for text in [
        r#"{"int32s":[1,-2],"uint64s":["3"],"doubles":[0.5,"NaN"],"floats":[0.1],"truths":[true,false]}"#,
        r#"{"texts":["","a"],"datas":["","AQ=="],"closeds":["CLOSED_SIX","CLOSED_FIVE"],"opens":["OPEN_ONE",9]}"#,
        r#"{"messages":[{},{"messages":[{"anInt32":1}]}]}"#,
        r#"{"byText":{"":"a","b":""},"byInt32":{"-1":{},"2":{"truth":true}},"byInt64":{"9223372036854775807":"OPEN_ONE"}}"#,
        r#"{"byUint64":{"18446744073709551615":"AQ=="},"byTruth":{"true":0.5,"false":1},"bySfixed32":{"1":"1970-01-01T00:00:00Z"}}"#,
    ] {
        assert_eq!(again(text), text);
    }
    assert_eq!(again(r#"{"texts": [], "byText": {}}"#), "{}");
    assert_snapshot!(again(r#"{"texts": "a"}"#), @"a string instead of an array at line 1, column 11, in `texts`");
    assert_snapshot!(again(r#"{"byText": []}"#), @"an array instead of an object at line 1, column 12, in `by_text`");
    assert_snapshot!(again(r#"{"byTruth": {"True": 1}}"#), @"expected `true` or `false` at line 1, column 14, in `by_truth[0]`");
    assert_snapshot!(again(r#"{"byInt32": {"2147483648": {}}}"#), @"a number beyond the range of its type at line 1, column 14, in `by_int32[0]`");
    assert_snapshot!(again(r#"{"byInt32": {"a": {}}}"#), @"expected a number at line 1, column 14, in `by_int32[0]`");
}

#[test]
fn groups_are_messages_and_extensions_have_their_full_names() {
    let text = r#"{"group":{"a":1},"[test.added]":"2","[test.added_messages]":[{"[test.added]":"3"}]}"#;
    assert_eq!(again(text), text);
    assert_snapshot!(again(r#"{"[test.other]": 1}"#), @"the message has no field `[test.other]` at line 1, column 2");
    assert_snapshot!(again(r#"{"test.added": 1}"#), @"the message has no field `test.added` at line 1, column 2");
}

#[test]
fn a_required_field_must_be_there() {
    assert_eq!(again_as("test.Required", r#"{"id": 0}"#, &ReadOptions::new()), r#"{"id":0}"#);
    assert_snapshot!(again_as("test.Required", r#"{"id": null}"#, &ReadOptions::new()), @"`id` is missing at line 1, column 13");
}

#[test]
fn what_is_not_known_is_passed_over_on_request() {
    let ignoring = ReadOptions::new().ignoring_unknown();
    let text = r#"{"what": {"is": ["this", {}, null, 1e9]}, "open": "NEW", "closed": 9, "opens": ["NEW", "OPEN_ONE", "NEW"],
        "byInt64": {"1": "NEW", "2": "OPEN_ONE"}, "anInt32": 1, "[other]": 2}"#;
    assert_eq!(again_with(text, &ignoring), r#"{"anInt32":1,"opens":["OPEN_ONE"],"byInt64":{"2":"OPEN_ONE"}}"#);
    // What is passed over is JSON all the same.
    assert_snapshot!(again_with(r#"{"what": {"is" "this"}}"#, &ignoring), @"no JSON: expected `:` behind a key at line 1, column 16");
    assert_snapshot!(again_with(r#"{"open": true}"#, &ignoring), @"a boolean instead of a number at line 1, column 10, in `open`");
}

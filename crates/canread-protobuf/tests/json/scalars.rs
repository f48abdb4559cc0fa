//! Scalars. Source: Protobuf, "ProtoJSON Format", "Representation of each type".

use insta::assert_snapshot;

use crate::support::{again, written};

/// The value of a field, read and written again.
fn field(name: &str, value: &str) -> String {
    again(&format!("{{\"{name}\":{value}}}"))
}

#[track_caller]
fn same(name: &str, values: &[&str]) {
    for value in values {
        assert_eq!(field(name, value), format!("{{\"{name}\":{value}}}"));
    }
}

#[track_caller]
fn becomes(name: &str, written: &str, values: &[&str]) {
    for value in values {
        assert_eq!(field(name, value), format!("{{\"{name}\":{written}}}"), "{value}");
    }
}

#[track_caller]
fn refused(name: &str, values: &[&str], reason: &str) {
    for value in values {
        let error = field(name, value);
        assert!(error.starts_with(reason), "{value}: {error}");
    }
}

#[test]
fn integers_of_32_bits_are_numbers() {
    same("anInt32", &["0", "-2147483648", "2147483647"]);
    becomes("anInt32", "100", &["100", "100.0", "1e2", "\"100\"", "\"1.0E+2\"", "1000e-1"]);
    becomes("aUint32", "4294967295", &["4294967295", "\"4294967295\""]);
    refused("anInt32", &["0.5", "1e-1", "\"0.5\""], "a number with a fraction");
    refused("anInt32", &["2147483648", "-2147483649", "1e10", "\"1e400\""], "a number beyond the range");
    refused("aUint32", &["-1", "4294967296"], "a number beyond the range");
    refused("aFixed32", &["-1"], "a number beyond the range");
    refused("anInt32", &["\"\"", "\" 1\"", "\"1 \"", "\"0x1\"", "\"01\"", "\"NaN\"", "\"+1\""], "expected a number");
    refused("anInt32", &["true", "[1]", "{}"], "");
}

#[test]
fn integers_of_64_bits_are_strings() {
    same("anInt64", &["\"0\"", "\"-9223372036854775808\"", "\"9223372036854775807\""]);
    same("aUint64", &["\"18446744073709551615\""]);
    becomes("anInt64", "\"9007199254740993\"", &["9007199254740993", "9007199254740.993e3"]);
    refused("anInt64", &["9223372036854775808", "\"-9223372036854775809\""], "a number beyond the range");
    refused("aUint64", &["18446744073709551616"], "a number beyond the range");
}

#[test]
fn floating_point_has_words_for_what_is_no_number() {
    same(
        "aDouble",
        &["0", "-0.0", "0.1", "1.7976931348623157e+308", "5e-324", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""],
    );
    same("aFloat", &["0.1", "3.4028235e+38", "\"NaN\"", "\"-Infinity\""]);
    becomes("aFloat", "0.1", &["\"0.1\"", "0.10000000149011612"]);
    becomes("aDouble", "0", &["1e-999"]);
    becomes("aDouble", "-0.0", &["-0"]);
    refused("aDouble", &["1e999", "\"-1e999\""], "a number beyond the range");
    refused("aFloat", &["3.5e38"], "a number beyond the range");
    refused("aDouble", &["\"\"", "\"inf\"", "\"nan\"", "\"-NaN\"", "\"+Infinity\""], "expected a number");
    refused("aDouble", &["NaN", "Infinity", "-Infinity"], "no JSON");
}

#[test]
fn booleans_are_words_without_quotes() {
    same("truth", &["true", "false"]);
    refused("truth", &["\"true\"", "1", "0"], "");
}

#[test]
fn text_is_a_string() {
    same("text", &["\"\"", "\"é😀\\u0000\\\"\""]);
    becomes("text", "\"😀/\"", &["\"\\ud83d\\ude00\\/\""]);
    refused("text", &["1", "\"\\ud83d\""], "");
}

#[test]
fn bytes_are_base64_of_either_alphabet() {
    same("data", &["\"\"", "\"AQ==\"", "\"AQI=\"", "\"AQID\"", "\"+/8=\""]);
    becomes("data", "\"+/8=\"", &["\"+/8\"", "\"-_8\"", "\"-_8=\""]);
    refused("data", &["\"A\"", "\"A===\"", "\"AQ=\"", "\"A Q=\"", "\"é\""], "expected base64");
}

#[test]
fn symbols_are_names() {
    same("open", &["\"OPEN_ONE\"", "7"]);
    becomes("open", "\"OPEN_BELOW\"", &["-1", "-1.0"]);
    becomes("closed", "\"CLOSED_SIX\"", &["6"]);
    refused("open", &["\"open_one\"", "\"1\"", "\"\""], "the enum has no symbol");
    refused("closed", &["0", "\"OPEN_ONE\""], "the enum has no symbol");
    refused("open", &["0.5"], "a number with a fraction");
    refused("open", &["2147483648"], "a number beyond the range");
    refused("open", &["true"], "");
}

#[test]
fn a_zero_without_presence_is_not_written_and_a_negative_one_is() {
    assert_eq!(written(&[0xa0, 1, 0]), "{}");
    assert_eq!(written(&[0xb1, 1, 0, 0, 0, 0, 0, 0, 0, 0x80]), r#"{"implicitDouble":-0.0}"#);
    assert_eq!(
        again(r#"{"implicit": 0, "implicitText": "", "implicitOpen": "OPEN_ZERO", "anInt32": 0}"#),
        r#"{"anInt32":0}"#
    );
}

#[test]
fn an_error_names_the_place_and_the_field() {
    assert_snapshot!(again("{\n  \"messages\": [{}, {\"anInt32\": 1.5}]}"), @"a number with a fraction at line 2, column 32, in `messages[1].an_int32`");
    assert_snapshot!(again(r#"{"byInt32": {"1": {"texts": ["a", 2]}}}"#), @"a number instead of a string at line 1, column 35, in `by_int32[0].texts[1]`");
    assert_snapshot!(again(r#"{"truth": "true"}"#), @"a string instead of a boolean at line 1, column 11, in `truth`");
    assert_snapshot!(again(r#"{"anInt32": true}"#), @"a boolean instead of a number at line 1, column 13, in `an_int32`");
}

#[test]
fn a_key_beyond_its_type_is_not_written() {
    let layout = &*crate::support::LAYOUT;
    let canread_plan::LayoutKind::Record(id) = layout.kind(layout.root()) else { panic!("a message") };
    let fields = &layout.record(id).fields;
    let arena = canread_plan::Arena::new();
    let with = |name: &str, key, value| {
        let mut values = vec![canread_plan::Value::Absent; fields.len()];
        let at = fields.iter().position(|field| &*field.name == name).expect("there is the field");
        values[at] = arena.map(&[(key, value)]);
        let written = canread_protobuf::codec::json::to_string(layout, &arena.record(&values));
        written.map_err(|error| error.to_string())
    };
    let (far, truth) = (canread_plan::Value::Int(1 << 40), canread_plan::Value::Symbol(0));
    assert_eq!(with("by_int64", far, truth).as_deref(), Ok(r#"{"byInt64":{"1099511627776":"OPEN_ZERO"}}"#));
    let refused = with("by_int32", far, arena.record(&[])).expect_err("no room");
    assert_eq!(refused, "a value that the format can't hold, in `by_int32[0]`");
}

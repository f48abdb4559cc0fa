//! What is written.

use canread_json::Writer;

fn written(write: impl FnOnce(&mut Writer<'_>)) -> String {
    let mut out = String::new();
    write(&mut Writer::compact(&mut out));
    out
}

#[test]
fn floats_have_the_fewest_digits_that_make_them_again() {
    for (value, text) in [
        (0.0, "0"),
        (-0.0, "-0.0"),
        (1.0, "1"),
        (0.1, "0.1"),
        (1e21, "1e+21"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
        (f64::NAN, "\"NaN\""),
        (f64::NEG_INFINITY, "\"-Infinity\""),
    ] {
        assert_eq!(written(|writer| writer.f64(value)), text);
    }
    assert_eq!(written(|writer| writer.f32(0.1)), "0.1");
    assert_eq!(written(|writer| writer.f32(f32::MAX)), "3.4028235e+38");
    assert_eq!(written(|writer| writer.f32(f32::INFINITY)), "\"Infinity\"");
}

#[test]
fn integers_are_whole() {
    assert_eq!(written(|writer| writer.u64(u64::MAX)), "18446744073709551615");
    assert_eq!(written(|writer| writer.i64(i64::MIN)), "-9223372036854775808");
}

#[test]
fn what_must_be_escaped_is_and_nothing_else() {
    assert_eq!(
        written(|writer| writer.string("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é\u{2028}😀")),
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}é\u{2028}😀\""
    );
}

#[test]
fn an_indented_value_has_a_line_for_each_part() {
    let mut out = String::new();
    let mut writer = Writer::indented(&mut out, 2);
    writer.begin_object();
    writer.key("a");
    writer.begin_array();
    writer.item();
    writer.bool(true);
    writer.item();
    writer.null();
    writer.end_array();
    writer.key("b");
    writer.begin_object();
    writer.end_object();
    writer.end_object();
    assert_eq!(out, "{\n  \"a\": [\n    true,\n    null\n  ],\n  \"b\": {}\n}");
}

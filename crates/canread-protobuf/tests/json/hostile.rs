//! Text that nobody sane wrote.

use std::thread;

use canread_json::{JsonErrorKind, Limit, Limits};
use canread_plan::Arena;
use canread_protobuf::codec::json::{self, ReadError, ReadErrorKind, ReadOptions, WriteErrorKind};
use canread_protobuf::codec::value;
use canread_testing::small_stack_bytes;

use crate::random::{Random, message};
use crate::support::LAYOUT;

fn error(text: &str) -> ReadError {
    let arena = Arena::new();
    json::from_str(&LAYOUT, text, &arena).expect_err("it is refused")
}

fn is_limit(error: &ReadError, wanted: Limit) -> bool {
    matches!(error.kind(), ReadErrorKind::Json(JsonErrorKind::LimitExceeded { limit, .. }) if *limit == wanted)
}

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    thread::Builder::new().stack_size(small_stack_bytes()).spawn(work).expect("a thread").join().expect("no panic");
}

#[test]
fn every_truncation_is_refused_as_one() {
    let arena = Arena::new();
    let text =
        |seed| json::to_string(&LAYOUT, &message(&LAYOUT, &mut Random::new(seed), &arena)).expect("it has a form");
    let text = (1..200).map(text).max_by_key(String::len).expect("there are some");
    assert!(text.len() > 1_000, "{text}");
    for length in (0..text.len()).filter(|length| text.is_char_boundary(*length)) {
        let error = error(&text[..length]);
        assert!(matches!(error.kind(), ReadErrorKind::Json(JsonErrorKind::Truncated)), "{length}: {error}\n{text}");
    }
}

#[test]
fn texts_with_another_byte_in_them_are_messages_or_errors() {
    let (mut messages, mut errors) = (0, 0);
    for seed in 1..40 {
        let mut arena = Arena::new();
        let text = {
            let made = message(&LAYOUT, &mut Random::new(seed), &arena);
            json::to_string(&LAYOUT, &made).expect("it has a form")
        };
        let mut random = Random::new(seed);
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1)) {
            let letter = ["\"", "{", "}", "[", "]", ",", ":", "0", "-", "e", "\\", "n", " ", ""][random.below(14)];
            let changed = format!("{}{letter}{}", &text[..at], &text[at + 1..]);
            match json::from_str(&LAYOUT, &changed, &arena) {
                Ok(value) => {
                    messages += 1;
                    let bytes = value::to_vec(&LAYOUT, &value).expect("a value of the layout");
                    value::from_slice(&LAYOUT, &bytes, &arena).expect("what was written");
                }
                Err(_) => errors += 1,
            }
            arena.reset();
        }
    }
    assert!(messages > 100 && errors > 1_000, "{messages} {errors}");
}

#[test]
fn depth_is_bounded_on_a_small_stack() {
    on_a_small_stack(|| {
        let nest = |start: &str, end: &str, count: usize| format!("{}{}", start.repeat(count), end.repeat(count));
        let any = r#"{"@type":"t/google.protobuf.Any","value":"#;
        for text in [
            nest(r#"{"nested":"#, "}", 20_000),
            nest(r#"{"messages":[{"nested":"#, "}]}", 20_000),
            nest(r#"{"byInt32":{"1":"#, "}}", 20_000),
            format!(r#"{{"value":{}"#, "[".repeat(20_000)),
            format!(r#"{{"value":{}"#, r#"{"a":"#.repeat(20_000)),
            format!(r#"{{"struct":{}"#, r#"{"a":"#.repeat(20_000)),
            // CVE-2026-0994: messages within `Any` count.
            format!(r#"{{"any":{}{{}}{}"#, any.repeat(20_000), "}".repeat(20_000)),
            format!(r#"{{"any":{}"#, r#"{"@type":"t/test.M","any":"#.repeat(20_000)),
        ] {
            let error = error(&text);
            assert!(is_limit(&error, Limit::Depth), "{error}\n{}", &text[..60]);
        }
        let unknown = format!(r#"{{"what":{}"#, "[".repeat(20_000));
        let ignoring = ReadOptions::new().ignoring_unknown();
        let arena = Arena::new();
        let error = json::from_str_with(&LAYOUT, &unknown, &arena, &ignoring).expect_err("too deep");
        assert!(is_limit(&error, Limit::Depth), "{error}");
    });
}

/// As deep as the binary format may be, this one may be too, through every kind of field.
#[test]
fn what_is_as_deep_as_allowed_goes_both_ways() {
    on_a_small_stack(|| {
        let nest = |start: &str, end: &str, count: usize| format!("{}{{}}{}", start.repeat(count), end.repeat(count));
        let any = format!(r#"{{"any":{}"#, r#"{"@type":"t/google.protobuf.Any","value":"#.repeat(99));
        for text in [
            nest(r#"{"nested":"#, "}", 100),
            nest(r#"{"messages":["#, "]}", 100),
            nest(r#"{"byInt32":{"1":"#, "}}", 100),
            format!("{any}{{}}{}", "}".repeat(100)),
        ] {
            let arena = Arena::new();
            let value = json::from_str(&LAYOUT, &text, &arena).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(json::to_string(&LAYOUT, &value).expect("it has a form"), text);
            let bytes = value::to_vec(&LAYOUT, &value).expect("not too deep");
            value::from_slice(&LAYOUT, &bytes, &arena).expect("not too deep");
        }
        assert!(is_limit(&error(&nest(r#"{"nested":"#, "}", 101)), Limit::Depth));
    });
}

/// CVE-2026-0994.
#[test]
fn messages_in_any_that_are_too_deep_are_not_written() {
    on_a_small_stack(|| {
        let mut bytes = Vec::new();
        for _ in 0..200 {
            let mut outer = b"\x0a\x15t/google.protobuf.Any".to_vec();
            outer.push(0x12);
            let mut size = bytes.len();
            while size > 127 {
                outer.push(u8::try_from(size & 127).expect("7 bits") | 128);
                size >>= 7;
            }
            outer.push(u8::try_from(size).expect("7 bits"));
            outer.extend_from_slice(&bytes);
            bytes = outer;
        }
        let layout = LAYOUT.rooted_at(LAYOUT.record_by_name("google.protobuf.Any").expect("it is imported"));
        let arena = Arena::new();
        let value = value::from_slice(&layout, &bytes, &arena).expect("one message with bytes in it");
        let error = json::to_string(&layout, &value).expect_err("too deep");
        assert_eq!(error.kind(), &WriteErrorKind::TooDeep { allowed: 100 });
    });
}

#[test]
fn numbers_of_any_length_are_read_or_refused() {
    let digits = "1".repeat(100_000);
    for (name, value, is_read) in [
        ("aDouble", format!("0.{digits}"), true),
        ("aDouble", format!("{digits}e-100000"), true),
        ("aDouble", digits.clone(), false),
        ("anInt64", format!("{digits}e-100000"), false),
        ("anInt64", format!("1.{}", "0".repeat(100_000)), true),
        ("anInt64", format!("1e{digits}"), false),
        ("anInt32", format!("\"0e{digits}\""), true),
        ("duration", format!("\"{digits}s\""), false),
        ("timestamp", format!("\"{digits}\""), false),
    ] {
        let text = format!("{{\"{name}\":{value}}}");
        let arena = Arena::new();
        assert_eq!(json::from_str(&LAYOUT, &text, &arena).is_ok(), is_read, "{name} {}", &text[..40]);
    }
}

#[test]
fn memory_is_bounded_by_what_the_caller_allows() {
    let list = |name: &str, item: &str| format!("{{\"{name}\":[{}{item}]}}", format!("{item},").repeat(50_000));
    let keys: Vec<String> = (0..50_000).map(|key| format!("\"{key}\":\"\"")).collect();
    for text in [
        list("int32s", "1"),
        list("texts", "\"\""),
        list("texts", "\"\\n\""),
        list("datas", "\"AQ\""),
        list("messages", "{}"),
        list("anythings", "0"),
        format!("{{\"byText\":{{{}}}}}", keys.join(",")),
        format!("{{\"struct\":{{{}}}}}", keys.join(",")),
        format!("{{\"text\":\"{}\"}}", "\\n".repeat(100_000)),
        format!("{{\"data\":\"{}\"}}", "AAAA".repeat(50_000)),
        format!("{{\"mask\":\"{}a\"}}", "a,".repeat(50_000)),
        format!("{{\"any\":{{\"@type\":\"t/test.M\",\"texts\":[{}\"\"]}}}}", "\"\",".repeat(50_000)),
    ] {
        for allowed in [1_000_u64, 20_000] {
            let options = ReadOptions::new().with_limits(Limits::strict().with_allocated_bytes_max(allowed));
            let arena = Arena::new();
            let error = json::from_str_with(&LAYOUT, &text, &arena, &options).expect_err("more than that");
            assert!(is_limit(&error, Limit::AllocatedBytes), "{error}\n{}", &text[..40]);
            assert!(arena.allocated_bytes() as u64 <= allowed, "{}", arena.allocated_bytes());
        }
        let arena = Arena::new();
        assert!(json::from_str(&LAYOUT, &text, &arena).is_ok(), "{}", &text[..40]);
    }
}

/// Where a message costs a few bytes of text (`{}`, and each value within a `google.protobuf.Value`), it takes more: there the format
/// amplifies, as the binary one does with empty messages.
#[test]
fn memory_follows_the_text_where_items_are_no_messages() {
    let count = 20_000;
    let list = |name: &str, item: &str| format!("{{\"{name}\":[{}{item}]}}", format!("{item},").repeat(count));
    let map = |name: &str, value: &str| {
        let entries: Vec<String> = (0..count).map(|key| format!("\"{key}\":{value}")).collect();
        format!("{{\"{name}\":{{{}}}}}", entries.join(","))
    };
    let any = r#"{"@type":"t/google.protobuf.Any","value":"#;
    for text in [
        list("int32s", "1"),
        list("floats", "1"),
        list("opens", "0"),
        list("texts", "\"\""),
        list("texts", "\"\\n\""),
        list("datas", "\"\""),
        map("byText", "\"\""),
        map("byInt64", "0"),
        map("byUint64", "\"\""),
        format!("{{\"text\":\"{}\"}}", "\\n".repeat(count)),
        format!("{{\"mask\":\"{}a\"}}", "a,".repeat(count)),
        format!("{{\"any\":{{\"@type\":\"t/test.M\",\"texts\":[{}\"\"]}}}}", "\"\",".repeat(count)),
        format!(
            "{{\"any\":{}{{\"@type\":\"t/test.M\",\"datas\":[{}\"\"]}}{}}}",
            any.repeat(90),
            "\"AAAA\",".repeat(count),
            "}".repeat(90)
        ),
    ] {
        let allowed = 16 * text.len() as u64 + 64 * 1024;
        let options = ReadOptions::new().with_limits(Limits::strict().with_allocated_bytes_max(allowed));
        let arena = Arena::new();
        if let Err(error) = json::from_str_with(&LAYOUT, &text, &arena, &options) {
            panic!("{error}\n{}", &text[..60]);
        }
    }
}

#[test]
fn a_text_larger_than_allowed_is_not_read() {
    let options = ReadOptions::new().with_limits(Limits::strict().with_bytes_max(1));
    let arena = Arena::new();
    assert!(json::from_str_with(&LAYOUT, "{}", &arena, &options).is_err_and(|error| is_limit(&error, Limit::Bytes)));
}

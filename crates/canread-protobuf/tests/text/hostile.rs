//! Texts that nobody sane wrote.

use std::thread;

use canread_plan::{Arena, Layout};
use canread_protobuf::codec::text::{self, ReadErrorKind, ReadOptions, WriteOptions};
use canread_protobuf::codec::value;
use canread_testing::small_stack_bytes;
use canread_wire::{Limit, Limits};

use crate::support::{layout, proto2, proto3};

const EVERYTHING: &str = r#"syntax = "proto2"; import "google/protobuf/any.proto";
    message M { optional int64 id = 1; optional string name = 2; repeated string tags = 3; repeated int32 counts = 4 [packed = true];
    map<string, double> by = 5; optional E kind = 6; optional M next = 7; optional group G = 8 { optional fixed32 a = 1; }
    oneof o { M one = 9; bytes raw = 10; } optional google.protobuf.Any any = 11; reserved "gone"; extensions 100 to 200; }
    extend M { optional bool flag = 100; } enum E { A = 0; B = 1; }"#;

const SAMPLE: &str = r#"id: -0x7b, name: "a\n\u00e4" 'b'; tags: ['x', "y\x41"] tags: "z" counts: [1, 02] by { key: "k" value: -1.5e3f }
    by: [{}] kind: B next < kind: 1 raw: "\377" G { a: 7 } > [flag]: t any { [t.co/M] { id: 5 } } gone { x: [-inf, <>] } # end"#;

#[test]
fn every_truncation_is_refused_or_ends_between_fields() {
    let (layout, mut arena) = (layout(EVERYTHING), Arena::new());
    assert!(text::from_str(&layout, SAMPLE, &arena).is_ok());
    let (mut whole, mut cut) = (0, 0);
    for length in (0..SAMPLE.len()).filter(|length| SAMPLE.is_char_boundary(*length)) {
        match text::from_str(&layout, &SAMPLE[..length], &arena) {
            Ok(_) => whole += 1,
            Err(error) => {
                cut += 1;
                assert!(error.offset() <= length, "{error}");
            }
        }
        arena.reset();
    }
    assert!(whole > 20 && cut > 150, "{whole} {cut}");
}

#[test]
fn changed_characters_are_values_or_errors() {
    let (layout, mut arena) = (layout(EVERYTHING), Arena::new());
    let (mut values, mut errors) = (0, 0);
    for at in (0..SAMPLE.len()).filter(|at| SAMPLE.is_char_boundary(*at)) {
        let size = SAMPLE[at..].chars().next().map_or(1, char::len_utf8);
        for other in [
            "", " ", "{", "}", "<", ">", "[", "]", "\"", "'", "\\", ":", "-", ".", "/", "0", "9", "e", "#", "\0", "\n",
            "ä",
        ] {
            let text = [&SAMPLE[..at], other, &SAMPLE[at + size..]].concat();
            match text::from_str(&layout, &text, &arena) {
                Ok(value) => {
                    values += 1;
                    let written = text::to_string(&layout, &value).expect("a value of the layout");
                    let again = text::from_str(&layout, &written, &arena).expect("our own text");
                    assert_eq!(text::to_string(&layout, &again).expect("the same"), written, "{text}");
                    assert_eq!(value::to_vec(&layout, &again), value::to_vec(&layout, &value), "{text}");
                }
                Err(error) => {
                    errors += 1;
                    assert!(error.offset() <= text.len() && error.line() <= 3, "{error}");
                }
            }
            arena.reset();
        }
    }
    assert!(values > 500 && errors > 3_000, "{values} {errors}");
}

#[test]
fn depth_is_bounded_on_a_small_stack() {
    let run = || {
        let recursive = layout(
            r#"syntax = "proto3"; import "google/protobuf/any.proto";
            message M { M m = 1; map<int32, M> e = 2; repeated M r = 3; google.protobuf.Any any = 4; reserved "gone"; }"#,
        );
        for unit in [
            "m {",
            "m <",
            "e { value {",
            "r: [{",
            "any { [x/M] {",
            "gone {",
            "gone [{",
            "gone { gone: [<",
            "[",
            "m: [",
            "-",
            "m",
            "'",
        ] {
            let arena = Arena::new();
            let options = ReadOptions::new().ignoring_unknown();
            let error = text::from_str_with(&recursive, &unit.repeat(50_000), &arena, &options).expect_err("too deep");
            if unit.ends_with(['{', '<']) {
                let is_depth =
                    |kind| matches!(kind, ReadErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 });
                assert!(is_depth(error.kind()), "{unit}: {error}");
            }
        }
        // As deep as it may be, in both directions.
        let arena = Arena::new();
        let deep = format!("{}{}", "m {".repeat(100), "}".repeat(100));
        let value = text::from_str(&recursive, &deep, &arena).expect("as deep as it may be");
        assert!(text::to_string(&recursive, &value).is_ok());
        let deep = format!("{}{}", "any { [x/M] {".repeat(45), "}}".repeat(45));
        let value = text::from_str(&recursive, &deep, &arena).expect("less deep than that");
        assert!(text::to_string(&recursive, &value).is_ok());
        // Groups that nobody knows.
        let groups = layout(&proto2("message M {}"));
        let unknown = [vec![0x0b; 100], vec![0x0c; 100]].concat();
        let value = value::from_slice(&groups, &unknown, &arena).expect("100 groups");
        assert!(text::to_string_with(&groups, &value, &WriteOptions::new().with_unknown()).is_ok());
    };
    thread::Builder::new().stack_size(small_stack_bytes()).spawn(run).expect("a thread").join().expect("no panic");
}

#[test]
fn memory_is_bounded_by_what_the_caller_allows() {
    let layout = layout(&proto3(
        "message M { repeated string s = 1; repeated int32 i = 2; repeated M m = 3; map<int32, int32> e = 4; string one = 5; }",
    ));
    let texts = [
        "s:''".repeat(50_000),
        format!("i:[0{}]", ",1".repeat(100_000)),
        format!("m[{{}}{}]", ",{}".repeat(50_000)),
        "e{}".repeat(50_000),
        (0..20_000).map(|key| format!("e{{key:{key}}}")).collect::<Vec<_>>().concat(),
        format!("one: {}", "'\\n'".repeat(400_000)),
    ];
    for text in &texts {
        for allowed in [1_000_usize, 30_000, 300_000] {
            let options = ReadOptions::new().with_limits(Limits::strict().with_allocated_bytes_max(allowed as u64));
            let arena = Arena::new();
            let error = text::from_str_with(&layout, text, &arena, &options).expect_err("more than that");
            let is_memory = matches!(error.kind(), ReadErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, .. });
            assert!(is_memory, "{error}");
            assert!(arena.allocated_bytes() <= allowed, "{}", arena.allocated_bytes());
        }
        let arena = Arena::new();
        assert!(text::from_str(&layout, text, &arena).is_ok());
    }
    let options = ReadOptions::new().with_limits(Limits::strict().with_bytes_max(3));
    let error = text::from_str_with(&layout, "e {}", &Arena::new(), &options).expect_err("4 bytes");
    assert_eq!(error.kind(), ReadErrorKind::LimitExceeded { limit: Limit::Bytes, allowed: 3 });
    let options = ReadOptions::new().with_limits(Limits::strict().with_items_beyond_input_max(0));
    let all = format!("i:[0{}]", ",1".repeat(10_000));
    assert!(text::from_str_with(&layout, &all, &Arena::new(), &options).is_ok(), "no item is free");
}

/// What a text needs, in bytes for each of its own: with one byte less in the limits it is refused.
fn memory(layout: &Layout, text: &str) -> f64 {
    assert!(text::from_str(layout, text, &Arena::new()).is_ok());
    let (mut refused, mut taken) = (0_u64, 1 << 28);
    while refused + 1 < taken {
        let middle = refused.midpoint(taken);
        let options = ReadOptions::new().with_limits(Limits::strict().with_allocated_bytes_max(middle));
        let is_taken = text::from_str_with(layout, text, &Arena::new(), &options).is_ok();
        *(if is_taken { &mut taken } else { &mut refused }) = middle;
    }
    f64::from(u32::try_from(taken).expect("below 2^28")) / f64::from(u32::try_from(text.len()).expect("short"))
}

/// Items of a field that stand alone wait as 32 bytes, in memory that doubles, until their list is made: of the shortest ones
/// that is up to 24 times the text. Beyond 16 times is also where the format itself amplifies: messages and entries without
/// fields, and `Any` in `Any`, whose bytes are kept on each level.
#[test]
fn memory_follows_the_text_but_for_what_amplifies() {
    let layout = layout(
        r#"syntax = "proto3"; import "google/protobuf/any.proto";
        message M { repeated string s = 1; repeated int32 i = 2; repeated M m = 3; map<int32, int32> e = 4; string one = 5;
        google.protobuf.Any any = 6; }"#,
    );
    let keys: Vec<String> = (0..5_000).map(|key| format!("e{{key:{key}}}")).collect();
    let letters = "x".repeat(20_000);
    let mut beyond = Vec::new();
    for (family, text, factor_max) in [
        ("texts apart", "s:''".repeat(20_000), 24.0),
        ("texts in brackets", format!("s:[''{}]", ",''".repeat(20_000)), 10.0),
        ("numbers apart", "i:1,".repeat(20_000), 24.0),
        ("numbers in brackets", format!("i:[0{}]", ",1".repeat(20_000)), 6.0),
        ("messages apart", "m{}".repeat(20_000), 100.0),
        ("messages in brackets", format!("m[{{}}{}]", ",{}".repeat(20_000)), 100.0),
        ("entries", "e{}".repeat(20_000), 80.0),
        ("entries with keys", keys.concat(), 16.0),
        ("many strings for one text", format!("one: {}", "'\\n'".repeat(20_000)), 2.0),
        ("one long text", format!("one: '\\n{letters}'"), 4.0),
        ("one `Any`", format!("any{{[x/M]{{one:'\\n{letters}'}}}}"), 8.0),
        ("`Any` in `Any`", format!("{}one:'\\n{letters}'{}", "any{[x/M]{".repeat(40), "}}".repeat(40)), 60.0),
    ] {
        let factor = memory(&layout, &text);
        if factor > factor_max {
            beyond.push(format!("{family}: {factor:.1} bytes for each byte of text"));
        }
    }
    assert_eq!(beyond, [""; 0]);
}

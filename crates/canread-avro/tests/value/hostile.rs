//! Input that nobody sane wrote.

use std::thread;

use canread_avro::codec::value;
use canread_plan::{Arena, Plan, Value};
use canread_testing::small_stack_bytes;
use canread_wire::{DecodeErrorKind, Limit, Limits};

use crate::support::{layout, record};

/// A record of every construct, and bytes of it.
fn sample() -> (String, Vec<u8>) {
    let schema = record(
        r#"{"name": "id", "type": "long"}, {"name": "name", "type": "string"}, {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "counts", "type": {"type": "array", "items": "int"}}, {"name": "by", "type": {"type": "map", "values": ["null", "double"]}},
        {"name": "kind", "type": {"type": "enum", "name": "E", "symbols": ["A", "B"]}}, {"name": "next", "type": ["null", "R", "bytes"]}"#,
    );
    let inner = [&[2, 2, b'n', 4, 2, b'a', 0, 0, 4, 2, 4, 0, 2, 2, b'k', 2][..], &[0; 8], &[0, 2, 0]].concat();
    let outer = [&inner[..inner.len() - 1], &[2], &inner].concat();
    (schema, outer)
}

#[test]
fn every_truncation_is_refused() {
    let (schema, bytes) = sample();
    let (layout, mut arena) = (layout(&schema), Arena::new());
    assert!(value::from_slice(&layout, &bytes, &arena).is_ok());
    for length in 0..bytes.len() {
        let error = value::from_slice(&layout, &bytes[..length], &arena).expect_err("a part of it");
        assert_eq!(error.kind(), DecodeErrorKind::Truncated, "{length}: {error}");
        arena.reset();
    }
}

/// Whatever comes of it, there is no panic, and what is a value is written as one.
#[test]
fn flipped_bits_are_values_or_errors() {
    let (schema, bytes) = sample();
    let (layout, mut arena) = (layout(&schema), Arena::new());
    let wider = layout_of_reader(&schema);
    let plan = Plan::resolve(layout.clone(), wider).expect("a plan");
    let mut values = 0;
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let read = value::from_slice(&layout, &flipped, &arena);
        if let Ok(value) = &read {
            values += 1;
            let again = value::to_vec(&layout, value).expect("a value of the schema");
            assert_eq!(format!("{:?}", value::from_slice(&layout, &again, &arena)), format!("{read:?}"));
        }
        // What is a value of the writer is one of this reader, who asks for less.
        let resolved = value::resolve_slice(&plan, &flipped, &arena);
        assert!(read.is_err() || resolved.is_ok(), "{bit}: {resolved:?}");
        arena.reset();
    }
    assert!(values > 20, "{values}");
}

fn layout_of_reader(schema: &str) -> canread_plan::Layout {
    layout(
        &schema
            .replace(r#""items": "int""#, r#""items": "double""#)
            .replace(r#"{"name": "name", "type": "string"}, "#, ""),
    )
}

#[test]
fn depth_is_bounded_on_a_small_stack() {
    let list = r#"{"type": "record", "name": "R", "fields": [{"name": "next", "type": ["null", "R"]}]}"#;
    let deep = r#"{"type": "record", "name": "R", "fields": [{"name": "next", "type": {"type": "array", "items": {"type": "map", "values": ["null", "int", "R"]}}}]}"#;
    let run = move || {
        let layouts = [(layout(list), vec![2_u8; 100_000]), (layout(deep), [2, 2, 0, 4].repeat(30_000))];
        for (layout, bytes) in layouts {
            let arena = Arena::new();
            let error = value::from_slice(&layout, &bytes, &arena).expect_err("too deep");
            assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 });
            // The same where it is skipped.
            let plan = Plan::resolve(layout, layout_without()).expect("a plan");
            let error = value::resolve_slice(&plan, &bytes, &arena).expect_err("too deep");
            assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 });
        }
    };
    thread::Builder::new().stack_size(small_stack_bytes()).spawn(run).expect("a thread").join().expect("no panic");
}

/// A reader of a record `R` that asks for nothing of it.
fn layout_without() -> canread_plan::Layout {
    layout(r#"{"type": "record", "name": "R", "fields": []}"#)
}

#[test]
fn values_that_are_too_deep_are_not_written() {
    let layout = layout(r#"{"type": "record", "name": "R", "fields": [{"name": "next", "type": ["null", "R"]}]}"#);
    let arena = Arena::new();
    let mut value = arena.record(&[Value::Null]);
    for _ in 0..100 {
        value = arena.record(&[value]);
    }
    assert!(value::to_vec(&layout, &value).is_ok());
    let error = value::to_vec(&layout, &arena.record(&[value])).expect_err("one more");
    assert!(error.to_string().starts_with("more than 100 levels of nesting"), "{error}");
}

#[test]
fn counts_and_lengths_ask_for_no_more_than_the_input_has() {
    let arrays =
        ["int", "string", "boolean", "double"].map(|item| format!(r#"{{"type": "array", "items": "{item}"}}"#));
    // 2^40 of them, and nothing behind it.
    let bytes = [0x80, 0x80, 0x80, 0x80, 0x80, 0x40];
    for schema in
        arrays.iter().map(String::as_str).chain(["\"string\"", "\"bytes\"", r#"{"type": "map", "values": "int"}"#])
    {
        let (layout, arena) = (layout(schema), Arena::new());
        assert!(value::from_slice(&layout, &bytes, &arena).is_err());
        assert!(arena.allocated_bytes() < 1024, "{schema}: {}", arena.allocated_bytes());
    }
}

#[test]
fn items_without_bytes_are_bounded_read_and_skipped() {
    let nulls = record(r#"{"name": "a", "type": {"type": "array", "items": "null"}}"#);
    let of = |count: u64| {
        let mut bytes = Vec::new();
        let mut left = count << 1;
        while left > 127 {
            bytes.push(u8::try_from(left & 127).expect("7 bits") | 128);
            left >>= 7;
        }
        bytes.extend([u8::try_from(left).expect("7 bits"), 0]);
        bytes
    };
    let (layout, arena) = (layout(&nulls), Arena::new());
    assert!(value::from_slice(&layout, &of(1_000_000), &arena).is_ok());
    let error = value::from_slice(&layout, &of(2_000_000), &arena).expect_err("too many");
    assert!(matches!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Items, .. }), "{error}");
    let plan = Plan::resolve(layout.clone(), layout_without()).expect("a plan");
    let error = value::resolve_slice(&plan, &of(1 << 60), &arena).expect_err("too many");
    assert!(matches!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Items, .. }), "{error}");
}

#[test]
fn memory_is_bounded_by_what_the_caller_allows() {
    let strings = r#"{"type": "array", "items": "string"}"#;
    let layout = layout(strings);
    // 100,000 empty strings, in one block and in many.
    let one = [&[0xc0, 0x9a, 0x0c][..], &vec![0; 100_000], &[0]].concat();
    let many = [&[2, 0].repeat(100_000)[..], &[0]].concat();
    for bytes in [one, many] {
        for allowed in [1_000_usize, 100_000, 1_000_000, 4_000_000] {
            let limits = Limits::strict().with_allocated_bytes_max(allowed as u64);
            let arena = Arena::new();
            let error = value::from_slice_with(&layout, &bytes, &arena, &limits).expect_err("2.4 MB of values twice");
            assert!(
                matches!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, .. }),
                "{error}"
            );
            assert!(arena.allocated_bytes() <= allowed);
        }
        let arena = Arena::new();
        assert!(value::from_slice(&layout, &bytes, &arena).is_ok());
        // What was allowed while it was decoded does not hold for what comes later.
        assert!(matches!(arena.bytes(&[0; 100]), Value::Bytes(_)));
    }
}

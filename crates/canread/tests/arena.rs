//! What a caller allows an arena to hold, every decoder keeps to, and nobody forgets.

use std::panic::{AssertUnwindSafe, catch_unwind};

use canread::value::{Arena, Layout, Value};
use canread::{DecodeErrorKind, Format, Limit, Limits, avro, protobuf, schema};

const ALLOWED: usize = 10_000;

fn protobuf_layout() -> Layout {
    let text = r#"syntax = "proto3"; message L { repeated M many = 1; } message M { int32 n = 1; }"#;
    let schema = schema::read(Format::Protobuf, &[("m.proto", text)]).expect("a schema");
    Layout::of(&schema, schema.find("L").expect("a message")).expect("a layout")
}

fn avro_layout() -> Layout {
    let text = r#"{"type": "record", "name": "L", "fields": [{"name": "many", "type": {"type": "array", "items":
        {"type": "record", "name": "M", "fields": [{"name": "n", "type": "int"}]}}}]}"#;
    Layout::of_root(&schema::read(Format::Avro, &[("m.avsc", text)]).expect("a schema")).expect("a layout")
}

fn arena() -> Arena {
    let arena = Arena::new();
    arena.allow(Some(ALLOWED));
    arena
}

/// It holds no more, and neither does the caller put in more than that.
fn assert_still_bounded(arena: &Arena) {
    let more = || {
        let _ = arena.list(&vec![Value::Null; 100_000]);
    };
    assert!(catch_unwind(AssertUnwindSafe(more)).is_err(), "2.4 MB are more than {ALLOWED} bytes");
    assert!(arena.allocated_bytes() <= ALLOWED, "{}", arena.allocated_bytes());
}

#[test]
fn bytes_are_read_into_no_more_than_the_caller_allows() {
    let full = DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, allowed: ALLOWED as u64 };
    let (layout, many, few) = (protobuf_layout(), [10, 0].repeat(20_000), [10, 0].repeat(20));
    let arena_of_all = arena();
    let error = protobuf::value::from_slice(&layout, &many, &arena_of_all).expect_err("too much");
    assert_eq!(error.kind(), full);
    assert!(error.to_string().starts_with("more than 10000 bytes of memory at byte"), "{error}");
    assert_still_bounded(&arena_of_all);
    let arena_of_few = arena();
    assert!(protobuf::value::from_slice(&layout, &few, &arena_of_few).is_ok());
    assert_still_bounded(&arena_of_few);
    // The smaller of both holds.
    let limits = Limits::strict().with_allocated_bytes_max(1_000);
    let error = protobuf::value::from_slice_with(&layout, &many, &arena(), &limits).expect_err("too much");
    assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, allowed: 1_000 });

    let layout = avro_layout();
    let many = [&[0x80, 0xe2, 0x09][..], &[2].repeat(80_000), &[0]].concat();
    let arena = arena();
    let error = avro::value::from_slice(&layout, &many, &arena).expect_err("too much");
    assert_eq!(error.kind(), full);
    assert_still_bounded(&arena);
}

#[test]
fn texts_are_read_into_no_more_than_the_caller_allows() {
    let items = vec![r#"{"n":1}"#; 20_000].join(",");
    let json = format!(r#"{{"many":[{items}]}}"#);
    let words = "more than 10000 bytes of memory";

    let (of_protobuf, of_avro) = (protobuf_layout(), avro_layout());
    let arenas = [arena(), arena(), arena()];
    let errors = [
        protobuf::json::from_str(&of_protobuf, &json, &arenas[0]).expect_err("too much").to_string(),
        avro::json::from_str(&of_avro, &json, &arenas[1]).expect_err("too much").to_string(),
        protobuf::text::from_str(&of_protobuf, &"many { n: 1 } ".repeat(20_000), &arenas[2])
            .expect_err("too much")
            .to_string(),
    ];
    for (error, arena) in errors.iter().zip(&arenas) {
        assert!(error.contains(words), "{error}");
        assert_still_bounded(arena);
    }
}

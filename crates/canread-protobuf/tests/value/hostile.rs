//! Input that nobody sane wrote.

use std::thread;

use canread_plan::Arena;
use canread_protobuf::codec::value;
use canread_testing::small_stack_bytes;
use canread_wire::{DecodeErrorKind, Limit, Limits};

use crate::support::{layout, proto2, proto3};

const EVERYTHING: &str = "message M { optional int64 id = 1; optional string name = 2; repeated string tags = 3; repeated int32 counts = 4 [packed = true];
    map<string, double> by = 5; optional E kind = 6; optional M next = 7; optional group G = 8 { optional fixed32 a = 1; } oneof o { M one = 9; bytes raw = 10; } }
    enum E { A = 0; B = 1; }";

fn sample() -> Vec<u8> {
    let leaf = [
        &[0x08, 2, 0x12, 1, b'n', 0x1a, 1, b'a', 0x1a, 0, 0x22, 3, 1, 0x80, 1, 0x2a, 12, 0x0a, 1, b'k', 0x11][..],
        &[0; 8],
        &[0x30, 1, 0x43, 0x0d, 1, 0, 0, 0, 0x44],
    ]
    .concat();
    let nested = |number: u8| [&[number << 3 | 2, u8::try_from(leaf.len()).expect("short")][..], &leaf].concat();
    [&leaf[..], &nested(7), &nested(9), &[0xf8, 0x07, 1]].concat()
}

#[test]
fn every_truncation_is_refused_or_ends_between_fields() {
    let (layout, mut arena, bytes) = (layout(&proto2(EVERYTHING)), Arena::new(), sample());
    assert!(value::from_slice(&layout, &bytes, &arena).is_ok());
    let mut whole = 0;
    for length in 0..bytes.len() {
        match value::from_slice(&layout, &bytes[..length], &arena) {
            Ok(_) => whole += 1,
            Err(error) => assert_eq!(error.kind(), DecodeErrorKind::Truncated, "{length}: {error}"),
        }
        arena.reset();
    }
    assert_eq!(whole, 11, "the places between fields");
}

#[test]
fn flipped_bits_are_messages_or_errors() {
    let (layout, mut arena, bytes) = (layout(&proto2(EVERYTHING)), Arena::new(), sample());
    let (mut values, mut errors) = (0, 0);
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        match value::from_slice(&layout, &flipped, &arena) {
            Ok(value) => {
                values += 1;
                let again = value::to_vec(&layout, &value).expect("a value of the layout");
                let read = value::from_slice(&layout, &again, &arena).expect("what was written");
                assert_eq!(value::to_vec(&layout, &read).expect("the same"), again, "{bit}");
            }
            Err(_) => errors += 1,
        }
        arena.reset();
    }
    assert!(values > 100 && errors > 100, "{values} {errors}");
}

#[test]
fn depth_is_bounded_on_a_small_stack() {
    let run = || {
        let messages = layout(&proto3("message M { M m = 1; map<int32, M> e = 2; repeated M r = 3; }"));
        let groups = layout(&proto2("message M { optional group G = 1 { optional M m = 1; } }"));
        let mut nested = Vec::new();
        for level in 0..20_000_u32 {
            let mut outer = vec![if level % 2 == 0 { 0x0a } else { 0x1a }];
            let mut size = nested.len();
            while size > 127 {
                outer.push(u8::try_from(size & 127).expect("7 bits") | 128);
                size >>= 7;
            }
            outer.push(u8::try_from(size).expect("7 bits"));
            if nested.len() > 10_000 {
                break;
            }
            outer.extend_from_slice(&nested);
            nested = outer;
        }
        let starts = vec![0x0b; 100_000];
        let unknown = [0x93, 0x01].repeat(50_000);
        for (layout, bytes) in [(&messages, &nested), (&groups, &starts), (&messages, &unknown)] {
            let arena = Arena::new();
            let error = value::from_slice(layout, bytes, &arena).expect_err("too deep");
            assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 });
        }
    };
    thread::Builder::new().stack_size(small_stack_bytes()).spawn(run).expect("a thread").join().expect("no panic");
}

/// Each level has two pieces: a decoder that starts anew at each would need 2^50 steps.
#[test]
fn pieces_inside_pieces_are_decoded_once_more_and_no_oftener() {
    let layout = layout(&proto3("message M { M m = 1; int32 a = 2; }"));
    let mut nested = vec![0x10, 1];
    for _ in 0..50 {
        let mut outer = vec![0x0a];
        let mut size = nested.len();
        while size > 127 {
            outer.push(u8::try_from(size & 127).expect("7 bits") | 128);
            size >>= 7;
        }
        outer.push(u8::try_from(size).expect("7 bits"));
        outer.extend_from_slice(&nested);
        outer.extend([0x0a, 2, 0x10, 7]);
        nested = outer;
    }
    let arena = Arena::new();
    let value = value::from_slice(&layout, &nested, &arena).expect("a message");
    assert!(layout.show(&value).to_string().contains("\"a\": 7"));
}

#[test]
fn memory_is_bounded_by_what_the_caller_allows() {
    let schema = proto3(
        "message M { repeated string s = 1; repeated int32 i = 2; repeated M m = 3; map<int32, int32> e = 4; M one = 5; }",
    );
    let layout = layout(&schema);
    let strings = [0x0a, 0].repeat(100_000);
    let apart = [0x0a, 0, 0x10, 1].repeat(50_000);
    let messages = [0x1a, 0].repeat(100_000);
    let torn = [0x2a, 0].repeat(100_000);
    let unknown = [0xa0, 0x06, 1, 0x08, 1].repeat(40_000);
    for bytes in [strings, apart, messages, torn, unknown] {
        for allowed in [1_000_usize, 100_000, 1_000_000] {
            let limits = Limits::strict().with_allocated_bytes_max(allowed as u64);
            let arena = Arena::new();
            let error = value::from_slice_with(&layout, &bytes, &arena, &limits).expect_err("more than that");
            assert!(
                matches!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, .. }),
                "{error}"
            );
            assert!(arena.allocated_bytes() <= allowed, "{}", arena.allocated_bytes());
        }
        let arena = Arena::new();
        assert!(value::from_slice(&layout, &bytes, &arena).is_ok());
    }
}

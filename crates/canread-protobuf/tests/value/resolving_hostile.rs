//! Input that nobody sane wrote, read by a plan.

use std::thread;

use canread_plan::{Arena, Plan};
use canread_protobuf::codec::value;
use canread_testing::small_stack_bytes;
use canread_wire::{DecodeErrorKind, Limit, Limits};

use crate::support::{layout, proto2};

/// A plan in which each message and each number becomes another.
fn plan() -> Plan {
    let of = |number: &str, sort: &str| {
        proto2(&format!(
            "message M {{ optional M m = 1; map<int32, M> e = 2; repeated M r = 3; repeated {number} i = 4; map<{number}, {number}> n = 5;
             optional {number} a = 6; {sort} g = 7; repeated E c = 8; repeated F f = 9; optional string s = 10; }}
             message G {{ optional M m = 1; }} enum E {{ A = 0; }} enum F {{ B = 0; }}"
        ))
    };
    let writer = of("sint32", "optional group G2 = 70 { optional M m = 1; } optional G")
        .replace("repeated E c", "repeated sint32 c");
    let reader = of("int64", "optional bytes b = 70; optional G");
    Plan::resolve(layout(&writer), layout(&reader)).expect("a plan")
}

/// Messages inside of each other, by one key after the other.
fn nested(levels: usize, keys: &[u8], inner: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut nested = inner.to_vec();
    for level in 0..levels {
        let mut outer = vec![keys[level % keys.len()]];
        let mut size = nested.len();
        while size > 127 {
            outer.push(u8::try_from(size & 127).expect("7 bits") | 128);
            size >>= 7;
        }
        outer.push(u8::try_from(size).expect("7 bits"));
        outer.extend_from_slice(&nested);
        outer.extend_from_slice(behind);
        nested = outer;
    }
    nested
}

#[test]
fn depth_is_bounded_on_a_small_stack() {
    let run = || {
        let plan = plan();
        let groups = [0xb3, 0x04].repeat(50_000);
        let messages = [&[0x0a, 0x1a][..], &[0x0a, 0x3a], &[0x12]].map(|keys| nested(3_000, keys, &[], &[]));
        for bytes in messages.iter().chain([&groups]) {
            let arena = Arena::new();
            let error = value::resolve_slice(&plan, bytes, &arena).map(|_| ()).expect_err("too deep");
            assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 });
        }
        let arena = Arena::new();
        assert!(value::resolve_slice(&plan, &nested(99, &[0x0a, 0x1a], &[0x30, 3], &[]), &arena).is_ok());
    };
    thread::Builder::new().stack_size(small_stack_bytes()).spawn(run).expect("a thread").join().expect("no panic");
}

/// Each level has two pieces: a decoder that starts anew at each would need 2^50 steps.
#[test]
fn pieces_inside_pieces_are_decoded_once_more_and_no_oftener() {
    let (plan, arena) = (plan(), Arena::new());
    let bytes = nested(50, &[0x0a], &[0x30, 1], &[0x0a, 2, 0x30, 7]);
    let value = value::resolve_slice(&plan, &bytes, &arena).expect("a message");
    assert!(plan.reader().show(&value).to_string().contains("\"a\": -4"));
}

#[test]
fn numbers_in_a_run_take_memory_in_proportion() {
    let plan = plan();
    let mut run = vec![0x22, 0xa0, 0x8d, 0x06];
    run.extend([3].repeat(100_000));
    let arena = Arena::new();
    let value = value::resolve_slice(&plan, &run, &arena).expect("a message");
    assert!(plan.reader().show(&value).to_string().starts_with("{\"i\": [-2, -2"));
    assert!(arena.allocated_bytes() <= 16 * run.len() + 64 * 1024, "{}", arena.allocated_bytes());
}

#[test]
fn memory_is_bounded_by_what_the_caller_allows() {
    let plan = plan();
    let inputs: [&[u8]; 7] =
        [&[0x20, 1], &[0x22, 1, 3], &[0x1a, 0], &[0x2a, 2, 0x10, 1], &[0x0a, 0], &[0x40, 2], &[0x20, 1, 0x58, 1]];
    for input in inputs {
        let bytes = input.repeat(100_000);
        for allowed in [1_000_usize, 100_000] {
            let limits = Limits::strict().with_allocated_bytes_max(allowed as u64);
            let arena = Arena::new();
            let error =
                value::resolve_slice_with(&plan, &bytes, &arena, &limits).map(|_| ()).expect_err("more than that");
            let expected = DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, allowed: allowed as u64 };
            assert_eq!(error.kind(), expected, "{input:?}: {error}");
            assert!(arena.allocated_bytes() <= allowed, "{}", arena.allocated_bytes());
        }
    }
}

#[test]
fn every_truncation_and_flipped_bit_is_a_message_or_an_error() {
    let (plan, mut arena) = (plan(), Arena::new());
    let leaf = b"\x20\x03\x22\x02\x01\x02\x2a\x04\x08\x01\x10\x03\x30\x05\x40\x00\x40\x04\x42\x02\x00\x06\x48\x00\xb3\x04\x0a\x00\xb4\x04\x52\x01x";
    let bytes = nested(3, &[0x0a, 0x1a, 0x3a], leaf, leaf);
    assert!(value::resolve_slice(&plan, &bytes, &arena).is_ok());
    let mut tried = [0, 0];
    let mut read = |bytes: &[u8]| {
        arena.reset();
        match value::resolve_slice(&plan, bytes, &arena) {
            Ok(value) => {
                tried[0] += 1;
                let again = value::to_vec(plan.reader(), &value).expect("a value of the reader");
                let read = value::from_slice(plan.reader(), &again, &arena).expect("what was written");
                assert_eq!(value::to_vec(plan.reader(), &read).expect("the same"), again);
            }
            Err(_) => tried[1] += 1,
        }
    };
    for length in 0..bytes.len() {
        read(&bytes[..length]);
    }
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        read(&flipped);
    }
    assert!(tried[0] > 100 && tried[1] > 100, "{tried:?}");
}

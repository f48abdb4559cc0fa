//! Bytes that nobody wrote: no panic, no overflow of a small stack, and nothing that a limit forbids.

use canread_avro::codec::{encoded_len, from_slice, from_slice_with, to_vec};
use canread_derive::CoreRecord as Record;
use canread_testing::{long, small_stack_bytes};
use canread_wire::{DecodeErrorKind, Limit, Limits, Malformed};

use crate::everything::{Everything, Tree, full};

/// Runs where a deep recursion would be noticed.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(small_stack_bytes()).spawn(work).expect("a thread starts");
    thread.join().expect("no panic");
}

/// Reads; what is read can be written and read again.
fn read(bytes: &[u8]) -> bool {
    let Ok(value) = from_slice::<Everything>(bytes) else { return false };
    // What was read may hold a NaN, which is not equal to itself: bytes are compared.
    let again = to_vec(&value).expect("as deep as what was read");
    assert_eq!(encoded_len(&value), Ok(again.len()));
    let twice: Everything = from_slice(&again).expect("our own bytes");
    assert_eq!(to_vec(&twice).expect("as deep"), again);
    true
}

#[test]
fn a_record_ends_where_it_ends() {
    on_a_small_stack(|| {
        let bytes = to_vec(&full()).expect("not deep");
        for end in 0..bytes.len() {
            let error = from_slice::<Everything>(&bytes[..end]).expect_err("cut short");
            assert_eq!(error.kind(), DecodeErrorKind::Truncated, "cut at {end}");
            assert!(error.offset() <= end as u64 && !error.path().is_empty(), "cut at {end}: {error}");
        }
    });
}

#[test]
fn any_bit_may_be_flipped() {
    on_a_small_stack(|| {
        let bytes = to_vec(&full()).expect("not deep");
        let mut read_well = 0;
        for at in 0..bytes.len() * 8 {
            let mut broken = bytes.clone();
            broken[at / 8] ^= 1 << (at % 8);
            read_well += usize::from(read(&broken));
        }
        assert!(read_well > 0, "a changed number is still a number");
    });
}

#[test]
fn garbage_is_read_or_refused() {
    on_a_small_stack(|| {
        let bytes = to_vec(&full()).expect("not deep");
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            usize::try_from(random % below as u64).expect("below a size")
        };
        for _ in 0..if long() { 1_000_000 } else { 20_000 } {
            let mut broken = bytes.clone();
            for _ in 0..=next(4) {
                let at = next(broken.len());
                match next(3) {
                    0 => broken[at] = u8::try_from(next(256)).expect("a byte"),
                    1 => drop(broken.remove(at)),
                    _ => broken.insert(at, u8::try_from(next(256)).expect("a byte")),
                }
            }
            read(&broken);
        }
    });
}

#[test]
fn nesting_ends_at_the_limit_in_records_and_in_unions() {
    #[derive(Record, Debug)]
    enum Endless {
        #[field(1)]
        End(bool),
        #[field(2)]
        More(Box<Holder>),
    }
    #[derive(Record, Debug)]
    struct Holder {
        #[field(1)]
        endless: Endless,
    }
    on_a_small_stack(|| {
        let too_deep = DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 };
        let trees = [0, 0, 2].repeat(2_000);
        assert_eq!(from_slice::<Tree>(&trees).expect_err("too deep").kind(), too_deep);
        let children = [0, 2].repeat(2_000);
        assert_eq!(from_slice::<Tree>(&children).expect_err("too deep").kind(), too_deep);
        let unions = [2].repeat(2_000);
        assert_eq!(from_slice::<Holder>(&unions).expect_err("too deep").kind(), too_deep);
    });
}

#[test]
fn a_length_that_no_input_could_have_allocates_nothing() {
    let text = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    assert_eq!(from_slice::<Tree>(&text).expect_err("no such length").kind(), DecodeErrorKind::Truncated);
}

/// Each list says that all that is left are its items, and its first item holds such a list.
#[test]
fn lists_in_lists_do_not_ask_for_the_same_bytes_each() {
    #[derive(Record, Debug, PartialEq)]
    struct Node {
        #[field(1)]
        children: Vec<Node>,
    }
    let bytes = [&[0xa0, 0x1f].repeat(95)[..], &[0xff; 4_000]].concat();
    let limits = Limits::strict().with_allocated_bytes_max(16 * bytes.len() as u64 + 64 * 1024);
    let error = from_slice_with::<Node>(&bytes, &limits).expect_err("no count has so many bytes");
    assert_eq!(error.kind(), DecodeErrorKind::Malformed(Malformed::Varint));
}

//! Bytes that nobody wrote: no panic, no overflow of a small stack, and nothing that a limit forbids.

use canread_derive::CoreRecord as Record;
use canread_protobuf::codec::{encoded_len, from_slice, from_slice_with, to_vec};
use canread_testing::{long, small_stack_bytes};
use canread_wire::{DecodeErrorKind, Limit, Limits};

use crate::everything::{Borrowed, Everything, Tree, full};

/// Runs where a deep recursion would be noticed.
fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(small_stack_bytes()).spawn(work).expect("a thread starts");
    thread.join().expect("no panic");
}

/// Reads both ways; what is read can be written and read again.
fn read(bytes: &[u8]) -> bool {
    let owned = from_slice::<Everything>(bytes);
    _ = from_slice::<Borrowed<'_>>(bytes);
    let Ok(value) = owned else { return false };
    // What was read may hold a NaN, which is not equal to itself: bytes are compared.
    let again = to_vec(&value).expect("as deep as what was read");
    assert_eq!(encoded_len(&value), Ok(again.len()));
    let twice: Everything = from_slice(&again).expect("our own bytes");
    // One map has no order of its own, so that only the size is the same for certain.
    assert_eq!(to_vec(&twice).expect("as deep").len(), again.len());
    true
}

#[test]
fn a_message_may_end_anywhere() {
    on_a_small_stack(|| {
        let bytes = to_vec(&full()).expect("not deep");
        for end in 0..bytes.len() {
            let result = from_slice::<Everything>(&bytes[..end]);
            if let Err(error) = result {
                assert_eq!(error.kind(), DecodeErrorKind::Truncated, "cut at {end}");
                assert!(error.offset() <= end as u64);
            }
            read(&bytes[..end]);
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
            for _ in 0..=next(6) {
                let at = next(broken.len());
                match next(4) {
                    0 => broken[at] = u8::try_from(next(256)).expect("a byte"),
                    1 => drop(broken.remove(at)),
                    2 => broken.insert(at, u8::try_from(next(256)).expect("a byte")),
                    _ => {
                        let from = next(broken.len());
                        let piece: Vec<u8> = broken[from..].iter().take(next(20)).copied().collect();
                        broken.splice(at..at, piece);
                    }
                }
            }
            read(&broken);
        }
    });
}

#[test]
fn nesting_ends_at_the_limit_in_records_and_in_groups_that_are_unknown() {
    on_a_small_stack(|| {
        let mut records = Vec::new();
        for _ in 0..2_000 {
            let mut outer = vec![26];
            let mut size = records.len();
            while size >= 128 {
                outer.push(u8::try_from(size % 128 + 128).expect("a byte"));
                size /= 128;
            }
            outer.push(u8::try_from(size).expect("a byte"));
            outer.append(&mut records);
            records = outer;
        }
        let groups = vec![0x23; 100_000];
        for bytes in [records, groups] {
            let error = from_slice::<Tree>(&bytes).expect_err("too deep");
            let too_deep = DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 };
            assert_eq!(error.kind(), too_deep);
        }
    });
}

#[test]
fn a_length_that_no_input_could_have_allocates_nothing() {
    for field in [[0x72], [0x7a]] {
        let bytes = [&field[..], &[255, 255, 255, 255, 255, 255, 255, 255, 255, 1]].concat();
        assert_eq!(from_slice::<Everything>(&bytes).expect_err("no such length").kind(), DecodeErrorKind::Truncated);
    }
}

#[test]
fn a_box_is_paid_for_before_it_is_made_and_once() {
    #[derive(Record, Debug, PartialEq)]
    struct Wide {
        #[field(1)]
        bytes: [u8; 1_000],
    }
    #[derive(Record, Debug, PartialEq)]
    struct Holder {
        #[field(1)]
        always: Box<Wide>,
        #[field(2)]
        perhaps: Option<Box<Wide>>,
    }
    let read = |bytes: &[u8], allowed: u64| {
        let limits = Limits::strict().with_allocated_bytes_max(allowed);
        from_slice_with::<Holder>(bytes, &limits).map(|_| ()).map_err(|error| error.kind())
    };
    let refused = |allowed| Err(DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, allowed });
    assert_eq!((read(&[], 999), read(&[], 1_000)), (refused(999), Ok(())));
    assert_eq!(read(&[0x0a, 0, 0x0a, 0], 1_000), Ok(()), "what is there is read into");
    assert_eq!((read(&[0x12, 0], 1_999), read(&[0x12, 0, 0x12, 0], 2_000)), (refused(1_999), Ok(())));
}

//! Blocks on several threads.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};

use canread_avro::container::{ContainerError, ContainerErrorKind, Reader};
use canread_plan::Arena;
use canread_wire::Limit;

use crate::support::{Row, by_hand, codecs, file, row, starts};

fn threads(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("one at least")
}

#[test]
fn records_stay_in_their_order() {
    for codec in codecs() {
        let whole = file(codec, 1_000);
        for count in [1, 2, 5] {
            let mut read = Vec::new();
            let mut reader = Reader::new(&whole[..]).expect("a header");
            let done = reader.records_in_parallel(threads(count), |row: Row| {
                read.push(row);
                Ok::<(), ContainerError>(())
            });
            done.expect("whole");
            assert_eq!(read, (0..1_000).map(row).collect::<Vec<_>>(), "{codec:?}");
        }
    }
}

#[test]
fn blocks_in_flight_are_bounded() {
    let whole = file(canread_avro::container::Codec::Deflate, 3_000);
    let (begun, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut ended = 0;
    let mut total = 0;
    let mut reader = Reader::new(&whole[..]).expect("a header");
    let layout = reader.header().layout().clone();
    let work = |block: &canread_avro::container::Block| -> Result<usize, ContainerError> {
        begun.fetch_add(1, Ordering::SeqCst);
        let mut arena = Arena::new();
        let mut values = block.values(&layout);
        let mut count = 0;
        while values.next_in(&arena)?.is_some() {
            count += 1;
            arena.reset();
        }
        Ok(count)
    };
    let each = |count: usize| {
        most.fetch_max(begun.load(Ordering::SeqCst) - ended, Ordering::SeqCst);
        ended += 1;
        total += count;
        Ok(())
    };
    reader.in_parallel(threads(3), work, each).expect("whole");
    assert_eq!(total, 3_000);
    assert!(most.load(Ordering::SeqCst) <= 6, "{most:?} blocks");
}

#[test]
fn an_error_comes_behind_the_records_in_front_of_it() {
    let mut broken = file(canread_avro::container::Codec::Deflate, 1_000);
    let starts = starts(&broken);
    broken[starts[50] - 1] ^= 1;
    let mut read = 0;
    let mut reader = Reader::new(&broken[..]).expect("a header");
    let done = reader.records_in_parallel(threads(2), |_: Row| {
        read += 1;
        Ok::<(), ContainerError>(())
    });
    assert!(matches!(done.expect_err("damage").kind(), ContainerErrorKind::Marker));
    let before = Reader::new(&broken[..]).expect("a header").records::<Row>().expect("it fits");
    assert_eq!(read, before.take_while(Result::is_ok).count());
    assert!(!reader.read_block(&mut canread_avro::container::Block::new()).expect("nothing comes behind an error"));
}

/// Records that take no bytes are large when they are read.
#[test]
fn empty_records_take_no_more_memory_than_is_allowed() {
    #[derive(canread_derive::CoreRecord)]
    #[record(name = "test.Row")]
    struct Large {
        #[field(1, default = ZEROS)]
        _bytes: [u8; 1_000],
    }
    const ZEROS: [u8; 1_000] = [0; 1_000];
    let schema = r#"{"type": "record", "name": "test.Row", "fields": []}"#;
    let file = by_hand(schema, "null", &[(1_000_000, b"")]);
    let mut reader = Reader::new(&file[..]).expect("a header");
    let done = reader.records_in_parallel(threads(2), |_: Large| Ok::<(), ContainerError>(()));
    let error = done.expect_err("a gigabyte");
    assert!(matches!(error.kind(), ContainerErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, .. }), "{error}");
    assert_eq!(reader.resync().expect("memory"), None);
}

#[test]
fn a_caller_may_stop() {
    #[derive(Debug)]
    enum Stop {
        Enough,
        File,
    }
    impl From<ContainerError> for Stop {
        fn from(_: ContainerError) -> Self {
            Self::File
        }
    }
    let whole = file(canread_avro::container::Codec::Null, 1_000);
    let mut read = 0;
    let mut reader = Reader::new(&whole[..]).expect("a header");
    let done = reader.records_in_parallel(threads(2), |_: Row| {
        read += 1;
        if read == 20 { Err(Stop::Enough) } else { Ok(()) }
    });
    assert!(matches!(done, Err(Stop::Enough)));
    assert_eq!(read, 20);
}

/// What `work` says of a block: `Err` for an error, and a panic for none.
fn panics_at(wrong: usize, is_error: bool, each: impl FnMut(u64) -> Result<(), ContainerError>) -> String {
    let whole = file(canread_avro::container::Codec::Null, 1_000);
    let starts = starts(&whole);
    let mut reader = Reader::new(&whole[..]).expect("a header");
    let work = |block: &canread_avro::container::Block| -> Result<u64, ContainerError> {
        let at = starts.iter().position(|start| *start as u64 == block.offset()).expect("a block");
        assert!(at < wrong || is_error && at == wrong, "mine, {at}");
        if at == wrong { Err(Reader::new(&b"no file"[..]).expect_err("no file")) } else { Ok(block.count()) }
    };
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| reader.in_parallel(threads(2), work, each)));
    assert!(!reader.read_block(&mut canread_avro::container::Block::new()).expect("nothing comes behind it"));
    match done {
        Ok(done) => done.expect_err("one or the other").to_string(),
        Err(payload) => payload.downcast_ref::<String>().expect("a message").clone(),
    }
}

#[test]
fn a_panic_of_the_work_comes_to_the_caller_as_it_is_behind_what_is_in_front_of_it() {
    for wrong in [0, 1, 50] {
        let mut count = 0;
        let said = panics_at(wrong, false, |_| {
            count += 1;
            Ok(())
        });
        assert_eq!((said, count), (format!("mine, {wrong}"), wrong));
    }
    // Blocks behind an error are in work already.
    let said = panics_at(50, true, |_| Ok(()));
    assert!(said.starts_with("not an Avro object container file"), "{said}");
}

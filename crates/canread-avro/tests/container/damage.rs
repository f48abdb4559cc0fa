//! Damaged files: never read as if they were whole, and gone on with on request.

use std::io::ErrorKind;

use canread_avro::container::{Block, ContainerErrorKind, Lost, Reader, Records};

use crate::support::{Hesitates, Random, Row, codecs, file, row, rows, starts};

/// Reads all that can be read: rows, and what was lost.
fn with_resync(file: &[u8]) -> (Vec<Row>, Vec<Lost>) {
    let mut records: Records<_, Row> = Reader::new(file).expect("a header").records().expect("it fits");
    let (mut read, mut lost) = (Vec::new(), Vec::new());
    loop {
        match records.next() {
            Some(Ok(row)) => read.push(row),
            Some(Err(_)) => lost.push(records.resync().expect("memory has no errors").expect("there was an error")),
            None => {
                assert_eq!(records.resync().expect("memory has no errors"), None);
                return (read, lost);
            }
        }
    }
}

#[test]
fn a_file_that_is_cut_is_an_error_unless_between_blocks() {
    for codec in codecs() {
        let whole = file(codec, 20);
        let starts = starts(&whole);
        for end in 0..=whole.len() {
            let read = rows(&whole[..end]);
            assert_eq!(read.is_ok(), starts.contains(&end), "{codec:?} cut at {end} of {}", whole.len());
            if let Err(error) = read {
                assert!(matches!(error.kind(), ContainerErrorKind::Truncated), "{codec:?} cut at {end}: {error}");
                assert!(error.offset() <= end as u64);
            }
        }
    }
}

#[test]
fn a_source_that_hesitates_loses_nothing() {
    for codec in codecs() {
        let whole = file(codec, 50);
        let header = starts(&whole)[0];
        for kind in [ErrorKind::WouldBlock, ErrorKind::TimedOut] {
            let reader = Reader::new(Hesitates::new(&whole, header, kind)).expect("the header comes at once");
            let (mut read, mut waited) = (Vec::new(), 0);
            for record in reader.records::<Row>().expect("it fits") {
                match record {
                    Ok(row) => read.push(row),
                    Err(error) => {
                        assert!(error.may_pass(), "{error}");
                        waited += 1;
                    }
                }
            }
            assert_eq!(read, (0..50).map(row).collect::<Vec<_>>());
            assert!(waited > 10);
        }
        let mut reader = Reader::new(Hesitates::new(&whole, header, ErrorKind::ConnectionReset)).expect("a header");
        while reader.read_block(&mut Block::new()).expect_err("it fails in the end").may_pass() {}
        assert!(!reader.read_block(&mut Block::new()).expect("it was said"));
    }
}

#[test]
fn a_damaged_block_is_lost_alone_and_its_bytes_are_named() {
    for codec in codecs() {
        let whole = file(codec, 50);
        let starts = starts(&whole);
        assert!(starts.len() > 4);
        let all: Vec<Row> = (0..50).map(row).collect();
        // The marker behind the second block.
        let mut broken = whole.clone();
        broken[starts[2] - 1] ^= 1;
        let error = rows(&broken).expect_err("a marker that is none");
        assert!(matches!(error.kind(), ContainerErrorKind::Marker), "{codec:?}: {error}");
        assert_eq!(error.offset(), starts[2] as u64 - 16);
        let (read, lost) = with_resync(&broken);
        // The search begins at the block, so the next marker is that of the third.
        let [Lost { from, to, is_rest: false, records_read: 0, .. }] = lost[..] else { panic!("{codec:?}: {lost:?}") };
        assert_eq!((from, to), (starts[1] as u64, starts[3] as u64));
        let first = read.iter().zip(&all).take_while(|(one, other)| one == other).count();
        let rest = read.len() - first;
        assert_eq!(read[first..], all[50 - rest..], "{codec:?}");
        assert!(first > 0 && rest > 0 && first + rest < 50, "{codec:?}");
    }
}

#[test]
fn a_damaged_record_says_how_many_of_its_block_were_read() {
    let mut broken = file(canread_avro::container::Codec::Null, 30);
    let starts = starts(&broken);
    // The length of the second text of the second block, which follows a number.
    let at = (starts[1]..starts[2]).filter(|at| broken[*at..].starts_with(b"row")).nth(1).expect("two rows") - 1;
    broken[at] = 0xff;
    let error = rows(&broken).expect_err("a length that is none");
    let ContainerErrorKind::Record { index: 1, error: record, .. } = error.kind() else { panic!("{error}") };
    assert_eq!(record.path().to_string(), "text", "{error}");
    let (read, lost) = with_resync(&broken);
    let [Lost { from, to, is_rest: false, records_read: 1, .. }] = lost[..] else { panic!("{lost:?}") };
    assert_eq!((from, to), (starts[1] as u64, starts[2] as u64));
    assert!(read.len() > 20);
}

#[test]
fn a_file_that_ends_early_has_lost_its_rest() {
    let whole = file(canread_avro::container::Codec::Null, 20);
    let starts = starts(&whole);
    let cut = &whole[..whole.len() - 3];
    let (read, lost) = with_resync(cut);
    let [Lost { from, to, is_rest: true, .. }] = lost[..] else { panic!("{lost:?}") };
    assert_eq!((from, to), (starts[starts.len() - 2] as u64, cut.len() as u64));
    assert!(!read.is_empty());
}

#[test]
fn flipped_bits_lose_blocks_and_nothing_more() {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for codec in codecs() {
        let whole = file(codec, 60);
        let header = starts(&whole)[0];
        for _ in 0..300 {
            let mut broken = whole.clone();
            for _ in 0..=random.below(3) {
                let at = header + random.below(broken.len() - header);
                broken[at] ^= 1 << random.below(8);
            }
            let (_, lost) = with_resync(&broken);
            let mut behind = header as u64;
            for lost in lost {
                assert!(behind <= lost.from && lost.from < lost.to && lost.to <= broken.len() as u64, "{lost:?}");
                behind = lost.to;
            }
        }
        // The header too.
        for bit in 0..header * 8 {
            let mut broken = whole.clone();
            broken[bit / 8] ^= 1 << (bit % 8);
            let _ = rows(&broken);
        }
    }
}

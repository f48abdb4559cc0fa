//! Records one behind the other.

use std::io::{self, Read};

use canread_avro::codec::{Decoder, schema_of, to_vec};
use canread_avro::stream::{Reader, StreamError, ValueReader, write, write_value};
use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Layout};
use canread_wire::{DecodeErrorKind, Limit, Limits};

use crate::support::{Row, row};

/// Gives its bytes in pieces.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(self.1);
        self.0.read(&mut buffer[..most])
    }
}

fn bytes(count: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    (0..count).for_each(|id| write(&mut bytes, &row(id)).expect("memory"));
    bytes
}

#[test]
fn records_come_in_pieces_of_any_size() {
    let bytes = bytes(100);
    for size in [1, 2, 7, 100_000] {
        let read: Result<Vec<Row>, _> = Reader::new(Pieces(&bytes, size)).expect("a record").collect();
        assert_eq!(read.expect("whole"), (0..100).map(row).collect::<Vec<_>>());
    }
}

#[test]
fn values_are_read_and_written_too() {
    let layout = Layout::of_root(&schema_of::<Row>()).expect("a record");
    let bytes = bytes(100);
    let mut again = Vec::new();
    let mut values = ValueReader::new(Pieces(&bytes, 3), layout.clone());
    while let Some(value) = values.next_value().expect("whole") {
        write_value(&mut again, &layout, &value).expect("memory");
    }
    assert_eq!(again, bytes);
}

#[test]
fn a_stream_that_ends_inside_a_record_is_an_error() {
    let bytes = bytes(3);
    let ends: Vec<usize> = (0..=3)
        .scan(0, |end, id| {
            let here = *end;
            *end += to_vec(&row(id)).expect("short").len();
            Some(here)
        })
        .collect();
    for end in 0..=bytes.len() {
        let read: Result<Vec<Row>, _> = Reader::new(&bytes[..end]).expect("a record").collect();
        match read {
            Ok(rows) => assert_eq!(ends.get(rows.len()), Some(&end)),
            Err(StreamError::Decode { starts_at, error }) => {
                assert_eq!(error.kind(), DecodeErrorKind::Truncated, "cut at {end}");
                assert!(ends.iter().any(|end| *end as u64 == starts_at));
                assert!(!ends.contains(&end));
            }
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_record_is_no_longer_than_is_allowed() {
    let long = Row { id: 1, text: "x".repeat(1_000_000) };
    let bytes = to_vec(&long).expect("memory");
    let read = |most: u64| {
        let decoder = Decoder::<Row>::new(&schema_of::<Row>()).expect("a record");
        Reader::with_decoder(Pieces(&bytes, 1_000), decoder, &Limits::strict().with_bytes_max(most)).next()
    };
    let size = bytes.len() as u64;
    assert!(matches!(read(size), Some(Ok(read)) if read == long));
    let Some(Err(StreamError::Decode { error, .. })) = read(size - 1) else { panic!("it is too long") };
    assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Bytes, allowed: size - 1 });
}

#[test]
fn records_that_take_no_bytes_are_no_stream() {
    #[derive(Record, Debug)]
    struct Empty {}
    let mut read = Reader::<_, Empty>::new(&b"x"[..]).expect("a record");
    assert!(matches!(read.next(), Some(Err(StreamError::Decode { .. }))));
    assert!(read.next().is_none());
    let mut bytes = Vec::new();
    let error = write(&mut bytes, &Empty {}).expect_err("it would not be there");
    assert!(matches!(error, StreamError::NoBytes), "{error}");
    let layout = Layout::of_root(&schema_of::<Empty>()).expect("a record");
    let arena = Arena::new();
    let value = canread_avro::codec::value::from_slice(&layout, b"", &arena).expect("a record without fields");
    assert!(matches!(write_value(&mut bytes, &layout, &value), Err(StreamError::NoBytes)));
    assert!(bytes.is_empty());
}

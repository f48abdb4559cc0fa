//! Records one behind the other.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read};

use canread_avro::codec::{Decoder, schema_of, to_vec};
use canread_avro::stream::{Reader, StreamError, ValueReader, write, write_value};
use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Layout};
use canread_wire::{DecodeErrorKind, Limit, Limits, Malformed};

use crate::support::{Hesitates, Row, row};

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

/// All that Avro has.
#[derive(Record, Debug, Clone, PartialEq, Default)]
struct Rich {
    #[field(1)]
    is: bool,
    #[field(2)]
    numbers: Vec<i32>,
    #[field(3)]
    inner: Option<Box<Rich>>,
    #[field(4)]
    by_name: BTreeMap<String, Vec<Rich>>,
    #[field(5)]
    by_number: BTreeMap<i64, f32>,
    #[field(6)]
    fixed: [u8; 4],
    #[field(7)]
    choice: Option<Choice>,
    #[field(8)]
    double: f64,
}

#[derive(Record, Debug, Clone, PartialEq)]
enum Choice {
    #[field(1)]
    Text(String),
    #[field(2)]
    Number(i64),
}

fn rich() -> Vec<Rich> {
    let small = Rich { numbers: vec![1, -300, 70_000], choice: Some(Choice::Text("x".repeat(300))), ..Rich::default() };
    let named = BTreeMap::from([("two".to_owned(), vec![small.clone(), Rich::default()]), (String::new(), vec![])]);
    let large = Rich {
        is: true,
        inner: Some(Box::new(small.clone())),
        by_name: named,
        by_number: (-5..5).map(|at| (at, 0.5)).collect(),
        choice: Some(Choice::Number(-1)),
        ..Rich::default()
    };
    vec![small, large, Rich::default()]
}

#[test]
fn a_record_is_given_when_its_last_byte_has_come() {
    // The source has no other: who asks for one byte more gets an error.
    let schema = schema_of::<Rich>();
    for record in rich() {
        let bytes = to_vec(&record).expect("not deep");
        for at_once in [0, 1, 20, bytes.len()] {
            let source = || Hesitates::new(&bytes, at_once, ErrorKind::WouldBlock);
            let mut records = Reader::<_, Rich>::new(source()).expect("the same");
            let mut layouts = ValueReader::new(source(), Layout::of_root(&schema).expect("a record"));
            let (mut asked, mut value_asked) = (0, 0);
            let read = loop {
                match records.next().expect("it goes on") {
                    Ok(read) => break read,
                    Err(error) => assert!(error.may_pass(), "{error}"),
                }
                asked += 1;
            };
            assert_eq!(read, record);
            loop {
                match layouts.next_value() {
                    Ok(Some(_)) => break,
                    Ok(None) => panic!("there is one"),
                    Err(error) => assert!(error.may_pass(), "{error}"),
                }
                value_asked += 1;
            }
            // One error in front of each three bytes, and none behind the last.
            let hesitated = bytes.len().saturating_sub(at_once).div_ceil(3).saturating_sub(usize::from(at_once == 0));
            assert_eq!((asked, value_asked), (hesitated, hesitated), "{at_once} of {} bytes at once", bytes.len());
        }
    }
}

#[test]
fn a_source_that_hesitates_loses_nothing_and_one_that_fails_ends() {
    let bytes = bytes(20);
    for kind in [ErrorKind::WouldBlock, ErrorKind::TimedOut] {
        let reader = Reader::<_, Row>::new(Hesitates::new(&bytes, 0, kind)).expect("a record");
        let read: Vec<Row> =
            reader.filter_map(|record| record.map_err(|error| assert!(error.may_pass())).ok()).collect();
        assert_eq!(read, (0..20).map(row).collect::<Vec<_>>());
    }
    let mut reader = Reader::<_, Row>::new(Hesitates::new(&bytes, 30, ErrorKind::ConnectionReset)).expect("a record");
    assert!(matches!(reader.next(), Some(Ok(_))));
    let error = reader.find_map(Result::err).expect("it fails in the end");
    assert!(matches!(error, StreamError::Io(_)) && !error.may_pass());
    assert!(reader.next().is_none());
}

#[test]
fn what_has_no_end_is_said_before_more_has_come() {
    let schema = schema_of::<Rich>();
    let read = |bytes: &[u8]| {
        let source = Hesitates::new(bytes, 1, ErrorKind::WouldBlock);
        let mut reader = Reader::<_, Rich>::new(source).expect("the same");
        let error = reader.find_map(|record| record.err().filter(|error| !error.may_pass())).expect("it is none");
        let StreamError::Decode { error, .. } = error else { panic!("{error}") };
        let mut reader = ValueReader::new(Pieces(bytes, 1), Layout::of_root(&schema).expect("a record"));
        let Err(StreamError::Decode { error: of_value, .. }) = reader.next_value() else { panic!("it is none") };
        assert_eq!(error.kind(), of_value.kind());
        (error.kind(), error.path().to_string())
    };
    // A third branch of two, and what comes behind is not waited for.
    let branch = [&[0, 0, 4][..], &[0; 100]].concat();
    assert_eq!(read(&branch), (DecodeErrorKind::Malformed(Malformed::Branch), "inner".to_owned()));
    // Deeper than is allowed, one in the other.
    let deep = [0, 0, 2].repeat(200);
    assert_eq!(read(&deep).0, DecodeErrorKind::LimitExceeded { limit: Limit::Depth, allowed: 100 });
    // More items than as many bytes as are allowed are worth.
    let many = [&[0][..], &[0xfe, 0xff, 0xff, 0xff, 0xff, 0x7f], &[0; 100]].concat();
    assert_eq!(read(&many).0, DecodeErrorKind::LimitExceeded { limit: Limit::Items, allowed: 1024 * 1024 });
}

#[test]
fn what_is_deep_but_allowed_is_read_in_single_bytes() {
    #[derive(Record, Debug, PartialEq)]
    struct Node {
        #[field(1)]
        inner: Vec<Node>,
    }
    let deep = (0..100).fold(Node { inner: vec![] }, |inner, _| Node { inner: vec![inner] });
    let bytes = to_vec(&deep).expect("a hundred are allowed");
    let read: Result<Vec<Node>, _> = Reader::new(Pieces(&bytes, 1)).expect("a record").collect();
    assert_eq!(read.expect("a hundred are allowed"), [deep]);
}

#[test]
fn a_block_that_does_not_take_the_bytes_that_it_says_is_an_error() {
    #[derive(Record, Debug)]
    struct Old {
        #[field(1)]
        gone: Vec<i64>,
        #[field(2)]
        id: i64,
    }
    #[derive(Record, Debug)]
    #[record(name = "Old")]
    struct New {
        #[field(2)]
        id: i64,
    }
    // A block of one item, which says that it takes 100 bytes; who passes over it by them reads on there.
    let bytes = [1, 0xc8, 1, 2, 0, 4];
    let first: Result<Vec<Old>, _> = Reader::new(Pieces(&bytes, 1)).expect("a record").collect();
    assert_eq!(first.expect("whole")[0].id, 2);
    let first: Result<Vec<New>, _> =
        Reader::resolving(Pieces(&bytes, 1), &schema_of::<Old>()).expect("it fits").collect();
    let Err(StreamError::Decode { error, .. }) = first else { panic!("it is none") };
    assert_eq!(error.kind(), DecodeErrorKind::Malformed(Malformed::Length));
}

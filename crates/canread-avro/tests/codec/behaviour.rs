//! What the format asks of a reader and a writer, one claim each.

use std::collections::BTreeMap;

use canread_avro::codec::{encode_into, encode_to_slice, encoded_len, from_slice, from_slice_with, merge_into, to_vec};
use canread_derive::CoreRecord as Record;
use canread_record::{Decode as _, Entries, Unknown};
use canread_wire::{Budget, DecodeErrorKind, EncodeErrorKind, Limit, Limits};

use crate::everything::{Everything, State, Tree, full};

#[derive(Record, Debug, PartialEq)]
struct Lists {
    #[field(1)]
    numbers: Vec<i32>,
    #[field(2)]
    entries: Entries<String, bool>,
}

#[test]
fn all_ways_to_write_write_the_same() {
    let value = full();
    let bytes = to_vec(&value).expect("not deep");
    assert_eq!(encoded_len(&value), Ok(bytes.len()));
    let mut buffer = b"kept".to_vec();
    encode_into(&value, &mut buffer).expect("not deep");
    assert_eq!(buffer, [b"kept".as_slice(), &bytes].concat());
    let mut slice = vec![0; bytes.len()];
    assert_eq!(encode_to_slice(&value, &mut slice), Ok(bytes.len()));
    assert_eq!(slice, bytes);
    let error = encode_to_slice(&value, &mut slice[1..]).expect_err("one byte is missing");
    assert_eq!(error.kind(), EncodeErrorKind::NoRoom { needed: bytes.len() });
}

#[test]
fn what_is_behind_a_record_in_a_slice_stays_as_it_was() {
    let value = full();
    let bytes = to_vec(&value).expect("not deep");
    for room in 0..bytes.len() + 40 {
        let mut slice = vec![0xaa; room];
        let written = encode_to_slice(&value, &mut slice).unwrap_or_default();
        assert_eq!(slice[..written], bytes[..written]);
        assert!(slice[written..].iter().all(|byte| *byte == 0xaa), "of {room} bytes");
    }
}

#[test]
fn blocks_may_be_many_and_may_say_their_size() {
    let one_block = [4, 2, 4, 0, 0];
    let blocks_with_size = [1, 2, 2, 2, 4, 0, 0];
    let expected = Lists { numbers: vec![1, 2], entries: Entries::default() };
    assert_eq!(from_slice::<Lists>(&one_block).expect("well formed"), expected);
    assert_eq!(from_slice::<Lists>(&blocks_with_size).expect("well formed"), expected);
    assert_eq!(to_vec(&expected).expect("not deep"), one_block);
}

#[test]
fn of_entries_with_the_same_key_the_last_one_stays() {
    let lists: Lists = from_slice(&[0, 6, 2, b'b', 0, 2, b'a', 0, 2, b'b', 1, 0]).expect("well formed");
    let entries: Vec<_> = lists.entries.iter().map(|(key, value)| (key.as_str(), *value)).collect();
    assert_eq!(entries, [("a", false), ("b", true)]);
}

#[test]
fn what_is_there_is_replaced() {
    let mut value = full();
    merge_into(&mut value, &to_vec(&full()).expect("not deep")).expect("our own bytes");
    assert_eq!(value, full());
    let mut lists = Lists { numbers: vec![7, 8, 9], entries: [("x".to_owned(), true)].into_iter().collect() };
    let memory = lists.numbers.as_ptr();
    merge_into(&mut lists, &[2, 10, 0, 0]).expect("well formed");
    assert_eq!((lists.numbers.as_ptr(), &lists.numbers[..], lists.entries.len()), (memory, [5].as_slice(), 0));
}

#[test]
fn what_a_record_kept_of_protobuf_is_gone_when_it_is_another() {
    #[derive(Record, Debug, PartialEq)]
    struct Kept {
        #[field(1)]
        number: i32,
        #[field(unknown)]
        unknown: Unknown,
    }
    let mut unknown = Unknown::default();
    let mut budget = Budget::new(&Limits::strict(), 2).expect("two bytes");
    unknown.keep_protobuf(&[0x78, 5], &mut budget).expect("two bytes");
    let mut value = Kept { number: 1, unknown };
    merge_into(&mut value, &[4]).expect("well formed");
    assert_eq!(value, Kept { number: 2, unknown: Unknown::default() });
}

#[test]
fn a_borrowed_record_points_into_the_input() {
    #[derive(Record)]
    struct Borrowed<'a> {
        #[field(1)]
        text: &'a str,
        #[field(2)]
        data: &'a [u8],
    }
    let bytes = [2, b'x', 4, 1, 2];
    let borrowed: Borrowed<'_> = from_slice(&bytes).expect("well formed");
    assert!(std::ptr::eq(borrowed.text.as_ptr(), &raw const bytes[1]));
    assert_eq!((borrowed.text, borrowed.data), ("x", [1, 2].as_slice()));
}

#[test]
fn what_the_format_has_no_place_for_is_not_written() {
    let failure = |value: &Everything| {
        let error = to_vec(value).expect_err("has no place");
        (error.kind(), error.path().to_string())
    };
    let mut value = full();
    value.wider = 1 << 63;
    assert_eq!(failure(&value), (EncodeErrorKind::OutOfRange, "wider".to_owned()));
    let mut value = full();
    value.state = State::Other(9);
    assert_eq!(failure(&value), (EncodeErrorKind::UnknownSymbol, "state".to_owned()));

    let mut tree = Tree::absent(canread_record::Format::Avro);
    for _ in 0..100 {
        tree = Tree { name: String::new(), children: vec![], only: Some(Box::new(tree)) };
    }
    let bytes = to_vec(&tree).expect("100 levels");
    assert_eq!(from_slice::<Tree>(&bytes).expect("100 levels"), tree);
    let tree = Tree { name: String::new(), children: vec![tree], only: None };
    let error = to_vec(&tree).expect_err("101 levels");
    assert_eq!(error.kind(), EncodeErrorKind::TooDeep { allowed: 100 });
    assert!(error.path().to_string().starts_with("children[0].only.only."), "{error}");
}

#[test]
fn an_error_names_the_byte_and_the_field() {
    let said = |bytes: &[u8]| from_slice::<Tree>(bytes).expect_err("broken").to_string();
    assert_eq!(said(&[2, 0xff]), "malformed: text that is not UTF-8 at byte 1, in `name`");
    assert_eq!(said(&[0, 4, 0, 0, 0, 9]), "malformed: a length or count out of range at byte 6, in `children[1].name`");
    assert_eq!(said(&[0, 0, 4]), "malformed: a union branch that does not exist at byte 3, in `only`");
    assert_eq!(said(&[0, 0, 2, 0, 0]), "the input ends inside a value at byte 5, in `only.only`");
    assert_eq!(said(&[0, 0, 0, 0]), "malformed: bytes after the end of the value at byte 3");
    assert_eq!(said(&[]), "the input ends inside a value at byte 0, in `name`");
    let bool = from_slice::<Everything>(&[2]).expect_err("no bool").to_string();
    assert_eq!(bool, "malformed: a boolean that is neither 0 nor 1 at byte 1, in `truth`");
    let bytes = to_vec(&full()).expect("not deep");
    let limits = Limits::strict().with_allocated_bytes_max(20);
    let text = from_slice_with::<Everything>(&bytes, &limits).expect_err("more than 20 bytes").to_string();
    assert!(text.ends_with(", in `text`") && text.starts_with("more than 20 bytes of memory"), "{text}");
}

#[test]
fn every_limit_holds() {
    let bytes = to_vec(&full()).expect("not deep");
    let with = |limits: Limits| from_slice_with::<Everything>(&bytes, &limits).map_err(|error| error.kind());
    let exceeded = |limit, allowed| Err(DecodeErrorKind::LimitExceeded { limit, allowed });
    assert_eq!(with(Limits::strict().with_bytes_max(10)), exceeded(Limit::Bytes, 10));
    assert_eq!(with(Limits::strict().with_depth_max(1)), exceeded(Limit::Depth, 1));
    assert_eq!(with(Limits::strict().with_allocated_bytes_max(60)), exceeded(Limit::AllocatedBytes, 60));
    assert_eq!(with(Limits::trusted()), Ok(full()));
}

#[test]
fn items_without_bytes_are_counted() {
    #[derive(Record, Debug)]
    struct Nothing {}
    #[derive(Record, Debug)]
    struct Holder {
        #[field(1)]
        items: Vec<Nothing>,
    }
    let mut bytes = Vec::new();
    // 2^40 items, of no byte each.
    bytes.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x40, 0]);
    let error = from_slice::<Holder>(&bytes).expect_err("a limit");
    let items = Limits::strict().items_beyond_input_max();
    assert_eq!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Items, allowed: items });
    assert_eq!(error.path().to_string(), "items");
    assert_eq!(from_slice::<Holder>(&[6, 0]).expect("three").items.len(), 3);
}

/// Protobuf has no such branches: see `canread_protobuf::codec`.
#[test]
fn branches_may_be_lists_and_maps() {
    #[derive(Record, Debug, PartialEq, Clone)]
    enum Numbers {
        #[field(11)]
        Truth(bool),
        #[field(12)]
        All(Vec<i64>),
        #[field(13)]
        Named(BTreeMap<String, i64>),
    }
    #[derive(Record, Debug, PartialEq)]
    struct Row {
        #[field(1, default = Numbers::All(Vec::new()))]
        first: Numbers,
        #[field(union)]
        second: Option<Numbers>,
    }
    let all = [Numbers::Truth(true), Numbers::All(Vec::new()), Numbers::All(vec![1]), Numbers::Named(BTreeMap::new())];
    for numbers in all {
        let row = Row { first: numbers.clone(), second: Some(numbers) };
        assert_eq!(from_slice::<Row>(&to_vec(&row).expect("a record")), Ok(row));
    }
}

//! What the format asks of a reader and a writer, one claim each.

use std::collections::{BTreeMap, BTreeSet};

use canread_derive::CoreRecord as Record;
use canread_protobuf::codec::{
    encode_into, encode_to_slice, encoded_len, from_slice, from_slice_with, merge_into, to_vec,
};
use canread_record::{Decode as _, Entries, Timestamp, Unknown};
use canread_wire::{DecodeErrorKind, EncodeErrorKind, Limit, Limits, Malformed};

use crate::everything::{Borrowed, Choice, Closed, Everything, Line, Tree, full, line};

fn read(bytes: &[u8]) -> Everything {
    from_slice(bytes).expect("well formed")
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
fn a_record_that_holds_nothing_takes_what_its_records_and_fixed_bytes_take() {
    assert_eq!(
        to_vec(&Everything::absent(canread_record::Format::Protobuf)).expect("not deep"),
        [0x82, 0x01, 4, 0, 0, 0, 0, 0x92, 0x01, 0]
    );
    assert_eq!(from_slice::<Tree>(&[]).expect("nothing"), Tree::absent(canread_record::Format::Protobuf));
}

#[test]
fn a_field_may_come_in_any_order() {
    let value = full();
    let bytes = to_vec(&value).expect("not deep");
    // The last field, which has a key of 5 bytes, goes first.
    let (start, end) = bytes.split_at(bytes.len() - 6);
    assert_eq!(read(&[end, start].concat()), value);
}

#[test]
fn what_comes_twice_is_merged() {
    let (first, second) = ([0x92, 1, 3, 10, 1, b'a', 0x10, 1], [0x92, 1, 2, 16, 9, 0x10, 2]);
    let value = read(&[&first[..], &second[..]].concat());
    assert_eq!((value.line, value.int32), (line("a", 9), 2));

    let mut value = full();
    merge_into(&mut value, &to_vec(&full()).expect("not deep")).expect("our own bytes");
    assert_eq!((value.lines.len(), value.packed.len(), value.names.len()), (6, 8, 2));
}

#[test]
fn a_list_that_stands_together_takes_the_memory_of_its_items_and_no_more() {
    let mut value = full();
    value.lines = (0..1_001).map(|number| line("much", number)).collect();
    let bytes = to_vec(&value).expect("not deep");
    let mut read = read(&bytes);
    assert_eq!((read.lines.len(), read.lines.capacity()), (1_001, 1_001));
    assert_eq!(read, value);
    // More of them later are as if the list had stood together.
    merge_into(&mut read, &bytes).expect("our own bytes");
    assert_eq!(read.lines, [&value.lines[..], &value.lines].concat());
}

#[test]
fn numbers_may_be_packed_or_not() {
    let unpacked = [0xd8, 1, 1, 0xd8, 1, 2];
    assert_eq!(read(&unpacked).packed, [1, 2]);
    let packed = [0xe2, 1, 2, 1, 2];
    assert_eq!(read(&packed).unpacked, [1, 2]);
    assert_eq!(read(&[&packed[..], &[0xe0, 1, 3], &packed[..]].concat()).unpacked, [1, 2, 3, 1, 2]);
}

#[test]
fn unknown_fields_are_written_again() {
    #[derive(Record, Debug, PartialEq)]
    struct Narrow {
        #[field(3)]
        int64: i64,
        #[field(unknown)]
        unknown: Unknown,
    }
    let value = full();
    let narrow: Narrow = from_slice(&to_vec(&value).expect("not deep")).expect("well formed");
    assert_eq!(narrow.int64, i64::MIN);
    let again = to_vec(&narrow).expect("not deep");
    assert_eq!(read(&again), value);
}

#[test]
fn a_number_that_a_closed_enumeration_lacks_is_an_unknown_field() {
    let kept = |bytes: &[u8]| {
        let value = read(bytes);
        assert_eq!(value.closed, Closed::Zero);
        assert_eq!((value.perhaps_closed, &value.choice), (None, &None));
        (value.symbols, value.states.len(), value.unknown.protobuf().to_vec())
    };
    // In order, out of order, optional, in a oneof.
    assert_eq!(kept(&[0x88, 1, 7]), (vec![], 0, vec![0x88, 1, 7]));
    assert_eq!(kept(&[0x92, 1, 0, 0x88, 1, 7]), (vec![], 0, vec![0x88, 1, 7]));
    assert_eq!(kept(&[0xa0, 1, 7]), (vec![], 0, vec![0xa0, 1, 7]));
    assert_eq!(kept(&[0xc0, 1, 7]), (vec![], 0, vec![0xc0, 1, 7]));
    // Packed, and in a map: the whole entry.
    assert_eq!(kept(&[0xfa, 1, 3, 5, 7, 0]), (vec![Closed::Five, Closed::Zero], 0, vec![0xf8, 1, 7]));
    // Those of one field in the order of the data.
    assert_eq!(kept(&[0xfa, 1, 2, 8, 7]), (vec![], 0, vec![0xf8, 1, 8, 0xf8, 1, 7]));
    let entry = [0x9a, 2, 11, 9, 1, 0, 0, 0, 0, 0, 0, 0, 16, 7];
    assert_eq!(kept(&entry), (vec![], 0, entry.to_vec()));
    // Also where the fields of the entry are in another order, with one that nobody knows before them.
    let entry = [0x9a, 2, 13, 24, 0, 16, 7, 9, 1, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(kept(&entry), (vec![], 0, entry.to_vec()));
}

#[test]
fn what_a_closed_enumeration_lacks_is_written_again_in_the_order_of_the_data() {
    // The last one of a number counts, also for the version that knows the symbols: `closed`, `perhaps_closed`, `choice`, `symbols`
    // one by one and packed, another wire type, and a number that nobody knows.
    let fields: [&[u8]; 7] = [
        &[0x88, 1, 7],
        &[0xa0, 1, 7],
        &[0xc0, 1, 7],
        &[0xf8, 1, 7],
        &[0xfa, 1, 1, 7],
        &[0x8d, 1, 7, 0, 0, 0],
        &[0xc0, 62, 7],
    ];
    let symbol = |field: &[u8], symbol: u8| {
        let mut field = field.to_vec();
        let at = field.iter().rposition(|byte| *byte == 7).expect("each has it");
        field[at] = symbol;
        field
    };
    for first in fields {
        for second in fields {
            for third in fields {
                let written = [symbol(first, 7), symbol(second, 8), symbol(third, 9)];
                // What was packed is kept one by one.
                let kept = written.clone().map(|field| match *field {
                    [0xfa, 1, 1, number] => vec![0xf8, 1, number],
                    _ => field,
                });
                let bytes = written.concat();
                assert_eq!(read(&bytes).unknown.protobuf(), kept.concat(), "{bytes:02x?}");
            }
        }
    }
}

#[test]
fn an_open_enumeration_keeps_its_numbers() {
    #[derive(Record, Debug, PartialEq)]
    enum Open {
        #[symbol(0)]
        Zero,
        #[symbol(other)]
        Other(i32),
    }
    #[derive(Record, Debug, PartialEq)]
    struct Holder {
        #[field(1)]
        open: Open,
    }
    let holder: Holder = from_slice(&[8, 9]).expect("well formed");
    assert_eq!(holder.open, Open::Other(9));
    assert_eq!(to_vec(&holder).expect("not deep"), [8, 9]);
    assert_eq!(to_vec(&Holder { open: Open::Zero }).expect("not deep"), []);
}

#[test]
fn the_last_branch_of_a_oneof_counts() {
    let voucher_then_state = [0xb2, 1, 1, b'v', 0xc0, 1, 5];
    assert_eq!(read(&voucher_then_state).choice, Some(Choice::State(Closed::Five)));
    let cards = [0xba, 1, 3, 10, 1, b'a', 0xba, 1, 2, 16, 3];
    assert_eq!(read(&cards).choice, Some(Choice::Card(line("a", 3))));
}

#[test]
fn a_union_with_a_number_is_a_message() {
    #[derive(Record, Debug, PartialEq)]
    struct Many {
        #[field(1)]
        choices: Vec<Choice>,
    }
    let many = Many { choices: vec![Choice::Voucher("v".to_owned()), Choice::State(Closed::Five)] };
    let bytes = to_vec(&many).expect("not deep");
    assert_eq!(bytes, [10, 4, 0xb2, 1, 1, b'v', 10, 3, 0xc0, 1, 5]);
    assert_eq!(from_slice::<Many>(&bytes).expect("our own bytes"), many);
}

#[test]
fn a_default_is_what_is_read_where_nothing_is_and_zero_is_written() {
    #[derive(Record, Debug, PartialEq)]
    struct Defaults {
        #[field(1, default = 5)]
        number: i32,
        #[field(2, default = "none".to_owned())]
        text: String,
    }
    let read: Defaults = from_slice(&[]).expect("nothing");
    assert_eq!(read, Defaults { number: 5, text: "none".to_owned() });
    let zero = Defaults { number: 0, text: String::new() };
    assert_eq!(from_slice::<Defaults>(&to_vec(&zero).expect("not deep")).expect("our own bytes"), zero);
}

/// A list that is not there and one without items are the same, and what comes is merged with what was there.
#[test]
fn what_may_be_empty_has_no_default() {
    #[derive(Record, Debug, PartialEq, Clone, Default)]
    struct Inner {
        #[field(1)]
        number: i32,
        #[field(2)]
        list: Vec<i32>,
    }
    #[derive(Record, Debug, PartialEq, Clone)]
    struct Filled {
        #[field(1, default = vec![1, 2])]
        list: Vec<i32>,
        #[field(2, default = std::iter::once(3).collect())]
        set: BTreeSet<i32>,
        #[field(3, default = std::iter::once((4, 5)).collect())]
        map: BTreeMap<i32, i32>,
        #[field(4, default = Some(6))]
        maybe: Option<i32>,
        #[field(5, default = Inner { number: 7, list: vec![8] })]
        inner: Inner,
        #[field(6, default = Timestamp::MAX)]
        at: Timestamp,
        #[field(7, default = Timestamp::MAX, protobuf(text))]
        text: Timestamp,
        #[field(8, default = b"x".to_vec())]
        bytes: Vec<u8>,
    }
    let none = Filled {
        list: Vec::new(),
        set: BTreeSet::new(),
        map: BTreeMap::new(),
        maybe: None,
        inner: Inner::default(),
        at: Timestamp::default(),
        text: Timestamp::MAX,
        bytes: b"x".to_vec(),
    };
    let some = Filled {
        list: vec![3],
        set: BTreeSet::from([9]),
        map: BTreeMap::from([(1, 2)]),
        maybe: Some(0),
        inner: Inner { number: 0, list: vec![1] },
        at: Timestamp::MIN,
        text: Timestamp::MIN,
        bytes: Vec::new(),
    };
    assert_eq!(from_slice::<Filled>(&[]).expect("nothing"), none);
    for value in [none, some] {
        assert_eq!(from_slice::<Filled>(&to_vec(&value).expect("not deep")).expect("our own bytes"), value);
    }
}

#[test]
fn a_borrowed_record_points_into_the_input() {
    let bytes = to_vec(&full()).expect("not deep");
    let borrowed: Borrowed<'_> = from_slice(&bytes).expect("well formed");
    assert!(bytes.as_ptr_range().contains(&borrowed.text.as_ptr()));
    assert_eq!((borrowed.line.sku, borrowed.data), ("a", [0, 255].as_slice()));
    assert_eq!((borrowed.names.find("k"), borrowed.texts[0].as_ref()), (Some(&"v"), "x"));
    assert_eq!(read(&to_vec(&borrowed).expect("not deep")), full());
}

#[test]
fn entries_are_sorted_and_the_last_of_a_key_counts() {
    #[derive(Record, Debug)]
    struct Map {
        #[field(1)]
        entries: Entries<i32, i32>,
    }
    let entry = |key: u8, value: u8| [10, 4, 8, key, 16, value];
    let bytes = [entry(3, 1), entry(1, 2), entry(3, 4), entry(2, 0)].concat();
    let map: Map = from_slice(&bytes).expect("well formed");
    assert_eq!(map.entries.iter().collect::<Vec<_>>(), [(&1, &2), (&2, &0), (&3, &4)]);
    // A key or value that is left out is zero, fields may come in any order, and others are passed over.
    let map: Map = from_slice(&[10, 2, 16, 7, 10, 6, 16, 8, 24, 1, 8, 9, 10, 0]).expect("well formed");
    assert_eq!(map.entries.iter().collect::<Vec<_>>(), [(&0, &0), (&9, &8)]);
}

#[test]
fn merging_uses_memory_again() {
    let mut value = Line { sku: String::with_capacity(100), quantity: 1 };
    let memory = value.sku.as_ptr();
    merge_into(&mut value, &[10, 2, b'a', b'b']).expect("well formed");
    assert_eq!((value.sku.as_ptr(), value), (memory, line("ab", 1)));
}

#[test]
fn an_error_names_the_byte_and_the_field() {
    let said = |bytes: &[u8]| from_slice::<Everything>(bytes).expect_err("broken").to_string();
    assert_eq!(said(&[0x92, 1, 3, 10, 1, 0xff]), "malformed: text that is not UTF-8 at byte 5, in `line.sku`");
    let lines = [0xd2, 1, 0, 0xd2, 1, 4, 10, 200];
    assert_eq!(said(&lines), "the input ends inside a value at byte 6, in `lines[1]`");
    let deep = [0xaa, 2, 6, 26, 4, 18, 2, 10, 9];
    assert_eq!(said(&deep), "the input ends inside a value at byte 9, in `tree.only.children[0].name`");
    assert_eq!(said(&[0]), "malformed: a field number out of range at byte 1");
    assert_eq!(said(&[0x0c]), "malformed: the end of a group that was not begun at byte 1");
    assert_eq!(said(&[0x82, 1, 1, 0]), "bytes of another length than the type's at byte 4, in `digest`");
    let oneof = [0xba, 1, 2, 10, 5];
    assert_eq!(said(&oneof), "the input ends inside a value at byte 5, in `card.sku`");
}

#[test]
fn every_limit_holds() {
    let bytes = to_vec(&full()).expect("not deep");
    let with = |limits: Limits| from_slice_with::<Everything>(&bytes, &limits).map_err(|error| error.kind());
    let exceeded = |limit, allowed| DecodeErrorKind::LimitExceeded { limit, allowed };
    assert_eq!(with(Limits::strict().with_bytes_max(10)), Err(exceeded(Limit::Bytes, 10)));
    assert_eq!(with(Limits::strict().with_depth_max(1)), Err(exceeded(Limit::Depth, 1)));
    assert_eq!(with(Limits::strict().with_allocated_bytes_max(60)), Err(exceeded(Limit::AllocatedBytes, 60)));
    assert_eq!(with(Limits::trusted()), Ok(full()));
    let wide = from_slice_with::<Everything>(&[0x83], &Limits::strict()).expect_err("cut short");
    assert_eq!(wide.kind(), DecodeErrorKind::Truncated);
    let varint = from_slice::<Everything>(&[0x10, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2]).expect_err("long");
    assert_eq!(varint.kind(), DecodeErrorKind::Malformed(Malformed::Varint));
}

#[test]
fn what_no_reader_would_take_is_not_written() {
    let mut tree = Tree::absent(canread_record::Format::Protobuf);
    for _ in 0..100 {
        tree = Tree { name: String::new(), children: vec![], only: Some(Box::new(tree)) };
    }
    let bytes = to_vec(&tree).expect("100 levels");
    assert_eq!(from_slice::<Tree>(&bytes).expect("100 levels"), tree);
    let tree = Tree { name: String::new(), children: vec![tree], only: None };
    let error = to_vec(&tree).expect_err("101 levels");
    assert_eq!(error.kind(), EncodeErrorKind::TooDeep { allowed: 100 });
    assert!(error.to_string().starts_with("more than 100 levels of nesting, in `children[0].only.only."), "{error}");
    let mut buffer = b"kept".to_vec();
    assert!(encode_into(&tree, &mut buffer).is_err());
    assert_eq!(buffer, b"kept");
}

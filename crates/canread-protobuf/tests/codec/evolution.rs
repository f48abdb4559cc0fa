//! Records of a type from bytes of other schemas. Source: Protobuf, "Language Guide", "Updating A Message Type".

use std::collections::BTreeMap;

use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::{Arena, DecoderError, Layout, MismatchKind, Plan};
use canread_protobuf::codec::{Decoder, from_slice, to_vec, value};
use canread_protobuf::schema::{LinkOptions, read};
use canread_record::Unknown;
use canread_syntax::Sources;
use canread_wire::Limits;

use crate::everything::{Everything, Line, full};

fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

fn layout(schema: &Schema, message: &str) -> Layout {
    Layout::of(schema, schema.find(message).expect("a message")).expect("a layout")
}

/// A record with everything, as a schema has it in which nearly each field is written otherwise.
const OTHER: &str = r#"syntax = "proto2";
package test;
enum Closed { ZERO = 0; }
message Line { repeated bytes sku = 1; optional sint64 quantity = 2; }
message Tree { optional bytes name = 1; repeated group Children = 2 { optional bytes name = 1; repeated Tree children = 2; repeated Tree only = 3; }
  repeated Tree only = 3; }
message Everything {
  optional sint32 truth = 1; optional sfixed64 int32 = 2; optional sint64 int64 = 3; optional fixed64 uint32 = 4; optional sfixed64 uint64 = 5;
  optional int64 sint32 = 6; optional int64 sint64 = 7; optional sint64 fixed32 = 8; optional uint32 fixed64 = 9; optional sint32 sfixed32 = 10;
  optional int32 sfixed64 = 11; repeated float float = 12 [packed = true]; repeated double double = 13 [packed = true]; optional bytes text = 14;
  optional bytes data = 15; repeated bytes digest = 16; optional sint32 closed = 17;
  optional group Lined = 18 { optional string sku = 1; optional fixed64 quantity = 2; }
  repeated sint64 perhaps = 19 [packed = true]; repeated fixed32 perhaps_closed = 20; optional Line inner = 21;
  oneof choice { bytes voucher = 22; group Card = 23 { optional string sku = 1; optional sint32 quantity = 2; } sint64 state = 24; }
  repeated group Lines = 26 { optional string sku = 1; optional sint32 quantity = 2; }
  repeated bytes texts = 25; repeated sint32 packed = 27 [packed = true]; repeated sint64 unpacked = 28 [packed = true];
  repeated double doubles = 29; repeated int32 zigzags = 30 [packed = true]; repeated sint32 symbols = 31 [packed = true]; repeated int64 set = 32;
  repeated group Names = 33 { optional string key = 1; optional string value = 2; }
  map<int32, Line> by_number = 34; map<sint64, sint32> states = 35; map<sint32, bytes> by_truth = 36; optional Tree tree = 37;
  optional sfixed32 far = 536870911;
}"#;

#[test]
fn a_type_needs_no_plan_for_a_schema_that_says_the_same() {
    let own = schema(include_str!("everything.proto"));
    let decoder = Decoder::<Everything>::new(&own, "test.Everything").expect("a plan");
    assert!(decoder.plan().is_identity());
    assert_eq!(decoder.plan().mismatches(), []);
    let bytes = to_vec(&full()).expect("not deep");
    assert_eq!(decoder.from_slice(&bytes), from_slice(&bytes));
}

#[test]
fn a_record_with_everything_is_read_from_a_schema_that_writes_everything_otherwise() {
    let (own, other) = (schema(include_str!("everything.proto")), schema(OTHER));
    let there = Plan::resolve(layout(&own, "test.Everything"), layout(&other, "test.Everything")).expect("a plan");
    let arena = Arena::new();
    let (value, bytes) = (full(), to_vec(&full()).expect("not deep"));
    let written = value::resolve_slice(&there, &bytes, &arena).expect("all becomes something");
    let written = value::to_vec(there.reader(), &written).expect("a value of the other schema");
    let decoder = Decoder::<Everything>::of_same_name(&other).expect("a plan");
    assert!(!decoder.plan().is_identity());
    assert_eq!(decoder.plan().mismatches(), []);
    assert_eq!(decoder.from_slice(&written).expect("what was written"), value);
    // And without the type.
    let back = Plan::resolve(layout(&other, "test.Everything"), layout(&own, "test.Everything")).expect("a plan");
    let read = value::resolve_slice(&back, &written, &arena).expect("what was written");
    assert_eq!(value::to_vec(back.reader(), &read).map(|bytes| from_slice(&bytes)), Ok(Ok(value)));
    // Wherever it ends, it is read or refused as without the type.
    for end in 0..written.len() {
        let (typed, dynamic) =
            (decoder.from_slice(&written[..end]), value::resolve_slice(&back, &written[..end], &arena));
        assert_eq!(typed.is_ok(), dynamic.is_ok(), "{end}: {typed:?} {dynamic:?}");
    }
}

/// What bytes are to the type, read along a plan; and what they are to it by way of a value without a type.
fn both_ways(decoder: &Decoder<Everything>, bytes: &[u8]) -> [Option<String>; 2] {
    let shown = |value: Everything| format!("{value:?}");
    let arena = Arena::new();
    let dynamic = value::resolve_slice(decoder.plan(), bytes, &arena).ok();
    let dynamic = dynamic.map(|value| value::to_vec(decoder.plan().reader(), &value).expect("a value of the reader"));
    [decoder.from_slice(bytes).ok().map(shown), dynamic.and_then(|bytes| from_slice(&bytes).ok()).map(shown)]
}

#[test]
fn any_bit_may_be_flipped_and_both_ways_agree() {
    let work = || {
        let decoder = Decoder::<Everything>::of_same_name(&schema(OTHER)).expect("a plan");
        let own = Plan::resolve(decoder.plan().reader().clone(), decoder.plan().writer().clone()).expect("a plan");
        let arena = Arena::new();
        let bytes = to_vec(&full()).expect("not deep");
        let written = value::resolve_slice(&own, &bytes, &arena).expect("all becomes something");
        let written = value::to_vec(own.reader(), &written).expect("a value of the other schema");
        let mut read = 0;
        for at in 0..written.len() * 8 {
            let mut broken = written.clone();
            broken[at / 8] ^= 1 << (at % 8);
            let [typed, dynamic] = both_ways(&decoder, &broken);
            read += usize::from(typed.is_some());
            assert_eq!(typed, dynamic, "bit {at}");
        }
        assert!(read > 0, "a changed number is still a number");
    };
    let thread = std::thread::Builder::new().stack_size(canread_testing::small_stack_bytes()).spawn(work);
    thread.expect("a thread starts").join().expect("no panic");
}

#[derive(Record, Debug, PartialEq, Default)]
struct Small<'a> {
    #[field(1)]
    number: i32,
    #[field(2)]
    wide: f64,
    #[field(3)]
    wides: Vec<f64>,
    #[field(4)]
    text: &'a str,
    #[field(5)]
    state: Option<Closed5>,
    #[field(6)]
    states: Vec<Closed5>,
    #[field(7)]
    by_name: BTreeMap<String, Closed5>,
    #[field(unknown)]
    unknown: Unknown,
}

#[derive(Record, Debug, PartialEq, Clone, Copy)]
enum Closed5 {
    #[symbol(0)]
    Zero,
    #[symbol(5)]
    Five,
}

const SMALL: &str = r#"syntax = "proto3"; package other; message Small { sint64 number = 1; float wide = 2; repeated float wides = 3; string text = 4;
    sint32 state = 5; repeated sint32 states = 6; map<string, sint32> by_name = 7; string gone = 8; }"#;

fn small(bytes: &[u8]) -> Result<Small<'_>, String> {
    let decoder = Decoder::<Small<'_>>::of_same_name(&schema(SMALL)).expect("a plan");
    decoder.from_slice(bytes).map_err(|error| error.to_string())
}

#[test]
fn values_keep_their_meaning_and_text_is_borrowed() {
    let bytes = b"\x08\x03\x15\0\0\0?\x1a\x04\0\0\xc0?\x22\x01x\x28\x0a\x32\x02\x00\x0a\x3a\x05\x0a\x01k\x10\x0a";
    let read = small(bytes).expect("a record");
    assert_eq!((read.number, read.wide, &*read.wides, read.text), (-2, 0.5, &[1.5][..], "x"));
    assert_eq!((read.state, &*read.states), (Some(Closed5::Five), &[Closed5::Zero, Closed5::Five][..]));
    assert_eq!(read.by_name, [("k".to_owned(), Closed5::Five)].into());
    assert!(bytes.as_ptr_range().contains(&read.text.as_ptr()));
}

#[test]
fn what_the_type_lacks_goes_to_the_unknown_fields() {
    let read = small(b"\x42\x01x\x28\x0e\x32\x02\x0e\x0a\x4a\x00").expect("a record");
    assert_eq!((read.state, &*read.states), (None, &[Closed5::Five][..]));
    // A symbol that the type lacks is kept as the type would write it.
    assert_eq!(read.unknown.protobuf(), b"\x42\x01x\x28\x07\x30\x07\x4a\x00");
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    assert_eq!(
        small(b"\x42\x00\x08\x80\x80\x80\x80\x20").expect_err("2^32"),
        "a number beyond the range of its type at byte 8, in `number`"
    );
    assert!(small(b"\x3a\x05\x0a\x01k\x10\x0e").expect_err("no symbol").starts_with("a symbol"));
    assert!(small(b"\x3a\x05\x10\x0e\x0a\x01k").expect_err("no symbol").starts_with("a symbol"));
    assert!(small(b"\x08").expect_err("cut short").contains("`number`"));
}

#[test]
fn limits_hold() {
    let decoder = Decoder::<Small<'_>>::new(&schema(SMALL), "other.Small").expect("a plan");
    let bytes = [b"\x32\x80\x01".as_slice(), &[0; 128]].concat();
    assert_eq!(decoder.from_slice(&bytes).expect("128 symbols").states.len(), 128);
    let limits = Limits::strict().with_allocated_bytes_max(100);
    assert!(decoder.from_slice_with(&bytes, &limits).is_err());
}

/// Empty messages in boxes take memory of their own, however the writer has them.
#[test]
fn boxes_are_paid_for() {
    #[derive(Record, Debug)]
    struct Large {
        #[field(1)]
        numbers: [u8; 64],
        #[field(2)]
        next: Option<Box<Large>>,
    }
    #[expect(clippy::vec_box, reason = "what a box takes is what is looked at")]
    #[derive(Record, Debug)]
    struct Boxes {
        #[field(1)]
        list: Vec<Box<Large>>,
        #[field(2)]
        map: BTreeMap<i32, Box<Large>>,
        #[field(3)]
        maybe: Option<Box<Large>>,
    }
    const LARGE: u64 = size_of::<Large>() as u64;
    // Another type of the keys, so that nothing is left as it is.
    let writer = schema(
        r#"syntax = "proto3"; message Large { bytes numbers = 1; Large next = 2; sint32 new = 4; }
        message Boxes { repeated Large list = 1; map<sint32, Large> map = 2; Large maybe = 3; sint32 new = 4; }"#,
    );
    let decoder = Decoder::<Boxes>::new(&writer, "Boxes").expect("a plan");
    let room = |bytes: u64| Limits::strict().with_allocated_bytes_max(bytes);
    for (bytes, takes) in
        [(b"\x0a\x00".repeat(100), 100 * LARGE), (b"\x12\x02\x08\x02".to_vec(), LARGE), (b"\x1a\x00".to_vec(), LARGE)]
    {
        decoder.from_slice_with(&bytes, &room(takes + 5_000)).expect("room for the boxes");
        decoder.from_slice_with(&bytes, &room(takes - 1)).expect_err("no room for the boxes");
    }
}

#[test]
fn a_message_is_found_by_the_name_of_the_type() {
    let twice = schema(r#"syntax = "proto3"; message A { message Line {} } message B { message Line {} }"#);
    assert_eq!(Decoder::<Line>::of_same_name(&twice).expect_err("two"), DecoderError::NoMessage("Line".into()));
    assert!(Decoder::<Line>::new(&twice, "B.Line").is_ok());
    assert_eq!(Decoder::<Line>::new(&twice, "Line").expect_err("none"), DecoderError::NoMessage("Line".into()));
    let other = schema(r#"syntax = "proto2"; message Line { required float quantity = 2; }"#);
    let error = Decoder::<Line>::new(&other, "Line").expect_err("all data has a number of another kind");
    assert_eq!(error.to_string(), "`quantity`: a number of 32 bits can't be read as an integer of 32 bits");
}

#[test]
fn a_record_that_lists_closed_symbols_is_read_as_the_plain_reader_does() {
    let own = schema(
        r#"syntax = "proto2"; message Small { optional int32 number = 1; repeated E states = 6; } enum E { A = 0; B = 5; C = 9; }"#,
    );
    let decoder = Decoder::<Small<'_>>::new(&own, "Small").expect("a plan");
    assert!(decoder.plan().is_identity());
    let bytes = b"\x30\x05\x30\x09";
    assert_eq!(decoder.from_slice(bytes), from_slice(bytes));
}

#[test]
fn schemas_whose_fields_name_messages_in_too_many_combinations_have_no_plan() {
    // Each message names three others, and in the other schema three that are elsewhere: all pairs are met.
    let layout = |number: &str, turn: fn(usize) -> usize| {
        let message = |at: usize| {
            let field = |field: usize| format!("M{} f{field} = {};", (turn(at) + field * field) % 600, field + 2);
            format!("message M{at} {{ {number} x = 1; {} }}", [0, 1, 2].map(field).concat())
        };
        let text = format!("syntax = \"proto3\"; {}", (0..600).map(message).collect::<Vec<_>>().concat());
        self::layout(&schema(&text), "M0")
    };
    let mismatches =
        Plan::resolve(layout("int32", |at| at + 1), layout("sint32", |at| 3 * at + 2)).expect_err("too many");
    let last = mismatches.last().expect("there is one");
    assert!(last.meets_all_data() && *last.kind() == MismatchKind::TooManyPairs, "{last}");
    // As many that are the same are no matter.
    let same = Plan::resolve(layout("int32", |at| at + 1), layout("sint32", |at| at + 1)).expect("wider numbers");
    assert!(!same.is_identity());
}

#[test]
fn data_that_a_plan_refuses_is_an_error_in_the_words_of_the_mismatch() {
    #[derive(Record, Debug)]
    struct Part {
        #[field(1)]
        number: i32,
    }
    #[derive(Record, Debug)]
    struct Whole {
        #[field(1)]
        text: i32,
        #[field(2)]
        parts: Vec<Part>,
        #[field(3)]
        numbers: Vec<f64>,
    }
    let writer = schema(
        r#"syntax = "proto3"; message Part { float number = 1; }
        message Whole { string text = 1; repeated Part parts = 2; repeated int32 numbers = 3; }"#,
    );
    let decoder = Decoder::<Whole>::new(&writer, "Whole").expect("nothing has to be there");
    let said = |bytes: &[u8]| decoder.from_slice(bytes).expect_err("it is refused").to_string();
    assert_eq!(said(b"\x0a\x01x"), "text can't be read as an integer of 32 bits; at byte 1, in `text`");
    assert_eq!(
        said(b"\x12\x00\x12\x05\x0d\0\0\0\0"),
        "a number of 32 bits can't be read as an integer of 32 bits; at byte 5, in `parts[1].number`"
    );
    assert!(
        said(b"\x1a\x02\x01\x02").starts_with("an integer of 32 bits can't be read as a number of 64 bits; at byte ")
    );
}

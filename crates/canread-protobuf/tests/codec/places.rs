//! Where an error is: its reason, its byte and its field are the same for a type, for a type under somebody else's schema, and for values.

use std::collections::BTreeMap;

use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::{Arena, Layout, Value};
use canread_protobuf::codec::{Decoder, from_slice, schema_of, to_vec, value};
use canread_protobuf::schema::{LinkOptions, read};
use canread_record::{Date, Decimal, TimeOfDay, Timestamp, Uuid};

fn schema(text: &str) -> Schema {
    let mut sources = canread_syntax::Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    read(&[("schema.proto", file)], &sources, &LinkOptions::default()).schema
}

#[derive(Record, Debug, Clone, PartialEq)]
struct Leaf {
    #[field(1)]
    z: String,
}

#[derive(Record, Debug, Clone, PartialEq)]
struct Branch {
    #[field(1)]
    r: Vec<Leaf>,
}

#[derive(Record, Debug, PartialEq)]
struct Tree {
    #[field(1)]
    m: BTreeMap<String, Branch>,
    #[field(2)]
    numbers: Vec<i32>,
}

#[test]
fn the_way_goes_on_into_the_entries_of_a_map() {
    let text = "syntax = \"proto3\"; message Leaf { string z = 1; } message Branch { repeated Leaf r = 1; }
        message Tree { map<string, Branch> m = 1; repeated int32 numbers = 2; }";
    let other = text.replace("int32", "sint32");
    let layout = Layout::of(&schema(text), schema(text).find("Tree").expect("a message")).expect("a layout");
    let decoder = Decoder::<Tree>::new(&schema(&other), "Tree").expect("it can be read");
    assert!(!decoder.plan().is_identity());
    let said = |bytes: &[u8]| {
        let error = from_slice::<Tree>(bytes).expect_err("it is broken");
        assert_eq!(decoder.from_slice(bytes).expect_err("it is broken"), error);
        assert_eq!(value::from_slice(&layout, bytes, &Arena::new()).expect_err("it is broken"), error);
        error.to_string()
    };
    let good = [10, 3, 10, 1, b'k'];
    let broken = [&good[..], &[10, 11, 10, 1, b'l', 18, 6, 10, 0, 10, 2, 10, 9]].concat();
    assert_eq!(said(&broken), "the input ends inside a value at byte 18, in `m[1].r[1].z`");
    // Entries and items are counted from the first, whatever stands between them.
    let apart = [&good[..], &[16, 1, 10, 3, 10, 1, b'l', 16, 2], &[10, 3, 10, 5, b'x']].concat();
    assert_eq!(said(&apart), "the input ends inside a value at byte 18, in `m[2]`");
    assert_eq!(said(&[16, 1, 10, 0, 16, 0x80]), "the input ends inside a value at byte 5, in `numbers[1]`");
    assert_eq!(said(&[16, 1, 18, 3, 1, 2, 0x80]), "the input ends inside a value at byte 6, in `numbers[3]`");
    // Of another kind than the field's it is passed over.
    assert_eq!(said(&[18, 2, 1, 2, 17, 1]), "the input ends inside a value at byte 5, in `numbers`");
    assert_eq!(said(&[26, 5, 1]), "the input ends inside a value at byte 2");
}

#[derive(Record, Debug, PartialEq)]
struct Narrow {
    #[field(1)]
    byte: i8,
    #[field(2)]
    list: Vec<i8>,
    #[field(3, protobuf(text))]
    price: Decimal<3, 1>,
    #[field(4)]
    id: Uuid,
    #[field(5)]
    numbers: BTreeMap<i32, u16>,
    #[field(6)]
    next: Option<Box<Narrow>>,
}

#[test]
fn what_only_the_type_refuses_is_in_a_field() {
    let text = "syntax = \"proto3\"; message Narrow { sint32 byte = 1; repeated sint32 list = 2; string price = 3; string id = 4;
        map<sint32, sint32> numbers = 5; Narrow next = 6; }";
    let decoder = Decoder::<Narrow>::new(&schema(text), "Narrow").expect("it can be read");
    let said = |bytes: &[u8]| decoder.from_slice(bytes).expect_err("it is refused").to_string();
    let range = "a number beyond the range of its type at byte";
    assert_eq!(said(&[8, 0xd8, 4]), format!("{range} 3, in `byte`"));
    assert_eq!(said(&[16, 2, 18, 3, 2, 0xd8, 4]), format!("{range} 7, in `list[2]`"));
    assert_eq!(said(b"\x1a\x0512.34"), format!("{range} 7, in `price`"));
    let text = "malformed: a text form that its type does not have at byte";
    assert_eq!(said(&[50, 3, 34, 1, b'x']), format!("{text} 5, in `next.id`"));
    assert_eq!(said(&[42, 2, 8, 2, 42, 4, 16, 0x81, 0x80, 8]), format!("{range} 10, in `numbers[1]`"));
    // Within its own schema it is the reader without a plan.
    let own = Decoder::<Narrow>::of_same_name(&schema_of::<Narrow>()).expect("its own schema");
    let error = from_slice::<Narrow>(&[16, 2, 18, 3, 2, 0xd8, 4]).expect_err("it is refused");
    assert_eq!(error.to_string(), format!("{range} 7, in `list[2]`"));
    assert_eq!(own.from_slice(&[16, 2, 18, 3, 2, 0xd8, 4]), Err(error));
}

#[derive(Record, Debug, PartialEq)]
struct Days {
    #[field(1)]
    day: Option<Date>,
    #[field(2)]
    list: Vec<Date>,
    #[field(3)]
    by_name: BTreeMap<String, TimeOfDay>,
    #[field(4)]
    spans: Vec<std::time::Duration>,
    #[field(5)]
    digest: [u8; 4],
    #[field(6, protobuf(bytes))]
    id: Option<Uuid>,
    #[field(7)]
    inside: Option<Box<Days>>,
    #[field(8)]
    number: i32,
}

#[test]
fn a_date_that_there_is_not_is_wrong_as_a_whole() {
    // A number lies otherwise, so that a plan is gone by.
    let text = "syntax = \"proto3\"; message Date { int32 year = 1; int32 month = 2; int32 day = 3; } message Time { int32 hours = 1; }
        message Span { int64 seconds = 1; } message Days { Date day = 1; repeated Date list = 2; map<string, Time> by_name = 3;
        repeated Span spans = 4; bytes digest = 5; bytes id = 6; Days inside = 7; sint32 number = 8; }";
    let decoder = Decoder::<Days>::new(&schema(text), "Days").expect("it can be read");
    assert!(!decoder.plan().is_identity());
    let said = |bytes: &[u8]| {
        let error = from_slice::<Days>(bytes).expect_err("it is refused");
        assert_eq!(decoder.from_slice(bytes).expect_err("it is refused"), error);
        error.to_string()
    };
    let time = "a date, time or duration that the type can't hold at byte";
    // The 13th month of 2024, at the end of what holds it and in front of more.
    let date = [8, 0xe8, 15, 16, 13, 24, 1];
    let good = [8, 0xe8, 15, 16, 12, 24, 1];
    assert_eq!(said(&[&[10, 7][..], &date].concat()), format!("{time} 9, in `day`"));
    assert_eq!(said(&[&[10, 7][..], &date, &[64, 1]].concat()), format!("{time} 9, in `day`"));
    assert_eq!(said(&[10, 0]), format!("{time} 2, in `day`"));
    assert_eq!(said(&[&[58, 9, 10, 7][..], &date].concat()), format!("{time} 11, in `inside.day`"));
    assert_eq!(said(&[&[18, 7][..], &good, &[18, 7], &date].concat()), format!("{time} 18, in `list[1]`"));
    // 25 o'clock, and a span backwards.
    assert_eq!(said(&[26, 7, 10, 1, b'k', 18, 2, 8, 25]), format!("{time} 9, in `by_name[0]`"));
    let backwards = [34, 11, 8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1];
    assert_eq!(said(&[&[34, 0][..], &backwards].concat()), format!("{time} 15, in `spans[1]`"));
    // A part that can't be read is in its field.
    assert_eq!(said(&[10, 2, 8, 0x80]), "the input ends inside a value at byte 3, in `day.year`");
    let size = "bytes of another length than the type's at byte";
    assert_eq!(said(&[42, 3, 1, 2, 3]), format!("{size} 5, in `digest`"));
    assert_eq!(said(&[&[50, 15][..], &[0; 15], &[64, 1]].concat()), format!("{size} 17, in `id`"));
}

#[derive(Record, Debug, Clone)]
struct Moment {
    #[field(1, protobuf(millis))]
    t: Timestamp,
}

#[derive(Record, Debug, Clone)]
enum Choice {
    #[field(1)]
    Moment(Moment),
    #[field(2)]
    Other(i32),
}

#[derive(Record, Debug)]
struct Moments {
    #[field(1)]
    first: Vec<Moment>,
    #[field(2)]
    m: BTreeMap<i32, Moment>,
    #[field(3)]
    l: Vec<Moment>,
    #[field(4, protobuf(millis))]
    packed: Vec<Timestamp>,
    #[field(5)]
    choices: Vec<Choice>,
}

#[test]
fn what_can_t_be_written_is_in_an_item_or_entry() {
    let moment = |nanos| Moment { t: Timestamp::new(1, nanos).expect("a time") };
    let (good, bad) = (moment(0), moment(1));
    let moments = || Moments {
        // It is written last.
        first: vec![bad.clone(), bad.clone(), good.clone()],
        m: [(1, good.clone()), (2, good.clone())].into(),
        l: vec![good.clone(); 3],
        packed: vec![good.t; 2],
        choices: vec![Choice::Moment(good.clone()), Choice::Other(1)],
    };
    let path = |moments: &Moments| to_vec(moments).expect_err("it has no place").path().to_string();
    assert_eq!(path(&moments()), "first[1].t");
    assert_eq!(path(&Moments { m: [(1, bad.clone()), (2, good.clone())].into(), ..moments() }), "m[0].t");
    assert_eq!(path(&Moments { l: vec![good.clone(), bad.clone(), good.clone()], ..moments() }), "l[1].t");
    assert_eq!(path(&Moments { packed: vec![good.t, bad.t, good.t], ..moments() }), "packed[1]");
    assert_eq!(path(&Moments { choices: vec![Choice::Moment(bad.clone())], ..moments() }), "choices[0].moment.t");
}

#[test]
fn values_that_can_t_be_written_are_where_a_type_says() {
    let schema = schema_of::<Moments>();
    let layout = Layout::of(&schema, schema.find("Moments").expect("a message")).expect("a layout");
    let arena = Arena::new();
    let (good, bad) = (arena.record(&[Value::Int(1)]), arena.record(&[Value::Bool(true)]));
    let path = |at: usize, value: Value<'_>| {
        let mut fields = [Value::Absent; 5];
        fields[at] = value;
        value::to_vec(&layout, &arena.record(&fields)).expect_err("it has no place").path().to_string()
    };
    assert_eq!(path(0, arena.list(&[bad, bad, good])), "first[1].t");
    assert_eq!(path(1, Value::Map(&[(Value::Int(1), bad), (Value::Int(2), good)])), "m[0].t");
    assert_eq!(path(3, arena.list(&[Value::Int(1), Value::Null, Value::Int(1)])), "packed[1]");
    assert_eq!(path(4, arena.list(&[arena.record(&[bad, Value::Absent])])), "choices[0].moment.t");
}

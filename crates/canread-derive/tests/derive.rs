//! What the derive makes of types, seen through their schemas; what codecs make of them is tested beside the codecs.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use canread_derive::CoreRecord as Record;
use canread_record::{
    Decode, Encode, EncodeFields, Entries, Enumeration as _, Form, Kind, RecordSchema, Shape, Shaped, Unknown,
};

#[derive(Record)]
#[record(name = "shop.v1.Order", alias = "shop.v1.Purchase")]
struct Order<'a> {
    #[field(1, protobuf(zigzag))]
    id: i64,
    #[field(2, name = "remark", alias = "note", alias = "text", default = "none")]
    note: &'a str,
    #[field(4, avro(name = "orderLines"), protobuf(number = 7, name = "lines_v2"))]
    lines: Vec<Line>,
    #[field(3)]
    r#type: State,
    #[field(union)]
    payment: Option<Payment>,
    #[field(9, protobuf(key_fixed))]
    counts: BTreeMap<u32, Cow<'a, [u8]>>,
    #[field(skip)]
    cached: usize,
    #[field(unknown)]
    unknown: Unknown,
}

#[derive(Record, Debug, PartialEq)]
struct Line {
    #[field(1)]
    sku: String,
}

#[derive(Record)]
enum Payment {
    #[field(4)]
    Card(Box<Line>),
    #[field(5)]
    Voucher(String),
}

#[derive(Record, Debug, PartialEq)]
enum State {
    #[symbol(3, name = "STATE_OPEN")]
    Open,
    #[symbol(-1, alias = "STATE_SENT", default)]
    Shipped,
    #[symbol(other)]
    Other(i32),
}

#[derive(Record)]
struct Tree<K: Ord, V> {
    #[field(1)]
    value: V,
    #[field(2)]
    children: Vec<Tree<K, V>>,
    #[field(3)]
    parent: Option<Box<Tree<K, V>>>,
    #[field(4)]
    keys: BTreeSet<K>,
    #[field(5)]
    by_key: Entries<K, V>,
    #[field(6)]
    by_name: HashMap<String, [u8; 16]>,
}

fn schema_of<T: Shaped>() -> &'static RecordSchema {
    match T::SHAPE {
        Shape::Record(schema) => schema(),
        other => panic!("no record: {other:?}"),
    }
}

#[test]
fn names_numbers_and_aliases_are_in_the_schema() {
    let order = schema_of::<Order<'_>>();
    assert_eq!((order.name, order.aliases), ("shop.v1.Order", ["shop.v1.Purchase"].as_slice()));
    let shown: Vec<_> = order
        .fields
        .iter()
        .map(|field| (field.meta.name, field.meta.protobuf.number, field.meta.protobuf.name, field.meta.avro.name))
        .collect();
    assert_eq!(
        shown,
        [
            ("id", 1, "id", "id"),
            ("remark", 2, "remark", "remark"),
            ("lines", 7, "lines_v2", "orderLines"),
            ("type", 3, "type", "type"),
            ("payment", 0, "payment", "payment"),
            ("counts", 9, "counts", "counts"),
        ]
    );
    let [id, note, _, _, payment, counts] = order.fields else { panic!("six fields") };
    assert_eq!((id.meta.protobuf.form, counts.meta.protobuf.key_form), (Form::ZigZag, Form::Fixed));
    assert_eq!((note.meta.aliases, note.meta.is_explicit), (["note", "text"].as_slice(), true));
    assert!(payment.meta.protobuf.is_oneof);
    assert_eq!(payment.shape.present().kind(), Kind::Union);
}

#[test]
fn what_is_absent_has_its_default() {
    let order = Order::absent(canread_record::Format::Protobuf);
    assert_eq!((order.note, order.r#type, order.cached), ("none", State::Shipped, 0));
    // The first branch that is in no box, which may hold the union itself.
    assert!(matches!(Payment::absent(canread_record::Format::Protobuf), Payment::Voucher(text) if text.is_empty()));
}

#[test]
fn an_open_enumeration_keeps_other_numbers() {
    assert_eq!(State::from_number(3), Some(State::Open));
    assert_eq!(State::from_number(8), Some(State::Other(8)));
    assert_eq!((State::Other(8).number(), State::Other(8).position()), (8, None));
    assert_eq!((State::Shipped.number(), State::Shipped.position()), (-1, Some(1)));
    assert_eq!((State::from_position(0), State::from_position(2)), (Some(State::Open), None));
    let schema = State::SCHEMA;
    assert_eq!((schema.default, schema.is_open, schema.symbols.len()), (-1, true, 2));
    assert_eq!((schema.symbols[0].name, schema.symbols[1].aliases), ("STATE_OPEN", ["STATE_SENT"].as_slice()));
}

#[test]
fn a_record_may_be_generic_and_hold_itself() {
    fn is_complete<T: Encode + EncodeFields + for<'de> Decode<'de>>() {}
    is_complete::<Tree<String, Line>>();
    let tree = schema_of::<Tree<u64, f32>>();
    let Some(Shape::List(Shape::Record(inner))) = tree.fields.get(1).map(|field| field.shape) else {
        panic!("a list of records")
    };
    assert_eq!((inner().name, inner().fields.len()), ("Tree", 6));
}

#[test]
fn what_is_wrong_is_said_at_the_attribute() {
    // The compiler is started anew for each file.
    trybuild::TestCases::new().compile_fail("tests/broken/*.rs");
}

//! What the checks of the derive leave alone, and what the words mean that they check.

#![allow(clippy::redundant_closure_call, reason = "a default is one expression")]

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

use canread_derive::CoreRecord as Record;
use canread_record::{
    Branches, Constant, Decode, Encode, Field, FieldMeta, Format, Shape, Shaped, Timestamp, Uuid, constant,
};

struct Whole;

impl Field for Whole {
    const META: FieldMeta = FieldMeta::new("whole", 1);
}

/// The fields of a record as the format names them.
fn fields<T: Encode>(format: Format, record: &T) -> Vec<(&'static str, Constant)> {
    match constant::<Whole, T>(format, record) {
        Some(Constant::Record(fields)) => fields,
        other => panic!("no record: {other:?}"),
    }
}

fn seven() -> i32 {
    7
}

const EIGHT: i32 = 8;

#[derive(Record, Debug, PartialEq)]
struct Defaults<'a> {
    #[field(1, default = [1, 2].into())]
    list: Vec<i32>,
    #[field(2, default = { let (one, two) = (1, 2); one + two }, alias = "blocked")]
    block: i32,
    #[field(3, default = (|one: i32, two: i32| one + two)(1, 2))]
    closure: i32,
    #[field(4, default = if EIGHT < seven() { 1 } else { 2 })]
    comparison: i32,
    #[field(5, default = match EIGHT { 7 | 8 => "seven, eight", _ => "" })]
    matched: &'a str,
    #[field(6, default = HashMap::<String, i32>::from([("x".to_owned(), 1)]).into_iter().collect::<BTreeMap<_, _>>())]
    generic: BTreeMap<String, i32>,
    #[field(7, default = <Result<i32, Vec<i32>> as IntoIterator>::into_iter(Ok(5)).next().unwrap_or(3), name = "named")]
    qualified: i32,
    #[field(8, default = -EIGHT + seven())]
    sum: i32,
    #[field(9, default = "x".to_owned() + "y")]
    text: String,
    #[field(10, default = *b"\x01\x02")]
    bytes: [u8; 2],
    #[field(11, default = vec![Some(1), None].into_iter().flatten().map(|item| -> i64 { item + 1 }).collect(),)]
    many: Vec<i64>,
    #[field(skip, default = "seven".len() << 1)]
    skipped: usize,
}

#[test]
fn a_default_is_any_expression() {
    let absent = Defaults::absent(canread_record::Format::Avro);
    assert_eq!((absent.block, absent.closure, absent.comparison, absent.qualified, absent.sum), (3, 3, 2, 5, -1));
    assert_eq!((absent.matched, absent.text.as_str(), absent.bytes), ("seven, eight", "xy", [1, 2]));
    assert_eq!((absent.list, absent.many, absent.skipped), (vec![1, 2], vec![2], 10));
    assert_eq!(absent.generic, BTreeMap::from([("x".to_owned(), 1)]));
    // What is behind the expression was read too.
    let Shape::Record(schema) = Defaults::SHAPE else { panic!("a record") };
    assert_eq!((schema().fields[1].meta.aliases, schema().fields[6].meta.name), (["blocked"].as_slice(), "named"));
}

/// A crate that gives canread to its users under another name.
mod hub {
    pub(crate) mod cr {
        pub(crate) mod record {
            pub(crate) use canread_record::*;
        }
    }
}

mod renamed {
    use super::hub::cr;

    // What stands in the user's crate as `cr = { package = "canread" }`.
    #[derive(canread_derive::Record)]
    #[record(crate = cr, name = "shop.Order")]
    pub(super) struct Order {
        #[field(1)]
        pub(super) id: i64,
        #[field(union)]
        pub(super) payment: Option<Payment>,
        #[field(4)]
        pub(super) state: State,
    }

    #[derive(canread_derive::Record)]
    #[record(crate = crate::hub::cr)]
    pub(super) enum Payment {
        #[field(2)]
        Card(String),
        #[field(3)]
        Cash(i64),
    }

    #[derive(canread_derive::Record)]
    #[record(name = "shop.State", crate = super::hub::cr)]
    pub(super) enum State {
        #[symbol(0)]
        Open,
    }
}

#[test]
fn the_crate_may_have_another_name() {
    let order = renamed::Order { id: 7, payment: Some(renamed::Payment::Cash(8)), state: renamed::State::Open };
    let cash = Constant::Branch(1, Box::new(Constant::Int(8)));
    let expected = [("id", Constant::Int(7)), ("payment", cash), ("state", Constant::Symbol("Open", 0))];
    assert_eq!(fields(Format::Avro, &order), expected);
    let order = renamed::Order { payment: Some(renamed::Payment::Card("c".to_owned())), ..order };
    assert_eq!(
        order.payment.map(|payment| <renamed::Payment as canread_record::EncodeUnion>::branch(&payment)),
        Some(0)
    );
}

#[derive(Record, Debug, PartialEq)]
enum Payment {
    #[field(4)]
    Card(String),
    #[field(5)]
    Cash(i64),
}

/// One branch is a union too.
#[derive(Record, Debug, PartialEq)]
enum Only {
    #[field(6)]
    One(Box<i64>),
}

#[derive(Record, Debug, PartialEq)]
struct Unions<T> {
    #[field(union)]
    plain: Payment,
    #[field(union)]
    only: Option<Only>,
    #[field(union)]
    generic: T,
    #[field(9)]
    list: Vec<Payment>,
}

/// As in [`Unions`], where it can stand beside the other two.
#[derive(Record, Debug, PartialEq)]
enum Other<V> {
    #[field(7)]
    Value(V),
    #[field(8)]
    Nested(Box<Unions<Option<Box<Other<V>>>>>),
}

#[test]
fn a_union_is_held_plainly_in_an_option_in_a_box_and_by_a_parameter() {
    let numbers = |metas: &[FieldMeta]| metas.iter().map(|meta| meta.protobuf.number).collect::<Vec<_>>();
    assert_eq!(numbers(<Option<Box<Payment>> as Branches>::BRANCHES), [4, 5]);
    assert_eq!(numbers(<Other<i32> as Branches>::BRANCHES), [7, 8]);
    let one = |number| Constant::Branch(0, Box::new(Constant::Int(number)));
    let unions = Unions {
        plain: Payment::Cash(1),
        only: Some(Only::One(Box::new(2))),
        generic: Box::new(Other::Value(3)),
        list: vec![],
    };
    let cash = Constant::Branch(1, Box::new(Constant::Int(1)));
    let expected = [("plain", cash), ("only", one(2)), ("generic", one(3)), ("list", Constant::List(vec![]))];
    assert_eq!(fields(Format::Protobuf, &unions), expected);
    assert_eq!(<Only as Decode<'_>>::absent(canread_record::Format::Avro), Only::One(Box::new(0)));
}

#[derive(Record)]
#[record(name = "shop._v1.Order2", alias = "Order1")]
struct Words<'a, K: Ord> {
    #[field(1, protobuf(fixed))]
    small: Vec<u16>,
    #[field(2, protobuf(zigzag, key_fixed))]
    by_number: BTreeMap<u64, i8>,
    #[field(3, protobuf(nanos, zigzag), avro(millis))]
    time: Option<Timestamp>,
    #[field(4, protobuf(unpacked, micros))]
    times: Vec<Timestamp>,
    #[field(5, avro(type_name = "shop.Digest", type_alias = "Hash", type_alias = "shop.int"))]
    digests: BTreeMap<K, [u8; 4]>,
    #[field(6, avro(fixed, type_name = "Id"), protobuf(bytes))]
    id: Uuid,
    #[field(7, protobuf(group))]
    lines: Vec<Line<'a>>,
    #[field(8, avro(name = "size"), protobuf(name = "groesse"), name = "größe", alias = "sizes")]
    size: i64,
    #[field(skip)]
    skipped: PhantomData<&'static str>,
}

#[derive(Record)]
struct Line<'a> {
    #[field(1)]
    sku: Cow<'a, str>,
}

#[test]
fn words_stand_where_they_mean_something() {
    let line = Line { sku: Cow::Borrowed("M8") };
    let words = Words {
        small: vec![1],
        by_number: BTreeMap::new(),
        time: None,
        times: vec![],
        digests: BTreeMap::from([(7, [1; 4])]),
        id: Uuid::default(),
        lines: vec![line],
        size: 8,
        skipped: PhantomData,
    };
    let names: Vec<_> = fields(Format::Avro, &words).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["small", "by_number", "time", "times", "digests", "id", "lines", "size"]);
    let names: Vec<_> = fields(Format::Protobuf, &words).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.last(), Some(&"groesse"));
    // The name of a `fixed` is that of the values of a map.
    let Shape::Record(schema) = Words::<'_, i32>::SHAPE else { panic!("a record") };
    let of_values = schema().fields[4].meta.of_entry_value().avro;
    assert_eq!((of_values.type_name, of_values.type_aliases), ("shop.Digest", &["Hash", "shop.int"][..]));
}

/// Attributes that come from a macro.
macro_rules! record {
    ($name:ident $number:literal $field:ident $type:ty) => {
        #[derive(Record)]
        struct $name {
            #[field($number)]
            before: i32,
            #[field(union)]
            $field: $type,
            #[field(3, protobuf(zigzag))]
            after: i32,
        }
    };
}

record!(Made 2 payment Option<Payment>);

#[test]
fn attributes_may_come_from_a_macro() {
    let made = Made { before: 1, payment: Some(Payment::Card("c".to_owned())), after: 2 };
    assert_eq!(fields(Format::Protobuf, &made).len(), 3);
}

/// The branch that holds the union itself may stand first.
#[derive(Record, Debug, PartialEq)]
enum Expression {
    #[field(1)]
    Both(Box<Both>),
    #[field(2)]
    Value(i64),
}

#[derive(Record, Debug, PartialEq)]
struct Both {
    #[field(union)]
    one: Expression,
    #[field(3)]
    other: Option<Expression>,
}

#[test]
fn a_union_may_begin_with_the_branch_that_holds_it() {
    assert_eq!(Expression::absent(Format::Avro), Expression::Value(0));
    let both = Both { one: Expression::Value(7), other: Some(Expression::Both(Box::new(Both::absent(Format::Avro)))) };
    assert_eq!(fields(Format::Avro, &both).len(), 2);
}

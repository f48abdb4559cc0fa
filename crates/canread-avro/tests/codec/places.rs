//! Where an error is: its reason, its byte and its field are the same for a type, for a type under somebody else's schema, and for values.

use std::collections::BTreeMap;

use canread_avro::codec::{Decoder, from_slice_with, schema_of, to_vec, value};
use canread_avro::schema::{LinkOptions, read};
use canread_avro::stream;
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::{Arena, Layout, Value};
use canread_record::{Date, Decimal, Decode, DecodeFields, Shaped, Timestamp, Uuid};
use canread_wire::{DecodeError, DecodeErrorKind, Limits, Unreadable};

fn schema(text: &str) -> Schema {
    let mut sources = canread_syntax::Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    read(&[("schema.avsc", file)], &sources, &LinkOptions::default()).schema
}

/// What a type says of bytes that it does not take, which a decoder for its own schema says too.
fn refused<T>(bytes: &[u8], limits: &Limits) -> DecodeError
where
    T: Shaped + for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
{
    let error = from_slice_with::<T>(bytes, limits).err().expect("it is refused");
    let decoder = Decoder::<T>::new(&schema_of::<T>()).expect("its own schema");
    assert_eq!(decoder.from_slice_with(bytes, limits).err(), Some(error.clone()));
    error
}

#[derive(Record, Debug, PartialEq)]
struct Node {
    #[field(1)]
    kids: Vec<Node>,
    #[field(2)]
    x: i8,
    #[field(3)]
    s: String,
}

/// One inside the other, so many.
fn nested(levels: usize, x: &[u8]) -> Vec<u8> {
    let mut bytes = [2].repeat(levels);
    bytes.push(0);
    bytes.extend(b"\x02\x00".repeat(levels));
    bytes.truncate(bytes.len().saturating_sub(levels * 2));
    for _ in 0..levels {
        bytes.extend([2, 0, 0]);
    }
    bytes.extend(x);
    bytes
}

#[test]
fn what_is_too_deep_is_where_the_type_comes_to_its_limit() {
    let error = refused::<Node>(&nested(150, &[2, 0]), &Limits::strict());
    assert_eq!((error.offset(), error.path().segments().count()), (101, 202));
    assert!(error.path().to_string().ends_with("kids[0].kids[0]"), "{error}");
    let error = refused::<Node>(&nested(20, &[2, 0]), &Limits::strict().with_depth_max(10));
    assert_eq!((error.offset(), error.path().segments().count()), (11, 22));
    // As deep as those who trust it allow, and another reason behind that.
    let error = refused::<Node>(&nested(150, &[0xd8, 4, 0]), &Limits::trusted());
    assert_eq!(error.kind(), DecodeErrorKind::Unreadable(Unreadable::OutOfRange));
    let text = "a number beyond the range of its type at byte 603, in `x`";
    assert_eq!(error.to_string(), text);
    let inner = [[2].repeat(150), vec![0, 2, 2, 0xff]].concat();
    let error = refused::<Node>(&inner, &Limits::trusted());
    assert_eq!((error.offset(), error.path().segments().count()), (153, 301));
}

#[test]
fn a_reason_that_only_the_type_has_is_not_hidden_by_limits_of_others() {
    #[derive(Record, Debug)]
    struct Holes {
        #[field(1)]
        v: Vec<Option<i8>>,
        #[field(2)]
        z: i8,
    }
    // Values of 200,000 nulls take more memory than is allowed.
    let bytes = [vec![0x80, 0xb5, 0x18], vec![0; 200_000], vec![0, 0xd8, 4]].concat();
    let error = refused::<Holes>(&bytes, &Limits::strict().with_allocated_bytes_max(3 << 20));
    assert_eq!(error.to_string(), "a number beyond the range of its type at byte 200006, in `z`");
    // Values count lists as levels.
    let error = refused::<Node>(&nested(60, &[0xd8, 4, 0]), &Limits::strict());
    assert_eq!(error.to_string(), "a number beyond the range of its type at byte 243, in `x`");
    let error = refused::<Node>(&[nested(60, &[2, 0]), vec![7]].concat(), &Limits::strict());
    assert_eq!(error.to_string(), "malformed: bytes after the end of the value at byte 243");
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "shop.Narrow")]
struct Narrow {
    #[field(1)]
    byte: i8,
    #[field(2)]
    day: Date,
    #[field(3)]
    wide: Vec<u32>,
    #[field(4)]
    price: Decimal<3, 1>,
    #[field(5)]
    id: Uuid,
    #[field(6)]
    at: Option<Timestamp>,
    #[field(7)]
    numbers: BTreeMap<i32, u16>,
}

/// Each part of a record that only a type refuses, and where.
fn refusals() -> [(Vec<u8>, u64, &'static str); 7] {
    let parts = |changed: usize, to: &[u8]| {
        let mut parts: [&[u8]; 7] =
            [&[2], &[2], &[4, 2, 2, 0], &[2, 1], b"\x4800000000-0000-0000-0000-000000000000", &[2, 2], &[2, 2, 2, 0]];
        parts[changed] = to;
        parts.concat()
    };
    [
        (parts(0, &[0xd8, 4]), 2, "byte"),
        (parts(1, &[0xfe, 0xff, 0xff, 0xff, 0x0f]), 6, "day"),
        (parts(2, &[4, 2, 1, 0]), 5, "wide[1]"),
        (parts(3, &[4, 0x7f, 0xff]), 9, "price"),
        (parts(4, b"\x02x"), 10, "id"),
        (parts(5, &[2, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]), 56, "at"),
        (parts(6, &[2, 2, 1, 0]), 50, "numbers[0].value"),
    ]
}

#[test]
fn what_only_the_type_refuses_is_in_a_field() {
    for (bytes, offset, path) in refusals() {
        let error = refused::<Narrow>(&bytes, &Limits::strict());
        assert_eq!((error.offset(), error.path().to_string().as_str()), (offset, path), "{error}");
    }
}

/// Fields in another order, narrower, with other names, and some that are gone.
const OTHER: &str = r#"{"type": "record", "name": "shop.Outer", "fields": [
    {"name": "flag", "type": "boolean"}, {"name": "nothing", "type": "null"}, {"name": "count", "type": "int"},
    {"name": "gone", "type": {"type": "array", "items": {"type": "record", "name": "shop.Gone", "fields": [
        {"name": "note", "type": "string"}, {"name": "ok", "type": "boolean"}]}}},
    {"name": "old", "type": ["int", "null"]},
    {"name": "list", "type": {"type": "map", "values": [{"type": "record", "name": "shop.Inner", "fields": [
        {"name": "nothing", "type": "null"}, {"name": "byte", "type": "int"}]}, "string"]}}]}"#;

#[derive(Record, Debug)]
#[record(name = "shop.Inner")]
struct Inner {
    #[field(1)]
    byte: i8,
    #[field(2, default = 7)]
    more: i32,
}

#[derive(Record, Debug)]
#[record(name = "shop.Outer")]
struct Outer {
    #[field(1, alias = "old")]
    new: Option<i8>,
    #[field(2)]
    list: BTreeMap<String, Inner>,
}

#[test]
fn the_way_has_the_names_of_the_reader_or_else_of_the_writer() {
    let decoder = Decoder::<Outer>::new(&schema(OTHER)).expect("it can be read");
    let said = |bytes: &[u8]| decoder.from_slice(bytes).expect_err("it is refused").to_string();
    assert!(decoder.from_slice(&[1, 2, 0, 2, 2, 2, b'k', 0, 2, 0]).is_ok());
    assert_eq!(said(&[1]), "the input ends inside a value at byte 1, in `count`");
    assert_eq!(said(&[1, 2, 2]), "the input ends inside a value at byte 3, in `gone[0].note`");
    assert_eq!(said(&[1, 2, 2, 0, 2]), "malformed: a boolean that is neither 0 nor 1 at byte 5, in `gone[0].ok`");
    assert_eq!(said(&[1, 2, 0, 4]), "malformed: a union branch that does not exist at byte 4, in `new`");
    assert_eq!(said(&[1, 2, 0, 0, 0xd8, 4]), "a number beyond the range of its type at byte 6, in `new`");
    let branch = "a union branch that does not exist";
    assert_eq!(said(&[1, 2, 0, 2, 2, 2, b'k', 9]), format!("malformed: {branch} at byte 8, in `list[0]`"));
    assert_eq!(
        said(&[1, 2, 0, 2, 2, 2, b'k', 2, 0]),
        "text can't be read as the record `shop.Inner`; at byte 8, in `list[0]`"
    );
    let range = "a number beyond the range of its type";
    assert_eq!(said(&[1, 2, 0, 2, 2, 2, b'k', 0, 0xd8, 4]), format!("{range} at byte 10, in `list[0].byte`"));
}

#[test]
fn a_stream_says_it_as_a_slice_does() {
    let bytes =
        [to_vec(&Node { kids: vec![], x: 1, s: "a".to_owned() }).expect("short"), nested(2, &[0xd8, 4])].concat();
    let mut reader = stream::Reader::<_, Node>::new(&bytes[..]).expect("its own schema");
    assert!(matches!(reader.next(), Some(Ok(_))));
    let Some(Err(stream::StreamError::Decode { error, .. })) = reader.next() else { panic!("it is refused") };
    assert_eq!(error.to_string(), "a number beyond the range of its type at byte 11, in `x`");
}

#[test]
fn the_end_of_a_list_in_a_map_is_in_its_own_entry() {
    let text = r#"{"type": "record", "name": "P", "fields": [{"name": "m", "type": {"type": "map", "values": {"type": "record",
        "name": "Q", "fields": [{"name": "r", "type": {"type": "array", "items": {"type": "record", "name": "S", "fields": [
        {"name": "z", "type": "string"}]}}}]}}}]}"#;
    let layout = Layout::of_root(&schema(text)).expect("a layout");
    let arena = Arena::new();
    let said = |bytes: &[u8]| value::from_slice(&layout, bytes, &arena).expect_err("it is cut").to_string();
    assert_eq!(said(&[4, 2, b'k', 4, 0, 0]), "the input ends inside a value at byte 6, in `m[0].r`");
    assert_eq!(
        said(&[4, 2, b'k', 2, 0, 0, 2, b'l', 4, 0]),
        "the input ends inside a value at byte 10, in `m[1].r[1].z`"
    );
    assert_eq!(said(&[4, 2, b'k', 2, 0, 0, 2, b'l', 4, 0, 0]), "the input ends inside a value at byte 11, in `m[1].r`");
}

#[derive(Record, Debug, Clone)]
enum Choice {
    #[field(1)]
    Number(u64),
    #[field(2)]
    Leaf(Leaf),
}

#[derive(Record, Debug, Clone)]
struct Leaf {
    #[field(1, avro(millis))]
    t: Timestamp,
}

#[derive(Record, Debug)]
struct Tree {
    #[field(1)]
    m: BTreeMap<String, Leaf>,
    #[field(2)]
    l: Vec<Leaf>,
    #[field(3)]
    lists: Vec<Vec<u64>>,
    #[field(4)]
    by_number: BTreeMap<u64, Option<u64>>,
    #[field(5)]
    choices: Vec<Choice>,
    #[field(6)]
    last: Vec<Leaf>,
}

#[test]
fn what_can_t_be_written_is_in_an_item_or_entry() {
    let (good, bad) =
        (Leaf { t: Timestamp::new(1, 0).expect("a time") }, Leaf { t: Timestamp::new(1, 1).expect("a time") });
    let tree = || Tree {
        m: [("a".to_owned(), good.clone()), ("b".to_owned(), good.clone())].into(),
        l: vec![good.clone(); 3],
        lists: vec![vec![1, 2], vec![3]],
        by_number: [(1, Some(1)), (2, None)].into(),
        choices: vec![Choice::Number(1), Choice::Leaf(good.clone())],
        // Nothing that comes behind it changes what is said.
        last: vec![bad.clone(), bad.clone()],
    };
    let path = |tree: &Tree| to_vec(tree).expect_err("it has no place").path().to_string();
    assert_eq!(path(&tree()), "last[0].t");
    assert_eq!(path(&Tree { l: vec![good.clone(), bad.clone(), bad.clone()], ..tree() }), "l[1].t");
    assert_eq!(
        path(&Tree { m: [("a".to_owned(), good.clone()), ("b".to_owned(), bad.clone())].into(), ..tree() }),
        "m[1].t"
    );
    assert_eq!(path(&Tree { lists: vec![vec![1], vec![2, u64::MAX]], ..tree() }), "lists[1][1]");
    assert_eq!(path(&Tree { by_number: [(1, None), (u64::MAX, None)].into(), ..tree() }), "by_number[1].key");
    assert_eq!(path(&Tree { by_number: [(1, Some(u64::MAX))].into(), ..tree() }), "by_number[0].value");
    assert_eq!(path(&Tree { choices: vec![Choice::Number(1), Choice::Number(u64::MAX)], ..tree() }), "choices[1]");
    assert_eq!(path(&Tree { choices: vec![Choice::Leaf(bad.clone())], ..tree() }), "choices[0].t");
}

#[test]
fn values_that_can_t_be_written_are_where_a_type_says() {
    let layout = Layout::of_root(&schema_of::<Tree>()).expect("a layout");
    let arena = Arena::new();
    let (good, bad) = (arena.record(&[Value::Int(1)]), arena.record(&[Value::Null]));
    let none = arena.list(&[]);
    let path = |at: usize, value: Value<'_>| {
        let mut fields = [Value::Map(&[]), none, none, none, none, none];
        fields[at] = value;
        value::to_vec(&layout, &arena.record(&fields)).expect_err("it has no place").path().to_string()
    };
    assert_eq!(path(0, Value::Map(&[(Value::String("a"), good), (Value::String("b"), bad)])), "m[1].t");
    assert_eq!(path(1, arena.list(&[good, bad, bad])), "l[1].t");
    assert_eq!(path(2, arena.list(&[none, arena.list(&[Value::Int(1), Value::Null])])), "lists[1][1]");
    let entry = |key, value| arena.record(&[key, value]);
    assert_eq!(
        path(3, arena.list(&[entry(Value::Int(1), Value::Null), entry(Value::Null, Value::Null)])),
        "by_number[1].key"
    );
    assert_eq!(path(3, arena.list(&[entry(Value::Int(1), Value::Bool(true))])), "by_number[0].value");
}

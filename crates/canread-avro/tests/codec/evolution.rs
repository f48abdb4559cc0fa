//! Records of a type from bytes of other schemas. Source: Avro 1.12, "Schema Resolution".

use std::collections::BTreeMap;

use canread_avro::codec::{Decoder, DecoderError, schema_of, to_vec, value};
use canread_avro::schema::{LinkOptions, read};
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::{Arena, Layout, LayoutErrorKind, Plan, Value};
use canread_record::{Decimal, Decode, DecodeFields, Timestamp, Uuid};
use canread_syntax::{Diagnostic, Sources};
use canread_wire::{DecodeErrorKind, Unreadable};

use crate::everything::{Everything, full};

fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

fn layout(schema: &Schema) -> Layout {
    Layout::of_root(schema).expect("a layout")
}

/// The bytes of a value that is given for each field of the outermost record.
fn written(schema: &Schema, fields: &[Value<'_>]) -> Vec<u8> {
    let arena = Arena::new();
    value::to_vec(&layout(schema), &arena.record(fields)).expect("a value of the schema")
}

#[derive(Record, Debug, PartialEq, Clone, Copy)]
#[record(name = "shop.State")]
enum State {
    #[symbol(0)]
    Open,
    #[symbol(1)]
    Paid,
}

#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "shop.Line")]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2)]
    quantity: i64,
}

#[derive(Record, Debug, PartialEq, Clone)]
enum Payment {
    #[field(1)]
    Card(String),
    #[field(2)]
    Cash(i64),
}

#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "shop.Order")]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
    #[field(3)]
    lines: Vec<Line>,
    #[field(4)]
    state: State,
    #[field(5)]
    weights: Vec<f64>,
    #[field(6)]
    by_name: BTreeMap<String, i64>,
    #[field(7)]
    payment: Option<Payment>,
    #[field(8)]
    raw: Vec<u8>,
    #[field(9, alias = "was")]
    renamed: i32,
}

const WRITER: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
    {"name": "was", "type": "int"}, {"name": "gone", "type": {"type": "array", "items": ["null", "string"]}},
    {"name": "raw", "type": "string"}, {"name": "payment", "type": ["string", "null", "int"]},
    {"name": "weights", "type": {"type": "array", "items": "float"}}, {"name": "by_name", "type": {"type": "map", "values": "int"}},
    {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["Paid", "Open", "Lost"]}},
    {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
        {"name": "quantity", "type": "int"}, {"name": "unit", "type": "bytes"}, {"name": "sku", "type": ["string", "null"]}]}}},
    {"name": "id", "type": "int"}]}"#;

fn values(state: i32, payment: Value<'static>) -> Vec<u8> {
    let arena = Arena::new();
    let line = |quantity, sku| arena.record(&[Value::Int(quantity), Value::Bytes(b"kg"), Value::String(sku)]);
    let fields = [
        Value::Int(-9),
        arena.list(&[Value::Null, Value::String("x")]),
        Value::String("raw"),
        payment,
        arena.list(&[Value::Float(0.5), Value::Float(-1.0)]),
        arena.map(&[(Value::String("k"), Value::Int(3))]),
        Value::Symbol(state),
        arena.list(&[line(2, "M8"), line(3, "")]),
        Value::Int(7),
    ];
    written(&schema(WRITER), &fields)
}

#[test]
fn a_type_reads_what_another_schema_wrote() {
    let decoder = Decoder::<Order>::new(&schema(WRITER)).expect("most data can be read");
    let cash = Value::Branch(2, &Value::Int(50));
    let bytes = values(0, cash);
    let order = Order {
        id: 7,
        note: None,
        lines: vec![Line { sku: "M8".into(), quantity: 2 }, Line { sku: String::new(), quantity: 3 }],
        state: State::Paid,
        weights: vec![0.5, -1.0],
        by_name: [("k".to_owned(), 3)].into(),
        payment: Some(Payment::Cash(50)),
        raw: b"raw".to_vec(),
        renamed: -9,
    };
    assert_eq!(decoder.from_slice(&bytes), Ok(order.clone()));
    let none = values(1, Value::Branch(1, &Value::Null));
    let open = Order { state: State::Open, payment: None, ..order.clone() };
    assert_eq!(decoder.from_slice(&none), Ok(open));
    let card = values(0, Value::Branch(0, &Value::String("4711")));
    assert_eq!(decoder.from_slice(&card), Ok(Order { payment: Some(Payment::Card("4711".into())), ..order }));
}

#[test]
fn what_the_type_lacks_is_refused_when_it_comes_with_its_place() {
    let decoder = Decoder::<Order>::new(&schema(WRITER)).expect("most data can be read");
    let error = decoder.from_slice(&values(2, Value::Branch(1, &Value::Null))).expect_err("a symbol that is not there");
    assert!(
        error.to_string().contains("a symbol that the enum does not have") && error.to_string().ends_with("`state`"),
        "{error}"
    );
    let bytes = values(0, Value::Branch(1, &Value::Null));
    for length in 0..bytes.len() {
        assert!(decoder.from_slice(&bytes[..length]).is_err(), "{length}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(decoder.from_slice(&longer).expect_err("a byte too many").to_string().contains("bytes after the end"));
}

#[test]
fn a_schema_that_no_data_of_can_be_read_has_no_decoder() {
    let other = schema(&WRITER.replace(r#"{"name": "id", "type": "int"}"#, r#"{"name": "id", "type": "string"}"#));
    let error = Decoder::<Order>::new(&other).expect_err("text is no number");
    assert!(matches!(error, DecoderError::Mismatches(_)), "{error}");
    assert!(error.to_string().contains("`id`: text can't be read as an integer of 64 bits"), "{error}");
    let error = Decoder::<Order>::new(&Schema::new(canread_model::Format::Avro)).expect_err("empty");
    assert!(matches!(&error, DecoderError::Layout(error) if *error.kind() == LayoutErrorKind::NoRoot), "{error}");
    assert_eq!(error.to_string(), "the schema has no type of its own");
}

/// What a type writes under the schema that it is, it reads by a plan that changes nothing, and so do values without a type.
#[test]
fn a_type_is_the_schema_that_it_writes_under() {
    let own = schema_of::<Everything>();
    let bytes = to_vec(&full()).expect("not deep");
    let decoder = Decoder::<Everything>::new(&own).expect("the same");
    assert!(decoder.plan().is_identity());
    assert_eq!(decoder.from_slice(&bytes), Ok(full()));
    let (layout, arena) = (layout(&own), Arena::new());
    let value = value::from_slice(&layout, &bytes, &arena).expect("the type's own bytes");
    assert_eq!(value::to_vec(&layout, &value).expect("a value of it"), bytes);
    // The schema in a file, which others read the bytes under.
    let file = schema(include_str!("everything.avsc"));
    let by_file = Decoder::<Everything>::new(&file).expect("the file says the same");
    assert_eq!(by_file.from_slice(&bytes), Ok(full()));
}

/// Fields of a writer in any order come to the fields of the type.
#[test]
fn any_order_of_fields_is_read() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Reader {
        #[field(1)]
        a: i64,
        #[field(2)]
        b: i64,
        #[field(3)]
        c: i64,
        #[field(4)]
        d: i64,
    }
    let names = ["a", "b", "c", "d"];
    for turn in 0..24_usize {
        let mut left: Vec<&str> = names.to_vec();
        let order: Vec<&str> = [turn / 6, turn / 2 % 3, turn % 2, 0].map(|at| left.remove(at)).into();
        let fields: Vec<String> = order.iter().map(|name| format!(r#"{{"name": "{name}", "type": "int"}}"#)).collect();
        let writer = schema(&format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(", ")));
        let value = |name: &&str| Value::Int(i64::from(name.as_bytes()[0]));
        let bytes = written(&writer, &order.iter().map(value).collect::<Vec<_>>());
        let decoder = Decoder::<Reader>::new(&writer).expect("all are there");
        assert_eq!(decoder.from_slice(&bytes), Ok(Reader { a: 97, b: 98, c: 99, d: 100 }), "{order:?}");
    }
}

fn read_as<'de, T: Decode<'de> + DecodeFields<'de>>(writer: &str, bytes: &'de [u8]) -> T {
    Decoder::new(&schema(writer)).expect("a decoder").from_slice(bytes).expect("a value")
}

#[test]
fn records_in_records_and_borrowed_text_are_read() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "Node")]
    struct Node<'a> {
        #[field(1)]
        name: &'a str,
        #[field(2)]
        next: Option<Box<Node<'a>>>,
        #[field(3, default = 7)]
        more: u32,
    }
    let writer = r#"{"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}, {"name": "name", "type": "bytes"}]}"#;
    let bytes = [2, 0, 2, b'b', 2, b'a'];
    let inner = Node { name: "b", next: None, more: 7 };
    assert_eq!(read_as::<Node<'_>>(writer, &bytes), Node { name: "a", next: Some(Box::new(inner)), more: 7 });
    let deep = [2_u8; 10_000];
    let decoder = Decoder::<Node<'_>>::new(&schema(writer)).expect("a decoder");
    assert!(decoder.from_slice(&deep).expect_err("too deep").to_string().contains("levels of nesting"));
}

fn refused<T: canread_record::Shaped>(writer: &str) -> String {
    match Decoder::<T>::new(&schema(writer)) {
        Err(error) => error.to_string(),
        Ok(decoder) => decoder.plan().mismatches().iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    }
}

/// Source: Avro 1.12, "Schema Resolution": "if the reader's record schema has a field with no default value, and writer's schema does not have a
/// field with the same name, an error is signalled".
#[test]
fn a_field_that_is_not_written_has_to_have_a_default() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Plain {
        #[field(1)]
        is: i32,
        #[field(2)]
        lacks: Vec<i32>,
    }
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Defaulted<T> {
        #[field(1)]
        is: T,
        #[field(2, default = vec![5])]
        list: Vec<i32>,
        #[field(3, default = 8)]
        number: i32,
        #[field(4)]
        perhaps: Option<T>,
        // No schema can say it: null is the first branch.
        #[field(5, default = Some(4))]
        four: Option<i32>,
    }
    let writer = r#"{"type": "record", "name": "R", "fields": [{"name": "is", "type": "int"}]}"#;
    assert_eq!(refused::<Plain>(writer), "the reader's field `lacks` is not written, and has no default");
    let read = Defaulted { is: 3, list: vec![5], number: 8, perhaps: None, four: Some(4) };
    assert_eq!(read_as::<Defaulted<i32>>(writer, b"\x06"), read);
}

/// Source: Avro 1.12, "Logical Types", "Decimal".
#[test]
fn values_that_mean_something_else_are_refused() {
    use canread_record::{Date, Timestamp};

    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Row {
        #[field(1)]
        t: Timestamp,
        #[field(2)]
        d: Decimal<9, 2>,
        #[field(3)]
        day: Option<Date>,
    }
    let writer = |t: &str, d: &str, day: &str| {
        format!(
            r#"{{"type": "record", "name": "R", "fields": [
                {{"name": "t", "type": {t}}}, {{"name": "d", "type": {d}}}, {{"name": "day", "type": ["null", {day}]}}]}}"#
        )
    };
    let logical = |base: &str, name: &str| format!(r#"{{"type": "{base}", "logicalType": "{name}"}}"#);
    let decimal = |precision: u32, scale: u32| {
        format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": {precision}, "scale": {scale}}}"#)
    };
    let (micros, date) = (logical("long", "timestamp-micros"), logical("int", "date"));
    let said = |t: &str, d: &str, day: &str| refused::<Row>(&writer(t, d, day));
    for precision in [4, 9] {
        assert_eq!(said(&micros, &decimal(precision, 2), &date), "");
    }
    assert_eq!(
        said(&logical("long", "timestamp-millis"), &decimal(9, 4), &logical("int", "time-millis")),
        "`t`: a timestamp-millis can't be read as a timestamp-micros: the same bytes are another value; \
         `d`: a decimal with 4 digits behind the point can't be read as a decimal with 2 digits behind the point: \
         the same bytes are another value; \
         `day`: a time-millis can't be read as a date: the same bytes are another value"
    );
    let told = said(&date, "\"string\"", &logical("int", "made-up"));
    assert_eq!(
        told,
        "`t`: a date can't be read as a timestamp-micros: the same bytes are another value; \
         `d`: text can't be read as a decimal with 2 digits behind the point: the same bytes are another value"
    );
    // Who gives no meaning has nothing against one, nor has who does not know it.
    assert_eq!(said("\"long\"", "\"bytes\"", "\"int\""), "");
    let plain = Decoder::<Numbers>::new(&schema(&writer(&micros, &decimal(9, 4), &date))).expect("numbers");
    assert_eq!(plain.from_slice(b"\x02\x02\x05\x02\x08"), Ok(Numbers { t: 1, d: vec![5], day: Some(4) }));
}

/// What a type counts in its own way is no number of another unit, though Avro has no logical type for it.
#[test]
fn what_avro_has_no_logical_type_for_is_not_taken_for_another_one() {
    use canread_record::{Decimal, ExactDuration, TimeOfDay, Timestamp};

    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Row {
        #[field(1, avro(seconds))]
        t: Timestamp,
        #[field(2, avro(nanos))]
        clock: TimeOfDay,
        #[field(3)]
        took: Vec<ExactDuration>,
        #[field(4, avro(text))]
        sum: Decimal<9, 2>,
    }
    let writer = |[t, clock, took, sum]: [&str; 4]| {
        format!(
            r#"{{"type": "record", "name": "R", "fields": [{{"name": "t", "type": {t}}}, {{"name": "clock", "type": {clock}}},
                {{"name": "took", "type": {{"type": "array", "items": {took}}}}}, {{"name": "sum", "type": {sum}}}]}}"#
        )
    };
    let logical = |base: &str, name: &str| format!(r#"{{"type": "{base}", "logicalType": "{name}"}}"#);
    let plain = ["\"long\"", "\"long\"", "\"long\"", "\"string\""];
    assert_eq!(refused::<Row>(&writer(plain)), "");
    assert_eq!(
        read_as::<Row>(&writer(plain), b"\x02\x04\x02\x06\x00\x083.25").sum,
        Decimal::from_unscaled(325).expect("few digits")
    );
    let cases = [
        (0, logical("long", "timestamp-millis"), "`t`: a timestamp-millis can't be read as a timestamp-seconds"),
        (1, logical("long", "time-micros"), "`clock`: a time-micros can't be read as a time-nanos"),
        (1, logical("int", "time-millis"), "`clock`: a time-millis can't be read as a time-nanos"),
        (1, logical("int", "date"), "`clock`: a date can't be read as a time-nanos"),
        (2, logical("long", "timestamp-millis"), "`took[]`: a timestamp-millis can't be read as a duration in micros"),
        (3, logical("string", "uuid"), "`sum`: a uuid can't be read as a decimal with 2 digits behind the point"),
        (
            3,
            r#"{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}"#.to_owned(),
            "`sum`: a decimal with 2 digits behind the point can't be read as a decimal with 2 digits behind the point",
        ),
    ];
    for (at, ty, expected) in &cases {
        let mut types = plain;
        types[*at] = ty;
        let said = refused::<Row>(&writer(types));
        assert_eq!(said, format!("{expected}: the same bytes are another value"));
    }
}

#[test]
fn a_decimal_of_more_digits_is_told_value_by_value() {
    use canread_plan::MismatchKind;
    use canread_record::Decimal;

    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Row {
        #[field(1)]
        d: Decimal<3, 0>,
    }
    let writer = r#"{"type": "record", "name": "R", "fields": [
        {"name": "d", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9}}]}"#;
    let decoder = Decoder::<Row>::new(&schema(writer)).expect("some are short");
    let [mismatch] = decoder.plan().mismatches() else { panic!("one") };
    assert_eq!(mismatch.kind(), &MismatchKind::Digits { writer: 9, reader: 3 });
    assert_eq!(mismatch.to_string(), "`d`: decimals of 9 digits can't be read as ones of at most 3");
    assert_eq!(decoder.from_slice(b"\x02\x07"), Ok(Row { d: Decimal::from_unscaled(7).expect("few digits") }));
    decoder.from_slice(b"\x04\x7f\xff").expect_err("five digits");
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "R")]
struct Numbers {
    #[field(1)]
    t: i64,
    #[field(2)]
    d: Vec<u8>,
    #[field(3)]
    day: Option<i32>,
}

/// Source: Avro 1.12, "Enums": the default is "used during resolution when the reader encounters a symbol from the writer that isn't defined in the
/// reader's schema". Names that a symbol had are canread's own.
#[test]
fn symbols_are_found_by_former_names_and_others_are_the_default() {
    #[derive(Record, Debug, PartialEq, Clone, Copy)]
    enum Size {
        #[symbol(0, alias = "TINY", alias = "LITTLE")]
        Small,
        #[symbol(1, default)]
        Other,
    }
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Sized {
        #[field(1)]
        size: Size,
    }
    let writer = |symbols: &str| {
        format!(
            r#"{{"type": "record", "name": "R", "fields": [
                {{"name": "size", "type": {{"type": "enum", "name": "Size", "symbols": [{symbols}]}}}}]}}"#
        )
    };
    let symbols = writer(r#""HUGE", "LITTLE", "Small", "TINY""#);
    assert_eq!(refused::<Sized>(&symbols), "");
    let read = |symbol: u8| read_as::<Sized>(&symbols, &[symbol * 2][..]).size;
    assert_eq!([read(0), read(1), read(2), read(3)], [Size::Other, Size::Small, Size::Small, Size::Small]);
    assert!(canread_avro::codec::schema_text::<Sized>().contains("\"default\": \"Other\""));
}

#[derive(Record, Debug, PartialEq, Clone)]
enum Key {
    #[field(1)]
    Md5([u8; 16]),
    #[field(2)]
    Token([u8; 16]),
    #[field(3, avro(fixed))]
    Id(Uuid),
}

#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "p.Keys")]
struct Keys {
    #[field(union)]
    key: Option<Key>,
}

/// Source: Avro 1.12, "Complex Types", "Unions": named types in a union are told apart by their names.
#[test]
fn bytes_of_one_size_in_a_union_are_read_as_themselves() {
    let all = [Key::Md5([1; 16]), Key::Token([2; 16]), Key::Id(Uuid([3; 16]))];
    let decoder = Decoder::<Keys>::new(&schema_of::<Keys>()).expect("its own");
    let elsewhere = canread_avro::codec::schema_text::<Keys>().replace(r#""namespace": "p""#, r#""namespace": "q""#);
    let elsewhere = Decoder::<Keys>::new(&schema(&elsewhere)).expect("the same in another namespace");
    for key in all {
        let keys = Keys { key: Some(key) };
        let bytes = to_vec(&keys).expect("a record");
        assert_eq!(decoder.from_slice(&bytes), Ok(keys.clone()));
        assert_eq!(elsewhere.from_slice(&bytes), Ok(keys));
    }
    // Other names are taken too, as they are where no schema of the type was at hand: by the first that has the size.
    let other = r#"{"type": "record", "name": "p.Keys", "fields": [
        {"name": "key", "type": ["null", {"type": "fixed", "name": "Other", "size": 16}]}]}"#;
    let bytes = [&[2][..], &[7; 16][..]].concat();
    assert_eq!(read_as::<Keys>(other, &bytes), Keys { key: Some(Key::Md5([7; 16])) });
}

#[test]
fn two_fixed_that_say_one_name_are_read_each_as_its_own() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "R")]
    struct Money {
        #[field(1, avro(fixed, type_name = "M"))]
        a: Decimal<9, 2>,
        #[field(2, avro(fixed, type_name = "M"))]
        b: Decimal<9, 4>,
    }
    let writer = r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type":
        {"type": "fixed", "name": "M", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 2}}, {"name": "b", "type": "M"}]}"#;
    assert_eq!(
        refused::<Money>(writer),
        "`b`: a decimal with 2 digits behind the point can't be read as a decimal with 4 digits behind the point: \
         the same bytes are another value"
    );
}

#[test]
fn a_fixed_that_says_its_name_is_read_under_the_names_that_it_says_it_had() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "shop.Event")]
    struct Event {
        #[field(1, avro(type_name = "Key", type_alias = "EventKeyFixed"))]
        key: [u8; 2],
    }
    let writer = |name: &str| {
        format!(
            r#"{{"type": "record", "name": "shop.Event", "fields": [{{"name": "key", "type": {{"type": "fixed", "name": "{name}", "size": 2}}}}]}}"#
        )
    };
    assert_eq!(read_as::<Event>(&writer("EventKeyFixed"), b"\x01\x02"), Event { key: [1, 2] });
    assert_eq!(read_as::<Event>(&writer("Key"), b"\x01\x02"), Event { key: [1, 2] });
    assert_eq!(refused::<Event>(&writer("Other")), "`key`: `shop.Other` can't be read as `shop.Key`, another name");
}

#[test]
fn data_that_a_plan_refuses_is_an_error_in_the_words_of_the_mismatch() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "Part")]
    struct Part {
        #[field(1)]
        x: i32,
        #[field(2)]
        y: i32,
    }
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "Ev")]
    struct Ev {
        #[field(1)]
        at: Option<Timestamp>,
        #[field(2)]
        price: Option<Decimal<9, 2>>,
        #[field(3)]
        parts: Vec<Option<Part>>,
        #[field(4)]
        choice: Option<Payment>,
    }
    let writer = schema(
        r#"{"type": "record", "name": "Ev", "fields": [
        {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
        {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 3}]},
        {"name": "parts", "type": {"type": "array", "items": ["null", {"type": "record", "name": "Part", "fields": [{"name": "x", "type": "int"}]}]}},
        {"name": "choice", "type": ["null", "boolean"]}]}"#,
    );
    let decoder = Decoder::<Ev>::new(&writer).expect("nulls can be read");
    let own = schema(&canread_avro::codec::schema_text::<Ev>());
    let plan = Plan::resolve(layout(&writer), layout(&own)).expect("nulls can be read");
    let said = |bytes: &[u8]| {
        let error = decoder.from_slice(bytes).expect_err("it is refused");
        assert_eq!(error.kind(), DecodeErrorKind::Unreadable(Unreadable::Mismatch));
        let arena = Arena::new();
        let of_value = value::resolve_slice(&plan, bytes, &arena).expect_err("it is refused");
        assert_eq!(of_value.to_string(), error.to_string());
        error.to_string()
    };
    assert!(decoder.from_slice(&[0, 0, 0, 0]).is_ok());
    assert_eq!(
        said(&[2, 2, 0, 0, 0]),
        "a timestamp-millis can't be read as a timestamp-micros: the same bytes are another value; at byte 1, in `at`"
    );
    assert_eq!(
        said(&[0, 2, 2, 7, 0, 0]),
        "a decimal with 3 digits behind the point can't be read as a decimal with 2 digits behind the point: the same bytes are \
         another value; at byte 2, in `price`"
    );
    assert_eq!(
        said(&[0, 0, 4, 0, 2, 7, 0, 0]),
        "the reader's field `y` is not written, and has no default; at byte 5, in `parts[1]`"
    );
    assert_eq!(said(&[0, 0, 0, 2, 1]), "no branch of the reader's union takes a boolean; at byte 4, in `choice`");
}

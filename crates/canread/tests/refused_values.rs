//! Values that no data of their schema is: every writer refuses them, and no reader takes a schema of another format.

use canread::value::{Arena, Layout, Value};
use canread::{EncodeErrorKind, Format, Record, avro, protobuf, schema};

fn protobuf_layout() -> Layout {
    let text = r#"syntax = "proto3"; message M { int64 id = 1; oneof one { string s = 2; int32 i = 3; } oneof other { bool b = 4; } }"#;
    let schema = schema::read(Format::Protobuf, &[("m.proto", text)]).expect("a schema");
    Layout::of(&schema, schema.find("M").expect("a message")).expect("a layout")
}

fn avro_layout() -> Layout {
    let text = r#"{"type": "record", "name": "M", "fields": [{"name": "a", "type": "int"}]}"#;
    Layout::of_root(&schema::read(Format::Avro, &[("m.avsc", text)]).expect("a schema")).expect("a layout")
}

#[test]
fn two_members_of_a_oneof_are_written_by_nobody() {
    let (layout, arena) = (protobuf_layout(), Arena::new());
    let both = arena.record(&[Value::Int(1), Value::String("a"), Value::Int(0), Value::Bool(true)]);
    let error = protobuf::value::to_vec(&layout, &both).expect_err("two members");
    assert_eq!(error.kind(), EncodeErrorKind::SecondOfOneof);
    assert_eq!(error.to_string(), "another member of the oneof has a value too, in `i`");
    assert_eq!(protobuf::text::to_string(&layout, &both).expect_err("two members"), error);
    let error = protobuf::json::to_string(&layout, &both).expect_err("two members");
    assert_eq!(error.to_string(), "another member of the oneof has a value too, in `i`");
    let one = arena.record(&[Value::Int(1), Value::Absent, Value::Int(0), Value::Bool(true)]);
    assert_eq!(protobuf::value::to_vec(&layout, &one).expect("one of each"), [8, 1, 24, 0, 32, 1]);
}

#[test]
fn a_schema_of_another_format_is_refused() {
    let (of_protobuf, of_avro, arena) = (protobuf_layout(), avro_layout(), Arena::new());
    let value = arena.record(&[Value::Int(1)]);
    assert_eq!(protobuf::value::to_vec(&of_avro, &value).expect_err("Avro's").kind(), EncodeErrorKind::OtherFormat);
    assert_eq!(protobuf::text::to_string(&of_avro, &value).expect_err("Avro's").kind(), EncodeErrorKind::OtherFormat);
    assert!(protobuf::json::to_string(&of_avro, &value).is_err());
    assert!(protobuf::value::from_slice(&of_avro, &[], &arena).is_err());
    assert!(protobuf::json::from_str(&of_avro, "{}", &arena).is_err());
    assert!(protobuf::text::from_str(&of_avro, "", &arena).is_err());
    let value = arena.record(&[Value::Int(1), Value::Absent, Value::Absent, Value::Absent]);
    assert_eq!(avro::value::to_vec(&of_protobuf, &value).expect_err("Protobuf's").kind(), EncodeErrorKind::OtherFormat);
    assert_eq!(
        avro::json::to_string(&of_protobuf, &value).expect_err("Protobuf's").kind(),
        EncodeErrorKind::OtherFormat
    );
    assert!(avro::value::from_slice(&of_protobuf, &[2], &arena).is_err());
    assert!(avro::json::from_str(&of_protobuf, r#"{"id": 1}"#, &arena).is_err());
}

#[derive(Record, Debug)]
enum Twins {
    #[field(1)]
    One(String),
    #[field(2)]
    Other(Box<str>),
}

#[derive(Record, Debug)]
struct Holder {
    #[field(union)]
    twins: Option<Twins>,
}

/// Source: Avro 1.12, "Unions". Protobuf tells branches apart by their numbers.
#[test]
fn a_union_of_one_type_twice_is_none_of_avro() {
    let of_itself = canread::Decoder::<Holder>::new(Format::Avro, &avro::schema_of::<Holder>());
    assert_eq!(
        of_itself.expect_err("branches that data does not tell apart").to_string(),
        "the union `Twins` has text twice: give one of the branches a type of its own"
    );
    canread::Decoder::<Holder>::new(Format::Protobuf, &protobuf::schema_of::<Holder>()).expect("two numbers");
}

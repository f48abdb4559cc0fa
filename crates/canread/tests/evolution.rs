//! What another schema wrote, in each format, by the names of the facade.

use canread::value::{Arena, Layout, Value};
use canread::{Decoder, DecoderError, Encoder, Format, Limits, Record, avro, protobuf, schema};

#[derive(Record, Debug, PartialEq)]
#[record(name = "shop.Order")]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
}

const PROTO: &str = r#"syntax = "proto3"; package shop.v1; message Order { fixed32 id = 1; string note = 2; } message Other { string id = 1; }"#;
const AVSC: &str = r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [
    {"name": "note", "type": ["string", "null"]}, {"name": "id", "type": "int"}]}"#;

#[test]
fn one_decoder_reads_each_format_by_the_schema_that_wrote_it() {
    for (format, file, text, bytes) in [
        (Format::Protobuf, "order.proto", PROTO, &b"\x0d\x07\0\0\0\x12\x01x"[..]),
        (Format::Avro, "order.avsc", AVSC, &b"\x00\x02x\x0e"[..]),
    ] {
        let writer = schema::read(format, &[(file, text)]).expect("a schema");
        let decoder = Decoder::<Order>::new(format, &writer).expect("a plan");
        assert_eq!(decoder.format(), format);
        assert!(!decoder.plan().is_identity());
        let order = Order { id: 7, note: Some("x".to_owned()) };
        assert_eq!(decoder.from_slice(bytes).expect("an order"), order);
        let limits = Limits::strict().with_bytes_max(2);
        assert!(decoder.from_slice_with(bytes, &limits).is_err());
        // What the type writes itself.
        let encoder = Encoder::new(format);
        let written = encoder.to_vec(&order).expect("bytes");
        assert_eq!(encoder.encoded_len(&order), Ok(written.len()));
        let mut behind = vec![9];
        encoder.encode_into(&order, &mut behind).expect("bytes");
        assert_eq!((behind[0], &behind[1..], encoder.format()), (9, &*written, format));
    }
}

#[test]
fn a_schema_that_declares_nothing_of_the_kind_is_named() {
    let writer = schema::read(Format::Protobuf, &[("order.proto", PROTO)]).expect("a schema");
    let error = Decoder::<Order>::named(Format::Protobuf, &writer, "shop.Order").expect_err("in another package");
    assert_eq!(error, DecoderError::NoMessage("shop.Order".into()));
    let other = Decoder::<Order>::named(Format::Protobuf, &writer, "shop.v1.Other").expect("a field may be absent");
    assert_eq!(other.plan().mismatches().len(), 1);
    assert!(Decoder::<Order>::new(Format::Avro, &writer).is_err());
    let named = schema::read(Format::Avro, &[("order.avsc", AVSC)]).expect("a schema");
    assert!(Decoder::<Order>::named(Format::Avro, &named, "shop.Order").is_ok());
    assert!(Decoder::<Order>::named(Format::Protobuf, &named, "shop.Order").is_err());
}

#[test]
fn what_is_wrong_with_a_schema_is_said_with_its_place() {
    let broken = "syntax = \"proto3\";\nmessage M {\n  Nothing n = 1;\n}";
    let error = schema::read(Format::Protobuf, &[("m.proto", broken)]).expect_err("nothing declares it");
    let [problem] = error.problems() else { panic!("{error}") };
    assert_eq!((&*problem.file, problem.line), ("m.proto", 3));
    assert!(error.to_string().starts_with("m.proto:3: "), "{error}");
}

#[test]
fn values_without_a_type_are_read_and_written_in_each_format() {
    let arena = Arena::new();
    let proto = schema::read(Format::Protobuf, &[("order.proto", PROTO)]).expect("a schema");
    let order = proto.find("shop.v1.Order").expect("declared");
    let layout = Layout::of(&proto, order).expect("a layout");
    let value = protobuf::value::from_slice(&layout, b"\x0d\x07\0\0\0", &arena).expect("an order");
    assert_eq!(layout.show(&value).to_string(), r#"{"id": 7}"#);
    assert_eq!(protobuf::value::to_vec(&layout, &value).expect("bytes"), b"\x0d\x07\0\0\0");

    let avsc = schema::read(Format::Avro, &[("order.avsc", AVSC)]).expect("a schema");
    let layout = Layout::of_root(&avsc).expect("a layout");
    let value = avro::value::from_slice(&layout, b"\x02\x0e", &arena).expect("an order");
    assert_eq!(value, arena.record(&[Value::Null, Value::Int(7)]));
    assert_eq!(avro::value::to_vec(&layout, &value).expect("bytes"), b"\x02\x0e");
}

//! Records and values that are written to something that writes.

use std::io::{self, Write};

use canread::value::{Arena, Layout, Value};
use canread::{EncodeErrorKind, Encoder, Format, Record, WriteBuffer, WriteError, avro, protobuf, schema};

#[derive(Record, Debug, Clone, PartialEq)]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: String,
    /// Avro has no room for those from 2^63 on; nested too deep, nobody has.
    #[field(3)]
    large: u64,
    #[field(4)]
    inner: Option<Box<Order>>,
}

fn order() -> Order {
    Order { id: 7, note: "x".repeat(5_000), large: 1, inner: None }
}

fn too_deep() -> Order {
    (0..200).fold(order(), |inner, _| Order { inner: Some(Box::new(inner)), note: String::new(), ..order() })
}

/// Takes a few bytes at a time, is interrupted in between, and fails when it holds so many.
#[derive(Default)]
struct Slow {
    held: Vec<u8>,
    room: usize,
    calls: usize,
}

impl Slow {
    fn of(room: usize) -> Self {
        Self { room, ..Self::default() }
    }
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls += 1;
        if self.calls % 3 == 1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        if self.held.len() >= self.room {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let size = bytes.len().min(97).min(self.room - self.held.len());
        self.held.extend_from_slice(&bytes[..size]);
        Ok(size)
    }

    fn flush(&mut self) -> io::Result<()> {
        panic!("nothing is flushed")
    }
}

fn io_kind(written: Result<(), WriteError>) -> io::ErrorKind {
    match written {
        Err(WriteError::Io(error)) => error.kind(),
        other => panic!("{other:?}"),
    }
}

fn encode_kind(written: Result<(), WriteError>) -> EncodeErrorKind {
    match written {
        Err(WriteError::Encode(error)) => error.kind(),
        other => panic!("{other:?}"),
    }
}

/// What a writer gets is what a vector is, whole or with an error that says whose it is.
fn assert_written(bytes: &[u8], write: impl Fn(&mut dyn Write) -> Result<(), WriteError>) {
    let mut vector = vec![1, 2];
    assert!(write(&mut vector).is_ok());
    assert_eq!(vector, [&[1, 2], bytes].concat());
    let mut slow = Slow::of(usize::MAX);
    assert!(write(&mut slow).is_ok());
    assert_eq!(slow.held, bytes);
    for room in [0, 1, 96, 98, bytes.len() - 1] {
        let mut slow = Slow::of(room);
        assert_eq!(io_kind(write(&mut slow)), io::ErrorKind::StorageFull);
        assert_eq!(slow.held, bytes[..room]);
    }
    // A slice takes what it has room for.
    let mut short = [0; 10];
    assert_eq!(io_kind(write(&mut &mut short[..])), io::ErrorKind::WriteZero);
    assert_eq!(short, bytes[..10]);
}

#[test]
fn records_are_written_as_to_a_vector() {
    let order = order();
    let bytes = protobuf::to_vec(&order).expect("not deep");
    assert_written(&bytes, |target| protobuf::encode_to_writer(&order, target));
    assert_written(&bytes, |target| Encoder::new(Format::Protobuf).encode_to_writer(&order, target));
    let bytes = avro::to_vec(&order).expect("not deep");
    assert_written(&bytes, |target| avro::encode_to_writer(&order, target));
    assert_written(&bytes, |target| Encoder::new(Format::Avro).encode_to_writer(&order, target));
}

#[test]
fn nothing_is_written_of_a_record_that_has_no_bytes() {
    let mut target = vec![1, 2];
    let deep = too_deep();
    let too_deep = EncodeErrorKind::TooDeep { allowed: 100 };
    assert_eq!(encode_kind(protobuf::encode_to_writer(&deep, &mut target)), too_deep);
    assert_eq!(encode_kind(avro::encode_to_writer(&deep, &mut target)), too_deep);
    let large = Order { large: u64::MAX, ..order() };
    let error = avro::encode_to_writer(&large, &mut target).expect_err("too large");
    assert_eq!(error.to_string(), "a value that the format can't hold, in `large`");
    assert_eq!(encode_kind(Err(error)), EncodeErrorKind::OutOfRange);
    assert_eq!(target, [1, 2]);
}

fn layouts() -> (Layout, Layout) {
    let proto = r#"syntax = "proto3"; message M { int64 id = 1; string note = 2; }"#;
    let schema_of_proto = schema::read(Format::Protobuf, &[("m.proto", proto)]).expect("a schema");
    let avsc = r#"{"type": "record", "name": "M", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}"#;
    let schema_of_avsc = schema::read(Format::Avro, &[("m.avsc", avsc)]).expect("a schema");
    let root = schema_of_proto.find("M").expect("a message");
    (Layout::of(&schema_of_proto, root).expect("a layout"), Layout::of_root(&schema_of_avsc).expect("a layout"))
}

#[test]
fn values_are_written_as_to_a_vector_or_not_at_all() {
    let ((of_protobuf, of_avro), arena, note) = (layouts(), Arena::new(), "x".repeat(5_000));
    let value = arena.record(&[Value::Int(7), Value::String(&note)]);
    let bytes = protobuf::value::to_vec(&of_protobuf, &value).expect("a value");
    assert_written(&bytes, |target| protobuf::value::encode_to_writer(&of_protobuf, &value, target));
    let bytes = avro::value::to_vec(&of_avro, &value).expect("a value");
    assert_written(&bytes, |target| avro::value::encode_to_writer(&of_avro, &value, target));

    let other = arena.record(&[Value::Int(7), Value::Bool(true)]);
    let mut target = vec![1, 2];
    let written = protobuf::value::encode_to_writer(&of_protobuf, &other, &mut target);
    assert_eq!(encode_kind(written), EncodeErrorKind::Mismatch);
    let written = avro::value::encode_to_writer(&of_avro, &other, &mut target);
    assert_eq!(encode_kind(written), EncodeErrorKind::Mismatch);
    assert_eq!(target, [1, 2]);
}

#[test]
fn one_buffer_serves_for_many_records() {
    let mut written = WriteBuffer::new(Slow::of(11_000));
    let both = [protobuf::to_vec(&order()).expect("not deep"), avro::to_vec(&order()).expect("not deep")].concat();
    assert!(written.write(|buffer| protobuf::encode_into(&order(), buffer)).is_ok());
    assert_eq!(
        encode_kind(written.write(|buffer| protobuf::encode_into(&too_deep(), buffer))),
        EncodeErrorKind::TooDeep { allowed: 100 }
    );
    assert!(written.write(|buffer| avro::encode_into(&order(), buffer)).is_ok());
    assert_eq!(written.target().held, both);
    let error = written.write(|buffer| avro::encode_into(&order(), buffer)).expect_err("no room");
    assert!(error.to_string().starts_with("the target can't be written: "), "{error}");
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(written.into_inner().held.len(), 11_000);
}

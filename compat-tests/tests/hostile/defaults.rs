//! Defaults that hold memory, in records that take no bytes: the type's author says how large they are, and the sender how many.

use std::collections::BTreeMap;

use canread_avro::codec as avro;
use canread_avro::container::Reader;
use canread_derive::CoreRecord as Record;
use canread_protobuf::codec as protobuf;
use canread_record::{Decode, DecodeFields, Shaped};
use canread_wire::{DecodeError, DecodeErrorKind, Limit, Limits};

use crate::avro_layers::{MARKER, limited};
use crate::generated;
use crate::heap::measured;
use crate::mutate::{field, varint};

/// What the limits allow here.
const ALLOWED_BYTES: usize = 1 << 20;

fn limits() -> Limits {
    Limits::strict().with_allocated_bytes_max(ALLOWED_BYTES as u64)
}

#[derive(Record, Debug)]
enum Page {
    #[field(1)]
    Text(String),
}

#[derive(Record, Debug)]
struct Inner {
    #[field(1, default = "x".repeat(500))]
    text: String,
}

/// A record in which all that may hold memory has a default that does, also in the records that it holds.
#[derive(Record, Debug)]
struct Item {
    #[field(1)]
    number: i64,
    #[field(2, default = "x".repeat(1_000))]
    text: String,
    #[field(3, default = vec![7; 4_096])]
    bytes: Vec<u8>,
    #[field(4, default = vec![7; 500])]
    numbers: Vec<i64>,
    #[field(5, default = BTreeMap::from([(String::from("key"), 1)]))]
    map: BTreeMap<String, i32>,
    #[field(6, default = Some(Box::new(Inner { text: "y".repeat(300) })))]
    perhaps: Option<Box<Inner>>,
    #[field(7)]
    inner: Inner,
    #[field(8)]
    boxed: Box<Inner>,
    #[field(9, default = Page::Text("z".repeat(300)))]
    page: Page,
}

#[derive(Record, Debug)]
struct List {
    #[field(1)]
    items: Vec<Item>,
}

#[derive(Record, Debug)]
struct Map {
    #[field(1)]
    items: BTreeMap<String, Item>,
}

/// What the defaults of one record hold at most: so much may be there before it is noticed that there are too many.
const ONE_RECORD_BYTES: usize = 16 << 10;

/// A list of so many records is refused, and until then no more memory was there than is allowed.
#[track_caller]
fn too_many<T>(read: impl Fn(&Limits) -> Result<T, DecodeError>) {
    let (read, peak) = measured(|| read(&limits()).map(drop));
    let kind = read.expect_err("they have no room").kind();
    assert!(matches!(kind, DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, .. }), "{kind:?}");
    assert!(peak <= ALLOWED_BYTES + ONE_RECORD_BYTES, "{peak}");
}

#[test]
fn defaults_of_protobuf_count_for_the_memory() {
    fn read<T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>>(
        input: &[u8],
    ) -> impl Fn(&Limits) -> Result<T, DecodeError> {
        |limits| protobuf::from_slice_with(input, limits)
    }
    let empty = field(1, &[]);
    too_many(read::<List>(&empty.repeat(1_000)));
    too_many(read::<Map>(
        &(0..1_000_u64).flat_map(|at| field(1, &field(1, at.to_string().as_bytes()))).collect::<Vec<_>>(),
    ));
    protobuf::from_slice_with::<List>(&empty.repeat(10), &limits()).expect("they have room");
}

/// A decoder of what a writer wrote who had none of the fields.
fn decoder<T: Shaped>(schema: &str) -> avro::Decoder<T> {
    avro::Decoder::new(&generated::avro_schema(schema)).expect("there is a default for each field")
}

const WRITER: &str = r#"{"type": "record", "name": "NAME", "fields": [{"name": "items", "type":
    {"type": "KIND", "INSIDE": {"type": "record", "name": "Item", "fields": [
        {"name": "number", "type": "long"},
        {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": []}},
        {"name": "boxed", "type": "Inner"}]}}}]}"#;

fn long(number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(canread_wire::zigzag(number), &mut bytes);
    bytes
}

#[test]
fn defaults_of_avro_count_for_the_memory() {
    let list = WRITER.replace("NAME", "List").replace("KIND", "array").replace("INSIDE", "items");
    let list = decoder::<List>(&list);
    let items = |count: usize| [long(i64::try_from(count).expect("few")), vec![0; count], vec![0]].concat();
    too_many(|limits| list.from_slice_with(&items(1_000), limits));
    list.from_slice_with(&items(10), &limits()).expect("they have room");

    let map = WRITER.replace("NAME", "Map").replace("KIND", "map").replace("INSIDE", "values");
    let map = decoder::<Map>(&map);
    let entries: Vec<u8> = (0..1_000).flat_map(|at| [&[8][..], format!("{at:04}").as_bytes(), &[0]].concat()).collect();
    too_many(|limits| map.from_slice_with(&[&long(1_000)[..], &entries, &[0]].concat(), limits));
}

#[test]
fn defaults_of_a_files_records_count_for_the_memory_of_their_block() {
    let schema = br#"{"type": "record", "name": "Inner", "fields": []}"#;
    let mut file = b"Obj\x01\x02".to_vec();
    for part in [&b"avro.schema"[..], schema] {
        file.extend(long(i64::try_from(part.len()).expect("short")));
        file.extend(part);
    }
    file.push(0);
    file.extend(MARKER);
    // A million records without bytes.
    file.extend(long(1_000_000));
    file.push(0);
    file.extend(MARKER);
    let reader = Reader::with_limits(&file[..], &limited(&limits())).expect("a header");
    // All of them are kept, in a place that is there before.
    let mut kept = Vec::with_capacity(10_000);
    let (read, peak) = measured(|| {
        reader
            .records::<Inner>()
            .expect("all has a default")
            .try_for_each(|record| record.map(|record| kept.push(record)))
    });
    let error = read.expect_err("they have no room");
    assert!(error.to_string().contains("more than 1048576 bytes of memory"), "{error}");
    assert!(peak <= ALLOWED_BYTES + ONE_RECORD_BYTES, "{peak}");
}

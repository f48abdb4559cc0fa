//! What the page of the derive says of dates, times, decimals, uuids and small numbers is what the schemas of types say.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use canread::{
    CalendarDuration, Date, Decimal, ExactDuration, LocalTimestamp, Record, TimeOfDay, Timestamp, Uuid, avro, protobuf,
};

#[derive(Record)]
struct Preferred {
    #[field(1)]
    timestamp: Timestamp,
    #[field(2)]
    local: LocalTimestamp,
    #[field(3)]
    date: Date,
    #[field(4)]
    time: TimeOfDay,
    #[field(5)]
    exact: ExactDuration,
    #[field(6)]
    calendar: CalendarDuration,
    #[field(7)]
    decimal: Decimal<9, 2>,
    #[field(8)]
    uuid: Uuid,
    #[field(9)]
    system: std::time::SystemTime,
    #[field(10)]
    span: std::time::Duration,
}

#[derive(Record)]
struct Counted {
    #[field(1, protobuf(seconds), avro(seconds))]
    timestamp_seconds: Timestamp,
    #[field(2, protobuf(millis), avro(millis))]
    timestamp_millis: Timestamp,
    #[field(3, protobuf(nanos), avro(nanos))]
    timestamp_nanos: Timestamp,
    #[field(4, protobuf(millis), avro(millis))]
    local_millis: LocalTimestamp,
    #[field(5, protobuf(nanos), avro(nanos))]
    local_nanos: LocalTimestamp,
    #[field(6, protobuf(days), avro(days))]
    date: Date,
    #[field(7, protobuf(millis), avro(millis))]
    time_millis: TimeOfDay,
    #[field(8, protobuf(micros), avro(micros))]
    time_micros: TimeOfDay,
    #[field(9, protobuf(nanos), avro(nanos))]
    time_nanos: TimeOfDay,
    #[field(10, protobuf(millis, zigzag), avro(millis))]
    exact: ExactDuration,
}

#[derive(Record)]
struct Written {
    #[field(1, protobuf(text), avro(text))]
    timestamp: Timestamp,
    #[field(2, protobuf(text), avro(text))]
    uuid_text: Uuid,
    #[field(3, protobuf(bytes), avro(fixed))]
    uuid: Uuid,
    #[field(4, protobuf(bytes), avro(fixed))]
    calendar: CalendarDuration,
    #[field(5, protobuf(bytes), avro(fixed))]
    decimal: Decimal<9, 2>,
    #[field(6, avro(fixed = 64))]
    wide: Decimal<9, 2>,
    #[field(7, protobuf(text), avro(millis))]
    listed: Vec<Timestamp>,
}

/// The fields of the `.proto` file that a type is, and of its `.avsc` file, a line each.
fn fields<T: canread::record::Shaped>() -> String {
    let files = protobuf::schema_files::<T>().expect("all of it is Protobuf's");
    let proto = files[0].text.lines().filter(|line| line.starts_with("  ")).map(str::trim);
    let text = avro::schema_text::<T>().split_whitespace().collect::<Vec<_>>().join(" ");
    let avro = text.split("{ \"name\": ").skip(1).map(|field| field.trim_end_matches([' ', ',', ']', '}', '\n']));
    proto.chain(avro).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_field_that_says_nothing_has_the_form_that_most_users_of_the_format_take() {
    insta::assert_snapshot!(fields::<Preferred>(), @r#"
    google.protobuf.Timestamp timestamp = 1;
    google.type.DateTime local = 2;
    google.type.Date date = 3;
    google.type.TimeOfDay time = 4;
    google.protobuf.Duration exact = 5;
    string calendar = 6;
    google.type.Decimal decimal = 7;
    string uuid = 8;
    google.protobuf.Timestamp system = 9;
    google.protobuf.Duration span = 10;
    "timestamp", "type": { "type": "long", "logicalType": "timestamp-micros"
    "local", "type": { "type": "long", "logicalType": "local-timestamp-micros"
    "date", "type": { "type": "int", "logicalType": "date"
    "time", "type": { "type": "long", "logicalType": "time-micros"
    "exact", "type": "long"
    "calendar", "type": { "type": "fixed", "name": "PreferredCalendarFixed", "size": 12, "logicalType": "duration"
    "decimal", "type": { "type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2
    "uuid", "type": { "type": "string", "logicalType": "uuid"
    "system", "type": { "type": "long", "logicalType": "timestamp-micros"
    "span", "type": "long"
    "#);
}

#[test]
fn a_unit_makes_a_time_a_number() {
    insta::assert_snapshot!(fields::<Counted>(), @r#"
    int64 timestamp_seconds = 1;
    int64 timestamp_millis = 2;
    int64 timestamp_nanos = 3;
    int64 local_millis = 4;
    int64 local_nanos = 5;
    int32 date = 6;
    int32 time_millis = 7;
    int64 time_micros = 8;
    int64 time_nanos = 9;
    sint64 exact = 10;
    "timestamp_seconds", "type": "long"
    "timestamp_millis", "type": { "type": "long", "logicalType": "timestamp-millis"
    "timestamp_nanos", "type": { "type": "long", "logicalType": "timestamp-nanos"
    "local_millis", "type": { "type": "long", "logicalType": "local-timestamp-millis"
    "local_nanos", "type": { "type": "long", "logicalType": "local-timestamp-nanos"
    "date", "type": { "type": "int", "logicalType": "date"
    "time_millis", "type": { "type": "int", "logicalType": "time-millis"
    "time_micros", "type": { "type": "long", "logicalType": "time-micros"
    "time_nanos", "type": "long"
    "exact", "type": "long"
    "#);
}

#[test]
fn text_and_bytes_are_other_forms() {
    insta::assert_snapshot!(fields::<Written>(), @r#"
    string timestamp = 1;
    string uuid_text = 2;
    bytes uuid = 3;
    bytes calendar = 4;
    bytes decimal = 5;
    google.type.Decimal wide = 6;
    repeated string listed = 7;
    "timestamp", "type": "string"
    "uuid_text", "type": { "type": "string", "logicalType": "uuid"
    "uuid", "type": { "type": "fixed", "name": "WrittenUuidFixed", "size": 16, "logicalType": "uuid"
    "calendar", "type": { "type": "fixed", "name": "WrittenCalendarFixed", "size": 12, "logicalType": "duration"
    "decimal", "type": { "type": "fixed", "name": "WrittenDecimalFixed", "size": 4, "logicalType": "decimal", "precision": 9, "scale": 2
    "wide", "type": { "type": "fixed", "name": "WrittenWideFixed", "size": 64, "logicalType": "decimal", "precision": 9, "scale": 2
    "listed", "type": { "type": "array", "items": { "type": "long", "logicalType": "timestamp-millis"
    "#);
}

#[derive(Record, Debug, PartialEq)]
struct Small {
    #[field(1)]
    bytes: Vec<u8>,
    #[field(2)]
    ring: VecDeque<u8>,
    #[field(3)]
    sorted: BTreeSet<u8>,
    #[field(4)]
    hashed: HashSet<u8>,
    #[field(5)]
    rings: BTreeMap<String, VecDeque<i8>>,
}

/// Protobuf has no lists as the values of a map.
#[derive(Record, Debug, PartialEq)]
struct Smaller {
    #[field(1)]
    bytes: Vec<u8>,
    #[field(2)]
    ring: VecDeque<u8>,
    #[field(3)]
    sorted: BTreeSet<u8>,
    #[field(4)]
    hashed: HashSet<u8>,
}

#[test]
fn only_a_vec_of_u8_is_bytes() {
    let files = protobuf::schema_files::<Smaller>().expect("the language has all of it");
    for field in ["bytes bytes = 1;", "repeated uint32 ring = 2;", "repeated uint32 sorted = 3;", "uint32 hashed = 4;"]
    {
        assert!(files[0].text.contains(field), "no `{field}` in {}", files[0].text);
    }
    let smaller = Smaller { bytes: vec![0, 255], ring: [255, 0].into(), sorted: [200, 1].into(), hashed: [9].into() };
    let bytes = protobuf::to_vec(&smaller).expect("a record");
    assert_eq!(bytes, b"\x0a\x02\x00\xff\x12\x03\xff\x01\x00\x1a\x03\x01\xc8\x01\x22\x01\x09");
    assert_eq!(protobuf::from_slice(&bytes), Ok(smaller));
    let error = protobuf::from_slice::<Smaller>(b"\x12\x02\x80\x02").expect_err("256");
    assert_eq!(error.to_string(), "a number beyond the range of its type at byte 4, in `ring[0]`");
    let small = Small {
        bytes: vec![0, 255],
        ring: [255, 0].into(),
        sorted: [200, 1].into(),
        hashed: [9].into(),
        rings: [("k".to_owned(), [-1].into())].into(),
    };
    let bytes = avro::to_vec(&small).expect("a record");
    assert_eq!(bytes, b"\x04\x00\xff\x04\xfe\x03\x00\x00\x04\x02\x90\x03\x00\x02\x12\x00\x02\x02k\x02\x01\x00\x00");
    assert_eq!(avro::from_slice(&bytes), Ok(small));
}

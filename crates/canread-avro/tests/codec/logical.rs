//! Dates, times, durations, decimals and uuids. Source: Avro 1.12, "Logical Types".

use std::{collections::BTreeMap, fs, path::Path};

use canread_avro::codec::{from_slice, schema_text, to_vec};
use canread_derive::CoreRecord as Record;
use canread_record::{
    CalendarDuration, Date, Decimal, ExactDuration, LocalTimestamp, TimeOfDay, Timestamp, Unit, Uuid,
};
use canread_testing::{ask, oracle};
use canread_wire::{DecodeErrorKind, EncodeErrorKind, Unreadable};

use crate::hex;

#[derive(Record, Debug, Clone, PartialEq)]
#[record(name = "test.Moments")]
struct Moments {
    #[field(1)]
    timestamp: Timestamp,
    #[field(2, avro(millis))]
    millis: Timestamp,
    #[field(3, avro(nanos))]
    nanos: Timestamp,
    #[field(4, avro(seconds))]
    seconds: Timestamp,
    #[field(5, avro(text))]
    text: Timestamp,
    #[field(6)]
    local: LocalTimestamp,
    #[field(7, avro(millis))]
    local_millis: LocalTimestamp,
    #[field(8)]
    date: Date,
    #[field(9)]
    time: TimeOfDay,
    #[field(10, avro(millis))]
    time_millis: TimeOfDay,
    #[field(11)]
    exact: ExactDuration,
    #[field(12)]
    calendar: CalendarDuration,
    #[field(13)]
    id: Uuid,
    #[field(14, avro(fixed, type_name = "Id"))]
    fixed_id: Uuid,
    #[field(15)]
    price: Decimal<9, 2>,
    #[field(16, avro(fixed = 8))]
    fixed_price: Decimal<9, 2>,
    #[field(17)]
    large: Decimal<38, 38>,
    #[field(18)]
    maybe: Option<Timestamp>,
    #[field(19, avro(millis))]
    list: Vec<Timestamp>,
    #[field(20)]
    by_id: BTreeMap<Uuid, Date>,
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a value of the type")
}

fn moments() -> Moments {
    Moments {
        timestamp: parsed("2024-02-29T23:59:59.999999Z"),
        millis: parsed("1969-12-31T23:59:59.999Z"),
        nanos: parsed("1677-09-21T00:12:43.145224193Z"),
        seconds: Timestamp::MIN,
        text: Timestamp::MAX,
        local: parsed("1900-02-28T12:00:00.000001"),
        local_millis: parsed("1999-12-31T23:59:59.001"),
        date: parsed("2024-02-29"),
        time: parsed("23:59:59.999999"),
        time_millis: parsed("00:00:00.001"),
        exact: parsed("-1.5s"),
        calendar: CalendarDuration { months: 1, days: 2, millis: u32::MAX },
        id: parsed("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        fixed_id: parsed("00000000-0000-0000-0000-0000000000ff"),
        price: parsed("-1.28"),
        fixed_price: parsed("-1.29"),
        large: Decimal::MIN,
        maybe: Some(parsed("1970-01-01T00:00:00Z")),
        list: vec![parsed("2001-09-09T01:46:40Z"), parsed("1970-01-01T00:00:00.007Z")],
        by_id: [(Uuid([7; 16]), parsed("0001-01-01"))].into(),
    }
}

#[test]
fn fastavro_reads_the_same_moments_under_our_schema_and_writes_the_same_bytes() {
    let value = moments();
    let bytes = to_vec(&value).expect("values of the schema");
    assert_eq!(from_slice::<Moments>(&bytes).expect("our own bytes"), value);
    let Some(mut command) = oracle("avro_values.py") else { return };
    let schema = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moments.avsc");
    fs::write(&schema, schema_text::<Moments>()).expect("a place for files of tests");
    let answer = ask(command.arg(schema), &[hex(&bytes)], &[0]);
    for part in [
        r#""timestamp": "2024-02-29 23:59:59.999999+00:00""#,
        r#""millis": "1969-12-31 23:59:59.999000+00:00""#,
        r#""nanos": -9223372036854775807"#,
        r#""seconds": -62135596800"#,
        r#""text": "9999-12-31T23:59:59.999999999Z""#,
        r#""local": "1900-02-28 12:00:00.000001""#,
        r#""local_millis": "1999-12-31 23:59:59.001000""#,
        r#""date": "2024-02-29""#,
        r#""time": "23:59:59.999999""#,
        r#""time_millis": "00:00:00.001000""#,
        r#""exact": -1500000"#,
        r#""calendar": "0100000002000000ffffffff""#,
        r#""id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6""#,
        r#""price": "-1.28""#,
        r#""fixed_price": "-1.29""#,
        r#""large": "-0.99999999999999999999999999999999999999""#,
        r#""maybe": "1970-01-01 00:00:00+00:00""#,
        r#""list": ["2001-09-09 01:46:40+00:00", "1970-01-01 00:00:00.007000+00:00"]"#,
        r#""by_id": {"07070707-0707-0707-0707-070707070707": "0001-01-01"}"#,
    ] {
        assert!(answer.contains(part), "{part} is not in {answer}");
    }
    let price = hex(&[4, 0xff, 0x80]);
    // Python takes a byte more for a number that is the smallest of its bytes.
    let (ours, theirs) = (hex(&bytes), hex(&[2, 0x80]));
    assert!(
        ours.contains(&theirs) && answer.contains(&format!("\"bytes\": \"{}\"", ours.replace(&theirs, &price))),
        "{answer}"
    );
}

#[derive(Record, Debug, PartialEq)]
struct One {
    #[field(1)]
    at: Timestamp,
}

#[derive(Record, Debug, PartialEq)]
struct Price {
    #[field(1)]
    price: Decimal<3, 1>,
}

#[derive(Record, Debug, PartialEq)]
struct Day {
    #[field(1)]
    day: Date,
}

#[derive(Record, Debug, PartialEq)]
struct Number {
    #[field(1)]
    number: i64,
}

#[derive(Record, Debug, PartialEq)]
struct Bytes {
    #[field(1)]
    bytes: Vec<u8>,
}

#[test]
fn what_has_more_digits_than_the_field_is_not_rounded() {
    let at: Timestamp = parsed("2024-01-01T00:00:00.000000001Z");
    let error = to_vec(&One { at }).expect_err("a nanosecond");
    assert_eq!((error.kind(), error.path().to_string().as_str()), (EncodeErrorKind::Inexact, "at"));
    assert_eq!(
        error.to_string(),
        "a value with more digits than the field holds (`floor` cuts a time off, `avro(nanos)` keeps it whole), in `at`"
    );
    assert!(to_vec(&One { at: at.floor(Unit::Micros) }).is_ok());
}

#[test]
fn what_is_out_of_range_is_not_read() {
    let out_of_range = DecodeErrorKind::Unreadable(Unreadable::OutOfRange);
    let number = |number: i64| to_vec(&Number { number }).expect("a number");
    let bytes = |bytes: &[u8]| to_vec(&Bytes { bytes: bytes.to_vec() }).expect("bytes");
    let error = from_slice::<One>(&number(253_402_300_800_000_000)).expect_err("the year 10000");
    assert_eq!((error.kind(), error.path().to_string().as_str()), (out_of_range, "at"));
    assert!(from_slice::<One>(&number(253_402_300_799_999_999)).is_ok());
    let error = from_slice::<Day>(&number(2_932_897)).expect_err("the year 10000");
    assert_eq!((error.kind(), error.path().to_string().as_str()), (out_of_range, "day"));
    let error = from_slice::<Price>(&bytes(&[0x03, 0xe8])).expect_err("100.0 has four digits");
    assert_eq!((error.kind(), error.path().to_string().as_str()), (out_of_range, "price"));
    for (bytes_of, price) in
        [(&[0xff, 0xff, 0xf6][..], "-1.0"), (&[0x03, 0xe7], "99.9"), (&[], "0.0"), (&[0; 40], "0.0")]
    {
        assert_eq!(from_slice::<Price>(&bytes(bytes_of)), Ok(Price { price: parsed(price) }));
    }
}

//! Dates, times, durations, decimals and uuids.

use std::collections::BTreeMap;
use std::path::Path;

use canread_derive::CoreRecord as Record;
use canread_protobuf::codec::{encoded_len, from_slice, to_vec};
use canread_record::{
    CalendarDuration, Date, Decimal, Decode as _, ExactDuration, LocalTimestamp, TimeOfDay, Timestamp, Uuid,
};
use canread_testing::{ask, oracle};
use canread_wire::{DecodeErrorKind, EncodeErrorKind, Malformed, Unreadable};

use crate::hex;

#[derive(Record, Debug, Clone, PartialEq)]
#[record(name = "test.Moments")]
struct Moments {
    #[field(1)]
    timestamp: Timestamp,
    #[field(2, protobuf(millis))]
    millis: Timestamp,
    #[field(3, protobuf(nanos, fixed))]
    nanos: Timestamp,
    #[field(4, protobuf(seconds, zigzag))]
    seconds: Timestamp,
    #[field(5, protobuf(text))]
    text: Timestamp,
    #[field(6)]
    local: LocalTimestamp,
    #[field(7)]
    date: Date,
    #[field(8, protobuf(days))]
    days: Date,
    #[field(9)]
    time: TimeOfDay,
    #[field(10, protobuf(micros))]
    time_micros: TimeOfDay,
    #[field(11)]
    exact: ExactDuration,
    #[field(12)]
    calendar: CalendarDuration,
    #[field(13, protobuf(bytes))]
    calendar_bytes: CalendarDuration,
    #[field(14)]
    id: Uuid,
    #[field(15, protobuf(bytes))]
    id_bytes: Uuid,
    #[field(16)]
    price: Decimal<9, 2>,
    #[field(17, protobuf(text))]
    price_text: Decimal<9, 2>,
    #[field(18, protobuf(bytes))]
    price_bytes: Decimal<9, 2>,
    #[field(19)]
    maybe: Option<Timestamp>,
    #[field(20)]
    list: Vec<Timestamp>,
    #[field(21, protobuf(millis))]
    packed: Vec<Timestamp>,
    #[field(22)]
    by_id: BTreeMap<Uuid, Date>,
    #[field(union)]
    choice: Option<Choice>,
}

#[derive(Record, Debug, Clone, PartialEq)]
enum Choice {
    #[field(23)]
    At(Timestamp),
    #[field(24, protobuf(days))]
    On(Date),
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("a value of the type")
}

fn moments() -> Moments {
    Moments {
        timestamp: parsed("2024-02-29T23:59:59.999999999Z"),
        millis: parsed("1969-12-31T23:59:59.999Z"),
        nanos: parsed("1677-09-21T00:12:43.145224193Z"),
        seconds: Timestamp::MIN,
        text: Timestamp::MAX,
        local: parsed("1900-02-28T12:00:00.000001"),
        date: parsed("2024-02-29"),
        days: parsed("1969-12-31"),
        time: parsed("23:59:59.999999999"),
        time_micros: parsed("00:00:00.000001"),
        exact: parsed("-1.5s"),
        calendar: CalendarDuration { months: 1, days: 2, millis: 5 },
        calendar_bytes: CalendarDuration { months: 1, days: 2, millis: u32::MAX },
        id: parsed("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
        id_bytes: parsed("00000000-0000-0000-0000-0000000000ff"),
        price: parsed("-1.28"),
        price_text: parsed("0.01"),
        price_bytes: parsed("-1.28"),
        maybe: Some(Timestamp::default()),
        list: vec![parsed("1970-01-01T00:00:00Z"), parsed("1969-12-31T23:59:59.5Z")],
        packed: vec![parsed("1970-01-01T00:00:00Z"), parsed("1970-01-01T00:00:00.007Z")],
        by_id: [(Uuid([7; 16]), parsed("0001-01-01"))].into(),
        choice: Some(Choice::On(Date::default())),
    }
}

#[test]
fn python_reads_the_same_moments_and_writes_the_same_bytes() {
    let mut values = [moments(), Moments::absent(canread_record::Format::Protobuf), moments()];
    values[2].choice = Some(Choice::At(Timestamp::MIN));
    values[2].exact = ExactDuration::MIN;
    let messages: Vec<Vec<u8>> = values.iter().map(|value| to_vec(value).expect("values of the fields")).collect();
    for (value, message) in values.iter().zip(&messages) {
        assert_eq!(&from_slice::<Moments>(message).expect("our own bytes"), value);
        assert_eq!(encoded_len(value), Ok(message.len()));
    }
    let Some(mut command) = oracle("protobuf_values.py") else { return };
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codec/moments.proto")).arg("test.Moments");
    let lines: Vec<String> = messages.iter().map(|message| hex(message)).collect();
    let answers = ask(&mut command, &lines, &[0]);
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), lines.len());
    for (answer, line) in answers.iter().zip(&lines) {
        assert!(answer.contains(&format!("\"bytes\": \"{line}\"")), "{answer}\n{line}");
    }
    for part in [
        r#""timestamp": "2024-02-29T23:59:59.999999999Z""#,
        r#""millis": "-1""#,
        r#""nanos": "-9223372036854775807""#,
        r#""seconds": "-62135596800""#,
        r#""text": "9999-12-31T23:59:59.999999999Z""#,
        r#""local": {"day": 28, "hours": 12, "month": 2, "nanos": 1000, "year": 1900}"#,
        r#""date": {"day": 29, "month": 2, "year": 2024}"#,
        r#""days": -1"#,
        r#""time": {"hours": 23, "minutes": 59, "nanos": 999999999, "seconds": 59}"#,
        r#""time_micros": "1""#,
        r#""exact": "-1.500s""#,
        r#""calendar": "P1M2DT0.005S""#,
        r#""calendar_bytes": "AQAAAAIAAAD/////""#,
        r#""id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6""#,
        r#""price": {"value": "-1.28"}"#,
        r#""price_text": "0.01""#,
        r#""price_bytes": "gA==""#,
        r#""maybe": "1970-01-01T00:00:00Z""#,
        r#""list": ["1970-01-01T00:00:00Z", "1969-12-31T23:59:59.500Z"]"#,
        r#""packed": ["0", "7"]"#,
        r#""by_id": {"07070707-0707-0707-0707-070707070707": {"day": 1, "month": 1, "year": 1}}"#,
        r#""on": 0"#,
    ] {
        assert!(answers[0].contains(part), "{part} is not in {}", answers[0]);
    }
}

#[derive(Record, Debug, PartialEq)]
struct One {
    #[field(1)]
    at: Timestamp,
    #[field(2)]
    day: Option<Date>,
    #[field(3)]
    id: Uuid,
    #[field(4)]
    local: Option<LocalTimestamp>,
    #[field(5, protobuf(millis))]
    millis: Timestamp,
    #[field(6)]
    span: ExactDuration,
}

#[test]
fn what_is_no_date_or_time_is_not_read_and_the_field_is_named() {
    let time = DecodeErrorKind::Unreadable(Unreadable::Time);
    for (field, bytes) in [
        // A second before the year 1, 10^9 nanoseconds, a nanosecond below 0.
        ("at", &b"\x0a\x0b\x08\xff\x91\xb8\xc3\x98\xfe\xff\xff\xff\x01"[..]),
        ("at", b"\x0a\x06\x10\x80\x94\xeb\xdc\x03"),
        ("at", b"\x0a\x0b\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
        // A date without a day, and with nothing.
        ("day", b"\x12\x05\x08\xe8\x0f\x10\x02"),
        ("day", b"\x12\x00"),
        // A time zone.
        ("local", b"\x22\x0b\x08\xe8\x0f\x10\x02\x18\x02\x4a\x02\x0a\x00"),
        // A second, and a nanosecond backwards.
        ("span", b"\x32\x0d\x08\x01\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
    ] {
        let error = from_slice::<One>(bytes).expect_err("a value that is none");
        assert_eq!((error.kind(), error.path().to_string().as_str()), (time, field), "{bytes:x?}");
    }
    let error = from_slice::<One>(b"\x1a\x01x").expect_err("no uuid");
    assert_eq!((error.kind(), error.path().to_string().as_str()), (DecodeErrorKind::Malformed(Malformed::Text), "id"));
}

/// Source: Protobuf, Encoding, "Last One Wins": of an embedded message that comes more than once the fields are merged.
#[test]
fn a_value_that_comes_in_parts_is_merged() {
    #[derive(Record, Debug, PartialEq)]
    struct Parts {
        #[field(1)]
        at: Timestamp,
        #[field(2)]
        span: Option<ExactDuration>,
        #[field(3)]
        day: Date,
        #[field(4)]
        time: TimeOfDay,
        #[field(5)]
        local: Option<LocalTimestamp>,
        #[field(6)]
        sum: Decimal<9, 2>,
        #[field(7)]
        of_library: std::time::Duration,
    }
    let parts: [&[u8]; 14] = [
        b"\x0a\x02\x08\x05",
        b"\x0a\x02\x10\x07",
        b"\x12\x02\x08\x06",
        b"\x12\x02\x10\x08",
        b"\x1a\x07\x08\xe8\x0f\x10\x02\x18\x03",
        b"\x1a\x02\x18\x04",
        b"\x22\x02\x08\x05",
        b"\x22\x02\x10\x06",
        b"\x2a\x07\x08\xe8\x0f\x10\x02\x18\x03",
        b"\x2a\x02\x28\x09",
        b"\x32\x03\x0a\x011",
        b"\x32\x00",
        b"\x3a\x02\x08\x05",
        b"\x3a\x02\x10\x07",
    ];
    let value: Parts = from_slice(&parts.concat()).expect("values in parts");
    let merged = Parts {
        at: Timestamp::new(5, 7).expect("a time"),
        span: ExactDuration::new(6, 8),
        day: Date::new(2024, 2, 4).expect("a day"),
        time: TimeOfDay::new(5, 6, 0, 0).expect("a time"),
        local: Some("2024-02-03T00:09:00".parse().expect("a time")),
        sum: "1".parse().expect("a number"),
        of_library: std::time::Duration::new(5, 7),
    };
    assert_eq!(value, merged);
}

#[test]
fn what_has_more_digits_than_the_field_is_not_rounded() {
    let value = One { millis: Timestamp::MAX, ..One::absent(canread_record::Format::Protobuf) };
    let error = to_vec(&value).expect_err("nanoseconds");
    assert_eq!((error.kind(), error.path().to_string().as_str()), (EncodeErrorKind::Inexact, "millis"));
}

/// Every offset: an error or a value, and no panic.
#[test]
fn a_message_that_is_cut_off_is_an_error_or_a_shorter_value() {
    let bytes = to_vec(&moments()).expect("values of the fields");
    for end in 0..bytes.len() {
        if let Ok(value) = from_slice::<Moments>(&bytes[..end]) {
            assert_eq!(from_slice::<Moments>(&to_vec(&value).expect("what was read")), Ok(value));
        }
    }
}

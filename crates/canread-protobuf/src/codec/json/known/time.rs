//! `Timestamp` and `Duration`: a time of RFC 3339, and seconds with an `s`.

#![expect(clippy::arithmetic_side_effects, reason = "numbers of thirteen digits at most")]

use canread_plan::Value;

use super::super::error::{Form, ReadErrorKind, WriteErrorKind};
use super::super::read::{Read, Reader};
use super::super::write::{Writer, Written};
use super::Fields;
use super::calendar::{EPOCH_DAYS, date, days};

const SECONDS: i32 = 1;
const NANOS: i32 = 2;

const DAY_SECONDS: i64 = 86_400;
const SECOND_NANOS: i64 = 1_000_000_000;

/// The years 1 to 9999. Source: `google/protobuf/timestamp.proto`.
const TIMESTAMP_SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// 10,000 years, of 365.25 days. Source: `google/protobuf/duration.proto`.
const DURATION_SECONDS_MAX: i64 = 315_576_000_000;

impl Writer<'_, '_> {
    pub(super) fn timestamp(&mut self, fields: Fields<'_>) -> Written {
        let (seconds, nanos) = (fields.int(SECONDS)?, fields.int(NANOS)?);
        if !TIMESTAMP_SECONDS.contains(&seconds) || !(0..SECOND_NANOS).contains(&nanos) {
            return Err(WriteErrorKind::OutOfRange);
        }
        let (year, month, day) = date(seconds.div_euclid(DAY_SECONDS) + EPOCH_DAYS);
        let second = seconds.rem_euclid(DAY_SECONDS);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        let fraction = fraction(nanos);
        let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z");
        self.out.string(&text);
        Ok(())
    }

    pub(super) fn duration(&mut self, fields: Fields<'_>) -> Written {
        let (seconds, nanos) = (fields.int(SECONDS)?, fields.int(NANOS)?);
        let is_in_range = (-DURATION_SECONDS_MAX..=DURATION_SECONDS_MAX).contains(&seconds)
            && (-SECOND_NANOS + 1..SECOND_NANOS).contains(&nanos);
        if !is_in_range || seconds.signum() * nanos.signum() < 0 {
            return Err(WriteErrorKind::OutOfRange);
        }
        let sign = if seconds < 0 || nanos < 0 { "-" } else { "" };
        self.out.string(&format!("{sign}{}{}s", seconds.abs(), fraction(nanos.abs())));
        Ok(())
    }
}

/// Nothing, or a point with 3, 6 or 9 digits, as few as will do.
fn fraction(nanos: i64) -> String {
    match nanos {
        0 => String::new(),
        nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        nanos if nanos % 1_000 == 0 => format!(".{:06}", nanos / 1_000),
        nanos => format!(".{nanos:09}"),
    }
}

impl<'a> Reader<'a> {
    pub(super) fn timestamp(&mut self, id: u32) -> Read<Value<'a>> {
        self.time(id, Form::Timestamp, timestamp)
    }

    pub(super) fn duration(&mut self, id: u32) -> Read<Value<'a>> {
        self.time(id, Form::Duration, duration)
    }

    fn time(&mut self, id: u32, form: Form, parse: fn(&str) -> Option<(i64, i64)>) -> Read<Value<'a>> {
        self.kind()?;
        let start = self.json.offset();
        let text = self.string()?;
        match parse(text) {
            Some((seconds, nanos)) => self.made(id, &[(SECONDS, Value::Int(seconds)), (NANOS, Value::Int(nanos))]),
            None => Err(self.failed_from(start, ReadErrorKind::Form(form))),
        }
    }
}

/// Seconds since 1970 and nanoseconds of a time.
///
/// Source: RFC 3339, section 5.6, with capital letters; a second that is inserted is none.
fn timestamp(text: &str) -> Option<(i64, i64)> {
    let (time, rest) = text.split_at_checked(19)?;
    let bytes = time.as_bytes();
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if separators.iter().any(|(at, separator)| bytes.get(*at) != Some(separator)) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| digits(time.get(range)?);
    let day = days((number(0..4)?, number(5..7)?, number(8..10)?))?;
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (nanos, zone) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
            (nanos(rest.get(..end)?)?, rest.get(end..)?)
        }
        None => (0, rest),
    };
    let seconds = (day - EPOCH_DAYS) * DAY_SECONDS + hour * 3600 + minute * 60 + second - offset(zone)?;
    TIMESTAMP_SECONDS.contains(&seconds).then_some((seconds, nanos))
}

/// How many seconds a zone is ahead of universal time.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (sign, rest) = zone.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':').filter(|_| rest.len() == 5)?;
    let (hours, minutes) = (digits(hours)?, digits(minutes)?);
    let seconds = (hours <= 23 && minutes <= 59).then_some(hours * 3600 + minutes * 60)?;
    match sign {
        "+" => Some(seconds),
        "-" => Some(-seconds),
        _ => None,
    }
}

/// Seconds and nanoseconds of a duration.
fn duration(text: &str) -> Option<(i64, i64)> {
    let text = text.strip_suffix('s')?;
    let unsigned = text.strip_prefix('-');
    let (seconds, nanos) = match unsigned.unwrap_or(text).split_once('.') {
        Some((seconds, fraction)) => (digits(seconds)?, nanos(fraction)?),
        None => (digits(unsigned.unwrap_or(text))?, 0),
    };
    let sign = if unsigned.is_some() { -1 } else { 1 };
    (seconds <= DURATION_SECONDS_MAX).then_some((sign * seconds, sign * nanos))
}

/// Digits behind a point, one to nine, as nanoseconds.
fn nanos(fraction: &str) -> Option<i64> {
    let missing = 9_usize.checked_sub(fraction.len())?;
    Some(digits(fraction)? * 10_i64.pow(u32::try_from(missing).ok()?))
}

/// One to twelve digits and nothing else.
fn digits(text: &str) -> Option<i64> {
    let is_number = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_any_zone() {
        for (text, seconds, nanos) in [
            ("1970-01-01T00:00:00Z", 0, 0),
            ("1969-12-31T23:59:59.5Z", -1, 500_000_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
            ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999),
            ("1970-01-01T08:30:00.000001+08:30", 0, 1_000),
            ("1969-12-31T16:00:00-08:00", 0, 0),
            ("2000-02-29T00:00:00Z", 951_782_400, 0),
        ] {
            assert_eq!(timestamp(text), Some((seconds, nanos)), "{text}");
        }
        for text in [
            "",
            "1970-01-01",
            "1970-01-01T00:00:00",
            "1970-01-01t00:00:00Z",
            "1970-01-01T00:00:00z",
            "1970-01-01 00:00:00Z",
            "1970-1-1T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z",
            "1970-01-01T00:00:60Z",
            "1970-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01",
            "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00.0000000001Z",
            "1970-01-01T00:00:00+0100",
            "1970-01-01T00:00:00+24:00",
            "1970-01-01T00:00:00Z ",
            "1970-01-01T00:00:00ZZ",
            "é970-01-01T00:00:00Z",
        ] {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn durations_have_one_sign_and_an_s() {
        for (text, seconds, nanos) in [
            ("0s", 0, 0),
            ("-0.5s", 0, -500_000_000),
            ("1.000340012s", 1, 340_012),
            ("-315576000000s", -315_576_000_000, 0),
            ("315576000000.999999999s", 315_576_000_000, 999_999_999),
        ] {
            assert_eq!(duration(text), Some((seconds, nanos)), "{text}");
        }
        for text in [
            "",
            "s",
            "1",
            "1S",
            "+1s",
            "1.s",
            ".5s",
            "--1s",
            "1e3s",
            "1.0000000001s",
            "315576000001s",
            "9999999999999s",
            " 1s",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}

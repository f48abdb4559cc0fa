//! A point in time.

use core::{fmt, str::FromStr};

use canread_wire::{EncodeErrorKind, Fault, Step};

use super::{
    calendar::{DAY_MAX, DAY_MIN, DAY_SECONDS},
    date::Date,
    message::message,
    text::{Letters, ParseValueError},
    time_of_day::TimeOfDay,
    value::{LogicalValue, logical_value},
    way::{Logical, Unit},
};
use crate::{Field, Reader, Writer};

/// A point in time, of the years 1 to 9999: seconds since 1970-01-01T00:00:00Z without leap seconds, and nanoseconds.
///
/// Avro's default is a number of microseconds, and clocks of today give nanoseconds: what doesn't fit is refused when it
/// is written. [`floor`](Self::floor) cuts it off, and `avro(nanos)` keeps it, in the years 1677 to 2262.
///
/// In Protobuf it is a `google.protobuf.Timestamp`, in Avro a `timestamp-micros`. A field may say otherwise: see
/// the derive `Record`.
///
/// ```
/// use canread::{Timestamp, Unit};
///
/// let time: Timestamp = "2024-02-29T10:00:00.123456789+01:00".parse()?;
/// assert_eq!((time.seconds(), time.nanos()), (1_709_197_200, 123_456_789));
/// assert_eq!(time.floor(Unit::Millis).to_string(), "2024-02-29T09:00:00.123Z");
/// # Ok::<(), canread::ParseValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

pub(super) const SECONDS_MIN: i64 = DAY_MIN as i64 * DAY_SECONDS;
pub(super) const SECONDS_MAX: i64 = (DAY_MAX as i64 + 1) * DAY_SECONDS - 1;

impl Timestamp {
    /// 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self { seconds: SECONDS_MIN, nanos: 0 };
    /// 9999-12-31T23:59:59.999999999Z.
    pub const MAX: Self = Self { seconds: SECONDS_MAX, nanos: 999_999_999 };

    /// The time that is so many seconds behind 1970-01-01T00:00:00Z, and nanoseconds (0 to 999,999,999) more; `None` if it
    /// is in no year from 1 to 9999.
    ///
    /// Source: Protobuf, `google/protobuf/timestamp.proto`.
    #[must_use]
    pub const fn new(seconds: i64, nanos: u32) -> Option<Self> {
        if seconds < SECONDS_MIN || seconds > SECONDS_MAX || nanos > 999_999_999 {
            return None;
        }
        Some(Self { seconds, nanos })
    }

    /// The time now, to the nanosecond if the clock says it: `Timestamp::now().floor(Unit::Micros)` is what an Avro field holds by default.
    ///
    /// # Panics
    ///
    /// If the clock of the machine stands before the year 1 or behind the year 9999.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn now() -> Self {
        Self::try_from(std::time::SystemTime::now()).expect("a clock stands in the years 1 to 9999")
    }

    /// The time that is so many units behind 1970-01-01T00:00:00Z; `None` if it is in no year from 1 to 9999.
    #[must_use]
    pub fn from_count(count: i64, unit: Unit) -> Option<Self> {
        let (seconds, nanos) = split(count, unit)?;
        Self::new(seconds, nanos)
    }

    /// How many units it is behind 1970-01-01T00:00:00Z; `None` if that is no whole number of 64 bits.
    #[must_use]
    pub fn count(self, unit: Unit) -> Option<i64> {
        join(self.seconds, self.nanos, unit).ok()
    }

    /// Seconds since 1970-01-01T00:00:00Z; negative before it.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds behind the second: 0 to 999,999,999.
    #[must_use]
    pub const fn nanos(self) -> u32 {
        self.nanos
    }

    /// The last whole unit before it, or itself.
    #[must_use]
    pub fn floor(self, unit: Unit) -> Self {
        let (seconds, nanos) = floor(self.seconds, self.nanos, unit);
        Self { seconds, nanos }
    }

    /// Date and time of day in UTC.
    #[must_use]
    pub fn utc(self) -> (Date, TimeOfDay) {
        date_and_time(self.seconds, self.nanos)
    }
}

/// From units to seconds and nanoseconds.
#[inline]
pub(super) fn split(count: i64, unit: Unit) -> Option<(i64, u32)> {
    if unit == Unit::Days {
        return Some((count.checked_mul(DAY_SECONDS)?, 0));
    }
    let in_second = 1_000_000_000_i64.checked_div(unit.nanos())?;
    let nanos = count.checked_rem_euclid(in_second)?.checked_mul(unit.nanos())?;
    Some((count.checked_div_euclid(in_second)?, u32::try_from(nanos).ok()?))
}

/// From seconds and nanoseconds to units.
#[inline]
pub(super) fn join(seconds: i64, nanos: u32, unit: Unit) -> Result<i64, EncodeErrorKind> {
    let whole = i128::from(seconds).saturating_mul(1_000_000_000).saturating_add(nanos.into());
    // In 64 bits where that does: a division of 128 bits is slow.
    let count = match i64::try_from(whole) {
        Ok(nanos) if nanos.checked_rem(unit.nanos()) == Some(0) => nanos.checked_div(unit.nanos()),
        Ok(_) => return Err(EncodeErrorKind::Inexact),
        Err(_) if whole.checked_rem(unit.nanos().into()) != Some(0) => return Err(EncodeErrorKind::Inexact),
        Err(_) => whole.checked_div(unit.nanos().into()).and_then(|count| i64::try_from(count).ok()),
    };
    count.ok_or(EncodeErrorKind::OutOfRange)
}

/// The last whole unit before a time.
pub(super) fn floor(seconds: i64, nanos: u32, unit: Unit) -> (i64, u32) {
    if unit == Unit::Days {
        return (seconds.saturating_sub(seconds.rem_euclid(DAY_SECONDS)), 0);
    }
    let unit = u32::try_from(unit.nanos()).unwrap_or(u32::MAX);
    (seconds, nanos.saturating_sub(nanos.checked_rem(unit).unwrap_or_default()))
}

/// The day and the time of the day.
pub(super) fn date_and_time(seconds: i64, nanos: u32) -> (Date, TimeOfDay) {
    let days = i32::try_from(seconds.div_euclid(DAY_SECONDS)).ok().and_then(Date::from_days);
    let date = days.expect("its seconds are in the years 1 to 9999");
    (date, TimeOfDay::of_seconds(seconds.rem_euclid(DAY_SECONDS), nanos))
}

/// The seconds of a date and time.
pub(super) fn seconds_of(date: Date, time: TimeOfDay) -> (i64, u32) {
    let (hour, minute, second, nanos) = time.parts();
    let of_day = hour.saturating_mul(3600).saturating_add(minute.saturating_mul(60)).saturating_add(second);
    (i64::from(date.days()).saturating_mul(DAY_SECONDS).saturating_add(of_day.into()), nanos)
}

/// As in RFC 3339, in UTC, with 0, 3, 6 or 9 digits behind the second: `2024-02-29T09:00:00.123Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = self.utc();
        write!(f, "{date}T{time}Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As in RFC 3339, with any offset and any number of digits up to nanoseconds; a leap second is refused.
impl FromStr for Timestamp {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut letters = Letters::of(text);
        let time = read(&mut letters).filter(|_| letters.is_at_end());
        time.ok_or(ParseValueError::new("a time as in RFC 3339: 2024-02-29T09:00:00Z or 2024-02-29T10:00:00+01:00"))
    }
}

fn read(letters: &mut Letters<'_>) -> Option<Timestamp> {
    let (seconds, nanos) = read_local(letters)?;
    let offset = match letters.one_of(b"Zz+-")? {
        sign @ (b'+' | b'-') => {
            let hours = letters.digits(2).filter(|hours| *hours <= 23)?;
            let minutes = letters.has(b':').then(|| letters.digits(2))?.filter(|minutes| *minutes <= 59)?;
            let seconds = i64::from(hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?);
            if sign == b'+' { seconds } else { seconds.checked_neg()? }
        }
        _ => 0,
    };
    Timestamp::new(seconds.checked_sub(offset)?, nanos)
}

/// Reads a date and a time.
pub(super) fn read_local(letters: &mut Letters<'_>) -> Option<(i64, u32)> {
    let date = Date::read(letters)?;
    letters.one_of(b"Tt ")?;
    Some(seconds_of(date, TimeOfDay::read(letters)?))
}

message! {
    /// Source: Protobuf, `google/protobuf/timestamp.proto`.
    TimestampMessage "google.protobuf.Timestamp" {
        1 seconds Seconds: i64,
        2 nanos Nanos: i32,
    }
}

logical_value!(Timestamp);

impl Timestamp {
    #[inline]
    fn message(self) -> TimestampMessage {
        TimestampMessage { seconds: self.seconds, nanos: self.nanos.cast_signed() }
    }
}

impl LogicalValue for Timestamp {
    const LOGICAL: Logical = Logical::Timestamp;
    const ABSENT: Self = Self { seconds: 0, nanos: 0 };

    #[inline]
    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.record::<F, _>(&self.message());
    }

    #[inline]
    fn decode_message<'de, F: Field, R: Reader<'de>>(self, reader: &mut R) -> Step<Self> {
        let mut message = self.before(Self::message);
        reader.record::<F, _>(&mut message)?;
        // What is below 0 is above all that is allowed.
        Self::new(message.seconds, message.nanos.cast_unsigned()).ok_or(Fault::Time)
    }

    #[inline]
    fn count(&self, unit: Unit) -> Result<i64, EncodeErrorKind> {
        join(self.seconds, self.nanos, unit)
    }

    #[inline]
    fn from_count(count: i64, unit: Unit) -> Option<Self> {
        Self::from_count(count, unit)
    }
}

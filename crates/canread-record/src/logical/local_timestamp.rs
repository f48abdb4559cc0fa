//! A date and a time of day.

use core::{fmt, str::FromStr};

use canread_wire::{EncodeErrorKind, Fault, Step};

use super::{
    date::Date,
    message::message,
    text::{Letters, ParseValueError},
    time_of_day::TimeOfDay,
    timestamp::{SECONDS_MAX, SECONDS_MIN, date_and_time, floor, join, read_local, seconds_of, split},
    value::{LogicalValue, logical_value},
    way::{Logical, Unit},
};
use crate::{Field, Reader, Writer};

/// A date and a time of day at a place that is not said, of the years 1 to 9999.
///
/// In Protobuf it is a `google.type.DateTime` without an offset, in Avro a `local-timestamp-micros`. A field may
/// say otherwise: see the derive `Record`.
///
/// ```
/// use canread::{Date, LocalTimestamp, TimeOfDay};
///
/// let time: LocalTimestamp = "2024-02-29T10:00:00".parse()?;
/// assert_eq!(Some(time.date()), Date::new(2024, 2, 29));
/// assert_eq!(Some(time.time()), TimeOfDay::new(10, 0, 0, 0));
/// # Ok::<(), canread::ParseValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LocalTimestamp {
    /// As if the place were in UTC.
    seconds: i64,
    nanos: u32,
}

impl LocalTimestamp {
    /// The time of a day.
    #[must_use]
    pub fn new(date: Date, time: TimeOfDay) -> Self {
        let (seconds, nanos) = seconds_of(date, time);
        Self { seconds, nanos }
    }

    /// The time that is so many units behind 1970-01-01T00:00:00; `None` if it is in no year from 1 to 9999.
    #[must_use]
    pub fn from_count(count: i64, unit: Unit) -> Option<Self> {
        let (seconds, nanos) = split(count, unit)?;
        (SECONDS_MIN..=SECONDS_MAX).contains(&seconds).then_some(Self { seconds, nanos })
    }

    /// How many units it is behind 1970-01-01T00:00:00; `None` if that is no whole number of 64 bits.
    #[must_use]
    pub fn count(self, unit: Unit) -> Option<i64> {
        join(self.seconds, self.nanos, unit).ok()
    }

    /// The day.
    #[must_use]
    pub fn date(self) -> Date {
        date_and_time(self.seconds, self.nanos).0
    }

    /// The time of the day.
    #[must_use]
    pub fn time(self) -> TimeOfDay {
        date_and_time(self.seconds, self.nanos).1
    }

    /// The last whole unit before it, or itself.
    #[must_use]
    pub fn floor(self, unit: Unit) -> Self {
        let (seconds, nanos) = floor(self.seconds, self.nanos, unit);
        Self { seconds, nanos }
    }
}

/// As in RFC 3339 without an offset, with 0, 3, 6 or 9 digits behind the second: `2024-02-29T10:00:00`.
impl fmt::Display for LocalTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date(), self.time())
    }
}

impl fmt::Debug for LocalTimestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As it is displayed, with any number of digits up to nanoseconds.
impl FromStr for LocalTimestamp {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut letters = Letters::of(text);
        let time = read_local(&mut letters).filter(|_| letters.is_at_end());
        let (seconds, nanos) = time.ok_or(ParseValueError::new("a time without an offset: 2024-02-29T10:00:00"))?;
        Ok(Self { seconds, nanos })
    }
}

message! {
    /// Source: googleapis, `google/type/datetime.proto`: without `time_zone` and `utc_offset` it is in local time. Data that
    /// sets one of them is refused, and so is a date without a year.
    DateTimeMessage "google.type.DateTime" refused(8, 9) {
        1 year Year: i32,
        2 month Month: i32,
        3 day Day: i32,
        4 hours Hours: i32,
        5 minutes Minutes: i32,
        6 seconds Seconds: i32,
        7 nanos Nanos: i32,
    }
}

logical_value!(LocalTimestamp);

impl LocalTimestamp {
    #[inline]
    fn message(self) -> DateTimeMessage {
        let (date, (hours, minutes, seconds, nanos)) = (self.date(), self.time().parts());
        DateTimeMessage {
            year: date.year(),
            month: date.month().cast_signed(),
            day: date.day().cast_signed(),
            hours: hours.cast_signed(),
            minutes: minutes.cast_signed(),
            seconds: seconds.cast_signed(),
            nanos: nanos.cast_signed(),
        }
    }
}

impl LogicalValue for LocalTimestamp {
    const LOGICAL: Logical = Logical::LocalTimestamp;
    const ABSENT: Self = Self { seconds: 0, nanos: 0 };

    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.record::<F, _>(&self.message());
    }

    fn decode_message<'de, F: Field, R: Reader<'de>>(self, reader: &mut R) -> Step<Self> {
        let mut message = self.before(Self::message);
        reader.record::<F, _>(&mut message)?;
        let DateTimeMessage { year, month, day, hours, minutes, seconds, nanos } = message;
        // What is below 0 is above all that is allowed.
        let date = Date::new(year, month.cast_unsigned(), day.cast_unsigned());
        let (hours, minutes) = (hours.cast_unsigned(), minutes.cast_unsigned());
        let time = TimeOfDay::new(hours, minutes, seconds.cast_unsigned(), nanos.cast_unsigned());
        date.zip(time).map(|(date, time)| Self::new(date, time)).ok_or(Fault::Time)
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

//! A day of the calendar.

use core::{fmt, str::FromStr};

use canread_wire::{EncodeErrorKind, Fault, Step};

use super::{
    calendar,
    message::message,
    text::{Letters, ParseValueError},
    value::{LogicalValue, logical_value},
    way::{Logical, Unit},
};
use crate::{Field, Reader, Writer};

/// A day of the calendar, of the years 1 to 9999: days since 1970-01-01.
///
/// In Protobuf it is a `google.type.Date`, in Avro a `date`. A field may say otherwise: see the derive `Record`.
///
/// ```
/// use canread::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.days(), date.year(), date.month(), date.day()), (19_782, 2024, 2, 29));
/// assert_eq!(Date::new(2023, 2, 29), None);
/// # Ok::<(), canread::ParseValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Date {
    days: i32,
}

impl Date {
    /// 0001-01-01.
    pub const MIN: Self = Self { days: calendar::DAY_MIN };
    /// 9999-12-31.
    pub const MAX: Self = Self { days: calendar::DAY_MAX };

    /// The day of a year, month (1 to 12) and day of the month (1 to 31); `None` if the calendar does not have it.
    #[must_use]
    pub const fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        match calendar::day(year, month, day) {
            Some(days) => Some(Self { days }),
            None => None,
        }
    }

    /// The day that is so many days behind 1970-01-01; `None` if it is in no year from 1 to 9999.
    #[must_use]
    pub const fn from_days(days: i32) -> Option<Self> {
        if days < calendar::DAY_MIN || days > calendar::DAY_MAX { None } else { Some(Self { days }) }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.days
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> i32 {
        calendar::date(self.days).0
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u32 {
        calendar::date(self.days).1
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u32 {
        calendar::date(self.days).2
    }

    pub(super) fn read(letters: &mut Letters<'_>) -> Option<Self> {
        let year = letters.digits(4)?;
        let month = letters.has(b'-').then(|| letters.digits(2))??;
        let day = letters.has(b'-').then(|| letters.digits(2))??;
        Self::new(year.cast_signed(), month, day)
    }
}

/// As in RFC 3339: `2024-02-29`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = calendar::date(self.days);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As it is displayed.
impl FromStr for Date {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut letters = Letters::of(text);
        let date = Self::read(&mut letters).filter(|_| letters.is_at_end());
        date.ok_or(ParseValueError::new("a date of the years 1 to 9999: 2024-02-29"))
    }
}

message! {
    /// Source: googleapis, `google/type/date.proto`. A year, month or day of 0, for a date that is not known whole, is
    /// refused.
    DateMessage "google.type.Date" {
        1 year Year: i32,
        2 month Month: i32,
        3 day Day: i32,
    }
}

logical_value!(Date);

impl Date {
    #[inline]
    fn message(self) -> DateMessage {
        let (year, month, day) = calendar::date(self.days);
        DateMessage { year, month: month.cast_signed(), day: day.cast_signed() }
    }
}

impl LogicalValue for Date {
    const LOGICAL: Logical = Logical::Date;
    const ABSENT: Self = Self { days: 0 };

    #[inline]
    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.record::<F, _>(&self.message());
    }

    #[inline]
    fn decode_message<'de, F: Field, R: Reader<'de>>(self, reader: &mut R) -> Step<Self> {
        let mut message = self.before(Self::message);
        reader.record::<F, _>(&mut message)?;
        Self::new(message.year, message.month.cast_unsigned(), message.day.cast_unsigned()).ok_or(Fault::Time)
    }

    #[inline]
    fn count(&self, _unit: Unit) -> Result<i64, EncodeErrorKind> {
        Ok(self.days.into())
    }

    #[inline]
    fn from_count(count: i64, _unit: Unit) -> Option<Self> {
        Self::from_days(i32::try_from(count).ok()?)
    }
}

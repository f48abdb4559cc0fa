//! A time of a day.

#![expect(clippy::arithmetic_side_effects, reason = "all numbers are those of one day")]

use core::{fmt, str::FromStr};

use canread_wire::{EncodeErrorKind, Fault, Step};

use super::{
    calendar::DAY_SECONDS,
    message::message,
    text::{Letters, ParseValueError, write_fraction},
    value::{LogicalValue, logical_value},
    way::{Logical, Unit},
};
use crate::{Field, Reader, Writer};

/// Nanoseconds of a day.
const DAY_NANOS: u64 = 86_400_000_000_000;

/// A time of some day, without a zone: nanoseconds since midnight.
///
/// In Protobuf it is a `google.type.TimeOfDay`, in Avro a `time-micros`. A field may say otherwise: see the derive
/// `Record`.
///
/// ```
/// use canread::TimeOfDay;
///
/// let time: TimeOfDay = "09:05:00.250".parse()?;
/// assert_eq!(time.nanos(), 32_700_250_000_000);
/// assert_eq!(TimeOfDay::new(24, 0, 0, 0), None);
/// # Ok::<(), canread::ParseValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct TimeOfDay {
    nanos: u64,
}

impl TimeOfDay {
    /// The last nanosecond of a day.
    pub const MAX: Self = Self { nanos: DAY_NANOS - 1 };

    /// The time of an hour (0 to 23), minute and second (0 to 59) and nanosecond (0 to 999,999,999); `None` if the day
    /// does not have it.
    #[must_use]
    pub const fn new(hour: u32, minute: u32, second: u32, nano: u32) -> Option<Self> {
        if hour > 23 || minute > 59 || second > 59 || nano > 999_999_999 {
            return None;
        }
        let seconds = hour * 3600 + minute * 60 + second;
        Some(Self { nanos: seconds as u64 * 1_000_000_000 + nano as u64 })
    }

    /// The time that is so many nanoseconds behind midnight; `None` if that is no more the same day.
    #[must_use]
    pub const fn from_nanos(nanos: u64) -> Option<Self> {
        if nanos < DAY_NANOS { Some(Self { nanos }) } else { None }
    }

    /// Nanoseconds since midnight.
    #[must_use]
    pub const fn nanos(self) -> u64 {
        self.nanos
    }

    /// Hour, minute, second and nanosecond.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "they are below 10^9")]
    pub const fn parts(self) -> (u32, u32, u32, u32) {
        let (seconds, nanos) = ((self.nanos / 1_000_000_000) as u32, (self.nanos % 1_000_000_000) as u32);
        (seconds / 3600, seconds / 60 % 60, seconds % 60, nanos)
    }

    /// The last whole unit before it, or itself.
    #[must_use]
    pub const fn floor(self, unit: Unit) -> Self {
        Self { nanos: self.nanos - self.nanos % unit.nanos().cast_unsigned() }
    }

    pub(super) fn read(letters: &mut Letters<'_>) -> Option<Self> {
        let hour = letters.digits(2)?;
        let minute = letters.has(b':').then(|| letters.digits(2))??;
        let second = letters.has(b':').then(|| letters.digits(2))??;
        Self::new(hour, minute, second, letters.fraction()?)
    }

    /// From seconds of a day.
    pub(super) fn of_seconds(seconds: i64, nanos: u32) -> Self {
        debug_assert!((0..DAY_SECONDS).contains(&seconds));
        Self { nanos: seconds.unsigned_abs() * 1_000_000_000 + u64::from(nanos) }
    }
}

/// As in RFC 3339, with 0, 3, 6 or 9 digits behind the second: `09:05:00.250`.
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, nanos) = self.parts();
        write!(f, "{hour:02}:{minute:02}:{second:02}")?;
        write_fraction(f, nanos)
    }
}

impl fmt::Debug for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As it is displayed, with any number of digits up to nanoseconds.
impl FromStr for TimeOfDay {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut letters = Letters::of(text);
        let time = Self::read(&mut letters).filter(|_| letters.is_at_end());
        time.ok_or(ParseValueError::new("a time of day: 09:05:00 or 09:05:00.250"))
    }
}

message! {
    /// Source: googleapis, `google/type/timeofday.proto`. The hour 24 and the second 60, which an API may allow there, are
    /// refused.
    TimeMessage "google.type.TimeOfDay" {
        1 hours Hours: i32,
        2 minutes Minutes: i32,
        3 seconds Seconds: i32,
        4 nanos Nanos: i32,
    }
}

logical_value!(TimeOfDay);

impl TimeOfDay {
    #[inline]
    fn message(self) -> TimeMessage {
        let (hours, minutes, seconds, nanos) = self.parts();
        TimeMessage {
            hours: hours.cast_signed(),
            minutes: minutes.cast_signed(),
            seconds: seconds.cast_signed(),
            nanos: nanos.cast_signed(),
        }
    }
}

impl LogicalValue for TimeOfDay {
    const LOGICAL: Logical = Logical::TimeOfDay;
    const ABSENT: Self = Self { nanos: 0 };

    #[inline]
    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.record::<F, _>(&self.message());
    }

    #[inline]
    fn decode_message<'de, F: Field, R: Reader<'de>>(self, reader: &mut R) -> Step<Self> {
        let mut message = self.before(Self::message);
        reader.record::<F, _>(&mut message)?;
        let TimeMessage { hours, minutes, seconds, nanos } = message;
        // What is below 0 is above all that is allowed.
        Self::new(hours.cast_unsigned(), minutes.cast_unsigned(), seconds.cast_unsigned(), nanos.cast_unsigned())
            .ok_or(Fault::Time)
    }

    #[inline]
    fn count(&self, unit: Unit) -> Result<i64, EncodeErrorKind> {
        let (nanos, unit) = (self.nanos.cast_signed(), unit.nanos());
        if nanos % unit == 0 { Ok(nanos / unit) } else { Err(EncodeErrorKind::Inexact) }
    }

    #[inline]
    fn from_count(count: i64, unit: Unit) -> Option<Self> {
        Self::from_nanos(u64::try_from(count).ok()?.checked_mul(unit.nanos().cast_unsigned())?)
    }
}

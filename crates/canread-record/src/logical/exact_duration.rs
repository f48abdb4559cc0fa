//! A span of time.

use core::{fmt, str::FromStr};

use canread_wire::{EncodeErrorKind, Fault, Step};

use super::{
    message::message,
    text::{Letters, ParseValueError, write_fraction},
    timestamp::{floor, join},
    value::{LogicalValue, logical_value},
    way::{Logical, Unit},
};
use crate::{Field, Reader, Writer};

/// Seconds of 10,000 years.
///
/// Source: Protobuf, `google/protobuf/duration.proto`.
const SECONDS_MAX: i64 = 315_576_000_000;

/// Nanoseconds of a second.
const SECOND: i32 = 1_000_000_000;

/// A span of time, forwards or backwards: up to about 10,000 years, in nanoseconds.
///
/// Avro has no type for it. In microseconds, its default, one with nanoseconds is refused when it is written, as what a clock has
/// measured nearly always is: [`floor`](Self::floor) cuts them off, and `avro(nanos)` keeps them, up to 292 years.
///
/// In Protobuf it is a `google.protobuf.Duration`, in Avro a `long` of microseconds. A field may say otherwise: see
/// the derive `Record`.
///
/// ```
/// use canread::{ExactDuration, Unit};
/// use std::time::Instant;
///
/// let span: ExactDuration = "-1.5s".parse()?;
/// assert_eq!((span.seconds(), span.nanos()), (-1, -500_000_000));
/// assert_eq!(ExactDuration::new(1, -1), None);
///
/// let started = Instant::now();
/// let elapsed = ExactDuration::try_from(started.elapsed()).expect("less than 10,000 years").floor(Unit::Micros);
/// assert!(elapsed.count(Unit::Micros).is_some());
/// # Ok::<(), canread::ParseValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ExactDuration {
    seconds: i64,
    /// With the sign of the seconds.
    nanos: i32,
}

impl ExactDuration {
    /// The longest backwards.
    pub const MIN: Self = Self { seconds: SECONDS_MAX.wrapping_neg(), nanos: -999_999_999 };
    /// The longest forwards.
    pub const MAX: Self = Self { seconds: SECONDS_MAX, nanos: 999_999_999 };

    /// A span of seconds (±315,576,000,000) and nanoseconds (±999,999,999), which have the same sign or are 0; `None` for
    /// all others.
    ///
    /// Source: Protobuf, `google/protobuf/duration.proto`.
    #[must_use]
    pub const fn new(seconds: i64, nanos: i32) -> Option<Self> {
        let is_in_range = seconds.unsigned_abs() <= SECONDS_MAX.unsigned_abs() && nanos.unsigned_abs() <= 999_999_999;
        let is_of_one_sign = !(seconds < 0 && nanos > 0 || seconds > 0 && nanos < 0);
        if is_in_range && is_of_one_sign { Some(Self { seconds, nanos }) } else { None }
    }

    /// A span of so many units; `None` if it is too long.
    #[must_use]
    pub fn from_count(count: i64, unit: Unit) -> Option<Self> {
        let nanos = i128::from(count).checked_mul(unit.nanos().into())?;
        let (seconds, nanos) = (nanos.checked_div(1_000_000_000)?, nanos.checked_rem(1_000_000_000)?);
        Self::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?)
    }

    /// How many units it is; `None` if that is no whole number of 64 bits.
    #[must_use]
    pub fn count(self, unit: Unit) -> Option<i64> {
        self.units(unit).ok()
    }

    fn units(self, unit: Unit) -> Result<i64, EncodeErrorKind> {
        if self.seconds < 0 || self.nanos < 0 {
            let count = join(self.seconds.saturating_neg(), self.nanos.unsigned_abs(), unit)?;
            return Ok(count.saturating_neg());
        }
        join(self.seconds, self.nanos.unsigned_abs(), unit)
    }

    /// Whole seconds.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds besides the seconds, with the same sign.
    #[must_use]
    pub const fn nanos(self) -> i32 {
        self.nanos
    }

    /// The longest whole units that are not more than it, or itself: 1.5 s are 1 s, and -1.5 s are -2 s. For less than -315,576,000,000 s
    /// it is those, since no whole units of it are a span.
    #[must_use]
    pub fn floor(self, unit: Unit) -> Self {
        // As points in time have it: nanoseconds behind a second.
        let borrowed = self.nanos < 0;
        let (seconds, nanos) = if borrowed {
            (self.seconds.saturating_sub(1), self.nanos.saturating_add(SECOND))
        } else {
            (self.seconds, self.nanos)
        };
        let (seconds, nanos) = floor(seconds, nanos.unsigned_abs(), unit);
        let nanos = nanos.cast_signed();
        let floor = if seconds < 0 && nanos > 0 {
            Self::new(seconds.saturating_add(1), nanos.saturating_sub(SECOND))
        } else {
            Self::new(seconds, nanos)
        };
        floor.unwrap_or(Self { nanos: 0, ..Self::MIN })
    }
}

/// As in JSON of Protobuf: seconds with 0, 3, 6 or 9 digits behind the point, and `s`.
///
/// Source: Protobuf, "ProtoJSON Format".
impl fmt::Display for ExactDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.seconds < 0 || self.nanos < 0 { "-" } else { "" };
        write!(f, "{sign}{}", self.seconds.unsigned_abs())?;
        write_fraction(f, self.nanos.unsigned_abs())?;
        f.write_str("s")
    }
}

impl fmt::Debug for ExactDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As it is displayed, with any number of digits up to nanoseconds.
impl FromStr for ExactDuration {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut letters = Letters::of(text);
        let span = read(&mut letters).filter(|_| letters.is_at_end());
        span.ok_or(ParseValueError::new("seconds, up to 10,000 years: 3s or -0.25s"))
    }
}

fn read(letters: &mut Letters<'_>) -> Option<ExactDuration> {
    let is_negative = letters.has(b'-');
    let seconds = i64::try_from(letters.number()?).ok()?;
    let nanos = letters.fraction()?.cast_signed();
    if !letters.has(b's') {
        return None;
    }
    if is_negative {
        return ExactDuration::new(seconds.checked_neg()?, nanos.checked_neg()?);
    }
    ExactDuration::new(seconds, nanos)
}

message! {
    /// Source: Protobuf, `google/protobuf/duration.proto`.
    DurationMessage "google.protobuf.Duration" {
        1 seconds Seconds: i64,
        2 nanos Nanos: i32,
    }
}

logical_value!(ExactDuration);

impl ExactDuration {
    #[inline]
    fn message(self) -> DurationMessage {
        DurationMessage { seconds: self.seconds, nanos: self.nanos }
    }
}

impl LogicalValue for ExactDuration {
    const LOGICAL: Logical = Logical::ExactDuration;
    const ABSENT: Self = Self { seconds: 0, nanos: 0 };

    #[inline]
    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.record::<F, _>(&self.message());
    }

    #[inline]
    fn decode_message<'de, F: Field, R: Reader<'de>>(self, reader: &mut R) -> Step<Self> {
        let mut message = self.before(Self::message);
        reader.record::<F, _>(&mut message)?;
        Self::new(message.seconds, message.nanos).ok_or(Fault::Time)
    }

    #[inline]
    fn count(&self, unit: Unit) -> Result<i64, EncodeErrorKind> {
        self.units(unit)
    }

    #[inline]
    fn from_count(count: i64, unit: Unit) -> Option<Self> {
        Self::from_count(count, unit)
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn whole_units_are_not_more_than_the_span_and_less_than_a_unit_apart() {
        let units = [Unit::Days, Unit::Seconds, Unit::Millis, Unit::Micros, Unit::Nanos];
        let spans = [0, 1, 999, 1_000, 1_500_000_000, 86_400_000_000_000, 86_400_000_000_001, i64::MAX];
        for span in spans.into_iter().flat_map(|span| [span, -span]) {
            for unit in units {
                let exact = ExactDuration::from_count(span, Unit::Nanos).expect("292 years");
                let whole = exact.floor(unit).count(unit).expect("whole units");
                assert_eq!(whole, span.div_euclid(unit.nanos()), "{exact} in {unit:?}");
                assert_eq!(exact.floor(unit).floor(unit), exact.floor(unit));
            }
        }
        assert_eq!(ExactDuration::MAX.floor(Unit::Seconds).to_string(), "315576000000s");
        assert_eq!(ExactDuration::MIN.floor(Unit::Nanos), ExactDuration::MIN);
        assert_eq!(ExactDuration::MIN.floor(Unit::Micros).to_string(), "-315576000000s");
    }
}

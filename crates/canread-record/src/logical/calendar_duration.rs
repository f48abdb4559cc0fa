//! A span of months, days and milliseconds.

use core::{fmt, str::FromStr};

use super::{
    text::{Letters, ParseValueError, write_fraction},
    value::{LogicalValue, logical_value},
    way::Logical,
};

/// A span of months, days and milliseconds, each counted for itself: a month has no fixed number of days, and a day that
/// clocks are changed on has no 24 hours.
///
/// In Protobuf it is text as in ISO 8601, in Avro a `duration`. A field may say otherwise: see the derive `Record`.
///
/// ```
/// use canread::CalendarDuration;
///
/// let span: CalendarDuration = "P1Y2M3DT4.5S".parse()?;
/// assert_eq!(span, CalendarDuration { months: 14, days: 3, millis: 4_500 });
/// assert_eq!(span.to_string(), "P14M3DT4.500S");
/// # Ok::<(), canread::ParseValueError>(())
/// ```
///
/// Source: Avro 1.12, "Duration".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[expect(clippy::exhaustive_structs, reason = "these are its parts, in the format that has it")]
pub struct CalendarDuration {
    /// Months.
    pub months: u32,
    /// Days.
    pub days: u32,
    /// Milliseconds.
    pub millis: u32,
}

/// As in ISO 8601, with the three parts as they are: `P14M3DT4.500S`, and `PT0S` for nothing.
impl fmt::Display for CalendarDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        if self.months > 0 {
            write!(f, "{}M", self.months)?;
        }
        if self.days > 0 {
            write!(f, "{}D", self.days)?;
        }
        if self.millis > 0 || (self.months == 0 && self.days == 0) {
            write!(f, "T{}", self.millis.wrapping_div(1000))?;
            write_fraction(f, self.millis.wrapping_rem(1000).wrapping_mul(1_000_000))?;
            f.write_str("S")?;
        }
        Ok(())
    }
}

/// As in ISO 8601, with whole numbers of years, months, weeks, days, hours and minutes, and seconds down to milliseconds.
impl FromStr for CalendarDuration {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        read(Letters::of(text)).ok_or(ParseValueError::new("a duration of ISO 8601: P1Y2M3DT4H5M6.5S"))
    }
}

/// Letters of the parts, in order, with how many months, days or milliseconds one of them is.
const DATE_PARTS: [(u8, u64); 4] = [(b'Y', 12), (b'M', 1), (b'W', 7), (b'D', 1)];
const TIME_PARTS: [(u8, u64); 3] = [(b'H', 3_600_000), (b'M', 60_000), (b'S', 1000)];

fn read(mut letters: Letters<'_>) -> Option<CalendarDuration> {
    if !letters.has(b'P') || letters.is_at_end() {
        return None;
    }
    let (mut months, mut days, mut millis) = (0_u64, 0_u64, 0_u64);
    let mut parts = DATE_PARTS.iter();
    while !letters.is_at_end() && !letters.has(b'T') {
        let number = letters.number()?;
        let letter = letters.one_of(b"YMWD")?;
        let (_, factor) = parts.find(|(part, _)| *part == letter)?;
        let sum = if matches!(letter, b'Y' | b'M') { &mut months } else { &mut days };
        *sum = sum.checked_add(number.checked_mul(*factor)?)?;
        if letters.is_at_end() {
            return whole(months, days, millis);
        }
    }
    if letters.is_at_end() {
        return None;
    }
    let mut parts = TIME_PARTS.iter();
    while !letters.is_at_end() {
        let number = letters.number()?;
        let fraction = letters.fraction()?;
        let letter = letters.one_of(b"HMS")?;
        let (_, factor) = parts.find(|(part, _)| *part == letter)?;
        if fraction.checked_rem(1_000_000) != Some(0) || (fraction > 0 && letter != b'S') {
            return None;
        }
        let part = number.checked_mul(*factor)?.checked_add(fraction.checked_div(1_000_000)?.into())?;
        millis = millis.checked_add(part)?;
    }
    whole(months, days, millis)
}

fn whole(months: u64, days: u64, millis: u64) -> Option<CalendarDuration> {
    let part = |part: u64| u32::try_from(part).ok();
    Some(CalendarDuration { months: part(months)?, days: part(days)?, millis: part(millis)? })
}

logical_value!(CalendarDuration);

impl LogicalValue for CalendarDuration {
    const LOGICAL: Logical = Logical::CalendarDuration;
    const ABSENT: Self = Self { months: 0, days: 0, millis: 0 };

    /// Source: Avro 1.12, "Duration": "three little-endian unsigned integers".
    #[inline]
    fn to_bytes(self, bytes: &mut [u8]) -> Option<usize> {
        let (parts, rest) = bytes.as_chunks_mut::<4>();
        let [months, days, millis] = parts else { return None };
        *months = self.months.to_le_bytes();
        *days = self.days.to_le_bytes();
        *millis = self.millis.to_le_bytes();
        rest.is_empty().then_some(0)
    }

    #[inline]
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ([months, days, millis], []) = bytes.as_chunks::<4>() else { return None };
        let part = |part: &[u8; 4]| u32::from_le_bytes(*part);
        Some(Self { months: part(months), days: part(days), millis: part(millis) })
    }
}

//! Short texts: written without an allocation, and read letter by letter.

use core::fmt::{self, Write as _};

/// A text is no value of the type, or a value of another type, such as `SystemTime`, is none of its range. Shown, it says what was
/// expected, with an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ParseValueError {
    expected: &'static str,
}

impl ParseValueError {
    /// With what was expected, in words.
    pub(super) const fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for ParseValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.expected)
    }
}

impl core::error::Error for ParseValueError {}

/// Room for the longest text of a value: a decimal of 38 digits, or a timestamp with nanoseconds, with some to spare.
pub(super) struct ShortText {
    bytes: [u8; 64],
    size: usize,
}

impl ShortText {
    pub(super) fn of(value: &impl fmt::Display) -> Self {
        let mut this = Self { bytes: [0; 64], size: 0 };
        write!(this, "{value}").expect("no value has a text of more than 64 bytes");
        this
    }

    pub(super) fn as_str(&self) -> &str {
        let text = self.bytes.get(..self.size).and_then(|bytes| core::str::from_utf8(bytes).ok());
        text.expect("whole strings were written")
    }
}

impl fmt::Write for ShortText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.size.saturating_add(text.len());
        self.bytes.get_mut(self.size..end).ok_or(fmt::Error)?.copy_from_slice(text.as_bytes());
        self.size = end;
        Ok(())
    }
}

/// Reads a text from its start.
#[derive(Clone)]
pub(super) struct Letters<'a>(&'a [u8]);

impl<'a> Letters<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self(text.as_bytes())
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// The next letter, if it is one of these.
    pub(super) fn one_of(&mut self, letters: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !letters.contains(first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    /// Takes the letter if it comes next.
    pub(super) fn has(&mut self, letter: u8) -> bool {
        self.one_of(&[letter]).is_some()
    }

    /// The next digit.
    pub(super) fn digit(&mut self) -> Option<u32> {
        self.one_of(b"0123456789").map(|letter| u32::from(letter.wrapping_sub(b'0')))
    }

    /// A number of exactly so many digits.
    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        let mut number = 0_u32;
        for _ in 0..count {
            number = number.checked_mul(10)?.checked_add(self.digit()?)?;
        }
        Some(number)
    }

    /// A number of one digit or more.
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = u64::from(self.digit()?);
        while let Some(digit) = self.digit() {
            number = number.checked_mul(10)?.checked_add(digit.into())?;
        }
        Some(number)
    }

    /// Nanoseconds: a point and 1 to 9 digits, or nothing. More digits are no nanoseconds unless they are zeros.
    pub(super) fn fraction(&mut self) -> Option<u32> {
        if !self.has(b'.') {
            return Some(0);
        }
        let mut nanos = self.digit()?.checked_mul(100_000_000)?;
        let mut unit = 10_000_000_u32;
        while let Some(digit) = self.digit() {
            if unit == 0 && digit != 0 {
                return None;
            }
            nanos = nanos.checked_add(digit.checked_mul(unit)?)?;
            unit = unit.checked_div(10)?;
        }
        Some(nanos)
    }
}

/// Nanoseconds behind a second: nothing, or a point and 3, 6 or 9 digits.
///
/// Source: Protobuf, "ProtoJSON Format": "0, 3, 6 or 9 fractional digits".
pub(super) fn write_fraction(f: &mut fmt::Formatter<'_>, nanos: u32) -> fmt::Result {
    let (millis, micros) = (nanos.wrapping_div(1_000_000), nanos.wrapping_div(1_000));
    if nanos == 0 {
        Ok(())
    } else if millis.wrapping_mul(1_000_000) == nanos {
        write!(f, ".{millis:03}")
    } else if micros.wrapping_mul(1_000) == nanos {
        write!(f, ".{micros:06}")
    } else {
        write!(f, ".{nanos:09}")
    }
}

//! An identifier of 128 bits.

use core::{fmt, str::FromStr};

use super::{
    text::ParseValueError,
    value::{LogicalValue, logical_value},
    way::Logical,
};

/// An identifier of 128 bits, written as text with hyphens unless the field says otherwise.
///
/// In Protobuf it is text, in Avro a `uuid` of a `string`. A field may say otherwise: see the derive `Record`.
///
/// ```
/// use canread::Uuid;
///
/// let id: Uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6".parse()?;
/// assert_eq!(id.0[0], 0xf8);
/// assert_eq!(id.to_string(), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
/// # Ok::<(), canread::ParseValueError>(())
/// ```
///
/// Source: RFC 9562.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[expect(clippy::exhaustive_structs, reason = "it is these bytes, whatever they mean")]
pub struct Uuid(
    /// The bytes, the highest one first.
    pub [u8; 16],
);

/// Bytes of the text.
const SIZE: usize = 36;
/// Where each byte begins in the text.
const PLACES: [usize; 16] = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const DIGITS: [u8; 16] = *b"0123456789abcdef";

impl Uuid {
    fn text(self) -> [u8; SIZE] {
        let mut text = [b'-'; SIZE];
        for (byte, place) in self.0.iter().zip(PLACES) {
            if let Some(digits) = text.get_mut(place..).and_then(|text| text.first_chunk_mut()) {
                *digits = [digit(byte >> 4), digit(byte & 15)];
            }
        }
        text
    }
}

fn digit(value: u8) -> u8 {
    DIGITS.get(usize::from(value)).copied().unwrap_or_default()
}

fn value(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Small letters and hyphens.
impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(core::str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// With hyphens, in small or capital letters.
impl FromStr for Uuid {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let error = ParseValueError::new("a uuid with hyphens: f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
        let text: &[u8; SIZE] = text.as_bytes().try_into().map_err(|_| error)?;
        if [8, 13, 18, 23].iter().any(|hyphen| text.get(*hyphen) != Some(&b'-')) {
            return Err(error);
        }
        let mut bytes = [0; 16];
        for (byte, place) in bytes.iter_mut().zip(PLACES) {
            let digits = text.get(place..).and_then(|text| text.first_chunk::<2>()).ok_or(error)?;
            let [high, low] = digits.map(value);
            *byte = high.zip(low).map(|(high, low)| (high << 4) | low).ok_or(error)?;
        }
        Ok(Self(bytes))
    }
}

logical_value!(Uuid);

impl LogicalValue for Uuid {
    const LOGICAL: Logical = Logical::Uuid;
    const ABSENT: Self = Self([0; 16]);

    #[inline]
    fn to_bytes(self, bytes: &mut [u8]) -> Option<usize> {
        *bytes.first_chunk_mut()? = self.0;
        (bytes.len() == 16).then_some(0)
    }

    #[inline]
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    #[inline]
    fn with_text(&self, write: impl FnOnce(&str)) {
        write(core::str::from_utf8(&self.text()).unwrap_or_default());
    }
}

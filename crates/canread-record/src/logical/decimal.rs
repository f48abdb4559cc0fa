//! A decimal number.

use core::{fmt, str::FromStr};

use canread_wire::{Budget, Fault, Malformed, Step};

use super::{
    text::{Letters, ParseValueError, ShortText},
    value::{LogicalValue, logical_value},
    way::Logical,
};
use crate::{
    DecodeFields, Encode as _, EncodeFields, Field, FieldMeta, FieldSchema, Reader, RecordSchema, Shape, Shaped,
    Unknown, Writer,
};

/// A decimal number of at most `PRECISION` digits, `SCALE` of them behind the point: 1 to 38 digits.
///
/// Money with cents is `Decimal<18, 2>`. It holds whole cents, [`unscaled`](Self::unscaled); a number that does not fit is
/// an error and is never rounded.
///
/// In Protobuf it is a `google.type.Decimal`, in Avro a `decimal` of `bytes`. A field may say otherwise: see the
/// derive `Record`.
///
/// ```
/// use canread::Decimal;
///
/// let price: Decimal<9, 2> = "-12.5".parse()?;
/// assert_eq!(price.unscaled(), -1250);
/// assert_eq!(price.to_string(), "-12.50");
/// assert!("0.005".parse::<Decimal<9, 2>>().is_err());
/// assert_eq!(Decimal::<3, 2>::from_unscaled(1000), None);
/// # Ok::<(), canread::ParseValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Decimal<const PRECISION: u32, const SCALE: u32> {
    unscaled: i128,
}

impl<const PRECISION: u32, const SCALE: u32> Decimal<PRECISION, SCALE> {
    /// The first number with too many digits.
    const END: u128 = {
        assert!(PRECISION >= 1 && PRECISION <= 38, "a decimal has 1 to 38 digits");
        assert!(SCALE <= PRECISION, "a decimal has no more digits behind the point than digits");
        10_u128.pow(PRECISION)
    };

    /// The largest.
    pub const MAX: Self = Self { unscaled: Self::END.wrapping_sub(1).cast_signed() };
    /// The smallest.
    pub const MIN: Self = Self { unscaled: Self::MAX.unscaled.wrapping_neg() };

    /// The number that is so many of the last digit; `None` if it has more than `PRECISION` digits.
    #[must_use]
    pub const fn from_unscaled(unscaled: i128) -> Option<Self> {
        if unscaled.unsigned_abs() < Self::END { Some(Self { unscaled }) } else { None }
    }

    /// The number without its point: 12.50 is 1250.
    #[must_use]
    pub const fn unscaled(self) -> i128 {
        self.unscaled
    }
}

/// With `SCALE` digits behind the point: `-12.50`.
impl<const PRECISION: u32, const SCALE: u32> fmt::Display for Decimal<PRECISION, SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.unscaled < 0 { "-" } else { "" };
        let one = 10_u128.pow(SCALE);
        let number = self.unscaled.unsigned_abs();
        let whole = number.checked_div(one).unwrap_or_default();
        let part = number.checked_rem(one).unwrap_or_default();
        if SCALE == 0 {
            return write!(f, "{sign}{whole}");
        }
        write!(f, "{sign}{whole}.{part:0width$}", width = SCALE as usize)
    }
}

impl<const PRECISION: u32, const SCALE: u32> fmt::Debug for Decimal<PRECISION, SCALE> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A sign, digits with or without a point, and an exponent: `-12.5`, `+.5`, `1.25E+2`. Zeros behind the last digit do no
/// harm.
///
/// Source: googleapis, `google/type/decimal.proto`.
impl<const PRECISION: u32, const SCALE: u32> FromStr for Decimal<PRECISION, SCALE> {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let mut letters = Letters::of(text);
        let unscaled = unscaled(&mut letters, SCALE).filter(|_| letters.is_at_end());
        unscaled
            .and_then(Self::from_unscaled)
            .ok_or(ParseValueError::new("a decimal with as many digits as its type has, such as -12.5"))
    }
}

/// Reads a number as so many of the digit at the scale.
fn unscaled(letters: &mut Letters<'_>, scale: u32) -> Option<i128> {
    let is_negative = letters.one_of(b"+-") == Some(b'-');
    // Zeros wait until another digit comes: those at the end belong to the exponent.
    let (mut number, mut zeros, mut exponent) = (0_u128, 0_u32, 0_i64);
    let (mut is_behind_point, mut has_digit) = (false, false);
    loop {
        if !is_behind_point && letters.has(b'.') {
            is_behind_point = true;
            continue;
        }
        let Some(digit) = letters.digit() else { break };
        has_digit = true;
        exponent = exponent.checked_sub(is_behind_point.into())?;
        if digit == 0 {
            zeros = zeros.checked_add(1)?;
            continue;
        }
        if number > 0 {
            number = number.checked_mul(10_u128.checked_pow(zeros)?)?;
        }
        number = number.checked_mul(10)?.checked_add(digit.into())?;
        zeros = 0;
    }
    if !has_digit {
        return None;
    }
    if letters.one_of(b"eE").is_some() {
        let is_negative = letters.one_of(b"+-") == Some(b'-');
        let written = i64::try_from(letters.number()?).ok()?;
        exponent = if is_negative { exponent.checked_sub(written)? } else { exponent.checked_add(written)? };
    }
    if number == 0 {
        return Some(0);
    }
    let shift = exponent.checked_add(zeros.into())?.checked_add(scale.into())?;
    let factor = 10_u128.checked_pow(u32::try_from(shift.unsigned_abs()).ok()?)?;
    let number = if shift >= 0 {
        number.checked_mul(factor)?
    } else {
        number.checked_div(factor).filter(|_| number.checked_rem(factor) == Some(0))?
    };
    let number = i128::try_from(number).ok()?;
    if is_negative { number.checked_neg() } else { Some(number) }
}

/// Whether a text is a number, of whatever size.
fn is_number(text: &str) -> bool {
    let mut letters = Letters::of(text);
    letters.one_of(b"+-");
    let mut has_digits = digits(&mut letters);
    if letters.has(b'.') {
        has_digits |= digits(&mut letters);
    }
    if letters.one_of(b"eE").is_some() {
        letters.one_of(b"+-");
        has_digits &= digits(&mut letters);
    }
    has_digits && letters.is_at_end()
}

/// Takes digits; whether there is one.
fn digits(letters: &mut Letters<'_>) -> bool {
    let mut is_any = false;
    while letters.digit().is_some() {
        is_any = true;
    }
    is_any
}

/// In how many bytes each number of so many digits has room, with its sign.
pub(super) const fn bytes_of(precision: u32) -> usize {
    let mut bytes = 1;
    while bytes < 16 && 10_u128.pow(precision) > 1_u128 << (8_usize.wrapping_mul(bytes).wrapping_sub(1)) {
        bytes = bytes.wrapping_add(1);
    }
    bytes
}

logical_value!([const PRECISION: u32, const SCALE: u32] Decimal<PRECISION, SCALE>);

impl<const PRECISION: u32, const SCALE: u32> LogicalValue for Decimal<PRECISION, SCALE> {
    const LOGICAL: Logical = {
        assert!(Self::END > 0);
        Logical::Decimal { precision: PRECISION, scale: SCALE }
    };
    const ABSENT: Self = Self { unscaled: 0 };

    #[inline]
    fn encode_message<F: Field, W: Writer>(&self, writer: &mut W) {
        writer.record::<F, _>(&DecimalMessage { value: ShortText::of(self).as_str() });
    }

    #[inline]
    fn decode_message<'de, F: Field, R: Reader<'de>>(self, reader: &mut R) -> Step<Self> {
        let mut message = DecimalMessage { value: "" };
        reader.record::<F, _>(&mut message)?;
        // "An empty string should be interpreted as 0", and a message without one changes nothing.
        if message.value.is_empty() {
            return Ok(self);
        }
        Self::from_text(message.value)
    }

    /// A number with other digits than the type has room for is no broken text: a type with more of them reads it.
    fn from_text(text: &str) -> Step<Self> {
        let fault = || if is_number(text) { Fault::OutOfRange } else { Fault::Malformed(Malformed::Text) };
        text.parse().map_err(|_| fault())
    }

    /// Two's complement, the highest byte first, in as few bytes as do; what is before them has their sign.
    ///
    /// Source: Avro 1.12, "Decimal".
    #[inline]
    fn to_bytes(self, bytes: &mut [u8]) -> Option<usize> {
        let own = self.unscaled.to_be_bytes();
        let sign = if self.unscaled < 0 { 0xff } else { 0 };
        // Bits that are all the sign, but for the last one of them.
        let spare = if self.unscaled < 0 { self.unscaled.leading_ones() } else { self.unscaled.leading_zeros() };
        let needed = 16_usize.saturating_sub((spare.saturating_sub(1) / 8) as usize);
        let start = bytes.len().checked_sub(needed)?;
        bytes.fill(sign);
        let needed = own.len().checked_sub(needed).and_then(|from| own.get(from..))?;
        bytes.get_mut(start..)?.copy_from_slice(needed);
        Some(start)
    }

    /// Any number of bytes, none for 0.
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let is_negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
        let sign = if is_negative { 0xff } else { 0 };
        let (before, own) = bytes.split_at_checked(bytes.len().saturating_sub(16))?;
        let mut all = [sign; 16];
        all.get_mut(16_usize.checked_sub(own.len())?..)?.copy_from_slice(own);
        let unscaled = i128::from_be_bytes(all);
        let is_same = before.iter().all(|byte| *byte == sign) && (unscaled < 0) == is_negative;
        Self::from_unscaled(unscaled).filter(|_| is_same)
    }
}

/// A decimal as text.
///
/// Source: googleapis, `google/type/decimal.proto`.
struct DecimalMessage<'a> {
    value: &'a str,
}

struct Value;

impl Field for Value {
    const META: FieldMeta = FieldMeta::new("value", 1);
}

pub(super) fn message_schema() -> &'static RecordSchema {
    const {
        &RecordSchema {
            name: "google.type.Decimal",
            aliases: &[],
            fields: &[FieldSchema::new(Value::META, Shape::Text)],
        }
    }
}

impl Shaped for DecimalMessage<'_> {
    const SHAPE: Shape = Shape::Record(message_schema);
}

impl EncodeFields for DecimalMessage<'_> {
    fn in_order<W: Writer>(&self, writer: &mut W) {
        self.value.encode::<Value, W>(writer);
    }

    fn back_to_front<W: Writer>(&self, writer: &mut W) {
        self.value.encode::<Value, W>(writer);
    }
}

impl<'de> DecodeFields<'de> for DecimalMessage<'de> {
    fn in_order<R: Reader<'de>>(&mut self, reader: &mut R) -> Step<()> {
        reader.field::<Value, &'de str>(&mut self.value)
    }

    fn by_id<R: Reader<'de>>(&mut self, id: u32, reader: &mut R) -> Step<bool> {
        reader.field_by_id::<Value, &'de str>(id, &mut self.value)
    }

    fn settle(&mut self, _budget: &mut Budget) -> Step<()> {
        Ok(())
    }

    fn unknown(&mut self) -> Option<&mut Unknown> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_room_is_told_from_what_is_no_number() {
        type Price = Decimal<5, 2>;
        assert_eq!(Price::from_text("-12.5"), Price::from_unscaled(-1250).ok_or(Fault::Mismatch));
        for text in ["1.234", "99999", "1e9", "+.001", "1e99999999999999999999", "-5E-7"] {
            assert_eq!(Price::from_text(text), Err(Fault::OutOfRange), "{text}");
        }
        for text in ["", ".", "1.2.3", "abc", "1e", "--1", "1 ", "e5"] {
            assert_eq!(Price::from_text(text), Err(Fault::Malformed(Malformed::Text)), "{text}");
        }
    }
}

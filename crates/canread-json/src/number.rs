//! Numbers, as they stand in a text.

/// A number of JSON: digits with an optional sign, fraction and exponent, of any length.
///
/// It is turned into a type only when that is asked for, and then exactly: no integer passes through floating point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'de>(&'de str);

/// Why a number can't be one of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NumberError {
    /// It has a fraction.
    Fraction,
    /// It is beyond the type's range.
    OutOfRange,
}

impl<'de> Number<'de> {
    /// The number that a text is as a whole; `None` if it is none.
    ///
    /// Source: RFC 8259, section 6.
    #[must_use]
    pub fn parse(text: &'de str) -> Option<Self> {
        let length = scan(text.as_bytes()).ok()?;
        (length == text.len()).then_some(Self(text))
    }

    pub(crate) fn of_scanned(text: &'de str) -> Self {
        Self(text)
    }

    /// As it stands in the text.
    #[must_use]
    pub fn as_str(self) -> &'de str {
        self.0
    }

    /// As a signed integer. `1.0` and `1e3` are integers too.
    ///
    /// # Errors
    ///
    /// It is none, or beyond 64 bits.
    pub fn to_i64(self) -> Result<i64, NumberError> {
        // Nearly all are plain digits.
        if let Ok(value) = self.0.parse() {
            return Ok(value);
        }
        let (is_negative, size) = self.integer()?;
        let value = if is_negative { 0_i64.checked_sub_unsigned(size) } else { i64::try_from(size).ok() };
        value.ok_or(NumberError::OutOfRange)
    }

    /// As an unsigned integer.
    ///
    /// # Errors
    ///
    /// It is none, is below 0, or beyond 64 bits.
    pub fn to_u64(self) -> Result<u64, NumberError> {
        if let Ok(value) = self.0.parse() {
            return Ok(value);
        }
        match self.integer()? {
            (true, 1..) => Err(NumberError::OutOfRange),
            (_, size) => Ok(size),
        }
    }

    /// As the nearest number of 64 bits.
    ///
    /// # Errors
    ///
    /// It is beyond the largest one.
    pub fn to_f64(self) -> Result<f64, NumberError> {
        self.0.parse().ok().filter(|number: &f64| number.is_finite()).ok_or(NumberError::OutOfRange)
    }

    /// As the nearest number of 32 bits, without one of 64 bits in between.
    ///
    /// # Errors
    ///
    /// It is beyond the largest one.
    pub fn to_f32(self) -> Result<f32, NumberError> {
        self.0.parse().ok().filter(|number: &f32| number.is_finite()).ok_or(NumberError::OutOfRange)
    }

    /// Whether it is below 0, and how large it is without the sign.
    fn integer(self) -> Result<(bool, u64), NumberError> {
        let unsigned = self.0.strip_prefix('-');
        let text = unsigned.unwrap_or(self.0);
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let significant = || whole.bytes().chain(fraction.bytes());
        // How many digits there are behind the last one that counts, and before the first.
        let Some(trailing) = significant().rev().position(|digit| digit != b'0') else { return Ok((false, 0)) };
        let leading = significant().position(|digit| digit != b'0').unwrap_or_default();
        let count = whole.len().saturating_add(fraction.len()).saturating_sub(trailing).saturating_sub(leading);
        let scale = exponent_of(exponent)
            .saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX))
            .saturating_add(i64::try_from(trailing).unwrap_or(i64::MAX));
        let scale = u32::try_from(scale.clamp(-1, DIGITS_MAX)).map_err(|_| NumberError::Fraction)?;
        let out_of_range = NumberError::OutOfRange;
        let size = significant()
            .skip(leading)
            .take(count)
            .try_fold(0_u64, |size, digit| size.checked_mul(10)?.checked_add(u64::from(digit.wrapping_sub(b'0'))));
        let size = size.and_then(|size| size.checked_mul(10_u64.checked_pow(scale)?)).ok_or(out_of_range)?;
        Ok((unsigned.is_some(), size))
    }
}

/// More than any integer of 64 bits has.
const DIGITS_MAX: i64 = 21;

/// An exponent; one that does not fit is as large as one can be.
fn exponent_of(text: &str) -> i64 {
    let (is_negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let size = digits
        .iter()
        .fold(0_i64, |size, digit| size.saturating_mul(10).saturating_add(i64::from(digit.wrapping_sub(b'0'))));
    // Far from the ends, so that it may be added to a length.
    let size = size.min(i64::MAX / 4);
    if is_negative { size.saturating_neg() } else { size }
}

/// How many bytes of a text are a number that it begins with; if it begins with none, the byte that is not as it must be.
pub(crate) fn scan(text: &[u8]) -> Result<usize, usize> {
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
            0 => Err(from),
            count => Ok(from.saturating_add(count)),
        }
    };
    let sign = usize::from(text.first() == Some(&b'-'));
    let mut end = digits(sign)?;
    let second = sign.saturating_add(1);
    if end > second && text.get(sign) == Some(&b'0') {
        return Err(second);
    }
    if text.get(end) == Some(&b'.') {
        end = digits(end.saturating_add(1))?;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = end.saturating_add(1);
        end = digits(sign.saturating_add(usize::from(matches!(text.get(sign), Some(b'+' | b'-')))))?;
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number<'_> {
        Number::parse(text).expect("it is one")
    }

    #[test]
    fn a_number_has_no_zeros_before_it_and_digits_on_both_sides() {
        for text in ["0", "-0", "10", "1.0", "-1.50", "1e3", "1E+3", "0.1e-3"] {
            assert!(Number::parse(text).is_some(), "{text}");
        }
        for text in ["", "-", "+1", "01", "-01", "1.", ".1", "1e", "1e+", "0x1", "1 ", "NaN", "Infinity", "1.e1", "٣"]
        {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn integers_are_exact_in_any_notation() {
        let max = "18446744073709551615";
        assert_eq!(number(max).to_u64(), Ok(u64::MAX));
        assert_eq!(number("1844674407370955161500e-2").to_u64(), Ok(u64::MAX));
        assert_eq!(number("1.8446744073709551615e19").to_u64(), Ok(u64::MAX));
        assert_eq!(number("18446744073709551616").to_u64(), Err(NumberError::OutOfRange));
        assert_eq!(number("-9223372036854775808").to_i64(), Ok(i64::MIN));
        assert_eq!(number("9223372036854775808").to_i64(), Err(NumberError::OutOfRange));
        assert_eq!(number("-9223372036854775809").to_i64(), Err(NumberError::OutOfRange));
        for (text, value) in [("1.0", 1), ("1e3", 1_000), ("0.01E2", 1), ("-120e-1", -12), ("0.000", 0), ("-0", 0)] {
            assert_eq!(number(text).to_i64(), Ok(value), "{text}");
        }
        assert_eq!(number("-1").to_u64(), Err(NumberError::OutOfRange));
        assert_eq!(number("-0").to_u64(), Ok(0));
        for text in ["0.5", "1e-1", "-1.000001", "1e-99999999999999999999999"] {
            assert_eq!(number(text).to_i64(), Err(NumberError::Fraction), "{text}");
        }
    }

    #[test]
    fn plain_digits_are_the_same_number_as_in_any_other_notation() {
        for value in [0, 1, -1, 10, 1_000, i64::MAX, i64::MIN, i64::MIN + 1] {
            let plain = alloc::format!("{value}");
            assert_eq!(number(&plain).to_i64(), Ok(value));
            assert_eq!(number(&alloc::format!("{plain}.0")).to_i64(), Ok(value));
            assert_eq!(number(&plain).to_u64(), number(&alloc::format!("{plain}e0")).to_u64());
        }
    }

    #[test]
    fn exponents_of_any_size_are_read() {
        assert_eq!(number("1e99999999999999999999999").to_i64(), Err(NumberError::OutOfRange));
        assert_eq!(number("0e99999999999999999999999").to_i64(), Ok(0));
        assert_eq!(number("1e999").to_f64(), Err(NumberError::OutOfRange));
        assert_eq!(number("1e-999").to_f64(), Ok(0.0));
        assert_eq!(number("3.5e38").to_f32(), Err(NumberError::OutOfRange));
        assert_eq!(number("3.4028235e38").to_f32(), Ok(f32::MAX));
        assert_eq!(number("50432.659999999996").to_f64(), Ok(50_432.659_999_999_996));
        let long = alloc::format!("{}e-300", "1".repeat(301));
        assert_eq!(number(&long).to_i64(), Err(NumberError::Fraction));
    }
}

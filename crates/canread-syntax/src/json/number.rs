//! Numbers: the exact text, and what it stands for.

use std::cmp::Ordering;

/// A JSON number as written: `1`, `1.0` and `10e-1` stay three different texts.
///
/// Equal means equal text; [`Number::decimal`] compares values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number<'a>(&'a str);

impl<'a> Number<'a> {
    /// Takes a text that follows the grammar; `None` for any other.
    ///
    /// Source: RFC 8259, section 6.
    #[must_use]
    pub fn new(text: &'a str) -> Option<Self> {
        check(text).is_ok().then_some(Self(text))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.0
    }

    /// Whether the number is written without fraction and exponent.
    ///
    /// Readers that tell integers from floating-point numbers, Avro's among them, go by the spelling:
    /// `1.0` is not written as an integer. Where the value counts, as in JSON Schema, ask [`Decimal::is_integer`].
    #[must_use]
    pub fn is_written_as_integer(&self) -> bool {
        !self.0.contains(['.', 'e', 'E'])
    }

    /// The value, if it is written as an integer and fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The value, if it is written as an integer and fits; `-0` is 0.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        if self.0 == "-0" { Some(0) } else { self.0.parse().ok() }
    }

    /// The nearest double; `None` if that is infinite. A value too small for a double is 0.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok().filter(|value: &f64| value.is_finite())
    }

    /// The exact value; `None` if its exponent exceeds 64 bits.
    ///
    /// ```
    /// use canread_syntax::json::Number;
    ///
    /// let value = |text| Number::new(text).and_then(|number| number.decimal());
    /// assert_eq!(value("1.0"), value("10e-1"));
    /// assert!(value("1e1000") > value("1e999"));
    /// assert!(value("0.1000000000000000000001") > value("0.1"));
    /// ```
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        let (negative, magnitude) = match self.0.strip_prefix('-') {
            Some(magnitude) => (true, magnitude),
            None => (false, self.0),
        };
        let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
        let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [integer, fraction].concat();
        let digits = all.trim_end_matches('0');
        let trailing_zeros = all.len() - digits.len();
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some(Decimal { negative: false, digits: String::new(), exponent: 0 });
        }
        let exponent = exponent
            .parse::<i64>()
            .ok()?
            .checked_sub(i64::try_from(fraction.len()).ok()?)?
            .checked_add(i64::try_from(trailing_zeros).ok()?)?;
        Some(Decimal { negative, digits: digits.to_owned(), exponent })
    }
}

/// The exact value of a number: equal and ordered by value, however it was written. `-0` equals `0`.
///
/// Its size is that of the text it came from: `1e1000000` is not written out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    /// The value is `digits` × 10^`exponent`.
    exponent: i64,
}

impl Decimal {
    /// Whether the value is an integer: `1.0` and `1e3` are.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The significant digits, without zeros at either end; empty for zero.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The power of ten that multiplies [`digits`](Decimal::digits) read as an integer.
    #[must_use]
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    /// The value, if it is an integer that fits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        // The sign goes in first: the least value has no positive counterpart.
        let sign = if self.negative { "-" } else { "" };
        let digits: i128 = [sign, &self.digits].concat().parse().ok()?;
        digits.checked_mul(10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?)
    }

    /// Compares without sign: first where the first digit stands, then digit by digit.
    fn cmp_magnitude(&self, other: &Self) -> Ordering {
        let scale =
            |decimal: &Self| (!decimal.digits.is_empty(), decimal.digits.len() as i128 + i128::from(decimal.exponent));
        scale(self).cmp(&scale(other)).then_with(|| self.digits.cmp(&other.digits))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.cmp_magnitude(other),
            (true, true) => other.cmp_magnitude(self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Where a text stops being a number, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A digit is missing here.
    NoDigit(usize),
    /// Zeros before the first digit that counts; here is the first of them.
    LeadingZeros(usize),
    /// A number ends here but the text goes on.
    Excess(usize),
}

/// Holds a text against the grammar.
///
/// ```text
/// number   = ["-"] int ["." digits] [("e" / "E") ["+" / "-"] digits]
/// int      = "0" / (digit1-9 *digit)
/// ```
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.take(b"-");
    let integer = scan.at;
    scan.digits()?;
    if scan.at > integer + 1 && scan.bytes.get(integer) == Some(&b'0') {
        return Err(Fault::LeadingZeros(integer));
    }
    if scan.take(b".") {
        scan.digits()?;
    }
    if scan.take(b"eE") {
        scan.take(b"+-");
        scan.digits()?;
    }
    if scan.at < text.len() { Err(Fault::Excess(scan.at)) } else { Ok(()) }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    /// Goes past one of these bytes, if one comes next.
    fn take(&mut self, any: &[u8]) -> bool {
        let found = self.bytes.get(self.at).is_some_and(|byte| any.contains(byte));
        self.at += usize::from(found);
        found
    }

    /// Goes past at least one digit.
    fn digits(&mut self) -> Result<(), Fault> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        match rest.iter().take_while(|byte| byte.is_ascii_digit()).count() {
            0 => Err(Fault::NoDigit(self.at)),
            count => {
                self.at += count;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number<'_> {
        Number::new(text).expect("a number")
    }

    fn decimal(text: &str) -> Decimal {
        number(text).decimal().expect("the exponent fits")
    }

    #[test]
    fn the_grammar_is_that_of_the_rfc() {
        for text in ["0", "-0", "10", "1.0", "0.5", "1e5", "1E+5", "-1.25e-7", "0e0", "1e0005"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for (text, fault) in [
            ("", Fault::NoDigit(0)),
            ("-", Fault::NoDigit(1)),
            ("+1", Fault::NoDigit(0)),
            (".5", Fault::NoDigit(0)),
            ("1.", Fault::NoDigit(2)),
            ("1.e5", Fault::NoDigit(2)),
            ("1e", Fault::NoDigit(2)),
            ("1e+", Fault::NoDigit(3)),
            ("012", Fault::LeadingZeros(0)),
            ("-00", Fault::LeadingZeros(1)),
            ("1.2.3", Fault::Excess(3)),
            ("0x1F", Fault::Excess(1)),
            ("1\u{ff11}", Fault::Excess(1)),
        ] {
            assert_eq!(check(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn integers_are_taken_only_where_they_are_written_and_fit() {
        assert_eq!(number("-9223372036854775808").as_i64(), Some(i64::MIN));
        assert_eq!(number("9223372036854775808").as_i64(), None);
        assert_eq!(number("18446744073709551615").as_u64(), Some(u64::MAX));
        assert_eq!(number("18446744073709551616").as_u64(), None);
        assert_eq!((number("-0").as_i64(), number("-0").as_u64()), (Some(0), Some(0)));
        assert_eq!((number("-1").as_i64(), number("-1").as_u64()), (Some(-1), None));
        assert_eq!((number("1.0").as_i64(), number("1e3").as_u64()), (None, None));
        assert!(number("-12").is_written_as_integer() && !number("1E3").is_written_as_integer());
    }

    #[test]
    fn doubles_are_the_nearest_and_never_infinite() {
        assert_eq!(number("1.000000000000000005").as_f64(), Some(1.0));
        assert_eq!(number("1e-999").as_f64(), Some(0.0));
        assert_eq!(number("1e999").as_f64(), None);
        assert!(number("-0.0").as_f64().is_some_and(f64::is_sign_negative));
    }

    #[test]
    fn equal_values_are_equal_however_they_are_written() {
        for (one, other) in [
            ("1", "1.0"),
            ("1", "10e-1"),
            ("1000", "1e3"),
            ("0", "-0.00e99999999999999999999"),
            ("0.001", "1e-3"),
            ("-120", "-1.2E2"),
        ] {
            assert_eq!(decimal(one), decimal(other), "{one} {other}");
            assert_eq!(decimal(one).cmp(&decimal(other)), Ordering::Equal, "{one} {other}");
        }
    }

    #[test]
    fn values_are_ordered_exactly() {
        let rising = [
            "-1e400",
            "-11",
            "-2",
            "-0.1",
            "0",
            "1e-400",
            "0.09",
            "0.1",
            "0.100000000000000000001",
            "2",
            "11",
            "1e400",
        ];
        for pair in rising.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn integers_by_value_include_fractions_of_zero() {
        assert!(decimal("1.0").is_integer() && decimal("1e3").is_integer() && !decimal("1.5").is_integer());
        assert_eq!(decimal("1.20e2").to_i128(), Some(120));
        assert_eq!(decimal("-170141183460469231731687303715884105728").to_i128(), Some(i128::MIN));
        assert_eq!(decimal("170141183460469231731687303715884105728").to_i128(), None);
        assert_eq!(
            (decimal("0.5").to_i128(), decimal("1e1000000").to_i128(), decimal("0").to_i128()),
            (None, None, Some(0))
        );
    }

    #[test]
    fn an_exponent_beyond_64_bits_has_no_decimal() {
        assert_eq!(number("1e9223372036854775808").decimal(), None);
        assert_eq!(number("0.1e-9223372036854775808").decimal(), None);
    }
}

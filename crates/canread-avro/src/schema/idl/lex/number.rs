//! Numbers, as Java spells them.
//!
//! ```text
//! integer = ["-"] ([1-9] [0-9]* | "0" [0-7]* | "0" [xX] hex+) [lL]
//! float   = ["+" | "-"] ("NaN" | "Infinity" | decimal | hexadecimal)
//! decimal = (digits "." [digits] | "." digits) [exponent] [fFdD] | digits (exponent [fFdD] | [fFdD])
//! hexadecimal = "0" [xX] (hex+ ["."] | hex* "." hex+) [pP] ["+" | "-"] digits [fFdD]
//! exponent = [eE] ["+" | "-"] digits
//! ```
//!
//! Source: `IntegerLiteral` and `FloatingPointLiteral` in the grammar of Avro 1.12.

use std::borrow::Cow;

use canread_syntax::json::Number;

use super::{Lexer, ProblemKind, TokenKind};

/// What a number is called that is none, without its sign.
const WORDS: [&str; 2] = ["NaN", "Infinity"];

impl Lexer<'_> {
    /// Whether the digit, point or sign at the current offset starts a number.
    pub(super) fn number_starts_here(&self) -> bool {
        let (signed, rest) = match self.rest() {
            [b'+' | b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        matches!(rest, [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..]) || (signed && leading_word(rest).is_some())
    }

    /// Takes everything that looks like part of the number, so that a wrong one is one token and one problem.
    pub(super) fn number(&mut self) -> TokenKind {
        let start = self.at;
        if matches!(self.byte(), Some(b'+' | b'-')) {
            self.at += 1;
        }
        if let Some(word) = leading_word(self.rest()) {
            self.at += word.len();
            return TokenKind::Float;
        }
        let rest = self.rest();
        let exponent: [u8; 2] = if is_hexadecimal(rest) { *b"pP" } else { *b"eE" };
        let mut before = 0;
        let length = rest
            .iter()
            .take_while(|&&byte| {
                let belongs = byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'.')
                    || (matches!(byte, b'+' | b'-') && exponent.contains(&before));
                before = byte;
                belongs
            })
            .count();
        self.at += length;
        let (kind, problem) = classify(rest.get(..length).unwrap_or_default());
        let signed_plus = self.text.as_bytes().get(start) == Some(&b'+');
        let plus = (kind == TokenKind::Integer && signed_plus).then_some(ProblemKind::PlusBeforeInteger);
        if let Some(problem) = problem.or(plus) {
            self.problem(problem, start, self.at);
        }
        kind
    }
}

fn leading_word(rest: &[u8]) -> Option<&'static str> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    WORDS.into_iter().find(|word| rest.starts_with(word.as_bytes()) && !rest.get(word.len()).is_some_and(is_letter))
}

fn is_hexadecimal(text: &[u8]) -> bool {
    matches!(text, [b'0', b'x' | b'X', ..])
}

/// What a run of letters, digits, points and exponent signs is, and what is wrong with it.
fn classify(text: &[u8]) -> (TokenKind, Option<ProblemKind>) {
    if text.contains(&b'_') {
        return (TokenKind::Integer, Some(ProblemKind::UnderscoreInNumber));
    }
    if is_hexadecimal(text) {
        return classify_hexadecimal(text.get(2..).unwrap_or_default());
    }
    let (whole, rest) = split_digits(text);
    match rest {
        [] | [b'l' | b'L'] => {
            let is_octal = whole.len() > 1 && whole.starts_with(b"0");
            let problem = is_octal && whole.iter().any(|digit| !matches!(digit, b'0'..=b'7'));
            (TokenKind::Integer, problem.then_some(ProblemKind::NotOctal))
        }
        [b'.', rest @ ..] => (TokenKind::Float, exponent_problem(split_digits(rest).1, *b"eE", false)),
        [b'e' | b'E' | b'f' | b'F' | b'd' | b'D', ..] => (TokenKind::Float, exponent_problem(rest, *b"eE", false)),
        _ => (TokenKind::Integer, Some(ProblemKind::LetterAfterNumber)),
    }
}

/// As [`classify`], for what stands behind the `0x`.
fn classify_hexadecimal(text: &[u8]) -> (TokenKind, Option<ProblemKind>) {
    let (whole, rest) = split_hex(text);
    match rest {
        [] | [b'l' | b'L'] => (TokenKind::Integer, whole.is_empty().then_some(ProblemKind::NoHexadecimalDigit)),
        [b'.' | b'p' | b'P', ..] => {
            let (fraction, rest) = rest.strip_prefix(b".").map_or((&[][..], rest), split_hex);
            let none = whole.is_empty() && fraction.is_empty();
            let problem = none.then_some(ProblemKind::NoHexadecimalDigit);
            (TokenKind::Float, problem.or_else(|| exponent_problem(rest, *b"pP", true)))
        }
        _ => (TokenKind::Integer, Some(ProblemKind::LetterAfterNumber)),
    }
}

/// What is wrong with an exponent and the letter of a type behind it.
fn exponent_problem(text: &[u8], letters: [u8; 2], needed: bool) -> Option<ProblemKind> {
    let rest = match text.split_first() {
        Some((first, exponent)) if letters.contains(first) => {
            let digits = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
            match split_digits(digits) {
                ([], _) => return Some(ProblemKind::NoExponentDigit),
                (_, rest) => rest,
            }
        }
        _ if needed => return Some(ProblemKind::NoBinaryExponent),
        _ => text,
    };
    match rest {
        [] | [b'f' | b'F' | b'd' | b'D'] => None,
        [b'.', ..] => Some(ProblemKind::SecondPoint),
        _ => Some(ProblemKind::LetterAfterNumber),
    }
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

fn split_hex(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count())
}

/// The value of an integer token; `None` if it does not fit into 64 bits.
///
/// Source: Java's `Long.decode`, which Avro's reader calls.
pub(in super::super) fn integer_value(word: &str) -> Option<i64> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", word),
    };
    let digits = digits.trim_end_matches(['l', 'L']);
    let (digits, radix) = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => (digits, 16),
        None if digits.len() > 1 && digits.starts_with('0') => (digits, 8),
        None => (digits, 10),
    };
    i64::from_str_radix(&format!("{sign}{digits}"), radix).ok()
}

/// A float token as JSON spells it, or `NaN`, `Infinity`, `-Infinity`.
pub(in super::super) fn float_value(word: &str) -> Cow<'_, str> {
    if Number::new(word).is_some_and(|number| !number.is_written_as_integer()) {
        return Cow::Borrowed(word);
    }
    let (negative, magnitude) = match word.strip_prefix('-') {
        Some(magnitude) => (true, magnitude),
        None => (false, word.strip_prefix('+').unwrap_or(word)),
    };
    let value = if is_hexadecimal(magnitude.as_bytes()) {
        hexadecimal_float(magnitude)
    } else {
        // Rust knows the same words, and no letters of types.
        magnitude.trim_end_matches(['f', 'F', 'd', 'D']).parse().unwrap_or(f64::NAN)
    };
    Cow::Borrowed(match (value, negative) {
        (value, _) if value.is_nan() => "NaN",
        (f64::INFINITY, false) => "Infinity",
        (f64::INFINITY, true) => "-Infinity",
        (value, negative) => return Cow::Owned(format!("{}{value:?}", if negative { "-" } else { "" })),
    })
}

/// The value of `0x1.8p3`: the nearest double, except that what lies below the smallest normal one may be rounded twice.
fn hexadecimal_float(magnitude: &str) -> f64 {
    let text = magnitude.get(2..).unwrap_or_default().trim_end_matches(['f', 'F', 'd', 'D']);
    let (mantissa, exponent) = text.split_once(['p', 'P']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut bits = 0_u64;
    // Beyond ±2^20 every value that the file could spell has become zero or infinite.
    let mut scale = exponent.parse::<i64>().unwrap_or(i64::MAX).clamp(-(1 << 32), 1 << 32);
    for (index, digit) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = u64::from(digit.to_digit(16).unwrap_or_default());
        let is_fraction = index >= whole.len();
        if bits >> 59 == 0 {
            bits = bits << 4 | digit;
            scale -= if is_fraction { 4 } else { 0 };
        } else {
            // Digits below the last bit that counts only tell which way to round.
            bits |= u64::from(digit != 0);
            scale += if is_fraction { 0 } else { 4 };
        }
    }
    scaled(bits, scale)
}

/// `bits` × 2^`scale`.
fn scaled(bits: u64, scale: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "rounding to the nearest double is what is asked for")]
    let mut value = bits as f64;
    if value == 0.0 {
        return value;
    }
    // Two steps, so that no power of two overflows where the product does not.
    let scale = i32::try_from(scale.clamp(-3_000, 3_000)).unwrap_or_default();
    for step in [scale / 3, scale / 3, scale - 2 * (scale / 3)] {
        value *= 2.0_f64.powi(step);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::super::TokenKind;
    use super::*;

    #[test]
    fn every_number_is_spelled_as_in_json() {
        for (word, expected) in [
            ("0", Some("0")),
            ("-0", Some("0")),
            ("16", Some("16")),
            ("0x10", Some("16")),
            ("-0X1fL", Some("-31")),
            ("010", Some("8")),
            ("9223372036854775807l", Some("9223372036854775807")),
            ("-9223372036854775808", Some("-9223372036854775808")),
            ("9223372036854775808", None),
            ("0xffffffffffffffff", None),
        ] {
            assert_eq!((word, integer_value(word).map(|value| value.to_string()).as_deref()), (word, expected));
        }
        for (word, expected) in [
            ("1.50", "1.50"),
            ("-1.0e12", "-1.0e12"),
            ("5.", "5.0"),
            (".5", "0.5"),
            ("+.5e1f", "5.0"),
            ("1f", "1.0"),
            ("1d", "1.0"),
            ("-0.0f", "-0.0"),
            ("1e400", "1e400"),
            ("1e400d", "Infinity"),
            ("-Infinity", "-Infinity"),
            ("+NaN", "NaN"),
            ("-NaN", "NaN"),
            ("0x1p3", "8.0"),
            ("-0x1.8p1", "-3.0"),
            ("0x.8p0", "0.5"),
            ("0x1.fffffffffffffffp0", "2.0"),
            ("0x1p-1074", "5e-324"),
            ("0x1p1023f", "8.98846567431158e307"),
            ("0x1p1024", "Infinity"),
        ] {
            assert_eq!((word, float_value(word).as_ref()), (word, expected));
        }
    }

    #[test]
    fn every_wrong_number_is_one_problem() {
        use ProblemKind as P;
        for (text, problem) in [
            ("08", P::NotOctal),
            ("0x", P::NoHexadecimalDigit),
            ("0xg", P::LetterAfterNumber),
            ("0x.p1", P::NoHexadecimalDigit),
            ("0x1.8", P::NoBinaryExponent),
            ("0x1p", P::NoExponentDigit),
            ("1e", P::NoExponentDigit),
            ("1e+", P::NoExponentDigit),
            ("1.2.3", P::SecondPoint),
            ("1x", P::LetterAfterNumber),
            ("1.5fx", P::LetterAfterNumber),
            ("1_000", P::UnderscoreInNumber),
            ("+1", P::PlusBeforeInteger),
        ] {
            let mut lexer = Lexer::new(canread_syntax::FileId(0), text);
            let token = lexer.next_token();
            assert!(matches!(token.kind, TokenKind::Integer | TokenKind::Float), "{text}");
            assert_eq!(token.end as usize, text.len(), "{text}");
            let problems: Vec<_> = lexer.problems.iter().map(|problem| problem.kind).collect();
            assert_eq!((text, problems), (text, vec![problem]));
        }
    }
}

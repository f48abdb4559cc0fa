//! Numbers.
//!
//! ```text
//! integer = "0" | [1-9] [0-9]* | "0" [0-7]+ | "0" [xX] [0-9a-fA-F]+
//! float   = digits "." [digits] [exponent] | "." digits [exponent] | digits exponent
//! ```
//!
//! A float doesn't start with 0 and another digit. A letter, digit or point right behind a number is an error.

use super::{CLASS, IDENT, Lexer, ProblemKind, TokenKind};

impl Lexer<'_> {
    /// Takes everything that looks like part of the number, so that a wrong one is one token and one problem.
    pub(super) fn number(&mut self) -> TokenKind {
        let start = self.at;
        let mut after_exponent = false;
        let rest = self.rest();
        let is_hexadecimal = matches!(rest, [b'0', b'x' | b'X', ..]);
        let length = rest
            .iter()
            .take_while(|&&byte| {
                let belongs = CLASS[usize::from(byte)] & IDENT != 0
                    || byte == b'.'
                    || (after_exponent && matches!(byte, b'+' | b'-'));
                after_exponent = !is_hexadecimal && matches!(byte, b'e' | b'E');
                belongs
            })
            .count();
        self.at += length;
        let text = rest.get(..length).unwrap_or_default();
        let (kind, problem) = classify(text);
        if let Some(problem) = problem {
            self.problem(problem, start, self.at);
        } else if text.starts_with(b".") && self.is_name_byte_before(start) {
            self.problem(ProblemKind::PointAfterName, start, self.at);
        }
        kind
    }

    fn is_name_byte_before(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.text.as_bytes().get(before));
        before.is_some_and(|&byte| CLASS[usize::from(byte)] & IDENT != 0)
    }
}

/// What a run of letters, digits, points and exponent signs is, and what is wrong with it.
fn classify(text: &[u8]) -> (TokenKind, Option<ProblemKind>) {
    if let [b'0', b'x' | b'X', digits @ ..] = text {
        return (TokenKind::Int, hexadecimal_problem(digits));
    }
    let (whole, rest) = split_digits(text);
    if let [b'0', digits @ ..] = whole
        && !digits.is_empty()
    {
        return (TokenKind::Int, octal_problem(digits, rest));
    }
    if rest.is_empty() {
        return (TokenKind::Int, None);
    }
    let (kind, rest) = match rest {
        [b'.', rest @ ..] => (TokenKind::Float, split_digits(rest).1),
        _ => (TokenKind::Int, rest),
    };
    match rest {
        [] => (kind, None),
        [b'e' | b'E', exponent @ ..] => (TokenKind::Float, exponent_problem(exponent)),
        rest => (kind, Some(leftover_problem(rest))),
    }
}

fn hexadecimal_problem(digits: &[u8]) -> Option<ProblemKind> {
    let valid = digits.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    match digits.get(valid..) {
        None | Some([]) if valid > 0 => None,
        Some([b'.', ..]) => Some(ProblemKind::FractionInBase),
        _ if valid == 0 => Some(ProblemKind::NoHexadecimalDigit),
        _ => Some(ProblemKind::LetterAfterNumber),
    }
}

fn octal_problem(digits: &[u8], rest: &[u8]) -> Option<ProblemKind> {
    if digits.iter().any(|digit| !matches!(digit, b'0'..=b'7')) {
        return Some(ProblemKind::NotOctal);
    }
    match rest {
        [] => None,
        [b'.', ..] => Some(ProblemKind::FractionInBase),
        _ => Some(ProblemKind::LetterAfterNumber),
    }
}

fn exponent_problem(exponent: &[u8]) -> Option<ProblemKind> {
    let digits = exponent.strip_prefix(b"+").or(exponent.strip_prefix(b"-")).unwrap_or(exponent);
    match split_digits(digits) {
        ([], _) => Some(ProblemKind::NoExponentDigit),
        (_, []) => None,
        (_, rest) => Some(leftover_problem(rest)),
    }
}

fn leftover_problem(rest: &[u8]) -> ProblemKind {
    match rest {
        [b'f' | b'F'] => ProblemKind::FloatSuffix,
        [b'.', ..] => ProblemKind::SecondPoint,
        _ => ProblemKind::LetterAfterNumber,
    }
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

/// The value of an integer token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) enum Integer {
    /// It fits into 64 bits.
    Exact(u64),
    /// A decimal number of more bits, as the nearest float.
    Big(f64),
    /// An octal or hexadecimal number of more bits, which protoc takes nowhere.
    TooLarge,
}

/// The value of an integer token without a problem.
pub(in super::super) fn integer_value(text: &str) -> Integer {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (text.get(2..).unwrap_or_default(), 16),
        [b'0', _, ..] => (text, 8),
        _ => (text, 10),
    };
    match u64::from_str_radix(digits, radix) {
        Ok(value) => Integer::Exact(value),
        Err(_) if radix == 10 => Integer::Big(float_value(digits)),
        Err(_) => Integer::TooLarge,
    }
}

/// The value of a float token without a problem: the nearest there is, infinite if it is too large.
pub(in super::super) fn float_value(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_number_has_its_kind_and_value() {
        for (text, value) in
            [("0", 0), ("42", 42), ("017", 15), ("0x1F", 31), ("0XfF", 255), ("18446744073709551615", u64::MAX)]
        {
            assert_eq!((text, classify(text.as_bytes())), (text, (TokenKind::Int, None)));
            assert_eq!((text, integer_value(text)), (text, Integer::Exact(value)));
        }
        for (text, value) in [
            ("1.5", 1.5),
            (".5", 0.5),
            ("1.", 1.0),
            ("1e3", 1e3),
            ("1.e+3", 1e3),
            ("0.5e-1", 0.05),
            ("0e0", 0.0),
            ("1e999", f64::INFINITY),
        ] {
            assert_eq!((text, classify(text.as_bytes())), (text, (TokenKind::Float, None)));
            assert!(float_value(text).total_cmp(&value).is_eq(), "{text}");
        }
    }

    #[test]
    fn integers_beyond_64_bits_are_floats_if_decimal() {
        assert_eq!(integer_value("18446744073709551616"), Integer::Big(18_446_744_073_709_551_616.0));
        assert_eq!(integer_value("0x1FFFFFFFFFFFFFFFF"), Integer::TooLarge);
        assert_eq!(integer_value("02000000000000000000000"), Integer::TooLarge);
    }

    #[test]
    fn every_wrong_number_has_one_problem() {
        use ProblemKind as P;
        for (text, problem) in [
            ("08", P::NotOctal),
            ("00.5", P::FractionInBase),
            ("0x", P::NoHexadecimalDigit),
            ("0xg", P::NoHexadecimalDigit),
            ("0x1p3", P::LetterAfterNumber),
            ("0x1.0", P::FractionInBase),
            ("1e", P::NoExponentDigit),
            ("1e+", P::NoExponentDigit),
            ("1e5x", P::LetterAfterNumber),
            ("1.2.3", P::SecondPoint),
            ("1e5.5", P::SecondPoint),
            ("1.0f", P::FloatSuffix),
            ("1a", P::LetterAfterNumber),
            ("1_000", P::LetterAfterNumber),
        ] {
            assert_eq!((text, classify(text.as_bytes()).1), (text, Some(problem)));
        }
    }
}

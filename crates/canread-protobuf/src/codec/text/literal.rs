//! What numbers and strings stand for.
//!
//! Source: Protobuf, "Text Format Language Specification", sections "Numeric Literals" and "String Literals".

use super::lex::{Token, TokenKind};

/// The integer that a token is; none if it is another token, or beyond 64 bits.
pub(super) fn integer(token: &Token<'_>) -> Option<u64> {
    match token.kind {
        TokenKind::Decimal => token.text.parse().ok(),
        TokenKind::Octal => u64::from_str_radix(token.text, 8).ok(),
        TokenKind::Hexadecimal => u64::from_str_radix(token.text.get(2..)?, 16).ok(),
        _ => None,
    }
}

/// The digits of a decimal number, for a parser of floating point; none if it is another token.
pub(super) fn decimal<'a>(token: &Token<'a>) -> Option<&'a str> {
    match token.kind {
        TokenKind::Decimal | TokenKind::Float => Some(token.text.trim_end_matches(['f', 'F'])),
        _ => None,
    }
}

/// A special number by its word, without a sign.
pub(super) fn special(word: &str) -> Option<f64> {
    if word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("infinity") {
        Some(f64::INFINITY)
    } else if word.eq_ignore_ascii_case("nan") {
        Some(f64::NAN)
    } else {
        None
    }
}

/// What is no escape: where it begins in the string, and how long it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoEscape {
    pub(super) at: usize,
    pub(super) size: usize,
}

/// Puts what a string without its quotes stands for behind what is in the bytes.
pub(super) fn unescape(string: &str, bytes: &mut Vec<u8>) -> Result<(), NoEscape> {
    let mut rest = string;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        let at = string.len().saturating_sub(escaped.len()).saturating_sub(1);
        let size = escape(escaped, bytes).map_err(|size| NoEscape { at, size: size.saturating_add(1) })?;
        rest = escaped.get(size..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(())
}

/// One escape, without its backslash: how many bytes of text it takes; of one that is none, too.
fn escape(escaped: &str, bytes: &mut Vec<u8>) -> Result<usize, usize> {
    let Some(first) = escaped.chars().next() else { return Err(0) };
    let byte = match first {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '?' | '\\' | '\'' | '"' => u8::try_from(first).unwrap_or(b'?'),
        '0'..='7' => {
            let (number, size) = digits(escaped, 8, 3);
            bytes.push(u8::try_from(number).map_err(|_| size)?);
            return Ok(size);
        }
        'x' | 'X' => {
            let (number, size) = digits(escaped.get(1..).unwrap_or_default(), 16, 2);
            let byte = u8::try_from(number).ok().filter(|_| size > 0);
            bytes.push(byte.ok_or(1_usize)?);
            return Ok(size.saturating_add(1));
        }
        'u' | 'U' => {
            let wanted = if first == 'u' { 4 } else { 8 };
            let (number, size) = digits(escaped.get(1..).unwrap_or_default(), 16, wanted);
            let size = size.saturating_add(1);
            // Halves of surrogate pairs are no characters, and none in pairs either.
            let letter = char::from_u32(number).filter(|_| size > wanted).ok_or(size)?;
            bytes.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            return Ok(size);
        }
        other => return Err(other.len_utf8()),
    };
    bytes.push(byte);
    Ok(1)
}

/// As many digits as there are, up to so many: the number, and how many they were.
fn digits(text: &str, radix: u32, count_max: usize) -> (u32, usize) {
    let digits = text.chars().map_while(|letter| letter.to_digit(radix)).take(count_max);
    digits.fold((0_u32, 0), |(number, count), digit| {
        (number.wrapping_mul(radix).wrapping_add(digit), usize::saturating_add(count, 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unescaped(string: &str) -> Result<Vec<u8>, NoEscape> {
        let mut bytes = Vec::new();
        unescape(string, &mut bytes).map(|()| bytes)
    }

    #[test]
    fn every_escape_of_the_specification_stands_for_its_bytes() {
        let all = r#"\a\b\f\n\r\t\v\?\\\'\""#;
        assert_eq!(unescaped(all), Ok(b"\x07\x08\x0c\n\r\t\x0b?\\'\"".to_vec()));
        assert_eq!(unescaped(r"\1234\5Hello\377"), Ok(b"S4\x05Hello\xff".to_vec()));
        assert_eq!(unescaped(r"\x213\xFHello\x3world"), Ok(b"!3\x0fHello\x03world".to_vec()));
        assert_eq!(unescaped(r"\u00e4\U0001F600ä"), Ok("ä\u{1f600}ä".as_bytes().to_vec()));
    }

    #[test]
    fn what_is_no_escape_is_named() {
        for (string, at, size) in [
            (r"a\q", 1, 2),
            (r"\ä", 0, 3),
            (r"\400", 0, 4),
            (r"\xg", 0, 2),
            (r"ab\u12", 2, 4),
            (r"\ud800", 0, 6),
            (r"\ud83d\ude00", 0, 6),
            (r"\U00110000", 0, 10),
            ("\\", 0, 1),
        ] {
            assert_eq!(unescaped(string), Err(NoEscape { at, size }), "{string}");
        }
    }
}

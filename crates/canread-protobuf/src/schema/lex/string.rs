//! String literals: finding their end, checking their escapes, decoding them.
//!
//! ```text
//! escape = \a \b \f \n \r \t \v \\ \? \' \"
//!        | \ [0-7]{1,3} | \ [xX] hex{1,2} | \u hex{4} | \U hex{8}, at most 10FFFF
//! ```

use memchr::{memchr, memchr3};

use super::{Lexer, ProblemKind};

impl Lexer<'_> {
    /// Takes a string literal; one that doesn't end ends with its line.
    pub(super) fn string(&mut self, quote: u8) {
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.rest();
            let Some(found) = memchr3(quote, b'\\', b'\n', rest) else {
                self.at += rest.len();
                self.problem(ProblemKind::UnclosedString, start, self.at);
                return;
            };
            self.at += found;
            match rest.get(found) {
                Some(&byte) if byte == quote => {
                    self.at += 1;
                    return;
                }
                Some(b'\\') => self.escape(),
                _ => {
                    self.problem(ProblemKind::UnclosedString, start, self.at);
                    return;
                }
            }
        }
    }

    /// Checks one escape and moves behind it. One that is wrong ends before the first byte that doesn't fit.
    fn escape(&mut self) {
        let start = self.at;
        let rest = self.rest().get(1..).unwrap_or_default();
        let digits = rest.get(1..).unwrap_or_default();
        let (length, problem) = match rest.first() {
            Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\' | b'?' | b'\'' | b'"' | b'0'..=b'7') => {
                (1, None)
            }
            Some(b'x' | b'X') if hex_digits(digits, 2) > 0 => (2, None),
            Some(b'x' | b'X') => (1, Some(ProblemKind::ShortEscape { digits: 1 })),
            Some(b'u') if hex_digits(digits, 4) == 4 => (5, None),
            Some(b'u') => (1 + hex_digits(digits, 4), Some(ProblemKind::ShortEscape { digits: 4 })),
            Some(b'U') if hex_digits(digits, 8) < 8 => {
                (1 + hex_digits(digits, 8), Some(ProblemKind::ShortEscape { digits: 8 }))
            }
            Some(b'U') if !matches!(digits, [b'0', b'0', b'0', ..] | [b'0', b'0', b'1', b'0', ..]) => {
                (9, Some(ProblemKind::EscapeOutOfRange))
            }
            Some(b'U') => (9, None),
            Some(b'\n') | None => (0, Some(ProblemKind::UnknownEscape)),
            Some(_) => {
                let text = self.text.get(start + 1..).unwrap_or_default();
                (text.chars().next().map_or(0, char::len_utf8), Some(ProblemKind::UnknownEscape))
            }
        };
        self.at = start + 1 + length;
        if let Some(problem) = problem {
            self.problem(problem, start, self.at);
        }
    }
}

/// How many of the first `most` bytes are hexadecimal digits in a row.
fn hex_digits(bytes: &[u8], most: usize) -> usize {
    bytes.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count()
}

/// Adds the value of a string literal to `value`.
///
/// Input: the literal with its quotes. Escapes that are wrong, and were reported, stand for nothing.
pub(in super::super) fn append_decoded(literal: &str, value: &mut Vec<u8>) {
    let mut rest = contents(literal).as_bytes();
    while let Some(at) = memchr(b'\\', rest) {
        value.extend_from_slice(rest.get(..at).unwrap_or_default());
        rest = append_escape(rest.get(at + 1..).unwrap_or_default(), value);
    }
    value.extend_from_slice(rest);
}

/// What stands between the quotes, if that is the value: no escapes.
pub(in super::super) fn plain_contents(literal: &str) -> Option<&str> {
    let contents = contents(literal);
    memchr(b'\\', contents.as_bytes()).is_none().then_some(contents)
}

fn contents(literal: &str) -> &str {
    let mut chars = literal.chars();
    let quote = chars.next();
    let inner = chars.as_str();
    quote.and_then(|quote| inner.strip_suffix(quote)).unwrap_or(inner)
}

/// Decodes the escape whose backslash stood before `rest`; returns what follows it.
fn append_escape<'r>(rest: &'r [u8], value: &mut Vec<u8>) -> &'r [u8] {
    let Some((&letter, after)) = rest.split_first() else { return rest };
    let (byte, after) = match letter {
        b'0'..=b'7' => {
            let (code, after) = take_number(rest, 3, 8);
            (low_byte(code), after)
        }
        b'x' | b'X' => {
            let (code, after) = take_number(after, 2, 16);
            (low_byte(code), after)
        }
        b'u' | b'U' => return append_code_point(letter, after, value),
        b'a' => (0x07, after),
        b'b' => (0x08, after),
        b'f' => (0x0c, after),
        b'n' => (b'\n', after),
        b'r' => (b'\r', after),
        b't' => (b'\t', after),
        b'v' => (0x0b, after),
        other => (other, after),
    };
    value.push(byte);
    after
}

/// More than 8 bits are cut off, as in C.
fn low_byte(code: u32) -> u8 {
    let [.., low] = code.to_be_bytes();
    low
}

/// `\u` and `\U`. Two `\u` that make up a surrogate pair are one character; a surrogate
/// alone is written as if it were a character, which makes the string no UTF-8.
fn append_code_point<'r>(letter: u8, digits: &'r [u8], value: &mut Vec<u8>) -> &'r [u8] {
    let (mut code, mut after) = take_number(digits, if letter == b'u' { 4 } else { 8 }, 16);
    if let 0xd800..=0xdbff = code
        && let [b'\\', b'u', low_digits @ ..] = after
        && let (low @ 0xdc00..=0xdfff, after_low) = take_number(low_digits, 4, 16)
    {
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        after = after_low;
    }
    if let Some(character) = char::from_u32(code) {
        value.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    } else {
        let [_, _, high, low] = code.to_be_bytes();
        value.extend([0xe0 | high >> 4, 0x80 | (high & 0xf) << 2 | low >> 6, 0x80 | low & 0x3f]);
    }
    after
}

/// Up to `most` digits; returns their value and what follows.
fn take_number(bytes: &[u8], most: usize, radix: u32) -> (u32, &[u8]) {
    let mut code = 0;
    let mut rest = bytes;
    for _ in 0..most {
        let Some((&byte, after)) = rest.split_first() else { break };
        let Some(digit) = char::from(byte).to_digit(radix) else { break };
        code = code * radix + digit;
        rest = after;
    }
    (code, rest)
}

#[cfg(test)]
mod tests {
    use super::super::TokenKind;
    use super::*;

    /// The value of a literal, or its problems.
    fn value(literal: &str) -> Result<Vec<u8>, Vec<ProblemKind>> {
        let mut lexer = Lexer::new(canread_syntax::FileId(0), literal);
        let token = lexer.next_token();
        assert_eq!((token.kind, token.end as usize), (TokenKind::String, literal.len()), "{literal}");
        if !lexer.problems.is_empty() {
            return Err(lexer.problems.iter().map(|problem| problem.kind).collect());
        }
        let mut value = Vec::new();
        append_decoded(literal, &mut value);
        if let Some(plain) = plain_contents(literal) {
            assert_eq!(plain.as_bytes(), value, "{literal}");
        }
        Ok(value)
    }

    #[test]
    fn every_escape_has_its_value() {
        for (literal, expected) in [
            (r#""plain é""#, "plain é".as_bytes()),
            (r#"'it"s'"#, b"it\"s"),
            (r#"'\a\b\f\n\r\t\v\\\?\'\"'"#, b"\x07\x08\x0c\n\r\t\x0b\\?'\""),
            (r"'\0\18\1234\400'", b"\0\x018S4\0"),
            (r"'\x4\X41\x412\xfg'", b"\x04AA2\x0fg"),
            (r"'\u00e9\U0001F600'", "é\u{1f600}".as_bytes()),
            (r"'\ud83d\ude00'", "\u{1f600}".as_bytes()),
            (r"'\ud83d\u0041'", b"\xed\xa0\xbdA"),
            (r"'\U0010FFFF'", "\u{10ffff}".as_bytes()),
        ] {
            assert_eq!((literal, value(literal)), (literal, Ok(expected.to_vec())));
        }
    }

    #[test]
    fn every_wrong_escape_is_a_problem_and_the_string_still_ends() {
        use ProblemKind as P;
        for (literal, problem) in [
            (r"'\8'", P::UnknownEscape),
            (r"'\é'", P::UnknownEscape),
            (r"'\x'", P::ShortEscape { digits: 1 }),
            (r"'\u12'", P::ShortEscape { digits: 4 }),
            (r"'\U0012'", P::ShortEscape { digits: 8 }),
            (r"'\U00110001'", P::EscapeOutOfRange),
        ] {
            assert_eq!((literal, value(literal)), (literal, Err(vec![problem])));
        }
    }

    #[test]
    fn a_string_without_a_closing_quote_ends_with_its_line() {
        for text in ["'a\nb'", "'a\\\nb'", "'a"] {
            let mut lexer = Lexer::new(canread_syntax::FileId(0), text);
            let token = lexer.next_token();
            assert_eq!(token.end as usize, text.find('\n').unwrap_or(text.len()), "{text}");
            assert_eq!(lexer.problems.last().map(|problem| problem.kind), Some(ProblemKind::UnclosedString));
        }
    }
}

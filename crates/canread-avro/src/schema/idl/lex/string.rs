//! String literals: finding their end, checking their escapes, decoding them.
//!
//! ```text
//! escape = \n \r \b \f \t \\ \' \" | \ [0-7]{1,2} | \ [0-3] [0-7]{2} | \u hex{4}
//! ```
//!
//! Source: `StringLiteral` in the grammar of Avro 1.12, which is Java's. What JSON has beyond that, `\/`, is
//! taken too: values are JSON by the specification ("Default Values").

use std::borrow::Cow;

use memchr::memchr;

use super::{Lexer, ProblemKind};

impl Lexer<'_> {
    /// Takes a string literal; one that doesn't end ends with its line.
    pub(super) fn string(&mut self) {
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.rest();
            let plain = rest.iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).unwrap_or(rest.len());
            self.at += plain;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                Some(b'\\') => self.escape(),
                None | Some(b'\n' | b'\r') => {
                    self.problem(ProblemKind::UnclosedString, start, self.at);
                    return;
                }
                Some(_) => {
                    self.problem(ProblemKind::ControlCharacter, self.at, self.at + 1);
                    self.at += 1;
                }
            }
        }
    }

    /// Checks one escape and moves behind it. One that is wrong ends before the first byte that doesn't fit.
    fn escape(&mut self) {
        let start = self.at;
        let text = self.text.get(start..).unwrap_or_default();
        let (decoded, length) = decode(text);
        self.at += length;
        match decoded {
            Ok(_) => {}
            Err(problem) => self.problem(problem, start, self.at),
        }
    }
}

/// The value of a string token. Escapes that are wrong, and were reported, stand for a replacement character.
///
/// Input: the literal with its quotes; the closing one may be missing.
pub(in super::super) fn decoded(literal: &str) -> Cow<'_, str> {
    let inner = literal.strip_prefix('"').unwrap_or(literal);
    let Some(first) = memchr(b'\\', inner.as_bytes()) else {
        return Cow::Borrowed(inner.strip_suffix('"').unwrap_or(inner));
    };
    let mut value = String::with_capacity(inner.len());
    let (plain, mut rest) = inner.split_at(first);
    value.push_str(plain);
    while rest.starts_with('\\') {
        let (character, length) = decode(rest);
        value.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = rest.get(length..).unwrap_or_default();
        let (plain, behind) = rest.split_at(memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len()));
        value.push_str(if behind.is_empty() { plain.strip_suffix('"').unwrap_or(plain) } else { plain });
        rest = behind;
    }
    Cow::Owned(value)
}

/// The escape at the start of the text: its value, and how many bytes it has.
fn decode(text: &str) -> (Result<char, ProblemKind>, usize) {
    let Some(letter) = text.chars().nth(1).filter(|letter| !matches!(letter, '\n' | '\r')) else {
        return (Err(ProblemKind::UnknownEscape), 1);
    };
    let value = match letter {
        'n' => '\n',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        't' => '\t',
        '\\' | '\'' | '"' | '/' => letter,
        '0'..='7' => return octal(text.get(1..).unwrap_or_default()),
        'u' => return unicode(text),
        _ => return (Err(ProblemKind::UnknownEscape), 1 + letter.len_utf8()),
    };
    (Ok(value), 2)
}

/// Up to three octal digits, of which the first of three is at most 3.
fn octal(digits: &str) -> (Result<char, ProblemKind>, usize) {
    let most = if digits.starts_with(['0', '1', '2', '3']) { 3 } else { 2 };
    let length = digits.bytes().take(most).take_while(|digit| matches!(digit, b'0'..=b'7')).count();
    let code = digits.bytes().take(length).fold(0_u8, |code, digit| (code << 3) | (digit - b'0'));
    (Ok(char::from(code)), 1 + length)
}

/// `\uXXXX`, or two of them that make up a surrogate pair.
fn unicode(text: &str) -> (Result<char, ProblemKind>, usize) {
    let (unit, digits) = hex_digits(text.get(2..).unwrap_or_default());
    if digits < 4 {
        return (Err(ProblemKind::ShortEscape), 2 + digits);
    }
    if let Some(character) = char::from_u32(unit) {
        return (Ok(character), 6);
    }
    if unit < 0xdc00
        && let Some(low) = text.get(6..).and_then(|behind| behind.strip_prefix("\\u"))
        && let (low @ 0xdc00..=0xdfff, 4) = hex_digits(low)
        && let Some(character) = char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00))
    {
        return (Ok(character), 12);
    }
    (Err(ProblemKind::LoneSurrogate), 6)
}

/// Up to four hexadecimal digits: their value, and how many there are.
fn hex_digits(text: &str) -> (u32, usize) {
    let digits = text.chars().take(4).map_while(|digit| digit.to_digit(16));
    digits.fold((0, 0), |(value, count), digit| (value << 4 | digit, count + 1))
}

#[cfg(test)]
mod tests {
    use super::super::TokenKind;
    use super::*;

    /// The value of a literal, or its problems.
    fn value(literal: &str) -> Result<String, Vec<ProblemKind>> {
        let mut lexer = Lexer::new(canread_syntax::FileId(0), literal);
        let token = lexer.next_token();
        assert_eq!((token.kind, token.end as usize), (TokenKind::String, literal.len()), "{literal}");
        if lexer.problems.is_empty() {
            Ok(decoded(literal).into_owned())
        } else {
            Err(lexer.problems.iter().map(|problem| problem.kind).collect())
        }
    }

    #[test]
    fn every_escape_has_its_value() {
        for (literal, expected) in [
            (r#""""#, ""),
            (r#""plain é""#, "plain é"),
            (r#""\n\r\b\f\t\\\'\"\/""#, "\n\r\u{8}\u{c}\t\\'\"/"),
            (r#""\"""#, "\""),
            (r#""\0\18\101\377\477""#, "\0\u{1}8A\u{ff}'7"),
            (r#""a\u00e9b\uD83D\uDE00""#, "aéb\u{1f600}"),
        ] {
            assert_eq!((literal, value(literal)), (literal, Ok(expected.to_owned())));
        }
    }

    #[test]
    fn every_wrong_escape_is_a_problem_and_the_string_still_ends() {
        use ProblemKind as P;
        for (literal, problem) in [
            (r#""\a""#, P::UnknownEscape),
            (r#""\é""#, P::UnknownEscape),
            (r#""\8""#, P::UnknownEscape),
            (r#""\u12""#, P::ShortEscape),
            (r#""\ud800x""#, P::LoneSurrogate),
            (r#""\udc00""#, P::LoneSurrogate),
            ("\"a\tb\"", P::ControlCharacter),
        ] {
            assert_eq!((literal, value(literal)), (literal, Err(vec![problem])));
        }
    }

    #[test]
    fn a_string_without_a_closing_quote_ends_with_its_line() {
        for text in ["\"a\nb\"", "\"a\\\nb\"", "\"a"] {
            let mut lexer = Lexer::new(canread_syntax::FileId(0), text);
            let token = lexer.next_token();
            assert_eq!(token.end as usize, text.find('\n').unwrap_or(text.len()), "{text}");
            assert_eq!(lexer.problems.last().map(|problem| problem.kind), Some(ProblemKind::UnclosedString));
        }
    }
}

//! Strings: quotes, escapes, and what may not stand between quotes.

use std::borrow::Cow;

use super::lexer::{Lexer, TokenKind};
use super::problem;

/// Reads the string whose opening quote comes next.
///
/// A line break ends it too: behind a forgotten quote, the following lines then still make sense.
///
/// Source: RFC 8259, section 7.
pub(super) fn scan<'a>(lexer: &mut Lexer<'a>) -> TokenKind<'a> {
    let open = lexer.at;
    lexer.at += 1;
    let mut decoded = String::new();
    let mut copied = lexer.at;
    let closed = loop {
        let rest = lexer.rest().as_bytes();
        let plain = rest.iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..=0x1f)).unwrap_or(rest.len());
        lexer.at += plain;
        match lexer.peek() {
            Some(b'"') => break true,
            None | Some(b'\n' | b'\r') => break false,
            Some(b'\\') => {
                decoded.push_str(lexer.text.get(copied..lexer.at).unwrap_or_default());
                decoded.extend(escape(lexer));
                copied = lexer.at;
            }
            Some(control) => {
                lexer.problems.add(problem::control_character(lexer.span(lexer.at, lexer.at + 1), control));
                lexer.at += 1;
            }
        }
    };
    let last = lexer.text.get(copied..lexer.at).unwrap_or_default();
    if closed {
        lexer.at += 1;
    } else {
        lexer.problems.add(problem::unclosed_string(lexer.span(open, lexer.at), lexer.peek().is_none()));
    }
    let value = if copied == open + 1 { Cow::Borrowed(last) } else { Cow::Owned(decoded + last) };
    TokenKind::String { value, closed }
}

/// Reads the escape whose backslash comes next. `None` if the string ends in it.
///
/// An escape that is not allowed is reported and stands for a replacement character.
fn escape(lexer: &mut Lexer<'_>) -> Option<char> {
    let start = lexer.at;
    lexer.at += 1;
    let next = lexer.rest().chars().next().filter(|next| !matches!(next, '\n' | '\r'))?;
    lexer.at += next.len_utf8();
    let decoded = match next {
        '"' | '\\' | '/' => next,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => unicode(lexer, start),
        other => {
            lexer.problems.add(problem::unknown_escape(lexer.span(start, lexer.at), other));
            char::REPLACEMENT_CHARACTER
        }
    };
    Some(decoded)
}

/// Reads the rest of an escape behind `\u`, and that of the second half of a pair.
fn unicode(lexer: &mut Lexer<'_>, start: usize) -> char {
    let Some(unit) = four_digits(lexer) else {
        lexer.problems.add(problem::short_escape(lexer.span(start, lexer.at)));
        return char::REPLACEMENT_CHARACTER;
    };
    if let Some(decoded) = char::from_u32(unit) {
        return decoded;
    }
    let behind = lexer.at;
    if unit < 0xdc00 && lexer.rest().starts_with("\\u") {
        lexer.at += 2;
        if let Some(low @ 0xdc00..=0xdfff) = four_digits(lexer) {
            let scalar = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            return char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
        // What follows is an escape of its own.
        lexer.at = behind;
    }
    lexer.problems.add(problem::lone_surrogate(lexer.span(start, behind), unit));
    char::REPLACEMENT_CHARACTER
}

/// Reads four hexadecimal digits; with fewer, goes past those that are there.
fn four_digits(lexer: &mut Lexer<'_>) -> Option<u32> {
    let mut value = 0;
    for _ in 0..4 {
        value = value * 16 + char::from(lexer.peek()?).to_digit(16)?;
        lexer.at += 1;
    }
    Some(value)
}

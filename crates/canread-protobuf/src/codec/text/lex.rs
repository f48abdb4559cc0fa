//! Words, numbers, strings and signs of a text.
//!
//! Source: Protobuf, "Text Format Language Specification", section "Lexical Elements".

use super::error::ReadErrorKind;

/// A piece of text that belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    /// As it stands there, with quotes.
    pub(super) text: &'a str,
    /// The byte at which it begins.
    pub(super) at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    End,
    Word,
    Decimal,
    Octal,
    Hexadecimal,
    Float,
    String,
    /// One character.
    Sign,
    /// None of these, and why. Nothing comes behind it.
    Bad(ReadErrorKind),
}

impl Token<'_> {
    pub(super) fn is(&self, sign: &str) -> bool {
        self.kind == TokenKind::Sign && self.text == sign
    }

    /// The byte behind it.
    pub(super) fn end(&self) -> usize {
        self.at.saturating_add(self.text.len())
    }
}

/// Takes tokens off a text.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token; [`TokenKind::End`] at the end, as often as it is asked for.
    pub(super) fn take(&mut self) -> Token<'a> {
        self.pass_space();
        let at = self.at;
        let Some(first) = self.byte(0) else {
            return Token { kind: TokenKind::End, text: "", at };
        };
        let scanned = match first {
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => Ok((TokenKind::Word, self.run(0, is_of_word))),
            b'0'..=b'9' => self.number(),
            b'.' if self.byte(1).is_some_and(|byte| byte.is_ascii_digit()) => self.number(),
            b'"' | b'\'' => self.string(first),
            // Signs of the format, and those of URLs.
            b':' | b'{' | b'}' | b'<' | b'>' | b'[' | b']' | b',' | b';' | b'-' | b'.' | b'/' => {
                Ok((TokenKind::Sign, 1))
            }
            b'!' | b'$' | b'%' | b'&' | b'(' | b')' | b'*' | b'+' | b'=' | b'~' => Ok((TokenKind::Sign, 1)),
            _ => Err((ReadErrorKind::Character, self.rest().chars().next().map_or(1, char::len_utf8))),
        };
        let (kind, size) = match scanned {
            Ok(scanned) => scanned,
            Err((kind, size)) => (TokenKind::Bad(kind), size),
        };
        let text = self.rest().get(..size).unwrap_or_default();
        if !matches!(kind, TokenKind::Bad(_)) {
            self.at = at.saturating_add(size);
        }
        Token { kind, text, at }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at.saturating_add(ahead)).copied()
    }

    /// Where bytes of one kind end that begin so far ahead.
    fn run(&self, ahead: usize, is_of: impl Fn(u8) -> bool) -> usize {
        let from = self.text.as_bytes().get(self.at.saturating_add(ahead)..).unwrap_or_default();
        let length = from.iter().position(|byte| !is_of(*byte)).unwrap_or(from.len());
        ahead.saturating_add(length)
    }

    fn pass_space(&mut self) {
        loop {
            self.at = self.at.saturating_add(self.run(0, |byte| matches!(byte, b' ' | 9..=13)));
            if self.byte(0) != Some(b'#') {
                return;
            }
            self.at = self.at.saturating_add(self.run(0, |byte| byte != b'\n'));
        }
    }

    fn number(&self) -> Result<(TokenKind, usize), (ReadErrorKind, usize)> {
        let is_zero = self.byte(0) == Some(b'0');
        let digits = |byte: u8| byte.is_ascii_digit();
        let (kind, size) = if is_zero && matches!(self.byte(1), Some(b'x' | b'X')) {
            let size = self.run(2, |byte| byte.is_ascii_hexdigit());
            (if size > 2 { Some(TokenKind::Hexadecimal) } else { None }, size)
        } else {
            let whole = self.run(0, digits);
            let mut size = whole;
            if self.byte(size) == Some(b'.') {
                size = self.run(size.saturating_add(1), digits);
            }
            if matches!(self.byte(size), Some(b'e' | b'E')) {
                let sign = usize::from(matches!(self.byte(size.saturating_add(1)), Some(b'+' | b'-')));
                let from = size.saturating_add(1).saturating_add(sign);
                let end = self.run(from, digits);
                // Without digits it is no exponent, and a letter behind a number.
                size = if end > from { end } else { size };
            }
            let has_suffix = matches!(self.byte(size), Some(b'f' | b'F'));
            let is_float = size > whole || has_suffix;
            size = size.saturating_add(usize::from(has_suffix));
            let is_octal = self.rest().get(..whole).is_some_and(|digits| !digits.contains(['8', '9']));
            let kind = match (is_zero && whole > 1, is_float) {
                (true, true) => None,
                (true, false) => is_octal.then_some(TokenKind::Octal),
                (false, true) => Some(TokenKind::Float),
                (false, false) => Some(TokenKind::Decimal),
            };
            (kind, size)
        };
        let is_apart = !self.byte(size).is_some_and(|byte| is_of_word(byte) || byte == b'.');
        match kind.filter(|_| is_apart) {
            Some(kind) => Ok((kind, size)),
            None => Err((ReadErrorKind::Number, self.run(size, |byte| is_of_word(byte) || byte == b'.'))),
        }
    }

    fn string(&self, quote: u8) -> Result<(TokenKind, usize), (ReadErrorKind, usize)> {
        let mut size = 1_usize;
        loop {
            size = self.run(size, |byte| byte != quote && !matches!(byte, b'\\' | b'\n' | 0));
            match self.byte(size) {
                Some(b'\\') if !matches!(self.byte(size.saturating_add(1)), None | Some(b'\n' | 0)) => {
                    // What is escaped may take more bytes, none of which is a quote.
                    size = size.saturating_add(2);
                }
                Some(byte) if byte == quote => return Ok((TokenKind::String, size.saturating_add(1))),
                _ => return Err((ReadErrorKind::Quote, 1)),
            }
        }
    }
}

fn is_of_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

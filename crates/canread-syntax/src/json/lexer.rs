//! From text to tokens.

use std::borrow::Cow;

use super::problem::{self, Problems};
use super::string;
use crate::{FileId, Span};

/// A piece of the text.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub(super) span: Span,
    pub(super) kind: TokenKind<'a>,
}

#[derive(Debug)]
pub(super) enum TokenKind<'a> {
    OpenObject,
    CloseObject,
    OpenArray,
    CloseArray,
    Colon,
    Comma,
    String {
        value: Cow<'a, str>,
        /// Whether a quote ends it; where the line or the file does, that has been reported.
        closed: bool,
    },
    /// Text in single quotes, which JSON does not have.
    SingleQuoted(&'a str),
    /// A run of other characters: a number, `true`, `false`, `null`, or what JSON does not have.
    Bare(&'a str),
    End,
}

/// Gives the tokens one by one. Comments and characters that only look like white space are reported and skipped.
pub(super) struct Lexer<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    /// Offset of the next byte.
    pub(super) at: usize,
    pub(super) problems: Problems,
    /// A token that was given back.
    pending: Option<Token<'a>>,
    comment_reported: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, text, at, problems: Problems::default(), pending: None, comment_reported: false }
    }

    /// The next token; `End` again and again behind the last.
    pub(super) fn next(&mut self) -> Token<'a> {
        if let Some(token) = self.pending.take() {
            return token;
        }
        self.skip_space();
        let start = self.at;
        let kind = match self.peek() {
            None => TokenKind::End,
            Some(b'{') => self.single(TokenKind::OpenObject),
            Some(b'}') => self.single(TokenKind::CloseObject),
            Some(b'[') => self.single(TokenKind::OpenArray),
            Some(b']') => self.single(TokenKind::CloseArray),
            Some(b':') => self.single(TokenKind::Colon),
            Some(b',') => self.single(TokenKind::Comma),
            Some(b'"') => string::scan(self),
            Some(b'\'') => self.single_quoted(),
            Some(_) => self.bare(),
        };
        Token { span: self.span(start, self.at), kind }
    }

    /// Gives the last token back: the next one is it again, and what is wrong inside it is not reported twice.
    pub(super) fn back(&mut self, token: Token<'a>) {
        self.pending = Some(token);
    }

    /// Whether the last token was given back.
    pub(super) fn is_back(&self) -> bool {
        self.pending.is_some()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// What is left of the text.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[expect(clippy::cast_possible_truncation, reason = "texts are at most FILE_BYTES_MAX bytes")]
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start as u32, end as u32)
    }

    fn single(&mut self, kind: TokenKind<'a>) -> TokenKind<'a> {
        self.at += 1;
        kind
    }

    fn skip_space(&mut self) {
        loop {
            let space = self.text.as_bytes().iter().skip(self.at).take_while(|&&byte| is_space(byte)).count();
            self.at += space;
            if !self.skip_comment() && !self.skip_false_space() {
                return;
            }
        }
    }

    /// Goes past one comment. Comments all have one cause, a text meant for another reader: one error tells it.
    fn skip_comment(&mut self) -> bool {
        let rest = self.rest();
        let length = if rest.starts_with("//") || rest.starts_with('#') {
            memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.get(2..).and_then(|body| body.find("*/")).map_or(rest.len(), |end| end + 4)
        } else {
            return false;
        };
        let span = self.span(self.at, self.at + length);
        self.at += length;
        if !self.comment_reported && !self.problems.muted {
            self.comment_reported = true;
            self.problems.add(problem::comment(span));
        }
        true
    }

    /// Goes past a run of characters that look like white space, or like nothing, but are not JSON's.
    fn skip_false_space(&mut self) -> bool {
        let rest = self.rest();
        let Some(first) = rest.chars().next().filter(|&next| is_false_space(next)) else { return false };
        let end = rest.find(|next| !is_false_space(next)).unwrap_or(rest.len());
        let span = self.span(self.at, self.at + end);
        self.at += end;
        self.problems.add(problem::false_space(span, first));
        true
    }

    fn single_quoted(&mut self) -> TokenKind<'a> {
        let body = self.rest().get(1..).unwrap_or_default();
        match memchr::memchr3(b'\'', b'\n', b'\r', body.as_bytes()) {
            Some(end) if body.as_bytes().get(end) == Some(&b'\'') => {
                self.at += end + 2;
                TokenKind::SingleQuoted(body.get(..end).unwrap_or_default())
            }
            _ => self.bare(),
        }
    }

    fn bare(&mut self) -> TokenKind<'a> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        // The first character belongs to the run whatever it is, so the lexer always moves.
        let end = rest
            .char_indices()
            .skip(1)
            .find(|&(at, next)| ends_bare(next) || (next == '/' && matches!(bytes.get(at + 1), Some(b'/' | b'*'))))
            .map_or(rest.len(), |(at, _)| at);
        self.at += end;
        TokenKind::Bare(rest.get(..end).unwrap_or_default())
    }
}

/// White space as RFC 8259, section 2, has it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Other white space of Unicode, control characters, and characters that take no room.
fn is_false_space(next: char) -> bool {
    let space = next.is_whitespace() || next.is_control();
    (space && !u8::try_from(next).is_ok_and(is_space))
        || matches!(next, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn ends_bare(next: char) -> bool {
    matches!(next, '{' | '}' | '[' | ']' | ':' | ',' | '"' | ' ' | '\t' | '\n' | '\r') || is_false_space(next)
}

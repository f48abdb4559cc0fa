//! Looking at tokens and taking them; names, strings and documentation.

use std::borrow::Cow;

use canread_syntax::Span;

use super::super::super::ast::Text;
use super::super::doc::doc_text;
use super::super::lex::{TokenKind, decoded, integer_value, without_backticks};
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// Takes the token. Documentation before it that nobody asked for belongs to nothing.
    pub(super) fn bump(&mut self) {
        for index in 0..self.lexer.docs.len() {
            if let Some(&span) = self.lexer.docs.get(index) {
                self.reports.add_misplaced_doc(span);
            }
        }
        self.skip_token();
    }

    /// Takes the token, of which nothing is made.
    pub(super) fn skip_token(&mut self) {
        self.previous = self.token;
        self.token = self.lexer.next_token();
        for problem in self.lexer.problems.drain(..) {
            self.reports.end_is_reported |= problem.swallows();
            self.reports.add(problem.diagnostic(self.text));
        }
    }

    /// The text of the token.
    pub(super) fn word(&self) -> &'a str {
        self.slice(self.token.start, self.token.end)
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn at(&self, symbol: u8) -> bool {
        self.token.is_symbol(symbol)
    }

    pub(super) fn at_end(&self) -> bool {
        self.token.kind == TokenKind::End
    }

    pub(super) fn at_word(&self, word: &str) -> bool {
        self.token.kind == TokenKind::Name && self.word() == word
    }

    pub(super) fn eat(&mut self, symbol: u8) -> bool {
        let found = self.at(symbol);
        if found {
            self.bump();
        }
        found
    }

    /// Takes a symbol that has to stand here.
    pub(super) fn expect(&mut self, symbol: u8, place: &str) -> Parse<()> {
        if self.eat(symbol) {
            return Ok(());
        }
        Err(self.expected(&format!("`{}` {place}", char::from(symbol))))
    }

    /// Takes a name; keywords are names, too, where nothing else may stand.
    pub(super) fn name(&mut self, what: &str) -> Parse<Text<'a>> {
        if self.token.kind != TokenKind::Name {
            return Err(self.expected(what));
        }
        let name = Text { text: without_backticks(self.word()), span: self.token_span() };
        self.bump();
        Ok(name)
    }

    /// Takes a string.
    pub(super) fn string(&mut self, what: &str) -> Parse<Text<'a>> {
        if self.token.kind != TokenKind::String {
            return Err(match self.token.kind {
                TokenKind::Symbol(b'\'') | TokenKind::Name => self.expected_help(what, "put it in double quotes"),
                _ => self.expected(what),
            });
        }
        let string = Text { text: decoded(self.word()), span: self.token_span() };
        self.bump();
        Ok(string)
    }

    /// Takes an integer from 0 to 2^31-1. Another one is reported, and then the answer is `None`.
    ///
    /// Source: Avro Java reads sizes, precisions and scales as `int`.
    pub(super) fn count(&mut self, what: &str) -> Parse<(Option<u32>, Span)> {
        if self.token.kind != TokenKind::Integer {
            return Err(self.expected(what));
        }
        let (word, span, bad) = (self.word(), self.token_span(), self.token.bad);
        self.bump();
        let value = integer_value(word).and_then(|value| i32::try_from(value).ok());
        let value = value.and_then(|value| u32::try_from(value).ok()).filter(|_| !word.ends_with(['l', 'L']));
        if value.is_none() && !bad {
            let message = format!("{what} is from 0 to {}, not `{}`", i32::MAX, super::super::lex::shown(word));
            self.forbid("avro/idl_number", span, message);
        }
        Ok((value, span))
    }

    /// The documentation right before the token.
    pub(super) fn doc(&mut self) -> Option<Text<'a>> {
        let span = self.lexer.docs.pop()?;
        let text: Cow<'a, str> = doc_text(self.slice(span.start, span.end));
        Some(Text { text, span })
    }

    pub(super) fn token_span(&self) -> Span {
        Span::new(self.id, self.token.start, self.token.end)
    }

    /// From `start` to the end of the token taken last.
    pub(super) fn span_from(&self, start: u32) -> Span {
        Span::new(self.id, start, self.previous.end)
    }

    /// Whether a line end stands before the token.
    pub(super) fn starts_line(&self) -> bool {
        self.slice(self.previous.end, self.token.start).contains(['\n', '\r'])
    }
}

//! Names, strings and numbers.

use std::borrow::Cow;

use canread_syntax::{Diagnostic, Span};

use super::super::ast::{DottedName, Number};
use super::super::lex::{Integer, TokenKind, append_decoded, integer_value, plain_contents, shown};
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// `a.b.c`; with `may_be_absolute` also `.a.b.c`.
    pub(super) fn dotted_name(&mut self, what: &str, may_be_absolute: bool) -> Parse<DottedName<'a>> {
        let start = self.token.start;
        let mut contiguous = true;
        if may_be_absolute && self.eat(b'.') {
            contiguous = self.token.start == self.previous.end;
        }
        self.ident(what)?;
        while self.at(b'.') {
            contiguous &= self.token.start == self.previous.end;
            self.bump();
            contiguous &= self.token.start == self.previous.end;
            self.ident("a name after the `.`")?;
        }
        let span = self.span_from(start);
        let text = self.slice(span.start, span.end);
        Ok(DottedName { text: if contiguous { Cow::Borrowed(text) } else { Cow::Owned(without_blanks(text)) }, span })
    }

    /// String literals, joined.
    pub(super) fn bytes(&mut self, what: &str) -> Parse<(Cow<'a, [u8]>, Span)> {
        if self.token.kind != TokenKind::String {
            return Err(self.expected(what));
        }
        let start = self.token.start;
        let first = self.word();
        self.bump();
        if self.token.kind != TokenKind::String
            && let Some(contents) = plain_contents(first)
        {
            return Ok((Cow::Borrowed(contents.as_bytes()), self.span_from(start)));
        }
        let mut value = Vec::new();
        append_decoded(first, &mut value);
        while self.token.kind == TokenKind::String {
            append_decoded(self.word(), &mut value);
            self.bump();
        }
        Ok((Cow::Owned(value), self.span_from(start)))
    }

    /// String literals, joined, whose value has to be UTF-8.
    pub(super) fn string(&mut self, what: &str) -> Parse<(Cow<'a, str>, Span)> {
        let (value, span) = self.bytes(what)?;
        let text = match value {
            Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
            Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
        };
        let text = text.unwrap_or_else(|| {
            let message = "the escapes in this string make up no UTF-8";
            self.reports.add(Diagnostic::error("protobuf/token", message).at(span, ""));
            Cow::Borrowed("")
        });
        Ok((text, span))
    }

    /// A number of at most 31 bits, with `signed` also its negative. `None` stands for one that has been reported.
    pub(super) fn number(&mut self, what: &str, signed: bool) -> Parse<Option<Number>> {
        let start = self.token.start;
        let negative = signed && self.eat(b'-');
        if !signed && self.at(b'-') {
            return Err(self.expected_help(what, "numbers are positive here"));
        }
        if self.token.kind != TokenKind::Int {
            return Err(self.expected(what));
        }
        let (word, bad) = (self.word(), self.token.bad);
        self.bump();
        if bad {
            return Ok(None);
        }
        let value = match integer_value(word) {
            Integer::Exact(magnitude) => {
                i64::try_from(magnitude).ok().map(|value| if negative { -value } else { value })
            }
            Integer::Big(_) | Integer::TooLarge => None,
        };
        let span = self.span_from(start);
        let Some(value) = value.and_then(|value| i32::try_from(value).ok()) else {
            let message = format!("`{}` is out of range", shown(self.slice(span.start, span.end)));
            let range = if signed { "from -2147483648 to 2147483647" } else { "up to 2147483647" };
            self.forbid("protobuf/number_out_of_range", span, message, format!("numbers go {range} here"));
            return Ok(None);
        };
        Ok(Some(Number { value, span }))
    }
}

/// A dotted name without the blanks and comments inside it.
pub(super) fn without_blanks(text: &str) -> String {
    let mut lexer = super::Lexer::new(canread_syntax::FileId(0), text);
    let mut name = String::with_capacity(text.len());
    loop {
        let token = lexer.next_token();
        if token.kind == TokenKind::End {
            return name;
        }
        name.push_str(text.get(token.start as usize..token.end as usize).unwrap_or_default());
    }
}

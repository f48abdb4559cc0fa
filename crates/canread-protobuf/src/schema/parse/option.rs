//! Options: names, and values in the option syntax.

use canread_syntax::Diagnostic;

use super::super::ast::{CommentsId, NamePart, OptionDecl, Value, ValueKind};
use super::super::lex::{Integer, TokenKind, float_value, integer_value, shown};
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// `name = value`, without comments.
    pub(super) fn option(&mut self) -> Parse<OptionDecl<'a>> {
        let start = self.token.start;
        let name = self.option_name()?;
        let name_span = self.span_from(start);
        if !self.eat(b'=') {
            let help =
                format!("every option has a value: `{} = true`", shown(self.slice(name_span.start, name_span.end)));
            return Err(self.expected_help("`=` after the option's name", help));
        }
        let value = self.option_value()?;
        Ok(OptionDecl { name, value, name_span, span: self.span_from(start), comments: CommentsId::NONE })
    }

    /// `[a = 1, (b) = 2]`, if it stands here.
    pub(super) fn bracket_options(&mut self) -> Parse<Box<[OptionDecl<'a>]>> {
        if !self.eat(b'[') {
            return Ok(Box::default());
        }
        let mut options = Vec::with_capacity(1);
        loop {
            if self.at(b']') {
                let help = if options.is_empty() { "remove the brackets" } else { "remove the `,`" };
                self.expected_help("the name of an option", help);
                self.bump();
                break;
            }
            options.push(self.option()?);
            if self.eat(b',') {
                continue;
            }
            self.expect(b']', "or `,` after the option")?;
            break;
        }
        Ok(options.into())
    }

    /// `a.b`, `(a.b).c`
    fn option_name(&mut self) -> Parse<Box<[NamePart<'a>]>> {
        let mut parts = Vec::with_capacity(1);
        loop {
            parts.push(self.name_part()?);
            if !self.eat(b'.') {
                return Ok(parts.into());
            }
        }
    }

    fn name_part(&mut self) -> Parse<NamePart<'a>> {
        let start = self.token.start;
        if self.eat(b'(') {
            let name = self.dotted_name("the name of an extension", true)?;
            self.expect(b')', "after the extension's name")?;
            return Ok(NamePart { text: name.text, is_extension: true, span: self.span_from(start) });
        }
        let name = self.ident("the name of an option")?;
        Ok(NamePart { text: name.text.into(), is_extension: false, span: name.span })
    }

    fn option_value(&mut self) -> Parse<Value<'a>> {
        let start = self.token.start;
        match self.token.kind {
            TokenKind::Symbol(b'{') => Ok(self.outer_literal()),
            TokenKind::Symbol(b'[') => {
                let help = "repeat the option once for each value, or set it inside a `{ … }`";
                Err(self.expected_help("the option's value", help))
            }
            _ => {
                let kind = self.scalar(Dialect::Option, "the option's value")?;
                Ok(Value { kind, span: self.span_from(start) })
            }
        }
    }

    /// A value other than a message or a list.
    pub(super) fn scalar(&mut self, dialect: Dialect, what: &str) -> Parse<ValueKind<'a>> {
        let negative = self.eat(b'-');
        let (word, bad) = (self.word(), self.token.bad);
        match self.token.kind {
            TokenKind::Int => {
                let start = self.token.start;
                self.bump();
                Ok(if bad { ValueKind::Int { negative, magnitude: 0 } } else { self.integer(word, negative, start) })
            }
            TokenKind::Float => {
                self.bump();
                Ok(ValueKind::Float(signed(float_value(word), negative)))
            }
            TokenKind::Ident if negative && !dialect.is_infinite_or_nan(word) => {
                Err(self.expected("a number, `inf` or `nan` after `-`"))
            }
            TokenKind::Ident => {
                self.bump();
                Ok(ValueKind::Ident { negative, name: word })
            }
            TokenKind::String if !negative => Ok(ValueKind::String(self.bytes(what)?.0)),
            _ if negative => Err(self.expected("a number, `inf` or `nan` after `-`")),
            _ => Err(self.expected(what)),
        }
    }

    fn integer(&mut self, word: &str, negative: bool, start: u32) -> ValueKind<'a> {
        match integer_value(word) {
            Integer::Exact(magnitude) => ValueKind::Int { negative, magnitude },
            Integer::Big(value) => ValueKind::BigInt(signed(value, negative)),
            Integer::TooLarge => {
                let span = self.span_from(start);
                let message = format!("`{}` has more than 64 bits", shown(word));
                self.reports.add(Diagnostic::error("protobuf/number_out_of_range", message).at(span, ""));
                ValueKind::Int { negative, magnitude: 0 }
            }
        }
    }
}

/// Where a value stands: options and the text format differ on names of numbers.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dialect {
    Option,
    TextFormat,
}

impl Dialect {
    /// Whether a word names a float.
    fn is_infinite_or_nan(self, word: &str) -> bool {
        match self {
            Self::Option => matches!(word, "inf" | "nan"),
            Self::TextFormat => ["inf", "infinity", "nan"].iter().any(|name| word.eq_ignore_ascii_case(name)),
        }
    }
}

fn signed(value: f64, negative: bool) -> f64 {
    if negative { -value } else { value }
}

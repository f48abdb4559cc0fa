//! Message literals: the text format inside an option's value.
//!
//! ```text
//! message = "{" field* "}" | "<" field* ">"
//! field   = key [":"] (message | "[" message,* "]") [","|";"]
//!         | key ":" (scalar | "[" scalar,* "]") [","|";"]
//! key     = name | "[" extension "]" | "[" domain "/" message-type "]"
//! ```
//!
//! Source: "Text Format Language Specification" of Protocol Buffers.

use std::borrow::Cow;

use canread_syntax::{Diagnostic, Span};

use super::super::ast::{DottedName, Key, LiteralField, Value, ValueKind};
use super::super::lex::{TokenKind, shown};
use super::name::without_blanks;
use super::option::Dialect;
use super::{LITERAL_DEPTH_MAX, Parse, Parser, Skip};

impl<'a> Parser<'a> {
    /// A message literal that stands in no other one. One with errors is empty.
    pub(super) fn outer_literal(&mut self) -> Value<'a> {
        let start = self.token.start;
        let depth = self.open_literals.len();
        self.message_literal().unwrap_or_else(|_| {
            self.skip_literals(depth);
            // Where the literal really ends is a guess: what doesn't fit behind it says nothing new.
            self.previous.bad = true;
            Value { kind: ValueKind::Message(Box::default()), span: self.span_from(start) }
        })
    }

    /// From `{` or `<` to its end.
    fn message_literal(&mut self) -> Parse<Value<'a>> {
        let start = self.token.start;
        let (open, close) = if self.at(b'{') { (b'{', b'}') } else { (b'<', b'>') };
        let mut fields = Vec::new();
        if self.open_literal(open) {
            while !self.at(close) {
                if self.at_end() {
                    return Err(self.unclosed_literal(start, close));
                }
                fields.push(self.literal_field(close)?);
            }
            self.open_literals.pop();
            self.bump();
        }
        Ok(Value { kind: ValueKind::Message(fields.into()), span: self.span_from(start) })
    }

    fn unclosed_literal(&mut self, opener: u32, close: u8) -> Skip {
        let opener = Span::new(self.id, opener, opener + 1);
        if !std::mem::replace(&mut self.reports.end_is_reported, true) {
            let message = format!("this `{}` is never closed", self.slice(opener.start, opener.end));
            self.forbid("protobuf/syntax", opener, message, format!("add the missing `{}`", char::from(close)));
        }
        Skip
    }

    /// Takes an opening bracket. If it stands too deep, that is reported, its contents are skipped and the answer is `false`.
    fn open_literal(&mut self, open: u8) -> bool {
        let depth = self.open_literals.len();
        let span = self.token_span();
        self.open_literals.push(open);
        self.bump();
        if depth < LITERAL_DEPTH_MAX {
            return true;
        }
        self.too_deep(span, "values", LITERAL_DEPTH_MAX);
        self.skip_literals(depth);
        false
    }

    fn literal_field(&mut self, close: u8) -> Parse<LiteralField<'a>> {
        let start = self.token.start;
        let key = self.key(close)?;
        let colon = self.eat(b':');
        let value = match self.token.kind {
            TokenKind::Symbol(b'{' | b'<') => self.message_literal()?,
            _ if matches!(key, Key::Any { .. }) => return Err(self.expected("`{` after the type in an Any")),
            TokenKind::Symbol(b'[') => self.list(colon)?,
            _ if !colon => return Err(self.expected("`:` or `{` after the field's name")),
            _ => self.literal_scalar()?,
        };
        let span = self.span_from(start);
        if !self.eat(b',') {
            self.eat(b';');
        }
        Ok(LiteralField { key, value, span })
    }

    fn literal_scalar(&mut self) -> Parse<Value<'a>> {
        let start = self.token.start;
        let kind = self.scalar(Dialect::TextFormat, "a value")?;
        Ok(Value { kind, span: self.span_from(start) })
    }

    /// `[a, b]`; of messages only, unless a colon stands before it.
    fn list(&mut self, colon: bool) -> Parse<Value<'a>> {
        let start = self.token.start;
        let mut values = Vec::new();
        if !self.open_literal(b'[') {
            return Ok(Value { kind: ValueKind::List(Box::default()), span: self.span_from(start) });
        }
        if !self.at(b']') {
            loop {
                values.push(match self.token.kind {
                    TokenKind::Symbol(b'{' | b'<') => self.message_literal()?,
                    _ if !colon => {
                        return Err(self.expected("`{` (values other than messages need a `:` before the `[`)"));
                    }
                    _ => self.literal_scalar()?,
                });
                if !self.eat(b',') {
                    break;
                }
            }
        }
        if !self.at(b']') {
            return Err(self.expected("`,` or `]` after the value"));
        }
        if values.is_empty() && !colon {
            self.unexpected(Diagnostic::error("protobuf/syntax", "an empty list needs a `:` before it"));
        }
        self.open_literals.pop();
        self.bump();
        Ok(Value { kind: ValueKind::List(values.into()), span: self.span_from(start) })
    }

    fn key(&mut self, close: u8) -> Parse<Key<'a>> {
        if self.at(b'[') {
            return self.bracket_key();
        }
        Ok(Key::Field(self.ident(&format!("a field name or `{}`", char::from(close)))?))
    }

    /// `[my.ext]` or `[domain/my.Type]`
    fn bracket_key(&mut self) -> Parse<Key<'a>> {
        let start = self.token.start;
        self.bump();
        let text_start = self.token.start;
        let mut contiguous = true;
        while !self.at(b']') {
            if !self.may_stand_in_key() {
                return Err(self.expected("`]` after the name of an extension or type"));
            }
            self.bump();
            contiguous &= self.at(b']') || self.token.start == self.previous.end;
        }
        let text = self.slice(text_start, self.previous.end.max(text_start));
        let text = if contiguous { Cow::Borrowed(text) } else { Cow::Owned(without_blanks(text)) };
        self.bump();
        let span = self.span_from(start);
        let key = match text.rsplit_once('/') {
            None => Key::Extension(DottedName { text: text.clone(), span }),
            Some((domain, _)) => {
                let (domain, type_name) = split(&text, domain.len());
                Key::Any { domain, type_name, span }
            }
        };
        let (name, wrong) = match &key {
            Key::Any { domain, type_name, .. } => (type_name, domain.is_empty() || domain.starts_with('/')),
            _ => (&text, false),
        };
        if wrong || !is_full_name(name) {
            let message = format!("`{}` names neither an extension nor a type", shown(&text));
            self.forbid("protobuf/syntax", span, message, "write `[package.extension]` or `[domain/package.Type]`");
        }
        Ok(key)
    }

    fn may_stand_in_key(&self) -> bool {
        match self.token.kind {
            TokenKind::Ident | TokenKind::Int | TokenKind::Float => true,
            TokenKind::Symbol(symbol) => b"-._~!$&()*+,;=%/".contains(&symbol),
            TokenKind::String | TokenKind::End => false,
        }
    }
}

/// The text before and behind the slash at `at`.
fn split<'a>(text: &Cow<'a, str>, at: usize) -> (Cow<'a, str>, Cow<'a, str>) {
    match text {
        Cow::Borrowed(text) => {
            (text.get(..at).unwrap_or_default().into(), text.get(at + 1..).unwrap_or_default().into())
        }
        Cow::Owned(text) => (
            Cow::Owned(text.get(..at).unwrap_or_default().into()),
            Cow::Owned(text.get(at + 1..).unwrap_or_default().into()),
        ),
    }
}

/// Identifiers with single dots between them.
fn is_full_name(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

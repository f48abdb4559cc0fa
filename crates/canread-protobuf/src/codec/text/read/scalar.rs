//! Numbers, texts and symbols by the types that they are for.
//!
//! Source: Protobuf, "Text Format Language Specification", section "Value Types".

use canread_model::Int;
use canread_plan::{LayoutKind, Value};

use super::super::error::ReadErrorKind;
use super::super::lex::{Token, TokenKind};
use super::super::literal::{NoEscape, decimal, integer, special, unescape};
use super::Parser;
use super::failure::{Failure, Parsed};

impl<'a> Parser<'a> {
    pub(super) fn scalar(&mut self, kind: LayoutKind) -> Parsed<Value<'a>> {
        match kind {
            LayoutKind::Bool => self.boolean().map(Value::Bool),
            LayoutKind::Int(int) if int.signed => self.signed(int).map(Value::Int),
            LayoutKind::Int(int) => self.unsigned(int).map(Value::Uint),
            LayoutKind::Float => {
                let (is_negative, number) = self.floating()?;
                let value = match number {
                    Floating::Digits(digits) => digits.parse::<f32>().unwrap_or(f32::NAN),
                    Floating::Special(value) if value.is_nan() => f32::NAN,
                    Floating::Special(_) => f32::INFINITY,
                };
                Ok(Value::Float(if is_negative { -value } else { value }))
            }
            LayoutKind::Double => {
                let (is_negative, number) = self.floating()?;
                let value = match number {
                    Floating::Digits(digits) => digits.parse::<f64>().unwrap_or(f64::NAN),
                    Floating::Special(value) => value,
                };
                Ok(Value::Double(if is_negative { -value } else { value }))
            }
            LayoutKind::String { is_verified } => {
                let at = self.token;
                let bytes = self.string()?;
                match std::str::from_utf8(bytes) {
                    Ok(text) => Ok(Value::String(text)),
                    Err(_) if is_verified => Err(Failure::new(ReadErrorKind::Utf8, &at)),
                    Err(_) => Ok(Value::Bytes(bytes)),
                }
            }
            LayoutKind::Bytes => self.string().map(Value::Bytes),
            LayoutKind::Enum(id) => self.symbol(id).map(Value::Symbol),
            _ => Err(Failure::new(ReadErrorKind::Mismatch, &self.token)),
        }
    }

    fn boolean(&mut self) -> Parsed<bool> {
        let truth = match (self.token.kind, self.token.text) {
            (TokenKind::Word, "true" | "True" | "t") => Some(true),
            (TokenKind::Word, "false" | "False" | "f") => Some(false),
            _ => match integer(&self.token) {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
        };
        let truth = truth.ok_or_else(|| self.unexpected("`true`, `false`, 1 or 0"))?;
        self.advance();
        Ok(truth)
    }

    /// An integer without its sign, with its token.
    fn magnitude(&mut self, expected: &'static str) -> Parsed<(u64, Token<'a>)> {
        if !matches!(self.token.kind, TokenKind::Decimal | TokenKind::Octal | TokenKind::Hexadecimal) {
            return Err(self.unexpected(expected));
        }
        let number = integer(&self.token);
        let number = number.ok_or_else(|| Failure::new(ReadErrorKind::OutOfRange, &self.token))?;
        Ok((number, self.advance()))
    }

    fn signed(&mut self, int: Int) -> Parsed<i64> {
        let is_negative = self.takes("-");
        let (magnitude, token) = self.magnitude("an integer")?;
        let number = if is_negative { 0_i64.checked_sub_unsigned(magnitude) } else { magnitude.try_into().ok() };
        let fits = |number: &i64| int.bits == 64 || i32::try_from(*number).is_ok();
        number.filter(fits).ok_or_else(|| Failure::new(ReadErrorKind::OutOfRange, &token))
    }

    fn unsigned(&mut self, int: Int) -> Parsed<u64> {
        let (number, token) = self.magnitude("an integer without a sign")?;
        if int.bits != 64 && u32::try_from(number).is_err() {
            return Err(Failure::new(ReadErrorKind::OutOfRange, &token));
        }
        Ok(number)
    }

    fn floating(&mut self) -> Parsed<(bool, Floating<'a>)> {
        let is_negative = self.takes("-");
        let number = match self.token.kind {
            TokenKind::Word => special(self.token.text).map(Floating::Special),
            _ => decimal(&self.token).map(Floating::Digits),
        };
        let number = number.ok_or_else(|| self.unexpected("a decimal number, `inf` or `nan`"))?;
        self.advance();
        Ok((is_negative, number))
    }

    fn symbol(&mut self, id: u32) -> Parsed<i32> {
        let declared = self.layout.declared_enum(id);
        if self.token.kind == TokenKind::Word {
            let number = declared.number(self.token.text);
            let number = number.ok_or_else(|| Failure::new(ReadErrorKind::UnknownSymbol, &self.token))?;
            self.advance();
            return Ok(number);
        }
        let is_negative = self.takes("-");
        let (magnitude, token) = self.magnitude("the name or number of a symbol")?;
        let number = if is_negative { 0_i64.checked_sub_unsigned(magnitude) } else { magnitude.try_into().ok() };
        let number = number.and_then(|number| i32::try_from(number).ok());
        let number = number.ok_or_else(|| Failure::new(ReadErrorKind::OutOfRange, &token))?;
        if declared.is_open || declared.symbol(number).is_some() {
            Ok(number)
        } else {
            Err(Failure::new(ReadErrorKind::UnknownSymbol, &token))
        }
    }

    /// Strings behind each other, as one. What is one string without escapes stays where it is.
    fn string(&mut self) -> Parsed<&'a [u8]> {
        if self.token.kind != TokenKind::String {
            return Err(self.unexpected("a string"));
        }
        let first = self.advance();
        let inside = inside(&first);
        if self.token.kind != TokenKind::String && !inside.contains('\\') {
            return Ok(inside.as_bytes());
        }
        self.unescaped.clear();
        self.unescape(&first)?;
        while self.token.kind == TokenKind::String {
            let next = self.advance();
            self.unescape(&next)?;
        }
        let kept = self.arena.keep_slice(&self.unescaped).map_err(|fault| self.stopped(fault))?;
        Ok(kept)
    }

    fn unescape(&mut self, token: &Token<'a>) -> Parsed<()> {
        let string = inside(token);
        let room = self.scratch.reserve(&mut self.unescaped, string.len());
        room.map_err(|fault| self.stopped(fault))?;
        unescape(string, &mut self.unescaped).map_err(|NoEscape { at, size }| {
            let found = string.get(at..at.saturating_add(size)).unwrap_or_default();
            Failure::at(ReadErrorKind::Escape, found, token.at.saturating_add(1).saturating_add(at))
        })
    }
}

/// A number with a point, before its sign is looked at.
enum Floating<'a> {
    Digits(&'a str),
    Special(f64),
}

/// A string without its quotes.
fn inside<'a>(token: &Token<'a>) -> &'a str {
    let end = token.text.len().saturating_sub(1);
    token.text.get(1..end).unwrap_or_default()
}

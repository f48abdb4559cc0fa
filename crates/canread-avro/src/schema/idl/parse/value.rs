//! JSON values in defaults and annotations, with the numbers of Java.
//!
//! ```text
//! value  = object | array | string | integer | float | "true" | "false" | "null"
//! object = "{" [string ":" value ("," string ":" value)*] "}"
//! array  = "[" [value ("," value)*] "]"
//! ```
//!
//! Source: `jsonValue` in the grammar of Avro 1.12. The empty object is missing there, but the tests beside it have it.

use std::borrow::Cow;

use super::super::super::ast::{Member, Text, Value, ValueKind};
use super::super::lex::{TokenKind, decoded, float_value, integer_value, shown};
use super::{Parse, Parser, VALUE_DEPTH_MAX};

/// An array or object whose end has not been read.
enum Open<'a> {
    Array(u32, Vec<Value<'a>>),
    /// With the key of the value that is being read.
    Object(u32, Vec<Member<'a>>, Text<'a>),
}

impl<'a> Parser<'a> {
    /// A value; `what` it is for. Values inside it are read without recursion.
    pub(super) fn value(&mut self, what: &str) -> Parse<Value<'a>> {
        let mut open = Vec::new();
        let read = self.values(&mut open, what);
        if read.is_err() {
            // What is left of an object has braces, which close nothing else.
            let objects = open.iter().filter(|open| matches!(open, Open::Object(..))).count();
            self.skip_to_close(b'{', b'}', objects);
        }
        read
    }

    fn values(&mut self, open: &mut Vec<Open<'a>>, what: &str) -> Parse<Value<'a>> {
        loop {
            let start = self.token.start;
            let opened = self.at(b'{') || self.at(b'[');
            if opened && open.len() == VALUE_DEPTH_MAX {
                return Err(self.too_deep("values", VALUE_DEPTH_MAX));
            }
            let kind = if self.eat(b'[') {
                if !self.eat(b']') {
                    open.push(Open::Array(start, Vec::new()));
                    continue;
                }
                ValueKind::Array(Vec::new())
            } else if self.eat(b'{') {
                if !self.eat(b'}') {
                    open.push(Open::Object(start, Vec::new(), Text { text: "".into(), span: self.token_span() }));
                    self.next_key(open)?;
                    continue;
                }
                ValueKind::Object(Vec::new())
            } else {
                self.scalar(if open.is_empty() { what } else { "a value" })?
            };
            if let Some(outermost) = self.close_values(open, Value { span: self.span_from(start), kind })? {
                return Ok(outermost);
            }
        }
    }

    /// The ends of the arrays and objects that end behind a value. Returns the outermost one, or
    /// `None` if another value follows.
    fn close_values(&mut self, open: &mut Vec<Open<'a>>, mut value: Value<'a>) -> Parse<Option<Value<'a>>> {
        while let Some(mut last) = open.pop() {
            let close = match &mut last {
                Open::Array(_, values) => {
                    values.push(value);
                    b']'
                }
                Open::Object(_, members, key) => {
                    members.push(Member { key: key.clone(), value });
                    b'}'
                }
            };
            if self.eat(b',') {
                open.push(last);
                self.next_key(open)?;
                return Ok(None);
            }
            if !self.eat(close) {
                open.push(last);
                return Err(self.expected(&format!("`,` or `{}` after the value", char::from(close))));
            }
            let (start, kind) = match last {
                Open::Array(start, values) => (start, ValueKind::Array(values)),
                Open::Object(start, members, _) => (start, ValueKind::Object(members)),
            };
            value = Value { span: self.span_from(start), kind };
        }
        Ok(Some(value))
    }

    /// In an object: the key of the next value.
    fn next_key(&mut self, open: &mut [Open<'a>]) -> Parse<()> {
        if let Some(Open::Object(_, _, key)) = open.last_mut() {
            *key = self.string("a key in double quotes")?;
            self.expect(b':', "after the key")?;
        }
        Ok(())
    }

    fn scalar(&mut self, what: &str) -> Parse<ValueKind<'a>> {
        let (word, bad) = (self.word(), self.token.bad);
        let kind = match self.token.kind {
            TokenKind::String => ValueKind::String(decoded(word)),
            TokenKind::Float | TokenKind::Integer if bad => ValueKind::Null,
            TokenKind::Float => ValueKind::Number(float_value(word)),
            TokenKind::Integer => self.integer(word),
            TokenKind::Name => match word {
                "null" => ValueKind::Null,
                "true" => ValueKind::Bool(true),
                "false" => ValueKind::Bool(false),
                "NaN" => ValueKind::Number(Cow::Borrowed("NaN")),
                "Infinity" => ValueKind::Number(Cow::Borrowed("Infinity")),
                _ => return Err(self.expected_help(what, "texts and enum symbols stand in double quotes")),
            },
            TokenKind::Symbol(b'\'') => return Err(self.expected_help(what, "put it in double quotes")),
            _ => return Err(self.expected(what)),
        };
        self.bump();
        Ok(kind)
    }

    /// The integer at the token.
    fn integer(&mut self, word: &'a str) -> ValueKind<'a> {
        if let Some(value) = integer_value(word) {
            return ValueKind::Number(spelled(word, value));
        }
        let message = format!("`{}` does not fit into 64 bits", shown(word));
        self.forbid("avro/idl_number", self.token_span(), message);
        ValueKind::Null
    }
}

/// An integer as JSON spells it: as it stands, if it can.
fn spelled(word: &str, value: i64) -> Cow<'_, str> {
    let spelled = value.to_string();
    if spelled == word { Cow::Borrowed(word) } else { Cow::Owned(spelled) }
}

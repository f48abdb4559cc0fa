//! Text to values.
//!
//! | file | holds |
//! |---|---|
//! | this one | messages and their fields |
//! | `scalar` | numbers, texts and symbols by the types that they are for |
//! | `run` | scalars in brackets |
//! | `entry` | entries of maps |
//! | `expanded` | messages within `Any` |
//! | `name` | names of fields, extensions and URLs |
//! | `pass` | values that nobody asked for |
//! | `collect` | lists and maps, put together at the end of their message |
//! | `failure` | why it stopped |
//!
//! Source: Protobuf, "Text Format Language Specification", section "Syntax Elements".

mod collect;
mod entry;
mod expanded;
mod failure;
mod name;
mod pass;
mod run;
mod scalar;

use canread_model::{Format, Presence};
use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, Record, RecordLayout, Scratch, TypeId, Value, WellKnown};
use canread_wire::{Budget, Fault};

use super::error::{ReadError, ReadErrorKind};
use super::lex::{Lexer, Token, TokenKind};
use super::names;
use super::options::ReadOptions;
use collect::Pending;
use failure::{Failure, Parsed};
use name::Name;

pub(super) fn read<'a>(
    layout: &'a Layout,
    text: &'a str,
    arena: &'a Arena,
    options: &ReadOptions,
) -> Result<Value<'a>, ReadError> {
    let limits = &options.limits;
    let narrowed = arena.narrowed(limits);
    let begin = || {
        let budget = Budget::new(limits, text.len()).map_err(|fault| Failure::of_limit(fault, 0))?;
        let mut parser = Parser {
            layout,
            text,
            arena,
            lexer: Lexer::new(text),
            token: Token { kind: TokenKind::End, text: "", at: 0 },
            budget: budget.with_the_outermost(),
            scratch: Scratch::new(arena, limits),
            pending: Vec::new(),
            base: 0,
            unescaped: Vec::new(),
            ignores_unknown: options.ignores_unknown,
        };
        parser.advance();
        match layout.root_in(Format::Protobuf).map(|root| layout.kind(root)) {
            Some(LayoutKind::Record(id)) => parser.message(id, ""),
            _ => Err(Failure::new(ReadErrorKind::Mismatch, &parser.token)),
        }
    };
    begin().map_err(|failure| failure.into_error(text, &narrowed))
}

/// One reading.
struct Parser<'a> {
    layout: &'a Layout,
    text: &'a str,
    arena: &'a Arena,
    lexer: Lexer<'a>,
    /// What comes next.
    token: Token<'a>,
    budget: Budget,
    scratch: Scratch<'a>,
    /// Items and entries of messages that are not read to their ends, the inner ones behind the outer ones.
    pending: Vec<Pending<'a>>,
    /// How much waited when the message that is read now began.
    base: usize,
    /// What the escapes of one string stand for.
    unescaped: Vec<u8>,
    ignores_unknown: bool,
}

impl<'a> Parser<'a> {
    /// The token that comes next, which is then behind.
    fn advance(&mut self) -> Token<'a> {
        std::mem::replace(&mut self.token, self.lexer.take())
    }

    /// Whether a sign came next; it is then behind.
    fn takes(&mut self, sign: &str) -> bool {
        let is_there = self.token.is(sign);
        if is_there {
            self.advance();
        }
        is_there
    }

    fn expect(&mut self, sign: &str, expected: &'static str) -> Parsed<()> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    /// What comes next is not what was expected, or no token at all.
    #[cold]
    fn unexpected(&self, expected: &'static str) -> Failure {
        match self.token.kind {
            TokenKind::Bad(kind) => Failure::new(kind, &self.token),
            _ => Failure::new(ReadErrorKind::Unexpected { expected }, &self.token),
        }
    }

    /// What a limit says, where it was noticed.
    #[cold]
    fn stopped(&self, fault: Fault) -> Failure {
        Failure::of_limit(fault, self.token.at)
    }

    /// The sign that ends the message which begins here, behind the one that begins it.
    fn open(&mut self) -> Parsed<&'static str> {
        let close = match self.token.text {
            "{" => "}",
            "<" => ">",
            _ => return Err(self.unexpected("a message in `{}` or `<>`")),
        };
        self.advance();
        Ok(close)
    }

    /// The fields of a message and the sign that ends it, which for the outermost one is the end. Recurses as deep as the budget
    /// allows.
    fn message(&mut self, id: u32, close: &str) -> Parsed<Value<'a>> {
        self.budget.enter().map_err(|fault| self.stopped(fault))?;
        let record = self.layout.record(id);
        let slots = self.slots(record)?;
        let outer = std::mem::replace(&mut self.base, self.pending.len());
        while !self.is_closed(close)? {
            self.field(record, slots)?;
            self.separator();
        }
        self.gather(record, slots)?;
        self.base = outer;
        let value = self.whole(record, slots)?;
        self.budget.leave();
        Ok(value)
    }

    /// A message without fields.
    fn empty(&mut self, id: u32) -> Parsed<Value<'a>> {
        let record = self.layout.record(id);
        let slots = self.slots(record)?;
        self.whole(record, slots)
    }

    fn slots(&self, record: &RecordLayout) -> Parsed<&'a mut [Value<'a>]> {
        self.arena.keep_filled(record.fields.len(), Value::Absent).map_err(|fault| self.stopped(fault))
    }

    /// The message of these fields, unless one is missing.
    fn whole(&self, record: &RecordLayout, slots: &'a [Value<'a>]) -> Parsed<Value<'a>> {
        let missing = |(field, value): &(&FieldLayout, &Value<'_>)| {
            field.presence == Presence::Required && matches!(value, Value::Absent)
        };
        if let Some((field, _)) = record.fields.iter().zip(slots).find(missing) {
            let failure = Failure::at(ReadErrorKind::MissingField, &field.name, self.token.at);
            return Err(failure.within(&field.name));
        }
        let record = self.arena.keep(Record { fields: slots, unknown: &[] }).map_err(|fault| self.stopped(fault))?;
        Ok(Value::Record(record))
    }

    /// What may stand between a field and the next one.
    fn separator(&mut self) {
        if !self.takes(",") {
            self.takes(";");
        }
    }

    fn is_closed(&mut self, close: &str) -> Parsed<bool> {
        if close.is_empty() {
            return Ok(self.token.kind == TokenKind::End);
        }
        if self.token.kind == TokenKind::End {
            return Err(self.unexpected("a field or the end of its message"));
        }
        Ok(self.takes(close))
    }

    fn field(&mut self, record: &'a RecordLayout, slots: &mut [Value<'a>]) -> Parsed<()> {
        let name = self.name()?;
        if let Name { url: Some(_), .. } = name
            && record.well_known == Some(WellKnown::Any)
        {
            return self.expanded(record, slots, &name);
        }
        let found = names::find(self.layout, record, &name.text);
        let Some((at, field)) = found.and_then(|at| Some((at, record.fields.get(at)?))) else {
            let is_reserved = record.is_reserved(&name.text);
            if is_reserved || self.ignores_unknown {
                return self.pass_value();
            }
            return Err(Failure::at(ReadErrorKind::UnknownField, &name.text, name.at));
        };
        self.known_field(record, (at, field), slots, &name).map_err(|failure| failure.within(&field.name))
    }

    /// What stands behind the name of a field.
    fn known_field(
        &mut self,
        record: &'a RecordLayout,
        (at, field): (usize, &'a FieldLayout),
        slots: &mut [Value<'a>],
        name: &Name<'a>,
    ) -> Parsed<()> {
        match self.layout.kind(field.ty) {
            LayoutKind::List { item, .. } => {
                self.colon(item)?;
                let kind = self.layout.kind(item);
                if !matches!(kind, LayoutKind::Record(_)) && self.takes("[") {
                    if self.takes("]") {
                        return Ok(());
                    }
                    let run = self.run(at, kind)?;
                    return self.wait(at, Value::List(run));
                }
                self.items((at, 1), |parser| {
                    let value = parser.value(item)?;
                    parser.wait(at, value)
                })
            }
            LayoutKind::Map { key, value } => {
                self.takes(":");
                self.items((at, 2), |parser| {
                    let (key, value) = parser.entry(key, value)?;
                    parser.wait(at, key)?;
                    parser.wait(at, value)
                })
            }
            _ => {
                is_free(record, (at, field), slots, name)?;
                self.colon(field.ty)?;
                if self.token.is("[") {
                    return Err(Failure::new(ReadErrorKind::NoList, &self.token));
                }
                let value = self.value(field.ty)?;
                if let Some(slot) = slots.get_mut(at) {
                    *slot = value;
                }
                Ok(())
            }
        }
    }

    /// The colon between a name and a value, which may be left out before messages.
    fn colon(&mut self, ty: TypeId) -> Parsed<()> {
        let is_message = matches!(self.layout.kind(ty), LayoutKind::Record(_));
        if self.takes(":") || is_message { Ok(()) } else { Err(self.unexpected("`:`")) }
    }

    /// One item or a list of them, of the field at that place, each of which has so many parts that wait.
    fn items(&mut self, field: (usize, usize), mut item: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        if !self.takes("[") {
            return self.item(field, &mut item);
        }
        if self.takes("]") {
            return Ok(());
        }
        loop {
            self.item(field, &mut item)?;
            if self.takes("]") {
                return Ok(());
            }
            self.expect(",", "`,` or `]`")?;
        }
    }

    fn item(&mut self, field: (usize, usize), item: &mut impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        self.budget.items(1).map_err(|fault| self.stopped(fault))?;
        let waiting = self.base..self.pending.len();
        item(self).map_err(|failure| failure.at_item(self.index(field, waiting)))
    }

    fn value(&mut self, ty: TypeId) -> Parsed<Value<'a>> {
        match self.layout.kind(ty) {
            LayoutKind::Record(id) => {
                let close = self.open()?;
                self.message(id, close)
            }
            kind => self.scalar(kind),
        }
    }
}

/// Whether a field that may be there once is not there yet, nor is another member of its oneof.
fn is_free(
    record: &RecordLayout,
    (at, field): (usize, &FieldLayout),
    slots: &[Value<'_>],
    name: &Name<'_>,
) -> Parsed<()> {
    let is_there = |at: usize| slots.get(at).is_some_and(|value| !matches!(value, Value::Absent));
    if is_there(at) {
        return Err(Failure::at(ReadErrorKind::Twice, &name.text, name.at));
    }
    let Some(oneof) = field.oneof else { return Ok(()) };
    let mut others = record.fields.iter().enumerate().filter(|(_, other)| other.oneof == Some(oneof));
    if others.any(|(at, _)| is_there(at)) {
        return Err(Failure::at(ReadErrorKind::Oneof, &name.text, name.at));
    }
    Ok(())
}

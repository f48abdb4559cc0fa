//! Scalars in brackets.

use canread_plan::{LayoutKind, List, Value};

use super::super::lex::TokenKind;
use super::Parser;
use super::failure::Parsed;

impl<'a> Parser<'a> {
    /// Scalars whose first bracket was taken. They are counted before they are read, so that memory is asked for as many as there
    /// are, and no more.
    pub(super) fn run(&mut self, field: usize, kind: LayoutKind) -> Parsed<List<'a>> {
        let count = self.count();
        macro_rules! of {
            ($list:ident, $value:ident, $zero:expr) => {{
                let slots = self.arena.keep_filled(count, $zero).map_err(|fault| self.stopped(fault))?;
                self.fill((field, kind), slots, |value| match value {
                    Value::$value(value) => Some(value),
                    _ => None,
                })?;
                List::$list(slots)
            }};
        }
        Ok(match kind {
            LayoutKind::Bool => of!(Bools, Bool, false),
            LayoutKind::Int(int) if int.signed => of!(Ints, Int, 0),
            LayoutKind::Int(_) => of!(Uints, Uint, 0),
            LayoutKind::Float => of!(Floats, Float, 0.0),
            LayoutKind::Double => of!(Doubles, Double, 0.0),
            LayoutKind::Enum(_) => of!(Symbols, Symbol, 0),
            _ => {
                let slots = self.arena.keep_filled(count, Value::Absent).map_err(|fault| self.stopped(fault))?;
                self.fill((field, kind), slots, Some)?;
                List::Values(slots)
            }
        })
    }

    /// Reads as many items as there are slots, and the bracket behind them.
    fn fill<T>(
        &mut self,
        (field, kind): (usize, LayoutKind),
        slots: &mut [T],
        of: impl Fn(Value<'a>) -> Option<T>,
    ) -> Parsed<()> {
        for (at, slot) in slots.iter_mut().enumerate() {
            if at > 0 {
                self.expect(",", "`,` or `]`")?;
            }
            self.budget.items(1).map_err(|fault| self.stopped(fault))?;
            let value = self.scalar(kind).map_err(|failure| {
                let before = self.index((field, 1), self.base..self.pending.len());
                failure.at_item(before.saturating_add(at))
            })?;
            if let Some(value) = of(value) {
                *slot = value;
            }
        }
        self.expect("]", "`,` or `]`")
    }

    /// How many items there are up to the next bracket, as far as these are scalars: what is none is met when they are read.
    fn count(&self) -> usize {
        let (mut ahead, mut token) = (self.lexer.clone(), self.token);
        let mut count = 1_usize;
        loop {
            match token.kind {
                TokenKind::End | TokenKind::Bad(_) => return count,
                TokenKind::Sign if token.is(",") => count = count.saturating_add(1),
                TokenKind::Sign if !token.is("-") => return count,
                _ => {}
            }
            token = ahead.take();
        }
    }
}

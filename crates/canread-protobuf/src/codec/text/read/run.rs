//! Scalars in brackets.

use canread_plan::{LayoutKind, List, Slots};

use super::super::lex::TokenKind;
use super::Parser;
use super::failure::Parsed;

impl<'a> Parser<'a> {
    /// Scalars whose first bracket was taken. They are counted before they are read, so that memory is asked for as many as there
    /// are, and no more.
    pub(super) fn run(&mut self, field: usize, kind: LayoutKind) -> Parsed<List<'a>> {
        let count = self.count();
        let mut slots = Slots::new(self.arena, kind, count).map_err(|fault| self.stopped(fault))?;
        for at in 0..count {
            if at > 0 {
                self.expect(",", "`,` or `]`")?;
            }
            self.budget.items(1).map_err(|fault| self.stopped(fault))?;
            let value = self.scalar(kind).map_err(|failure| {
                let before = self.index((field, 1), self.base..self.pending.len());
                failure.at_item(before.saturating_add(at))
            })?;
            slots.push(value).map_err(|fault| self.stopped(fault))?;
        }
        self.expect("]", "`,` or `]`")?;
        Ok(slots.into_list())
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

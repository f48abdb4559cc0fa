//! Names.
//!
//! ```text
//! name = part (("." | "-") part)*
//! part = letter (letter | digit)* | "`" letter (letter | digit)* "`"
//! ```
//!
//! A letter is any letter of Unicode, or an underscore.

use std::borrow::Cow;

use memchr::memchr2;

use super::{Lexer, ProblemKind};

impl Lexer<'_> {
    /// Takes a name, whose first character is a letter or a backtick.
    pub(super) fn name(&mut self) {
        self.part();
        while matches!(self.byte(), Some(b'.' | b'-')) && self.part_follows() {
            self.at += 1;
            self.part();
        }
    }

    /// Whether a part of a name starts behind the byte at the current offset.
    fn part_follows(&self) -> bool {
        let mut behind = self.text.get(self.at + 1..).unwrap_or_default().chars();
        match behind.next() {
            // Whether it is closed is looked up twice only for the last one of its line.
            Some('`') => closing_backtick(behind.as_str().as_bytes()).is_some(),
            Some(first) => may_start(first),
            None => false,
        }
    }

    fn part(&mut self) {
        if self.byte() != Some(b'`') {
            self.letters();
            return;
        }
        let start = self.at;
        self.at += 1;
        let Some(length) = closing_backtick(self.rest()) else {
            self.letters();
            self.problem(ProblemKind::UnclosedName, start, self.at);
            return;
        };
        let quoted = self.text.get(self.at..self.at + length).unwrap_or_default();
        self.at += length + 1;
        if !is_part(quoted) {
            self.problem(ProblemKind::WrongName, start, self.at);
        }
    }

    fn letters(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(|c| !may_continue(c)).unwrap_or(rest.len());
    }
}

/// Offset of the backtick that closes a part, which it does on its line or not at all.
fn closing_backtick(rest: &[u8]) -> Option<usize> {
    memchr2(b'`', b'\n', rest).filter(|&at| rest.get(at) == Some(&b'`'))
}

fn is_part(text: &str) -> bool {
    text.starts_with(may_start) && text.chars().all(may_continue)
}

/// Whether a part of a name may start with the character.
///
/// Source: `IdentifierPart` in the grammar of Avro 1.12, with the underscore that the tests beside it have.
pub(super) fn may_start(c: char) -> bool {
    c == '_' || c.is_alphabetic()
}

fn may_continue(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The name that a token stands for.
pub(in super::super) fn without_backticks(word: &str) -> Cow<'_, str> {
    if word.contains('`') { Cow::Owned(word.replace('`', "")) } else { Cow::Borrowed(word) }
}

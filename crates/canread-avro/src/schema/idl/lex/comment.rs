//! Blanks and comments, and which comments are documentation.
//!
//! ```text
//! documentation = "/**" … "*/"      but not "/**/"
//! comment       = "/*" … "*/" | "//" … line end
//! ```

use memchr::{memchr, memchr2};

use super::{Lexer, ProblemKind};

impl Lexer<'_> {
    /// Moves to the first byte that is neither a blank nor part of a comment.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            self.at +=
                self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)).count();
            match self.rest() {
                [b'/', b'/', ..] => self.skip_line_comment(),
                [b'/', b'*', ..] => self.skip_block_comment(),
                _ => return,
            }
        }
    }

    /// Moves to the line end. A carriage return alone is one, too.
    fn skip_line_comment(&mut self) {
        let rest = self.rest();
        self.at += memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    }

    fn skip_block_comment(&mut self) {
        let start = self.at;
        let is_doc = self.peek(2) == Some(b'*') && self.peek(3) != Some(b'/');
        self.at += if is_doc { 3 } else { 2 };
        loop {
            let rest = self.rest();
            let Some(star) = memchr(b'*', rest) else {
                self.at += rest.len();
                self.problem(ProblemKind::UnclosedComment, start, start + 2);
                return;
            };
            self.at += star + 1;
            if self.byte() == Some(b'/') {
                self.at += 1;
                break;
            }
        }
        if is_doc {
            self.docs.push(self.span(start, self.at));
        }
    }
}

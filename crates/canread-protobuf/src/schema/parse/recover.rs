//! Skipping what fits no rule, so that the next statement is read as usual.
//!
//! Nothing here calls itself, and every token that is skipped is skipped once.

use super::super::lex::TokenKind;
use super::Parser;

/// Words that, at the start of a line, most likely start a declaration.
const DECLARATION_STARTS: [&str; 15] = [
    "edition",
    "enum",
    "extend",
    "extensions",
    "import",
    "message",
    "oneof",
    "option",
    "optional",
    "package",
    "repeated",
    "required",
    "reserved",
    "rpc",
    "service",
];

impl Parser<'_> {
    /// Skips the rest of a statement that started at `start` and fits no rule.
    ///
    /// Its first token is skipped in any case, unless it closes the block around.
    pub(super) fn skip_failed_statement(&mut self, start: u32) {
        if self.token.start == start && self.token.kind == TokenKind::Ident {
            self.bump();
        }
        self.skip_statement();
    }

    /// Skips to where the next statement most likely starts: behind a `;`, behind a block,
    /// before the `}` of the block around, or at a line that starts like a declaration.
    pub(super) fn skip_statement(&mut self) {
        loop {
            match self.token.kind {
                TokenKind::End | TokenKind::Symbol(b'}') => return,
                TokenKind::Symbol(b';') => return self.finish_nothing(),
                TokenKind::Symbol(b'{') => {
                    self.skip_block();
                    if !matches!(self.token.kind, TokenKind::Symbol(b',' | b']' | b';')) {
                        return;
                    }
                }
                TokenKind::Ident if self.starts_line() && DECLARATION_STARTS.contains(&self.word()) => return,
                _ => self.bump(),
            }
        }
    }

    /// Skips a block from its `{` to its `}`.
    pub(super) fn skip_block(&mut self) {
        let mut depth = 0_usize;
        self.open_blocks.push(self.token.start);
        loop {
            match self.token.kind {
                TokenKind::Symbol(b'{') => depth += 1,
                TokenKind::Symbol(b'}') if depth == 1 => {
                    self.finish_block();
                    break;
                }
                TokenKind::Symbol(b'}') => depth -= 1,
                TokenKind::End => {
                    self.unclosed_block();
                    break;
                }
                _ => {}
            }
            self.bump();
        }
        self.open_blocks.pop();
    }

    /// Skips to the end of the open literals beyond the first `depth`.
    ///
    /// A `}` also closes what was opened with another bracket inside it.
    pub(super) fn skip_literals(&mut self, depth: usize) {
        while self.open_literals.len() > depth {
            match self.token.kind {
                TokenKind::End => {
                    self.open_literals.truncate(depth);
                    return;
                }
                TokenKind::Symbol(open @ (b'{' | b'<' | b'[')) => self.open_literals.push(open),
                TokenKind::Symbol(b'}') => {
                    while self.open_literals.len() > depth && self.open_literals.pop() != Some(b'{') {}
                }
                TokenKind::Symbol(b'>') => self.close_literal(b'<'),
                TokenKind::Symbol(b']') => self.close_literal(b'['),
                _ => {}
            }
            self.bump();
        }
    }

    fn close_literal(&mut self, open: u8) {
        if self.open_literals.last() == Some(&open) {
            self.open_literals.pop();
        }
    }
}

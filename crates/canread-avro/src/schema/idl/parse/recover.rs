//! Skipping what fits no rule, so that the next statement is read as usual.
//!
//! Nothing here calls itself, and every token that is skipped is skipped once.

use super::super::lex::TokenKind;
use super::Parser;

/// Words that, at the start of a line or behind a block, most likely start a declaration.
const DECLARATION_STARTS: [&str; 8] = ["enum", "error", "fixed", "import", "namespace", "protocol", "record", "schema"];

impl Parser<'_> {
    /// Skips the rest of a statement that started at `start` and fits no rule.
    ///
    /// Its first token is skipped in any case, unless it closes the block around.
    pub(super) fn skip_failed_statement(&mut self, start: u32) {
        if self.token.start == start && !self.at(b'}') && !self.at(b'{') {
            self.skip_token();
        }
        self.skip_statement();
    }

    /// Skips to where the next statement most likely starts: behind a `;`, behind a block,
    /// before the `}` of the block around, or at a line that starts like a declaration.
    pub(super) fn skip_statement(&mut self) {
        loop {
            match self.token.kind {
                TokenKind::End | TokenKind::Symbol(b'}') => return,
                TokenKind::Symbol(b';') => return self.skip_token(),
                TokenKind::Symbol(b'{') => {
                    self.skip_block();
                    // The braces of a union or of a default are followed by more of the statement.
                    let goes_on = !self.starts_line() || matches!(self.token.kind, TokenKind::Symbol(b',' | b';'));
                    if !goes_on || self.at_declaration() {
                        return;
                    }
                }
                TokenKind::Name if self.starts_line() && self.at_declaration() => return,
                TokenKind::Symbol(b'@') if self.starts_line() => return,
                _ => self.skip_token(),
            }
        }
    }

    fn at_declaration(&self) -> bool {
        self.at(b'@') || (self.token.kind == TokenKind::Name && DECLARATION_STARTS.contains(&self.word()))
    }

    /// Skips a block from its `{` to its `}`.
    pub(super) fn skip_block(&mut self) {
        let mut depth = 0_usize;
        self.open_blocks.push(self.token.start);
        loop {
            match self.token.kind {
                TokenKind::Symbol(b'{') => depth += 1,
                TokenKind::Symbol(b'}') => depth -= 1,
                TokenKind::End => {
                    self.unclosed_block();
                    break;
                }
                _ => {}
            }
            self.skip_token();
            if depth == 0 {
                break;
            }
        }
        self.open_blocks.pop();
    }

    /// Skips to behind the `close`s of so many `open`s that have been taken, or to where they are lost.
    pub(super) fn skip_to_close(&mut self, open: u8, close: u8, mut depth: usize) {
        while depth > 0 {
            match self.token.kind {
                TokenKind::End | TokenKind::Symbol(b';') => return,
                TokenKind::Symbol(symbol) if symbol == open => depth += 1,
                TokenKind::Symbol(symbol) if symbol == close => depth -= 1,
                // No value has such words in it.
                TokenKind::Name if (open == b'(' || self.starts_line()) && self.at_declaration() => return,
                _ => {}
            }
            self.skip_token();
        }
    }
}

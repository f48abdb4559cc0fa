//! Looking at tokens and taking them, and handing comments to the declarations they belong to.

use canread_syntax::Span;

use super::super::ast::{Comments, CommentsId, Ident};
use super::super::lex::{Token, TokenKind};
use super::{Parse, Parser};

impl<'a> Parser<'a> {
    /// Goes to the first token.
    pub(super) fn start(&mut self) {
        let (token, trivia) = self.lexer.next_with_comments(true, &mut self.detached);
        self.leading = trivia.leading;
        self.take(token);
        self.previous = Token { end: self.token.start, ..self.previous };
    }

    /// Takes the token. Comments behind it belong to nothing.
    pub(super) fn bump(&mut self) {
        let token = self.lexer.next_token();
        self.take(token);
    }

    fn take(&mut self, token: Token) {
        self.previous = self.token;
        self.token = token;
        if token.bad {
            for problem in self.lexer.problems.drain(..) {
                self.reports.end_is_reported |= problem.swallows();
                self.reports.add(problem.diagnostic(self.text));
            }
        }
    }

    /// The text of the token.
    pub(super) fn word(&self) -> &'a str {
        self.slice(self.token.start, self.token.end)
    }

    pub(super) fn slice(&self, start: u32, end: u32) -> &'a str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn at(&self, symbol: u8) -> bool {
        self.token.is_symbol(symbol)
    }

    pub(super) fn at_end(&self) -> bool {
        self.token.kind == TokenKind::End
    }

    pub(super) fn at_word(&self, word: &str) -> bool {
        self.token.kind == TokenKind::Ident && self.word() == word
    }

    /// The token behind this one.
    pub(super) fn second_token(&self) -> Token {
        self.lexer.ahead().next_token()
    }

    pub(super) fn eat(&mut self, symbol: u8) -> bool {
        let found = self.at(symbol);
        if found {
            self.bump();
        }
        found
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.bump();
        }
        found
    }

    /// Takes a symbol that has to stand here.
    pub(super) fn expect(&mut self, symbol: u8, place: &str) -> Parse<()> {
        if self.eat(symbol) {
            return Ok(());
        }
        Err(self.expected(&format!("`{}` {place}", char::from(symbol))))
    }

    /// Takes an identifier, keywords among them.
    pub(super) fn ident(&mut self, what: &str) -> Parse<Ident<'a>> {
        if self.token.kind != TokenKind::Ident {
            return Err(self.expected(what));
        }
        let ident = Ident { text: self.word(), span: self.token_span() };
        self.bump();
        Ok(ident)
    }

    pub(super) fn token_span(&self) -> Span {
        Span::new(self.id, self.token.start, self.token.end)
    }

    /// From `start` to the end of the token taken last.
    pub(super) fn span_from(&self, start: u32) -> Span {
        Span::new(self.id, start, self.previous.end)
    }

    /// Whether a line end stands before the token.
    pub(super) fn starts_line(&self) -> bool {
        self.slice(self.previous.end, self.token.start).contains('\n')
    }

    /// Takes the `;` or `{` that ends the head of a declaration, and gives the declaration its comments.
    pub(super) fn finish_head(&mut self) -> CommentsId {
        let leading = self.leading;
        std::mem::swap(&mut self.detached, &mut self.spare);
        let trailing = self.take_with_comments();
        let id = self.comments.add(Comments { leading, trailing, detached: &self.spare });
        self.spare.clear();
        id
    }

    /// Takes a `}`. Comments before it that belong to nothing are dropped.
    pub(super) fn finish_block(&mut self) {
        self.detached.clear();
        self.take_with_comments();
    }

    /// Takes a `;` that ends nothing. The detached comments before it still belong to what comes next.
    pub(super) fn finish_nothing(&mut self) {
        self.take_with_comments();
    }

    /// Takes the token, which ends something; returns the comment that trails it.
    fn take_with_comments(&mut self) -> Option<Span> {
        let (token, trivia) = self.lexer.next_with_comments(false, &mut self.detached);
        self.leading = trivia.leading;
        self.take(token);
        trivia.trailing
    }
}

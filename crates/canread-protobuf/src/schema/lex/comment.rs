//! Comments: skipping them, and telling which declaration each belongs to.

use canread_syntax::Span;
use memchr::memchr;

use super::{BLANK, CLASS, Lexer, ProblemKind, Token, TokenKind};

/// The comments between the end of one declaration and the next token.
#[derive(Debug, Default)]
pub(in super::super) struct Trivia {
    /// Belongs to the declaration that just ended.
    pub(in super::super) trailing: Option<Span>,
    /// Belongs to the declaration that the next token starts.
    pub(in super::super) leading: Option<Span>,
}

impl Lexer<'_> {
    /// Moves to the first byte that is neither a blank nor part of a comment.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            self.at += self.rest().iter().take_while(|&&byte| CLASS[usize::from(byte)] & BLANK != 0).count();
            if self.byte() != Some(b'/') {
                return;
            }
            match self.peek(1) {
                Some(b'/') => self.skip_line_comment(),
                Some(b'*') => self.skip_block_comment(),
                _ => return,
            }
        }
    }

    /// Moves to the line end, which is not part of the comment here.
    fn skip_line_comment(&mut self) {
        let rest = self.rest();
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
    }

    fn skip_block_comment(&mut self) {
        let start = self.at;
        self.at += 2;
        loop {
            let rest = self.rest();
            let Some(slash) = memchr(b'/', rest) else {
                self.at += rest.len();
                self.problem(ProblemKind::UnclosedComment, start, start + 2);
                return;
            };
            self.at += slash + 1;
            if slash > 0 && rest.get(slash - 1) == Some(&b'*') {
                return;
            }
            if self.byte() == Some(b'*') {
                self.problem(ProblemKind::NestedComment, self.at - 1, self.at + 1);
            }
        }
    }

    /// The next token, and the comments before it, shared out between the declaration that
    /// ends at the current offset and the one that starts at the next token. Comments
    /// that belong to neither are added to `detached`.
    ///
    /// With `starts_file` no declaration ends here.
    ///
    /// Source: `SourceCodeInfo.Location` in `google/protobuf/descriptor.proto`; where that leaves cases
    /// open, what protoc was seen to do.
    pub(in super::super) fn next_with_comments(
        &mut self,
        starts_file: bool,
        detached: &mut Vec<Span>,
    ) -> (Token, Trivia) {
        let problems = self.problems.len();
        let mut sorter = Sorter { may_trail: !starts_file, pending: None, trivia: Trivia::default(), detached };
        let lone = !starts_file && self.comment_on_the_same_line(&mut sorter);
        let others = self.comments_on_further_lines(&mut sorter);
        let token = self.cut(problems);
        if closes_scope(token) {
            sorter.flush();
        } else if lone && !others {
            // Alone between two declarations on one line, it may belong to either.
            sorter.detached.extend(sorter.trivia.trailing.take());
        }
        sorter.trivia.leading = sorter.pending.map(|(span, _)| span);
        (token, sorter.trivia)
    }

    /// A comment that starts on the line on which the declaration ended trails it. Returns whether
    /// it is a block comment with more behind it on its last line.
    fn comment_on_the_same_line(&mut self, sorter: &mut Sorter<'_>) -> bool {
        self.skip_blanks_in_line();
        let Some(kind) = self.comment_kind() else {
            self.skip_line_end();
            return false;
        };
        sorter.add(self.take_comment(kind), kind);
        sorter.flush();
        if kind == CommentKind::Block {
            self.skip_blanks_in_line();
            return self.byte() != Some(b'\n');
        }
        self.skip_line_end();
        false
    }

    /// Returns whether there were any.
    fn comments_on_further_lines(&mut self, sorter: &mut Sorter<'_>) -> bool {
        let mut any = false;
        loop {
            self.skip_blanks_in_line();
            if let Some(kind) = self.comment_kind() {
                any = true;
                sorter.add(self.take_comment(kind), kind);
                if kind == CommentKind::Block {
                    self.skip_blanks_in_line();
                }
                self.skip_line_end();
            } else if self.byte() == Some(b'\n') {
                self.at += 1;
                sorter.flush();
                sorter.may_trail = false;
            } else {
                return any;
            }
        }
    }

    /// Which kind of comment starts here.
    fn comment_kind(&self) -> Option<CommentKind> {
        match (self.byte(), self.peek(1)) {
            (Some(b'/'), Some(b'*')) => Some(CommentKind::Block),
            (Some(b'/'), Some(b'/')) => Some(CommentKind::Line),
            _ => None,
        }
    }

    fn take_comment(&mut self, kind: CommentKind) -> Span {
        let start = self.at;
        match kind {
            CommentKind::Block => self.skip_block_comment(),
            CommentKind::Line => self.skip_line_comment(),
        }
        self.span(start, self.at)
    }

    fn skip_blanks_in_line(&mut self) {
        let is_blank = |byte: u8| byte != b'\n' && CLASS[usize::from(byte)] & BLANK != 0;
        self.at += self.rest().iter().take_while(|&&byte| is_blank(byte)).count();
    }

    fn skip_line_end(&mut self) {
        if self.byte() == Some(b'\n') {
            self.at += 1;
        }
    }
}

/// Whether no declaration can start at the token, so that no comment can lead one.
fn closes_scope(token: Token) -> bool {
    matches!(token.kind, TokenKind::End | TokenKind::Symbol(b'}' | b']' | b')'))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CommentKind {
    Line,
    Block,
}

/// Shares comments out as they come.
struct Sorter<'d> {
    /// The last comment, while nothing says yet that it doesn't lead the next declaration.
    pending: Option<(Span, CommentKind)>,
    /// Whether a comment can still trail the declaration before.
    may_trail: bool,
    trivia: Trivia,
    detached: &'d mut Vec<Span>,
}

impl Sorter<'_> {
    /// Takes a comment; line comments on successive lines are one.
    fn add(&mut self, span: Span, kind: CommentKind) {
        if let Some((pending, CommentKind::Line)) = &mut self.pending
            && kind == CommentKind::Line
        {
            *pending = pending.to(span);
            return;
        }
        self.flush();
        self.pending = Some((span, kind));
    }

    /// Settles that the last comment doesn't lead the next declaration.
    fn flush(&mut self) {
        let Some((span, _)) = self.pending.take() else { return };
        if self.may_trail {
            self.trivia.trailing = Some(span);
            self.may_trail = false;
        } else {
            self.detached.push(span);
        }
    }
}

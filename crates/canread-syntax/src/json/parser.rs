//! From tokens to the tree, past errors.
//!
//! The parser keeps its own stack. Elements and members of all open arrays and objects lie on two
//! shared stacks and move into a slice of the right size when theirs is closed.

use std::borrow::Cow;

use super::lexer::{Lexer, Token, TokenKind};
use super::{Kind, Limits, Member, Node, Parsed, bare, duplicates, problem};
use crate::{Diagnostic, FileId, Span};

/// What the grammar asks for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// A value: that of the file, or of a member.
    Value,
    /// An element, or the end of the array at its start.
    FirstElement,
    /// An element, behind a comma.
    Element,
    /// A key, or the end of the object at its start.
    FirstKey,
    /// A key, behind a comma.
    Key,
    /// The colon behind a key.
    Colon,
    /// A comma, or the end of the array or object.
    Separator,
    /// The end of the file.
    End,
    /// Nothing: the file is read, or not worth reading further.
    Done,
}

/// An array or object that is still open.
#[derive(Debug)]
struct Frame<'a> {
    open: Span,
    body: Body<'a>,
}

#[derive(Debug)]
enum Body<'a> {
    Array {
        /// Where its elements start among all.
        first: usize,
    },
    Object {
        /// Where its members start among all.
        first: usize,
        /// The key whose value is awaited; `None` also where it could not be read.
        key: Option<(Cow<'a, str>, Span)>,
    },
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    depth_max: u8,
    values_max: usize,
    values: usize,
    frames: Vec<Frame<'a>>,
    elements: Vec<Node<'a>>,
    members: Vec<Member<'a>>,
    root: Option<Node<'a>>,
    /// The last token that was taken.
    last: Span,
    /// Whether what stands between the last separator and here has an error: what else is wrong with it follows from that.
    broken: bool,
}

pub(super) fn parse(file: FileId, text: &str, limits: Limits) -> Parsed<'_> {
    let lexer = Lexer::new(file, text);
    let mut parser = Parser {
        last: lexer.span(lexer.at, lexer.at),
        lexer,
        depth_max: limits.depth_max,
        values_max: limits.values_for(text.len()),
        values: 0,
        frames: Vec::new(),
        elements: Vec::new(),
        members: Vec::new(),
        root: None,
        broken: false,
    };
    let mut expected = Expected::Value;
    while expected != Expected::Done && !parser.lexer.problems.full() {
        let token = parser.lexer.next();
        let span = token.span;
        expected = match expected {
            Expected::Value | Expected::FirstElement | Expected::Element => parser.value(token, expected),
            Expected::FirstKey | Expected::Key => parser.key(token, expected),
            Expected::Colon => parser.colon(token),
            Expected::Separator => parser.separator(token),
            Expected::End | Expected::Done => parser.end(&token),
        };
        if !parser.lexer.is_back() {
            parser.last = span;
        }
    }
    let end = parser.last.after();
    while parser.close_innermost(end) {}
    Parsed { root: parser.root, diagnostics: parser.lexer.problems.finish(end) }
}

impl<'a> Parser<'a> {
    /// Adds an error, unless it follows from another.
    fn report(&mut self, problem: impl FnOnce() -> Diagnostic) {
        if !self.broken {
            self.lexer.problems.add(problem());
        }
        self.broken = true;
    }

    /// Takes a token where a value may start.
    fn value(&mut self, token: Token<'a>, expected: Expected) -> Expected {
        match token.kind {
            TokenKind::OpenObject => {
                let first = self.members.len();
                self.open(token.span, Body::Object { first, key: None }, Expected::FirstKey)
            }
            TokenKind::OpenArray => {
                let first = self.elements.len();
                self.open(token.span, Body::Array { first }, Expected::FirstElement)
            }
            TokenKind::String { value, closed } => {
                self.broken |= !closed;
                self.scalar(token.span, Kind::String(value))
            }
            TokenKind::SingleQuoted(text) => {
                self.report(|| problem::single_quotes(token.span, text));
                self.scalar(token.span, Kind::String(Cow::Borrowed(text)))
            }
            TokenKind::Bare(text) => self.bare(text, token.span),
            TokenKind::Comma if !self.frames.is_empty() && expected == Expected::Value => {
                self.report(|| problem::unexpected("a value behind `:`", &token));
                self.lexer.back(token);
                Expected::Separator
            }
            TokenKind::Comma => {
                self.report(|| problem::extra_comma("a value", &token));
                expected
            }
            TokenKind::Colon => {
                self.report(|| problem::unexpected("a value", &token));
                expected
            }
            TokenKind::CloseArray | TokenKind::CloseObject => self.close_for_value(&token, expected),
            TokenKind::End => self.end_of_text("a value", &token),
        }
    }

    /// Takes a bare text where a value may start.
    fn bare(&mut self, text: &'a str, span: Span) -> Expected {
        if let Some(kind) = bare::value(text) {
            return self.scalar(span, kind);
        }
        self.report(|| bare::explain(text, span));
        self.after_value()
    }

    /// Takes a closing bracket where a value may start.
    fn close_for_value(&mut self, token: &Token<'a>, expected: Expected) -> Expected {
        let closes_array = matches!(token.kind, TokenKind::CloseArray);
        match expected {
            Expected::FirstElement => {}
            Expected::Element if closes_array => {
                let comma = self.last;
                self.report(|| problem::trailing_comma(comma));
            }
            _ => self.report(|| problem::unexpected("a value", token)),
        }
        if self.frames.is_empty() { expected } else { self.close(token) }
    }

    /// Takes a token where a key may start.
    fn key(&mut self, token: Token<'a>, expected: Expected) -> Expected {
        let key = match token.kind {
            TokenKind::String { value, closed } => {
                self.broken |= !closed;
                value
            }
            TokenKind::SingleQuoted(text) => {
                self.report(|| problem::single_quotes(token.span, text));
                Cow::Borrowed(text)
            }
            TokenKind::Bare(text) => {
                self.report(|| problem::unquoted_key(token.span, text));
                Cow::Borrowed(text)
            }
            TokenKind::CloseObject => {
                if expected == Expected::Key {
                    let comma = self.last;
                    self.report(|| problem::trailing_comma(comma));
                }
                return self.close(&token);
            }
            TokenKind::CloseArray => return self.close(&token),
            TokenKind::Comma => {
                self.report(|| problem::extra_comma("a key", &token));
                return expected;
            }
            TokenKind::Colon => {
                self.report(|| problem::unexpected("a key", &token));
                self.await_value_of(None);
                return Expected::Value;
            }
            TokenKind::OpenObject | TokenKind::OpenArray => {
                self.report(|| problem::unexpected("a key", &token));
                self.lexer.back(token);
                return self.skip();
            }
            TokenKind::End => return self.end_of_text("a key", &token),
        };
        self.await_value_of(Some((key, token.span)));
        Expected::Colon
    }

    /// Remembers the key to which the next value belongs; with `None` that value is left out.
    fn await_value_of(&mut self, key: Option<(Cow<'a, str>, Span)>) {
        if let Some(Frame { body: Body::Object { key: slot, .. }, .. }) = self.frames.last_mut() {
            *slot = key;
        }
    }

    /// Takes a token behind a key.
    fn colon(&mut self, token: Token<'a>) -> Expected {
        let behind = self.last.after();
        match token.kind {
            TokenKind::Colon => {
                // Whatever was wrong with the key ends here.
                self.broken = false;
                return Expected::Value;
            }
            TokenKind::End => return self.end_of_text("`:` behind the key", &token),
            _ => self.report(|| problem::missing_colon(&token, behind)),
        }
        match token.kind {
            TokenKind::Bare("=" | "=>") => Expected::Value,
            TokenKind::Bare(text) if bare::value(text).is_none() => self.skip(),
            TokenKind::Comma | TokenKind::CloseArray | TokenKind::CloseObject => {
                self.lexer.back(token);
                Expected::Separator
            }
            _ => {
                self.lexer.back(token);
                Expected::Value
            }
        }
    }

    /// Takes a token behind an element or member.
    fn separator(&mut self, token: Token<'a>) -> Expected {
        let (expected, next, in_object) = match self.frames.last() {
            Some(Frame { body: Body::Object { .. }, .. }) => ("`,` or `}`", Expected::Key, true),
            _ => ("`,` or `]`", Expected::Element, false),
        };
        let starts_next = match token.kind {
            TokenKind::Comma => {
                self.broken = false;
                return next;
            }
            TokenKind::CloseArray | TokenKind::CloseObject => return self.close(&token),
            TokenKind::End => return self.end_of_text(expected, &token),
            TokenKind::Colon => false,
            TokenKind::String { .. } | TokenKind::SingleQuoted(_) => true,
            TokenKind::OpenObject | TokenKind::OpenArray => !in_object,
            TokenKind::Bare(text) => !in_object && bare::value(text).is_some(),
        };
        let behind = self.last.after();
        if starts_next {
            self.report(|| problem::missing_comma(expected, &token, behind));
            self.lexer.back(token);
            next
        } else {
            self.report(|| problem::unexpected(expected, &token));
            self.lexer.back(token);
            self.skip()
        }
    }

    /// Takes a token behind the value of the file.
    fn end(&mut self, token: &Token<'a>) -> Expected {
        if !matches!(token.kind, TokenKind::End) {
            self.report(|| problem::more_text(token));
        }
        Expected::Done
    }

    /// The text ends where something is missing.
    fn end_of_text(&mut self, expected: &str, token: &Token<'a>) -> Expected {
        let end = self.last.after();
        match self.frames.last().map(|frame| frame.open) {
            Some(open) => self.report(|| problem::unclosed(expected, end, open)),
            None => self.report(|| problem::empty(token.span)),
        }
        Expected::Done
    }

    /// Opens an array or object.
    fn open(&mut self, open: Span, body: Body<'a>, next: Expected) -> Expected {
        if self.frames.len() >= usize::from(self.depth_max) {
            self.lexer.problems.add(problem::too_deep(open, self.depth_max));
            return Expected::Done;
        }
        if !self.spend_value(open) {
            return Expected::Done;
        }
        self.frames.push(Frame { open, body });
        self.broken = false;
        next
    }

    /// Takes a closing bracket inside an array or object.
    ///
    /// One of the wrong kind closes everything up to the one that it fits, as if those brackets had been forgotten;
    /// if it fits none, it was meant for the innermost.
    fn close(&mut self, token: &Token<'a>) -> Expected {
        let fits =
            |frame: &Frame<'a>| matches!(frame.body, Body::Array { .. }) == matches!(token.kind, TokenKind::CloseArray);
        if let Some(frame) = self.frames.last().filter(|frame| !fits(frame)) {
            let expected = if matches!(frame.body, Body::Array { .. }) { "`]`" } else { "`}`" };
            let open = frame.open;
            self.report(|| problem::mismatched(expected, token, open));
            if self.frames.iter().any(fits) {
                while self.frames.last().is_some_and(|frame| !fits(frame)) {
                    self.close_innermost(token.span.before());
                }
            }
        }
        self.close_innermost(token.span.after());
        self.broken = false;
        self.after_value()
    }

    /// Makes a node of the innermost open array or object. `false` if none is open.
    fn close_innermost(&mut self, end: Span) -> bool {
        let Some(frame) = self.frames.pop() else { return false };
        let kind = match frame.body {
            Body::Array { first } => Kind::Array(self.elements.drain(first..).collect()),
            Body::Object { first, .. } => {
                let members: Box<[Member<'a>]> = self.members.drain(first..).collect();
                duplicates::report(&members, &mut self.lexer.problems);
                Kind::Object(members)
            }
        };
        self.place(Node { span: frame.open.to(end), kind });
        true
    }

    /// Takes a value that is neither array nor object.
    fn scalar(&mut self, span: Span, kind: Kind<'a>) -> Expected {
        if !self.spend_value(span) {
            return Expected::Done;
        }
        self.place(Node { span, kind });
        self.after_value()
    }

    /// Takes one value from the budget. `false`, behind an error, if nothing is left of it.
    fn spend_value(&mut self, span: Span) -> bool {
        self.values += 1;
        let enough = self.values <= self.values_max;
        if !enough {
            self.lexer.problems.add(problem::too_many_values(span, self.values_max));
        }
        enough
    }

    /// Puts a value where it belongs.
    fn place(&mut self, node: Node<'a>) {
        match self.frames.last_mut().map(|frame| &mut frame.body) {
            None => self.root = Some(node),
            Some(Body::Array { .. }) => self.elements.push(node),
            Some(Body::Object { key, .. }) => {
                if let Some((key, key_span)) = key.take() {
                    self.members.push(Member { key, key_span, value: node });
                }
            }
        }
    }

    fn after_value(&self) -> Expected {
        if self.frames.is_empty() { Expected::End } else { Expected::Separator }
    }

    /// Goes to the next comma or closing bracket of the innermost array or object.
    fn skip(&mut self) -> Expected {
        self.lexer.problems.muted = true;
        let mut depth = 0_usize;
        loop {
            let token = self.lexer.next();
            match token.kind {
                TokenKind::OpenArray | TokenKind::OpenObject => depth += 1,
                TokenKind::CloseArray | TokenKind::CloseObject if depth > 0 => depth -= 1,
                TokenKind::Comma if depth > 0 => {}
                TokenKind::Comma | TokenKind::CloseArray | TokenKind::CloseObject | TokenKind::End => {
                    self.lexer.back(token);
                    break;
                }
                _ => {}
            }
        }
        self.lexer.problems.muted = false;
        Expected::Separator
    }
}

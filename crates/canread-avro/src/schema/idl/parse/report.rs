//! Errors: how they are worded, and which are dropped because they say nothing new.

use canread_syntax::{Diagnostic, Edit, Severity, Span};

use super::super::lex::{TokenKind, shown};
use super::{ERRORS_MAX, Parser, Skip};

/// The errors of one file.
#[derive(Debug, Default)]
pub(super) struct Reports {
    diagnostics: Vec<Diagnostic>,
    /// How many errors were left out because there were too many.
    left_out: usize,
    errors: usize,
    /// How many warnings and notes there are.
    others: usize,
    /// The first comment of the file, if it is written as documentation.
    pub(super) header: Option<Span>,
    /// Whether the end of the file has been reported as coming too early.
    pub(super) end_is_reported: bool,
}

impl Reports {
    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        let count = if diagnostic.is_error() { &mut self.errors } else { &mut self.others };
        *count += 1;
        if *count <= ERRORS_MAX {
            self.diagnostics.push(diagnostic);
        } else {
            self.left_out += usize::from(diagnostic.is_error());
        }
    }

    /// Notes documentation that nothing follows which it could document. At the head of a file, it is a licence.
    pub(super) fn add_misplaced_doc(&mut self, span: Span) {
        if self.header == Some(span) {
            return;
        }
        let message = "this documentation belongs to no declaration, and is ignored";
        let note = Diagnostic::new(Severity::Note, "avro/idl_misplaced_doc", message).at(span, "");
        self.add(note.help("put it right before the declaration, or start it with `/*`"));
    }

    /// Whether the last error stands at that offset.
    fn last_is_at(&self, start: u32) -> bool {
        let last = self.diagnostics.iter().rev().take(4).find(|diagnostic| diagnostic.is_error());
        last.and_then(Diagnostic::span).is_some_and(|span| span.start == start)
    }

    /// The diagnostics in the order of the text; `end` is the end of the file.
    pub(super) fn finish(mut self, end: Span) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| diagnostic.span().map(|span| span.start));
        if self.left_out > 0 {
            let message = format!("{} more errors in this file are not shown", self.left_out);
            self.diagnostics.push(Diagnostic::new(Severity::Note, "avro/too_many_errors", message).at(end, ""));
        }
        self.diagnostics
    }
}

impl Parser<'_> {
    /// Reports that something else should stand here.
    pub(super) fn expected(&mut self, what: &str) -> Skip {
        let message = format!("expected {what}, found {}", self.found());
        self.unexpected(Diagnostic::error("avro/idl_syntax", message))
    }

    /// As [`Parser::expected`], with advice.
    pub(super) fn expected_help(&mut self, what: &str, help: impl Into<String>) -> Skip {
        let message = format!("expected {what}, found {}", self.found());
        self.unexpected(Diagnostic::error("avro/idl_syntax", message).help(help))
    }

    /// Reports the token as wrong, unless the reason has been told already: it, or the one before, is
    /// broken in itself; or an error stands at the same place.
    pub(super) fn unexpected(&mut self, diagnostic: Diagnostic) -> Skip {
        let span = self.token_span();
        if self.token.bad || self.previous.bad || self.reports.last_is_at(span.start) {
            return Skip;
        }
        let mut diagnostic = diagnostic.at(span, "");
        if self.at_end() {
            if self.reports.end_is_reported {
                return Skip;
            }
            self.reports.end_is_reported = true;
            diagnostic = self.with_open_block(diagnostic);
        }
        self.reports.add(diagnostic);
        Skip
    }

    /// Reports something that is understood but not allowed, and goes on.
    pub(super) fn forbid(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.reports.add(Diagnostic::error(code, message).at(span, ""));
    }

    /// As [`Parser::forbid`], with advice.
    pub(super) fn forbid_help(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: &str) {
        self.reports.add(Diagnostic::error(code, message).at(span, "").help(help));
    }

    /// Warns of something that has no effect.
    pub(super) fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.reports.add(Diagnostic::warning(code, message).at(span, ""));
    }

    /// As [`Parser::warn`], with advice.
    pub(super) fn warn_help(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: &str) {
        self.reports.add(Diagnostic::warning(code, message).at(span, "").help(help));
    }

    /// Takes the `;` at the end of a statement. A missing one is reported, and the statement kept.
    pub(super) fn end_statement(&mut self, what: &str) {
        if self.eat(b';') {
            return;
        }
        self.missing_semicolon(what);
        if !self.starts_line() {
            self.skip_statement();
        }
    }

    fn missing_semicolon(&mut self, what: &str) {
        if self.token.bad || self.previous.bad || self.reports.end_is_reported {
            return;
        }
        self.reports.end_is_reported = self.at_end();
        let behind = self.span_from(self.previous.end);
        let message = format!("expected `;` after {what}, found {}", self.found());
        let mut diagnostic = Diagnostic::error("avro/idl_syntax", message).at(behind, "");
        if self.at_end() {
            diagnostic = self.with_open_block(diagnostic);
        }
        let edits = vec![Edit { span: behind, text: ";".into() }];
        self.reports.add(diagnostic.help("end it with `;`").patch("add the `;`", edits));
    }

    /// Reports that the file ends inside the innermost block.
    pub(super) fn unclosed_block(&mut self) {
        if self.token.bad || std::mem::replace(&mut self.reports.end_is_reported, true) {
            return;
        }
        let Some(opener) = self.innermost_open() else { return };
        let diagnostic = Diagnostic::error("avro/idl_syntax", "this `{` is never closed").at(opener, "opened here");
        self.reports.add(diagnostic.help("add the missing `}`"));
    }

    /// At the end of the file: shows the block that is still open, if there is one.
    fn with_open_block(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.innermost_open() {
            Some(brace) => diagnostic.at(brace, "inside this, which is not closed either"),
            None => diagnostic,
        }
    }

    fn innermost_open(&self) -> Option<Span> {
        let start = *self.open_blocks.last()?;
        Some(Span::new(self.id, start, start + 1))
    }

    /// The token as shown to people.
    pub(super) fn found(&self) -> String {
        match self.token.kind {
            TokenKind::End => "the end of the file".into(),
            TokenKind::Name if self.word().contains('`') => shown(self.word()).into_owned(),
            _ => format!("`{}`", shown(self.word())),
        }
    }
}

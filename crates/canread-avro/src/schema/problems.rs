//! The diagnostics of one file, bounded.

use canread_syntax::{Diagnostic, Severity, Span};

/// How many diagnostics of one file are kept.
pub const ERRORS_MAX: usize = 100;

/// Collects diagnostics.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<Diagnostic>,
    left_out: usize,
}

impl Problems {
    /// Goes on from diagnostics that were made before.
    pub(super) fn new(list: Vec<Diagnostic>) -> Self {
        Self { list, left_out: 0 }
    }

    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        if self.list.len() < ERRORS_MAX {
            self.list.push(diagnostic);
            return;
        }
        self.left_out += 1;
        // Warnings give way: a file with an error must not look as if it had none.
        if diagnostic.is_error()
            && let Some(warning) = self.list.iter_mut().find(|one| !one.is_error())
        {
            *warning = diagnostic;
        }
    }

    /// Takes back what was said of a kind about a place, because it is about to be said better.
    pub(super) fn forget(&mut self, code: &str, span: Span) {
        self.list.retain(|one| one.code != code || one.span() != Some(span));
    }

    /// The diagnostics in the order of the text; `end` is the end of the file.
    pub(super) fn finish(mut self, end: Span) -> Vec<Diagnostic> {
        self.list.sort_by_key(|diagnostic| diagnostic.span().map(|span| span.start));
        if self.left_out > 0 {
            let message = format!("{} more problems in this file are not shown", self.left_out);
            self.list.push(Diagnostic::new(Severity::Note, "avro/too_many_errors", message).at(end, ""));
        }
        self.list
    }
}

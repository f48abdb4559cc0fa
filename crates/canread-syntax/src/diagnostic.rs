//! What is wrong, where, and how to mend it: the one model behind every output.

use crate::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "three levels are the vocabulary of every report format")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Note,
    /// May mislead or break; a person should look.
    Warning,
    /// Breaks.
    Error,
}

impl Severity {
    /// The word shown to users and written to reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A marked place with a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The smallest part of the text that is meant.
    pub span: Span,
    /// What is there; may be empty.
    pub text: String,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change to the text that mends the problem, shown as a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// What the patch does, as an order: `reserve the number`.
    pub title: String,
    /// Edits that don't overlap, by file and from front to back. All of them belong together.
    pub edits: Vec<Edit>,
}

/// One problem, with everything that a person or a tool needs to see and mend it.
///
/// Messages start lower-case, end without a full stop, and name what was found
/// and what was expected. One cause makes one diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable id of the kind of problem, path-like: `protobuf/unknown_type`.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// Marked places; the first is where the problem is, the others explain it.
    pub labels: Vec<Label>,
    /// Further sentences: reason, source of the rule.
    pub notes: Vec<String>,
    /// What to do next.
    pub help: Option<String>,
    /// The text change that does it.
    pub patch: Option<Patch>,
}

impl Diagnostic {
    /// A diagnostic without places.
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), labels: Vec::new(), notes: Vec::new(), help: None, patch: None }
    }

    /// An error without places; say where with [`Diagnostic::at`].
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning without places.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Adds a marked place; the first one added is the primary one.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a sentence.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the text change that mends the problem.
    #[must_use]
    pub fn patch(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.patch = Some(Patch { title: title.into(), edits });
        self
    }

    /// Where the problem is.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// Whether the diagnostic is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileId;

    #[test]
    fn the_first_place_is_where_the_problem_is() {
        let span = |start| Span::new(FileId(0), start, start + 1);
        let diagnostic = Diagnostic::error("a/b", "wrong").at(span(5), "here").at(span(1), "because of this");
        assert_eq!(diagnostic.span(), Some(span(5)));
        assert_eq!(diagnostic.labels.iter().map(|label| label.span).collect::<Vec<_>>(), [span(5), span(1)]);
        assert_eq!(Diagnostic::error("a/b", "wrong").span(), None);
    }

    #[test]
    fn only_errors_are_errors() {
        let is_error = |severity| Diagnostic::new(severity, "a/b", "wrong").is_error();
        assert!(is_error(Severity::Error) && !is_error(Severity::Warning) && !is_error(Severity::Note));
        assert!(Diagnostic::error("a/b", "").is_error() && !Diagnostic::warning("a/b", "").is_error());
    }

    #[test]
    fn severities_are_ordered_and_named() {
        let all = [Severity::Note, Severity::Warning, Severity::Error];
        assert!(all.is_sorted());
        assert_eq!(all.map(Severity::as_str), ["note", "warning", "error"]);
    }

    #[test]
    fn what_is_added_is_kept_in_order() {
        let edit = Edit { span: Span::new(FileId(0), 0, 0), text: ";".into() };
        let diagnostic = Diagnostic::error("a/b", "wrong")
            .note("first")
            .note("second")
            .help("mend it")
            .patch("add it", vec![edit.clone()]);
        assert_eq!(diagnostic.notes, ["first", "second"]);
        assert_eq!(diagnostic.help.as_deref(), Some("mend it"));
        assert_eq!(diagnostic.patch, Some(Patch { title: "add it".into(), edits: vec![edit] }));
    }
}

//! One line a finding: `path:line:column: severity[rule]: message`.

use std::fmt::Write;

use canread_syntax::Diagnostic;

use crate::summary::counted;
use crate::{Run, Task, finding, place, printable, summary};

/// The run with one line for each problem and finding, and the summary.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut text = String::new();
    for diagnostic in run.diagnostics {
        line(diagnostic, None, run, &mut text);
    }
    if run.task == Task::Diff {
        changes(run, &mut text);
    }
    for (judged, maps) in run.findings() {
        let mut diagnostic = finding::words(judged, maps);
        diagnostic.message = finding::line(judged);
        line(&diagnostic, Some(place::version_of(judged, run)), run, &mut text);
    }
    text.push_str(&summary(run));
    text
}

/// What a log should say where the report itself goes to files: errors that kept the run from a verdict, a line each,
/// and the summary.
#[must_use]
pub fn brief(run: &Run<'_>) -> String {
    let mut text = String::new();
    let errors = run.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    for diagnostic in errors.clone().take(BRIEF_ERRORS_MAX) {
        line(diagnostic, None, run, &mut text);
    }
    let more = errors.skip(BRIEF_ERRORS_MAX).count();
    if more > 0 {
        let _ = writeln!(text, "and {} more", counted(more, "error"));
    }
    text.push_str(&summary(run));
    text
}

/// Errors shown by [`brief`].
const BRIEF_ERRORS_MAX: usize = 10;

/// `origin` is named where the diagnostic has no place.
fn line(diagnostic: &Diagnostic, origin: Option<&str>, run: &Run<'_>, text: &mut String) {
    match (diagnostic.span(), origin) {
        (Some(span), _) => text.push_str(&place::prefix(run.sources, span)),
        (None, Some(origin)) => {
            let _ = write!(text, "{}: ", printable::line(origin));
        }
        (None, None) => {}
    }
    let message = printable::line(&diagnostic.message);
    let _ = writeln!(text, "{}[{}]: {message}", diagnostic.severity.as_str(), diagnostic.code);
}

/// Every change, a line each.
pub(crate) fn changes(run: &Run<'_>, text: &mut String) {
    for (change, maps) in run.changes() {
        if let Some(place) = place::of_change(change, maps) {
            text.push_str(&place::prefix(run.sources, place.name));
        }
        let _ = writeln!(text, "`{}`: {}", printable::line(&change.symbol), printable::line(&change.what));
    }
}

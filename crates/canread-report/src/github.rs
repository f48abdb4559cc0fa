//! Workflow commands of GitHub Actions, which become annotations of a run and of the lines of a pull request.
//!
//! A step gets the first 10 annotations of each level, so the worst comes first, and the last line has the totals: a
//! notice, for which room is left. Further notes are only counted, errors and warnings are at least in the log.
//!
//! Sources: GitHub, "Workflow commands for GitHub Actions", "Setting a notice message" and further; the escapes are
//! those of `@actions/core`, `command.ts`; the limit is in `docs/problem-matchers.md` of `actions/toolkit`.

use std::fmt::Write;

use canread_syntax::{Diagnostic, Severity, Span};

use crate::{Run, finding, place, printable, summary};

/// Notes that become annotations of their own; the totals are the tenth.
const NOTICES_MAX: usize = 9;

/// The run as workflow commands, a line each.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut text = String::new();
    let mut notices = Notices { shown: 0, left_out: 0 };
    for diagnostic in run.problems_worst_first() {
        if notices.has_room_for(diagnostic.severity) {
            command(diagnostic, None, run, &mut text);
        }
    }
    for (judged, maps) in run.worst_first() {
        let diagnostic = finding::words(judged, maps);
        if notices.has_room_for(diagnostic.severity) {
            command(&diagnostic, Some(place::version_of(judged, run)), run, &mut text);
        }
    }
    for (change, maps) in run.changes() {
        let message = format!("`{}`: {}", change.symbol, change.what);
        let mut diagnostic = Diagnostic::new(Severity::Note, "change", message);
        if let Some(place) = place::of_change(change, maps) {
            diagnostic = diagnostic.at(place.name, "");
        }
        if notices.has_room_for(Severity::Note) {
            command(&diagnostic, None, run, &mut text);
        }
    }
    let mut totals = summary::summary(run).trim_end().to_owned();
    if notices.left_out > 0 {
        let _ = write!(totals, "\nnotes without an annotation, of which a step has 10: {}", notices.left_out);
    }
    let _ = writeln!(
        text,
        "::notice title={}::{}",
        property(&format!("canread: {}", summary::headline(run))),
        data(&totals)
    );
    text
}

/// How many notes were shown, and how many not.
struct Notices {
    shown: usize,
    left_out: usize,
}

impl Notices {
    /// Whether one more of this level is shown.
    fn has_room_for(&mut self, severity: Severity) -> bool {
        let has_room = severity != Severity::Note || self.shown < NOTICES_MAX;
        if severity == Severity::Note {
            *(if has_room { &mut self.shown } else { &mut self.left_out }) += 1;
        }
        has_room
    }
}

/// `origin` is the file of what has no place.
fn command(diagnostic: &Diagnostic, origin: Option<&str>, run: &Run<'_>, text: &mut String) {
    let name = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let place = match (diagnostic.span(), origin) {
        (Some(span), _) => position(span, run),
        (None, Some(origin)) => format!("file={},", property(origin)),
        (None, None) => String::new(),
    };
    let title = property(&format!("canread: {}", diagnostic.code));
    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let all = std::iter::once(&diagnostic.message).chain(&diagnostic.notes).cloned().chain(help);
    let message = all.map(|sentence| printable::line(&sentence).into_owned()).collect::<Vec<_>>().join("\n");
    let _ = writeln!(text, "::{name} {place}title={title}::{}", data(&message));
}

/// The properties that say where.
fn position(span: Span, run: &Run<'_>) -> String {
    let mut properties = format!("file={},", property(&place::from_top(run.sources.file(span.file), run)));
    let Some((start, end)) = place::positions_on_disk(run, span) else { return properties };
    let _ = write!(properties, "line={},endLine={},", start.line, end.line);
    // Columns of several lines are refused.
    if start.line == end.line {
        let _ = write!(properties, "col={},endColumn={},", start.column, end.column);
    }
    properties
}

/// The message of a command on one line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(&printable::line(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("100%: a,b\r\n::error::c"), "100%25: a,b%0D%0A::error::c");
        assert_eq!(property("a:b,c%0A::d"), "a%3Ab%2Cc%250A%3A%3Ad");
        assert_eq!(property("a\nb"), "a\\nb");
    }
}

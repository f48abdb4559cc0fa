//! One line a finding: `path:line:column: severity[rule]: message`.

use std::fmt::Write;

use canread_syntax::{Diagnostic, Sources};

use crate::{Run, Task, finding, place, summary};

/// The run with one line for each problem and finding, and the summary.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut text = String::new();
    for diagnostic in run.diagnostics {
        line(diagnostic, run.sources, &mut text);
    }
    if run.task == Task::Diff {
        changes(run, &mut text);
    }
    for judged in run.findings {
        line(&finding::diagnostic(judged, run.sources, run.maps), run.sources, &mut text);
    }
    text.push_str(&summary(run));
    text
}

fn line(diagnostic: &Diagnostic, sources: &Sources, text: &mut String) {
    if let Some(span) = diagnostic.span() {
        let position = sources.position(span);
        let path = place::path(sources.file(span.file));
        let _ = write!(text, "{path}:{}:{}: ", position.line, position.column);
    }
    let _ = writeln!(text, "{}[{}]: {}", diagnostic.severity.as_str(), diagnostic.code, diagnostic.message);
}

/// Every change, a line each.
pub(crate) fn changes(run: &Run<'_>, text: &mut String) {
    for change in run.changes {
        let old = change.old.and_then(|node| run.maps.old.place(node.0));
        let new = change.new.and_then(|node| run.maps.new.place(node.0));
        if let Some(place) = new.or(old) {
            let position = run.sources.position(place.name);
            let path = place::path(run.sources.file(place.name.file));
            let _ = write!(text, "{path}:{}:{}: ", position.line, position.column);
        }
        let _ = writeln!(text, "`{}`: {}", change.symbol, change.what);
    }
}

//! The last lines of a run for people: what was compared, and the verdict.

use std::fmt::Write;

use canread_compat::Severity;

use crate::{Run, Status, Task};

/// Two lines: what was compared under which promise; the verdict with its numbers.
#[must_use]
pub fn summary(run: &Run<'_>) -> String {
    let mut text = String::new();
    let compared = run.compared;
    let verb = if run.task == Task::Diff { "compared" } else { "checked" };
    let _ = writeln!(
        text,
        "{verb} {} ({} unchanged) of {} against {}",
        counted(compared.schemas, "schema file"),
        compared.unchanged,
        compared.new,
        compared.old
    );
    if run.task == Task::Diff {
        let _ = writeln!(text, "{}", counted(run.changes.len(), "change"));
        return text;
    }
    let promises: Vec<&str> = run.promises.iter().map(|surface| surface.as_str()).collect();
    let _ = writeln!(text, "mode {}: {}; promised: {}", run.mode.as_str(), run.mode.sentence(), promises.join(", "));
    let verdict = match run.status {
        Status::Error => "could not compare everything: this is not a verdict",
        other => other.as_str(),
    };
    let errors = run.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    if errors > 0 {
        let _ = write!(text, "{} in schema files, ", counted(errors, "problem"));
    }
    let _ = writeln!(
        text,
        "{}, {}, {}: {verdict}",
        counted(run.count(Severity::Error), "error"),
        counted(run.count(Severity::Warning), "warning"),
        counted(run.count(Severity::Note), "note"),
    );
    text
}

pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

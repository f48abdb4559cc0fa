//! A GitLab Code Quality report: what a merge request shows beside its changes.
//!
//! | canread | severity |
//! |---|---|
//! | a problem that keeps the run from a verdict | `blocker` |
//! | a finding that is an error | `critical` |
//! | a finding that is undecided | `major` |
//! | a finding or a problem that is a warning | `minor` |
//! | a note, or a change of `diff` | `info` |
//!
//! GitLab compares the fingerprints of the two branches to say what is new, and takes equal ones for one entry. So
//! those of findings are ours, which survive a change of lines and words; others are hashes of code, file and message.
//!
//! Source: GitLab, "Code Quality", section "Code Quality report format".

use std::{borrow::Cow, fmt::Write};

use canread_compat::Judged;
use canread_syntax::{Diagnostic, Severity, Span};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{Run, finding, place, printable, run::Level, unique};

#[derive(Debug, Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Debug, Serialize)]
struct Location<'a> {
    path: Cow<'a, str>,
    lines: Lines,
}

#[derive(Debug, Serialize)]
struct Lines {
    begin: usize,
}

/// The run as one JSON array, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut names = unique::Names::default();
    let problems = run.diagnostics.iter().map(|diagnostic| problem(diagnostic, run));
    let findings = run.worst_first().into_iter().map(|(judged, maps)| {
        let mut diagnostic = finding::words(judged, maps);
        diagnostic.message = finding::line(judged);
        let location = location(diagnostic.span(), place::version_of(judged, run), run);
        entry(&diagnostic, judged.fingerprint.clone(), severity(judged), location)
    });
    let changes = run.changes().map(|(change, maps)| {
        let description = format!("`{}`: {}", change.symbol, change.what);
        let fingerprint = hash(&["change", &description]);
        let location = location(place::of_change(change, maps).map(|place| place.name), &run.compared.new, run);
        Entry { description, check_name: "change", fingerprint, severity: "info", location }
    });
    let mut entries: Vec<Entry<'_>> = problems.chain(findings).chain(changes).collect();
    for entry in &mut entries {
        entry.fingerprint = names.take(&entry.fingerprint);
    }
    let mut text = printable::json(serde_json::to_string_pretty(&entries).expect("a report has only string keys"));
    text.push('\n');
    text
}

fn problem<'a>(diagnostic: &'a Diagnostic, run: &'a Run<'_>) -> Entry<'a> {
    let location = location(diagnostic.span(), &run.compared.new, run);
    let severity = match diagnostic.severity {
        Severity::Error => "blocker",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    entry(diagnostic, hash(&[diagnostic.code, &location.path, &diagnostic.message]), severity, location)
}

fn severity(judged: &Judged) -> &'static str {
    match Level::of(judged) {
        Level::Error => "critical",
        Level::Undecided => "major",
        Level::Warning => "minor",
        Level::Note | Level::Allowed => "info",
    }
}

/// GitLab shows the description as one paragraph.
fn entry<'a>(
    diagnostic: &Diagnostic,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
) -> Entry<'a> {
    let mut description = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        description.push_str("; help: ");
        description.push_str(help);
    }
    Entry { description, check_name: diagnostic.code, fingerprint, severity, location }
}

/// A line is required: the first one where the file of today has none for it. `origin` is the file of what has no place.
fn location<'a>(span: Option<Span>, origin: &'a str, run: &'a Run<'_>) -> Location<'a> {
    let Some(span) = span else {
        return Location { path: Cow::Borrowed(origin), lines: Lines { begin: 1 } };
    };
    let begin = place::positions_on_disk(run, span).map_or(1, |(start, _)| start.line);
    Location { path: place::from_top(run.sources.file(span.file), run), lines: Lines { begin } }
}

/// The first 128 bits of a hash, as hexadecimal digits.
fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        // A byte that no UTF-8 text holds keeps the parts apart.
        hash.update([0xff]);
    }
    hash.finalize().iter().take(16).fold(String::with_capacity(32), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

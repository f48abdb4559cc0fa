//! JSON Lines: one object a line, for programs that read a report as it comes.
//!
//! Every object has a `kind`, which is its first field:
//!
//! | `kind` | how many | fields |
//! |---|---|---|
//! | `run` | one, in the first line | what the JSON report says of the whole run, and how many lines of each kind follow |
//! | `finding` | one a finding | those of an element of `findings` in the JSON report |
//! | `change` | one a change, of `diff` alone | those of an element of `changes` |
//! | `diagnostic` | one a problem | those of an element of `diagnostics` |
//!
//! As the JSON report, it changes only by addition, of fields and of kinds.

use serde::Serialize;

use crate::{Run, Task, json, patch::Patches, printable};

/// One object of the report.
#[derive(Serialize)]
struct Line<T: Serialize> {
    kind: &'static str,
    #[serde(flatten)]
    fields: T,
}

#[derive(Serialize)]
struct Head<'a> {
    #[serde(flatten)]
    header: json::Header<'a>,
    findings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<usize>,
    diagnostics: usize,
}

/// The run as one JSON object a line.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let head = Head {
        header: json::header(run),
        findings: run.findings().count(),
        changes: (run.task == Task::Diff).then(|| run.changes().count()),
        diagnostics: run.diagnostics.len(),
    };
    let mut text = line("run", head);
    let patches = Patches::of(run.sources);
    for (judged, maps) in run.findings() {
        text.push_str(&line("finding", json::finding_json(judged, maps, &patches, run)));
    }
    for change in json::changes(run) {
        text.push_str(&line("change", change));
    }
    for diagnostic in run.diagnostics {
        text.push_str(&line("diagnostic", json::problem(diagnostic, run.sources)));
    }
    text
}

fn line<T: Serialize>(kind: &'static str, fields: T) -> String {
    let text = serde_json::to_string(&Line { kind, fields }).expect("a report has only string keys");
    let mut text = printable::json(text);
    text.push('\n');
    text
}

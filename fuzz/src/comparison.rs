//! What must hold of any two versions: none differs from itself, and equal inputs give equal reports.

use canread_compat::{Finding, Judged, Mode, Pair, Policy, Scope, Severity, Surface, compare};
use canread_model::Schema;
use canread_report::{Compared, Run, Section, Status, Style, Task, concise, full, json, sarif};
use canread_syntax::{SourceMap, Sources};

/// A version of a schema, in any format.
pub struct Version<'s> {
    /// What it says.
    pub schema: &'s Schema,
    /// Where.
    pub map: &'s SourceMap,
}

/// Compares two versions in both directions, and each with itself: the reports, one in every format.
///
/// # Panics
///
/// If a version differs from itself.
#[must_use]
pub fn check_comparison(sources: &Sources, old: &Version<'_>, new: &Version<'_>) -> [String; 4] {
    for version in [old, new] {
        let found = findings(version, version);
        assert!(found.is_empty(), "a schema differs from itself: {found:#?}");
    }
    findings(new, old);
    rendered(sources, old, new, findings(old, new))
}

fn findings(old: &Version<'_>, new: &Version<'_>) -> Vec<Finding> {
    let comparison = compare(Pair { old: old.schema, new: new.schema }, &Scope::default());
    // What would take out of proportion is given up: no verdict, and nothing found.
    let Ok(comparison) = comparison else { return Vec::new() };
    for change in &comparison.changes {
        let _ = change.describe();
    }
    comparison.findings
}

fn rendered(sources: &Sources, old: &Version<'_>, new: &Version<'_>, findings: Vec<Finding>) -> [String; 4] {
    let mut policy = Policy::default();
    policy.mode = Mode::Full;
    policy.promises = Surface::ALL.into();
    let judged: Vec<Judged> = policy.judge(findings);
    let compared = Compared::new(1, 0, Pair { old: "old".into(), new: "new".into() });
    let run = Run {
        task: Task::Check,
        sources,
        status: if judged.is_empty() { Status::Compatible } else { Status::Incompatible },
        mode: policy.mode,
        promises: &policy.promises,
        fail_on: Severity::Error,
        compared: &compared,
        sections: vec![Section { maps: Pair { old: old.map, new: new.map }, findings: &judged, changes: &[] }],
        diagnostics: &[],
        approve_with: None,
    };
    [full::render(&run, Style::default()), concise::render(&run), json::render(&run), sarif::render(&run)]
}

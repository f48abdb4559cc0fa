//! Two versions: every rule over every change, and every report. A version does not differ from itself, and equal
//! inputs give equal reports.

#![no_main]

use canread_compat::{Finding, Judged, Mode, Pair, Policy, Scope, Severity, Surface, compare};
use canread_fuzz::{files, link_valid, one_thread, versions};
use canread_protobuf::schema::Linked;
use canread_report::{Compared, Run, Section, Status, Style, Task, concise, full, json, sarif};
use canread_syntax::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: one_thread(), |data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (old, new) = versions(text);
    let Some(reports) = reports(old, new) else { return };
    let again = self::reports(old, new).expect("what could be read once can be read twice");
    assert!(reports == again, "equal inputs give other reports:\n{}\n{}", reports[1], again[1]);
});

/// Both versions compared, in every format; `None` if one of them has errors.
fn reports(old: &str, new: &str) -> Option<[String; 4]> {
    let mut sources = Sources::default();
    let old = link_valid(&mut sources, "old", &files(old))?;
    let new = link_valid(&mut sources, "new", &files(new))?;
    for version in [&old, &new] {
        let found = findings(version, version);
        assert!(found.is_empty(), "a schema differs from itself: {found:#?}");
    }
    findings(&new, &old);
    Some(rendered(&sources, &old, &new, findings(&old, &new)))
}

fn findings(old: &Linked, new: &Linked) -> Vec<Finding> {
    let comparison = compare(Pair { old: &old.schema, new: &new.schema }, &Scope::default());
    // What would take out of proportion is given up: no verdict, and nothing found.
    let Ok(comparison) = comparison else { return Vec::new() };
    for change in &comparison.changes {
        let _ = change.describe();
    }
    comparison.findings
}

fn rendered(sources: &Sources, old: &Linked, new: &Linked, findings: Vec<Finding>) -> [String; 4] {
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
        sections: vec![Section { maps: Pair { old: &old.map, new: &new.map }, findings: &judged, changes: &[] }],
        diagnostics: &[],
        approve_with: None,
    };
    [full::render(&run, Style::default()), concise::render(&run), json::render(&run), sarif::render(&run)]
}

//! What must hold of any two versions: none differs from itself, and equal inputs give equal reports.

use std::collections::BTreeMap;

use canread_compat::{
    Change, Comparison, Description, Finding, Judged, Ledger, Mode, Pair, Policy, Reach, Scope, Severity, Step,
    Surface, TooManyPairs, compare,
};
use canread_model::Schema;
use canread_report::{
    Compared, Run, Section, Status, Style, Task, concise, full, github, gitlab, html, json, jsonl, junit, markdown,
    sarif,
};
use canread_syntax::Sources;

use crate::{Language, Linked, files, versions};

/// Every format of reports.
const FORMATS: [fn(&Run<'_>) -> String; 10] = [
    |run| full::render(run, Style::default()),
    concise::render,
    json::render,
    jsonl::render,
    sarif::render,
    junit::render,
    github::render,
    gitlab::render,
    markdown::render,
    html::render,
];

/// Compares the two versions of an input in both directions, each with itself, and as a history; twice, with the same
/// reports in every format.
///
/// # Panics
///
/// If a version differs from itself, or if there are other reports the second time.
pub fn compare_versions(language: Language, data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (old, new) = versions(text);
    let Some(reports) = reports(language, old, new) else { return };
    let again = self::reports(language, old, new).expect("what could be read once can be read twice");
    for (first, second) in reports.iter().zip(&again) {
        assert!(first == second, "equal inputs give other reports:\n{first}\n{second}");
    }
    assert_eq!(reports.len(), again.len());
}

/// What both versions come to in every format; `None` if one of them has errors.
fn reports(language: Language, old: &str, new: &str) -> Option<Vec<String>> {
    let mut sources = Sources::default();
    let mut link = |version, text| language.link_valid(&mut sources, version, &files(language.file_name(), text));
    let (old, new) = (link("old", old)?, link("new", new)?);
    for version in [&old, &new] {
        let found = compared(&version.schema, &version.schema).map_or_else(|_| Vec::new(), |same| same.findings);
        assert!(found.is_empty(), "a schema differs from itself: {found:#?}");
    }
    let _ = compared(&new.schema, &old.schema);
    // What would take out of proportion is given up: no verdict, and nothing found.
    let (findings, changes) = compared(&old.schema, &new.schema).map_or_else(
        |_| (Vec::new(), Vec::new()),
        |comparison| (comparison.findings, comparison.changes.iter().map(Change::describe).collect()),
    );
    let versions = Pair { old: &old, new: &new };
    let mut reports = rendered(&sources, versions, Task::Check, findings, &[]);
    reports.extend(rendered(&sources, versions, Task::Diff, Vec::new(), &changes));
    reports.extend(rendered(&sources, versions, Task::Check, in_history(versions).unwrap_or_default(), &[]));
    Some(reports)
}

fn compared<'a>(old: &'a Schema, new: &'a Schema) -> Result<Comparison<'a>, TooManyPairs> {
    compare(Pair { old, new }, &Scope::default())
}

/// What is found of the old version where all was gone before the new one came: every number and name is one that came
/// back.
fn in_history(versions: Pair<&Linked>) -> Result<Vec<Finding>, TooManyPairs> {
    let (new, scope) = (&versions.new.schema, Scope::default());
    let nothing = Schema::new(new.format());
    let step = |label, old| Step { label, schemas: Pair { old, new }, scope: &scope };
    let steps = [step("first", &versions.old.schema), step("second", &nothing)];
    let ledger = Ledger::of(&steps, Reach::Every);
    let mut compared = BTreeMap::new();
    for content in ledger.contents(&[0, 1]) {
        compared.insert(content, compare(steps[content].schemas, &scope)?.findings);
    }
    let settled = ledger.settle(&[0, 1], compared).into_iter();
    Ok(settled.filter(|(content, _)| *content == 0).flat_map(|(_, findings)| findings).collect())
}

fn rendered(
    sources: &Sources,
    versions: Pair<&Linked>,
    task: Task,
    findings: Vec<Finding>,
    changes: &[Description],
) -> Vec<String> {
    let mut policy = Policy::default();
    policy.mode = Mode::Full;
    policy.promises = Surface::ALL.into();
    let judged: Vec<Judged> = policy.judge(findings);
    let compared = Compared::new(1, 0, Pair { old: "old".into(), new: "new".into() });
    let maps = Pair { old: &versions.old.map, new: &versions.new.map };
    let run = Run {
        task,
        sources,
        status: if judged.is_empty() { Status::Compatible } else { Status::Incompatible },
        mode: policy.mode,
        promises: &policy.promises,
        fail_on: Severity::Error,
        compared: &compared,
        sections: vec![Section { maps, findings: &judged, changes }],
        diagnostics: &[],
        approve_with: None,
    };
    FORMATS.iter().map(|render| render(&run)).collect()
}

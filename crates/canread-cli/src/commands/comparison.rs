//! Versions compared, and what was found judged by the settings: what `check` reports, and `approve` writes down.

use std::collections::BTreeMap;

use canread_compat::{Finding, Judged, Pair, Policy, Reach};
use canread_project::config::{Approved, Date};
use canread_project::{Places, Rows, Session};
use canread_report::Section;
use canread_syntax::{Diagnostic, SourceMap, Sources};

use super::open::Opened;
use crate::settings::{Settings, path_of};

/// What came of a comparison.
pub(super) struct Comparison {
    found: Found,
    /// What is wrong with files, the comparison, or approvals.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether there is a verdict.
    pub(super) is_sound: bool,
}

/// What was found.
enum Found {
    /// In each part of a session.
    Parts(Vec<Vec<Judged>>),
    /// In a history.
    Rows(Vec<Rows>),
}

impl Comparison {
    /// What was found, in the order in which it is shown.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Judged> {
        let groups: Vec<&Vec<Judged>> = match &self.found {
            Found::Parts(parts) => parts.iter().collect(),
            Found::Rows(rows) => rows.iter().map(|rows| &rows.findings).collect(),
        };
        groups.into_iter().flatten()
    }

    /// The same as a report shows it, with where the nodes stand.
    pub(super) fn sections<'a>(&'a self, opened: &'a Opened) -> Vec<Section<'a>> {
        match (&self.found, opened) {
            (Found::Parts(parts), Opened::Pair(session)) => {
                let sections = session.parts().iter().zip(parts);
                sections.map(|(part, findings)| Section { maps: part.maps(), findings, changes: &[] }).collect()
            }
            (Found::Rows(rows), Opened::History(history)) => history.sections(rows),
            _ => Vec::new(),
        }
    }

    fn groups(&mut self) -> Vec<&mut Vec<Judged>> {
        match &mut self.found {
            Found::Parts(parts) => parts.iter_mut().collect(),
            Found::Rows(rows) => rows.iter_mut().map(|rows| &mut rows.findings).collect(),
        }
    }
}

/// Compares what was opened.
pub(super) fn compare(opened: &mut Opened, settings: &Settings, today: Date) -> Comparison {
    let mut of = Comparison {
        found: Found::Rows(Vec::new()),
        diagnostics: opened.diagnostics().to_vec(),
        is_sound: !opened.diagnostics().iter().any(Diagnostic::is_error),
    };
    if !of.is_sound {
        return of;
    }
    let mut problems: Vec<Diagnostic> = Vec::new();
    let reaches = settings.reaches();
    opened.differ_in_reach(reaches.len() > 1);
    of.found = match &*opened {
        Opened::Pair(session) => Found::Parts(pair(session, settings, &mut problems)),
        Opened::History(history) => {
            let found = history.check(&reaches, |reach, findings, maps, places| {
                // Where files differ in how far they look back, each one's findings come from the reach of its own mode.
                let reach = (reaches.len() > 1).then_some(reach);
                judge(findings, &Judging { maps, sources: &history.sources, places, reach }, settings)
            });
            Found::Rows(found.map_err(|problem| problems.push(*problem)).unwrap_or_default())
        }
    };
    of.is_sound = problems.is_empty();
    of.diagnostics.append(&mut problems);
    let Some(config) = settings.config.as_ref().filter(|config| of.is_sound && !config.approvals.is_empty()) else {
        return of;
    };
    let file = config.add_to(opened.sources_mut());
    let covers = |path: &str| opened.places().covers(path, &config.dir);
    let problems = config.allow(&mut of.groups(), Approved { today, file }, covers);
    of.diagnostics.extend(problems);
    if let Found::Rows(rows) = &mut of.found {
        *rows = Rows::allowed_last(std::mem::take(rows));
    }
    of
}

/// What was found in each part of a session, as far as it could be compared.
fn pair(session: &Session, settings: &Settings, problems: &mut Vec<Diagnostic>) -> Vec<Vec<Judged>> {
    let found = session.parts().iter().map(|part| match part.compare() {
        Ok(comparison) => {
            let of = Judging { maps: part.maps(), sources: &session.sources, places: session.places(), reach: None };
            judge(comparison.findings, &of, settings)
        }
        Err(problem) => {
            problems.push(*problem);
            Vec::new()
        }
    });
    found.collect()
}

/// Two versions whose findings are judged.
struct Judging<'a> {
    maps: Pair<&'a SourceMap>,
    sources: &'a Sources,
    places: &'a Places,
    /// Leaves out what is found in files whose mode reaches elsewhere.
    reach: Option<Reach>,
}

/// Each finding under the policy of its file.
fn judge(findings: Vec<Finding>, of: &Judging<'_>, settings: &Settings) -> Vec<Judged> {
    let base = settings.policy(None);
    let Some(config) = settings.config.as_ref().filter(|_| settings.differ_by_path()) else {
        return base.judge(findings);
    };
    let path_of = |finding: &Finding| path_of(finding, of.maps, of.sources, of.places, &config.dir);
    let paths: Vec<Option<String>> = findings.iter().map(path_of).collect();
    let mut policies: BTreeMap<&str, Policy> = BTreeMap::new();
    for path in paths.iter().flatten() {
        policies.entry(path).or_insert_with(|| settings.policy(Some(path)));
    }
    let policy_of = |path: &Option<String>| path.as_deref().and_then(|path| policies.get(path)).unwrap_or(&base);
    let with_policies = findings.into_iter().zip(paths.iter().map(policy_of));
    Policy::judge_each(with_policies.filter(|(_, policy)| of.reach.is_none_or(|reach| reach == policy.mode.reach())))
}

//! Two versions compared, and what was found judged by the settings: what `check` reports, and `approve` writes down.

use std::collections::BTreeMap;

use canread_compat::{Finding, Judged, Pair, Policy};
use canread_project::config::{Approved, Date};
use canread_project::{Places, Session};
use canread_syntax::{Diagnostic, SourceMap, Sources};

use crate::settings::{Settings, path_of};

/// What came of a comparison.
pub(super) struct Comparison {
    /// What was found in each part of the session.
    pub(super) findings: Vec<Vec<Judged>>,
    /// What is wrong with files, the comparison, or approvals.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether there is a verdict.
    pub(super) is_sound: bool,
}

/// Compares what a session holds.
pub(super) fn compare(session: &mut Session, settings: &Settings, today: Date) -> Comparison {
    let mut of =
        Comparison { findings: Vec::new(), diagnostics: session.diagnostics.clone(), is_sound: session.is_sound() };
    if !of.is_sound {
        return of;
    }
    for part in session.parts() {
        match part.compare() {
            Ok(comparison) => {
                let compared = Compared { maps: part.maps(), sources: &session.sources, places: session.places() };
                of.findings.push(judge(comparison.findings, compared, settings));
            }
            Err(problem) => {
                of.is_sound = false;
                of.findings.push(Vec::new());
                of.diagnostics.push(*problem);
            }
        }
    }
    let Some(config) = settings.config.as_ref().filter(|config| of.is_sound && !config.approvals.is_empty()) else {
        return of;
    };
    let file = config.add_to(&mut session.sources);
    let covers = |path: &str| session.places().covers(path, &config.dir);
    of.diagnostics.extend(config.allow(&mut of.findings, Approved { today, file }, covers));
    of
}

/// Two versions whose findings are judged.
#[derive(Clone, Copy)]
pub(super) struct Compared<'a> {
    pub(super) maps: Pair<&'a SourceMap>,
    pub(super) sources: &'a Sources,
    pub(super) places: &'a Places,
}

/// Each finding under the policy of its file.
pub(super) fn judge(findings: Vec<Finding>, compared: Compared<'_>, settings: &Settings) -> Vec<Judged> {
    let base = settings.policy(None);
    let Some(config) = settings.config.as_ref().filter(|_| settings.differ_by_path()) else {
        return base.judge(findings);
    };
    let path_of = |finding: &Finding| path_of(finding, compared.maps, compared.sources, compared.places, &config.dir);
    let mut policies: BTreeMap<String, Policy> = BTreeMap::new();
    for path in findings.iter().filter_map(path_of) {
        policies.entry(path).or_insert_with_key(|path| settings.policy(Some(path)));
    }
    Policy::judge_each(findings, |finding| path_of(finding).and_then(|path| policies.get(&path)).unwrap_or(&base))
}

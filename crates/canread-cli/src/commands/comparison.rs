//! Versions compared, and what was found judged by the settings: what `check` reports, and `approve` writes down.

use std::cell::RefCell;
use std::collections::BTreeMap;

use canread_compat::{Finding, Judged, Pair, Policy, Reach};
use canread_project::config::{Approved, Date};
use canread_project::{Against, History, Part, Places, Session};
use canread_report::Section;
use canread_syntax::{Diagnostic, FileId, SourceMap, Sources};

use super::open::Opened;
use super::out_of_check;
use super::out_of_check::{Hidden, Silenced};
use crate::settings::{Paths, Settings, path_of};

/// What came of a comparison.
pub(super) struct Comparison<'a> {
    /// What was found, in the order in which it is shown.
    pub(super) groups: Vec<Group<'a>>,
    /// What is wrong with files, the comparison, or approvals.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether there is a verdict.
    pub(super) is_sound: bool,
}

/// Findings about one pair of versions.
pub(super) struct Group<'a> {
    pub(super) maps: Pair<&'a SourceMap>,
    places: &'a Places,
    pub(super) findings: Vec<Judged>,
}

impl Comparison<'_> {
    /// What was found, in the order in which it is shown.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Judged> {
        self.groups.iter().flat_map(|group| &group.findings)
    }

    /// The same as a report shows it, with where the nodes stand.
    pub(super) fn sections(&self) -> Vec<Section<'_>> {
        let groups = self.groups.iter();
        groups.map(|group| Section { maps: group.maps, findings: &group.findings, changes: &[] }).collect()
    }
}

impl Group<'_> {
    /// How a finding's file is called from a directory.
    pub(super) fn path_of(&self, judged: &Judged, sources: &Sources, dir: &std::path::Path) -> Option<String> {
        path_of(&judged.finding, self.maps, sources, self.places, dir)
    }
}

/// Compares what was opened. `approvals` is where the text of `canread.toml` is among the texts.
pub(super) fn compare<'a>(
    opened: &'a Opened,
    settings: &Settings,
    today: Date,
    approvals: Option<FileId>,
) -> Comparison<'a> {
    compare_within(&settings.reaches(), opened, settings, today, approvals)
}

/// The same, where it is told which versions of a history count.
pub(super) fn compare_within<'a>(
    reaches: &[Reach],
    opened: &'a Opened,
    settings: &Settings,
    today: Date,
    approvals: Option<FileId>,
) -> Comparison<'a> {
    let mut of = Comparison { groups: Vec::new(), diagnostics: opened.diagnostics().to_vec(), is_sound: true };
    of.is_sound = !of.diagnostics.iter().any(Diagnostic::is_error);
    if !of.is_sound {
        return of;
    }
    let mut hidden = Hidden::default();
    match opened {
        Opened::Pair(session) => of.compare_pair(session, settings, &mut hidden),
        Opened::History(history) => of.compare_all(history, reaches, settings, &mut hidden),
    }
    if of.is_sound {
        of.diagnostics.extend(out_of_check::told(opened, settings, hidden));
    }
    let approved = settings.config.as_ref().zip(approvals).filter(|_| of.is_sound);
    if let Some((config, file)) = approved {
        let covers = |path: &str| opened.places().covers(path, &config.dir);
        let mut groups: Vec<&mut Vec<Judged>> = of.groups.iter_mut().map(|group| &mut group.findings).collect();
        let problems = config.allow(&mut groups, Approved { today, file }, covers);
        of.diagnostics.extend(problems);
        of.groups = allowed_last(of.groups);
    }
    let is_seen = |judged: &Judged| judged.fails || judged.allowed.is_some();
    if of.is_sound && opened.compared().schemas == 0 && !of.findings().any(is_seen) {
        of.give_up(nothing_left());
    }
    of
}

/// All schemas were deleted, or a directory is empty that should not be; that nothing was found tells neither.
fn nothing_left() -> Diagnostic {
    Diagnostic::error("project/no_schemas", "the new version holds no schema files, and the old one does")
        .note("nothing that is gone fails the run, so nobody would see it if the place were wrong")
        .help("name the directory that holds the schemas; if all were deleted on purpose, leave the check out")
}

/// What somebody accepted behind what nobody did.
fn allowed_last(groups: Vec<Group<'_>>) -> Vec<Group<'_>> {
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for group in groups {
        let Group { maps, places, findings } = group;
        let (allowed, others): (Vec<Judged>, _) = findings.into_iter().partition(|judged| judged.allowed.is_some());
        for (findings, groups) in [(others, &mut first), (allowed, &mut last)] {
            if !findings.is_empty() {
                groups.push(Group { maps, places, findings });
            }
        }
    }
    first.append(&mut last);
    first
}

impl<'a> Comparison<'a> {
    /// What was found in each part of a session, as far as it could be compared.
    fn compare_pair(&mut self, session: &'a Session, settings: &Settings, hidden: &mut Hidden) {
        for part in session.parts() {
            match part.compare() {
                Ok(comparison) => {
                    let (maps, places) = (part.maps(), session.places());
                    let findings = judge(comparison.findings, &of_part(part, session), settings, hidden);
                    self.groups.push(Group { maps, places, findings });
                }
                Err(problem) => self.give_up(*problem),
            }
        }
    }

    /// What was found in a history.
    fn compare_all(&mut self, history: &'a History, reaches: &[Reach], settings: &Settings, hidden: &mut Hidden) {
        let hidden = RefCell::new(hidden);
        let judge = |findings, Against { maps, places, reach, .. }: Against<'_>| {
            // Where files differ in how far they look back, each one's findings come from the reach of its own mode.
            let reach = (reaches.len() > 1).then_some(reach);
            let of = Judging { maps, sources: &history.sources, places, reach };
            judge(findings, &of, settings, &mut hidden.borrow_mut())
        };
        match history.check(reaches, judge) {
            Ok(all) => self.groups.extend(all.into_iter().map(|rows| {
                let (maps, places) = (history.maps_of(&rows), history.places_of(&rows));
                Group { maps, places, findings: rows.findings }
            })),
            Err(problem) => self.give_up(*problem),
        }
    }

    fn give_up(&mut self, problem: Diagnostic) {
        self.is_sound = false;
        self.diagnostics.push(problem);
    }
}

/// What the findings of a part of a session mean.
pub(super) fn judge_part(findings: Vec<Finding>, part: &Part, session: &Session, settings: &Settings) -> Vec<Judged> {
    judge(findings, &of_part(part, session), settings, &mut Hidden::default())
}

fn of_part<'a>(part: &'a Part, session: &'a Session) -> Judging<'a> {
    Judging { maps: part.maps(), sources: &session.sources, places: session.places(), reach: None }
}

/// Two versions whose findings are judged.
struct Judging<'a> {
    maps: Pair<&'a SourceMap>,
    sources: &'a Sources,
    places: &'a Places,
    /// Leaves out what is found in files whose mode reaches elsewhere.
    reach: Option<Reach>,
}

/// Each finding under the policy of its file. What that silences, and would count where it stood before, is put aside.
fn judge(findings: Vec<Finding>, of: &Judging<'_>, settings: &Settings, hidden: &mut Hidden) -> Vec<Judged> {
    let base = settings.policy(None);
    let Some(config) = settings.config.as_ref().filter(|_| settings.differ_by_path()) else {
        return base.judge(findings);
    };
    let paths: Vec<Paths> =
        findings.iter().map(|finding| Paths::of(finding, of.maps, of.sources, of.places, &config.dir)).collect();
    let mut policies: BTreeMap<&str, Policy> = BTreeMap::new();
    for path in paths.iter().flat_map(|paths| [&paths.counts, &paths.old]).flatten() {
        policies.entry(path).or_insert_with(|| settings.policy(Some(path)));
    }
    let policy_of = |path: &Option<String>| path.as_deref().and_then(|path| policies.get(path)).unwrap_or(&base);
    let counts = |policy: &Policy| of.reach.is_none_or(|reach| reach == policy.mode.reach());
    let mut counted = Vec::new();
    for (finding, paths) in findings.into_iter().zip(&paths) {
        let policy = policy_of(&paths.counts);
        let before = policy_of(&paths.old);
        if paths.old.is_some() && paths.old != paths.counts && counts(before) {
            let judge = |policy: &Policy| policy.judge(vec![finding.clone()]).pop();
            if let (Some(judged), None) = (judge(before), judge(policy)) {
                hidden.add(Silenced::of(judged, of.maps, of.sources));
            }
        }
        if counts(policy) {
            counted.push((finding, policy));
        }
    }
    Policy::judge_each(counted)
}

//! Files of which nothing is promised, and what was moved into them: a break there is found by nobody.

use std::collections::{BTreeMap, BTreeSet};

use canread_compat::{Judged, Mode, Pair};
use canread_syntax::{Diagnostic, SourceMap, Sources, Span};

use super::open::Opened;
use crate::settings::{Settings, file_of};

/// Findings that count where their declaration was, and not where it is.
#[derive(Debug, Default)]
pub(super) struct Hidden(Vec<Silenced>);

impl Hidden {
    pub(super) fn add(&mut self, silenced: Option<Silenced>) {
        self.0.extend(silenced);
    }
}

/// One of them.
#[derive(Debug)]
pub(super) struct Silenced {
    fingerprint: String,
    /// The rule, and what it says.
    text: String,
    files: Pair<String>,
    place: Option<Span>,
}

impl Silenced {
    /// None if it has no place in one of the versions.
    pub(super) fn of(judged: Judged, maps: Pair<&SourceMap>, sources: &Sources) -> Option<Self> {
        let finding = &judged.finding;
        let old = file_of(finding.old.as_ref(), maps.old, sources)?.to_owned();
        let new = file_of(finding.new.as_ref(), maps.new, sources)?.to_owned();
        let place = finding.new.as_ref().and_then(|site| Some(maps.new.place(site.node.0)?.name));
        let text = format!("{}[{}]: {}", judged.severity.as_str(), finding.rule.id, finding.message);
        Some(Self { fingerprint: judged.fingerprint, text, files: Pair { old, new }, place })
    }
}

/// The schema files of the new version whose mode is `none`, as shown to users.
pub(super) fn unchecked(opened: &Opened, settings: &Settings) -> Vec<String> {
    if !settings.has_mode_none() {
        return Vec::new();
    }
    let dir = settings.config.as_ref().map(|config| &*config.dir);
    let path_of = |file: &str| opened.places().of_new(file, dir?);
    let is_unchecked = |file: &&str| settings.policy(path_of(file).as_deref()).mode == Mode::None;
    opened.files().into_iter().filter(is_unchecked).map(str::to_owned).collect()
}

/// What is told of files whose content was checked in the old version, and is less so where it is now. `hidden` is what
/// was found there all the same.
pub(super) fn told(opened: &Opened, settings: &Settings, hidden: Hidden) -> Vec<Diagnostic> {
    let Some(config) = settings.config.as_ref().filter(|_| settings.differ_by_path()) else { return Vec::new() };
    let mut told: BTreeMap<(String, String), Diagnostic> = BTreeMap::new();
    if settings.has_mode_none() {
        let mode_of = |path: &str| settings.policy(Some(path)).mode;
        for moved in opened.moved() {
            let places = opened.places();
            let Some(old) = places.of_old(moved.old, &config.dir) else { continue };
            let Some(new) = places.of_new(moved.new, &config.dir) else { continue };
            if mode_of(&old) == Mode::None || mode_of(&new) != Mode::None {
                continue;
            }
            let message = match &*moved.symbols {
                [] => format!("`{}` is `{}` now, which has mode none", moved.old, moved.new),
                [one] => format!("`{one}` was in `{}` and is in `{}` now, which has mode none", moved.old, moved.new),
                [first, more @ ..] => format!(
                    "`{first}` and {} more were in `{}` and are in `{}` now, which has mode none",
                    more.len(),
                    moved.old,
                    moved.new
                ),
            };
            let problem = warning(message, moved.place).note("what changes there is no longer checked");
            told.insert((moved.old.to_owned(), moved.new.to_owned()), problem);
        }
    }
    let mut seen = BTreeSet::new();
    let mut by_files: BTreeMap<(String, String), Vec<Silenced>> = BTreeMap::new();
    for silenced in hidden.0 {
        let files = (silenced.files.old.clone(), silenced.files.new.clone());
        if seen.insert((files.clone(), silenced.fingerprint.clone())) {
            by_files.entry(files).or_default().push(silenced);
        }
    }
    for (files, all) in by_files {
        let first = &all[0];
        let (old, new) = &files;
        let problem = told.remove(&files).unwrap_or_else(|| {
            let message = format!("what was in `{old}` and is in `{new}` now is held to less there");
            warning(message, first.place)
        });
        let note = match all.len() {
            1 => format!("1 finding is left out that would count in `{old}`: {}", first.text),
            count => format!("{count} findings are left out that would count in `{old}`, such as {}", first.text),
        };
        told.insert(files, problem.note(note));
    }
    told.into_values().collect()
}

fn warning(message: String, place: Option<Span>) -> Diagnostic {
    let problem = Diagnostic::warning("policy/moved_out", message);
    let problem = match place {
        Some(place) => problem.at(place, "here now"),
        None => problem,
    };
    problem
        .help("if others still read its data, let a `[[path]]` section of canread.toml say what holds for the new file")
}

//! From what the user named to versions that can be compared.

use std::{
    io::{Write, stderr},
    path::PathBuf,
    time::Duration,
};

use canread_project::{History, Moved, Places, Project, Request, Result, Session};
use canread_report::Compared;
use canread_syntax::{Diagnostic, Sources};

use super::out_of_check;
use crate::{progress::Progress, settings::Settings};

/// What a run compares with the new version.
pub(super) enum Opened {
    /// One old version.
    Pair(Session),
    /// Several.
    History(History),
}

impl Opened {
    pub(super) fn sources(&self) -> &Sources {
        match self {
            Self::Pair(session) => &session.sources,
            Self::History(history) => &history.sources,
        }
    }

    pub(super) fn sources_mut(&mut self) -> &mut Sources {
        match self {
            Self::Pair(session) => &mut session.sources,
            Self::History(history) => &mut history.sources,
        }
    }

    pub(super) fn compared(&self) -> &Compared {
        match self {
            Self::Pair(session) => &session.compared,
            Self::History(history) => &history.compared,
        }
    }

    fn compared_mut(&mut self) -> &mut Compared {
        match self {
            Self::Pair(session) => &mut session.compared,
            Self::History(history) => &mut history.compared,
        }
    }

    /// The schema files of the new version, as shown to users, whether they changed or not.
    pub(super) fn files(&self) -> Vec<&str> {
        match self {
            Self::Pair(session) => session.files().collect(),
            Self::History(history) => history.files().collect(),
        }
    }

    /// What lies in another file than it did in the old version, or in the newest one.
    pub(super) fn moved(&self) -> Vec<Moved<'_>> {
        match self {
            Self::Pair(session) => session.moved(),
            Self::History(history) => history.moved(),
        }
    }

    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Pair(session) => &session.diagnostics,
            Self::History(history) => &history.diagnostics,
        }
    }

    /// Where the new version lies, and an old one.
    pub(super) fn places(&self) -> &Places {
        match self {
            Self::Pair(session) => session.places(),
            Self::History(history) => history.places(),
        }
    }
}

/// Reads and parses the new version and what it is to be compared with.
pub(super) fn open_all(settings: &Settings, new: &str, against: &[String], progress: &mut Progress) -> Result<Opened> {
    let mut opened = open_several(settings, new, against, progress)?;
    opened.compared_mut().unchecked = out_of_check::unchecked(&opened, settings);
    Ok(opened)
}

/// Where the files of a version start, for those who look from the top of the repository. What git holds is shown from there.
pub(super) fn below(project: &Project, new: &str) -> String {
    if new.starts_with("git:") || new == "staged" { String::new() } else { project.below() }
}

fn open_several(settings: &Settings, new: &str, against: &[String], progress: &mut Progress) -> Result<Opened> {
    let project = project(settings)?;
    if History::is_asked_for(&project, against)? {
        let workload = History::load(&project, new, against)?;
        progress.step("parsing schemas");
        let mut history = History::parse(workload);
        history.compared.below = below(&project, &history.compared.new);
        history.compared.reaches_differ = settings.reaches().len() > 1;
        return Ok(Opened::History(history));
    }
    let old = against.last().map_or("", String::as_str);
    open(settings, Request { new, old }, progress).map(Opened::Pair)
}

/// Reads and parses both versions.
pub(super) fn open(settings: &Settings, request: Request<'_>, progress: &mut Progress) -> Result<Session> {
    let project = project(settings)?;
    let workload = Session::load(&project, request)?;
    progress.step("parsing schemas");
    let mut session = Session::parse(workload);
    session.compared.below = below(&project, &session.compared.new);
    Ok(session)
}

/// The project that relative paths start from: the current directory.
pub(super) fn project(settings: &Settings) -> Result<Project> {
    let project = Project::new(".".as_ref())?.index_file(index_file());
    let project = settings.include.value.iter().fold(project, Project::include);
    let project = settings.against_include.iter().fold(project, Project::old_include);
    Ok(match &settings.config {
        Some(config) => match &config.exclude {
            Some(exclude) => project.exclude(&config.dir, exclude.value.clone()),
            None => project,
        },
        None => project,
    })
}

/// The index that git says to use: it sets the variable for hooks, and then it may be another one than usual.
fn index_file() -> Option<PathBuf> {
    std::env::var_os("GIT_INDEX_FILE").filter(|file| !file.is_empty()).map(PathBuf::from)
}

/// Says how long each step took, if that was asked for.
pub(super) fn stats(is_wanted: bool, progress: Progress) {
    let steps: Vec<(&str, Duration)> = progress.finish();
    if !is_wanted {
        return;
    }
    for (step, time) in steps {
        let _ = writeln!(stderr(), "{step}: {:.3} s", time.as_secs_f64());
    }
}

/// Ends the work on schemas without giving their memory back, piece by piece, to a process that is about to end: that
/// takes a tenth of a run over a big tree.
pub(super) fn leave<T>(schemas: T) {
    std::mem::forget(schemas);
}

//! From what the user named to two versions that can be compared.

use std::{
    io::{Write, stderr},
    time::Duration,
};

use canread_project::{Project, Request, Result, Session};

use crate::{progress::Progress, settings::Settings};

/// Reads and parses both versions.
pub(super) fn open(settings: &Settings, request: Request<'_>, progress: &mut Progress) -> Result<Session> {
    let project = project(settings)?;
    let workload = Session::load(&project, request)?;
    progress.step("parsing schemas");
    Ok(Session::parse(workload))
}

/// The project that relative paths start from: the current directory.
pub(super) fn project(settings: &Settings) -> Result<Project> {
    let project = Project::new(".".as_ref())?;
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

/// Ends the work on two versions without giving their memory back, piece by piece, to a process that is about to end: that
/// takes a tenth of a run over a big tree.
pub(super) fn leave(session: Session) {
    std::mem::forget(session);
}

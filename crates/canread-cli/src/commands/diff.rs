//! `canread diff`: every change, breaking or not.

use std::{borrow::Cow, collections::BTreeSet};

use canread_compat::{Change, Comparison, Description, Mode, Pair, Severity, Surface};
use canread_project::Request;
use canread_report::{Run, Section, Status, Task};

use super::open;
use crate::{
    args::{Color, ConfigArgs, Diff},
    exit,
    output::{self, Asked, Reports},
    progress::Progress,
    settings::{Flags, Settings},
};

pub(crate) fn diff(args: &Diff, config: &ConfigArgs, color: Color) -> u8 {
    // Nothing is promised here: every change counts, on every surface.
    let (mode, promises, fail_on) = (Mode::None, &BTreeSet::from(Surface::ALL), Severity::Error);
    let reports = match Reports::of(&args.output.format) {
        Ok(reports) => reports,
        Err(code) => return code,
    };
    let versions = Pair { old: &*args.old, new: &*args.new };
    let asked = Asked { task: Task::Diff, versions, mode, promises, fail_on, reports, color };
    let settings = match Settings::load(config, &Flags { input: Some(&args.input), ..Flags::default() }) {
        Ok(settings) => settings,
        Err(error) => return output::stopped(&error.diagnostics, &error.sources, exit::USAGE, &asked),
    };
    let mut progress = Progress::start("reading schemas");
    let request = Request { new: &args.new, old: &args.old };
    let session = match open::open(&settings, request, &mut progress) {
        Ok(session) => session,
        Err(error) => {
            progress.hide();
            return output::failure(&error, &asked);
        }
    };
    let mut changes: Vec<Vec<Description>> = Vec::new();
    let mut diagnostics = Cow::Borrowed(&*session.diagnostics);
    let mut is_sound = session.is_sound();
    if is_sound {
        progress.step("comparing schemas");
        for part in session.parts() {
            match part.compare() {
                Ok(comparison) => changes.push(described(&comparison)),
                Err(problem) => {
                    is_sound = false;
                    changes.push(Vec::new());
                    diagnostics.to_mut().push(*problem);
                }
            }
        }
    }
    let run = Run {
        task: Task::Diff,
        sources: &session.sources,
        status: if is_sound { Status::Compatible } else { Status::Error },
        mode,
        promises,
        fail_on,
        compared: &session.compared,
        sections: session
            .parts()
            .iter()
            .zip(&changes)
            .map(|(part, changes)| Section { maps: part.maps(), findings: &[], changes })
            .collect(),
        diagnostics: &diagnostics,
        approve_with: None,
    };
    progress.step("writing the report");
    let rendered = reports.render(&run, color);
    progress.hide();
    let code = rendered.write(if is_sound { exit::COMPATIBLE } else { exit::FAILED });
    open::stats(args.output.stats, progress);
    open::leave(session);
    code
}

/// The changes of one format in words, sorted by what they are about.
fn described(comparison: &Comparison<'_>) -> Vec<Description> {
    let mut changes: Vec<Description> = comparison.changes.iter().map(Change::describe).collect();
    changes.sort_by(|one, two| (&one.symbol, &one.what).cmp(&(&two.symbol, &two.what)));
    changes
}

//! `canread diff`: every change, breaking or not.

use std::collections::BTreeSet;

use canread_compat::{Change, Description, Mode, Pair, Severity, Surface};
use canread_project::{Part, Request};
use canread_report::{Run, Section, Status, Task};

use super::open;
use crate::{
    args::{Color, Diff},
    exit,
    output::{self, Asked},
    progress::Progress,
};

pub(crate) fn diff(args: &Diff, color: Color) -> u8 {
    // Nothing is promised here: every change counts, on every surface.
    let (mode, promises, fail_on) = (Mode::None, &BTreeSet::from(Surface::ALL), Severity::Error);
    let mut progress = Progress::start("reading schemas");
    let request = Request { new: &args.new, old: &args.old };
    let session = match open::open(&args.input, request, &mut progress) {
        Ok(session) => session,
        Err(error) => {
            progress.hide();
            let versions = Pair { old: &*args.old, new: &*args.new };
            let format = args.output.format;
            let asked = Asked { task: Task::Diff, versions, mode, promises, fail_on, format, color };
            return output::failure(&error, &asked);
        }
    };
    let mut changes: Vec<Vec<Description>> = Vec::new();
    if session.is_sound() {
        progress.step("comparing schemas");
        changes = session.parts().iter().map(described).collect();
    }
    let run = Run {
        task: Task::Diff,
        sources: &session.sources,
        status: if session.is_sound() { Status::Compatible } else { Status::Error },
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
        diagnostics: &session.diagnostics,
    };
    progress.step("writing the report");
    let report = output::render(&run, args.output.format, color);
    progress.hide();
    let code = output::print(&report, if session.is_sound() { exit::COMPATIBLE } else { exit::FAILED });
    open::stats(args.output.stats, progress);
    code
}

/// The changes of one format in words, sorted by what they are about.
fn described(part: &Part) -> Vec<Description> {
    let mut changes: Vec<Description> = part.compare().changes.iter().map(Change::describe).collect();
    changes.sort_by(|one, two| (&one.symbol, &one.what).cmp(&(&two.symbol, &two.what)));
    changes
}

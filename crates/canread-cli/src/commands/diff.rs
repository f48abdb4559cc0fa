//! `canread diff`: every change, breaking or not.

use std::collections::BTreeSet;

use canread_compat::{Change, Mode, Severity, Surface};
use canread_project::{Request, Session};
use canread_report::{Run, Status, Task};

use super::check::{project, stats};
use crate::{
    args::{Color, Diff},
    exit, output,
    progress::Progress,
};

pub(crate) fn diff(args: &Diff, color: Color) -> u8 {
    let mut progress = Progress::start("reading schemas");
    let request = Request { new: &args.new, old: &args.old };
    let opened = project(&args.input.include).and_then(|project| {
        let workload = Session::load(&project, request)?;
        progress.step("parsing schemas");
        Ok(Session::parse(workload))
    });
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            drop(progress);
            return output::failure(&error, color);
        }
    };
    let mut changes = Vec::new();
    if session.is_sound() {
        progress.step("comparing schemas");
        changes = session.compare().changes.iter().map(Change::describe).collect();
        changes.sort_by(|one, two| (&one.symbol, &one.what).cmp(&(&two.symbol, &two.what)));
    }
    let promises: BTreeSet<Surface> = Surface::ALL.into();
    let run = Run {
        task: Task::Diff,
        sources: &session.sources,
        maps: session.maps(),
        status: if session.is_sound() { Status::Compatible } else { Status::Error },
        mode: Mode::None,
        promises: &promises,
        fail_on: Severity::Error,
        compared: &session.compared,
        findings: &[],
        changes: &changes,
        diagnostics: &session.diagnostics,
    };
    progress.step("writing the report");
    let code = if session.is_sound() { exit::COMPATIBLE } else { exit::FAILED };
    let code = output::report(&run, args.output.format, color, code);
    let steps = progress.finish();
    if args.output.stats {
        stats(&steps);
    }
    code
}

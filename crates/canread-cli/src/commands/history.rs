//! `canread check` against several old versions.

use std::borrow::Cow;

use canread_compat::{Policy, Severity};
use canread_project::{History, Result};
use canread_report::{Run, Task};

use super::{check, open};
use crate::{
    args::{Check, Color},
    output,
    progress::Progress,
};

/// Checks against all of them, and gives the exit code; `None` if only one version is asked for.
pub(super) fn run(args: &Check, policy: &Policy, color: Color, progress: &mut Progress) -> Result<Option<u8>> {
    let project = open::project(&args.input)?;
    if !History::is_asked_for(&project, &args.against)? {
        return Ok(None);
    }
    let history = History::read(&project, &args.path, &args.against)?;
    let mut diagnostics = Cow::Borrowed(&*history.diagnostics);
    let mut is_sound = history.is_sound();
    let mut rows = Vec::new();
    if is_sound {
        progress.step("comparing schemas");
        match history.check(policy) {
            Ok(found) => rows = found,
            Err(problem) => {
                is_sound = false;
                diagnostics.to_mut().push(*problem);
            }
        }
    }
    let fail_on = Severity::from(args.policy.fail_on);
    let status = check::status(is_sound, rows.iter().flat_map(|rows| &rows.findings), fail_on);
    let run = Run {
        task: Task::Check,
        sources: &history.sources,
        status,
        mode: policy.mode,
        promises: &policy.promises,
        fail_on,
        compared: &history.compared,
        sections: history.sections(&rows),
        diagnostics: &diagnostics,
    };
    progress.step("writing the report");
    let report = output::render(&run, args.output.format, color);
    progress.hide();
    Ok(Some(output::print(&report, check::code(status, args))))
}

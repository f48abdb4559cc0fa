//! `canread check` against several old versions.

use canread_compat::{Judged, Policy};
use canread_project::{
    History, Result, Rows,
    config::{Approved, Date},
};
use canread_report::{Run, Task};
use canread_syntax::Diagnostic;

use super::{check, comparison, comparison::Compared, open};
use crate::{
    args::{Check, Color},
    output::Reports,
    progress::Progress,
    settings::Settings,
};

/// Several versions compared with the new one, and what was found judged by the settings.
pub(super) struct Checked {
    history: History,
    rows: Vec<Rows>,
    diagnostics: Vec<Diagnostic>,
    is_sound: bool,
}

/// Checks against all of them; `None` if only one version is asked for.
pub(super) fn run(
    args: &Check,
    against: &[String],
    settings: &Settings,
    today: Date,
    progress: &mut Progress,
) -> Result<Option<Checked>> {
    let project = open::project(settings)?;
    if !History::is_asked_for(&project, against)? {
        return Ok(None);
    }
    let mut history = History::read(&project, &args.path, against)?;
    let mut diagnostics = history.diagnostics.clone();
    let mut is_sound = history.is_sound();
    let mut rows = Vec::new();
    if is_sound {
        progress.step("comparing schemas");
        let sources = &history.sources;
        let found = history.check(settings.reach(), |findings, judging| {
            let compared = Compared { maps: judging.maps, sources, places: judging.places };
            comparison::judge(findings, compared, settings)
        });
        match found {
            Ok(found) => rows = found,
            Err(problem) => {
                is_sound = false;
                diagnostics.push(*problem);
            }
        }
    }
    if let Some(config) = settings.config.as_ref().filter(|config| is_sound && !config.approvals.is_empty()) {
        let file = config.add_to(&mut history.sources);
        let mut findings: Vec<Vec<Judged>> = rows.iter_mut().map(|rows| std::mem::take(&mut rows.findings)).collect();
        let covers = |path: &str| history.places().covers(path, &config.dir);
        diagnostics.extend(config.allow(&mut findings, Approved { today, file }, covers));
        for (rows, findings) in rows.iter_mut().zip(findings) {
            rows.findings = findings;
        }
    }
    Ok(Some(Checked { history, rows, diagnostics, is_sound }))
}

impl Checked {
    /// Writes the reports, and gives the exit code.
    pub(super) fn report(
        &self,
        args: &Check,
        policy: &Policy,
        reports: Reports<'_>,
        color: Color,
        mut progress: Progress,
    ) -> u8 {
        let findings = || self.rows.iter().flat_map(|rows| &rows.findings);
        let status = check::status(self.is_sound, findings());
        let run = Run {
            task: Task::Check,
            sources: &self.history.sources,
            status,
            mode: policy.mode,
            promises: &policy.promises,
            fail_on: policy.fail_on,
            compared: &self.history.compared,
            sections: self.history.sections(&self.rows),
            diagnostics: &self.diagnostics,
            // `approve` compares with one version, which the reader has to choose.
            approve_with: None,
        };
        progress.step("writing the report");
        let rendered = reports.render(&run, color);
        progress.hide();
        let code = rendered.write(check::code(status, findings(), args.exit_zero));
        open::stats(args.output.stats, progress);
        code
    }
}

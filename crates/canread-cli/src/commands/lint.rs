//! `canread lint`: what is harmless today, and bites later.

use std::collections::{BTreeMap, BTreeSet};

use canread_compat::{Finding, Judged, Mode, Pair, Policy, Surface, find_lint};
use canread_project::{Linted, Reading};
use canread_report::{Run, Section, Status, Task};

use super::{explain, open};
use crate::{
    args::{Color, ConfigArgs, Input, Lint},
    exit,
    output::{self, Asked, Reports},
    progress::Progress,
    settings::{Flags, Settings, path_of},
};

pub(crate) fn lint(args: &Lint, config: &ConfigArgs, color: Color) -> u8 {
    let reports = match Reports::of(&args.output.format) {
        Ok(reports) => reports,
        Err(code) => return code,
    };
    // What a lint warns of breaks no promise yet, so none is asked for.
    let (mode, promises, fail_on) = (Mode::None, &BTreeSet::new(), args.fail_on);
    let versions = Pair { old: "", new: &*args.path };
    let asked = Asked { task: Task::Lint, versions, mode, promises, fail_on, reports, color };
    let input = Input { include: args.include.clone(), against_include: Vec::new() };
    let settings = match Settings::load(config, &Flags { input: Some(&input), ..Flags::default() }) {
        Ok(settings) => settings,
        Err(error) => return output::stopped(&error.diagnostics, &error.sources, exit::USAGE, &asked),
    };
    if let Some(id) = args.enable.iter().find(|id| find_lint(id).is_none()) {
        return explain::unknown_lint(id);
    }
    let mut progress = Progress::start("reading schemas");
    let read = open::project(&settings).and_then(|project| {
        let mut reading = Reading::load(&project, &args.path)?;
        reading.compared.below = open::below(&project, &reading.compared.new);
        Ok(reading)
    });
    let reading = match read {
        Ok(reading) => reading,
        Err(error) => {
            progress.hide();
            return output::failure(&error, &asked);
        }
    };
    progress.step("looking at schemas");
    let linted = if reading.is_sound() { reading.lint() } else { Vec::new() };
    let diagnostics = reading.diagnostics_beside(&linted);
    let judged: Vec<(Vec<Judged>, _)> = linted
        .into_iter()
        .map(|linted| {
            let maps = linted.maps();
            (judge(linted, &reading, args, &settings), maps)
        })
        .collect();
    let has_failed = judged.iter().flat_map(|(judged, _)| judged).any(|judged| judged.fails);
    let status = match (reading.is_sound(), has_failed) {
        (false, _) => Status::Error,
        (true, true) => Status::Failed,
        (true, false) => Status::Passed,
    };
    let run = Run {
        task: Task::Lint,
        sources: &reading.sources,
        status,
        mode,
        promises,
        fail_on,
        compared: &reading.compared,
        sections: judged.iter().map(|(findings, maps)| Section { maps: *maps, findings, changes: &[] }).collect(),
        diagnostics: &diagnostics,
        approve_with: None,
    };
    progress.step("writing the report");
    let rendered = reports.render(&run, color);
    progress.hide();
    let code = rendered.write(match status {
        Status::Error => exit::FAILED,
        Status::Failed if !args.exit_zero => exit::FINDINGS,
        _ => exit::COMPATIBLE,
    });
    open::stats(args.output.stats, progress);
    drop(judged);
    open::leave(reading);
    code
}

/// Each finding with the severity that its file has for the lint.
fn judge(linted: Linted<'_>, reading: &Reading, args: &Lint, settings: &Settings) -> Vec<Judged> {
    let (maps, config) = (linted.maps(), settings.config.as_ref().filter(|_| settings.differ_by_path()));
    let path_of = |finding: &Finding| path_of(finding, maps, &reading.sources, &reading.places, &config?.dir);
    let mut by_path: BTreeMap<Option<String>, Vec<Finding>> = BTreeMap::new();
    for finding in linted.findings {
        by_path.entry(path_of(&finding)).or_default().push(finding);
    }
    let judged =
        by_path.into_iter().flat_map(|(path, findings)| policy(path.as_deref(), args, settings).judge(findings));
    let mut judged: Vec<Judged> = judged.collect();
    judged.sort_by(Judged::order);
    judged
}

/// Every direction and every surface: a lint speaks of changes that nobody has made yet.
fn policy(path: Option<&str>, args: &Lint, settings: &Settings) -> Policy {
    let mut policy = settings.policy(path);
    policy.mode = Mode::Full;
    policy.promises = Surface::ALL.into();
    policy.fail_on = args.fail_on;
    policy.enabled.extend(args.enable.iter().cloned());
    policy
}

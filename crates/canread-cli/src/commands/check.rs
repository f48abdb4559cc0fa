//! `canread check`: does the change break a promise?

use std::{borrow::Cow, collections::BTreeSet};

use canread_compat::{Judged, Pair, Policy, Severity, Surface};
use canread_project::{ErrorKind, ProjectError, Request, Session};
use canread_report::{Run, Section, Status, Task};

use super::{explain, history, open};
use crate::{
    args::{Check, Color, PolicyArgs},
    exit,
    output::{self, Asked},
    progress::Progress,
};

pub(crate) fn check(args: &Check, color: Color) -> u8 {
    let policy = match policy(&args.policy) {
        Ok(policy) => policy,
        Err(code) => return code,
    };
    let mut progress = Progress::start("reading schemas");
    let fail_on = Severity::from(args.policy.fail_on);
    let opened = match history::run(args, &policy, color, &mut progress) {
        Ok(Some(code)) => {
            open::stats(args.output.stats, progress);
            return code;
        }
        Ok(None) => {
            let old = args.against.last().map_or("", String::as_str);
            open::open(&args.input, Request { new: &args.path, old }, &mut progress)
        }
        Err(error) => Err(error),
    };
    let opened = opened.or_else(|error| alone(args, error));
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            progress.hide();
            let against = args.against.join(", ");
            let versions = Pair { old: &*against, new: &*args.path };
            let (mode, promises, format) = (policy.mode, &policy.promises, args.output.format);
            let asked = Asked { task: Task::Check, versions, mode, promises, fail_on, format, color };
            return output::failure(&error, &asked);
        }
    };
    let mut findings: Vec<Vec<Judged>> = Vec::new();
    let mut diagnostics = Cow::Borrowed(&*session.diagnostics);
    let mut is_sound = session.is_sound();
    if is_sound {
        progress.step("comparing schemas");
        for part in session.parts() {
            match part.compare() {
                Ok(comparison) => findings.push(policy.judge(comparison.findings)),
                Err(problem) => {
                    is_sound = false;
                    findings.push(Vec::new());
                    diagnostics.to_mut().push(*problem);
                }
            }
        }
    }
    let status = status(is_sound, findings.iter().flatten(), fail_on);
    let run = Run {
        task: Task::Check,
        sources: &session.sources,
        status,
        mode: policy.mode,
        promises: &policy.promises,
        fail_on,
        compared: &session.compared,
        sections: session
            .parts()
            .iter()
            .zip(&findings)
            .map(|(part, findings)| Section { maps: part.maps(), findings, changes: &[] })
            .collect(),
        diagnostics: &diagnostics,
    };
    progress.step("writing the report");
    let report = output::render(&run, args.output.format, color);
    progress.hide();
    let code = output::print(&report, code(status, args));
    open::stats(args.output.stats, progress);
    code
}

/// What the flags say; an exit code if they can't be meant, which has been explained.
fn policy(args: &PolicyArgs) -> Result<Policy, u8> {
    let mut policy = Policy::default();
    policy.mode = args.mode.into();
    policy.promises = args.promise.iter().map(|promise| promise.0).collect::<BTreeSet<Surface>>();
    for id in &args.enable {
        if canread_compat::rule(id).is_none() {
            return Err(explain::unknown_rule(id));
        }
        policy.enabled.insert(id.clone());
    }
    Ok(policy)
}

/// The new version by itself, where the user said that there may be no old one. It still has to be read:
/// what can't be understood today is no baseline tomorrow.
fn alone(args: &Check, error: ProjectError) -> canread_project::Result<Session> {
    if error.kind() != ErrorKind::NoBaseline || !args.allow_missing_baseline {
        return Err(error);
    }
    Session::without_baseline(&open::project(&args.input)?, &args.path, &error)
}

pub(super) fn status<'a>(is_sound: bool, findings: impl IntoIterator<Item = &'a Judged>, fail_on: Severity) -> Status {
    if !is_sound {
        return Status::Error;
    }
    let mut is_undecided = false;
    for judged in findings {
        if judged.severity >= fail_on && !judged.is_undecided() {
            return Status::Incompatible;
        }
        is_undecided |= judged.is_undecided();
    }
    if is_undecided { Status::Undecided } else { Status::Compatible }
}

pub(super) fn code(status: Status, args: &Check) -> u8 {
    match status {
        Status::Compatible => exit::COMPATIBLE,
        Status::Undecided if args.policy.allow_undecided => exit::COMPATIBLE,
        Status::Incompatible | Status::Undecided if args.exit_zero => exit::COMPATIBLE,
        Status::Incompatible | Status::Undecided => exit::FINDINGS,
        _ => exit::FAILED,
    }
}

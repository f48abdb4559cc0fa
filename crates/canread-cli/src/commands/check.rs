//! `canread check`: does the change break a promise?

use std::{borrow::Cow, collections::BTreeSet};

use canread_compat::{Judged, Pair, Policy, Severity, Surface};
use canread_project::{ErrorKind, ProjectError, Request, Session};
use canread_report::{Run, Section, Status, Task};

use super::{explain, open};
use crate::{
    args::{Check, Color, PolicyArgs},
    exit,
    output::{self, Asked, Reports},
    progress::Progress,
};

pub(crate) fn check(args: &Check, color: Color) -> u8 {
    let policy = match policy(&args.policy) {
        Ok(policy) => policy,
        Err(code) => return code,
    };
    let reports = match Reports::of(&args.output.format) {
        Ok(reports) => reports,
        Err(code) => return code,
    };
    let mut progress = Progress::start("reading schemas");
    let request = Request { new: &args.path, old: &args.against };
    let fail_on = Severity::from(args.policy.fail_on);
    let opened = open::open(&args.input, request, &mut progress).or_else(|error| alone(args, error));
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            progress.hide();
            let versions = Pair { old: &*args.against, new: &*args.path };
            let (mode, promises, allow_undecided) = (policy.mode, &policy.promises, args.policy.allow_undecided);
            let task = Task::Check;
            let asked = Asked { task, versions, mode, promises, fail_on, allow_undecided, reports, color };
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
    let status = status(is_sound, &findings, fail_on);
    let run = Run {
        task: Task::Check,
        sources: &session.sources,
        status,
        mode: policy.mode,
        promises: &policy.promises,
        fail_on,
        allow_undecided: args.policy.allow_undecided,
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
    let rendered = reports.render(&run, color);
    progress.hide();
    let code = rendered.write(code(status, args));
    open::stats(args.output.stats, progress);
    open::leave(session);
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

fn status(is_sound: bool, findings: &[Vec<Judged>], fail_on: Severity) -> Status {
    if !is_sound {
        return Status::Error;
    }
    let judged = || findings.iter().flatten();
    if judged().any(|judged| judged.severity >= fail_on && !judged.is_undecided()) {
        Status::Incompatible
    } else if judged().any(Judged::is_undecided) {
        Status::Undecided
    } else {
        Status::Compatible
    }
}

fn code(status: Status, args: &Check) -> u8 {
    match status {
        Status::Compatible => exit::COMPATIBLE,
        Status::Undecided if args.policy.allow_undecided => exit::COMPATIBLE,
        Status::Incompatible | Status::Undecided if args.exit_zero => exit::COMPATIBLE,
        Status::Incompatible | Status::Undecided => exit::FINDINGS,
        _ => exit::FAILED,
    }
}

//! `canread check`: does the change break a promise?

use std::{
    collections::BTreeSet,
    io::{Write, stderr},
    time::Duration,
};

use canread_compat::{Judged, Policy, Severity, Surface};
use canread_project::{ErrorKind, Project, ProjectError, Request, Session};
use canread_report::{Run, Status, Task};

use super::explain;
use crate::{
    args::{Check, Color, PolicyArgs},
    exit, output,
    progress::Progress,
};

pub(crate) fn check(args: &Check, color: Color) -> u8 {
    let policy = match policy(&args.policy) {
        Ok(policy) => policy,
        Err(code) => return code,
    };
    let mut progress = Progress::start("reading schemas");
    let request = Request { new: &args.path, old: &args.against };
    let opened = project(&args.input.include).and_then(|project| {
        let workload = Session::load(&project, request)?;
        progress.step("parsing schemas");
        Ok(Session::parse(workload))
    });
    let session = match opened {
        Ok(session) => session,
        Err(error) => {
            drop(progress);
            return missing_baseline(args, &error, color);
        }
    };
    let mut findings = Vec::new();
    if session.is_sound() {
        progress.step("comparing schemas");
        findings = policy.judge(session.compare().findings);
    }
    let fail_on = Severity::from(args.policy.fail_on);
    let status = status(&session, &findings, fail_on);
    let run = Run {
        task: Task::Check,
        sources: &session.sources,
        maps: session.maps(),
        status,
        mode: policy.mode,
        promises: &policy.promises,
        fail_on,
        compared: &session.compared,
        findings: &findings,
        changes: &[],
        diagnostics: &session.diagnostics,
    };
    progress.step("writing the report");
    let code = output::report(&run, args.output.format, color, code(status, args.exit_zero));
    let steps = progress.finish();
    if args.output.stats {
        stats(&steps);
    }
    code
}

/// The project that relative paths start from: the current directory.
pub(crate) fn project(includes: &[std::path::PathBuf]) -> canread_project::Result<Project> {
    let project = Project::new(".".as_ref())?;
    Ok(includes.iter().fold(project, Project::include))
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

fn status(session: &Session, findings: &[Judged], fail_on: Severity) -> Status {
    if !session.is_sound() {
        return Status::Error;
    }
    let fails = findings.iter().any(|judged| judged.severity >= fail_on);
    if fails { Status::Incompatible } else { Status::Compatible }
}

fn code(status: Status, exit_zero: bool) -> u8 {
    match status {
        Status::Compatible => exit::COMPATIBLE,
        Status::Incompatible | Status::Undecided if exit_zero => exit::COMPATIBLE,
        Status::Incompatible | Status::Undecided => exit::FINDINGS,
        _ => exit::FAILED,
    }
}

fn missing_baseline(args: &Check, error: &ProjectError, color: Color) -> u8 {
    if error.kind() == ErrorKind::NoBaseline && args.allow_missing_baseline {
        let message = error.to_diagnostic().message;
        let _ = writeln!(stderr(), "note: {message}; nothing was compared (--allow-missing-baseline)");
        return exit::COMPATIBLE;
    }
    output::failure(error, color)
}

/// How long each step took.
pub(crate) fn stats(steps: &[(&'static str, Duration)]) {
    for (step, time) in steps {
        let _ = writeln!(stderr(), "{step}: {:.3} s", time.as_secs_f64());
    }
}

//! `canread check`: does the change break a promise?

use canread_compat::{Pair, Policy};
use canread_project::{ErrorKind, ProjectError, Session};
use canread_report::{Run, Status, Task};
use canread_syntax::{Diagnostic, Sources};

use super::{comparison, comparison::Comparison, explain, open, open::Opened, shell};
use crate::{
    args::{Check, Color, ConfigArgs},
    exit,
    output::{self, Asked, Reports},
    progress::Progress,
    settings::{self, Flags, Settings},
};

pub(crate) fn check(args: &Check, config: &ConfigArgs, color: Color) -> u8 {
    let reports = match Reports::of(&args.output.format) {
        Ok(reports) => reports,
        Err(code) => return code,
    };
    let flags = Flags { policy: Some(&args.policy), input: Some(&args.input), against: &args.against };
    let asked = |policy: &Policy, old: &[String], stop: &dyn Fn(&Asked<'_>) -> u8| {
        let versions = Pair { old: &*old.join(", "), new: &*args.path };
        let (mode, promises, fail_on) = (policy.mode, &policy.promises, policy.fail_on);
        stop(&Asked { task: Task::Check, versions, mode, promises, fail_on, reports, color })
    };
    let settings = match Settings::load(config, &flags) {
        Ok(settings) => settings,
        Err(error) => {
            let stop = |asked: &Asked<'_>| output::stopped(&error.diagnostics, &error.sources, exit::USAGE, asked);
            return asked(&Policy::default(), &args.against, &stop);
        }
    };
    if let Some(id) = unknown_rule(&settings) {
        return explain::unknown_rule(id);
    }
    let policy = settings.policy(None);
    let Some(against) = settings.against.as_ref().map(|against| against.value.as_slice()) else {
        let stop = |asked: &Asked<'_>| output::stopped(&[no_baseline()], &Sources::default(), exit::USAGE, asked);
        return asked(&policy, &[], &stop);
    };
    let mut progress = Progress::start("reading schemas");
    let opened = open::open_all(&settings, &args.path, against, &mut progress);
    let mut opened = match opened.or_else(|error| alone(args, &settings, error)) {
        Ok(opened) => opened,
        Err(error) => {
            progress.hide();
            return asked(&policy, against, &|asked: &Asked<'_>| output::failure(&error, asked));
        }
    };
    progress.step("comparing schemas");
    let approvals = settings.config.as_ref().map(|config| config.add_to(opened.sources_mut()));
    let found = comparison::compare(&opened, &settings, settings::today(config), approvals);
    let status = status(&found, &policy);
    let approve_with = settings.config.as_ref().map(|_| approve_with(args, config));
    let run = Run {
        task: Task::Check,
        sources: opened.sources(),
        status,
        mode: policy.mode,
        promises: &policy.promises,
        fail_on: policy.fail_on,
        compared: opened.compared(),
        sections: found.sections(),
        diagnostics: &found.diagnostics,
        approve_with: approve_with.as_deref(),
    };
    progress.step("writing the report");
    let rendered = reports.render(&run, color);
    progress.hide();
    let code = rendered.write(code(status, &found, args.exit_zero));
    open::stats(args.output.stats, progress);
    open::leave(opened);
    code
}

/// A rule that a flag names and that is none.
pub(super) fn unknown_rule(settings: &Settings) -> Option<&str> {
    settings.enabled().iter().map(String::as_str).find(|id| canread_compat::rule(id).is_none())
}

/// There is nothing to compare with.
pub(super) fn no_baseline() -> Diagnostic {
    Diagnostic::error("project/usage", "no old version is named")
        .note("it is looked for in the flag, in CANREAD_AGAINST, and in `against` of canread.toml")
        .help("name one: `--against <BASELINE>`, such as `--against merge-base:origin/main`")
}

/// The new version by itself, where the user said that there may be no old one. It still has to be read:
/// what can't be understood today is no baseline tomorrow.
fn alone(args: &Check, settings: &Settings, error: ProjectError) -> canread_project::Result<Opened> {
    if error.kind() != ErrorKind::NoBaseline || !args.allow_missing_baseline {
        return Err(error);
    }
    Session::without_baseline(&open::project(settings)?, &args.path, &error).map(Opened::Pair)
}

fn status(found: &Comparison<'_>, policy: &Policy) -> Status {
    if !found.is_sound {
        return Status::Error;
    }
    if found.diagnostics.iter().any(|problem| canread_report::counts_as_finding(problem, policy.fail_on)) {
        return Status::Incompatible;
    }
    let mut is_undecided = false;
    for judged in found.findings() {
        if judged.fails && !judged.is_undecided() {
            return Status::Incompatible;
        }
        is_undecided |= judged.is_undecided() && judged.allowed.is_none();
    }
    if is_undecided { Status::Undecided } else { Status::Compatible }
}

fn code(status: Status, found: &Comparison<'_>, is_zero: bool) -> u8 {
    let fails = match status {
        Status::Compatible => false,
        Status::Incompatible => true,
        Status::Undecided => found.findings().any(|judged| judged.fails),
        _ => return exit::FAILED,
    };
    if fails && !is_zero { exit::FINDINGS } else { exit::COMPATIBLE }
}

/// The arguments that make `approve` compare what was compared here. What comes from variables and the file is there
/// again.
fn approve_with(args: &Check, config: &ConfigArgs) -> String {
    let Check { path, against, policy, input, .. } = args;
    let mut words: Vec<String> = Vec::new();
    let mut add = |flag: &str, value: &str| words.extend([flag.to_owned(), shell::word(value)]);
    if let Some(file) = &config.file {
        add("--config", &file.to_string_lossy());
    }
    if path != "." {
        add("--path", path);
    }
    for against in against {
        add("--against", against);
    }
    if let Some(mode) = policy.mode {
        add("--mode", mode.as_str());
    }
    if !policy.promise.is_empty() {
        let promises: Vec<&str> = policy.promise.iter().map(|surface| surface.as_str()).collect();
        add("--promise", &promises.join(","));
    }
    for rule in &policy.enable {
        add("--enable", rule);
    }
    for dir in &input.include {
        add("-I", &dir.to_string_lossy());
    }
    for dir in &input.against_include {
        add("--against-include", &dir.to_string_lossy());
    }
    words.join(" ")
}

//! `canread approve`: accepts a break for a while.

use std::path::Path;

use canread_compat::Judged;
use canread_project::config::{Config, Held, NewApproval};
use canread_syntax::{Diagnostic, Sources};

use super::{check, comparison, comparison::Comparison, explain, open, open::Opened};
use crate::{
    args::{Approve, Color, ConfigArgs},
    exit, output,
    progress::Progress,
    settings::{self, Flags, Settings},
};

pub(crate) fn approve(args: &Approve, config: &ConfigArgs, color: Color) -> u8 {
    let flags = Flags { policy: Some(&args.policy), input: Some(&args.input), against: &args.against };
    let usage = |problems: &[Diagnostic], sources: &Sources| {
        output::complain(problems, sources, color);
        exit::USAGE
    };
    let settings = match Settings::load(config, &flags) {
        Ok(settings) => settings,
        Err(error) => return usage(&error.diagnostics, &error.sources),
    };
    if let Some(id) = check::unknown_rule(&settings) {
        return explain::unknown_rule(id);
    }
    let problems: Vec<Diagnostic> = nonsense(args, config, &settings).into_iter().collect();
    if !problems.is_empty() {
        return usage(&problems, &Sources::default());
    }
    let (Some(file), Some(old)) = (&settings.config, &settings.against) else {
        return usage(&[check::no_baseline()], &Sources::default());
    };
    let mut progress = Progress::start("reading schemas");
    let mut opened = match open::open_all(&settings, &args.path, &old.value, &mut progress) {
        Ok(opened) => opened,
        Err(error) => {
            progress.hide();
            output::complain(&[error.to_diagnostic()], &Sources::default(), color);
            return error.kind().exit_code();
        }
    };
    progress.step("comparing schemas");
    let approvals = Some(file.add_to(opened.sources_mut()));
    let found = comparison::compare(&opened, &settings, settings::today(config), approvals);
    progress.hide();
    if !found.is_sound {
        output::complain(&found.diagnostics, opened.sources(), color);
        return exit::FAILED;
    }
    let missing: Vec<Diagnostic> = missing(args, &found);
    if !missing.is_empty() {
        return usage(&missing, &Sources::default());
    }
    write(args, file, &opened, &found, color)
}

/// What can't be meant, before anything is read.
fn nonsense(args: &Approve, config: &ConfigArgs, settings: &Settings) -> Option<Diagnostic> {
    let today = settings::today(config);
    if args.reason.trim().is_empty() {
        return Some(Diagnostic::error("approval/reason", "the reason is empty: an approval says why"));
    }
    if args.until < today {
        let message = format!("`--until {}` is over: today is {today}", args.until);
        return Some(Diagnostic::error("approval/until", message));
    }
    if settings.config.is_none() {
        let error =
            Diagnostic::error("config/missing", "there is no canread.toml here or above, up to the repository's root");
        return Some(error.note("approvals are kept in it").help("`canread init` writes one"));
    }
    None
}

/// Fingerprints that no finding has.
fn missing(args: &Approve, found: &Comparison<'_>) -> Vec<Diagnostic> {
    let has = |fingerprint: &str| found.findings().any(|judged| judged.fingerprint == fingerprint);
    let missing = args.fingerprints.iter().filter(|fingerprint| !has(fingerprint));
    missing
        .map(|fingerprint| {
            Diagnostic::error("approval/unmatched", format!("no finding has the fingerprint `{fingerprint}`"))
                .note("nothing was written")
                .help(if is_fingerprint(fingerprint) {
                    "give the same arguments as to `canread check`, which prints the command behind each finding"
                } else {
                    "a fingerprint has 12 digits and small letters from a to f; `canread check` prints it behind each finding"
                })
        })
        .collect()
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn write(args: &Approve, config: &Config, opened: &Opened, found: &Comparison<'_>, color: Color) -> u8 {
    let mut approved: Vec<(&Judged, Option<String>)> = Vec::new();
    for group in &found.groups {
        for judged in group.findings.iter().filter(|judged| args.fingerprints.contains(&judged.fingerprint)) {
            // Findings that differ in nothing but their place have one approval.
            if !approved.iter().any(|(other, _)| other.fingerprint == judged.fingerprint) {
                approved.push((judged, group.path_of(judged, opened.sources(), &config.dir)));
            }
        }
    }
    let new: Vec<NewApproval<'_>> = approved
        .iter()
        .map(|(judged, file)| NewApproval {
            fingerprint: &judged.fingerprint,
            rule: judged.finding.rule.id,
            symbol: &judged.finding.symbol,
            file: file.as_deref(),
            reason: &args.reason,
            until: args.until,
        })
        .collect();
    // Another `approve` may have written since the file was read.
    let held = match Held::of(config) {
        Ok(held) => held,
        Err(error) => {
            output::complain(&error.diagnostics, &error.sources, color);
            return exit::FAILED;
        }
    };
    let edited = match Config::read(&config.file, Path::new(".")).and_then(|config| config.with_approvals(&new)) {
        Ok(edited) => edited,
        Err(error) => {
            output::complain(&error.diagnostics, &error.sources, color);
            return exit::USAGE;
        }
    };
    if let Err(error) = output::file::write(&config.file, &edited.text) {
        let problem = Diagnostic::error("config/unwritable", format!("{} can't be written: {error}", config.name()));
        output::complain(&[problem], &Sources::default(), color);
        return exit::FAILED;
    }
    drop(held);
    let lines = new.iter().zip(&edited.places).map(|(new, (line, is_renewed))| {
        let verb = if *is_renewed { "renewed" } else { "approved" };
        format!("{verb} until {}: {} of `{}` ({}:{line})\n", new.until, new.rule, new.symbol, config.name())
    });
    output::print(&lines.collect::<String>(), exit::COMPATIBLE)
}

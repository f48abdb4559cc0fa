//! The last lines of a run for people: what was compared, and the verdict.

use std::fmt::Write;

use canread_compat::{Mode, Severity};
use canread_syntax::Diagnostic;

use crate::{Compared, Run, Status, Task, counts_as_finding, printable, run::Level};

/// What was compared under which promise, and the verdict with its numbers.
#[must_use]
pub fn summary(run: &Run<'_>) -> String {
    let mut text = compared(run);
    for line in promise(run).into_iter().chain(last_only(run)) {
        let _ = writeln!(text, "{line}");
    }
    let _ = writeln!(text, "{}", totals(run));
    text
}

/// What the findings were held against; nothing where there was nothing to hold.
pub(crate) fn promise(run: &Run<'_>) -> Option<String> {
    if run.task != Task::Check || run.status == Status::Error {
        return None;
    }
    let surfaces: Vec<&str> = run.promises.iter().map(|surface| surface.as_str()).collect();
    let promise = if run.mode == Mode::None { String::new() } else { format!(" ({})", surfaces.join(", ")) };
    Some(format!("mode {}: {}{promise}", run.mode.as_str(), run.mode.sentence()))
}

/// The verdict in a word or two, where nothing else is said beside it.
pub(crate) fn headline(run: &Run<'_>) -> &'static str {
    let is_first = run.status == Status::Compatible && run.compared.has_no_baseline;
    if is_first { "first version" } else { run.status.as_str() }
}

/// The last line: the verdict with its numbers.
pub(crate) fn totals(run: &Run<'_>) -> String {
    match (run.status, run.task) {
        (Status::Error, _) => no_verdict(run),
        (_, Task::Diff) => counted(run.changes().count(), "change"),
        _ => verdict(run),
    }
}

/// What was compared, and what was passed over.
pub(crate) fn compared(run: &Run<'_>) -> String {
    let against = if run.task == Task::Lint { String::new() } else { format!(" against {}", old_versions(run)) };
    let mut text = format!("{}: {}{against}\n", counts(run), printable::line(&run.compared.new));
    for words in passed_over(run).into_iter().chain(unchecked(run)) {
        let _ = writeln!(text, "{words}");
    }
    text
}

/// The files of which nothing is promised, if it is not all of them because the whole run has that mode.
pub(crate) fn unchecked(run: &Run<'_>) -> Option<String> {
    let files = &run.compared.unchecked;
    let is_said = run.task != Task::Check || (run.mode == Mode::None && files.len() == run.compared.schemas);
    let first = files.first().filter(|_| !is_said)?;
    Some(format!("not checked: {} under mode none, such as `{}`", counted(files.len(), "file"), printable::line(first)))
}

/// What was passed over, if anything was.
pub(crate) fn passed_over(run: &Run<'_>) -> Option<String> {
    let words = run.compared.passed_over.as_ref()?;
    Some(format!("passed over: {}", printable::line(words)))
}

/// The old version, or which ones a history has.
fn old_versions(run: &Run<'_>) -> String {
    let old = printable::line(&run.compared.old);
    match &*run.compared.versions {
        [] | [_] => old.into_owned(),
        [first, ..] => {
            format!("{} versions, from {} to {old}", run.compared.versions.len(), printable::line(&first.label))
        }
    }
}

/// Whether something was promised, and of every file nothing.
fn is_unchecked(run: &Run<'_>) -> bool {
    let Compared { schemas, unchecked, .. } = run.compared;
    run.task == Task::Check && run.mode != Mode::None && *schemas > 0 && unchecked.len() == *schemas
}

/// How many files took part.
pub(crate) fn counts(run: &Run<'_>) -> String {
    let compared = run.compared;
    let verb = match (run.status, run.task) {
        (Status::Error, _) => "read",
        (_, Task::Check) if is_unchecked(run) => "read",
        (_, Task::Diff) => "compared",
        (_, Task::Check | Task::Lint) => "checked",
    };
    let unchanged = match compared.unchanged {
        0 => String::new(),
        all if all == compared.schemas => ", all unchanged and not parsed".to_owned(),
        some => format!(", {some} unchanged and not parsed"),
    };
    format!("{verb} {}{unchanged}", counted(compared.schemas, "schema file"))
}

/// Says that older versions were asked only for what they retired, if it is so.
pub(crate) fn last_only(run: &Run<'_>) -> Option<String> {
    if run.task != Task::Check || run.status == Status::Error {
        return None;
    }
    if run.compared.versions.len() < 2 {
        return None;
    }
    let (last, mode) = (printable::line(&run.compared.old), run.mode.as_str());
    if run.compared.reaches_differ {
        return Some(format!(
            "files with a transitive mode were compared with every version, the others with {last} only"
        ));
    }
    if run.mode.is_transitive() || run.mode == Mode::None {
        return None;
    }
    Some(format!(
        "only {last} was compared, the others were looked through for what they retired: `--mode {mode}-transitive` \
         compares all"
    ))
}

fn no_verdict(run: &Run<'_>) -> String {
    let errors = run.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let of_old = |diagnostic: &&Diagnostic| {
        let version = diagnostic.span().map(|span| run.sources.file(span.file).version());
        version.is_some_and(|version| run.compared.is_old(version))
    };
    let (old, new): (Vec<&Diagnostic>, Vec<&Diagnostic>) = errors.partition(of_old);
    let which = if run.compared.versions.len() > 1 { "old versions" } else { "the old version" };
    let old_errors = match (old.len(), new.len()) {
        (0, _) => String::new(),
        (1, 0) => format!(" in {which}"),
        (_, 0) => format!(", all in {which}"),
        (old, _) => format!(", {old} of them in {which}"),
    };
    let undone = if run.task == Task::Lint { "looked at further" } else { "compared" };
    format!("{}{old_errors}: nothing was {undone}, so there is no verdict", counted(old.len() + new.len(), "error"))
}

fn verdict(run: &Run<'_>) -> String {
    let counts = Level::ALL.map(|level| (level, run.count_level(level))).into_iter().filter(|(_, count)| *count > 0);
    let mut counts: Vec<String> = counts.map(|(level, count)| level.title(count)).collect();
    let of_policy = run.diagnostics.iter().filter(|problem| counts_as_finding(problem, run.fail_on)).count();
    if of_policy > 0 {
        counts.push(format!("{} about approvals and paths", counted(of_policy, "warning")));
    }
    if counts.is_empty() && run.compared.has_no_baseline {
        return "nothing to compare with yet: this is the first version".to_owned();
    }
    if counts.is_empty() && run.task == Task::Check && run.mode == Mode::None {
        return "nothing was checked: the mode is none".to_owned();
    }
    if counts.is_empty() && is_unchecked(run) {
        return "nothing was checked: every file has mode none".to_owned();
    }
    if counts.is_empty() {
        return format!("no findings: {}", run.status.as_str());
    }
    // A person who sees errors and "compatible" wants to know how that can be, and the other way round.
    let why = match (run.status, run.fail_on) {
        (Status::Undecided, _) => " (fails without `--allow-undecided`)".to_owned(),
        (_, Severity::Error) => String::new(),
        (_, other) => format!(" (fails on {}s and worse)", other.as_str()),
    };
    format!("{}: {}{why}", counts.join(", "), run.status.as_str())
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

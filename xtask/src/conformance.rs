//! `cargo xtask conformance`: Protobuf's own conformance runner asks our codecs.
//!
//! The runner comes from npm, with the `.proto` files of its test messages; where this machine's C library is too old for it, a newer
//! one is unpacked beside it. It starts `compat-tests/conformance`, and holds what fails to the lists of known failures there:
//! one that is not listed is an error, and so is a listed one that passes. Recommended tests count as required ones.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::bench::Stop;
use crate::child::Supervision;
use crate::peers::{self, Conformance};
use crate::workspace::Workspace;

/// The newest edition whose tests are run.
const EDITION_MAX: &str = "2023";

/// Ends a runner that hangs.
const TIME_MAX: Duration = Duration::from_secs(10 * 60);

/// `cargo xtask conformance`.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    match measure(workspace, Instant::now() + TIME_MAX) {
        Ok(suites) => {
            for suite in &suites {
                println!("{suite}");
            }
            ExitCode::SUCCESS
        }
        Err(stop) => {
            println!("error: {stop}");
            ExitCode::FAILURE
        }
    }
}

/// How one of the runner's suites ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Suite {
    what: &'static str,
    passed: u64,
    skipped: u64,
    expected_failures: u64,
    unexpected_failures: u64,
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, passed, skipped, expected_failures, unexpected_failures } = self;
        write!(
            f,
            "{what}: {passed} passed, {skipped} skipped, {expected_failures} known failures, \
             {unexpected_failures} unexpected failures"
        )
    }
}

/// The runner's suites, in its order, and how many tests of each our testee may skip.
const SUITES: [(&str, u64); 2] = [("binary and JSON", 0), ("text format", 0)];

/// Fetches the runner where it does not stand, builds what it asks, and runs it.
///
/// # Errors
///
/// What is missing or failed; or a result that is not as the lists say, with the end of the runner's log.
pub(crate) fn measure(workspace: &Workspace, deadline: Instant) -> Result<Vec<Suite>, Stop> {
    let log_path = workspace.logs().join("conformance-runner.log");
    let log = new_log(&log_path).map_err(|error| Stop::Failed(format!("a log cannot be made: {error}")))?;
    let supervision = Supervision { log: &log, verbose: false, deadline };
    let conformance = peers::conformance(workspace, &|command| supervision.run(command)).map_err(Stop::Unavailable)?;
    let mut build = workspace.cargo();
    build.args(["build", "--package", "conformance-testee"]);
    supervision.run(&mut build).map_err(Stop::Failed)?;
    let testee = crate::bench::target_directory(workspace).map_err(Stop::Failed)?.join("debug/conformance-testee");
    let ran = supervision.run(&mut command(workspace, &conformance, &testee));
    let text = fs::read(&log_path).map_err(|error| Stop::Failed(format!("its log cannot be read: {error}")))?;
    let text = String::from_utf8_lossy(&text);
    let suites = suites(&text);
    let shown: Vec<String> = suites.iter().map(Suite::to_string).collect();
    let wrong = |reason: &str| {
        let log = workspace.show(&log_path);
        Stop::Failed(format!("{reason}; {}\n{}the whole log is {log}", shown.join("; "), failures(&text)))
    };
    ran.map_err(|reason| wrong(&reason))?;
    if suites.len() != SUITES.len() {
        return Err(wrong("the runner says nothing of a suite"));
    }
    let skips_too_much = |(suite, (_, skipped_max)): (&Suite, (&str, u64))| suite.skipped > skipped_max;
    if suites.iter().any(|suite| suite.unexpected_failures > 0) || suites.iter().zip(SUITES).any(skips_too_much) {
        return Err(wrong("tests failed or were skipped"));
    }
    Ok(suites)
}

fn new_log(path: &Path) -> io::Result<File> {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    File::create(path)
}

fn command(workspace: &Workspace, conformance: &Conformance, testee: &Path) -> Command {
    let lists = workspace.root().join("compat-tests/conformance");
    let mut command = conformance.command();
    command
        .args(["--enforce_recommended", "--maximum_edition", EDITION_MAX, "--failure_list"])
        .arg(lists.join("known_failures.txt"))
        .arg("--text_format_failure_list")
        .arg(lists.join("known_failures_text.txt"))
        .arg(testee)
        .env("CANREAD_CONFORMANCE_PROTOS", conformance.protos());
    command
}

/// What the runner's last lines say of each suite.
fn suites(log: &str) -> Vec<Suite> {
    let lines = log.lines().filter(|line| line.starts_with("CONFORMANCE SUITE "));
    lines.zip(SUITES).filter_map(|(line, (what, _))| suite(line, what)).collect()
}

/// `CONFORMANCE SUITE PASSED: 2805 successes, 0 skipped, 0 expected failures, 0 unexpected failures.`
fn suite(line: &str, what: &'static str) -> Option<Suite> {
    let (_, counts) = line.split_once(": ")?;
    let count = |name: &str| {
        let count = counts.trim_end_matches('.').split(", ").find_map(|part| part.strip_suffix(name))?;
        count.trim().parse().ok()
    };
    Some(Suite {
        what,
        passed: count(" successes")?,
        skipped: count(" skipped")?,
        expected_failures: count(" expected failures")?,
        unexpected_failures: count(" unexpected failures")?,
    })
}

/// How many lines of failures are shown.
const FAILURES_SHOWN: usize = 20;

/// The lines about tests that failed, the first ones of them.
fn failures(log: &str) -> String {
    let lines = log.lines().filter(|line| line.starts_with("ERROR, test=") || line.contains("error:"));
    let count = lines.clone().count();
    let mut shown: Vec<String> = lines.take(FAILURES_SHOWN).map(short).collect();
    if count > FAILURES_SHOWN {
        shown.push(format!("and {} more", count - FAILURES_SHOWN));
    }
    shown.into_iter().map(|line| line + "\n").collect()
}

fn short(line: &str) -> String {
    line.chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_counts_are_read() {
        let log = "x\nCONFORMANCE SUITE PASSED: 2805 successes, 2 skipped, 1 expected failures, 3 unexpected failures.\n\
                   CONFORMANCE SUITE FAILED: 0 successes, 883 skipped, 0 expected failures, 4 unexpected failures.\n";
        let counts = |suite: &Suite| (suite.passed, suite.skipped, suite.expected_failures, suite.unexpected_failures);
        assert_eq!(suites(log).iter().map(counts).collect::<Vec<_>>(), [(2805, 2, 1, 3), (0, 883, 0, 4)]);
        assert_eq!(suites("CONFORMANCE SUITE PASSED: nothing\n"), []);
    }
}

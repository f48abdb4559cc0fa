//! The gates: what the corpora are held to, as a table.
//!
//! Each gate is a test, which adds a row to a file once its last assertion held
//! (`canread_testing::Gate`). The numbers of the table are those that the tests
//! counted just now: nothing is written down here but which tests there are.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use crate::child::Supervision;
use crate::corpora;
use crate::oracles;
use crate::workspace::{self, Unavailable, Workspace};

/// Ends gates that hang.
const TIME_MAX: Duration = Duration::from_secs(60 * 60);

const PACKAGES: [&str; 4] = ["canread-syntax", "canread-protobuf", "canread-avro", "compat-tests"];

/// Files of tests that hold gates.
const FILES: [&str; 8] =
    ["json_test_suite", "corpus", "link_corpus", "protoc_descriptors", "it", "idl", "avro_corpora", "corpora"];

/// The gates by the names of their tests, in the order of the table.
const TESTS: [&str; 23] = [
    "every_valid_file_is_accepted_and_every_invalid_file_rejected",
    "every_file_left_to_the_parser_is_treated_as_the_table_says",
    "every_file_of_googleapis_2025_parses",
    "every_file_of_googleapis_2025_links",
    "googleapis_of_2025_is_as_protoc_has_it",
    "no_rule_finds_anything_between_googleapis_of_2025_and_itself",
    "every_file_of_googleapis_2026_parses",
    "every_file_of_googleapis_2026_links",
    "googleapis_of_2026_is_as_protoc_has_it",
    "no_rule_finds_anything_between_googleapis_of_2026_and_itself",
    "every_file_of_protobufs_own_tests_parses_or_says_that_its_edition_is_too_new",
    "nearly_every_file_of_protobuf_itself_links",
    "the_protobuf_repository_is_as_protoc_has_it",
    "no_rule_finds_anything_between_the_protobuf_unit_test_schemas_and_themselves",
    "corpus::every_schema_is_read",
    "fingerprints::every_case_of_apache_has_its_canonical_form_and_fingerprint",
    "corpus::every_file_is_read_but_those_that_are_meant_to_fail",
    "corpus::every_file_that_is_read_is_linked_with_its_imports",
    "corpus::the_json_is_that_of_avro_1_12",
    "corpus::the_json_is_that_of_the_older_compiler",
    "all_of_apache_avro_as_one_directory_is_read_but_for_eight_files_and_equals_itself",
    "all_of_datahub_as_one_directory_is_read_and_equals_itself",
    "the_histories_of_datahub_have_the_findings_that_were_reviewed",
];

/// `cargo xtask corpora`.
pub(crate) fn run(workspace: &Workspace) -> ExitCode {
    match unpack(workspace).and_then(|()| hold(workspace)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn unpack(workspace: &Workspace) -> Result<(), String> {
    let unpacked = corpora::ensure(&workspace.archives(), &workspace.corpora());
    let unpacked = unpacked.map_err(|reason| reason.to_string())?;
    println!("{unpacked} in {}", workspace.show(&workspace.corpora()));
    Ok(())
}

/// Runs the gates and prints their table.
fn hold(workspace: &Workspace) -> Result<(), String> {
    let files = Files::new(workspace).map_err(|error| format!("the logs cannot be written: {error}"))?;
    let supervision = Supervision { log: &files.log, verbose: false, deadline: Instant::now() + TIME_MAX };
    println!("the gates run, their output goes to {}", workspace.show(&workspace.logs().join(LOG)));
    let python = oracles::ensure(workspace, &supervision);
    if let Err(Unavailable(reason)) = &python {
        println!("skipped: {reason}");
    }
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--no-fail-fast"]);
    cargo.args(PACKAGES.iter().flat_map(|name| ["--package", name]));
    cargo.args(FILES.iter().flat_map(|name| ["--test", name]));
    cargo.args(["--", "--exact"]).args(TESTS);
    cargo.env("CANREAD_CORPORA", workspace.corpora()).env_remove("CANREAD_PYTHON");
    cargo.env("CANREAD_GATES", workspace.logs().join(ROWS)).env("CANREAD_SKIPS", workspace.logs().join(SKIPS));
    // With one thread the harness gives no names to threads, and so none to rows.
    let threads = thread::available_parallelism().map_or(2, |count| count.get().max(2));
    cargo.env("RUST_TEST_THREADS", threads.to_string());
    if let Ok(python) = &python {
        cargo.env("CANREAD_PYTHON", python);
    }
    let ran = supervision.run(&mut cargo);
    let read = |name| fs::read_to_string(workspace.logs().join(name)).map_err(|error| format!("{name}: {error}"));
    let (rows, skips) = (read(ROWS)?, read(SKIPS)?);
    let outcomes = outcomes(&rows, &skips);
    println!("\n{}", table(&outcomes));
    verdict(&outcomes, ran, workspace::in_ci())
}

const LOG: &str = "gates.log";
const ROWS: &str = "gates-rows";
const SKIPS: &str = "gates-skips";

/// What the tests write to, emptied.
struct Files {
    log: File,
}

impl Files {
    fn new(workspace: &Workspace) -> io::Result<Self> {
        let logs = workspace.logs();
        fs::create_dir_all(&logs)?;
        let empty = |name: &str| fs::write(Path::new(&logs).join(name), "");
        empty(ROWS)?;
        empty(SKIPS)?;
        Ok(Self { log: File::create(logs.join(LOG))? })
    }
}

/// What came of one gate.
#[derive(Debug, PartialEq, Eq)]
enum Outcome<'a> {
    /// Its row, without the test.
    Held([&'a str; 5]),
    /// Something from outside was missing.
    Skipped {
        test: &'a str,
        reason: &'a str,
    },
    Failed {
        test: &'a str,
    },
}

/// The gates in the order of the table, from the rows and the skips that the tests wrote.
fn outcomes<'a>(rows: &'a str, skips: &'a str) -> Vec<Outcome<'a>> {
    let rows: Vec<(&str, [&str; 5])> = rows.lines().filter_map(row).collect();
    let outcome = |test: &'static str| {
        if let Some((_, cells)) = rows.iter().find(|(name, _)| *name == test) {
            return Outcome::Held(*cells);
        }
        let named = format!("({test})");
        let mut reasons = skips.lines().filter_map(|line| line.strip_suffix(&*named));
        let reason = reasons.next().map(|reason| reason.trim_start_matches("skipped: ").trim());
        reason.map_or(Outcome::Failed { test }, |reason| Outcome::Skipped { test, reason })
    };
    TESTS.into_iter().map(outcome).collect()
}

/// The test, then corpus, what it was held to, files, refused files, and where those are listed.
fn row(line: &str) -> Option<(&str, [&str; 5])> {
    let (test, cells) = line.split_once('\t')?;
    let cells: Vec<&str> = cells.split('\t').collect();
    Some((test, cells.try_into().ok()?))
}

/// A Markdown table whose columns stand below each other in a terminal too.
fn table(outcomes: &[Outcome<'_>]) -> String {
    let mut lines = vec![["corpus", "held to", "files", "refused", "listed in", "result"]];
    lines.extend(outcomes.iter().map(|outcome| match outcome {
        Outcome::Held([corpus, held_to, files, refused, listed]) => {
            [*corpus, *held_to, *files, *refused, *listed, "holds"]
        }
        Outcome::Skipped { test, reason } => ["", *test, "", "", *reason, "NOT RUN"],
        Outcome::Failed { test } => ["", *test, "", "", "", "FAILED"],
    }));
    let widths: [usize; 6] =
        std::array::from_fn(|at| lines.iter().map(|cells| cells[at].chars().count()).max().unwrap_or_default());
    let mut text = String::new();
    for (number, cells) in lines.iter().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            let width = widths[at];
            let _ = if is_number(at) { write!(text, "| {cell:>width$} ") } else { write!(text, "| {cell:width$} ") };
        }
        text.push_str("|\n");
        if number == 0 {
            for (at, width) in widths.iter().enumerate() {
                let _ = write!(text, "|{}{}", "-".repeat(width + 1), if is_number(at) { ":" } else { "-" });
            }
            text.push_str("|\n");
        }
    }
    text
}

/// Whether a column holds numbers, which stand right.
fn is_number(column: usize) -> bool {
    column == 2 || column == 3
}

fn verdict(outcomes: &[Outcome<'_>], ran: Result<(), String>, in_ci: bool) -> Result<(), String> {
    let count = |wanted: fn(&Outcome<'_>) -> bool| outcomes.iter().filter(|outcome| wanted(outcome)).count();
    let failed = count(|outcome| matches!(outcome, Outcome::Failed { .. }));
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped { .. }));
    println!(
        "{} gates: {} hold, {failed} failed, {skipped} not run",
        outcomes.len(),
        outcomes.len() - failed - skipped
    );
    ran?;
    if failed > 0 {
        return Err("a gate without a row did not hold, or its test has another name now".to_owned());
    }
    if skipped > 0 && in_ci {
        return Err("with CI=true a gate that did not run is a failure".to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> String {
        let row = |test: &&str| format!("{test}\tavro/a\tparses\t10\t2\tlist.rs\n");
        TESTS.iter().map(row).collect::<Vec<_>>().concat()
    }

    #[test]
    fn every_gate_has_a_line_in_the_table() {
        let rows = rows();
        let outcomes = outcomes(&rows, "");
        let table = table(&outcomes[..1]);
        assert_eq!(
            table,
            "| corpus | held to | files | refused | listed in | result |\n\
             |--------|---------|------:|--------:|-----------|--------|\n\
             | avro/a | parses  |    10 |       2 | list.rs   | holds  |\n"
        );
        assert_eq!(outcomes.len(), TESTS.len());
        assert_eq!(verdict(&outcomes, Ok(()), true), Ok(()));
    }

    #[test]
    fn a_gate_without_a_row_failed() {
        let rows = rows();
        let rows = rows.split_once('\n').map_or("", |(_, rest)| rest);
        let outcomes = outcomes(rows, "skipped: something else (another_test)\n");
        assert_eq!(outcomes[0], Outcome::Failed { test: TESTS[0] });
        assert!(verdict(&outcomes, Ok(()), false).is_err());
    }

    #[test]
    fn a_gate_that_did_not_run_is_a_failure_in_continuous_integration_only() {
        let rows = rows();
        let rows = rows.split_once('\n').map_or("", |(_, rest)| rest);
        let skips = format!("skipped: corpus json is not unpacked ({})\n", TESTS[0]);
        let outcomes = outcomes(rows, &skips);
        assert_eq!(outcomes[0], Outcome::Skipped { test: TESTS[0], reason: "corpus json is not unpacked" });
        assert_eq!(verdict(&outcomes, Ok(()), false), Ok(()));
        assert!(verdict(&outcomes, Ok(()), true).is_err());
    }

    #[test]
    fn a_run_that_failed_fails_although_every_gate_has_a_row() {
        let rows = rows();
        assert_eq!(
            verdict(&outcomes(&rows, ""), Err("`cargo test` failed".to_owned()), false).err().as_deref(),
            Some("`cargo test` failed")
        );
    }
}

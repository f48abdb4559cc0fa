//! `cargo xtask bench`: measures the command beside its peers, and holds it to its limits.
//!
//! What is measured, and against which limits, stands in `benches/`. Here what
//! it needs is brought together: our command built for release, the peers, the corpora.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

use crate::child::Supervision;
use crate::codecs;
use crate::corpora;
use crate::peers;
use crate::workspace::{Unavailable, Workspace};

/// Runs a child to its end, or says in one line why it failed.
pub(crate) type Run<'r> = &'r dyn Fn(&mut Command) -> Result<(), String>;

/// Ends a measurement that hangs.
const TIME_MAX: Duration = Duration::from_secs(2 * 60 * 60);

/// What the peer takes on these corpora (6.6 GB), and room for the rest.
const MEMORY_BYTES_MIN: u64 = 7_500_000_000;

/// What to measure and how.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    subject: Option<Subject>,
    /// Measure single steps of ours instead: scanning, parsing, linking, comparing
    #[arg(long, conflicts_with_all = ["rounds", "steady"])]
    criterion: bool,
    /// How often everything is measured; the best counts
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Ask only for the limits that hold on a busy machine too
    #[arg(long)]
    steady: bool,
}

/// What is measured in place of the command.
#[derive(Subcommand)]
enum Subject {
    /// Measure the codecs beside their peers, and print the table
    Codecs(codecs::Options),
    /// Read a large Avro container file on one thread and on several, and print time and memory
    Container(codecs::ContainerOptions),
}

/// `cargo xtask bench`.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    match supervised(workspace, options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            println!("error: {stop}");
            ExitCode::FAILURE
        }
    }
}

fn supervised(workspace: &Workspace, options: &Options) -> Result<(), Stop> {
    let log = log(workspace).map_err(|error| Stop::Failed(format!("a log cannot be made: {error}")))?;
    let supervision = Supervision { log: &log, verbose: true, deadline: Instant::now() + TIME_MAX };
    if let Some(subject) = &options.subject {
        let run: Run<'_> = &|command| supervision.run(command);
        let tables = match subject {
            Subject::Codecs(options) => codecs::measure(workspace, options, run),
            Subject::Container(options) => codecs::measure_container(workspace, options, run),
        };
        println!("{}", tables.map_err(Stop::Failed)?);
        return Ok(());
    }
    let corpora = corpora::ensure(&workspace.archives(), &workspace.corpora());
    if options.criterion {
        // Without the corpora it measures something smaller, and says so.
        let mut cargo = workspace.cargo();
        cargo.args(["bench", "--package", "canread-benches"]).env("CANREAD_CORPORA", workspace.corpora());
        return supervision.run(&mut cargo).map_err(Stop::Failed);
    }
    corpora.map_err(Stop::Unavailable)?;
    let measurement = Measurement { rounds: options.rounds, steady: options.steady, report: None };
    measurement.run(workspace, &|command| supervision.run(command))
}

fn log(workspace: &Workspace) -> io::Result<File> {
    fs::create_dir_all(workspace.logs())?;
    File::create(workspace.logs().join("bench.log"))
}

/// Why there is no measurement, or none that is well.
pub(crate) enum Stop {
    /// Something from outside the repository is missing.
    Unavailable(Unavailable),
    /// Something went wrong, or a limit was missed; the output says which.
    Failed(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(reason) => reason.fmt(formatter),
            Self::Failed(reason) => formatter.write_str(reason),
        }
    }
}

/// A measurement of `canread check` beside its peers, on corpora that are unpacked already.
pub(crate) struct Measurement {
    pub(crate) rounds: u32,
    /// Only what holds on a busy machine too is asked for.
    pub(crate) steady: bool,
    /// A file that gets the table too.
    pub(crate) report: Option<PathBuf>,
}

impl Measurement {
    /// Builds what is measured, fetches what it is measured beside, and measures.
    ///
    /// # Errors
    ///
    /// What is missing, what failed, or that a limit was missed.
    pub(crate) fn run(&self, workspace: &Workspace, run: Run<'_>) -> Result<(), Stop> {
        available_memory().map_or(Ok(()), enough_memory).map_err(Stop::Unavailable)?;
        python_starts().map_err(Stop::Unavailable)?;
        let buf = peers::buf(workspace, run).map_err(Stop::Unavailable)?;
        // What measures is tried first on what is known.
        run(python().args(["-m", "unittest", "discover", "--start-directory"]).arg(scripts(workspace)))
            .map_err(Stop::Failed)?;
        let mut build = workspace.cargo();
        build.args(["build", "--release", "--package", "canread-cli"]);
        run(&mut build).map_err(Stop::Failed)?;
        let canread = target_directory(workspace).map_err(Stop::Failed)?.join("release/canread");
        // A limit that one misses is no reason to hide what the others measure.
        let avro = run(&mut self.avro(workspace, &canread));
        let history = run(&mut self.history(workspace, &canread));
        both(avro, both(history, run(&mut self.command(workspace, &canread, &buf)))).map_err(Stop::Failed)
    }

    /// All Avro schemas of a repository, and the start of the program.
    fn avro(&self, workspace: &Workspace, canread: &Path) -> Command {
        let mut command = python();
        command.arg(scripts(workspace).join("check_avro.py")).arg(workspace.corpora().join("avro/apache-avro"));
        command.arg("--canread").arg(canread).args(["--rounds", &self.rounds.to_string()]);
        if self.steady {
            command.arg("--steady");
        }
        command
    }

    /// Many versions of one schema, which need no peer and no corpus.
    fn history(&self, workspace: &Workspace, canread: &Path) -> Command {
        let mut command = python();
        command.arg(scripts(workspace).join("check_history.py")).arg("--canread").arg(canread);
        command.args(["--rounds", &self.rounds.to_string()]);
        if self.steady {
            command.arg("--steady");
        }
        command
    }

    fn command(&self, workspace: &Workspace, canread: &Path, buf: &Path) -> Command {
        let corpus = |name: &str| workspace.corpora().join("protobuf").join(name);
        let mut command = python();
        command.arg(scripts(workspace).join("check_googleapis.py"));
        command.arg(corpus("googleapis-2025-08")).arg(corpus("googleapis-2026-08"));
        command.arg("--canread").arg(canread).arg("--buf").arg(buf).args(["--rounds", &self.rounds.to_string()]);
        if self.steady {
            command.arg("--steady");
        }
        if let Some(report) = &self.report {
            command.arg("--report").arg(report);
        }
        command
    }
}

/// What went wrong in either of two measurements.
fn both(first: Result<(), String>, second: Result<(), String>) -> Result<(), String> {
    match (first, second) {
        (Err(first), Err(second)) => Err(format!("{first}; {second}")),
        (first, second) => first.and(second),
    }
}

/// Any Python will do: the scripts need no package.
fn python() -> Command {
    let mut command = Command::new("python3");
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

fn python_starts() -> Result<(), Unavailable> {
    match python().arg("--version").output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(Unavailable(format!("`python3` does not start ({}); install Python 3", output.status))),
        Err(error) => Err(Unavailable(format!("`python3` does not start ({error}); install Python 3"))),
    }
}

/// The scripts that measure.
fn scripts(workspace: &Workspace) -> PathBuf {
    workspace.root().join("benches")
}

/// Where cargo puts what it builds here.
pub(crate) fn target_directory(workspace: &Workspace) -> Result<PathBuf, String> {
    let output = workspace.cargo().args(["metadata", "--no-deps", "--format-version", "1"]).output();
    let output = output.map_err(|error| format!("cargo did not start: {error}"))?;
    let metadata: Option<serde_json::Value> = serde_json::from_slice(&output.stdout).ok();
    let directory = metadata.as_ref().and_then(|metadata| metadata.get("target_directory")?.as_str());
    directory.map(PathBuf::from).ok_or_else(|| "cargo metadata names no target directory".to_owned())
}

/// Refuses to start what would end for want of memory, and perhaps end others with it.
fn enough_memory(available: u64) -> Result<(), Unavailable> {
    if available >= MEMORY_BYTES_MIN {
        return Ok(());
    }
    Err(Unavailable(format!(
        "buf needs about {:.1} GB of memory, {:.1} GB are available",
        gigabytes(MEMORY_BYTES_MIN),
        gigabytes(available)
    )))
}

/// Bytes of memory that can be had without swapping, where the system tells.
fn available_memory() -> Option<u64> {
    available_in(&fs::read_to_string("/proc/meminfo").ok()?)
}

fn available_in(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit behind the point")]
fn gigabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_what_can_be_had_without_swapping() {
        let meminfo = "MemTotal:       24689996 kB\nMemAvailable:    2000000 kB\n";
        assert_eq!(available_in(meminfo), Some(2_048_000_000));
        assert_eq!(available_in("MemTotal: 1 kB\n"), None);
        let reason = enough_memory(2_048_000_000).err().map(|reason| reason.to_string());
        assert_eq!(reason.as_deref(), Some("buf needs about 7.5 GB of memory, 2.0 GB are available"));
        assert!(enough_memory(MEMORY_BYTES_MIN).is_ok());
    }

    #[test]
    fn of_two_measurements_all_that_went_wrong_is_said() {
        let (first, second) = (|| Err("one".to_owned()), || Err("two".to_owned()));
        assert_eq!(both(Ok(()), Ok(())), Ok(()));
        assert_eq!(both(first(), Ok(())), first());
        assert_eq!(both(Ok(()), second()), second());
        assert_eq!(both(first(), second()), Err("one; two".to_owned()));
    }

    #[test]
    fn cargo_tells_where_it_builds() {
        let directory = target_directory(&Workspace::of_this_build()).expect("cargo knows this checkout");
        assert!(directory.is_absolute(), "{}", directory.display());
    }
}

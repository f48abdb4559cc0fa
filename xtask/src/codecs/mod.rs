//! `cargo xtask bench codecs`: the codecs beside their peers.
//!
//! What is measured stands in `benches/codecs/`. Here it is built and run, and its raw results become tables: nobody
//! copies a figure by hand.

mod circumstances;
mod container;
mod kept;
mod losses;
mod recorded;
mod results;
mod table;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;

pub(crate) use self::container::{ContainerOptions, measure as measure_container};
pub(crate) use self::kept::{KEPT, Kept, README};
use self::recorded::Recorded;
use self::results::Results;
use crate::bench::Run;
use crate::workspace::Workspace;

/// How to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Take few samples: tells a gain of half from none, and no more
    #[arg(long)]
    quick: bool,
    /// Print what the last run measured, and measure nothing
    #[arg(long, conflicts_with_all = ["quick", "only"])]
    print: bool,
    /// Take the times of those jobs alone whose name has this in it, for example `Protobuf|encode`
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Keep the results in the repository, and print README's table from them
    #[arg(long, conflicts_with_all = ["quick", "only"])]
    record: bool,
}

/// Takes times and counts, and gives the tables.
///
/// # Errors
///
/// What failed, in one line.
pub(crate) fn measure(workspace: &Workspace, options: &Options, run: Run<'_>) -> Result<String, String> {
    let bench = Bench { workspace };
    let mut notes = String::new();
    if !options.print {
        bench.start_anew()?;
        run(&mut bench.times(options))?;
        for what in ["sizes", "allocations"] {
            bench.counts(what)?;
        }
        if !bench.instructions()? {
            notes.push_str("\nvalgrind is missing: no instructions were counted.\n");
        }
    }
    let results = Results::read(&bench.folder())?;
    let circumstances = circumstances::text(workspace, &bench.lock(), PEERS, ALLOCATOR)?;
    let recorded = Recorded { circumstances, results };
    if options.record {
        recorded::KEPT.write(workspace, &recorded.to_lines())?;
    }
    Ok(format!("{}{notes}", recorded.tables()))
}

const PEERS: &[&str] = &["prost", "buffa", "prost-reflect", "serde_avro_fast", "apache-avro"];

/// What [`KEEPING`] does.
const ALLOCATOR: &str = "Memory that was freed stays with the allocator, for every codec. ";

/// glibc's allocator keeps what is freed. By default it gives the end of its heap back to the system when that is long, page by page, and asks for
/// it again: what a codec pays for that depends on what ran before it in the process, and changed the time of one by a third from run to run.
const KEEPING: &str = "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824";

/// Runs everything once, reads a long file in little memory, and holds the instructions to those of the peers. Gives what could not be counted.
///
/// # Errors
///
/// What failed, in one line: codecs that differ, a loss that is not known, a known one that is none any more, or a file that took more
/// memory than it may.
pub(crate) fn prove(workspace: &Workspace, run: Run<'_>) -> Result<Option<String>, String> {
    let bench = Bench { workspace };
    bench.start_anew()?;
    // The workspace of the benches is none of the root's, which the step `clippy` looks at.
    run(bench.cargo("clippy").args(["--all-targets", "--", "-D", "warnings"]))?;
    run(bench.cargo("bench").args(["--bench", "codecs", "--", "--test"]))?;
    container::measure(workspace, &ContainerOptions::SHORT, run)?;
    run(bench.cargo("build").args(["--release", "--bin", "counts"]))?;
    if !bench.instructions()? {
        return Ok(Some("valgrind is missing: install it to count instructions".to_owned()));
    }
    losses::held_to_list(&Results::read(&bench.folder())?.losses())?;
    Ok(None)
}

struct Bench<'w> {
    workspace: &'w Workspace,
}

impl Bench<'_> {
    /// Where results go.
    fn folder(&self) -> PathBuf {
        self.workspace.root().join("target/xtask/codecs")
    }

    fn lock(&self) -> PathBuf {
        self.workspace.root().join("benches/codecs/Cargo.lock")
    }

    /// Results of a run before are none of this one's.
    fn start_anew(&self) -> Result<(), String> {
        let folder = self.folder();
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("{} cannot be removed: {error}", folder.display()))?;
        }
        fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))
    }

    fn cargo(&self, verb: &str) -> Command {
        let mut cargo = self.workspace.cargo();
        cargo.args([verb, "--locked", "--manifest-path", "benches/codecs/Cargo.toml", "--target-dir", "target/codecs"]);
        cargo.env("CRITERION_HOME", self.folder().join("criterion"));
        cargo
    }

    fn times(&self, options: &Options) -> Command {
        let mut cargo = self.cargo("bench");
        cargo.env("GLIBC_TUNABLES", KEEPING);
        cargo.args(["--bench", "codecs", "--", "--noplot"]);
        if options.quick {
            cargo.args(["--sample-size", "10", "--warm-up-time", "0.05", "--measurement-time", "0.2"]);
        }
        if let Some(only) = &options.only {
            // Criterion takes a pattern.
            cargo.arg(only.replace('|', "\\|"));
        }
        cargo
    }

    /// Runs the program that counts, its output in a file.
    fn counts(&self, what: &str) -> Result<(), String> {
        let mut cargo = self.cargo("run");
        cargo.args(["--quiet", "--release", "--bin", "counts", "--", what]);
        self.run_into(&mut cargo, what)
    }

    /// Counts instructions, and says whether there is what counts them.
    fn instructions(&self) -> Result<bool, String> {
        let is_there =
            |output: std::io::Result<std::process::Output>| output.is_ok_and(|output| output.status.success());
        if !is_there(Command::new("valgrind").arg("--version").output()) {
            return Ok(false);
        }
        let counts = self.workspace.root().join("target/codecs/release/counts");
        let mut valgrind = Command::new("valgrind");
        let out = self.folder().join("callgrind");
        let mut out_file = std::ffi::OsString::from("--callgrind-out-file=");
        out_file.push(out);
        valgrind
            .args(["--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*counted_by_callgrind*"])
            .args(["--dump-after=*dumped_by_callgrind*", "--compress-strings=no"])
            .arg(out_file)
            .arg(counts)
            .arg("instructions");
        self.run_into(&mut valgrind, "instructions")?;
        Ok(true)
    }

    fn run_into(&self, command: &mut Command, name: &str) -> Result<(), String> {
        let program = Path::new(command.get_program()).display().to_string();
        let file = |name: String| File::create(self.folder().join(name)).map_err(|error| error.to_string());
        command.stdin(Stdio::null()).stdout(file(format!("{name}.jsonl"))?).stderr(file(format!("{name}.log"))?);
        let status = command.status().map_err(|error| format!("{program} did not start: {error}"))?;
        if status.success() {
            return Ok(());
        }
        let log = self.folder().join(format!("{name}.log"));
        Err(format!("{program} failed ({status}), see {}", self.workspace.show(&log)))
    }
}

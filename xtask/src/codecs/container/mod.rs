//! `cargo xtask bench container`: a container file is read on one thread and on several, in little memory, and by the peers.

mod readings;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;

use self::readings::{OURS, Reading, Readings};
use super::kept::Kept;
use super::{Bench, circumstances};
use crate::bench::Run;
use crate::workspace::Workspace;

/// What to measure.
#[derive(Args)]
pub(crate) struct ContainerOptions {
    /// How large the file is, in millions of bytes
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    megabytes: u32,
    /// How many threads read it, beside one
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u32).range(2..))]
    threads: u32,
    /// How often each reads it; the best counts
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Print what the last run measured, and measure nothing
    #[arg(long, conflicts_with_all = ["megabytes", "threads", "rounds"])]
    print: bool,
    /// Keep the results in the repository, and print README's table from them
    #[arg(long)]
    record: bool,
}

/// What the program takes, and for each thread the blocks that it has and what they are unpacked to. 4.7 million bytes were measured with
/// two threads.
const fn peak_bytes_max(threads: u32) -> u64 {
    4_000_000 + 4_000_000 * threads as u64
}

const CODECS: [&str; 3] = ["null", "deflate", "zstandard"];

/// Who reads on one thread, as the program names them.
const PEERS: [&str; 2] = ["serde_avro_fast", "apache-avro serde"];

/// What a peer does not read, by reader and codec, and why.
const UNREAD: [(&str, &str, &str); 1] = [(
    "serde_avro_fast",
    "deflate",
    "it refuses a block whose last record is there before its last byte was looked at: `There's data left in the block`",
)];

/// The packages that are the peers.
const PACKAGES: &[&str] = &["serde_avro_fast", "apache-avro"];

/// What is kept of the last recorded run.
pub(super) const KEPT: Kept = Kept {
    results: "benches/codecs/container.jsonl",
    command: "cargo xtask bench container",
    documents: readings::documents,
};

impl ContainerOptions {
    /// A file that is long beside the memory that reading it may take.
    pub(super) const SHORT: Self = Self { megabytes: 100, threads: 2, rounds: 1, print: false, record: false };
}

/// Writes a file in each codec, lets all read it, and gives a table.
///
/// # Errors
///
/// What failed, in one line: also a reading of ours that took more memory than it may, or one that found other records.
pub(crate) fn measure(workspace: &Workspace, options: &ContainerOptions, run: Run<'_>) -> Result<String, String> {
    let bench = Bench { workspace };
    let folder = workspace.root().join("target/xtask/container");
    let results = folder.join("results.jsonl");
    let lines = if options.print {
        fs::read_to_string(&results).map_err(|error| format!("{} cannot be read: {error}", results.display()))?
    } else {
        run(bench.cargo("build").args(["--release", "--bin", "container"]))?;
        fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
        let list = read_all(workspace, options, &folder)?;
        let circumstances = circumstances::text(workspace, &bench.lock(), PACKAGES, "")?;
        let lines = Readings { circumstances, list }.to_lines();
        fs::write(&results, &lines).map_err(|error| format!("{} cannot be written: {error}", results.display()))?;
        lines
    };
    if options.record {
        KEPT.write(workspace, &lines)?;
    }
    Ok(Readings::from_lines(&lines)?.text())
}

/// Every reader with every codec, one file after the other.
fn read_all(workspace: &Workspace, options: &ContainerOptions, folder: &Path) -> Result<Vec<Reading>, String> {
    let program = Program { path: workspace.root().join("target/codecs/release/container") };
    let ours = [1, options.threads].map(|threads| (OURS, threads));
    let readers: Vec<(&str, u32)> = ours.into_iter().chain(PEERS.map(|peer| (peer, 1))).collect();
    let mut list: Vec<Reading> = Vec::new();
    for codec in CODECS {
        let file = folder.join(format!("{codec}.avro")).display().to_string();
        program.said(&["write", &file, &options.megabytes.to_string(), codec])?;
        let of_codec = list.len();
        for (reader, threads) in &readers {
            if UNREAD.iter().any(|(other, unread, _)| (other, *unread) == (reader, codec)) {
                continue;
            }
            let reading = program.best_reading(&file, codec, reader, *threads, options.rounds)?;
            same_records(list.get(of_codec).unwrap_or(&reading), &reading)?;
            list.push(reading);
        }
        fs::remove_file(&file).map_err(|error| format!("{file} cannot be removed: {error}"))?;
    }
    Ok(list)
}

fn same_records(one: &Reading, other: &Reading) -> Result<(), String> {
    let found = |reading: &Reading| (reading.records, reading.items);
    if found(one) == found(other) {
        return Ok(());
    }
    let said = |reading: &Reading| format!("{} records by {}", reading.records, reading.reader);
    Err(format!("{}: {}, {} on {} threads", one.codec, said(one), said(other), other.threads))
}

/// Ours is held to little memory.
fn little_memory(reading: &Reading) -> Result<(), String> {
    let allowed = peak_bytes_max(reading.threads);
    if reading.reader != OURS || reading.peak_bytes <= allowed {
        return Ok(());
    }
    Err(format!("{}: {} bytes of memory, and {allowed} are allowed", reading.codec, reading.peak_bytes))
}

/// What writes and reads.
struct Program {
    path: PathBuf,
}

impl Program {
    /// Every reading is a process of its own. The first one may find the file on its way to the disk.
    fn best_reading(
        &self,
        file: &str,
        codec: &str,
        reader: &str,
        threads: u32,
        rounds: u32,
    ) -> Result<Reading, String> {
        let mut best: Option<Reading> = None;
        for _ in 0..rounds {
            let line = self.said(&["read", file, reader, &threads.to_string()])?;
            let mut reading: Reading = serde_json::from_str(&line).map_err(|error| format!("{line}: {error}"))?;
            codec.clone_into(&mut reading.codec);
            little_memory(&reading)?;
            if best.as_ref().is_none_or(|best| reading.seconds < best.seconds) {
                best = Some(reading);
            }
        }
        best.ok_or_else(|| "no rounds".to_owned())
    }

    /// Runs it, and gives the line that it prints.
    fn said(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(&self.path);
        let output = command.args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| format!("{} did not start: {error}", self.path.display()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(format!("container {} failed ({})", arguments.join(" "), output.status))
    }
}

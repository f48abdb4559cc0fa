//! `cargo xtask bench container`: a container file is read on one thread and on several, in little memory.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use clap::Args;
use serde::Deserialize;

use super::Bench;
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
}

/// What the program takes, and for each thread the blocks that it has and what they are unpacked to. 4.7 million bytes were measured with
/// two threads.
const fn peak_bytes_max(threads: u32) -> u64 {
    4_000_000 + 4_000_000 * threads as u64
}

const CODECS: [&str; 3] = ["null", "deflate", "zstandard"];

impl ContainerOptions {
    /// A file that is long beside the memory that reading it may take.
    pub(super) const SHORT: Self = Self { megabytes: 100, threads: 2 };
}

#[derive(Deserialize)]
struct Reading {
    bytes: u64,
    threads: u32,
    records: u64,
    seconds: f64,
    cpu_seconds: f64,
    peak_bytes: u64,
}

/// Writes a file in each codec, reads it, and gives a table.
///
/// # Errors
///
/// What failed, in one line: also a reading that took more memory than it may, or that found other records.
pub(crate) fn measure(workspace: &Workspace, options: &ContainerOptions, run: Run<'_>) -> Result<String, String> {
    let bench = Bench { workspace };
    run(bench.cargo("build").args(["--release", "--bin", "container"]))?;
    let folder = workspace.root().join("target/xtask/container");
    fs::create_dir_all(&folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    let mut table =
        String::from("| codec | threads | s | CPU s | MB/s | peak MB | records |\n|---|--:|--:|--:|--:|--:|--:|\n");
    for codec in CODECS {
        let file = folder.join(format!("{codec}.avro")).display().to_string();
        said(workspace, &["write", &file, &options.megabytes.to_string(), codec])?;
        let mut found = None;
        for threads in [1, options.threads] {
            // The first time the system has the file only on its way to the disk.
            let _ = said(workspace, &["read", &file, &threads.to_string()])?;
            let line = said(workspace, &["read", &file, &threads.to_string()])?;
            let reading: Reading = serde_json::from_str(&line).map_err(|error| format!("{line}: {error}"))?;
            if *found.get_or_insert(reading.records) != reading.records {
                return Err(format!("{codec}: {} records on {threads} threads", reading.records));
            }
            let allowed = peak_bytes_max(threads);
            if reading.peak_bytes > allowed {
                return Err(format!("{codec}: {} bytes of memory, and {allowed} are allowed", reading.peak_bytes));
            }
            row(&mut table, codec, &reading);
        }
        fs::remove_file(&file).map_err(|error| format!("{file} cannot be removed: {error}"))?;
    }
    Ok(table)
}

#[expect(clippy::cast_precision_loss, reason = "sizes as people read them")]
fn row(table: &mut String, codec: &str, reading: &Reading) {
    let Reading { bytes, threads, records, seconds, cpu_seconds, peak_bytes } = reading;
    let (rate, peak) = (*bytes as f64 / 1e6 / seconds, *peak_bytes as f64 / 1e6);
    // Writing into a `String` does not fail.
    let _ = writeln!(
        table,
        "| {codec} | {threads} | {seconds:.2} | {cpu_seconds:.2} | {rate:.0} | {peak:.1} | {records} |"
    );
}

/// Runs the program, and gives the line that it prints.
fn said(workspace: &Workspace, arguments: &[&str]) -> Result<String, String> {
    let program = workspace.root().join("target/codecs/release/container");
    let mut command = Command::new(&program);
    let output = command.args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("{} did not start: {error}", program.display()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(format!("container {} failed ({})", arguments.join(" "), output.status))
}

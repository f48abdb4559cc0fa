//! `cargo xtask fuzz`: random inputs for every parser and decoder, and for the comparison.
//!
//! The flags are those of `cargo fuzz`. Set here, they need neither that program nor a nightly
//! toolchain: of the compiler they ask for one thing that is called unstable, the sanitizer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

use clap::Args;

use crate::workspace::Workspace;

/// Where the sanitizer's runtime is known to be part of the toolchain.
pub(crate) const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// One program of `fuzz/fuzz_targets/`.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Whether its inputs have the words of Protobuf's language.
    is_proto: bool,
    /// Longest input in bytes: what takes long to run finds little.
    bytes_max: u32,
    /// How many inputs it takes in fifteen seconds, or so: 3 GHz, one thread.
    runs: u32,
}

/// Every target.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "json", is_proto: false, bytes_max: 4096, runs: 75_000 },
    Target { name: "proto_parse", is_proto: true, bytes_max: 8192, runs: 26_000 },
    Target { name: "proto_link", is_proto: true, bytes_max: 4096, runs: 12_000 },
    Target { name: "proto_round_trip", is_proto: true, bytes_max: 4096, runs: 7_500 },
    Target { name: "descriptor_set", is_proto: false, bytes_max: 8192, runs: 37_500 },
    Target { name: "compare", is_proto: true, bytes_max: 4096, runs: 1_500 },
    Target { name: "avro_read", is_proto: false, bytes_max: 8192, runs: 15_000 },
    Target { name: "avro_compare", is_proto: false, bytes_max: 4096, runs: 3_000 },
    Target { name: "protobuf_typed", is_proto: false, bytes_max: 4096, runs: 45_000 },
    Target { name: "protobuf_value", is_proto: false, bytes_max: 4096, runs: 45_000 },
    Target { name: "avro_typed", is_proto: false, bytes_max: 4096, runs: 45_000 },
    Target { name: "avro_value", is_proto: false, bytes_max: 4096, runs: 45_000 },
    Target { name: "avro_resolve", is_proto: false, bytes_max: 4096, runs: 45_000 },
    Target { name: "protobuf_json", is_proto: false, bytes_max: 4096, runs: 22_500 },
    Target { name: "protobuf_text", is_proto: false, bytes_max: 4096, runs: 22_500 },
    Target { name: "avro_json", is_proto: false, bytes_max: 4096, runs: 22_500 },
    Target { name: "avro_container", is_proto: false, bytes_max: 4096, runs: 11_000 },
    Target { name: "avro_single_object", is_proto: false, bytes_max: 4096, runs: 30_000 },
    Target { name: "protobuf_delimited", is_proto: false, bytes_max: 4096, runs: 30_000 },
    Target { name: "protobuf_resolve", is_proto: false, bytes_max: 4096, runs: 30_000 },
    Target { name: "framing", is_proto: false, bytes_max: 4096, runs: 75_000 },
    Target { name: "buf_config", is_proto: false, bytes_max: 2048, runs: 67_500 },
];

/// How to search.
#[derive(Clone, Copy)]
pub(crate) enum Search {
    /// For a time, from what earlier searches found, with other inputs each time.
    Seconds(u64),
    /// From the seeds alone and with a number for the random choices, until as many inputs were tried as the target says:
    /// what earlier searches found, and how fast a machine is, makes no difference.
    Fixed(u32),
}

impl Search {
    /// Where the inputs of all targets are kept that a search starts from and adds to.
    fn corpus(self, workspace: &Workspace) -> PathBuf {
        match self {
            Self::Seconds(_) => folder(workspace).join("corpus"),
            Self::Fixed(_) => built(workspace).join("seeds"),
        }
    }

    /// When to end, and how to choose.
    fn flags(self, target: &Target) -> Vec<String> {
        match self {
            Self::Seconds(seconds) => vec![format!("-max_total_time={seconds}")],
            Self::Fixed(seed) => vec![format!("-runs={}", target.runs), format!("-seed={seed}")],
        }
    }
}

/// What to run and for how long.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only this target
    target: Option<String>,
    /// Give it these files, each once, instead of random inputs
    inputs: Vec<PathBuf>,
    /// Run each target for this time
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    seconds: u64,
}

/// Runs the chosen targets, with their output, until one fails.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    let chosen = |target: &&Target| options.target.as_deref().is_none_or(|name| name == target.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(chosen).collect();
    if targets.is_empty() {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        println!("error: there is no such target, the targets are {}", names.join(", "));
        return ExitCode::from(2);
    }
    let child = |command: &mut Command| match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let search = Search::Seconds(options.seconds);
    let prepared = prepare(workspace, search, targets.iter().copied(), child);
    let result = prepared.and_then(|()| match options.inputs.as_slice() {
        [] => targets.iter().try_for_each(|target| target.run(workspace, search, child)),
        inputs => targets.iter().try_for_each(|target| child(&mut replay(workspace, target, inputs))),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            println!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Builds targets, and makes the inputs that a search starts from. `child` runs a command to its end.
///
/// # Errors
///
/// What the child says.
pub(crate) fn prepare<'t>(
    workspace: &Workspace,
    search: Search,
    targets: impl IntoIterator<Item = &'t Target>,
    child: impl Fn(&mut Command) -> Result<(), String>,
) -> Result<(), String> {
    let mut build = cargo(workspace, "build");
    build.args(targets.into_iter().flat_map(|target| ["--bin", target.name]));
    child(&mut build)?;
    let corpus = search.corpus(workspace);
    if matches!(search, Search::Fixed(_)) && corpus.exists() {
        let error = |error| format!("{} cannot be removed: {error}", workspace.show(&corpus));
        fs::remove_dir_all(&corpus).map_err(error)?;
    }
    child(cargo(workspace, "run").args(["--example", "seeds", "--"]).arg(&corpus))
}

impl Target {
    /// Gives a target random inputs. `child` runs a command to its end.
    ///
    /// # Errors
    ///
    /// Why it did not run, or what it failed on and how to run that again.
    pub(crate) fn run(
        &self,
        workspace: &Workspace,
        search: Search,
        child: impl Fn(&mut Command) -> Result<(), String>,
    ) -> Result<(), String> {
        let artifacts = folder(workspace).join("artifacts").join(self.name);
        let corpus = search.corpus(workspace).join(self.name);
        for place in [&artifacts, &corpus] {
            let error = |error| format!("{} cannot be made: {error}", workspace.show(place));
            fs::create_dir_all(place).map_err(error)?;
        }
        let started = SystemTime::now();
        let mut command = program(workspace, self.name);
        command.arg(&corpus).args(self.limits());
        command.arg(format!("-artifact_prefix={}/", artifacts.display()));
        command.args(search.flags(self));
        if self.is_proto {
            command.arg(format!("-dict={}", folder(workspace).join("proto.dict").display()));
        }
        child(&mut command).map_err(|reason| match newest_since(&artifacts, started) {
            None => reason,
            Some(input) => {
                let input = workspace.show(&input);
                format!("{} failed on {input}; again: `cargo xtask fuzz {0} {input}`", self.name)
            }
        })
    }

    /// Memory and time count as findings: 2 GiB, or a time for one input that no busy machine explains.
    fn limits(&self) -> [String; 5] {
        [
            "-rss_limit_mb=2048".to_owned(),
            "-timeout=60".to_owned(),
            // All code is Rust without `unsafe`, and the search for leaks fails in many containers.
            "-detect_leaks=0".to_owned(),
            format!("-max_len={}", self.bytes_max),
            "-print_final_stats=1".to_owned(),
        ]
    }
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("fuzz")
}

/// Runs given inputs, each once.
fn replay(workspace: &Workspace, target: &Target, inputs: &[PathBuf]) -> Command {
    let mut command = program(workspace, target.name);
    command.args(target.limits()).args(inputs);
    command
}

fn program(workspace: &Workspace, target: &str) -> Command {
    let mut command = Command::new(built(workspace).join(PLATFORM).join("release").join(target));
    command.current_dir(workspace.root()).env("RUST_BACKTRACE", "1");
    command
}

/// Beside the build results of the other sanitizer step, since no flag is shared with other builds.
fn built(workspace: &Workspace) -> PathBuf {
    workspace.root().join("target/fuzz")
}

fn cargo(workspace: &Workspace, subcommand: &str) -> Command {
    let mut command = workspace.cargo();
    command
        .args([subcommand, "--locked", "--release", "--manifest-path", "fuzz/Cargo.toml", "--target", PLATFORM])
        .arg("--target-dir")
        .arg(built(workspace))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS.join(" "));
    command
}

/// Source: `cargo fuzz`, `src/project.rs`.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Zsanitizer=address",
    "--cfg fuzzing",
];

/// The last file that was written in a folder since a moment.
fn newest_since(folder: &Path, start: SystemTime) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.flatten();
    let times = files.filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())));
    times.filter(|(time, _)| *time >= start).max().map(|(_, path)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_what_the_folder_holds() {
        let folder = folder(&Workspace::of_this_build()).join("fuzz_targets");
        let mut files: Vec<String> = fs::read_dir(folder)
            .expect("the folder can be listed")
            .map(|file| file.expect("the folder can be listed").file_name().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let mut named: Vec<String> = TARGETS.iter().map(|target| format!("{}.rs", target.name)).collect();
        named.sort();
        assert_eq!(named, files);
    }

    #[test]
    fn a_fixed_search_ends_by_its_inputs_and_leaves_what_others_found_alone() {
        let workspace = Workspace::of_this_build();
        let (fixed, search) = (Search::Fixed(1), Search::Seconds(20));
        assert_ne!(fixed.corpus(&workspace), search.corpus(&workspace));
        for target in TARGETS {
            assert_eq!(fixed.flags(target), [format!("-runs={}", target.runs), "-seed=1".to_owned()]);
            assert_eq!(search.flags(target), ["-max_total_time=20"]);
        }
    }

    #[test]
    fn of_the_files_since_a_moment_the_last_is_found() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let start = SystemTime::now() - std::time::Duration::from_secs(60);
        assert_eq!(newest_since(folder.path(), start), None);
        fs::write(folder.path().join("crash-1"), "").expect("a file can be written");
        assert_eq!(newest_since(folder.path(), start), Some(folder.path().join("crash-1")));
        assert_eq!(newest_since(folder.path(), SystemTime::now() + std::time::Duration::from_secs(60)), None);
    }
}

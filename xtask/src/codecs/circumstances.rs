//! On what was measured, and beside what.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::workspace::Workspace;

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

/// One paragraph, with the versions of the peers and something to note, which ends with a space.
///
/// # Errors
///
/// The lock file, which has the peers' versions, cannot be read.
pub(super) fn text(workspace: &Workspace, lock: &Path, peers: &[&str], note: &str) -> Result<String, String> {
    let text = fs::read_to_string(lock).map_err(|error| format!("{} cannot be read: {error}", lock.display()))?;
    let lock: Lock = toml::from_str(&text).map_err(|error| format!("{}: {error}", lock.display()))?;
    let version = |name: &&str| {
        let package = lock.package.iter().find(|package| package.name == **name);
        format!("{name} {}", package.map_or("?", |package| package.version.as_str()))
    };
    let peers: Vec<String> = peers.iter().map(version).collect();
    let commit = commit(workspace);
    let rustc = said(Command::new("rustc").arg("--version"));
    Ok(format!(
        "{}; {rustc}; canread at {commit}; {}. {note}The load was {} when this was printed.\n",
        machine(),
        peers.join(", "),
        load()
    ))
}

/// What a record writes, which changes nothing that is measured.
const RECORDS: [&str; 4] = [
    ":(exclude)README.md",
    ":(exclude)benches/codecs/RESULTS.md",
    ":(exclude)benches/codecs/container.jsonl",
    ":(exclude)benches/codecs/results.jsonl",
];

/// The commit that is measured; `-dirty` if something else than a record is not committed.
fn commit(workspace: &Workspace) -> String {
    let git = |arguments: &[&str]| said(Command::new("git").current_dir(workspace.root()).args(arguments));
    let status = [&["status", "--porcelain", "--", "."][..], &RECORDS].concat();
    let dirty = if git(&status).is_empty() { "" } else { "-dirty" };
    format!("{}{dirty}", git(&["describe", "--always"]))
}

fn said(command: &mut Command) -> String {
    let output = command.output().ok().filter(|output| output.status.success());
    output.map_or_else(|| "?".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{}, {cores} cores", model.map_or("a machine without a name", |(_, name)| name))
}

fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("?").to_owned()
}

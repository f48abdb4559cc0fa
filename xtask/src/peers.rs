//! Fetches the foreign programs that ours is measured beside.
//!
//! Each stands under `target/peers`, in exactly the version that is pinned
//! here; another version there, or none, and it is fetched anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::Run;
use crate::workspace::{Unavailable, Workspace};

const BUF_PACKAGE: &str = "@bufbuild/buf";
const BUF_VERSION: &str = "1.75.0";

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
    install(&home, run)
        .map_err(|reason| Unavailable(format!("no buf {BUF_VERSION}: {reason}; install Node.js with npm")))?;
    standing_buf(&home)
        .ok_or_else(|| Unavailable(format!("no buf {BUF_VERSION}: npm has no program of it for this machine")))
}

fn install(home: &Path, run: Run<'_>) -> Result<(), String> {
    // What an earlier version left must not be taken for this one.
    if home.exists() {
        fs::remove_dir_all(home).map_err(|error| format!("what stands there cannot be removed: {error}"))?;
    }
    fs::create_dir_all(home).map_err(|error| format!("its folder cannot be made: {error}"))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
        .arg(home)
        .arg(format!("{BUF_PACKAGE}@{BUF_VERSION}"));
    run(&mut npm)
}

/// The program of the package for this machine. The package's own `bin/buf` is a script around
/// it, whose start would be measured too.
fn standing_buf(home: &Path) -> Option<PathBuf> {
    let modules = home.join("node_modules");
    let manifest = fs::read_to_string(modules.join(BUF_PACKAGE).join("package.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).ok()?;
    if manifest.get("version")?.as_str()? != BUF_VERSION {
        return None;
    }
    let package = modules.join(BUF_PACKAGE);
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

//! A C library newer than the machine's, for one foreign program.
//!
//! Debian's next release has it. The places that apt knows are asked, with the name of the release changed, in folders of
//! our own: nothing of the machine is touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::Run;

/// The release whose libraries are taken: glibc 2.41, libstdc++ 14.
const RELEASE: &str = "trixie";

/// What the program is linked with.
const PACKAGES: [&str; 4] = ["libc6", "libstdc++6", "libgcc-s1", "zlib1g"];

/// The folder of the libraries, which are fetched first where they do not stand.
///
/// # Errors
///
/// This is no Debian, or its package index or `dpkg-deb` is not to be had.
pub(super) fn ensure(folder: &Path, run: Run<'_>) -> Result<PathBuf, String> {
    let libraries = folder.join("root/usr/lib/x86_64-linux-gnu");
    // Written last: what was broken off is fetched anew.
    let stamp = folder.join("complete");
    if fs::read_to_string(&stamp).is_ok_and(|release| release == RELEASE) {
        return Ok(libraries);
    }
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("what stands there cannot be removed: {error}"))?;
    }
    let site = site()?;
    let folders = ["lists/partial", "cache/archives/partial", "packages", "root"];
    for inner in folders {
        fs::create_dir_all(folder.join(inner)).map_err(|error| format!("its folder cannot be made: {error}"))?;
    }
    let sources = folder.join("sources.list");
    fs::write(&sources, format!("deb [signed-by={KEYRING}] {site} {RELEASE} main\n"))
        .map_err(|error| format!("a list of sources cannot be written: {error}"))?;
    let reason =
        |reason| format!("the machine's C library is too old for it, and {RELEASE}'s is not to be had: {reason}");
    run(apt(folder, &sources).arg("update")).map_err(reason)?;
    run(apt(folder, &sources).arg("download").args(PACKAGES).current_dir(folder.join("packages"))).map_err(reason)?;
    let entries = fs::read_dir(folder.join("packages")).map_err(|error| reason(error.to_string()))?;
    for package in entries.filter_map(Result::ok) {
        run(Command::new("dpkg-deb").arg("-x").arg(package.path()).arg(folder.join("root"))).map_err(reason)?;
    }
    fs::write(&stamp, RELEASE).map_err(|error| reason(error.to_string()))?;
    Ok(libraries)
}

/// The keys of Debian's releases, as its package `debian-archive-keyring` has them.
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Where the machine gets its own Debian packages from.
fn site() -> Result<String, String> {
    let output = Command::new("apt-get")
        .args(["indextargets", "--format", "$(SITE) $(ORIGIN)/$(LABEL)", "Created-By: Packages"])
        .output()
        .map_err(|error| format!("the machine's C library is too old for it, and apt does not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let site = text.lines().find_map(|line| line.strip_suffix(" Debian/Debian"));
    site.map(str::to_owned)
        .ok_or_else(|| "the machine's C library is too old for it, and apt knows no Debian".to_owned())
}

fn apt(folder: &Path, sources: &Path) -> Command {
    let mut command = Command::new("apt-get");
    let mut option = |name: &str, value: &Path| {
        let mut option = std::ffi::OsString::from(name);
        option.push("=");
        option.push(value);
        command.arg("-o").arg(option);
    };
    option("Dir::Etc::sourcelist", sources);
    option("Dir::Etc::sourceparts", Path::new("-"));
    option("Dir::State::lists", &folder.join("lists"));
    option("Dir::Cache", &folder.join("cache"));
    command.args(["-o", "APT::Get::List-Cleanup=0"]);
    command
}

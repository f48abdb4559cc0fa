//! Makes the Python environment in which the foreign oracles run, and the program that asks Avro's Java library.
//!
//! The environment holds exactly what `compat-tests/oracles/requirements.txt` pins. A copy
//! of that file inside the environment, written last, says that it is complete
//! and for which pins; any other text there, or none, and it is made anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::Supervision;
use crate::workspace::{Unavailable, Workspace};

/// The Python of the environment, which is made first where it does not stand.
///
/// # Errors
///
/// Python, its `venv` module or a package index is not to be had; the log has what pip said.
pub(crate) fn ensure(workspace: &Workspace, supervision: &Supervision<'_>) -> Result<PathBuf, Unavailable> {
    let requirements = workspace.oracle_scripts().join("requirements.txt");
    let pins = fs::read_to_string(&requirements)
        .map_err(|error| Unavailable(format!("{} cannot be read: {error}", workspace.show(&requirements))))?;
    let venv = workspace.oracle_venv();
    if !stands(&venv, &pins) {
        make(&venv, &requirements, supervision)?;
        fs::write(stamp(&venv), pins)
            .map_err(|error| Unavailable(format!("{} cannot be written: {error}", workspace.show(&venv))))?;
    }
    Ok(interpreter(&venv))
}

/// The folder of the program that reads Avro data in Java, and of the library that it asks. Maven makes it, anew each time:
/// what an earlier version left must not be taken for this one.
///
/// # Errors
///
/// Maven, a Java compiler or a repository of packages is not to be had; the log has what Maven said.
pub(crate) fn ensure_java(workspace: &Workspace, supervision: &Supervision<'_>) -> Result<PathBuf, Unavailable> {
    let folder = workspace.java_oracle();
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .map_err(|error| Unavailable(format!("{} cannot be removed: {error}", workspace.show(&folder))))?;
    }
    let mut maven = Command::new(if cfg!(windows) { "mvn.cmd" } else { "mvn" });
    maven
        .args(["--batch-mode", "--quiet", "--file"])
        .arg(workspace.oracle_scripts().join("avro_java/pom.xml"))
        .arg(format!("-Doracle={}", folder.display()))
        .arg("compile");
    supervision.run(&mut maven).map_err(|reason| {
        Unavailable(format!("no Avro library of Java: {reason}; install Maven and a JDK, 11 or newer"))
    })?;
    Ok(folder)
}

fn make(venv: &Path, requirements: &Path, supervision: &Supervision<'_>) -> Result<(), Unavailable> {
    let base = if cfg!(windows) { "python" } else { "python3" };
    supervision.run(Command::new(base).args(["-m", "venv", "--clear"]).arg(venv)).map_err(|reason| {
        Unavailable(format!("no foreign oracles: {reason}; install Python 3 with its venv module"))
    })?;
    let mut pip = Command::new(interpreter(venv));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]).arg(requirements);
    supervision.run(&mut pip).map_err(|reason| Unavailable(format!("no foreign oracles: {reason}")))
}

/// Whether the environment is complete for these pins and its interpreter is still there.
fn stands(venv: &Path, pins: &str) -> bool {
    fs::read_to_string(stamp(venv)).is_ok_and(|standing| standing == pins) && interpreter(venv).exists()
}

fn stamp(venv: &Path) -> PathBuf {
    venv.join("requirements.txt")
}

fn interpreter(venv: &Path) -> PathBuf {
    venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_stands_only_for_the_pins_it_was_made_with() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let venv = folder.path();
        assert!(!stands(venv, "a==1\n"), "nothing is there");
        fs::write(stamp(venv), "a==1\n").expect("a file can be written");
        assert!(!stands(venv, "a==1\n"), "there is no interpreter");
        let python = interpreter(venv);
        fs::create_dir_all(python.parent().expect("it stands in a folder")).expect("a folder can be made");
        fs::write(python, "").expect("a file can be written");
        assert!(stands(venv, "a==1\n"));
        assert!(!stands(venv, "a==2\n"));
    }
}

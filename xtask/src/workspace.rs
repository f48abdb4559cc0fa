//! Where things stand in this checkout, and what its environment says.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The manifests of the workspaces beside that of the root, each with a lock file of its own.
pub(crate) const WORKSPACES_APART: &[&str] = &[
    "benches/codecs/Cargo.toml",
    "compat-tests/peers/Cargo.toml",
    "crates/canread/examples/services/Cargo.toml",
    "fuzz/Cargo.toml",
];

/// One checkout of the repository.
///
/// What is unpacked or installed stands under `target/` of the checkout, also
/// where `CARGO_TARGET_DIR` sends build results elsewhere: several build
/// folders then share it.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The checkout from which this program was built.
    pub(crate) fn of_this_build() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the workspace root");
        Self { root: root.to_owned() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where the corpora's archives lie: `CANREAD_CORPORA_ARCHIVES`, or a folder beside the checkout.
    pub(crate) fn archives(&self) -> PathBuf {
        variable("CANREAD_CORPORA_ARCHIVES").map_or_else(|| self.root.join("../shared/corpora"), PathBuf::from)
    }

    /// Where the corpora are unpacked: `CANREAD_CORPORA`, or `target/corpora`.
    pub(crate) fn corpora(&self) -> PathBuf {
        variable("CANREAD_CORPORA").map_or_else(|| self.root.join("target/corpora"), PathBuf::from)
    }

    /// The scripts that put foreign implementations beside ours.
    pub(crate) fn oracle_scripts(&self) -> PathBuf {
        self.root.join("compat-tests/oracles")
    }

    /// The virtual environment in which those scripts run.
    pub(crate) fn oracle_venv(&self) -> PathBuf {
        self.root.join("target/oracles/venv")
    }

    /// Where Maven puts the oracle in Java, and the library that it asks.
    pub(crate) fn java_oracle(&self) -> PathBuf {
        self.root.join("target/oracles/java")
    }

    /// Output of the last test run's steps.
    pub(crate) fn logs(&self) -> PathBuf {
        self.root.join("target/xtask/logs")
    }

    /// The cargo that runs us, or the one on the path, started in the root.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        command
    }

    /// `path` as a person in the root would type it.
    pub(crate) fn show<'p>(&self, path: &'p Path) -> impl fmt::Display + 'p {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}

/// Whether this is a run of continuous integration, where a skip is a failure.
pub(crate) fn in_ci() -> bool {
    variable("CI").is_some_and(|value| value == "true" || value == "1")
}

/// An environment variable, where set and not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Why something from outside the repository is not there, in words that say what would bring it.
#[derive(Debug, Clone)]
pub(crate) struct Unavailable(pub(crate) String);

impl fmt::Display for Unavailable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

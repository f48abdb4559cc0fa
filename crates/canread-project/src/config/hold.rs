//! One at a time writes a `canread.toml`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use canread_syntax::Diagnostic;
use gix::lock::{Marker, acquire::Fail};

use super::{Config, ConfigError};

/// How long somebody else is waited for.
const WAIT: Duration = Duration::from_secs(5);

/// Keeps others of our kind from writing a file, until it is dropped: the file `canread.toml.lock` beside it, as git has such
/// files.
#[derive(Debug)]
pub struct Held {
    _marker: Marker,
}

impl Held {
    /// Waits for those who write the file, and keeps others out.
    ///
    /// # Errors
    ///
    /// The file is read-only, its directory can't be written to, or somebody else did not come to an end.
    pub fn of(config: &Config) -> Result<Self, Box<ConfigError>> {
        let name = config.name();
        let problem =
            |reason: &str| Diagnostic::error("config/unwritable", format!("{name} can't be written: {reason}"));
        let error = |problem| Box::new(ConfigError::of_diagnostics(vec![problem]));
        // Beside the file itself, whatever links to it.
        let file = fs::canonicalize(&config.file).unwrap_or_else(|_| config.file.clone());
        if fs::metadata(&file).is_ok_and(|metadata| metadata.permissions().readonly()) {
            return Err(error(problem("it is read-only")));
        }
        match Marker::acquire_to_hold_resource(&file, Fail::AfterDurationWithBackoff(WAIT), None, 0) {
            Ok(marker) => Ok(Self { _marker: marker }),
            Err(_) if lock_of(&file).exists() => {
                let help = format!("if no other one is at work, remove {name}.lock");
                Err(error(problem("another `canread approve` writes it, or was stopped").help(help)))
            }
            Err(reason) => Err(error(problem(&reason.to_string()))),
        }
    }
}

/// What git's library calls the lock of a file.
fn lock_of(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    file.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(dir: &Path) -> Config {
        fs::write(dir.join("canread.toml"), "version = 1\n").expect("it can be written");
        Config::read(&dir.join("canread.toml"), dir).expect("it can be read")
    }

    #[test]
    fn what_is_held_is_held_until_it_is_dropped() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let config = config(dir.path());
        let lock = dir.path().join("canread.toml.lock");
        let held = Held::of(&config).expect("nobody else holds it");
        assert!(lock.exists());
        drop(held);
        assert!(!lock.exists());
        assert!(Held::of(&config).is_ok());
    }

    #[test]
    fn what_may_not_be_written_is_not_held() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let config = config(dir.path());
        let mut permissions = fs::metadata(&config.file).expect("it is there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&config.file, permissions).expect("they can be set");
        let error = Held::of(&config).expect_err("it is read-only");
        assert_eq!(error.diagnostics[0].message, "canread.toml can't be written: it is read-only");
    }
}

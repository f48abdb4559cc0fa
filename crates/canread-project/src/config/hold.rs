//! One at a time writes a `canread.toml`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use canread_syntax::Diagnostic;
use gix::lock::{Marker, acquire::Fail};

use super::ConfigError;

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
    pub fn of(file: &Path) -> Result<Self, Box<ConfigError>> {
        // Beside the file itself, whatever links to it.
        let file = &fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let name = file.display();
        let problem =
            |reason: String| Diagnostic::error("config/unwritable", format!("{name} can't be written: {reason}"));
        if fs::metadata(file).is_ok_and(|metadata| metadata.permissions().readonly()) {
            return Err(Box::new(ConfigError::of_diagnostics(vec![problem("it is read-only".to_owned())])));
        }
        match Marker::acquire_to_hold_resource(file, Fail::AfterDurationWithBackoff(WAIT), None, 0) {
            Ok(marker) => Ok(Self { _marker: marker }),
            Err(error) => {
                let help = format!("if no other `canread approve` is at work, remove {name}.lock");
                let problem = problem(error.to_string()).help(help);
                Err(Box::new(ConfigError::of_diagnostics(vec![problem])))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_held_until_it_is_dropped() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let file = dir.path().join("canread.toml");
        fs::write(&file, "version = 1\n").expect("it can be written");
        let lock = dir.path().join("canread.toml.lock");
        let held = Held::of(&file).expect("nobody else holds it");
        assert!(lock.exists());
        drop(held);
        assert!(!lock.exists());
        assert!(Held::of(&file).is_ok());
    }

    #[test]
    fn what_may_not_be_written_is_not_held() {
        let dir = tempfile::tempdir().expect("a temporary directory can be made");
        let file = dir.path().join("canread.toml");
        fs::write(&file, "").expect("it can be written");
        let mut permissions = fs::metadata(&file).expect("it is there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&file, permissions).expect("they can be set");
        let error = Held::of(&file).expect_err("it is read-only");
        assert!(error.diagnostics[0].message.ends_with("it is read-only"), "{error:?}");
    }
}

//! Where `canread.toml` is.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use canread_syntax::{Diagnostic, Sources};

use super::{Config, ConfigError, FILE_NAME, read};
use crate::{disk, path};

/// The largest file that is read (1 MiB): a thousand approvals take a fifth of it.
const BYTES_MAX: u64 = 1 << 20;

impl Config {
    /// The nearest `canread.toml`: in a directory, or in one above it up to the root of its repository.
    ///
    /// # Errors
    ///
    /// As [`Config::read`].
    pub fn find(cwd: &Path) -> Result<Option<Self>, Box<ConfigError>> {
        match Self::place(cwd) {
            Some(file) => Self::read(&file, cwd).map(Some),
            None => Ok(None),
        }
    }

    /// Where the nearest `canread.toml` is, if there is one.
    #[must_use]
    pub fn place(cwd: &Path) -> Option<PathBuf> {
        disk::find_upward(&cwd.canonicalize().ok()?, FILE_NAME)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(file: &Path, cwd: &Path) -> Result<Self, Box<ConfigError>> {
        let cwd = cwd.canonicalize().unwrap_or_else(|_| cwd.to_owned());
        let place = cwd.join(file);
        let name = path::named(&place, &cwd);
        let bytes = bytes(&place).map_err(|reason| {
            let problem = Diagnostic::error("config/unreadable", format!("`{name}` can't be read: {reason}"));
            Box::new(ConfigError { sources: Sources::default(), diagnostics: vec![problem] })
        })?;
        let dir = place.parent().unwrap_or(&cwd);
        let dir = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        read::config(&name, place, dir, bytes)
    }
}

fn bytes(place: &Path) -> Result<Vec<u8>, String> {
    // Looked at first: to open a pipe is to wait for whoever writes to it.
    let kind = fs::metadata(place).map_err(|error| disk::reason(&error))?;
    if !kind.is_file() {
        return Err(if kind.is_dir() { "it is a directory" } else { "it is no regular file" }.to_owned());
    }
    let file = fs::File::open(place).map_err(|error| disk::reason(&error))?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| disk::reason(&error))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(format!("it has more than {BYTES_MAX} bytes"));
    }
    Ok(bytes)
}

//! Where `canread.toml` is.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use canread_syntax::{Diagnostic, Sources};

use super::{Config, ConfigError, FILE_NAME, read};
use crate::disk;

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
        let name = from_here(&place, &cwd);
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
    let file = fs::File::open(place).map_err(|error| disk::reason(&error))?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| disk::reason(&error))?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(format!("it has more than {BYTES_MAX} bytes"));
    }
    Ok(bytes)
}

/// A path as seen from the current directory, with `/` between its parts; `.` for that directory.
pub(super) fn from_here(place: &Path, cwd: &Path) -> String {
    let plain = |path: &Path| {
        let mut plain = PathBuf::new();
        for component in path.components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    plain.pop();
                }
                other => plain.push(other),
            }
        }
        plain
    };
    let (place, cwd) = (plain(place), plain(cwd));
    let common = cwd.ancestors().find(|dir| place.starts_with(dir));
    let Some(common) = common else { return place.to_string_lossy().into_owned() };
    let ups = cwd.strip_prefix(common).map_or(0, |below| below.components().count());
    let below = place.strip_prefix(common).unwrap_or(&place);
    let parts = std::iter::repeat_n("..".to_owned(), ups)
        .chain(below.components().map(|part| part.as_os_str().to_string_lossy().into_owned()));
    let path = parts.collect::<Vec<_>>().join("/");
    if path.is_empty() { ".".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_the_current_directory() {
        let from_here = |place: &str| from_here(Path::new(place), Path::new("/srv/repo/api"));
        assert_eq!(from_here("/srv/repo/api/canread.toml"), "canread.toml");
        assert_eq!(from_here("/srv/repo/canread.toml"), "../canread.toml");
        assert_eq!(from_here("/srv/repo/./lib/../third_party"), "../third_party");
        assert_eq!(from_here("/srv/repo/api"), ".");
        assert_eq!(from_here("/srv"), "../..");
    }
}

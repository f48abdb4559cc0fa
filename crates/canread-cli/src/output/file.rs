//! Writes a file whole or not at all.

use std::{
    fs::{self, Permissions},
    io::{self, ErrorKind, Write},
    path::Path,
};

/// Puts the text where the path is: into a temporary file beside it, which then takes its place. So a reader of the
/// file sees all of the text or all of what was there before.
///
/// A link stays one: what it names is replaced. Pipes and devices are written to.
pub(crate) fn write(path: &Path, text: &str) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let standing = match fs::metadata(path) {
        Ok(standing) if standing.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Ok(standing) if !standing.is_file() => {
            let mut file = fs::OpenOptions::new().write(true).open(path)?;
            return file.write_all(text.as_bytes());
        }
        Ok(standing) => Some(standing.permissions()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    replace(path, text, standing)
}

fn replace(path: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::metadata(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".canread-");
    // Like any other new file, where there was none.
    if let Some(permissions) = permissions.or_else(permissions_of_new_files) {
        builder.permissions(permissions);
    }
    // The name of the temporary file would tell nobody anything.
    let mut file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// What the mask of the process leaves of them.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "there are none elsewhere")]
fn permissions_of_new_files() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions_of_new_files() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::{fs, path::Path};

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder is there");
        let mut names: Vec<String> =
            entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_takes_the_place_of_another_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = folder.path().join("report");
        for text in ["one", "", "three\n"] {
            write(&path, text).expect("it can be written");
            assert_eq!(fs::read_to_string(&path).expect("it was written"), text);
        }
        assert_eq!(names_in(folder.path()), ["report"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_link_stays_one_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let (path, link) = (folder.path().join("report"), folder.path().join("link"));
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        write(&path, "one").expect("it can be written");
        assert_eq!(mode(&path) & 0o111, 0);
        assert_ne!(mode(&path) & 0o400, 0);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("they can be set");
        std::os::unix::fs::symlink("report", &link).expect("a link can be made");
        write(&link, "two").expect("it can be written");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert_eq!((fs::read_to_string(&path).expect("it was written").as_str(), mode(&path)), ("two", 0o640));
    }

    #[test]
    #[cfg(unix)]
    fn a_device_is_written_to_and_stays_one() {
        use std::os::unix::fs::FileTypeExt;
        write(Path::new("/dev/null"), "one").expect("it takes all");
        assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
    }

    #[test]
    fn a_directory_is_no_file() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        assert!(write(folder.path(), "one").is_err());
        assert!(write(&folder.path().join("none/report"), "one").is_err());
        assert!(names_in(folder.path()).is_empty());
    }
}

//! Writes a file whole or not at all.

use std::{
    fs::{self, Permissions},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
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
    let permissions = standing.or_else(|| permissions_of_new(false));
    beside(path, text, permissions)?.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// As [`write()`], but never over something that is there, even if it came into being since it was looked for. Directories
/// above it are made.
pub(crate) fn write_new(path: &Path, text: &str, is_script: bool) -> io::Result<()> {
    fs::create_dir_all(folder(path))?;
    beside(path, text, permissions_of_new(is_script))?.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

/// The file that a path names, in one spelling.
pub(crate) fn place(path: &Path) -> PathBuf {
    // A link to what is not there yet: what is written through it comes to be there.
    if let (Err(_), Ok(target)) = (fs::canonicalize(path), fs::read_link(path)) {
        let target = folder(path).join(target);
        let is_link = target.symlink_metadata().is_ok();
        return if is_link { target } else { place(&target) };
    }
    let of_new = || Some(fs::canonicalize(folder(path)).ok()?.join(path.file_name()?));
    fs::canonicalize(path).ok().or_else(of_new).unwrap_or_else(|| path.to_owned())
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// A temporary file with the text, in the folder of a path.
fn beside(path: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<tempfile::NamedTempFile> {
    let folder = folder(path);
    fs::metadata(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".canread-");
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    // The name of the temporary file would tell nobody anything.
    let mut file = builder.tempfile_in(folder).map_err(|error| io::Error::from(error.kind()))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Those of any other new file: what the mask of the process leaves of them.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "there are none elsewhere")]
fn permissions_of_new(is_script: bool) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(if is_script { 0o777 } else { 0o666 }))
}

#[cfg(not(unix))]
fn permissions_of_new(_: bool) -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::{place, write, write_new};
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
    fn what_is_there_is_no_new_file() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let path = folder.path().join("below/it/new");
        write_new(&path, "one", false).expect("it can be written");
        assert!(write_new(&path, "two", false).is_err());
        assert_eq!(fs::read_to_string(&path).expect("it was written"), "one");
        assert_eq!(names_in(&folder.path().join("below/it")), ["new"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let script = folder.path().join("script");
            write_new(&script, "", true).expect("it can be written");
            let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode();
            assert_eq!((mode(&script) & 0o100, mode(&path) & 0o100), (0o100, 0));
        }
    }

    #[test]
    fn a_place_has_one_spelling() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let (one, other) = (folder.path().join("x"), folder.path().join("./none/../x"));
        assert_eq!(place(&one), place(&folder.path().join("./x")));
        write(&one, "").expect("it can be written");
        assert_ne!(place(&one), place(&other), "there is no such directory");
        assert_eq!(place(Path::new("none/x")), Path::new("none/x"));
        #[cfg(unix)]
        {
            let link = folder.path().join("link");
            std::os::unix::fs::symlink("later", &link).expect("a link can be made");
            assert_eq!(place(&link), place(&folder.path().join("later")));
        }
    }

    #[test]
    fn a_directory_is_no_file() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        assert!(write(folder.path(), "one").is_err());
        assert!(write(&folder.path().join("none/report"), "one").is_err());
        assert!(names_in(folder.path()).is_empty());
    }
}

//! Unpacks the corpora: real schemas and official suites that stand beside
//! the repository as archives.
//!
//! Each `NAME.tar.xz` holds `<format>/<corpus>/…`, and several archives share
//! a format. An archive is unpacked in a folder of its own and its corpora are
//! then renamed into place, so that a run that is broken off leaves no half
//! corpus; a stamp with size and modification time of the archive says that it is done.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use crate::workspace::Unavailable;

const SUFFIX: &str = ".tar.xz";

/// What [`ensure`] found and did.
pub(crate) struct Unpacked {
    /// Archives that were unpacked just now, by name.
    pub(crate) fresh: Vec<String>,
    /// Archives whose contents stood already.
    pub(crate) standing: usize,
}

impl std::fmt::Display for Unpacked {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for name in &self.fresh {
            writeln!(formatter, "unpacked {name}")?;
        }
        write!(formatter, "{} archives, {} unpacked now", self.fresh.len() + self.standing, self.fresh.len())
    }
}

/// Unpacks every archive of `archives` whose contents do not stand in `corpora` yet.
///
/// # Errors
///
/// The archives are not there, or one of them could not be unpacked.
pub(crate) fn ensure(archives: &Path, corpora: &Path) -> Result<Unpacked, Unavailable> {
    let found = list(archives).map_err(|error| {
        Unavailable(format!(
            "no corpora at {} ({error}); CANREAD_CORPORA_ARCHIVES may name another folder",
            archives.display()
        ))
    })?;
    if found.is_empty() {
        return Err(Unavailable(format!("no corpora at {}: it holds no *{SUFFIX}", archives.display())));
    }
    let mut unpacked = Unpacked { fresh: Vec::new(), standing: 0 };
    for archive in found {
        let name = archive.name.clone();
        match archive.ensure(corpora) {
            Ok(true) => unpacked.fresh.push(name),
            Ok(false) => unpacked.standing += 1,
            Err(error) => {
                return Err(Unavailable(format!("corpus archive {name}{SUFFIX} could not be unpacked: {error}")));
            }
        }
    }
    Ok(unpacked)
}

/// The archives of a folder by name.
fn list(folder: &Path) -> io::Result<Vec<Archive>> {
    let mut archives = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(SUFFIX));
        if let Some(name) = name {
            archives.push(Archive { name: name.to_owned(), path });
        }
    }
    archives.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(archives)
}

struct Archive {
    /// The file name without [`SUFFIX`].
    name: String,
    path: PathBuf,
}

impl Archive {
    /// Whether there was anything to do.
    fn ensure(&self, corpora: &Path) -> io::Result<bool> {
        let stamp = self.stamp()?;
        let stamp_file = corpora.join(".stamps").join(&self.name);
        if fs::read_to_string(&stamp_file).is_ok_and(|standing| standing == stamp) {
            return Ok(false);
        }
        fs::create_dir_all(corpora.join(".stamps"))?;
        // Beside the place where the contents will stand: a rename does not cross file systems.
        let aside = tempfile::Builder::new().prefix(".unpacking-").tempdir_in(corpora)?;
        let fresh = aside.path().join("fresh");
        fs::create_dir(&fresh)?;
        self.unpack(&fresh)?;
        put_in_place(&fresh, corpora, &aside.path().join("replaced"))?;
        fs::write(stamp_file, stamp)?;
        Ok(true)
    }

    /// What tells this archive from an older one of the same name.
    fn stamp(&self) -> io::Result<String> {
        let metadata = fs::metadata(&self.path)?;
        let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(format!("size {}, modified {}\n", metadata.len(), modified.as_secs()))
    }

    fn unpack(&self, into: &Path) -> io::Result<()> {
        let output = Command::new("tar").arg("-xJf").arg(&self.path).arg("-C").arg(into).output().map_err(|error| {
            io::Error::new(error.kind(), format!("`tar` did not start ({error}), install tar and xz"))
        })?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(format!("`tar` failed: {}", said.trim().lines().collect::<Vec<_>>().join("; "))))
    }
}

/// Renames every `<format>/<corpus>` of `fresh` into `corpora`. What stood there goes to `replaced` first.
fn put_in_place(fresh: &Path, corpora: &Path, replaced: &Path) -> io::Result<()> {
    fs::create_dir(replaced)?;
    for format in fs::read_dir(fresh)? {
        let format = format?;
        let home = corpora.join(format.file_name());
        fs::create_dir_all(&home)?;
        for corpus in fs::read_dir(format.path())? {
            let corpus = corpus?;
            let place = home.join(corpus.file_name());
            if place.exists() {
                fs::rename(&place, replaced.join(corpus.file_name()))?;
            }
            fs::rename(corpus.path(), place)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with archives and a folder to unpack them in.
    struct Scene {
        folder: tempfile::TempDir,
    }

    impl Scene {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a temporary folder can be made");
            fs::create_dir(folder.path().join("archives")).expect("a folder can be made");
            Self { folder }
        }

        fn pack(&self, archive: &str, file: &str, content: &str) {
            let source = tempfile::tempdir().expect("a temporary folder can be made");
            let path = source.path().join(file);
            fs::create_dir_all(path.parent().expect("the file stands in a folder")).expect("a folder can be made");
            fs::write(path, content).expect("a file can be written");
            let target = self.folder.path().join("archives").join(archive);
            let status = Command::new("tar").arg("-cJf").arg(target).arg("-C").arg(source.path()).arg(".").status();
            assert!(status.expect("tar starts").success());
        }

        fn ensure(&self) -> Result<Unpacked, Unavailable> {
            ensure(&self.folder.path().join("archives"), &self.folder.path().join("corpora"))
        }

        fn read(&self, file: &str) -> Option<String> {
            fs::read_to_string(self.folder.path().join("corpora").join(file)).ok()
        }
    }

    #[test]
    fn archives_of_one_format_share_its_folder_and_are_unpacked_once() {
        let scene = Scene::new();
        scene.pack("protobuf-a.tar.xz", "protobuf/a/one.proto", "a");
        scene.pack("protobuf-b.tar.xz", "protobuf/b/two.proto", "b");
        let first = scene.ensure().expect("both archives are sound");
        assert_eq!(first.fresh, ["protobuf-a", "protobuf-b"]);
        assert_eq!(scene.read("protobuf/a/one.proto").as_deref(), Some("a"));
        assert_eq!(scene.read("protobuf/b/two.proto").as_deref(), Some("b"));
        let second = scene.ensure().expect("both archives are sound");
        assert_eq!((second.fresh.len(), second.standing), (0, 2));
    }

    #[test]
    fn a_changed_archive_replaces_its_corpus_whole() {
        let scene = Scene::new();
        scene.pack("json.tar.xz", "json/suite/old.json", "old");
        scene.ensure().expect("the archive is sound");
        scene.pack("json.tar.xz", "json/suite/new.json", "something longer");
        scene.ensure().expect("the archive is sound");
        assert_eq!(scene.read("json/suite/new.json").as_deref(), Some("something longer"));
        assert_eq!(scene.read("json/suite/old.json"), None);
    }

    #[test]
    fn a_broken_archive_leaves_nothing_behind() {
        let scene = Scene::new();
        fs::write(scene.folder.path().join("archives/json.tar.xz"), "not an archive").expect("a file can be written");
        let reason = scene.ensure().err().expect("the archive is broken").to_string();
        assert!(reason.starts_with("corpus archive json.tar.xz could not be unpacked: `tar` failed"), "{reason}");
        let left: Vec<_> = fs::read_dir(scene.folder.path().join("corpora")).expect("the folder was made").collect();
        assert_eq!(left.len(), 1, "only the folder of stamps: {left:?}");
    }

    #[test]
    fn missing_archives_are_named() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let reason = ensure(&folder.path().join("none"), folder.path()).err().expect("there are none").to_string();
        assert!(reason.contains("no corpora at") && reason.contains("CANREAD_CORPORA_ARCHIVES"), "{reason}");
    }
}

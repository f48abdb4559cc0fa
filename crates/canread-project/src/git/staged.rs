//! What is staged: the files that git's index holds, as trees that are nowhere but in memory.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::{Flags, Mode};

use super::repository::{Repository, reason};
use crate::kind::is_of_schemas;
use crate::path::file_name;
use crate::{ProjectError, Result};

/// What the version is called.
pub(crate) const STAGED: &str = "staged";

/// Unmerged files that an error names.
const NAMED_MAX: usize = 3;

/// The files of an index.
#[derive(Debug)]
pub(crate) struct Staged {
    /// The tree that a commit would have.
    pub(super) root: ObjectId,
    /// Each directory as git would write it, by the name that git would give it.
    pub(super) trees: HashMap<ObjectId, Vec<u8>>,
    /// Schema files, and what may be some, that `git add --intent-to-add` announced: their contents are not staged.
    pub(super) announced: Vec<String>,
}

/// A directory whose entries are not all known.
#[derive(Default)]
struct Dir {
    name: Vec<u8>,
    data: Vec<u8>,
}

impl Repository {
    /// What the next commit would hold. `file` is the index that git says to use, in the variable `GIT_INDEX_FILE`: for
    /// `git commit --all` and `git commit FILE` that is another one than usual.
    ///
    /// # Errors
    ///
    /// `Unreadable` if the index is damaged or has files that are not merged.
    pub(crate) fn staged(&self, file: Option<&Path>) -> Result<Staged> {
        let repo = self.local();
        let cannot = |error: &gix::Error| {
            ProjectError::unreadable("the index of the git repository can't be read").note(reason(error))
        };
        let file = file.and_then(|file| self.own_index(&repo, file)).unwrap_or_else(|| repo.index_path());
        let kind = repo.object_hash();
        let index = gix::index::File::at_or_default(file, kind, false, gix::index::decode::Options::default());
        let index = index.map_err(|error| cannot(&error))?;
        let name = |entry: &gix::index::Entry| entry.path(&index).to_str_lossy().into_owned();
        let unmerged: BTreeSet<String> =
            index.entries().iter().filter(|entry| entry.stage_raw() != 0).map(name).collect();
        if !unmerged.is_empty() {
            return Err(not_merged(&unmerged));
        }
        let (announced, there): (Vec<_>, Vec<_>) =
            index.entries().iter().partition(|entry| entry.flags.contains(Flags::INTENT_TO_ADD));
        let announced = announced.into_iter().map(name).filter(|path| is_of_schemas(file_name(path).as_bytes()));
        let announced = announced.collect();
        let files = there.into_iter().map(|entry| (entry.path(&index), entry.mode, entry.id));
        let (root, trees) = trees(files, kind).map_err(|error| cannot(&error))?;
        Ok(Staged { root, trees, announced })
    }

    /// An index that the environment names, unless it is that of another repository: a hook may look at schemas elsewhere.
    ///
    /// Source: githooks(5): a hook runs at the top of the work tree, where a path that is not absolute starts.
    fn own_index(&self, repo: &gix::Repository, file: &Path) -> Option<PathBuf> {
        let file = self.workdir()?.join(file);
        let dir = file.parent()?.canonicalize().ok()?;
        let is_of_repository = dir.join("HEAD").is_file();
        let is_own = || repo.git_dir().canonicalize().is_ok_and(|own| own == dir);
        (!is_of_repository || is_own()).then_some(file)
    }
}

fn not_merged(files: &BTreeSet<String>) -> ProjectError {
    let named: Vec<&str> = files.iter().take(NAMED_MAX).map(String::as_str).collect();
    let more = if files.len() > named.len() { ", and others" } else { "" };
    ProjectError::unreadable(format!("a merge is not finished: `{}`{more}", named.join("`, `")))
        .note("of such a file the index holds several versions, and none that would be committed")
        .help("resolve what is in conflict, and stage it: `git add FILE`")
}

/// The trees of files in the order of an index, and the root.
///
/// The order of an index, which is that of whole paths, is also the one of a tree: there a directory counts as if its name
/// ended with `/`.
fn trees<'i>(
    files: impl Iterator<Item = (&'i BStr, Mode, ObjectId)>,
    kind: gix::hash::Kind,
) -> std::result::Result<(ObjectId, HashMap<ObjectId, Vec<u8>>), gix::Error> {
    let mut trees = HashMap::new();
    // The directories that lead to the file before, from the top.
    let mut open = vec![Dir::default()];
    let mut close = |open: &mut Vec<Dir>| -> std::result::Result<ObjectId, gix::Error> {
        let Dir { name, data } = open.pop().expect("the top is closed last, and once");
        let id = gix::objs::compute_hash(kind, gix::objs::Kind::Tree, &data)?;
        trees.insert(id, data);
        if let Some(above) = open.last_mut() {
            add(above, Mode::DIR, &name, id);
        }
        Ok(id)
    };
    for (path, mode, id) in files {
        // A sparse index holds a directory without files in the work tree as one entry, a tree.
        let path = path.trim_end_with(|character| character == '/');
        let (dirs, name) = path.rsplit_once_str("/").unwrap_or((b"", path));
        let dirs: Vec<&[u8]> = dirs.split_str("/").filter(|dir| !dir.is_empty()).collect();
        let common = open[1..].iter().zip(&dirs).take_while(|(open, dir)| open.name == **dir).count();
        while open.len() > common + 1 {
            close(&mut open)?;
        }
        open.extend(dirs[common..].iter().map(|dir| Dir { name: dir.to_vec(), data: Vec::new() }));
        add(open.last_mut().expect("the top is open"), mode, name, id);
    }
    while open.len() > 1 {
        close(&mut open)?;
    }
    let root = close(&mut open)?;
    Ok((root, trees))
}

/// Source: Pro Git, "Git Objects", and git's `cache-tree.c`: the mode in octal digits, a space, the name, a zero byte, and the
/// bytes of the object's name.
fn add(dir: &mut Dir, mode: Mode, name: &[u8], id: ObjectId) {
    dir.data.extend_from_slice(format!("{:o} ", mode.bits()).as_bytes());
    dir.data.extend_from_slice(name);
    dir.data.push(0);
    dir.data.extend_from_slice(id.as_slice());
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use super::*;

    fn git(dir: &Path, arguments: &str) -> String {
        let output = Command::new("git").current_dir(dir).args(arguments.split(' ')).output().expect("git runs");
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("hashes").trim().to_owned()
    }

    fn write(dir: &Path, path: &str) {
        std::fs::create_dir_all(dir.join(path).parent().expect("a parent")).expect("directories");
        std::fs::write(dir.join(path), path).expect("a file");
    }

    /// Git's own `write-tree` is the measure, in an order of names where that of paths and that of trees are easily mixed up.
    #[test]
    fn the_trees_are_those_that_git_would_write() {
        if Command::new("git").arg("--version").output().is_err() {
            canread_testing::skip("git is not installed: what is staged is not compared with what it writes");
            return;
        }
        for format in ["sha1", "sha256"] {
            let dir = tempfile::tempdir().expect("a temporary directory");
            let dir = dir.path();
            git(dir, &format!("init --quiet --object-format={format}"));
            let staged = || {
                let repository = Repository::around(dir).expect("a repository").expect("one is there");
                repository.staged(None).expect("an index")
            };
            assert_eq!(staged().root.to_string(), git(dir, "write-tree"), "nothing is staged");
            for path in ["a-b", "a.c", "a/x", "a/y/z", "a/y-", "a0", "b/c/d/e", "b/c/d.e", "b/f", "\u{e9}/x"] {
                write(dir, path);
            }
            git(dir, "add --all");
            git(dir, "update-index --chmod=+x a/x");
            let blob = git(dir, "rev-parse :a0");
            git(dir, &format!("update-index --add --cacheinfo 120000,{blob},a/link"));
            git(dir, &format!("update-index --add --cacheinfo 160000,{blob},b/module"));
            assert_eq!(staged().root.to_string(), git(dir, "write-tree"), "{format}");
            assert_eq!(staged().trees.len(), 7, "{format}");
            // What is only announced is not there, nor is a directory that holds nothing else.
            write(dir, "later/a.proto");
            write(dir, "later/a.txt");
            write(dir, "b/later.avsc");
            git(dir, "add --intent-to-add .");
            assert_eq!(staged().root.to_string(), git(dir, "write-tree"), "{format}");
            assert_eq!(staged().announced, ["b/later.avsc", "later/a.proto"]);
        }
    }
}

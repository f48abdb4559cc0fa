//! Include roots given on the command line, as one side of a comparison sees them.
//!
//! A schema of one version must never be read with an import of the other. So a directory that lies at one side only
//! is that side's, and the other side gets the directory at the same place beside its own files, or none.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use super::{FixedRoot, Place};
use crate::path::{ancestors, join, normalise, or_dot, shown, split_top, strip};
use crate::side::shown_of;
use crate::tree::{Store, Tree};
use crate::{ProjectError, Result};

/// The directories given for one side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Includes<'a> {
    pub(crate) dirs: &'a [PathBuf],
    /// How they are given: `-I`.
    pub(crate) flag: &'static str,
    /// Where the other side lies, as a full path on disk, if the directories are given for both.
    pub(crate) other: Option<&'a str>,
    /// A directory that this side does not have is left out: it is new, or gone.
    pub(crate) may_be_absent: bool,
}

/// What the directories come to on one side.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) roots: Vec<FixedRoot>,
    /// Those that only the other side has.
    pub(crate) withheld: Vec<Withheld>,
}

/// A directory of the other side.
#[derive(Debug, Clone)]
pub(crate) struct Withheld {
    /// As the user wrote it.
    pub(crate) shown: String,
    pub(crate) dir: PathBuf,
}

/// Whose a directory is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    Own,
    Other,
    Both,
}

/// Where the files of a tree are on disk, or would be if the commit were checked out; `None` for a bare repository.
pub(crate) fn place(tree: &Tree) -> Option<String> {
    match tree.store {
        Store::Disk { .. } | Store::Lock(_) => Some(tree.full.clone()),
        Store::Git(_) => Some(join(&workdir(tree)?, &tree.full)),
    }
}

/// The work tree of a tree's repository, as a full path.
fn workdir(tree: &Tree) -> Option<String> {
    Some(split_top(tree.repository.as_ref()?.workdir()?)?.1)
}

/// Where the given directories are, seen from a tree.
///
/// One that is on disk outside of the tree's repository is read there; for a commit, any other is that directory in
/// the commit.
///
/// # Errors
///
/// `Usage` if there is no such directory.
pub(crate) fn given(tree: &mut Tree, cwd: &Path, includes: Includes<'_>) -> Result<Given> {
    let mut given = Given::default();
    for written in includes.dirs {
        let dir = Dir::read(written, cwd)?;
        match seen_from(tree, &dir, includes.other) {
            Seen::Root(root) => {
                if let (Store::Disk { bounds, .. }, Some(real)) = (&mut tree.store, dir.real) {
                    bounds.push(real);
                }
                given.roots.push(root);
            }
            Seen::Elsewhere => given.withheld.extend(dir.withheld()),
            Seen::Absent if includes.may_be_absent => given.withheld.extend(dir.withheld()),
            Seen::Absent => return Err(absent(tree, &dir.shown, includes.flag)),
        }
    }
    Ok(given)
}

fn absent(tree: &Tree, shown: &str, flag: &str) -> ProjectError {
    let place = if tree.is_on_disk() { String::new() } else { format!(" in {}", tree.label) };
    ProjectError::usage(format!("`{flag} {}` names no directory{place}", or_dot(shown)))
}

/// A directory as it was given.
struct Dir {
    /// Its full path on disk, whether or not it is there.
    full: String,
    /// Canonical, if it is there.
    real: Option<PathBuf>,
    shown: String,
}

impl Dir {
    fn read(written: &Path, cwd: &Path) -> Result<Self> {
        let not_utf8 = || ProjectError::usage(format!("the path `{}` is not UTF-8", written.display()));
        let place = cwd.join(written);
        let real = place.canonicalize().ok().filter(|real| real.is_dir());
        let full = match &real {
            Some(real) => split_top(real).ok_or_else(not_utf8)?.1,
            // A directory that only a commit holds.
            None => normalise(place.to_str().ok_or_else(not_utf8)?),
        };
        Ok(Self { full, real, shown: shown(written, cwd).ok_or_else(not_utf8)? })
    }

    fn withheld(self) -> Option<Withheld> {
        Some(Withheld { dir: self.real?, shown: self.shown })
    }
}

/// A directory, as a tree sees it.
enum Seen {
    Root(FixedRoot),
    /// Only the other side has it.
    Elsewhere,
    Absent,
}

fn seen_from(tree: &Tree, dir: &Dir, other: Option<&str>) -> Seen {
    let own = place(tree);
    let owner = match (&own, other) {
        (Some(own), Some(other)) => owner(&dir.full, own, other),
        _ => Owner::Both,
    };
    if let (Owner::Other, Some(own), Some(other)) = (owner, &own, other) {
        let twin = twin(&dir.full, own, other).and_then(|twin| in_store(tree, &twin));
        return match twin.filter(|twin| tree.has_dir(twin)) {
            Some(twin) => inside(tree, twin),
            None => Seen::Elsewhere,
        };
    }
    match (&tree.store, in_store(tree, &dir.full)) {
        (Store::Disk { .. }, Some(full)) if dir.real.is_some() && touches(&full, &tree.full) => match owner {
            Owner::Own if strip(&full, &tree.full).is_some() => inside(tree, full),
            _ => Seen::Root(FixedRoot { place: Place::Inside(full), shown: dir.shown.clone() }),
        },
        (Store::Git(_) | Store::Lock(_), Some(full)) => {
            if tree.has_dir(&full) {
                inside(tree, full)
            } else {
                Seen::Absent
            }
        }
        _ => match &dir.real {
            Some(real) => Seen::Root(FixedRoot { place: Place::Disk(real.clone()), shown: dir.shown.clone() }),
            None => Seen::Absent,
        },
    }
}

fn inside(tree: &Tree, full: String) -> Seen {
    let shown = shown_of(&tree.shown, &tree.full, &full);
    Seen::Root(FixedRoot { place: Place::Inside(full), shown })
}

/// A full path on disk as a full path of the tree's store; `None` if it lies outside of that.
fn in_store(tree: &Tree, full: &str) -> Option<String> {
    match tree.store {
        Store::Disk { .. } | Store::Lock(_) => Some(full.to_owned()),
        Store::Git(_) => Some(strip(full, &workdir(tree)?)?.to_owned()),
    }
}

/// A directory that holds a side or lies in it is that side's, and so is one that lies nearer to it.
fn owner(dir: &str, own: &str, other: &str) -> Owner {
    let is_below = |root: &str| strip(dir, root).is_some();
    match (touches(dir, own), touches(dir, other)) {
        // One side lies in the other; in the inner one, the directory is that one's.
        (true, true) if is_below(own) && is_below(other) && other.len() > own.len() => Owner::Other,
        (true, _) => Owner::Own,
        (false, true) => Owner::Other,
        (false, false) => match common(dir, own).len().cmp(&common(dir, other).len()) {
            Ordering::Less => Owner::Other,
            Ordering::Equal => Owner::Both,
            Ordering::Greater => Owner::Own,
        },
    }
}

fn touches(dir: &str, root: &str) -> bool {
    strip(dir, root).is_some() || strip(root, dir).is_some()
}

/// The directory above two paths.
fn common<'a>(dir: &'a str, root: &str) -> &'a str {
    ancestors(dir).find(|above| strip(root, above).is_some()).unwrap_or_default()
}

/// The directory that lies to `own` as `dir` does to `other`. Above the two, only if both have the same names on
/// the way: `new/google/pubsub` and `old/google/pubsub` start at `new` and `old`, `b/v2` and `a/v1` don't.
fn twin(dir: &str, own: &str, other: &str) -> Option<String> {
    let above = common(dir, other);
    let on_the_way = strip(other, above)?;
    let start = if on_the_way.is_empty() {
        own
    } else {
        own.strip_suffix(on_the_way).filter(|start| start.is_empty() || start.ends_with('/'))?.trim_end_matches('/')
    };
    Some(join(start, strip(dir, above)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_that_of_the_side_that_it_lies_nearer_to() {
        for (dir, own, other, expected) in [
            ("r/new/lib", "r/new", "r/old", Owner::Own),
            ("r/old/lib", "r/new", "r/old", Owner::Other),
            ("r/old", "r/new/a/b", "r/old/a/b", Owner::Other),
            ("r/new/lib", "r/new/p", "r/old/p", Owner::Own),
            ("r/lib", "r/new", "r/old", Owner::Both),
            ("r", "r/new", "r/old", Owner::Own),
            ("usr/lib", "r/new", "r/old", Owner::Both),
            ("r/lib", "r/p", "tmp/p", Owner::Own),
            ("r/old/lib", "r", "r/old", Owner::Other),
            ("r/old/lib", "r/old", "r", Owner::Own),
            ("r/lib", "r/p", "r/p", Owner::Both),
        ] {
            assert_eq!(owner(dir, own, other), expected, "{dir} of {own}, not {other}");
        }
    }

    #[test]
    fn a_twin_lies_behind_the_same_names() {
        for (dir, own, other, expected) in [
            ("r/new/lib", "r/old", "r/new", Some("r/old/lib")),
            ("r/new", "r/old/a/b", "r/new/a/b", Some("r/old")),
            ("r/new/lib", "tmp/old/p", "r/new/p", Some("tmp/old/lib")),
            ("r/b", "r/a/v1", "r/b/v2", None),
            ("r/b", "r/a/xv2", "r/b/v2", None),
        ] {
            assert_eq!(twin(dir, own, other).as_deref(), expected, "{dir} of {other}, for {own}");
        }
    }
}

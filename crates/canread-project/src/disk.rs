//! The files of a directory on disk.
//!
//! Symbolic links are followed as far as they stay in the project; `.gitignore` is respected for
//! files that git does not track, so that what is listed is what a commit would hold.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::excluded::ExcludedBelow;
use crate::git::IgnoreRules;
use crate::kind::{
    CACHE_TAG, has_unread_ending, is_buf_config, is_cache_tag, is_git_dir, is_json, is_of_schemas, is_passed_over,
};
use crate::listing::{Chain, Content, Entry, Listing, problem};
use crate::path::{join, or_dot};
use crate::{FileKind, Limits, Result};

/// What a walk needs to know about its surroundings.
pub(crate) struct Walk<'a> {
    /// Canonical.
    pub(crate) root: &'a Path,
    /// The root as a full path.
    pub(crate) full: &'a str,
    /// The root as users see it.
    pub(crate) shown: &'a str,
    /// Canonical directories that links may lead into.
    pub(crate) bounds: &'a [PathBuf],
    pub(crate) limits: &'a Limits,
    pub(crate) excluded: &'a ExcludedBelow<'a>,
}

/// A directory to be listed.
struct Dir {
    /// Relative to the root.
    path: String,
    place: PathBuf,
    chain: Arc<Chain<PathBuf>>,
    /// It is a link or lies below one.
    linked: bool,
    utf8: bool,
    /// It is hidden or lies in such a directory: only what git tracks takes part.
    hidden: bool,
}

/// What one directory holds, before `.gitignore` is asked.
#[derive(Default)]
struct Level {
    dirs: Vec<Dir>,
    files: Vec<File>,
    /// JSON, which is a schema if it holds one.
    candidates: Vec<File>,
    rest: Listing,
}

struct File {
    entry: Entry,
    /// Where it lies; a file below a link has no path that git knows.
    place: Option<PathBuf>,
    hidden: bool,
}

/// Lists the schema files in and below a directory, level by level, each level in parallel.
///
/// # Errors
///
/// `LimitExceeded`. What can't be read becomes a problem of the listing.
pub(crate) fn list(walk: &Walk<'_>, mut rules: Option<IgnoreRules>) -> Result<Listing> {
    let mut listing = Listing::default();
    let chain = Chain::start(walk.root.to_owned());
    let root =
        Dir { path: String::new(), place: walk.root.to_owned(), chain, linked: false, utf8: true, hidden: false };
    let mut pending = vec![root];
    let (mut dirs, mut depth) = (0, 0);
    while !pending.is_empty() {
        dirs += pending.len();
        walk.limits.check_files(dirs + listing.entries.len() + listing.candidates.len(), or_dot(walk.shown))?;
        walk.limits.check_depth(depth, or_dot(walk.shown))?;
        depth += 1;
        let levels: Vec<Level> = pending.par_iter().map(|dir| walk.read(dir)).collect();
        pending.clear();
        for level in levels {
            merge(&mut listing, level.rest);
            for file in level.files {
                keep_file(&mut listing, rules.as_mut(), walk.shown, file);
            }
            for file in level.candidates {
                keep_candidate(&mut listing, rules.as_mut(), file);
            }
            for dir in level.dirs {
                pending.extend(keep_dir(&mut listing, rules.as_mut(), walk.shown, dir));
            }
        }
    }
    listing.sort();
    Ok(listing)
}

fn merge(listing: &mut Listing, rest: Listing) {
    listing.problems.extend(rest.problems);
    listing.configs.extend(rest.configs);
    listing.skipped.directories += rest.skipped.directories;
    listing.skipped.hidden_files += rest.skipped.hidden_files;
    listing.skipped.unread_endings += rest.skipped.unread_endings;
    listing.skipped.excluded += rest.skipped.excluded;
    listing.skipped.odd_json += rest.skipped.odd_json;
    for example in rest.skipped.examples {
        listing.skipped.example(|| example);
    }
}

fn keep_file(listing: &mut Listing, rules: Option<&mut IgnoreRules>, shown: &str, file: File) {
    if file.hidden && !is_tracked(rules.as_deref(), file.place.as_deref(), false) {
        listing.skipped.hidden_files += 1;
        listing.skipped.example(|| join(shown, &file.entry.path));
        return;
    }
    let is_ignored = rules.zip(file.place.as_ref()).is_some_and(|(rules, place)| rules.ignores(place, false));
    if is_ignored {
        ignore(listing, shown, &file.entry.path);
    } else {
        listing.entries.push(file.entry);
    }
}

/// What would be passed over as a schema is not worth a look.
fn keep_candidate(listing: &mut Listing, rules: Option<&mut IgnoreRules>, file: File) {
    let is_hidden = file.hidden && !is_tracked(rules.as_deref(), file.place.as_deref(), false);
    let is_ignored = || rules.zip(file.place.as_ref()).is_some_and(|(rules, place)| rules.ignores(place, false));
    if !is_hidden && !is_ignored() {
        listing.candidates.push(file.entry);
    }
}

fn keep_dir(listing: &mut Listing, rules: Option<&mut IgnoreRules>, shown: &str, dir: Dir) -> Option<Dir> {
    if dir.hidden && !is_tracked(rules.as_deref(), Some(&dir.place), true) {
        listing.skipped.directories += 1;
        listing.skipped.example(|| join(shown, &dir.path));
        return None;
    }
    let is_ignored = !dir.linked && rules.is_some_and(|rules| rules.ignores(&dir.place, true));
    if is_ignored {
        ignore(listing, shown, &dir.path);
        return None;
    }
    Some(dir)
}

/// What a repository tracks is a schema of it wherever it lies; a commit holds it too.
fn is_tracked(rules: Option<&IgnoreRules>, place: Option<&Path>, is_dir: bool) -> bool {
    rules.zip(place).is_some_and(|(rules, place)| rules.tracks(place, is_dir))
}

fn ignore(listing: &mut Listing, shown: &str, path: &str) {
    listing.skipped.ignored += 1;
    listing.skipped.example(|| join(shown, path));
}

impl Dir {
    fn file(&self, name: &OsString, path: String, kind: FileKind) -> File {
        let place = self.place.join(name);
        let entry = Entry { path, kind, content: Content::Disk(place.clone()) };
        File { entry, place: (!self.linked).then_some(place), hidden: self.hidden }
    }
}

impl Walk<'_> {
    fn read(&self, dir: &Dir) -> Level {
        let mut level = Level::default();
        let children = match read_dir(&dir.place) {
            Ok(children) => children,
            Err(error) => {
                let shown = join(self.shown, &dir.path);
                level.rest.problems.push(problem::unreadable(or_dot(&shown), reason(&error)));
                return level;
            }
        };
        if !dir.path.is_empty() && is_cache(&dir.place, &children) {
            level.rest.skipped.directories += 1;
            level.rest.skipped.example(|| join(self.shown, &dir.path));
            return level;
        }
        for (name, kind) in children {
            self.child(dir, &name, kind, &mut level);
        }
        level
    }

    fn child(&self, dir: &Dir, name: &OsString, kind: FileType, level: &mut Level) {
        let bytes = name.as_encoded_bytes();
        let may_count = !kind.is_file() || is_of_schemas(bytes);
        let path = || join(&dir.path, &name.to_string_lossy());
        if may_count && !is_git_dir(bytes) && level.rest.excludes(self.excluded, &path(), self.shown) {
            return;
        }
        if kind.is_symlink() {
            self.link(dir, name, level);
        } else if kind.is_dir() {
            self.dir(dir, name, None, level);
        } else {
            self.file(dir, name, kind.is_file(), level);
        }
    }

    fn file(&self, dir: &Dir, name: &OsString, is_regular: bool, level: &mut Level) {
        let bytes = name.as_encoded_bytes();
        let path = join(&dir.path, &name.to_string_lossy());
        if is_buf_config(bytes) && is_regular {
            level.rest.configs.push(join(self.full, &path));
        }
        if has_unread_ending(bytes) {
            level.rest.skipped.unread_endings += 1;
            level.rest.skipped.example(|| join(self.shown, &path));
        }
        if is_json(bytes) && !bytes.starts_with(b".") {
            if is_regular && dir.utf8 && name.to_str().is_some() {
                level.candidates.push(dir.file(name, path, FileKind::Avro));
            } else {
                self.odd_json(dir, name, level);
            }
            return;
        }
        if FileKind::of_ending(bytes).is_none() {
            return;
        }
        if bytes.starts_with(b".") {
            level.rest.skipped.hidden_files += 1;
            level.rest.skipped.example(|| join(self.shown, &path));
        } else if !dir.utf8 || name.to_str().is_none() {
            level.rest.problems.push(problem::not_utf8(&join(self.shown, &path)));
        } else if !is_regular {
            let shown = join(self.shown, &path);
            level.rest.problems.push(problem::unreadable(&shown, "it is no regular file"));
        } else if let Some(kind) = FileKind::of_found(&path) {
            level.files.push(dir.file(name, path, kind));
        }
    }

    /// Counts what is called a JSON file and can't be looked into, where git need not track a file for it to take part.
    fn odd_json(&self, dir: &Dir, name: &OsString, level: &mut Level) {
        let bytes = name.as_encoded_bytes();
        if is_json(bytes) && !bytes.starts_with(b".") && !dir.hidden {
            level.rest.skipped.odd_json += 1;
            level.rest.skipped.example(|| join(self.shown, &join(&dir.path, &name.to_string_lossy())));
        }
    }

    /// `link` is the directory that a link leads to, canonical.
    fn dir(&self, dir: &Dir, name: &OsString, link: Option<PathBuf>, level: &mut Level) {
        let path = join(&dir.path, &name.to_string_lossy());
        if is_git_dir(name.as_encoded_bytes()) {
            return;
        }
        let linked = dir.linked || link.is_some();
        let hidden = dir.hidden || is_passed_over(name.as_encoded_bytes());
        if hidden && linked {
            // Below a link git knows nothing.
            level.rest.skipped.directories += 1;
            level.rest.skipped.example(|| join(self.shown, &path));
            return;
        }
        let real = link.unwrap_or_else(|| dir.chain.real().join(name));
        match dir.chain.enter(real, linked) {
            None => level.rest.problems.push(problem::symlink_loop(&join(self.shown, &path))),
            Some(chain) => level.dirs.push(Dir {
                path,
                place: dir.place.join(name),
                chain,
                linked,
                utf8: dir.utf8 && name.to_str().is_some(),
                hidden,
            }),
        }
    }

    fn link(&self, dir: &Dir, name: &OsString, level: &mut Level) {
        let place = dir.place.join(name);
        let shown = || join(self.shown, &join(&dir.path, &name.to_string_lossy()));
        let bytes = name.as_encoded_bytes();
        let is_schema = FileKind::of_ending(bytes).is_some() && !bytes.starts_with(b".");
        match fs::metadata(&place).and_then(|metadata| Ok((metadata, place.canonicalize()?))) {
            Ok((metadata, real)) => {
                let inside = self.bounds.iter().any(|bound| real.starts_with(bound));
                if metadata.is_dir() && (inside || is_passed_over(bytes)) {
                    self.dir(dir, name, Some(real), level);
                } else if inside {
                    self.file(dir, name, metadata.is_file(), level);
                } else if is_schema || metadata.is_dir() {
                    level.rest.problems.push(problem::link_leaves(&shown()));
                } else {
                    self.odd_json(dir, name, level);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if is_schema {
                    level.rest.problems.push(problem::dangling(&shown()));
                } else {
                    self.odd_json(dir, name, level);
                }
            }
            Err(error) if is_circle(&error) => level.rest.problems.push(problem::symlink_loop(&shown())),
            Err(error) => level.rest.problems.push(problem::unreadable(&shown(), reason(&error))),
        }
    }
}

fn read_dir(place: &Path) -> io::Result<Vec<(OsString, FileType)>> {
    let mut children = Vec::new();
    for child in fs::read_dir(place)? {
        let child = child?;
        children.push((child.file_name(), child.file_type()?));
    }
    children.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(children)
}

fn is_cache(place: &Path, children: &[(OsString, FileType)]) -> bool {
    children.iter().any(|(name, kind)| name == CACHE_TAG && kind.is_file())
        && fs::read(place.join(CACHE_TAG)).is_ok_and(|tag| is_cache_tag(&tag))
}

/// A link that leads to itself, alone or with others.
fn is_circle(error: &io::Error) -> bool {
    // `ErrorKind::FilesystemLoop` is not stable; these are ELOOP of Linux, and of macOS and the BSDs.
    let code = if cfg!(target_os = "linux") { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(code)
}

/// Why the system refused, without its numbers.
pub(crate) fn reason(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::NotFound {
        return "no such file or directory".to_owned();
    }
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or(&text);
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// The nearest file of a name: in a directory, or in one above it up to the root of its repository.
pub(crate) fn find_upward(dir: &Path, name: &str) -> Option<PathBuf> {
    for dir in dir.ancestors() {
        let file = dir.join(name);
        // One that can't be read is found too, and said to be so.
        if file.symlink_metadata().is_ok() {
            return Some(file);
        }
        // A directory, or a file in a submodule and in a linked work tree.
        if dir.join(".git").symlink_metadata().is_ok() {
            return None;
        }
    }
    None
}

/// The names in a directory, for "did you mean".
pub(crate) fn names_in(dir: &Path) -> BTreeSet<String> {
    let Ok(children) = fs::read_dir(dir) else { return BTreeSet::new() };
    children.flatten().filter_map(|child| child.file_name().into_string().ok()).collect()
}

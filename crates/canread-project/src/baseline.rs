//! What `--against` says: where the old side is.

use std::path::{Path, PathBuf};

use crate::{ProjectError, Result};

/// Where one side of a comparison is, as a user writes it.
///
/// | text | is |
/// |---|---|
/// | `git:REF` | the path of the new side, at that revision |
/// | `git:tags/GLOB` | the same path at every tag that matches, where GLOB has one of `*?[` |
/// | `git:A..B` | the same path at A, and at every commit that changes it of those that B has and A has not (B: HEAD) |
/// | `merge-base:REF` | the path of the new side, where HEAD and that revision parted |
/// | `lock` | the path of the new side, in the nearest `canread.lock` (`lock:FILE`: in that one) |
/// | `REF:PATH` | another path at that revision, from the top of the repository (`./PATH`: from here) |
/// | `staged:PATH` | the same, as it is staged: in git's index, which the next commit will hold |
/// | anything else | a directory or file on disk |
///
/// The first match counts, with two exceptions for paths: a text that names something which
/// exists on disk is that path, unless it starts with `git:`, `merge-base:`, `lock:` or `staged:`; and a drive letter
/// (`C:\schemas`, `C:/schemas`) is no revision. A path that looks like something else is written
/// with `./` before it. `REF` is anything that git takes as one commit: `origin/main`, `v1.2`,
/// `HEAD~2`, `main@{upstream}`, `1f3c9ad`. After `merge-base:` it may also be a branch that only one remote has:
/// `main` for `origin/main`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Baseline {
    /// A directory or file on disk, relative to the current directory.
    Path(PathBuf),
    /// `git:REF`.
    Revision {
        /// The revision.
        revision: String,
    },
    /// `git:tags/GLOB`: several versions.
    Tags {
        /// The pattern, without `tags/`.
        pattern: String,
    },
    /// `git:A..B`: several versions.
    Range {
        /// The revision that comes first; what it came from is left out.
        from: String,
        /// The revision whose commits are meant.
        to: String,
    },
    /// `merge-base:REF`.
    MergeBase {
        /// The revision that HEAD parted from.
        revision: String,
    },
    /// `lock`.
    Lock {
        /// The file, relative to the current directory, if one is named.
        file: Option<PathBuf>,
    },
    /// `staged:PATH`.
    Staged {
        /// The path, as written; empty for the whole repository.
        path: String,
    },
    /// `REF:PATH`.
    At {
        /// The revision.
        revision: String,
        /// The path, as written; empty for the whole repository.
        path: String,
    },
}

impl Baseline {
    /// Whether it is the path of the new side, in commits of its repository.
    pub(crate) fn is_same_path(&self) -> bool {
        matches!(self, Self::Revision { .. } | Self::Tags { .. } | Self::Range { .. } | Self::MergeBase { .. })
    }

    /// Whether it may stand for more than one version.
    #[must_use]
    pub fn is_history(&self) -> bool {
        matches!(self, Self::Tags { .. } | Self::Range { .. })
    }

    /// Reads the text. `exists` tells whether a relative path exists.
    ///
    /// # Errors
    ///
    /// `Usage` if a part is missing, or the text is the address of something that is not read.
    pub fn parse(text: &str, exists: impl FnOnce(&Path) -> bool) -> Result<Self> {
        if text.is_empty() {
            return Err(ProjectError::usage("the baseline is empty").help(FORMS));
        }
        if let Some(pattern) = text.strip_prefix("git:tags/").filter(|pattern| pattern.contains(['*', '?', '['])) {
            return Ok(Self::Tags { pattern: pattern.to_owned() });
        }
        if let Some((from, to)) = text.strip_prefix("git:").and_then(|range| range.split_once("..")) {
            return range(from, to, text);
        }
        if let Some(revision) = text.strip_prefix("git:") {
            return Ok(Self::Revision { revision: named(revision, text)? });
        }
        if let Some(revision) = text.strip_prefix("merge-base:") {
            return Ok(Self::MergeBase { revision: named(revision, text)? });
        }
        if let Some(file) = text.strip_prefix("lock:") {
            if file.is_empty() {
                return Err(ProjectError::usage(format!("`{text}` names no file")).help(FORMS));
            }
            return Ok(Self::Lock { file: Some(file.into()) });
        }
        if let Some(path) = text.strip_prefix("staged:") {
            return Ok(Self::Staged { path: path.to_owned() });
        }
        if exists(Path::new(text)) || starts_with_drive(text) {
            return Ok(Self::Path(text.into()));
        }
        match split(text) {
            None if text == "lock" => Ok(Self::Lock { file: None }),
            Some((_, path)) if path.starts_with("//") => {
                Err(ProjectError::usage(format!("`{text}` is an address, and baselines are not read from the network"))
                    .help(FORMS))
            }
            Some((revision, path)) => Ok(Self::At { revision: named(revision, text)?, path: path.to_owned() }),
            None => Ok(Self::Path(text.into())),
        }
    }
}

const FORMS: &str = "write a directory, `git:REF`, `git:tags/GLOB`, `git:A..B`, `merge-base:REF`, `lock` or `REF:PATH`";

fn range(from: &str, to: &str, text: &str) -> Result<Baseline> {
    if from.is_empty() || to.starts_with('.') {
        let help = "write `git:A..B`: the commits that B has and A has not";
        return Err(ProjectError::usage(format!("`{text}` is no range of commits with a start")).help(help));
    }
    let to = if to.is_empty() { "HEAD" } else { to };
    Ok(Baseline::Range { from: from.to_owned(), to: to.to_owned() })
}

fn named(revision: &str, text: &str) -> Result<String> {
    if revision.is_empty() {
        return Err(ProjectError::usage(format!("`{text}` names no revision")).help(FORMS));
    }
    Ok(revision.to_owned())
}

/// `C:\` or `C:/`. A branch of one letter before an absolute path can't be meant: paths in a
/// revision are never absolute.
fn starts_with_drive(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

/// At the first colon outside of braces, where git splits too (`main@{1 day ago: x}:path`). A colon
/// behind a slash-dot start is part of a path.
fn split(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(['.', '/', '\\']) {
        return None;
    }
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> String {
        match Baseline::parse(text, |path| path == Path::new("odd:name")) {
            Ok(Baseline::Path(path)) => format!("path {}", path.display()),
            Ok(Baseline::Revision { revision }) => format!("same path at {revision}"),
            Ok(Baseline::Tags { pattern }) => format!("tags like {pattern}"),
            Ok(Baseline::Range { from, to }) => format!("{to} without {from}"),
            Ok(Baseline::MergeBase { revision }) => format!("merge base with {revision}"),
            Ok(Baseline::Lock { file }) => format!("lock {file:?}"),
            Ok(Baseline::Staged { path }) => format!("{path:?} as staged"),
            Ok(Baseline::At { revision, path }) => format!("{path:?} at {revision}"),
            Err(error) => format!("{:?}", error.kind()),
        }
    }

    #[test]
    fn every_form_is_told_from_the_others() {
        for (text, expected) in [
            ("schemas/v1", "path schemas/v1"),
            ("main", "path main"),
            ("git:origin/main", "same path at origin/main"),
            ("merge-base:origin/main", "merge base with origin/main"),
            ("git:tags/v1.*", "tags like v1.*"),
            ("git:tags/v1.2", "same path at tags/v1.2"),
            ("git:v1.2..main", "main without v1.2"),
            ("git:v1.2..", "HEAD without v1.2"),
            ("git:..main", "Usage"),
            ("git:a...b", "Usage"),
            ("v1.2:schemas", "\"schemas\" at v1.2"),
            ("v1.2:", "\"\" at v1.2"),
            ("HEAD~2:./schemas", "\"./schemas\" at HEAD~2"),
            ("main@{upstream}:a:b", "\"a:b\" at main@{upstream}"),
            ("HEAD^{/fix: it}:a", "\"a\" at HEAD^{/fix: it}"),
            ("odd:name", "path odd:name"),
            ("lock", "lock None"),
            ("lock:old/canread.lock", "lock Some(\"old/canread.lock\")"),
            ("lock:", "Usage"),
            ("./lock", "path ./lock"),
            ("staged:./schemas", "\"./schemas\" as staged"),
            ("staged:", "\"\" as staged"),
            ("staged", "path staged"),
            ("./staged:x", "path ./staged:x"),
            ("./main:x", "path ./main:x"),
            ("/abs:x", "path /abs:x"),
            ("C:\\schemas", "path C:\\schemas"),
            ("C:/schemas", "path C:/schemas"),
            ("sr://localhost/orders@latest", "Usage"),
            ("https://example.org/a", "Usage"),
            ("git:", "Usage"),
            (":schemas", "Usage"),
            ("", "Usage"),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}

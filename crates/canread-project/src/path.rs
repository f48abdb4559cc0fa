//! Paths with `/` between their parts, as Protobuf, git and the reports write them.
//!
//! A *full path* names a file inside a store: relative to the top of the file system (disk) or
//! of the repository (git), never starting or ending with `/`. The empty string is the top.

use std::path::{Component, Path, PathBuf};

/// `rel` inside `dir`; either may be empty.
pub(crate) fn join(dir: &str, rel: &str) -> String {
    match (dir.is_empty(), rel.is_empty()) {
        (true, _) => rel.to_owned(),
        (_, true) => dir.to_owned(),
        _ => format!("{dir}/{rel}"),
    }
}

/// The directory of a path: `""` for a path of one part, `None` for `""`.
pub(crate) fn parent(path: &str) -> Option<&str> {
    if path.is_empty() {
        return None;
    }
    Some(path.rfind('/').map_or("", |slash| &path[..slash]))
}

/// The last part.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What is left of `path` below `dir`; `""` if they are equal.
pub(crate) fn strip<'a>(path: &'a str, dir: &str) -> Option<&'a str> {
    if dir.is_empty() {
        return Some(path);
    }
    match path.strip_prefix(dir)? {
        "" => Some(""),
        rest => rest.strip_prefix('/'),
    }
}

/// The directory itself, then each one above it, down to `""`.
pub(crate) fn ancestors(dir: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(dir), |dir| parent(dir))
}

/// The same path without `.`, empty and avoidable `..` parts; leading `..` parts stay.
pub(crate) fn normalise(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Whether an import string may be looked up as a path: relative, plain parts only.
///
/// Protobuf's own loader refuses the same spellings; refusing them keeps a schema from
/// naming files outside the include roots.
pub(crate) fn is_plain(import: &str) -> bool {
    !import.contains(['\\', '\0']) && import.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Splits an absolute path into the top of its file system and the full path below it.
///
/// `None` if a part is not UTF-8.
pub(crate) fn split_top(path: &Path) -> Option<(PathBuf, String)> {
    let mut top = PathBuf::new();
    let mut full = String::new();
    for component in path.components() {
        match component {
            Component::Prefix(_) | Component::RootDir => top.push(component),
            Component::Normal(part) => full = join(&full, part.to_str()?),
            Component::CurDir | Component::ParentDir => {}
        }
    }
    Some((top, full))
}

/// How a directory is shown to users: as they named it, without `.`; a directory named by an
/// absolute path is shown relative to `cwd`, so that a place in a report can be opened from there, and
/// reports of equal trees are equal wherever both lie.
///
/// `None` if the path is not UTF-8.
pub(crate) fn shown(path: &Path, cwd: &Path) -> Option<String> {
    if !path.is_absolute() {
        let text = path.to_str()?;
        return Some(normalise(&if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() }));
    }
    if let Ok(inside) = path.strip_prefix(cwd) {
        return Some(split_top(inside)?.1);
    }
    seen_from(path, cwd)
}

/// A path outside of the current directory as it is seen from there: `../schemas`.
fn seen_from(path: &Path, cwd: &Path) -> Option<String> {
    let common = path.components().zip(cwd.components()).take_while(|(one, other)| one == other).count();
    if common == 0 {
        // On another drive.
        return Some(path.file_name().unwrap_or_default().to_str()?.to_owned());
    }
    let ups = cwd.components().skip(common).map(|_| "..");
    let names: Option<Vec<&str>> = path.components().skip(common).map(|name| name.as_os_str().to_str()).collect();
    Some(normalise(&ups.chain(names?).collect::<Vec<_>>().join("/")))
}

/// A file or directory as it is seen from the current one, without avoidable parts; `.` for that directory. What is
/// no UTF-8 is shown as well as can be.
pub(crate) fn named(place: &Path, cwd: &Path) -> String {
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
    // From another drive nothing is seen.
    let is_seen = place.components().next() == cwd.components().next();
    let text = if is_seen { shown(&place, &cwd) } else { None };
    or_dot(&text.unwrap_or_else(|| place.to_string_lossy().into_owned())).to_owned()
}

/// A directory for messages: `.` instead of nothing.
pub(crate) fn or_dot(shown: &str) -> &str {
    if shown.is_empty() { "." } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalise_resolves_dots_and_keeps_leading_ones() {
        assert_eq!(normalise("./a//b/../c/."), "a/c");
        assert_eq!(normalise("a/../../b"), "../b");
        assert_eq!(normalise("."), "");
    }

    #[test]
    fn strip_goes_by_whole_parts() {
        assert_eq!(strip("ab/c", "a"), None);
        assert_eq!(strip("a/c", "a"), Some("c"));
        assert_eq!(strip("a", "a"), Some(""));
        assert_eq!(strip("a", ""), Some("a"));
    }

    #[test]
    fn absolute_directories_are_shown_as_they_are_seen_from_here() {
        let cwd = Path::new("/srv/repo");
        assert_eq!(shown(Path::new("/srv/repo/schemas/shop"), cwd).as_deref(), Some("schemas/shop"));
        assert_eq!(shown(Path::new("/elsewhere/v1"), cwd).as_deref(), Some("../../elsewhere/v1"));
        assert_eq!(shown(Path::new("/"), cwd).as_deref(), Some("../.."));
        assert_eq!(shown(Path::new("./schemas/"), cwd).as_deref(), Some("schemas"));
        assert_eq!(shown(Path::new("../v1"), cwd).as_deref(), Some("../v1"));
    }

    #[test]
    fn places_are_named_as_they_are_seen_from_here() {
        let named = |place: &str| named(Path::new(place), Path::new("/srv/repo/api"));
        assert_eq!(named("/srv/repo/api/canread.toml"), "canread.toml");
        assert_eq!(named("/srv/repo/canread.toml"), "../canread.toml");
        assert_eq!(named("/srv/repo/./lib/../third_party"), "../third_party");
        assert_eq!(named("/srv/repo/api"), ".");
        assert_eq!(named("/srv"), "../..");
    }

    #[test]
    fn imports_that_leave_their_root_are_not_plain() {
        for import in ["../a.proto", "/etc/a.proto", "a//b.proto", "a/./b.proto", "a\\b.proto", ""] {
            assert!(!is_plain(import), "{import}");
        }
        assert!(is_plain("shop/v1/order.proto"));
    }
}

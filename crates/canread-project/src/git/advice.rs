//! The next step when a name or an object is not in this clone: near names, `git fetch` lines.

use gix::bstr::ByteSlice;
use strsim::levenshtein;

use crate::path::file_name;

/// Near names shown at most.
const NEAR_MAX: usize = 3;

/// Short names of branches, tags and remote branches that look like `name`, best first.
pub(crate) fn near_names(repo: &gix::Repository, name: &str) -> Vec<String> {
    // The last part is what people misspell; a common `origin/` makes nothing similar.
    let last = file_name(name);
    let far = last.chars().count().div_ceil(3);
    let near = short_names(repo).into_iter().filter_map(|known| {
        let distance = if file_name(&known) == last { 0 } else { levenshtein(name, &known) };
        (distance <= far && file_name(&known) != "HEAD").then_some((distance, known))
    });
    let mut near: Vec<(usize, String)> = near.collect();
    near.sort();
    near.truncate(NEAR_MAX);
    near.into_iter().map(|(_, name)| name).collect()
}

/// The name most like `name`, if one is near enough to be what was meant.
pub(crate) fn nearest(name: &str, names: impl IntoIterator<Item = String>) -> Option<String> {
    let near = names.into_iter().map(|known| (levenshtein(name, &known), known));
    near.filter(|(distance, _)| *distance <= name.chars().count().div_ceil(3)).min().map(|(_, known)| known)
}

fn short_names(repo: &gix::Repository) -> Vec<String> {
    let Ok(platform) = repo.references() else { return Vec::new() };
    let Ok(all) = platform.all() else { return Vec::new() };
    all.flatten().map(|reference| reference.name().shorten().to_str_lossy().into_owned()).collect()
}

/// What a `git fetch` line has to bring.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Want<'a> {
    /// A revision by the name that the user wrote. With `history`, its ancestors too.
    Name { name: &'a str, history: bool },
    /// Older commits than the clone holds.
    History,
    /// Every tag.
    Tags,
    /// Every tag, and every commit of a history that was cut.
    TagsWithHistory,
    /// Objects that a partial clone left out.
    Objects { commit: &'a str },
}

/// The command that brings what is missing; `None` if the repository has no remote.
pub(crate) fn fetch_line(repo: &gix::Repository, want: Want<'_>) -> Option<String> {
    let remotes: Vec<String> = repo.remote_names().iter().map(|name| name.to_str_lossy().into_owned()).collect();
    let default = remotes.iter().find(|name| *name == "origin").or(remotes.first())?;
    let shallow = repo.is_shallow().unwrap_or(false);
    Some(match want {
        Want::History if shallow => format!("git fetch --unshallow {default}"),
        Want::History => format!("git fetch {default}"),
        // A shallow clone needs the commits of the tags only.
        Want::Tags if shallow => format!("git fetch --depth=1 --tags {default}"),
        Want::TagsWithHistory if shallow => format!("git fetch --unshallow --tags {default}"),
        Want::Tags | Want::TagsWithHistory => format!("git fetch --tags {default}"),
        Want::Objects { commit } => format!("git fetch --refetch --no-filter {default} {commit}"),
        Want::Name { name, history } => {
            let (remote, what) = refspec(&remotes, default, name, repo.object_hash().len_in_hex());
            name_line(shallow, history, remote, &what)
        }
    })
}

fn name_line(shallow: bool, history: bool, remote: &str, what: &str) -> String {
    let depth = match (shallow, history) {
        (true, true) => "--unshallow ",
        (true, false) => "--depth=1 ",
        (false, _) => "",
    };
    format!("git fetch {depth}{remote} {what}").trim_end().to_owned()
}

/// The two commands that bring a name which may be a branch or a tag of the remote, with the words around them;
/// `None` if the name tells which, or there is no remote. A fetched branch has its remote before its name.
pub(crate) fn fetch_either(repo: &gix::Repository, name: &str, history: bool) -> Option<String> {
    let remotes: Vec<String> = repo.remote_names().iter().map(|name| name.to_str_lossy().into_owned()).collect();
    let default = remotes.iter().find(|name| *name == "origin").or(remotes.first())?;
    let of_remote = |remote: &String| name.strip_prefix(remote.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let is_hash = name.len() >= 7 && is_hex(name);
    if is_hash || name == "HEAD" || name.starts_with("refs/") || remotes.iter().any(of_remote) {
        return None;
    }
    let shallow = repo.is_shallow().unwrap_or(false);
    let line = |what: String| name_line(shallow, history, default, &what);
    let tag = line(tag_refspec(name));
    let branch = line(format!("{name}:refs/remotes/{default}/{name}"));
    Some(if looks_like_tag(name) {
        format!(
            "if it is a tag of the remote, fetch it first: `{tag}`; if it is a branch: `{branch}`, and write `{default}/{name}`"
        )
    } else {
        format!(
            "if it is a branch of the remote, fetch it first: `{branch}`, and write `{default}/{name}`; if it is a tag: `{tag}`"
        )
    })
}

fn tag_refspec(tag: &str) -> String {
    format!("refs/tags/{tag}:refs/tags/{tag}")
}

/// The remote to ask, and for what. The refspec has both sides, because a clone of a single branch
/// (which every shallow clone is by default) would otherwise fetch the commits but make no name.
fn refspec<'a>(remotes: &'a [String], default: &'a str, name: &str, hash_len: usize) -> (&'a str, String) {
    let of_remote =
        |remote: &'a String| Some((remote.as_str(), name.strip_prefix(remote.as_str())?.strip_prefix('/')?));
    if let Some((remote, branch)) = remotes.iter().filter_map(of_remote).max_by_key(|(remote, _)| remote.len()) {
        return (remote, format!("{branch}:refs/remotes/{remote}/{branch}"));
    }
    if name.len() == hash_len && is_hex(name) {
        return (default, name.to_owned());
    }
    if name.len() >= 7 && is_hex(name) {
        return (default, String::new());
    }
    if let Some(tag) = name.strip_prefix("refs/tags/").or_else(|| looks_like_tag(name).then_some(name)) {
        return (default, tag_refspec(tag));
    }
    let branch = name.strip_prefix("refs/heads/").unwrap_or(name);
    (default, format!("{branch}:refs/remotes/{default}/{branch}"))
}

fn is_hex(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `v1`, `v1.2`, `1.2.3`: names given to releases.
fn looks_like_tag(name: &str) -> bool {
    let starts_with_digit = |number: &str| number.starts_with(|first: char| first.is_ascii_digit());
    name.strip_prefix('v').is_some_and(starts_with_digit) || (starts_with_digit(name) && name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refspec_makes_the_name_that_the_user_wrote() {
        let remotes = ["origin".to_owned(), "up/stream".to_owned()];
        let refspec = |name| {
            let (remote, what) = refspec(&remotes, "origin", name, 40);
            format!("{remote} {what}")
        };
        assert_eq!(refspec("origin/main"), "origin main:refs/remotes/origin/main");
        assert_eq!(refspec("up/stream/a/b"), "up/stream a/b:refs/remotes/up/stream/a/b");
        assert_eq!(refspec("main"), "origin main:refs/remotes/origin/main");
        assert_eq!(refspec("v1.2"), "origin refs/tags/v1.2:refs/tags/v1.2");
        assert_eq!(refspec(&"ab".repeat(20)), format!("origin {}", "ab".repeat(20)));
    }
}

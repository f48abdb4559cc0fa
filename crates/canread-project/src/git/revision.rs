//! From what a user writes (`origin/main`, `v1.2`, `HEAD~2`, `1f3c9ad`) to a tree.

use gix::ObjectId;

use super::advice::{Want, fetch_either, fetch_line, near_names};
use super::repository::{Repository, reason};
use crate::{ErrorKind, ProjectError, Result};

/// A revision that was found: the commit, tags peeled, and the tree of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// The commit; a tree, if the revision names one.
    pub(crate) id: ObjectId,
    /// The root tree.
    pub(crate) tree: ObjectId,
}

impl Repository {
    /// Finds the commit that `text` names, by git's own rules for revisions.
    ///
    /// # Errors
    ///
    /// `Usage` if the text is no revision of one commit, `UnknownRevision` if there is none of that
    /// name, `NotFetched` if it must exist but is not in this clone, `Unreadable` if the repository
    /// is damaged.
    pub(crate) fn resolve(&self, text: &str, history: bool) -> Result<Resolved> {
        let repo = self.local();
        if text.is_empty() || text.contains("..") || text.starts_with(['^', '-']) {
            return Err(ProjectError::usage(format!("`{text}` does not name one commit"))
                .help("name a branch, a tag or a commit, such as `origin/main`, `v1.2` or `HEAD~2`"));
        }
        match repo.rev_parse_single(text) {
            Ok(id) => self.peel(id.detach(), text),
            Err(error) => Err(unresolved(&repo, text, history, &error)),
        }
    }

    /// The commit and tree of an object that a revision led to.
    pub(crate) fn peel(&self, id: ObjectId, text: &str) -> Result<Resolved> {
        let repo = self.local();
        let mut id = id;
        // A tag may point to a tag; real ones do so once. The bound is for made-up objects.
        for _ in 0..16 {
            let object = match repo.try_find_object(id) {
                Ok(Some(object)) => object,
                Ok(None) => return Err(not_fetched(&repo, text, id)),
                Err(error) => return Err(damaged(text, &error)),
            };
            match object.kind {
                gix::objs::Kind::Commit => {
                    let tree = gix::objs::CommitRefIter::from_bytes(&object.data, id.kind()).tree_id();
                    let tree =
                        tree.map_err(|_| ProjectError::unreadable(format!("commit {id} (`{text}`) is damaged")))?;
                    return Ok(Resolved { id, tree });
                }
                gix::objs::Kind::Tree => return Ok(Resolved { id, tree: id }),
                gix::objs::Kind::Tag => {
                    let target = gix::objs::TagRefIter::from_bytes(&object.data, id.kind()).target_id();
                    id = target.map_err(|_| ProjectError::unreadable(format!("tag {id} (`{text}`) is damaged")))?;
                }
                gix::objs::Kind::Blob => {
                    return Err(ProjectError::usage(format!("`{text}` names a file, not a commit"))
                        .help("write the commit before a colon and the path behind it: `main:schemas/order.proto`"));
                }
            }
        }
        Err(ProjectError::unreadable(format!("`{text}` is a chain of more than 16 tags")))
    }

    /// The commit that is checked out.
    pub(crate) fn head(&self) -> Result<ObjectId> {
        match self.local().head_id() {
            Ok(id) => Ok(id.detach()),
            Err(error) if error.is_not_found() => Err(nothing_committed()),
            Err(error) => Err(damaged("HEAD", &error)),
        }
    }
}

/// A repository without a commit is no misspelt name: there is no old version yet.
fn nothing_committed() -> ProjectError {
    ProjectError::new(ErrorKind::NoBaseline, "HEAD names no commit: nothing was committed yet")
}

/// Whether a name is that of the branch to which the first commit will be made.
fn is_unborn(repo: &gix::Repository, name: &str) -> bool {
    use gix::bstr::ByteSlice;
    let is_head =
        || repo.head_name().ok().flatten().is_some_and(|branch| branch.shorten() == name.as_bytes().as_bstr());
    (name == "HEAD" || name == "@" || is_head()) && repo.head_id().is_err_and(|error| error.is_not_found())
}

fn damaged(text: &str, error: &gix::Error) -> ProjectError {
    ProjectError::unreadable(format!("`{text}` can't be read from the git repository")).note(reason(error))
}

/// A name that leads to a commit which is not in the object store.
fn not_fetched(repo: &gix::Repository, text: &str, id: ObjectId) -> ProjectError {
    let message = format!("commit {id} (`{text}`) is not in this clone");
    let error = ProjectError::new(ErrorKind::NotFetched, message);
    let hex = id.to_string();
    let want = Want::Name { name: &hex, history: false };
    with_fetch(repo, error, want)
}

pub(crate) fn with_fetch(repo: &gix::Repository, error: ProjectError, want: Want<'_>) -> ProjectError {
    match fetch_line(repo, want) {
        Some(line) => error.help(format!("fetch it first: `{line}`")),
        None => error.help("the repository has no remote to fetch it from"),
    }
}

/// The name before `~2`, `^`, `@{upstream}` and the like.
fn base_name(text: &str) -> &str {
    let end = text.find(['~', '^']).unwrap_or(text.len());
    let end = text.find("@{").map_or(end, |at| at.min(end));
    &text[..end]
}

fn unresolved(repo: &gix::Repository, text: &str, history: bool, error: &gix::Error) -> ProjectError {
    let base = base_name(text);
    let shallow = repo.is_shallow().unwrap_or(false);
    if base != text && !base.is_empty() && repo.rev_parse_single(base).is_ok() {
        return from_known_base(repo, text, base, shallow);
    }
    let base = if base.is_empty() { text } else { base };
    if error.is_corrupted() {
        return damaged(text, error);
    }
    if is_unborn(repo, base) {
        return nothing_committed();
    }
    let is_hash = base.len() >= 7 && base.bytes().all(|byte| byte.is_ascii_hexdigit());
    let kind = if is_hash || is_of_remote(repo, base) { ErrorKind::NotFetched } else { ErrorKind::UnknownRevision };
    let message = match kind {
        ErrorKind::NotFetched => format!("`{base}` is not in this clone"),
        _ => format!("no branch, tag or commit is called `{base}`"),
    };
    let mut found = ProjectError::new(kind, message);
    let near = near_names(repo, base);
    if !near.is_empty() {
        found = found.note(format!("near names: `{}`", near.join("`, `")));
    }
    if kind != ErrorKind::NotFetched
        && let Some(either) = fetch_either(repo, base, history)
    {
        return found.help(match near.first() {
            Some(near) => format!("write `{near}` if that is meant; {either}"),
            None => either,
        });
    }
    match (fetch_line(repo, Want::Name { name: base, history }), near.first()) {
        (Some(line), _) if kind == ErrorKind::NotFetched => found.help(format!("fetch it first: `{line}`")),
        (Some(line), Some(near)) => {
            found.help(format!("write `{near}` if that is meant; a branch of the remote is fetched with `{line}`"))
        }
        (Some(line), None) => found.help(format!("if it is a branch of the remote, fetch it first: `{line}`")),
        (None, Some(near)) => found.help(format!("write `{near}` if that is meant")),
        (None, None) => found,
    }
}

/// `origin/main` of a remote `origin`: the name is right, the clone lacks it.
fn is_of_remote(repo: &gix::Repository, name: &str) -> bool {
    repo.remote_names().iter().any(|remote| {
        use gix::bstr::ByteSlice;
        remote.to_str().is_ok_and(|remote| name.strip_prefix(remote).is_some_and(|rest| rest.starts_with('/')))
    })
}

/// `HEAD~9` where `HEAD` is known.
fn from_known_base(repo: &gix::Repository, text: &str, base: &str, shallow: bool) -> ProjectError {
    if text.contains("@{") {
        return ProjectError::new(
            ErrorKind::UnknownRevision,
            format!("`{text}` leads nowhere: `{base}` has no such upstream or history entry"),
        )
        .help("name the branch itself, such as `origin/main`");
    }
    if shallow {
        let message = format!("`{text}` is not in this clone, whose history was cut when it was made");
        return with_fetch(repo, ProjectError::new(ErrorKind::NotFetched, message), Want::History);
    }
    ProjectError::new(ErrorKind::UnknownRevision, format!("`{text}` leads past the first commit of `{base}`"))
}

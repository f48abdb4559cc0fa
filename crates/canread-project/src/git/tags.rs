//! Tags that match a pattern, oldest first.

use std::collections::HashMap;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};

use super::advice::{Want, fetch_line};
use super::repository::{Repository, reason};
use super::revision::Resolved;
use crate::{ErrorKind, ProjectError, Result};

/// Tags named in an error.
const NAMED_MAX: usize = 8;

/// A tag of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) resolved: Resolved,
}

impl Repository {
    /// The tags that match a pattern, as `git tag --list` takes it: `*` stands for anything, slashes too. Annotated tags
    /// are followed to their commits; tags of anything else are no versions. Oldest commit first; of several tags of one
    /// commit, in the order of their names.
    ///
    /// # Errors
    ///
    /// `UnknownRevision` if none matches, with the tags that there are and the line that fetches tags; those of
    /// [`Repository::peel`].
    pub(crate) fn tags(&self, pattern: &str) -> Result<Vec<Tag>> {
        let mut names = self.tag_names()?;
        names.sort_by(|one, two| natural(&one.0).cmp(&natural(&two.0)));
        let matches = |name: &str| {
            let mode = gix::glob::wildmatch::Mode::empty();
            gix::glob::wildmatch(BStr::new(pattern.as_bytes()), BStr::new(name.as_bytes()), mode)
        };
        let mut tags = Vec::new();
        for (name, id) in names.iter().filter(|(name, _)| matches(name)) {
            match self.peel(*id, name) {
                Ok(resolved) if resolved.id != resolved.tree => tags.push(Tag { name: name.clone(), resolved }),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Usage => {}
                Err(error) => return Err(error),
            }
        }
        if tags.is_empty() {
            return Err(self.no_tag(pattern, &names));
        }
        let commits: Vec<ObjectId> = tags.iter().map(|tag| tag.resolved.id).collect();
        let place: HashMap<ObjectId, usize> = self.ordered(&commits).into_iter().zip(0..).collect();
        tags.sort_by_key(|tag| place.get(&tag.resolved.id).copied());
        Ok(tags)
    }

    /// Every tag, with what it points at.
    fn tag_names(&self) -> Result<Vec<(String, ObjectId)>> {
        let repo = self.local();
        let cannot = |error: &gix::Error| {
            ProjectError::unreadable("the tags of the git repository can't be read").note(reason(error))
        };
        let platform = repo.references().map_err(|error| cannot(&error))?;
        let mut names = Vec::new();
        for reference in platform.tags().map_err(|error| cannot(&error))? {
            let reference = reference.map_err(|error| cannot(&error))?;
            // A name that is no text can't be written on the command line either.
            let name = reference.name().as_bstr().strip_prefix(b"refs/tags/").and_then(|name| name.to_str().ok());
            if let (Some(name), Some(id)) = (name, reference.try_id()) {
                names.push((name.to_owned(), id.detach()));
            }
        }
        Ok(names)
    }

    fn no_tag(&self, pattern: &str, names: &[(String, ObjectId)]) -> ProjectError {
        let error = ProjectError::new(ErrorKind::UnknownRevision, format!("no tag of a commit matches `{pattern}`"));
        let newest = names.iter().rev().take(NAMED_MAX).map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>();
        let error = match names.len() {
            0 => error.note("this clone has no tags"),
            count if count > NAMED_MAX => error.note(format!("it has {count} tags, such as {}", newest.join(", "))),
            _ => error.note(format!("the tags are {}", newest.join(", "))),
        };
        match fetch_line(&self.local(), Want::Tags) {
            Some(line) => error.help(format!("if the remote has them, fetch them first: `{line}`")),
            None => error.help("the repository has no remote to fetch tags from"),
        }
    }
}

/// A part of a name: digits count as a number, so that `v1.10` comes behind `v1.9`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Number(u64),
    Text(&'a str),
}

fn natural(name: &str) -> (Vec<Part<'_>>, &str) {
    let is_digit = |character: char| character.is_ascii_digit();
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|character| is_digit(character) != is_digit(first)).unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        parts.push(if is_digit(first) { Part::Number(part.parse().unwrap_or(u64::MAX)) } else { Part::Text(part) });
        rest = behind;
    }
    (parts, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["v1.10", "v1.9", "v2.0-rc1", "v1.9.1", "v2.0", "release"];
        names.sort_by(|one, two| natural(one).cmp(&natural(two)));
        assert_eq!(names, ["release", "v1.9", "v1.9.1", "v1.10", "v2.0", "v2.0-rc1"]);
    }
}

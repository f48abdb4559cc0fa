//! Reading the bytes of files, each thread with its own handles.

use std::fs::File;
use std::io::Read;

use canread_syntax::{Diagnostic, FILE_BYTES_MAX};

use crate::git::{Repository, read_blob};
use crate::listing::{Content, problem};
use crate::tree::{Store, Tree};
use crate::{ErrorKind, ProjectError, disk};

/// Reads the files of one tree, on one thread.
pub(crate) struct Reader<'a> {
    tree: &'a Tree,
    handles: Vec<gix::Repository>,
}

/// Why a file can't be read.
#[derive(Debug)]
pub(crate) enum ReadProblem {
    /// The system refused.
    Disk(String),
    /// The repository lacks the object or it is damaged.
    Git(ProjectError),
    /// It has so many bytes, more than [`FILE_BYTES_MAX`]. Nothing of it is kept: two such files that start
    /// alike are not the same.
    TooLarge(u64),
}

impl ReadProblem {
    /// The problem of one file, or the error of the run: one fetch brings every object that was
    /// never fetched, so one error says it, not one for each file.
    pub(crate) fn of_one_file(self) -> crate::Result<Self> {
        match self {
            Self::Git(error) if error.kind() == ErrorKind::NotFetched => Err(error),
            other => Ok(other),
        }
    }

    /// What a person reads about a file of this name.
    pub(crate) fn of(&self, shown: &str) -> Diagnostic {
        match self {
            Self::Disk(reason) => problem::unreadable(shown, reason),
            Self::TooLarge(size) => problem::too_large(shown, *size),
            Self::Git(error) => {
                let mut diagnostic = error.to_diagnostic();
                diagnostic.message = format!("`{shown}` can't be read: {}", diagnostic.message);
                diagnostic
            }
        }
    }
}

impl<'a> Reader<'a> {
    pub(crate) fn new(tree: &'a Tree) -> Self {
        let handles = match &tree.store {
            Store::Disk { .. } => tree.repository.iter().map(Repository::local).collect(),
            Store::Git(git) => git.handles(),
            Store::Lock(_) => Vec::new(),
        };
        Self { tree, handles }
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, content: &Content) -> Result<Vec<u8>, ReadProblem> {
        let mut bytes = Vec::new();
        self.read_into(content, &mut bytes)?;
        Ok(bytes)
    }

    /// The size of a file, if that can be told without reading it.
    pub(crate) fn size(&self, content: &Content) -> Option<u64> {
        match content {
            Content::Disk(path) => Some(std::fs::metadata(path).ok()?.len()),
            Content::Git { repo, id } => Some(self.handles[*repo].find_header(*id).ok()?.size()),
            Content::Locked(bytes) => Some(bytes.len() as u64),
        }
    }

    /// Replaces what `bytes` holds by the bytes of a file.
    pub(crate) fn read_into(&self, content: &Content, bytes: &mut Vec<u8>) -> Result<(), ReadProblem> {
        bytes.clear();
        match (content, &self.tree.store) {
            (Content::Disk(path), _) => {
                let size = read_file(path, bytes).map_err(|error| ReadProblem::Disk(disk::reason(&error)))?;
                within_limit(size)?;
            }
            (Content::Locked(locked), _) => bytes.extend_from_slice(locked),
            (Content::Git { repo, id }, store) => {
                let size = self.handles[*repo].find_header(*id).map_or(0, |header| header.size());
                within_limit(size)?;
                *bytes = match store {
                    Store::Git(git) => git.read(&self.handles, *repo, *id),
                    Store::Disk { .. } | Store::Lock(_) => read_blob(&self.handles[*repo], *id, "the index"),
                }
                .map_err(ReadProblem::Git)?;
            }
        }
        Ok(())
    }
}

fn within_limit(size: u64) -> Result<(), ReadProblem> {
    if size > FILE_BYTES_MAX as u64 { Err(ReadProblem::TooLarge(size)) } else { Ok(()) }
}

/// Reads a file, and gives its size. One that is too large is left alone; one that grows while it is read, a little
/// past [`FILE_BYTES_MAX`].
fn read_file(path: &std::path::Path, bytes: &mut Vec<u8>) -> std::io::Result<u64> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > FILE_BYTES_MAX as u64 {
        return Ok(size);
    }
    bytes.reserve_exact(usize::try_from(size).unwrap_or(0) + 1);
    file.take(FILE_BYTES_MAX as u64 + 1).read_to_end(bytes)?;
    Ok(bytes.len() as u64)
}

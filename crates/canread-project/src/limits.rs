//! Budgets for what a directory or a repository may hold.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::{ErrorKind, ProjectError, Result};

/// How much one side of a comparison may hold.
///
/// Schema collections are small: the largest public one has some 7,000 files and 70 MB.
/// The defaults stop a run that was pointed at the wrong place before the machine suffers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Schema files, and directories visited (symbolic links can make more directories than
    /// there are). Default 1,000,000.
    pub files_max: usize,
    /// Bytes read, all files together. Default 4 GiB. One file is also bounded by
    /// [`FILE_BYTES_MAX`](canread_syntax::FILE_BYTES_MAX).
    pub bytes_max: u64,
    /// Directories inside each other. Default 256: no file system path is deeper in practice.
    pub depth_max: usize,
    /// Old versions that one run compares with. Default 10,000.
    pub versions_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files_max: 1_000_000, bytes_max: 4 << 30, depth_max: 256, versions_max: 10_000 }
    }
}

impl Limits {
    /// Fails if a listing has grown past [`Limits::files_max`].
    pub(crate) fn check_files(&self, count: usize, place: &str) -> Result<()> {
        if count <= self.files_max {
            return Ok(());
        }
        let message = format!("{place} has more than the {} files and directories allowed", self.files_max);
        Err(ProjectError::new(ErrorKind::LimitExceeded, message)
            .help("name the directory that holds the schemas instead of one far above it"))
    }

    /// Fails if a directory lies deeper than [`Limits::depth_max`].
    pub(crate) fn check_depth(&self, depth: usize, place: &str) -> Result<()> {
        if depth <= self.depth_max {
            return Ok(());
        }
        let message = format!("directories in {place} are nested more than {} deep", self.depth_max);
        Err(ProjectError::new(ErrorKind::LimitExceeded, message)
            .help("name the directory that holds the schemas instead of one far above it"))
    }
}

/// Counts the bytes that several threads read.
#[derive(Debug)]
pub(crate) struct ByteBudget {
    max: u64,
    spent: AtomicU64,
}

impl ByteBudget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { max: limits.bytes_max, spent: AtomicU64::new(0) }
    }

    /// Whether the budget still covers everything read so far, `bytes` more included.
    pub(crate) fn spend(&self, bytes: usize) -> bool {
        let bytes = bytes as u64;
        self.spent.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= self.max
    }

    /// The error for a run whose budget is spent, if it is.
    pub(crate) fn check(&self) -> Result<()> {
        if self.spent.load(Ordering::Relaxed) <= self.max {
            return Ok(());
        }
        let message = format!("the schema files have more than the {} bytes allowed", self.max);
        Err(ProjectError::new(ErrorKind::LimitExceeded, message).help("compare one part of the tree at a time"))
    }
}

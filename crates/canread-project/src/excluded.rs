//! Files that the user leaves out.

use crate::config::Glob;
use crate::path::{join, strip};

/// Files that are no part of what is compared.
#[derive(Debug, Clone)]
pub(crate) struct Excluded {
    /// Where the patterns start, as a full path.
    pub(crate) dir: String,
    pub(crate) globs: Vec<Glob>,
}

/// The same for what lies below one directory.
#[derive(Debug, Clone)]
pub(crate) struct ExcludedBelow<'a> {
    /// Where the patterns start, and where the directory lies; none if nothing is left out.
    from: Option<(&'a Excluded, String)>,
}

impl ExcludedBelow<'static> {
    pub(crate) const NOTHING: Self = Self { from: None };
}

impl<'a> ExcludedBelow<'a> {
    /// What is left out below `place`, a full path. Of a bare repository it starts at the top, and so do the patterns.
    pub(crate) fn new(excluded: Option<&'a Excluded>, place: String) -> Self {
        Self { from: excluded.map(|excluded| (excluded, place)) }
    }

    /// Whether a file or directory is left out, given by its path from the directory.
    pub(crate) fn names(&self, path: &str) -> bool {
        let Some((excluded, place)) = &self.from else { return false };
        let full = join(place, path);
        let below = strip(&full, &excluded.dir);
        below.is_some_and(|below| excluded.globs.iter().any(|glob| glob.matches(below)))
    }
}

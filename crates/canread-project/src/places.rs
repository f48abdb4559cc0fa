//! Where the two versions of a comparison lie, and what a file of either is called from a directory.

use std::path::Path;

use canread_compat::Pair;

use crate::LoadedSide;
use crate::path::{join, split_top, strip};

/// Where the two versions of a comparison lie.
#[derive(Debug, Default)]
pub struct Places(Pair<Place>);

/// Where a side lies, as users see it and on disk.
#[derive(Debug, Default)]
struct Place {
    shown: String,
    full: Option<String>,
    /// The name of the file, if the user named one and no directory.
    file: Option<String>,
}

impl Place {
    fn of(side: &LoadedSide) -> Self {
        Self { shown: side.shown.clone(), full: side.place.clone(), file: side.file.clone() }
    }
}

impl Places {
    pub(crate) fn of(old: Option<&LoadedSide>, new: &LoadedSide) -> Self {
        Self(Pair { old: old.map(Place::of).unwrap_or_default(), new: Place::of(new) })
    }

    /// The path of a file of the new version, seen from a directory; none if the file does not lie there. `name` is
    /// how the file is shown.
    #[must_use]
    pub fn of_new(&self, name: &str, dir: &Path) -> Option<String> {
        self.below(strip(name, &self.0.new.shown)?, dir)
    }

    /// The path that a file of the old version has, or would have, in the new one, seen from a directory.
    #[must_use]
    pub fn of_old(&self, name: &str, dir: &Path) -> Option<String> {
        self.below(strip(name, &self.0.old.shown)?, dir)
    }

    /// The path of a file of the new version below what was named; as it is shown, if it lies elsewhere.
    #[must_use]
    pub fn in_new<'n>(&self, name: &'n str) -> &'n str {
        strip(name, &self.0.new.shown).unwrap_or(name)
    }

    /// The same for a file of the old version.
    #[must_use]
    pub fn in_old<'n>(&self, name: &'n str) -> &'n str {
        strip(name, &self.0.old.shown).unwrap_or(name)
    }

    /// Whether the new version is a file, or a directory that holds it, given by its path as seen from a directory.
    #[must_use]
    pub fn covers(&self, path: &str, dir: &Path) -> bool {
        let (Some(root), Some((_, dir))) = (&self.0.new.full, split_top(dir)) else { return false };
        let full = join(&dir, path);
        strip(&full, root).is_some_and(|below| self.0.new.file.as_ref().is_none_or(|file| file == below))
    }

    /// Whether the user named a file of either version, and not the directory.
    pub(crate) fn are_files(&self) -> bool {
        self.0.old.file.is_some() && self.0.new.file.is_some()
    }

    fn below(&self, below: &str, dir: &Path) -> Option<String> {
        let full = join(self.0.new.full.as_ref()?, below);
        strip(&full, &split_top(dir)?.1).map(str::to_owned)
    }
}

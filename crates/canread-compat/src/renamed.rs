//! Declarations that have another full name now.

use canread_model::DeclId;
use rustc_hash::FxHashMap;

use crate::{Direction, Pair};

/// Which declarations are the same under another name.
#[derive(Debug, Default)]
pub(crate) struct Renamed {
    now: FxHashMap<DeclId, DeclId>,
    before: FxHashMap<DeclId, Vec<DeclId>>,
}

impl Renamed {
    /// By the old one.
    pub(crate) fn of(now: FxHashMap<DeclId, DeclId>) -> Self {
        let mut pairs: Vec<(DeclId, DeclId)> = now.iter().map(|(old, new)| (*old, *new)).collect();
        pairs.sort_unstable();
        let mut before: FxHashMap<DeclId, Vec<DeclId>> = FxHashMap::default();
        for (old, new) in pairs {
            before.entry(new).or_default().push(old);
        }
        Self { now, before }
    }

    /// Whether the old one is called what the new one is called.
    pub(crate) fn has(&self, decls: Pair<DeclId>) -> bool {
        self.now.get(&decls.old) == Some(&decls.new)
    }

    /// What the readers' declaration is to the writers, where that has another name.
    pub(crate) fn of_writers(&self, of_readers: DeclId, direction: Direction) -> impl Iterator<Item = DeclId> {
        let (now, before) = match direction {
            Direction::Backward => (None, self.before.get(&of_readers)),
            Direction::Forward => (self.now.get(&of_readers), None),
        };
        now.into_iter().chain(before.into_iter().flatten()).copied()
    }
}

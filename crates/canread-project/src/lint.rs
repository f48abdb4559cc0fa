//! One version asked what bites later.

use std::collections::BTreeSet;

use canread_compat::{Finding, Pair};
use canread_syntax::{Diagnostic, SourceMap};

use crate::Reading;

/// What the lints found in the schemas of one format.
#[derive(Debug)]
#[non_exhaustive]
pub struct Linted<'a> {
    /// What was found, at nodes of the new version.
    pub findings: Vec<Finding>,
    map: &'a SourceMap,
}

impl<'a> Linted<'a> {
    /// Where the nodes stand; there is no old version.
    #[must_use]
    pub fn maps(&self) -> Pair<&'a SourceMap> {
        Pair { old: self.map, new: self.map }
    }
}

impl Reading {
    /// What the lints find in the files that were named, format by format: nothing is said of those that are only
    /// imported. The reading must be sound.
    #[must_use]
    pub fn lint(&self) -> Vec<Linted<'_>> {
        let parts = self.parts.iter().enumerate().map(|(at, linked)| {
            let files = self.files.iter().filter(|file| file.part == at);
            let modules: BTreeSet<_> = files.flat_map(|file| file.modules.iter().copied()).collect();
            Linted { findings: canread_compat::lint(&linked.schema, &modules), map: &linked.map }
        });
        parts.collect()
    }

    /// The diagnostics but for warnings in place of which a lint speaks.
    #[must_use]
    pub fn diagnostics_beside_lints(&self) -> Vec<Diagnostic> {
        let is_lint = |code| canread_compat::lints().iter().any(|lint| lint.instead_of == Some(code));
        self.diagnostics.iter().filter(|problem| problem.is_error() || !is_lint(problem.code)).cloned().collect()
    }
}

//! One version asked what bites later.

use std::collections::{BTreeMap, BTreeSet};

use canread_compat::{Finding, Pair};
use canread_syntax::{Diagnostic, FileId, SourceMap, Span};

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

    /// The diagnostics but for warnings in place of which one of the findings speaks.
    #[must_use]
    pub fn diagnostics_beside(&self, linted: &[Linted<'_>]) -> Vec<Diagnostic> {
        let mut found = Found::default();
        for part in linted {
            for finding in &part.findings {
                let code = canread_compat::find_lint(finding.rule.id).and_then(|lint| lint.instead_of);
                let place = finding.new.as_ref().and_then(|site| part.map.place(site.node.0));
                if let (Some(code), Some(place)) = (code, place) {
                    found.add(code, place.whole);
                }
            }
        }
        found.end();
        let problems = self.diagnostics.iter();
        problems
            .filter(|problem| problem.span().is_none_or(|span| !found.covers(problem.code, span)))
            .cloned()
            .collect()
    }
}

/// What was found in place of warnings, by their code and file: where each starts, and how far all up to it reach.
#[derive(Default)]
struct Found(BTreeMap<(&'static str, FileId), Vec<(u32, u32)>>);

impl Found {
    fn add(&mut self, code: &'static str, span: Span) {
        self.0.entry((code, span.file)).or_default().push((span.start, span.end));
    }

    /// After the last one.
    fn end(&mut self) {
        for places in self.0.values_mut() {
            places.sort_unstable();
            let mut furthest = 0;
            for (_, end) in places {
                furthest = furthest.max(*end);
                *end = furthest;
            }
        }
    }

    /// Whether a place lies within one that was found.
    fn covers(&self, code: &'static str, span: Span) -> bool {
        let Some(places) = self.0.get(&(code, span.file)) else { return false };
        let before = places.partition_point(|(start, _)| *start <= span.start);
        before.checked_sub(1).and_then(|last| places.get(last)).is_some_and(|(_, end)| *end >= span.end)
    }
}

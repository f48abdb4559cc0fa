//! What findings of a comparison claim about two things that something else is about, too.
//!
//! Both lists are as long as the schemas, so the findings are sorted once by what they are asked for.

use std::{collections::BTreeMap, ops::Bound};

use canread_model::NodeId;
use rustc_hash::FxHashMap;

use super::Reused;
use crate::{Claim, Finding, Severity};

/// Findings by place and symbol.
pub(super) struct Said<'f> {
    findings: Vec<&'f Finding>,
    /// By place in the new version.
    by_new: FxHashMap<NodeId, Vec<usize>>,
    by_symbol: BTreeMap<&'f str, Vec<usize>>,
}

impl<'f> Said<'f> {
    pub(super) fn of(findings: &'f [Finding]) -> Self {
        let findings: Vec<&Finding> = findings.iter().filter(|finding| !finding.rule.opt_in).collect();
        let mut by_new: FxHashMap<NodeId, Vec<usize>> = FxHashMap::default();
        let mut by_symbol: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, finding) in findings.iter().enumerate() {
            for site in finding.new.iter().chain(finding.also.iter().filter_map(|also| also.new.as_ref())) {
                by_new.entry(site.node).or_default().push(at);
            }
            by_symbol.entry(&finding.symbol).or_default().push(at);
        }
        Self { findings, by_new, by_symbol }
    }

    /// What is claimed of two things, of what is inside the new one, and how much that matters.
    pub(super) fn about(&self, what: &Reused<'_>) -> Vec<(Claim, Severity)> {
        let (nodes, symbols) = (what.nodes(), what.symbols());
        let new = &*symbols.new;
        // A symbol is passed over here only for each of its beginnings that are symbols themselves.
        let from_new = self.by_symbol.range::<str, _>((Bound::Included(new), Bound::Unbounded));
        let inside = from_new
            .map_while(|(symbol, found)| Some((symbol.strip_prefix(new)?, found)))
            .filter(|(rest, _)| !rest.starts_with(is_name))
            .map(|(_, found)| found);
        let at_new = self.by_new.get(&nodes.new);
        let of_old = self.by_symbol.get(&*symbols.old);
        let mut meant: Vec<usize> = inside.chain(at_new).chain(of_old).flatten().copied().collect();
        meant.sort_unstable();
        meant.dedup();
        let mut claims: Vec<(Claim, Severity)> = Vec::new();
        for finding in meant.into_iter().map(|at| self.findings[at]) {
            for &claim in &finding.claims {
                let severity = finding.severity_of(claim);
                match claims.iter_mut().find(|(known, _)| *known == claim) {
                    Some((_, known)) => *known = severity.max(*known),
                    None => claims.push((claim, severity)),
                }
            }
        }
        claims
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

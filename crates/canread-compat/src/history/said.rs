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
    /// What is claimed of the named types that were asked for: many fields may have one.
    of_named: FxHashMap<String, Vec<(Claim, Severity)>>,
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
        Self { findings, by_new, by_symbol, of_named: FxHashMap::default() }
    }

    /// What is claimed of two things, of what is inside the new one, and how much that matters. Of an Avro field that is
    /// also what is claimed of the enums and fixed types that it has values of.
    pub(super) fn about(&mut self, what: &Reused<'_>) -> Vec<(Claim, Severity)> {
        let (nodes, symbols) = (what.nodes(), what.symbols());
        let inside = self.inside(&symbols.new);
        let at_new = self.by_new.get(&nodes.new);
        let of_old = self.by_symbol.get(&*symbols.old);
        let mut meant: Vec<usize> = at_new.into_iter().chain(of_old).flatten().copied().chain(inside).collect();
        meant.sort_unstable();
        meant.dedup();
        let mut claims = self.claims(&meant);
        for name in what.named() {
            if !self.of_named.contains_key(name) {
                let of_named = self.claims(&self.inside(name));
                self.of_named.insert(name.to_owned(), of_named);
            }
            for &(claim, severity) in &self.of_named[name] {
                add(&mut claims, claim, severity);
            }
        }
        claims
    }

    /// The findings of a symbol and of what is inside it. A symbol is passed over here only for each of its beginnings that
    /// are symbols themselves.
    fn inside(&self, symbol: &str) -> Vec<usize> {
        let from = self.by_symbol.range::<str, _>((Bound::Included(symbol), Bound::Unbounded));
        from.map_while(|(found, at)| Some((found.strip_prefix(symbol)?, at)))
            .filter(|(rest, _)| !rest.starts_with(is_name))
            .flat_map(|(_, at)| at.iter().copied())
            .collect()
    }

    /// What findings claim.
    fn claims(&self, meant: &[usize]) -> Vec<(Claim, Severity)> {
        let mut claims = Vec::new();
        for finding in meant.iter().map(|at| self.findings[*at]) {
            for &claim in &finding.claims {
                add(&mut claims, claim, finding.severity_of(claim));
            }
        }
        claims
    }
}

fn add(claims: &mut Vec<(Claim, Severity)>, claim: Claim, severity: Severity) {
    match claims.iter_mut().find(|(known, _)| *known == claim) {
        Some((_, known)) => *known = severity.max(*known),
        None => claims.push((claim, severity)),
    }
}

fn is_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

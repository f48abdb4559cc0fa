//! Who speaks where the comparisons of a history and its ledger have found the same.
//!
//! ```text
//! comparisons ─ the ledger says what came back ─ reuse of what came back as it was is taken back
//!             ─ what came back as something else speaks for the rest ─→ findings by content
//! ```

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{Ledger, Reach};
use crate::Finding;

impl Ledger<'_> {
    /// The contents whose comparison with the new version [`Ledger::settle`] needs. `content_of` has a number for each
    /// step, and the same one where old versions hold the same: those are compared once.
    #[must_use]
    pub fn contents(&self, content_of: &[usize]) -> BTreeSet<usize> {
        let asked = self.steps().filter_map(|step| content_of.get(step)).copied();
        self.shown(content_of).into_iter().chain(asked).collect()
    }

    /// What holds between the new version and the old ones, by content; of a content first what its comparison finds, then
    /// what the ledger does. `compared` has what comparisons find in all of [`Ledger::contents`].
    #[must_use]
    pub fn settle(
        &self,
        content_of: &[usize],
        mut compared: BTreeMap<usize, Vec<Finding>>,
    ) -> Vec<(usize, Vec<Finding>)> {
        let pairwise = |step: usize| {
            let found = content_of.get(step).and_then(|content| compared.get(content));
            found.map_or(&[][..], Vec::as_slice)
        };
        let mut returned = self.findings(pairwise);
        let shown = self.shown(content_of);
        compared.retain(|content, _| shown.contains(content));
        for (step, content) in content_of.iter().enumerate() {
            if let Some(findings) = compared.get_mut(content) {
                self.take_back(step, findings);
            }
        }
        // What is claimed in vain is gone: a speaker is not asked to claim it.
        let last_of: FxHashMap<usize, usize> =
            content_of.iter().enumerate().map(|(step, content)| (*content, step)).collect();
        absorb(
            returned.iter_mut().flat_map(|(step, returned)| returned.iter_mut().map(|finding| (*step, finding))),
            compared.iter_mut().filter_map(|(content, findings)| Some((*last_of.get(content)?, findings))),
        );
        let of_content = |(step, returned)| Some((*content_of.get(step)?, returned));
        let returned = returned.into_iter().filter_map(of_content);
        let mut settled: Vec<(usize, Vec<Finding>)> = compared.into_iter().chain(returned).collect();
        settled.sort_by_key(|(content, _)| *content);
        settled
    }

    /// The contents of whose comparisons findings are shown.
    fn shown(&self, content_of: &[usize]) -> BTreeSet<usize> {
        match self.reach {
            Reach::Every => content_of.iter().copied().collect(),
            Reach::New => content_of.last().copied().into_iter().collect(),
        }
    }

    /// Takes back what rules say, about the versions of a step, of reserved numbers and names that are used again: where
    /// an older version had the same under it, old data is read as what it is.
    fn take_back(&self, step: usize, pairwise: &mut Vec<Finding>) {
        for finding in pairwise.iter_mut().filter(|finding| !finding.reserved.is_empty()) {
            let Some(last) = self.came_back.restored_before(step, &finding.symbol) else { continue };
            let count = finding.claims.len();
            let reserved = &finding.reserved;
            finding.claims.retain(|claim| !reserved.contains(claim));
            if finding.claims.len() < count {
                finding.notes.push(format!(
                    "it is what it was until {}: data of that time is read as what it is",
                    self.steps[last].label
                ));
            }
        }
        pairwise.retain(|finding| !finding.claims.is_empty());
    }
}

/// Lets findings about what came back speak for those of comparisons that have the same cause, as far as they can say
/// what those say. Those are left out of `compared`. Both are given by step, and the former sorted by it: the one speaks
/// that is about the versions up to that of the step, if there is one.
fn absorb<'f>(
    returned: impl Iterator<Item = (usize, &'f mut Finding)>,
    compared: impl Iterator<Item = (usize, &'f mut Vec<Finding>)>,
) {
    let mut speakers: Vec<(usize, &mut Finding)> = returned.collect();
    let mut by_cause: FxHashMap<(&'static str, String), Vec<usize>> = FxHashMap::default();
    for (at, (_, speaker)) in speakers.iter().enumerate() {
        for cause in &speaker.speaks_for {
            by_cause.entry(cause.clone()).or_default().push(at);
        }
    }
    for (step, findings) in compared {
        findings.retain(|finding| {
            if !finding.also.is_empty() {
                return true;
            }
            let Some(candidates) = by_cause.get(&(finding.rule.id, finding.symbol.clone())) else { return true };
            let can_say = |at: &&usize| {
                let claims = speakers[**at].1.rule.claims;
                finding.claims.iter().all(|claim| claims.contains(claim))
            };
            let is_behind = |at: &&usize| speakers[**at].0 >= step;
            let able = || candidates.iter().filter(can_say);
            let Some(&at) = able().find(is_behind).or_else(|| able().next_back()) else { return true };
            speak(speakers[at].1, finding);
            false
        });
    }
}

/// Lets one finding claim what another one claims.
fn speak(speaker: &mut Finding, finding: &Finding) {
    for &claim in &finding.claims {
        let severity = finding.severity_of(claim);
        if !speaker.claims.contains(&claim) {
            speaker.claims.push(claim);
            speaker.severities.push((claim, severity));
        } else if severity > speaker.severity_of(claim) {
            speaker.severities.push((claim, severity));
        }
    }
}

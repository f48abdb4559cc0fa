//! Runs every rule over every change, and makes one finding of those with one cause.

use std::collections::BTreeMap;

use canread_model::Schema;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Change, Claim, Consequence, Context, FieldChange, Finding, MethodChange, Pair, Scope,
    compare::{self, Foreign, Pointer},
    rules,
};

/// What two versions of a schema have to say to each other.
#[derive(Debug)]
#[non_exhaustive]
pub struct Comparison<'a> {
    /// Every difference, safe ones too.
    pub changes: Vec<Change<'a>>,
    /// What the rules say about them.
    pub findings: Vec<Finding>,
}

/// Compares two versions and runs every rule over every change.
///
/// Both schemas must be free of errors: what a reader could not understand can't be compared,
/// and the caller has to say so instead of calling this.
#[must_use]
pub fn compare<'a>(versions: Pair<&'a Schema>, scope: &Scope) -> Comparison<'a> {
    let differences = compare::changes(versions, scope);
    let context = Context { versions, renamed: &differences.renamed };
    let mut changes = differences.own;
    let foreign = Consequences::new(&differences.foreign, &context);
    for retargeted in differences.retargeted {
        let consequences = foreign.of(retargeted.to);
        changes.push(match retargeted.by {
            Pointer::Field(fields) => Change::Field(fields, FieldChange::Target(consequences)),
            Pointer::Request(owner, method) => {
                Change::Method { owner, method, change: MethodChange::Request(consequences) }
            }
            Pointer::Response(owner, method) => {
                Change::Method { owner, method, change: MethodChange::Response(consequences) }
            }
            Pointer::Extendee(pair) => Change::ExtendeeChanged(pair),
        });
    }
    let findings = changes.iter().flat_map(|change| check(change, &context)).collect();
    Comparison { findings: group(findings), changes }
}

/// What the rules say about one change.
fn check<'c>(change: &'c Change<'_>, context: &'c Context<'_>) -> impl Iterator<Item = Finding> + use<'c> {
    let format = context.versions.old.format();
    rules::all().iter().copied().filter(move |rule| rule.formats.contains(&format)).filter_map(move |rule| {
        let mut finding = (rule.check)(change, context)?;
        finding.rule = rule;
        if finding.claims.is_empty() {
            finding.claims = rule.claims.to_vec();
        }
        debug_assert!(
            finding.claims.iter().all(|claim| rule.claims.contains(claim)),
            "{} claims more than it says: {:?}",
            rule.id,
            finding.claims
        );
        Some(finding)
    })
}

/// What follows from naming another declaration: everything that the rules say about the pair, and
/// about the pairs that it leads to.
struct Consequences<'f, 'a> {
    foreign: &'f FxHashMap<Pair<canread_model::DeclId>, Foreign<'a>>,
    local: FxHashMap<Pair<canread_model::DeclId>, Vec<Consequence>>,
}

impl<'f, 'a> Consequences<'f, 'a> {
    fn new(foreign: &'f FxHashMap<Pair<canread_model::DeclId>, Foreign<'a>>, context: &Context<'a>) -> Self {
        let local = foreign.iter().map(|(key, foreign)| {
            let findings = foreign.changes.iter().flat_map(|change| check(change, context));
            let consequences = findings.filter(|finding| !finding.rule.opt_in).map(|finding| Consequence {
                rule: finding.rule.id,
                symbol: finding.symbol,
                message: finding.message,
                claims: finding.claims,
            });
            (*key, consequences.collect())
        });
        Self { foreign, local: local.collect() }
    }

    fn of(&self, key: Pair<canread_model::DeclId>) -> Vec<Consequence> {
        let mut seen = FxHashSet::default();
        let mut pending = vec![key];
        let mut all = Vec::new();
        while let Some(key) = pending.pop() {
            if !seen.insert(key) {
                continue;
            }
            all.extend(self.local.get(&key).into_iter().flatten().cloned());
            pending.extend(self.foreign.get(&key).into_iter().flat_map(|foreign| foreign.leads_to.iter().copied()));
        }
        all
    }
}

/// Makes one finding of those that a rule says have one cause; the first one speaks for all.
fn group(findings: Vec<Finding>) -> Vec<Finding> {
    let mut grouped: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut by_cause: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
    for finding in findings {
        let Some(cause) = finding.cause.clone() else {
            grouped.push(finding);
            continue;
        };
        let key = (finding.rule.id, cause);
        if let Some(&at) = by_cause.get(&key) {
            let speaker = &mut grouped[at];
            speaker.also.push(finding.symbol);
            merge_claims(&mut speaker.claims, &finding.claims);
            speaker.severities.extend(finding.severities);
        } else {
            by_cause.insert(key, grouped.len());
            grouped.push(finding);
        }
    }
    grouped
}

fn merge_claims(into: &mut Vec<Claim>, more: &[Claim]) {
    for claim in more {
        if !into.contains(claim) {
            into.push(*claim);
        }
    }
}

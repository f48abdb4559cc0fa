//! Runs every rule over every change, and makes one finding of those with one cause.

use std::{collections::BTreeMap, fmt::Write};

use canread_model::{DeclId, Schema};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Also, Change, Claim, Consequences, Context, FieldChange, Finding, Fix, MethodChange, Pair, Proof, Restored, Scope,
    Severity, Surface, TooManyPairs,
    compare::{self, Foreign, Pointer},
    consequences::Followed,
    renamed::Renamed,
    rule::Facts,
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
///
/// # Errors
///
/// Where fields name other types than before in so many combinations that comparing all of them would take out of
/// proportion to the schemas. Then there is no verdict.
pub fn compare<'a>(versions: Pair<&'a Schema>, scope: &Scope) -> Result<Comparison<'a>, TooManyPairs> {
    let differences = compare::changes(versions, scope)?;
    let facts = Facts::of(versions);
    let renamed = Renamed::of(differences.renamed);
    let context = facts.context(&renamed, &differences.namesakes);
    let mut changes = differences.own;
    let foreign = Followed::new(&differences.foreign, local(&differences.foreign, &context));
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
    let found = |(at, change)| check(change, &context).map(move |finding| Finding { changes: vec![at], ..finding });
    let findings = changes.iter().enumerate().flat_map(found).collect();
    Ok(Comparison { findings: group(findings), changes })
}

/// What the rules say about one change.
pub(crate) fn check<'c>(change: &'c Change<'_>, context: &'c Context<'_>) -> impl Iterator<Item = Finding> {
    let format = context.versions.old.format();
    let of_format = rules::all().iter().copied().filter(move |rule| rule.formats.contains(&format));
    let found = of_format.filter_map(move |rule| {
        let mut finding = (rule.check)(change, context)?;
        finding.rule = rule;
        if finding.claims.is_empty() && finding.perhaps.claims.is_empty() {
            finding.claims = rule.claims.to_vec();
        }
        let in_call = matches!(change, Change::Resolution(one) if one.in_call);
        if in_call {
            on_calls(&mut finding);
            if finding.claims.is_empty() && finding.perhaps.claims.is_empty() {
                return None;
            }
        }
        debug_assert!(
            in_call || finding.claims.iter().chain(&finding.perhaps.claims).all(|claim| rule.claims.contains(claim)),
            "{} claims more than it says: {:?}, {:?}",
            rule.id,
            finding.claims,
            finding.perhaps
        );
        Some(finding)
    });
    found.flat_map(Finding::split)
}

/// What a rule says about the wire holds for calls where the place is one in a message of a protocol. There is no JSON
/// of calls.
fn on_calls(finding: &mut Finding) {
    let moved = |claim: Claim| match claim.surface {
        Surface::Wire => Claim { surface: Surface::Rpc, ..claim },
        _ => claim,
    };
    for claims in [&mut finding.claims, &mut finding.perhaps.claims] {
        claims.retain(|claim| claim.surface != Surface::Json);
        for claim in claims {
            *claim = moved(*claim);
        }
    }
    for (claim, _) in &mut finding.severities {
        *claim = moved(*claim);
    }
}

/// What the rules say about each foreign pair.
fn local<'a>(
    foreign: &FxHashMap<Pair<DeclId>, Foreign<'a>>,
    context: &Context<'a>,
) -> FxHashMap<Pair<DeclId>, Consequences> {
    let of_pair = |foreign: &Foreign<'a>| {
        let mut consequences = Consequences::default();
        for finding in foreign.changes.iter().flat_map(|change| check(change, context)) {
            if !finding.rule.opt_in {
                consequences.add(&finding.message, &finding.claims, finding.proof);
            }
        }
        consequences
    };
    foreign.iter().map(|(key, foreign)| (*key, of_pair(foreign))).collect()
}

/// Makes one finding of those that a rule says have one cause; the first one speaks for all.
fn group(findings: Vec<Finding>) -> Vec<Finding> {
    let mut grouped: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut by_cause: BTreeMap<(&'static str, String, bool), (usize, FxHashSet<Restored>)> = BTreeMap::new();
    for finding in findings {
        let Some(cause) = finding.cause.clone() else {
            grouped.push(finding);
            continue;
        };
        // What is undecided must neither hide what is decided, nor hide in it.
        let key = (finding.rule.id, cause, finding.proof == Proof::Undecided);
        if let Some((at, restored)) = by_cause.get_mut(&key) {
            absorb(&mut grouped[*at], finding, restored);
        } else {
            let restored = finding.fix.iter().flat_map(Fix::restored).copied().collect();
            by_cause.insert(key, (grouped.len(), restored));
            grouped.push(finding);
        }
    }
    grouped
}

/// Lets one finding speak for another one too. `restored` is what the fix of the speaker puts back.
fn absorb(speaker: &mut Finding, other: Finding, restored: &mut FxHashSet<Restored>) {
    for &claim in &other.claims {
        let is_known = speaker.claims.contains(&claim);
        let severity = other.severity_of(claim).max(if is_known { speaker.severity_of(claim) } else { Severity::Note });
        if !is_known {
            speaker.claims.push(claim);
        }
        speaker.severities.retain(|(of, _)| *of != claim);
        speaker.severities.push((claim, severity));
    }
    speaker.fix = Fix::both(speaker.fix.take(), other.fix, restored);
    speaker.changes.extend(other.changes);
    // An approval of the group must not cover what joins it later.
    let _ = write!(speaker.shape, "; {} {}", other.symbol, other.shape);
    let asides = other.asides.into_iter().filter(|aside| !speaker.asides.contains(aside));
    speaker.asides.extend(asides.collect::<Vec<_>>());
    if other.symbol == speaker.symbol {
        // The same thing in another respect.
        speaker.notes.push(other.message);
    } else {
        speaker.also.push(Also { symbol: other.symbol, old: other.old, new: other.new });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Direction::Backward, Effect, Surface::Wire};

    fn finding(symbol: &str, severity: Severity) -> Finding {
        let owner = canread_model::NodeId(7);
        let fix = Fix::Reserve { owner, numbers: vec![(1, 1)], names: vec![symbol.to_owned()] };
        Finding::new(symbol, "is gone").old(owner, symbol).shape("1").cause("all").fix(fix).claim_as(
            Wire,
            Backward,
            Effect::Dropped,
            severity,
        )
    }

    #[test]
    fn a_group_matters_as_much_as_the_finding_that_matters_most() {
        for order in [[Severity::Note, Severity::Error], [Severity::Error, Severity::Note]] {
            let grouped = group(vec![finding("A", order[0]), finding("B", order[1])]);
            let [one] = grouped.as_slice() else { panic!("{grouped:?}") };
            assert_eq!(one.severity_of(Claim::on(Wire, Backward, Effect::Dropped)), Severity::Error);
            assert_eq!(one.claims.len(), 1);
            let [also] = one.also.as_slice() else { panic!("{one:?}") };
            assert_eq!(also.symbol, "B");
            assert_eq!(also.old.as_ref().map(|site| &*site.label), Some("B"));
        }
    }

    #[test]
    fn a_group_about_one_thing_says_of_each_what_changed() {
        let mut second = finding("A", Severity::Error);
        second.message = "`java_package` was `a` and is `b`".into();
        let grouped = group(vec![finding("A", Severity::Error), second]);
        let [one] = grouped.as_slice() else { panic!("{grouped:?}") };
        assert_eq!((&*one.message, &*one.notes), ("is gone", &["`java_package` was `a` and is `b`".to_owned()][..]));
        assert!(one.also.is_empty(), "{one:?}");
    }

    #[test]
    fn a_group_has_one_reservation_for_all_and_another_shape_when_it_grows() {
        let two = group(vec![finding("A", Severity::Error), finding("B", Severity::Error)]);
        let three =
            group(vec![finding("A", Severity::Error), finding("B", Severity::Error), finding("C", Severity::Error)]);
        assert_ne!(two[0].shape, three[0].shape);
        let Some(Fix::Reserve { numbers, names, .. }) = &three[0].fix else { panic!("{three:?}") };
        assert_eq!(numbers.len(), 3);
        assert_eq!(names, &["A", "B", "C"]);
    }
}

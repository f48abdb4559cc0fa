//! What the rules say between two versions, as text.

use std::{collections::BTreeSet, fmt::Write};

use canread_compat::{Finding, Ledger, Pair, Policy, Reach, Scope, Step, Surface, compare};
use canread_model::Schema;
use canread_syntax::Sources;

use super::{
    case::{Case, Side},
    link::link,
};

/// Every finding: a line with its severity under the default policy (`-` where that does not count it, `undecided` where
/// there is no telling), its rule, symbol and message; then a line a claim, with what that one weighs where it is
/// promised. Of a history, also the versions that it is about.
pub(crate) fn report(case: &Case) -> String {
    if case.earlier.is_empty() {
        return text(find(&case.old, &case.new).into_iter().map(|finding| (finding, Vec::new())).collect());
    }
    let mut rows: Vec<(Finding, Vec<String>)> = Vec::new();
    for (version, finding) in history(&case.versions()) {
        let same = rows.iter_mut().find(|(own, _)| {
            (own.rule.id, &own.symbol, &own.shape, &own.message)
                == (finding.rule.id, &finding.symbol, &finding.shape, &finding.message)
                && own.claims == finding.claims
        });
        match same {
            Some((_, versions)) => versions.push(version),
            None => rows.push((finding, vec![version])),
        }
    }
    text(rows)
}

/// What the rules find between a version and itself.
pub(crate) fn against_itself(side: &Side) -> String {
    text(find(side, side).into_iter().map(|finding| (finding, Vec::new())).collect())
}

fn text(mut findings: Vec<(Finding, Vec<String>)>) -> String {
    findings.sort_by(|(one, _), (two, _)| {
        (&one.symbol, one.rule.id, &one.message).cmp(&(&two.symbol, two.rule.id, &two.message))
    });
    let mut text = String::new();
    for (finding, versions) in findings {
        let judged = Policy::default().judge(vec![finding.clone()]);
        let severity = judged
            .first()
            .map_or("-", |judged| if judged.is_undecided() { "undecided" } else { judged.severity.as_str() });
        let message = finding.message_on(|_| true);
        let _ = writeln!(text, "{severity} {} {}: {message}", finding.rule.id, finding.symbol);
        for surface in Surface::ALL {
            for claim in finding.claims.iter().filter(|claim| claim.surface == surface) {
                let severity = finding.severity_of(*claim).as_str();
                let (direction, effect) = (claim.direction.as_str(), claim.effect.as_str());
                let _ = writeln!(text, "  {} {direction} {effect} ({severity})", surface.as_str());
            }
        }
        for also in &finding.also {
            let _ = writeln!(text, "  also {}", also.symbol);
        }
        if !versions.is_empty() {
            let _ = writeln!(text, "  against {}", versions.join(", "));
        }
    }
    text
}

/// The rules that find something in a case.
pub(crate) fn rules(case: &Case) -> BTreeSet<&'static str> {
    if case.earlier.is_empty() {
        return find(&case.old, &case.new).into_iter().map(|finding| finding.rule.id).collect();
    }
    history(&case.versions()).into_iter().map(|(_, finding)| finding.rule.id).collect()
}

/// What the rules find between each version and the last one, and what the ledger of all of them does; newest first.
fn history(versions: &[&Side]) -> Vec<(String, Finding)> {
    let schemas: Vec<Schema> = versions.iter().map(|side| schema(side)).collect();
    let Some((new, old)) = schemas.split_last() else { return Vec::new() };
    let labels: Vec<String> = (1..=old.len()).map(|number| format!("v{number}")).collect();
    let scope = Scope::default();
    let steps: Vec<Step<'_>> =
        old.iter().zip(&labels).map(|(old, label)| Step { label, schemas: Pair { old, new }, scope: &scope }).collect();
    let ledger = Ledger::of(&steps, Reach::Every);
    // Each version has a content of its own, and the newest one the first.
    let content_of: Vec<usize> = (0..steps.len()).rev().collect();
    let step_of = &content_of;
    let find = |content: usize| compare(steps[step_of[content]].schemas, &scope).expect("few pairs").findings;
    let compared = ledger.contents(&content_of).into_iter().map(|content| (content, find(content))).collect();
    let settled = ledger.settle(&content_of, compared).into_iter();
    settled
        .flat_map(|(content, findings)| findings.into_iter().map(move |finding| (step_of[content], finding)))
        .map(|(step, finding)| (labels[step].clone(), finding))
        .collect()
}

/// What the rules find.
pub(crate) fn find(old: &Side, new: &Side) -> Vec<Finding> {
    let (old, new) = (schema(old), schema(new));
    compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs").findings
}

/// Reads one version.
pub(crate) fn schema(side: &Side) -> Schema {
    let mut sources = Sources::default();
    match link(side, &mut sources) {
        Ok((schema, _)) => schema,
        Err(error) => {
            let place = error.span().map(|span| sources.position(span));
            panic!("a case must be free of errors: {} at {place:?}", error.message);
        }
    }
}

//! One row for what was found against several versions.

use std::collections::BTreeMap;

use canread_compat::{Judged, Pair};
use canread_report::ComparedVersion;

/// The label of a content: that of the newest version that has it.
pub(super) fn label(versions: &[(String, usize)], content: usize) -> String {
    let newest = versions.iter().rev().find(|(_, own)| *own == content);
    newest.map(|(label, _)| label.clone()).unwrap_or_default()
}

/// The versions as a report lists them: each content under its newest label, with the others that it has.
pub(super) fn versions(versions: &[(String, usize)]) -> Vec<ComparedVersion> {
    let mut found: Vec<(usize, ComparedVersion)> = Vec::new();
    for (label, content) in versions.iter().rev() {
        match found.iter_mut().find(|(own, _)| own == content) {
            Some((_, version)) => version.same.push(label.clone()),
            None => found.push((*content, ComparedVersion::new(label))),
        }
    }
    found.into_iter().rev().map(|(_, version)| version).collect()
}

/// Findings of all versions, the newest first, as rows: what is found against several versions once, with the newest one.
/// Ordered as those of a single version are.
pub(super) fn rows(found: Vec<(Judged, Pair<usize>)>) -> Vec<(Judged, Pair<usize>)> {
    let mut rows: Vec<(Judged, Pair<usize>)> = Vec::new();
    let mut by_fingerprint: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (judged, linked) in found {
        let alike = by_fingerprint.entry(judged.fingerprint.clone()).or_default();
        if let Some(at) = alike.iter().find(|at| is_same(&rows[**at].0, &judged)) {
            let row = &mut rows[*at].0;
            row.also_against.extend(judged.against.filter(|label| row.against.as_ref() != Some(label)));
        } else {
            alike.push(rows.len());
            rows.push((judged, linked));
        }
    }
    rows.sort_by(|(one, _), (two, _)| one.order(two));
    rows
}

/// Neighbours that were found in one pair of versions, together.
pub(super) fn neighbours(rows: Vec<(Judged, Pair<usize>)>) -> Vec<(Pair<usize>, Vec<Judged>)> {
    let mut grouped: Vec<(Pair<usize>, Vec<Judged>)> = Vec::new();
    for (judged, linked) in rows {
        match grouped.last_mut() {
            Some((own, judgeds)) if *own == linked => judgeds.push(judged),
            _ => grouped.push((linked, vec![judged])),
        }
    }
    grouped
}

/// Whether both say the same, and weigh the same: what is worse against an older version is a row of its own.
fn is_same(one: &Judged, two: &Judged) -> bool {
    let (mut own, mut others) = (one.broken.clone(), two.broken.clone());
    own.sort_unstable();
    others.sort_unstable();
    one.severity == two.severity && own == others
}

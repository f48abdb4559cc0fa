//! What the tests of all rules of a format share: examples, and findings as lines with what they are about.

use canread_compat::{Example, Finding, Ledger, Pair, Reach, Scope, Step, compare};
use canread_model::Schema;

use crate::shared::{claims, name};

/// What the rules say about an example: between its two versions or, if it has more, what its history has retired.
pub(crate) fn of_example(example: &Example, schema: fn(&str) -> Schema) -> Vec<Finding> {
    let versions = example.versions();
    let [old @ .., new] = &*versions else { return Vec::new() };
    let new = schema(new);
    let old: Vec<Schema> = old.iter().map(|text| schema(text)).collect();
    let scope = Scope::default();
    if let [old] = &*old {
        return compare(Pair { old, new: &new }, &scope).expect("few pairs").findings;
    }
    let steps: Vec<Step<'_>> =
        old.iter().map(|old| Step { label: "one", schemas: Pair { old, new: &new }, scope: &scope }).collect();
    let ledger = Ledger::of(&steps, Reach::New);
    let pairwise = |step: usize| compare(steps[step].schemas, &scope).expect("few pairs").findings;
    ledger.findings(pairwise).into_iter().flat_map(|(_, findings)| findings).collect()
}

/// A finding as a line: `field_deleted M.id: wire/backward/dropped=note, json/backward/error`.
pub(crate) fn line(finding: &Finding) -> String {
    let also = if finding.also.is_empty() { String::new() } else { format!(" +{}", finding.also.len()) };
    format!("{} {}{also}: {}", name(finding.rule), finding.symbol, claims(finding))
}

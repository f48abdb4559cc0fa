//! What the tests of both formats share: cases of two texts, and findings as lines.

use std::fmt::Write;

use canread_compat::{Finding, Rule, default_severity};

/// The claims of a finding in a line: `wire/backward/dropped=note, json/backward/error`. A severity is named where it is not
/// the one that the effect has by default; `source` is always backward and an error, and stands alone.
pub(crate) fn claims(finding: &Finding) -> String {
    let mut claims = finding.claims.clone();
    claims.sort_unstable();
    let words = claims.into_iter().map(|claim| {
        let severity = finding.severity_of(claim);
        let mut text = match (claim.surface.as_str(), claim.effect.as_str()) {
            ("source", "error") => "source".to_owned(),
            (surface, effect) => format!("{surface}/{}/{effect}", claim.direction.as_str()),
        };
        if severity != default_severity(claim.effect) {
            let _ = write!(text, "={}", severity.as_str());
        }
        text
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The name of a rule, without its format.
pub(crate) fn name(rule: &Rule) -> &str {
    rule.id.split_once('/').map_or(rule.id, |(_, name)| name)
}

/// One pair of texts, and what the rules must say about it.
pub(crate) struct Case {
    /// What it proves.
    pub(crate) claim: &'static str,
    /// A whole schema, or what the format's `support.rs` makes one of.
    pub(crate) old: &'static str,
    pub(crate) new: &'static str,
    /// A line for each finding.
    pub(crate) finds: &'static [&'static str],
}

/// Compares every case with what it should find, and fails with all that differ. `lines`: a line for each
/// finding. `is_same`: whether nothing differs between a text and itself.
pub(crate) fn check(
    cases: &[Case],
    whole: fn(&str) -> String,
    lines: fn(&str, &str) -> Vec<String>,
    is_same: fn(&str) -> bool,
) {
    let mut wrong = String::new();
    for case in cases {
        let (old, new) = (whole(case.old), whole(case.new));
        let mut found = lines(&old, &new);
        found.sort();
        if found != case.finds {
            let _ = writeln!(wrong, "{}\n  old {}\n  new {}", case.claim, case.old, case.new);
            for line in &found {
                let _ = writeln!(wrong, "  found    {line:?},");
            }
            for line in case.finds {
                let _ = writeln!(wrong, "  expected {line:?},");
            }
        }
        for text in [&old, &new] {
            assert!(is_same(text), "{}: against itself", case.claim);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

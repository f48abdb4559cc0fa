//! Schema texts in, findings as lines out.

use std::fmt::Write;

use canread_avro::schema::{LinkOptions, read};
use canread_compat::{Comparison, Example, Fate, Finding, Ledger, Pair, Reach, Scope, Step, compare, default_severity};
use canread_model::Schema;
use canread_syntax::Sources;

/// The schema of one text that must be free of errors; a protocol where the text is one.
pub(crate) fn schema(text: &str) -> Schema {
    let name = if text.contains("\"protocol\"") { "schema.avpr" } else { "schema.avsc" };
    let mut sources = Sources::default();
    let file = sources.add(name, "test", text.as_bytes().to_vec());
    let linked = read(&[(name, file)], &sources, &LinkOptions::default());
    assert!(
        !linked.diagnostics.iter().any(canread_syntax::Diagnostic::is_error),
        "{:#?}\nin\n{text}",
        linked.diagnostics
    );
    linked.schema
}

/// What the rules say about two texts.
pub(crate) fn findings(old: &str, new: &str) -> Vec<Finding> {
    with(old, new, |comparison| comparison.findings.clone())
}

/// How many differences two texts have, safe ones too.
pub(crate) fn change_count(old: &str, new: &str) -> usize {
    with(old, new, |comparison| comparison.changes.len())
}

/// All differences of two texts in words.
pub(crate) fn described(old: &str, new: &str) -> Vec<String> {
    with(old, new, |comparison| {
        let described = comparison.changes.iter().map(canread_compat::Change::describe);
        described.map(|one| format!("{} {}", one.symbol, one.what)).collect()
    })
}

/// What became of what differs between two texts, by symbol.
pub(crate) fn fates(old: &str, new: &str) -> Vec<(String, Fate)> {
    with(old, new, |comparison| {
        let described = comparison.changes.iter().map(canread_compat::Change::describe);
        described.map(|change| (change.symbol, change.fate)).collect()
    })
}

fn with<T>(old: &str, new: &str, look: impl FnOnce(&Comparison<'_>) -> T) -> T {
    let (old, new) = (schema(old), schema(new));
    look(&compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs"))
}

/// What the rules say about an example: between its two versions or, if it has more, what its history has retired.
pub(crate) fn of_example(example: &Example) -> Vec<Finding> {
    let versions = example.versions();
    let [old @ .., new] = &*versions else { return Vec::new() };
    if let [old] = old {
        return findings(old, new);
    }
    let new = schema(new);
    let old: Vec<Schema> = old.iter().map(|text| schema(text)).collect();
    let scope = Scope::default();
    let steps: Vec<Step<'_>> =
        old.iter().map(|old| Step { label: "one", schemas: Pair { old, new: &new }, scope: &scope }).collect();
    let ledger = Ledger::of(&steps, Reach::New);
    let pairwise = |step: usize| compare(steps[step].schemas, &scope).expect("few pairs").findings;
    ledger.findings(pairwise).into_iter().flat_map(|(_, findings)| findings).collect()
}

/// A finding as a line: `field_deleted M.a: wire/backward/dropped=note, source`. A severity is named where it is not the
/// one that the effect has by default; `source` is always backward and an error, and stands alone.
pub(crate) fn line(finding: &Finding) -> String {
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
    let words: Vec<String> = words.collect();
    format!("{} {}: {}", finding.rule.id.trim_start_matches("avro/"), finding.symbol, words.join(", "))
}

/// One pair of texts, and what the rules must say about it.
pub(crate) struct Case {
    /// What it proves.
    pub(crate) claim: &'static str,
    /// A whole schema, or the fields of a record `M`.
    pub(crate) old: &'static str,
    pub(crate) new: &'static str,
    /// A line for each finding.
    pub(crate) finds: &'static [&'static str],
}

/// Compares every case with what it should find, and fails with all that differ.
pub(crate) fn check(cases: &[Case]) {
    let mut wrong = String::new();
    for case in cases {
        let (old, new) = (whole(case.old), whole(case.new));
        let mut found: Vec<String> = findings(&old, &new).iter().map(line).collect();
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
            assert_eq!(change_count(text, text), 0, "{}: against itself", case.claim);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn whole(text: &str) -> String {
    let is_fields = text.is_empty() || text.starts_with("{\"name\"");
    if is_fields { format!(r#"{{"type": "record", "name": "M", "fields": [{text}]}}"#) } else { text.to_owned() }
}

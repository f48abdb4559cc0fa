//! Schema texts in, findings as lines out.

use std::fmt::Write;

use canread_compat::{Example, Finding, Ledger, Pair, Reach, Scope, Step, compare, default_severity};
use canread_model::Schema;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::{FileId, Sources};

/// Begins a file of a text that holds several: `// file: shop/order.proto`.
const FILE: &str = "// file: ";

/// Files of others that examples import, as far as they need them.
const IMPORTED: [(&str, &str); 3] = [
    ("google/api/annotations.proto", include_str!("../../../../compat-tests/imports/google/api/annotations.proto")),
    ("buf/validate/validate.proto", include_str!("../../../../compat-tests/imports/buf/validate/validate.proto")),
    ("validate/validate.proto", include_str!("../../../../compat-tests/imports/validate/validate.proto")),
];

/// The files of a text: what stands in front of the first mark is `schema.proto`.
fn files(text: &str) -> Vec<(&str, &str)> {
    let mut files = Vec::new();
    let mut rest = text;
    let mut name = "schema.proto";
    while !rest.is_empty() {
        if let Some(marked) = rest.strip_prefix(FILE) {
            let (marked, behind) = marked.split_once('\n').unwrap_or((marked, ""));
            (name, rest) = (marked, behind);
        }
        let end = rest.find(FILE).unwrap_or(rest.len());
        files.push((name, &rest[..end]));
        rest = &rest[end..];
    }
    if IMPORTED.iter().any(|(name, _)| text.contains(name)) {
        files.extend(IMPORTED);
    }
    files
}

/// The schema of a text that must be free of errors.
fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let named = files(text);
    let ids: Vec<(&str, FileId)> =
        named.iter().map(|(name, text)| (*name, sources.add(*name, "test", text.as_bytes().to_vec()))).collect();
    let linked = read(&ids, &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

/// What the rules say about two texts.
pub(crate) fn all_findings(old: &str, new: &str) -> Vec<Finding> {
    let (old, new) = (schema(old), schema(new));
    compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs").findings
}

/// What the rules say about two texts, unless they speak only when they are asked to.
fn findings(old: &str, new: &str) -> Vec<Finding> {
    all_findings(old, new).into_iter().filter(|finding| !finding.rule.opt_in).collect()
}

/// What the rules say about an example: between its two versions or, if it has more, what its history has retired.
pub(crate) fn of_example(example: &Example) -> Vec<Finding> {
    let versions = example.versions();
    let [old @ .., new] = &*versions else { return Vec::new() };
    if let [old] = old {
        return all_findings(old, new);
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

/// A finding as a line: `field_deleted M.id: wire/backward/dropped=note, json/backward/error`. A severity is named where
/// it is not the one that the effect has by default; `source` is always backward and an error, and stands alone.
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
    let id = finding.rule.id.trim_start_matches("protobuf/");
    let also = if finding.also.is_empty() { String::new() } else { format!(" +{}", finding.also.len()) };
    format!("{id} {}{also}: {}", finding.symbol, words.join(", "))
}

/// One pair of texts, and what the rules must say about it.
pub(crate) struct Case {
    /// What it proves.
    pub(crate) claim: &'static str,
    pub(crate) old: &'static str,
    pub(crate) new: &'static str,
    /// A line for each finding.
    pub(crate) finds: &'static [&'static str],
}

/// Compares every case with what it should find, and fails with all that differ. A text that names no syntax is proto3.
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
            assert!(findings(text, text).is_empty(), "{}: against itself", case.claim);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn whole(text: &str) -> String {
    let is_whole = ["syntax", "edition", "// file"].iter().any(|word| text.starts_with(word));
    if is_whole { text.to_owned() } else { format!("syntax = \"proto3\";\n{text}") }
}

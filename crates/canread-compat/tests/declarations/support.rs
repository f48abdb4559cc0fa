//! Schema texts in, findings as lines out.

use canread_compat::{Example, Finding, Pair, Scope, compare};
use canread_model::Schema;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::{FileId, Sources};

use crate::{shared, shared_examples};

pub(crate) use crate::{shared::Case, shared_examples::line};

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

/// What the rules say about an example.
pub(crate) fn of_example(example: &Example) -> Vec<Finding> {
    shared_examples::of_example(example, schema)
}

/// Holds every case to what it should find. A text that names no syntax is proto3.
pub(crate) fn check(cases: &[Case]) {
    let lines = |old: &str, new: &str| findings(old, new).iter().map(line).collect();
    shared::check(cases, whole, lines, |text| findings(text, text).is_empty());
}

fn whole(text: &str) -> String {
    let is_whole = ["syntax", "edition", "// file"].iter().any(|word| text.starts_with(word));
    if is_whole { text.to_owned() } else { format!("syntax = \"proto3\";\n{text}") }
}

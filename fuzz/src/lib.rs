//! What several targets share: one input as several files, files as a schema, and what must hold of any two schemas.
//!
//! A line `//// NAME` starts a file, so that a seed is readable, minimised inputs can
//! be written down in a test, and joining or cutting lines makes other sets of files.

mod comparison;

use canread_avro::schema as avro;
use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_syntax::{Diagnostic, FileId, Sources};

pub use comparison::{Version, check_comparison};

/// What a line starts with behind which another file begins.
const FILE: &str = "//// ";

/// The line between the old and the new version.
const VERSIONS: &str = "\n//// ====\n";

/// A text as files: import name and content, each name once. What stands in front of the first name is `first`.
#[must_use]
pub fn files<'t>(first: &'t str, text: &'t str) -> Vec<(&'t str, &'t str)> {
    let mut files: Vec<(&str, &str)> = Vec::new();
    let mut name = first;
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(next) = line.strip_prefix(FILE) {
            push(&mut files, name, &text[start..at]);
            name = next.trim_end();
            start = at + line.len();
        }
        at += line.len();
    }
    push(&mut files, name, &text[start..]);
    files
}

fn push<'t>(files: &mut Vec<(&'t str, &'t str)>, name: &'t str, text: &'t str) {
    if !text.is_empty() && files.iter().all(|(known, _)| *known != name) {
        files.push((name, text));
    }
}

/// The two versions of an input; the same twice if nothing divides them.
#[must_use]
pub fn versions(text: &str) -> (&str, &str) {
    text.split_once(VERSIONS).unwrap_or((text, text))
}

/// Links files, with documentation, and adds their texts to `sources`. Every place in a diagnostic must be one.
pub fn link(sources: &mut Sources, version: &str, files: &[(&str, &str)]) -> Linked {
    let add = |(name, text): &(_, &str)| (*name, sources.add(*name, version, text.as_bytes().to_vec()));
    let ids: Vec<(&str, FileId)> = files.iter().map(add).collect();
    let linked = read(&ids, sources, &LinkOptions::default().with_docs(true));
    check_places(sources, &linked.diagnostics);
    linked
}

/// Links what may be a schema; `None` if it has errors.
pub fn link_valid(sources: &mut Sources, version: &str, files: &[(&str, &str)]) -> Option<Linked> {
    let linked = link(sources, version, files);
    let is_valid = sources.diagnostics().is_empty() && !linked.diagnostics.iter().any(Diagnostic::is_error);
    is_valid.then_some(linked)
}

/// Links Avro files, and adds their texts to `sources`. Every place in a diagnostic must be one.
pub fn link_avro(sources: &mut Sources, version: &str, files: &[(&str, &str)]) -> avro::Linked {
    let add = |(name, text): &(_, &str)| (*name, sources.add(*name, version, text.as_bytes().to_vec()));
    let ids: Vec<(&str, FileId)> = files.iter().map(add).collect();
    let linked = avro::read(&ids, sources, &avro::LinkOptions::default());
    check_places(sources, &linked.diagnostics);
    linked
}

/// Links what may be an Avro schema; `None` if it has errors.
pub fn link_valid_avro(sources: &mut Sources, version: &str, files: &[(&str, &str)]) -> Option<avro::Linked> {
    let linked = link_avro(sources, version, files);
    let is_valid = sources.diagnostics().is_empty() && !linked.diagnostics.iter().any(Diagnostic::is_error);
    is_valid.then_some(linked)
}

/// Every span lies in its text, on borders of characters.
pub fn check_places(sources: &Sources, diagnostics: &[Diagnostic]) {
    for label in diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
        let text = sources.file(label.span.file).text();
        assert!(text.get(label.span.range()).is_some(), "a place outside of the text: {label:?}");
        let _ = sources.position(label.span);
        let _ = sources.end_position(label.span);
    }
}

/// One thread: what happens depends on the input alone, and no thread competes with the fuzzer's clock.
pub fn one_thread() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("nobody has used rayon before");
}

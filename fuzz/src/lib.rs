//! What several targets share: one input as several files, files as a schema, and what must hold of any two schemas.
//!
//! A line `//// NAME` starts a file, so that a seed is readable, minimised inputs can
//! be written down in a test, and joining or cutting lines makes other sets of files.

mod comparison;
pub mod decoding;
mod language;
pub mod layers;

use canread_syntax::{Diagnostic, Sources};

pub use comparison::compare_versions;
pub use language::{Language, Linked};

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
fn versions(text: &str) -> (&str, &str) {
    text.split_once(VERSIONS).unwrap_or((text, text))
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

//! Schema texts in, findings as lines out.

use canread_avro::schema::{LinkOptions, read};
use canread_compat::{Comparison, Example, Fate, Finding, Pair, Scope, compare};
use canread_model::Schema;
use canread_syntax::Sources;

use crate::{shared, shared_examples};

pub(crate) use crate::{shared::Case, shared_examples::line};

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

/// What the rules say about an example.
pub(crate) fn of_example(example: &Example) -> Vec<Finding> {
    shared_examples::of_example(example, schema)
}

/// Holds every case to what it should find. A text may be the fields of a record `M`.
pub(crate) fn check(cases: &[Case]) {
    let lines = |old: &str, new: &str| findings(old, new).iter().map(line).collect();
    shared::check(cases, whole, lines, |text| change_count(text, text) == 0);
}

fn whole(text: &str) -> String {
    let is_fields = text.is_empty() || text.starts_with("{\"name\"");
    if is_fields { format!(r#"{{"type": "record", "name": "M", "fields": [{text}]}}"#) } else { text.to_owned() }
}

//! Schema texts in, findings as lines out.

use std::collections::BTreeMap;
use std::fmt::Write;

use canread_compat::{Finding, Pair, Scope, compare, lint, lints};
use canread_model::{Format, Schema};
use canread_syntax::{Diagnostic, Sources};

/// The schema of one text that must be free of errors.
pub(crate) fn schema(format: Format, text: &str) -> Schema {
    let mut sources = Sources::default();
    let mut add = |name: &str| sources.add(name, "test", text.as_bytes().to_vec());
    let (schema, diagnostics) = if format == Format::Avro {
        let name = if text.starts_with("protocol") { "schema.avdl" } else { "schema.avsc" };
        let files = [(name, add(name))];
        let linked = canread_avro::schema::read(&files, &sources, &canread_avro::schema::LinkOptions::default());
        (linked.schema, linked.diagnostics)
    } else {
        let files = [("schema.proto", add("schema.proto"))];
        let linked =
            canread_protobuf::schema::read(&files, &sources, &canread_protobuf::schema::LinkOptions::default());
        (linked.schema, linked.diagnostics)
    };
    assert!(!diagnostics.iter().any(Diagnostic::is_error), "{diagnostics:#?}\nin\n{text}");
    schema
}

/// What the lints say about a text; what others declare is not looked at.
pub(crate) fn linted(format: Format, text: &str) -> Vec<Finding> {
    let schema = schema(format, text);
    let own = schema.modules().filter(|(_, module)| module.name.starts_with("schema."));
    lint(&schema, &own.map(|(id, _)| id).collect())
}

/// What the rules say about two texts.
pub(crate) fn compared(format: Format, old: &str, new: &str) -> Vec<Finding> {
    let (old, new) = (schema(format, old), schema(format, new));
    compare(Pair { old: &old, new: &new }, &Scope::default()).expect("few pairs").findings
}

/// A text, and what a lint finds in it.
pub(crate) struct Case {
    /// The lint, without `lint/` and the format.
    pub(crate) lint: &'static str,
    /// What it proves.
    pub(crate) claim: &'static str,
    pub(crate) text: &'static str,
    /// The symbols that are found; none of a near miss.
    pub(crate) finds: &'static [&'static str],
}

/// Holds every case to what should be found, and every lint of the format to a hit and two near misses.
pub(crate) fn check(format: Format, cases: &[Case]) {
    let mut wrong = String::new();
    let of_format = lints().iter().filter(|lint| lint.rule.formats.contains(&format));
    let mut counts: BTreeMap<&str, (usize, usize)> = of_format.map(|lint| (lint.rule.id, (0, 0))).collect();
    for case in cases {
        let id = format!("lint/{}/{}", format.as_str(), case.lint);
        let count = counts.get_mut(&*id).unwrap_or_else(|| panic!("there is no {id}"));
        let text = whole(format, case.text);
        let found: Vec<String> = linted(format, &text)
            .into_iter()
            .filter(|finding| finding.rule.id == id)
            .map(|found| found.symbol)
            .collect();
        if found != case.finds {
            let _ = writeln!(wrong, "{id}: {}\n{text}\n  found {found:?}\n  expected {:?}", case.claim, case.finds);
        }
        *(if case.finds.is_empty() { &mut count.1 } else { &mut count.0 }) += 1;
    }
    for (id, (hits, misses)) in counts {
        if hits == 0 || misses < 2 {
            let _ = writeln!(wrong, "{id} has {hits} hits and {misses} near misses");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Fields of an Avro record `n.M`, or declarations of a proto3 file of the package `p`, unless the text is whole.
fn whole(format: Format, text: &str) -> String {
    match format {
        Format::Avro if text.starts_with("{\"name\"") => {
            format!(r#"{{"type": "record", "name": "M", "namespace": "n", "fields": [{text}]}}"#)
        }
        Format::Protobuf if !text.starts_with("syntax") && !text.starts_with("edition") => {
            format!("syntax = \"proto3\";\npackage p;\n{text}")
        }
        _ => text.to_owned(),
    }
}

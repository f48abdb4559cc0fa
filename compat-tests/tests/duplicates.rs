//! Names that two files declare apart from each other: each is compared with itself.

use canread_compat::{Pair, Scope, compare};
use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_syntax::Sources;

fn link(files: &[(&str, &str)]) -> Linked {
    let mut sources = Sources::default();
    let files: Vec<_> =
        files.iter().map(|(name, text)| (*name, sources.add(*name, "test", text.as_bytes().to_vec()))).collect();
    let linked = read(&files, &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(canread_syntax::Diagnostic::is_error), "{:?}", linked.diagnostics);
    linked
}

fn changes(old: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<String> {
    let (old, new) = (link(old), link(new));
    let comparison = compare(Pair { old: &old.schema, new: &new.schema }, &Scope::default()).expect("few pairs");
    let describe = |change: &canread_compat::Change<'_>| {
        let description = change.describe();
        format!("{} {}", description.symbol, description.what)
    };
    comparison.changes.iter().map(describe).collect()
}

const INT: (&str, &str) = ("one.proto", "syntax = \"proto3\"; message M { int32 a = 1; }");
const TEXT: (&str, &str) = ("two.proto", "syntax = \"proto3\"; message M { string a = 1; }");
const BYTES: (&str, &str) = ("two.proto", "syntax = \"proto3\"; message M { bytes a = 1; }");

#[test]
fn a_name_that_two_files_declare_apart_is_the_same_in_each_of_them() {
    assert_eq!(changes(&[INT, TEXT], &[INT, TEXT]), Vec::<String>::new());
}

#[test]
fn a_change_of_the_second_declaration_is_seen() {
    assert_eq!(changes(&[INT, TEXT], &[INT, BYTES]).len(), 1);
}

#[test]
fn a_second_declaration_that_is_gone_or_new_is_seen() {
    assert_eq!(changes(&[INT], &[INT, TEXT]), ["M message is new"]);
}

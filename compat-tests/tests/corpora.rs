//! Every rule over real schemas against themselves, where it must find nothing.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use canread_compat::{Pair, Scope, compare};
use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_syntax::Sources;
use canread_testing::Gate;

/// Reads every `.proto` file below a directory, which is the include root.
///
/// Some test schemas are meant to be wrong, or declare what another one declares too: files with errors are left
/// out, and what imports them, until the rest stands.
fn link(root: &Path) -> (Linked, Counts) {
    let mut paths = Vec::new();
    collect(root, &mut paths);
    paths.sort();
    let mut sources = Sources::default();
    let files: Vec<_> = paths
        .iter()
        .map(|path| {
            let name =
                path.strip_prefix(root).expect("the path was found below the root").to_string_lossy().into_owned();
            let text = fs::read(path).expect("a corpus file can be read");
            let id = sources.add(name.as_str(), "corpus", text);
            (name, id)
        })
        .collect();
    let mut left: Vec<_> = files.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    loop {
        let linked = read(&left, &sources, &LinkOptions::default());
        let errors = linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let wrong: BTreeSet<_> = errors.map(|error| error.span().expect("an error has a place").file).collect();
        if wrong.is_empty() {
            return (linked, Counts { files: files.len(), refused: files.len() - left.len() });
        }
        left.retain(|(_, id)| !wrong.contains(id));
    }
}

/// How many files there are, and how many were left out.
struct Counts {
    files: usize,
    refused: usize,
}

fn collect(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a corpus folder can be listed") {
        let path = entry.expect("a corpus folder can be listed").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "proto") {
            paths.push(path);
        }
    }
}

fn is_silent_on(corpus: &str) {
    let Some(root) = canread_testing::corpus(corpus) else { return };
    let ((one, counts), (two, _)) = (link(&root), link(&root));
    let comparison = compare(Pair { old: &one.schema, new: &two.schema }, &Scope::default()).expect("few pairs");
    let findings: Vec<_> = comparison.findings.iter().map(|found| (found.rule.id, &found.message)).collect();
    assert!(findings.is_empty(), "{corpus} against itself: {:?}", &findings[..findings.len().min(5)]);
    let changes: Vec<_> = comparison.changes.iter().map(canread_compat::Change::describe).collect();
    assert!(changes.is_empty(), "{corpus} against itself: {:?}", &changes[..changes.len().min(5)]);
    assert!(one.schema.decls().len() > 100, "{corpus} holds schemas");
    let Counts { files, refused } = counts;
    let listed = if refused == 0 { "" } else { "no list: files with errors, and what imports them" };
    Gate { corpus, held_to: "as one directory: equal to itself", files, refused, listed }.held();
}

#[test]
fn no_rule_finds_anything_between_googleapis_of_2025_and_itself() {
    is_silent_on("protobuf/googleapis-2025-08");
}

#[test]
fn no_rule_finds_anything_between_googleapis_of_2026_and_itself() {
    is_silent_on("protobuf/googleapis-2026-08");
}

#[test]
fn no_rule_finds_anything_between_the_protobuf_unit_test_schemas_and_themselves() {
    is_silent_on("protobuf/protobuf-unittest/src");
}

//! Real schemas against themselves, where nothing differs, and against their neighbours, where much does.

use std::{
    fs,
    path::{Path, PathBuf},
};

use canread_avro::schema::{LinkOptions, read};
use canread_compat::{Pair, Scope, compare};
use canread_model::Schema;
use canread_syntax::Sources;

#[test]
fn no_real_schema_differs_from_itself_and_any_two_can_be_compared() {
    let Some(corpus) = canread_testing::corpus("avro") else { return };
    let mut paths = Vec::new();
    collect(&corpus, &mut paths);
    paths.sort();
    let schemas: Vec<(&PathBuf, Schema)> = paths.iter().filter_map(|path| Some((path, sound(path)?))).collect();
    assert!(schemas.len() > 100, "only {} schemas", schemas.len());
    for (path, schema) in &schemas {
        let same = compare(Pair { old: schema, new: schema }, &Scope::default()).expect("few pairs");
        let changes: Vec<_> = same.changes.iter().map(canread_compat::Change::describe).collect();
        assert!(changes.is_empty(), "{} against itself: {changes:?}", path.display());
    }
    for neighbours in schemas.windows(2) {
        let [(_, old), (_, new)] = neighbours else { continue };
        for change in compare(Pair { old, new }, &Scope::default()).expect("few pairs").changes {
            assert!(!change.describe().what.is_empty(), "each change has words");
        }
    }
}

/// The schema of a file that is free of errors when it is read alone.
fn sound(path: &Path) -> Option<Schema> {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "corpus", fs::read(path).ok()?);
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    let has_errors = linked.diagnostics.iter().any(canread_syntax::Diagnostic::is_error);
    (!has_errors).then_some(linked.schema)
}

fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).expect("the corpus can be listed") {
        let path = entry.expect("the corpus can be listed").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|suffix| suffix == "avsc" || suffix == "avpr") {
            paths.push(path);
        }
    }
}

//! The Avro rules over real schemas: whole directories against themselves, and histories version by version.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use canread_avro::schema::{LinkOptions, Linked, read};
use canread_compat::{Comparison, Pair, Scope, compare};
use canread_syntax::Sources;
use canread_testing::Gate;

/// Files of apache/avro that are refused, and why: nothing more may be.
const REFUSED: [(&str, &str); 8] = [
    ("lang/csharp/src/apache/perf/schema.avsc", "is no JSON: it has commas behind the last member"),
    (
        "lang/java/archetypes/avro-service-archetype/src/main/resources/archetype-resources/src/main/avro/order-service.avpr",
        "is a template: its namespace is `${package}.service`",
    ),
    ("lang/java/compiler/src/test/idl/AnnotationOnTypeReference.avdl", "is made to be refused: an annotated reference"),
    ("lang/java/compiler/src/test/idl/input/import.avdl", "imports from a class path of Java"),
    ("lang/java/idl/src/test/idl/AnnotationOnTypeReference.avdl", "is made to be refused: an annotated reference"),
    ("lang/java/idl/src/test/idl/extra/duplicateNameErrorParsing.avdl", "is made to be refused: a name twice"),
    ("lang/java/idl/src/test/idl/input/import.avdl", "imports from a class path of Java"),
    ("lang/java/maven-plugin/src/test/avro/AvdlClasspathImport.avdl", "imports from a class path of Java"),
];

/// Schemas, protocols and IDL below a directory, by their path relative to it. A link that leads nowhere is no file.
fn files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).expect("the corpus can be listed") {
            let path = entry.expect("the corpus can be listed").path();
            let is_avro = |ending: &std::ffi::OsStr| ending == "avsc" || ending == "avpr" || ending == "avdl";
            if path.is_dir() {
                open.push(path);
            } else if path.is_file() && path.extension().is_some_and(is_avro) {
                let name = path.strip_prefix(root).expect("below the root").to_str().expect("UTF-8 names");
                found.push(name.replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// Reads files of a directory as one schema; with the files that have errors.
fn link(root: &Path, names: &[String]) -> (Linked, BTreeSet<String>) {
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for name in names {
        let text = fs::read(root.join(name)).expect("the corpus can be read");
        files.push((name.as_str(), sources.add(name.as_str(), "corpus", text)));
    }
    let linked = read(&files, &sources, &LinkOptions::default());
    let errors = linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let wrong = errors.map(|error| sources.file(error.span().expect("an error has a place").file).name().to_owned());
    let wrong = wrong.collect();
    (linked, wrong)
}

fn between<'a>(old: &'a Linked, new: &'a Linked) -> Comparison<'a> {
    compare(Pair { old: &old.schema, new: &new.schema }, &Scope::default()).expect("few pairs")
}

fn is_silent_on(corpus: &str, refused: &[(&str, &str)], count_min: usize) {
    let Some(root) = canread_testing::corpus(corpus) else { return };
    let mut names = files(&root);
    assert!(names.len() >= count_min, "{corpus} has {} files", names.len());
    let (linked, wrong) = link(&root, &names);
    let refused: BTreeSet<String> = refused.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(wrong, refused, "{:#?}", linked.diagnostics.iter().filter(|one| one.is_error()).collect::<Vec<_>>());
    names.retain(|name| !refused.contains(name));
    let ((one, wrong), (two, _)) = (link(&root, &names), link(&root, &names));
    assert!(wrong.is_empty(), "without those files, others have errors: {wrong:?}");
    let comparison = between(&one, &two);
    let findings: Vec<_> = comparison.findings.iter().map(|found| (found.rule.id, &found.message)).collect();
    assert!(findings.is_empty(), "{corpus} against itself: {findings:?}");
    let changes: Vec<_> = comparison.changes.iter().map(canread_compat::Change::describe).collect();
    assert!(changes.is_empty(), "{corpus} against itself: {changes:?}");
    let listed = if refused.is_empty() { "" } else { "REFUSED in compat-tests/tests/avro_corpora.rs" };
    let held_to = "as one directory: read, and equal to itself";
    Gate { corpus, held_to, files: names.len() + refused.len(), refused: refused.len(), listed }.held();
}

#[test]
fn all_of_apache_avro_as_one_directory_is_read_but_for_eight_files_and_equals_itself() {
    is_silent_on("avro/apache-avro", &REFUSED, 180);
}

#[test]
fn all_of_datahub_as_one_directory_is_read_and_equals_itself() {
    is_silent_on("avro/datahub", &[], 4);
}

/// Each pair of neighbours, with how often each rule speaks.
#[test]
fn the_histories_of_datahub_have_the_findings_that_were_reviewed() {
    let mut text = String::from(REVIEWED);
    let mut versions = 0;
    for history in ["mae", "mce", "schema"] {
        let Some(root) = canread_testing::corpus(&format!("avro/history-datahub-{history}")) else { return };
        // A version has the name of the schema: the file is one, whatever the corpus calls it.
        let names = files(&root);
        versions += names.len();
        for pair in names.windows(2) {
            let [(old, old_wrong), (new, new_wrong)] = [0, 1].map(|at| link(&root, &pair[at..=at]));
            assert!(old_wrong.is_empty() && new_wrong.is_empty(), "{history}: {pair:?}");
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for finding in between(&old, &new).findings {
                *counts.entry(finding.rule.id).or_default() += 1;
            }
            let _ = writeln!(text, "{history} {} -> {}", pair[0], pair[1]);
            for (rule, count) in counts {
                let _ = writeln!(text, "  {count} {rule}");
            }
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("datahub-histories.txt");
    if std::env::var_os("CANREAD_BLESS").is_some() {
        fs::write(&path, &text).expect("the summary can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, text, "{} is out of date: CANREAD_BLESS=1 writes it anew", path.display());
    let held_to = "versions pair by pair as in compat-tests/datahub-histories.txt";
    Gate { corpus: "avro/history-datahub-*", held_to, files: versions, refused: 0, listed: "" }.held();
}

/// What stands above the summary.
const REVIEWED: &str = "\
How often each rule speaks between neighbours of datahub's Avro histories, in both directions and with all promises.
Written by the tests of this package: CANREAD_BLESS=1 cargo test -p compat-tests --test avro_corpora.

Reviewed: all findings on the wire but two are about old readers of new data. datahub adds aspects (union branches) and symbols without
an enum default, which its old readers refuse. Only the two (in each history) for records whose names changed in the case of a letter
(EditableDataflowProperties, EditableDatajobProperties), without aliases, harm new readers of old data too. In schema v006 -> v007 the file
itself became a union, which JSON shows. Fields are added with defaults, about which libraries differ in JSON alone.

";

//! The reader over every `.avdl` of apache/avro, and beside what Avro's own tools made of some.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use canread_avro::schema::ast::{Body, File};
use canread_avro::schema::idl::{Found, Loaded, import_path, json_text, load, parse, to_json};
use canread_avro::schema::{self, LinkOptions, NamedFile, link, print};
use canread_syntax::json::{self, Kind, Node};
use canread_syntax::{Diagnostic, FileId, Sources};
use canread_testing::Gate;

use crate::help::render;

const CORPUS: &str = "avro/apache-avro";

/// Files that are meant to fail, with the reason. A listed one that is read fails the test.
const REFUSED: [(&str, &str); 2] = [
    (
        "lang/java/idl/src/test/idl/AnnotationOnTypeReference.avdl",
        "\"Type references may not be annotated\": TestReferenceAnnotationNotAllowed of Avro Java",
    ),
    ("lang/java/compiler/src/test/idl/AnnotationOnTypeReference.avdl", "the same in the older compiler"),
];

/// Every file below a folder with one of the endings, by its path below the folder.
fn files(folder: &Path, endings: &[&str]) -> Sources {
    let mut folders = vec![folder.to_path_buf()];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the corpus can be read") {
            let path = entry.expect("an entry of the corpus can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|&ending| path.extension() == Some(OsStr::new(ending))) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut sources = Sources::default();
    for path in paths {
        let name = path.strip_prefix(folder).expect("a file below the folder").to_string_lossy().replace('\\', "/");
        sources.add(name, "corpus", fs::read(&path).expect("a file of the corpus can be read"));
    }
    sources
}

#[test]
fn every_file_is_read_but_those_that_are_meant_to_fail() {
    let Some(folder) = canread_testing::corpus(CORPUS) else { return };
    let sources = files(&folder, &["avdl"]);
    assert_eq!(sources.iter().count(), 66);
    for (id, file) in sources.iter() {
        let refused = REFUSED.iter().any(|(listed, _)| file.name() == *listed);
        let diagnostics = parse(id, file.text()).diagnostics;
        let errors: Vec<_> =
            diagnostics.iter().filter(|one| one.is_error()).flat_map(|one| render(one, &sources)).collect();
        assert_eq!(!errors.is_empty(), refused, "{}: {errors:?}", file.name());
    }
    let (files, listed) = (sources.iter().count(), "REFUSED in canread-avro/tests/idl/corpus.rs");
    Gate { corpus: CORPUS, held_to: ".avdl parses", files, refused: REFUSED.len(), listed }.held();
}

/// A folder of the IDL tests: inputs, outputs, and what Java finds by its class path.
struct Tests {
    sources: Sources,
}

impl Tests {
    fn below(folder: &str) -> Option<Self> {
        let corpus = canread_testing::corpus(CORPUS)?;
        Some(Self { sources: files(&corpus.join(folder), &["avdl", "avpr", "avsc"]) })
    }

    fn find(&self, name: &str) -> Option<Found<'_>> {
        let (file, found) = self.sources.iter().find(|(_, file)| file.name() == name)?;
        Some(Found { file, text: found.text() })
    }

    /// A file with its imports, which the class path has where the folder doesn't.
    fn load(&self, name: &str) -> Loaded<'_> {
        load(self.find(name).expect("the file is in the corpus"), |from, import| {
            let path = import_path(self.sources.file(from).name(), &import.path.text)?;
            self.find(&path).or_else(|| self.find(&format!("putOnClassPath/{}", import.path.text)))
        })
    }

    /// What is wrong with the names and values in a file and its imports. What the class path has
    /// is called as if it stood beside the inputs: only Java knows class paths.
    fn link(&self, loaded: Loaded<'_>) -> Vec<String> {
        let name = |file: &File<'_>| self.sources.file(file.span.file).name().replace("putOnClassPath/", "input/");
        let names: Vec<_> = loaded.files.iter().map(name).collect();
        let files = names.iter().zip(loaded.files).map(|(name, file)| NamedFile { name, file }).collect();
        self.errors(&link(files, &LinkOptions::default()).diagnostics)
    }

    fn errors(&self, diagnostics: &[Diagnostic]) -> Vec<String> {
        diagnostics.iter().filter(|one| one.is_error()).flat_map(|one| render(one, &self.sources)).collect()
    }

    /// The JSON of every input, beside its output; and that both mean the same, where one protocol says it all.
    fn check(&self, count: usize) {
        let inputs =
            self.sources.iter().filter_map(|(_, file)| file.name().strip_prefix("input/")?.strip_suffix(".avdl"));
        let inputs: Vec<_> = inputs.collect();
        assert_eq!(inputs.len(), count);
        for name in inputs {
            let input = format!("input/{name}.avdl");
            let loaded = self.load(&input);
            assert_eq!(self.errors(&loaded.diagnostics), Vec::<String>::new(), "{name}");
            let output = match name.strip_suffix("_schema") {
                Some(schema) => format!("output/{schema}.avsc"),
                None => format!("output/{name}.avpr"),
            };
            let expected = self.find(&output).expect("the output is in the corpus");
            let found = json_text(&to_json(&loaded).expect("the types are not too deep"));
            let difference = difference(&document(expected.text), &document(&found), "");
            assert_eq!(difference, None, "{name}, which is\n{found}");
            if let [File { body: Body::Protocol(_), .. }] = loaded.files[..] {
                assert_eq!(printed(&input, self.find(&input).map_or("", |file| file.text)), printed(&output, &found));
            }
            assert_eq!(self.link(loaded), Vec::<String>::new(), "{name}");
        }
    }
}

/// Files that are read but have other errors, with the reason. A listed one without errors fails the test.
const NOT_LINKED: [(&str, &str); 4] = [
    ("lang/java/compiler/src/test/idl/input/import.avdl", "imports what only the class path has"),
    ("lang/java/idl/src/test/idl/extra/duplicateNameErrorParsing.avdl", "declares an enum twice, and is meant to fail"),
    ("lang/java/idl/src/test/idl/input/import.avdl", "imports what only the class path has"),
    ("lang/java/maven-plugin/src/test/avro/AvdlClasspathImport.avdl", "imports what only the class path has"),
];

#[test]
fn every_file_that_is_read_is_linked_with_its_imports() {
    let Some(tests) = Tests::below("") else { return };
    let names = tests
        .sources
        .iter()
        .map(|(_, file)| file.name())
        .filter(|name| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "avdl"));
    let mut count = 0;
    for name in names {
        count += 1;
        if REFUSED.iter().any(|(refused, _)| name == *refused) {
            continue;
        }
        let loaded = tests.load(name);
        let errors = [tests.errors(&loaded.diagnostics), tests.link(loaded)].concat();
        let listed = NOT_LINKED.iter().any(|(listed, _)| name == *listed);
        assert_eq!(!errors.is_empty(), listed, "{name}: {errors:?}");
    }
    let (refused, listed) =
        (REFUSED.len() + NOT_LINKED.len(), "REFUSED, NOT_LINKED in canread-avro/tests/idl/corpus.rs");
    Gate { corpus: CORPUS, held_to: ".avdl links with its imports", files: count, refused, listed }.held();
}

#[test]
fn the_json_is_that_of_avro_1_12() {
    let Some(tests) = Tests::below("lang/java/idl/src/test/idl") else { return };
    tests.check(18);
    equals_javas(18, "Avro Java 1.12");
}

#[test]
fn the_json_is_that_of_the_older_compiler() {
    let Some(tests) = Tests::below("lang/java/compiler/src/test/idl") else { return };
    tests.check(14);
    equals_javas(14, "the older Avro Java compiler");
}

fn equals_javas(files: usize, whose: &str) {
    let held_to = format!("JSON of IDL equals what {whose} expects");
    Gate { corpus: CORPUS, held_to: &held_to, files, refused: 0, listed: "" }.held();
}

/// A file linked and printed.
fn printed(name: &str, text: &str) -> String {
    let mut sources = Sources::default();
    let id = sources.add(name, "corpus", text.as_bytes().to_vec());
    let linked = schema::read(&[(name, id)], &sources, &LinkOptions::default());
    let errors: Vec<_> =
        linked.diagnostics.iter().filter(|one| one.is_error()).flat_map(|one| render(one, &sources)).collect();
    assert_eq!(errors, Vec::<String>::new(), "{name}");
    let (module, _) = linked.schema.modules().next().expect("there is one file");
    print::module(&linked.schema, module)
}

fn document(text: &str) -> Node<'_> {
    let parsed = json::parse(FileId(0), text, json::Limits::default());
    assert!(parsed.document().is_some(), "{:?}", parsed.diagnostics);
    parsed.root.expect("a document has a root")
}

/// The first place at which two values differ: not by the order of keys, nor by how numbers are spelled.
fn difference(expected: &Node<'_>, found: &Node<'_>, path: &str) -> Option<String> {
    let here = || Some(format!("{path}: expected {:?}, found {:?}", expected.kind, found.kind));
    match (&expected.kind, &found.kind) {
        (Kind::Number(a), Kind::Number(b)) if a.decimal() == b.decimal() => None,
        (Kind::Array(a), Kind::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(at, (a, b))| difference(a, b, &format!("{path}/{at}")))
        }
        (Kind::Object(a), Kind::Object(b)) if a.len() == b.len() => a.iter().find_map(|member| {
            let path = format!("{path}/{}", member.key);
            match found.get(&member.key) {
                Some(other) => difference(&member.value, other, &path),
                None => Some(format!("{path}: missing")),
            }
        }),
        (a, b) if a == b => None,
        _ => here(),
    }
}

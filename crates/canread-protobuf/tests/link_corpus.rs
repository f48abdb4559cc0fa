//! Real schemas link without an error.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use canread_protobuf::schema::{LinkOptions, Linked, read, scan_imports};
use canread_syntax::Sources;
use canread_testing::Gate;

/// Files below a directory, by their path relative to it.
fn proto_files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).expect("the corpus can be listed") {
            let path = entry.expect("the corpus can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "proto") {
                let name = path.strip_prefix(root).expect("below the root");
                found.push(name.to_str().expect("UTF-8 names").replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn errors(linked: &Linked, sources: &Sources) -> Vec<String> {
    let errors = linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors
        .map(|error| {
            let place = error.span().filter(|span| span.file != wkt_file());
            let place = place.map(|span| (sources.file(span.file).name(), sources.position(span).line));
            format!("{place:?}: {}", error.message)
        })
        .collect()
}

fn wkt_file() -> canread_syntax::FileId {
    canread_protobuf::schema::ast::NO_SPAN.file
}

fn link_all(corpus: &str) {
    let Some(root) = canread_testing::corpus(corpus) else { return };
    let names = proto_files(&root);
    let mut sources = Sources::default();
    let files: Vec<_> = names
        .iter()
        .map(|name| {
            let bytes = fs::read(root.join(name)).expect("the corpus can be read");
            (name.as_str(), sources.add(name.as_str(), "", bytes))
        })
        .collect();
    let linked = read(&files, &sources, &LinkOptions::default());
    assert_eq!(errors(&linked, &sources), [""; 0]);
    let own = linked.schema.modules().filter(|(_, module)| names.iter().any(|name| **name == *module.name));
    assert_eq!(own.count(), names.len());
    Gate { corpus, held_to: "links", files: names.len(), refused: 0, listed: "" }.held();
}

#[test]
fn every_file_of_googleapis_2025_links() {
    link_all("protobuf/googleapis-2025-08");
}

#[test]
fn every_file_of_googleapis_2026_links() {
    link_all("protobuf/googleapis-2026-08");
}

/// Where imports of the Protobuf repository start from, besides the folders around the file that imports.
const ROOTS: [&str; 3] = ["src", "java/core/src/test/proto", "python"];

const INTERNAL: &str = "uses options or files that only Google's own copy declares: protoc refuses it too, and with those it links (below)";

/// Files that don't link, each with its reason. Files that need a later edition are told apart by their error.
const REFUSED: [(&str, &str); 19] = [
    ("editions/codegen_tests/edition2023_go_api_flag.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_go_api_flag_nested.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_go_api_level.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_go_google3_go_api_default.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_go_oss_go_api_default.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_import.proto", "names a type that nothing declares; protoc refuses it too"),
    ("editions/codegen_tests/edition2023_import_feature.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_java_proto1_multiple_files.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_java_proto1_no_multiple_files.proto", INTERNAL),
    ("editions/codegen_tests/edition2023_java_proto1_outer_classname_future.proto", INTERNAL),
    ("editions/golden/edition2023_transform/proto2.proto", INTERNAL),
    ("editions/golden/edition2023_transform/proto3.proto", INTERNAL),
    ("editions/golden/edition2024_transform/edition2023.proto", INTERNAL),
    ("editions/golden/edition2024_transform/proto2.proto", INTERNAL),
    ("editions/golden/edition2024_transform/proto3.proto", INTERNAL),
    ("editions/golden/edition2024_transform/test_messages_proto2.proto", INTERNAL),
    ("editions/golden/edition2024_transform/test_messages_proto3.proto", INTERNAL),
    ("editions/input/edition2023_transform/proto2.proto", INTERNAL),
    ("editions/input/edition2023_transform/proto3.proto", INTERNAL),
];

#[test]
fn nearly_every_file_of_protobuf_itself_links() {
    let Some(root) = canread_testing::corpus("protobuf/protobuf-unittest") else { return };
    let mut failures = BTreeMap::new();
    let mut later = 0;
    let files = proto_files(&root);
    let count = files.len();
    for file in files {
        let mut closure = Closure::default();
        closure.add(&root, import_name(&file), &file);
        let (linked, sources) = closure.link();
        let errors = errors(&linked, &sources);
        let needs_later_edition = linked.diagnostics.iter().any(|error| error.code == "protobuf/unknown_version");
        later += usize::from(needs_later_edition);
        if !errors.is_empty() && !needs_later_edition {
            failures.insert(file, errors);
        }
    }
    let failed: BTreeSet<&str> = failures.keys().map(String::as_str).collect();
    let refused: BTreeSet<&str> = REFUSED.iter().map(|(file, _)| *file).collect();
    assert_eq!(failed, refused, "{failures:#?}");
    let refused = refused.len() + later;
    let listed = "REFUSED in canread-protobuf/tests/link_corpus.rs, and what needs a later edition";
    Gate { corpus: "protobuf/protobuf-unittest", held_to: "links", files: count, refused, listed }.held();
}

/// What only Google's own copy declares in files that the public one has too: file, line, what comes after it.
const INTERNAL_ADDITIONS: [(&str, &str, &str); 3] = [
    (
        DESCRIPTOR,
        "message FileOptions {",
        "optional string go_api_flag = 901; optional int32 java_api_version = 902; \
         optional string java_outer_classname_proto1 = 903;",
    ),
    (DESCRIPTOR, "message MessageOptions {", "optional string go_api_flag = 901;"),
    ("google/protobuf/cpp_features.proto", "enum StringType {", "STRING_PIECE = 9;"),
];

const DESCRIPTOR: &str = "google/protobuf/descriptor.proto";

/// The text of a file as Google's own copy has it, as far as its own files ask for that.
fn internal_text(name: &str, mut text: String) -> String {
    for (_, line, addition) in INTERNAL_ADDITIONS.iter().filter(|(file, _, _)| *file == name) {
        assert_eq!(text.matches(line).count(), 1, "{name}: {line}");
        text = text.replace(line, &format!("{line} {addition}"));
    }
    text
}

#[test]
fn files_of_googles_own_copy_link_when_what_they_use_is_declared() {
    let Some(root) = canread_testing::corpus("protobuf/protobuf-unittest") else { return };
    let mut failures = BTreeMap::new();
    for (file, _) in REFUSED.iter().filter(|(_, reason)| *reason == INTERNAL) {
        let mut closure = Closure { internal: true, ..Closure::default() };
        closure.add(&root, import_name(file), file);
        if !closure.has(DESCRIPTOR) {
            closure.add(&root, DESCRIPTOR, &format!("src/{DESCRIPTOR}"));
        }
        let errors = closure.errors();
        if !errors.is_empty() {
            failures.insert(file, errors);
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

/// The name by which others import a file.
fn import_name(file: &str) -> &str {
    ROOTS.iter().find_map(|root| file.strip_prefix(root)?.strip_prefix('/')).unwrap_or(file)
}

/// Where the stand-ins for files of Google's own copy are.
fn internal_files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/internal")
}

/// A file with all that it imports.
#[derive(Default)]
struct Closure {
    names: Vec<String>,
    texts: Vec<Vec<u8>>,
    /// Whether imports may be files of Google's own copy.
    internal: bool,
}

impl Closure {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    fn add(&mut self, corpus: &Path, name: &str, file: &str) {
        self.add_bytes(corpus, name, file, fs::read(corpus.join(file)).expect("the corpus can be read"));
    }

    fn add_bytes(&mut self, corpus: &Path, name: &str, file: &str, mut bytes: Vec<u8>) {
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if self.internal {
            text = internal_text(name, text);
            bytes = text.clone().into_bytes();
        }
        self.names.push(name.to_owned());
        self.texts.push(bytes);
        for import in scan_imports(&text) {
            if self.has(&import.path) {
                continue;
            }
            if let Some(path) = find(corpus, file, &import.path) {
                self.add(corpus, &import.path, &path);
            } else if let Ok(bytes) = fs::read(internal_files().join(&*import.path))
                && self.internal
            {
                self.add_bytes(corpus, &import.path, "", bytes);
            }
        }
    }

    fn link(&self) -> (Linked, Sources) {
        let sources = self.sources();
        let files: Vec<_> = self.names.iter().map(String::as_str).zip((0..).map(canread_syntax::FileId)).collect();
        (read(&files, &sources, &LinkOptions::default()), sources)
    }

    fn errors(&self) -> Vec<String> {
        let (linked, sources) = self.link();
        errors(&linked, &sources)
    }

    fn sources(&self) -> Sources {
        let mut sources = Sources::default();
        for (name, text) in self.names.iter().zip(&self.texts) {
            sources.add(name.as_str(), "", text.clone());
        }
        sources
    }
}

/// Where an import leads: from the nearest folder around the importing file from which there is such a file.
fn find(corpus: &Path, importer: &str, import: &str) -> Option<String> {
    let around = Path::new(importer).ancestors().skip(1).map(|folder| folder.to_str().expect("UTF-8 names"));
    let candidates = around.chain(ROOTS).map(|root| Path::new(root).join(import));
    let found = candidates.into_iter().find(|candidate| corpus.join(candidate).is_file())?;
    Some(found.to_str().expect("UTF-8 names").to_owned())
}

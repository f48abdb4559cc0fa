//! Real schemas are read without error.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use canread_avro::schema::{LinkOptions, print};
use canread_testing::Gate;

use crate::help::{Files, read_with};

/// Files that are refused, each with its reason. `oracles/avro_read.py` says that `avro` and `fastavro` of Python
/// refuse them too: the test `foreign_readers_refuse_what_is_refused_here` asks it.
pub(crate) const REFUSED: [(&str, &str); 2] = [
    ("apache-avro/lang/csharp/src/apache/perf/schema.avsc", "is no JSON: it has commas behind the last member"),
    (
        "apache-avro/lang/java/archetypes/avro-service-archetype/src/main/resources/archetype-resources/src/main/avro/order-service.avpr",
        "is a template: its namespace is `${package}.service`",
    ),
];

/// Files that use names which other files declare, with those files.
const TOGETHER: [(&str, &[&str]); 6] = [
    (
        "apache-avro/lang/java/avro/src/test/resources/multipleFile/ApplicationEvent.avsc",
        &["DocumentInfo.avsc", "MyResponse.avsc"],
    ),
    ("apache-avro/lang/java/compiler/src/test/idl/input/player.avsc", &["position.avsc"]),
    ("apache-avro/lang/java/idl/src/test/idl/input/player.avsc", &["position.avsc"]),
    (
        "apache-avro/lang/java/maven-plugin/src/test/avro/User.avsc",
        &["imports/PrivacyImport.avsc", "directImport/PrivacyDirectImport.avsc"],
    ),
    (
        "apache-avro/lang/java/maven-plugin/src/test/avro/multipleSchemas/ApplicationEvent.avsc",
        &["DocumentInfo.avsc", "MyResponse.avsc"],
    ),
    ("apache-avro/lang/java/tools/src/test/compiler/input/player.avsc", &["position.avsc"]),
];

/// Schemas and protocols below a directory, by their path relative to it. A link that leads nowhere is no file.
fn avro_files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).expect("the corpus can be listed") {
            let path = entry.expect("the corpus can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.is_file()
                && path.extension().is_some_and(|extension| extension == "avsc" || extension == "avpr")
            {
                let name = path.strip_prefix(root).expect("below the root");
                found.push(name.to_str().expect("UTF-8 names").replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// A corpus file, with the files that are read together with it.
pub(crate) struct Group {
    pub(crate) name: String,
    /// Paths and texts; the file itself comes first.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// Every schema and protocol of the corpora that hold Avro; `None` if one is not there.
pub(crate) fn groups() -> Option<Vec<Group>> {
    let mut groups = Vec::new();
    for corpus in ["apache-avro", "datahub", "history-datahub-mae", "history-datahub-mce", "history-datahub-schema"] {
        let root = canread_testing::corpus(&format!("avro/{corpus}"))?;
        for file in avro_files(&root) {
            let name = format!("{corpus}/{file}");
            let others = TOGETHER.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, others)| others);
            let folder = Path::new(&file).parent().expect("a file stands in a folder");
            let paths =
                std::iter::once(root.join(&file)).chain(others.iter().map(|other| root.join(folder).join(other)));
            let files = paths
                .map(|path| (path.to_string_lossy().into_owned(), fs::read(path).expect("the corpus can be read")));
            groups.push(Group { name, files: files.collect() });
        }
    }
    Some(groups)
}

impl Group {
    pub(crate) fn read(&self) -> Files {
        read_with(self.files.iter().map(|(name, text)| (name.as_str(), text.clone())), &LinkOptions::default())
    }
}

#[test]
fn every_schema_is_read() {
    let Some(groups) = groups() else { return };
    assert!(groups.len() > 150, "the corpora have {} files", groups.len());
    let failures: BTreeMap<String, Vec<String>> = groups
        .iter()
        .map(|group| (group.name.clone(), group.read().errors()))
        .filter(|(_, errors)| !errors.is_empty())
        .collect();
    let failed: BTreeSet<&str> = failures.keys().map(String::as_str).collect();
    let refused: BTreeSet<&str> = REFUSED.iter().map(|(file, _)| *file).collect();
    assert_eq!(failed, refused, "{failures:#?}");
    let listed = "REFUSED in canread-avro/tests/it/corpus.rs";
    let held_to = ".avsc and .avpr are parsed and linked";
    Gate { corpus: "avro", held_to, files: groups.len(), refused: refused.len(), listed }.held();
}

#[test]
fn every_schema_is_printed_and_read_again_as_the_same() {
    for group in groups().unwrap_or_default() {
        let files = group.read();
        if !files.errors().is_empty() {
            continue;
        }
        let schema = &files.linked.schema;
        let texts: Vec<(String, String)> =
            schema.modules().map(|(id, module)| (module.name.to_string(), print::module(schema, id))).collect();
        let again = read_with(
            texts.iter().map(|(name, text)| (name.as_str(), text.clone().into_bytes())),
            &LinkOptions::default(),
        );
        assert_eq!(again.errors(), [""; 0], "{}: {texts:?}", group.name);
        assert_eq!(again.linked.schema.canonical(), schema.canonical(), "{}", group.name);
    }
}

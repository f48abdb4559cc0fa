//! Python's `avro` and `fastavro` read the same files, and find the same canonical forms and fingerprints.

use std::collections::BTreeMap;
use std::process::Stdio;

use canread_avro::schema::{canonical_form, fingerprint, print};
use canread_syntax::FileId;
use canread_syntax::json::{self, Node};

use crate::corpus::{Group, REFUSED, groups};

/// What one library says about a file.
#[derive(Debug, PartialEq, Eq)]
struct Opinion {
    library: String,
    /// `None` if the file is refused.
    canonical: Option<Canonical>,
    is_protocol: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Canonical {
    text: String,
    crc64: String,
    md5: String,
    sha256: String,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// Asks `oracles/avro_read.py` about files, by path.
fn opinions(groups: &[Group]) -> Option<BTreeMap<String, Vec<Opinion>>> {
    let mut command = canread_testing::oracle("avro_read.py")?;
    let paths: Vec<String> = groups.iter().map(|group| group.files[0].0.clone()).collect();
    let text = canread_testing::ask(command.stderr(Stdio::piped()), &paths, &[0]);
    let mut opinions: BTreeMap<String, Vec<Opinion>> = BTreeMap::new();
    for line in text.lines() {
        let parsed = json::parse(FileId(0), line, json::Limits::default());
        let line = parsed.document().expect("the oracle writes JSON");
        let text = |key: &str| line.get(key).and_then(Node::as_str).map(str::to_owned);
        let canonical = text("canonical").map(|canonical| Canonical {
            text: canonical,
            crc64: text("crc64").unwrap_or_default(),
            md5: text("md5").unwrap_or_default(),
            sha256: text("sha256").unwrap_or_default(),
        });
        let library = text("library").expect("the oracle names the library");
        let opinion = Opinion { library, canonical, is_protocol: line.get("protocol").is_some() };
        opinions.entry(text("file").expect("the oracle names the file")).or_default().push(opinion);
    }
    Some(opinions)
}

/// Our canonical form of the first file of a group, if it is a schema.
fn own(group: &Group) -> Option<String> {
    let files = group.read();
    let schema = &files.linked.schema;
    let (module, _) = schema.modules().next().expect("a group has a file");
    Some(canonical_form(schema, print::root(schema, module)?))
}

fn assert_fingerprints(canonical: &Canonical) {
    let text = &canonical.text;
    assert_eq!(format!("{:016x}", fingerprint::crc64(text)), canonical.crc64, "{text}");
    assert_eq!(hex(&fingerprint::md5(text)), canonical.md5, "{text}");
    assert_eq!(hex(&fingerprint::sha256(text)), canonical.sha256, "{text}");
}

#[test]
fn foreign_readers_refuse_what_is_refused_here() {
    let Some(groups) = groups() else { return };
    let refused: Vec<Group> =
        groups.into_iter().filter(|group| REFUSED.iter().any(|(name, _)| *name == group.name)).collect();
    assert_eq!(refused.len(), REFUSED.len());
    let Some(opinions) = opinions(&refused) else { return };
    for group in &refused {
        let said = &opinions[&group.files[0].0];
        assert!(said.iter().all(|one| one.canonical.is_none() && !one.is_protocol), "{}: {said:?}", group.name);
    }
}

/// `avro` 1.12 departs from the specification where a logical type stands on a primitive type (it writes
/// `{"type":"long"}`) and where a fixed is named again (it declares it again). So its canonical forms only have to be
/// the same for most files; those of `fastavro` for all, and the fingerprints of both for whatever they wrote.
#[test]
fn foreign_readers_find_the_same_canonical_forms_and_fingerprints() {
    let Some(groups) = groups() else { return };
    let Some(opinions) = opinions(&groups) else { return };
    let (mut same, mut different) = ([0, 0], Vec::new());
    for group in groups.iter().filter(|group| group.files.len() == 1) {
        for opinion in &opinions[&group.files[0].0] {
            let Some(theirs) = &opinion.canonical else { continue };
            assert_fingerprints(theirs);
            let is_fastavro = opinion.library == "fastavro";
            let ours = own(group);
            if ours.as_ref() == Some(&theirs.text) {
                same[usize::from(is_fastavro)] += 1;
            } else if is_fastavro {
                different.push((&group.name, &theirs.text, ours));
            }
        }
    }
    assert!(different.is_empty(), "{different:#?}");
    assert!(same[0] >= 75 && same[1] >= 100, "too few canonical forms are the same: {same:?}");
}

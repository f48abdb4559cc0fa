//! The schemas with a history under `schemas/`: their documents show what the command prints.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::world::here;

/// The folders whose README has a transcript for each step.
const FOLDERS: [&str; 3] = ["datahub-mce", "shop-avro", "weather"];

const FENCE_OPEN: &str = "```text\n";
const FENCE: &str = "```\n";
const PROMPT: &str = "$ canread ";

/// A document with what every command of a transcript prints now.
fn with_transcripts(document: &str) -> String {
    let mut parts = document.split(FENCE_OPEN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (block, prose) = part.split_once(FENCE).expect("a transcript ends");
        out += FENCE_OPEN;
        for command in block.lines().filter(|line| line.starts_with(PROMPT)) {
            let printed = here(&command[PROMPT.len()..]);
            assert_eq!(printed.err, "", "{command}");
            let _ = write!(out, "{command}\n{}", printed.out);
        }
        out += FENCE;
        out += prose;
    }
    out
}

/// The rules named in prose, as `` `avro/…` ``, and those that findings have, as `[avro/…]`.
fn rules(text: &str, open: char, close: char) -> BTreeSet<&str> {
    let named = text.split(open).skip(1).filter_map(|rest| rest.split(close).next());
    named.filter(|name| name.starts_with("avro/") || name.starts_with("protobuf/")).collect()
}

/// A section without its transcripts.
fn prose(section: &str) -> String {
    let mut parts = section.split(FENCE_OPEN);
    let first = parts.next().unwrap_or_default();
    let behind = parts.filter_map(|part| Some(part.split_once(FENCE)?.1));
    std::iter::once(first).chain(behind).collect()
}

fn document(folder: &Path) -> String {
    fs::read_to_string(folder.join("README.md")).expect("the folder has a README")
}

#[test]
fn the_documents_show_what_the_command_prints() {
    for name in FOLDERS {
        let folder = canread_testing::workspace_root().join("schemas").join(name);
        let shown = document(&folder);
        let printed = with_transcripts(&shown);
        if std::env::var_os("CANREAD_BLESS").is_some() {
            fs::write(folder.join("README.md"), &printed).expect("the README can be written");
        }
        let now = document(&folder);
        assert_eq!(now, printed, "schemas/{name}/README.md is out of date: CANREAD_BLESS=1 writes it anew");
    }
}

#[test]
fn the_documents_name_the_rules_that_speak_and_no_others() {
    for name in FOLDERS {
        let text = document(&canread_testing::workspace_root().join("schemas").join(name));
        let mut sections = text.split("\n## ");
        assert!(rules(sections.next().unwrap_or_default(), '`', '`').is_empty(), "{name}: no rule before the steps");
        for section in sections {
            let (words, found) = (prose(section), rules(section, '[', ']'));
            assert_eq!(rules(&words, '`', '`'), found, "schemas/{name}/README.md: {section}");
        }
    }
}

#[test]
fn every_version_is_shown_beside_an_older_one() {
    for name in FOLDERS {
        let folder = canread_testing::workspace_root().join("schemas").join(name);
        let text = document(&folder);
        let entries = fs::read_dir(&folder).expect("the folder can be listed");
        let paths = entries.map(|entry| entry.expect("the folder can be listed").path()).filter(|path| path.is_dir());
        let mut versions: Vec<String> = paths.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
        versions.sort();
        assert!(versions.len() > 1, "schemas/{name} has {versions:?}");
        for version in &versions[1..] {
            let command = format!("{PROMPT}check schemas/{name}/{version} --against schemas/{name}/");
            assert!(text.contains(&command), "schemas/{name}/{version} is not checked in its README");
        }
    }
}

/// Files below a folder, by their path relative to it.
fn files(folder: &Path) -> Vec<String> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below the folder").to_string_lossy();
                found.push(name.replace('\\', "/"));
            }
        }
    }
    found
}

#[test]
fn the_schemas_of_others_are_as_they_published_them() {
    let schemas = canread_testing::workspace_root().join("schemas");
    for year in ["2025-08", "2026-08"] {
        let Some(corpus) = canread_testing::corpus(&format!("protobuf/googleapis-{year}")) else { return };
        let own = schemas.join("weather").join(year);
        let names = files(&own);
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            assert_eq!(fs::read(own.join(&name)).ok(), fs::read(corpus.join(&name)).ok(), "weather/{year}/{name}");
        }
    }
    let Some(corpus) = canread_testing::corpus("avro/history-datahub-mce") else { return };
    for version in 1..=3 {
        let own = schemas.join(format!("datahub-mce/v{version}/MetadataChangeEvent.avsc"));
        let published = corpus.join(format!("v{version:03}.avsc"));
        let read = |path: &Path| fs::read(path).expect("the file can be read");
        assert!(read(&own) == read(&published), "datahub-mce/v{version} was changed");
    }
}

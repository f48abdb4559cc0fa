//! The reader over real corpora.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use canread_protobuf::schema::{parse, scan_imports};
use canread_syntax::Sources;
use canread_testing::Gate;

/// Files of protobuf-unittest that don't parse, other than those of an edition later than 2024; with the reason.
const REFUSED: [(&str, &str); 0] = [];

/// Every `.proto` file below a folder with its text, in order of their paths.
fn protos(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut folders = vec![folder.to_path_buf()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the corpus can be read") {
            let path = entry.expect("an entry of the corpus can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some(OsStr::new("proto")) {
                files.push((path.clone(), fs::read_to_string(path).expect("a file of the corpus is UTF-8")));
            }
        }
    }
    files.sort();
    files
}

/// `path:line:column: message` of every diagnostic of a file.
fn problems(path: &Path, text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let id = sources.add(path.display().to_string(), "corpus", text.as_bytes().to_vec());
    let describe = |diagnostic: &canread_syntax::Diagnostic| {
        let position = sources.position(diagnostic.span().expect("a parser's diagnostic has a place"));
        format!("{}:{}:{}: {}", path.display(), position.line, position.column, diagnostic.message)
    };
    parse(id, text).diagnostics.iter().map(describe).collect()
}

fn assert_all_parse(corpus: &str) {
    let Some(folder) = canread_testing::corpus(corpus) else { return };
    let files = protos(&folder);
    assert!(files.len() > 5_000, "{corpus} has only {} files", files.len());
    let problems: Vec<_> = files.iter().flat_map(|(path, text)| problems(path, text)).collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems[..problems.len().min(20)].join("\n"));
    Gate { corpus, held_to: "parses", files: files.len(), refused: 0, listed: "" }.held();
}

#[test]
fn every_file_of_googleapis_2025_parses() {
    assert_all_parse("protobuf/googleapis-2025-08");
}

#[test]
fn every_file_of_googleapis_2026_parses() {
    assert_all_parse("protobuf/googleapis-2026-08");
}

#[test]
fn every_file_of_protobufs_own_tests_parses_or_says_that_its_edition_is_too_new() {
    let Some(folder) = canread_testing::corpus("protobuf/protobuf-unittest") else { return };
    let mut too_new = 0;
    let files = protos(&folder);
    for (path, text) in &files {
        let problems = problems(path, text);
        let refused = REFUSED.iter().any(|(listed, _)| path.ends_with(listed));
        match problems.as_slice() {
            [] => assert!(!refused, "{} parses: take it off the list", path.display()),
            [one] if one.contains("the newest this version reads") => too_new += 1,
            problems => assert!(refused, "{}", problems.join("\n")),
        }
    }
    assert_eq!(too_new, 29, "files of an edition later than 2024");
    let refused = too_new + REFUSED.len();
    let listed = "editions later than 2024, by their error";
    Gate { corpus: "protobuf/protobuf-unittest", held_to: "parses", files: files.len(), refused, listed }.held();
}

#[test]
fn the_import_scanner_finds_what_the_parser_finds() {
    for corpus in ["protobuf/googleapis-2025-08", "protobuf/googleapis-2026-08", "protobuf/protobuf-unittest"] {
        let Some(folder) = canread_testing::corpus(corpus) else { continue };
        for (path, text) in protos(&folder) {
            let parsed = parse(canread_syntax::FileId(0), &text);
            let parsed: Vec<_> = parsed.file.imports.iter().map(|import| (&import.path, import.kind)).collect();
            let scanned = scan_imports(&text);
            let scanned: Vec<_> = scanned.iter().map(|import| (&import.path, import.kind)).collect();
            assert_eq!(scanned, parsed, "{}", path.display());
        }
    }
}

/// Prints the throughput of one thread: `cargo test --release -p canread-protobuf --test corpus -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, for an idle machine and a release build"]
#[expect(clippy::cast_precision_loss, reason = "the corpus has far fewer than 2^52 bytes")]
fn throughput() {
    let Some(folder) = canread_testing::corpus("protobuf/googleapis-2026-08") else { return };
    let files = protos(&folder);
    let megabytes = files.iter().map(|(_, text)| text.len()).sum::<usize>() as f64 / 1e6;
    for round in 0..3 {
        let start = Instant::now();
        let trees: Vec<_> = files.iter().map(|(_, text)| parse(canread_syntax::FileId(0), text)).collect();
        let parsing = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let imports = files.iter().map(|(_, text)| scan_imports(text).len()).sum::<usize>();
        let scanning = start.elapsed().as_secs_f64();
        eprintln!(
            "round {round}: parse {megabytes:.1} MB ({} files) in {parsing:.3} s, {:.0} MB/s; {imports} imports in {scanning:.3} s, {:.0} MB/s",
            trees.len(),
            megabytes / parsing,
            megabytes / scanning,
        );
    }
}

//! `JSONTestSuite`: what RFC 8259 requires, what it forbids, and what it leaves to each parser.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use canread_syntax::json::{self, Kind, Limits, Node, Number};
use canread_syntax::{Diagnostic, Sources};
use canread_testing::Gate;
use serde_json::Value;

const SUITE: &str = "json/JSONTestSuite";

/// What we do with the files whose treatment the RFC leaves to the parser, and why.
const LEFT_TO_THE_PARSER: [(&str, bool, &str); 35] = {
    const EXACT: &str = "numbers have any size: the text is kept, `Number` says what fits";
    const LONE: &str = "half a surrogate pair is no character and readers differ on it";
    const BYTES: &str = "RFC 8259 section 8.1 asks for UTF-8, these bytes are not";
    [
        ("number_double_huge_neg_exp", true, EXACT),
        ("number_huge_exp", true, EXACT),
        ("number_neg_int_huge_exp", true, EXACT),
        ("number_pos_double_huge_exp", true, EXACT),
        ("number_real_neg_overflow", true, EXACT),
        ("number_real_pos_overflow", true, EXACT),
        ("number_real_underflow", true, EXACT),
        ("number_too_big_neg_int", true, EXACT),
        ("number_too_big_pos_int", true, EXACT),
        ("number_very_big_negative_int", true, EXACT),
        ("object_key_lone_2nd_surrogate", false, LONE),
        ("string_1st_surrogate_but_2nd_missing", false, LONE),
        ("string_1st_valid_surrogate_2nd_invalid", false, LONE),
        ("string_UTF-16LE_with_BOM", false, BYTES),
        ("string_UTF-8_invalid_sequence", false, BYTES),
        ("string_UTF8_surrogate_U+D800", false, BYTES),
        ("string_incomplete_surrogate_and_escape_valid", false, LONE),
        ("string_incomplete_surrogate_pair", false, LONE),
        ("string_incomplete_surrogates_escape_valid", false, LONE),
        ("string_invalid_lonely_surrogate", false, LONE),
        ("string_invalid_surrogate", false, LONE),
        ("string_invalid_utf-8", false, BYTES),
        ("string_inverted_surrogates_U+1D11E", false, LONE),
        ("string_iso_latin_1", false, BYTES),
        ("string_lone_second_surrogate", false, LONE),
        ("string_lone_utf8_continuation_byte", false, BYTES),
        ("string_not_in_unicode_range", false, BYTES),
        ("string_overlong_sequence_2_bytes", false, BYTES),
        ("string_overlong_sequence_6_bytes", false, BYTES),
        ("string_overlong_sequence_6_bytes_null", false, BYTES),
        ("string_truncated-utf-8", false, BYTES),
        ("string_utf16BE_no_BOM", false, BYTES),
        ("string_utf16LE_no_BOM", false, BYTES),
        ("structure_500_nested_arrays", false, "deeper than `Limits::depth_max`, and than any schema"),
        ("structure_UTF-8_BOM_empty_object", true, "RFC 8259 section 8.1 allows to ignore a byte order mark"),
    ]
};

/// One file of the suite, read the way a schema reader does.
struct Case {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

impl Case {
    fn read(bytes: Vec<u8>) -> Self {
        let mut sources = Sources::default();
        let file = sources.add("case.json", "worktree", bytes);
        let diagnostics = match sources.unreadable(file) {
            Some(problem) => vec![problem.clone()],
            None => json::parse(file, sources.file(file).text(), Limits::default()).diagnostics,
        };
        Self { sources, diagnostics }
    }

    fn is_accepted(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Whether the tree holds the value that `serde_json` read.
    fn holds(&self, expected: &Value) -> bool {
        let file = self.sources.iter().next().map(|(file, source)| (file, source.text()));
        let (file, text) = file.expect("a case has a file");
        json::parse(file, text, Limits::default()).document().is_some_and(|root| same(root, expected))
    }
}

fn same(node: &Node<'_>, expected: &Value) -> bool {
    match (&node.kind, expected) {
        (Kind::Null, Value::Null) => true,
        (Kind::Bool(one), Value::Bool(other)) => one == other,
        (Kind::Number(one), Value::Number(other)) => same_number(*one, other),
        (Kind::String(one), Value::String(other)) => one == other,
        (Kind::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        // Of repeated keys `serde_json` keeps the last, as `get` does.
        (Kind::Object(members), Value::Object(other)) => {
            members.iter().all(|member| other.contains_key(&*member.key))
                && other.iter().all(|(key, value)| node.get(key).is_some_and(|node| same(node, value)))
        }
        _ => false,
    }
}

fn same_number(one: Number<'_>, other: &serde_json::Number) -> bool {
    if other.is_i64() || other.is_u64() {
        return (one.as_i64(), one.as_u64()) == (other.as_i64(), other.as_u64());
    }
    let (Some(one), Some(other)) = (one.as_f64(), other.as_f64()) else { return false };
    // `serde_json` rounds the last bit of a double either way, `Number` to the nearest.
    one.is_sign_negative() == other.is_sign_negative() && one.to_bits().abs_diff(other.to_bits()) <= 1
}

/// The files of one folder of the suite, by name without extension.
fn files(folder: &str) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = canread_testing::corpus(SUITE)?.join(folder);
    let named = |path: PathBuf| {
        let name = path.file_stem()?.to_str()?.to_owned();
        (path.extension()? == "json").then(|| (name, read(&path)))
    };
    let entries = fs::read_dir(folder).expect("the suite's folder can be listed");
    Some(entries.filter_map(|entry| named(entry.expect("an entry can be read").path())).collect())
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).expect("a file of the suite can be read")
}

/// How many files with a prefix there are, and which of them are not treated as they should be.
fn treated(files: &BTreeMap<String, Vec<u8>>, prefix: &str, accepted: bool) -> (usize, Vec<String>) {
    let all: Vec<_> = files.iter().filter(|(name, _)| name.starts_with(prefix)).collect();
    let wrong = all.iter().filter(|(_, bytes)| Case::read((*bytes).clone()).is_accepted() != accepted);
    (all.len(), wrong.map(|(name, _)| (*name).clone()).collect())
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are the result of this test")]
fn every_valid_file_is_accepted_and_every_invalid_file_rejected() {
    let Some(files) = files("test_parsing") else { return };
    let (valid, refused) = treated(&files, "y_", true);
    let (invalid, taken) = treated(&files, "n_", false);
    println!("JSONTestSuite: {}/{valid} valid files accepted", valid - refused.len());
    println!("JSONTestSuite: {}/{invalid} invalid files rejected", invalid - taken.len());
    assert_eq!((refused, taken), (vec![], vec![]));
    assert_eq!((valid, invalid), (95, 188), "the whole suite is there");
    let held_to = format!("{valid} valid files accepted, {invalid} invalid ones refused (RFC 8259)");
    let listed = "n_ in the file's name";
    Gate { corpus: SUITE, held_to: &held_to, files: valid + invalid, refused: invalid, listed }.held();
}

#[test]
fn every_file_left_to_the_parser_is_treated_as_the_table_says() {
    let Some(files) = files("test_parsing") else { return };
    let found: BTreeMap<_, _> = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix("i_")?, Case::read(bytes.clone()).is_accepted())))
        .collect();
    assert_eq!(found, LEFT_TO_THE_PARSER.iter().map(|&(name, accepted, _)| (name, accepted)).collect());
    let refused = found.values().filter(|&&accepted| !accepted).count();
    let listed = "LEFT_TO_THE_PARSER in canread-syntax/tests/json_test_suite.rs";
    let held_to = "files left to the parser are treated as listed";
    Gate { corpus: SUITE, held_to, files: found.len(), refused, listed }.held();
}

#[test]
fn every_rejected_file_has_one_clear_error_first() {
    let Some(files) = files("test_parsing") else { return };
    for (name, bytes) in files {
        let case = Case::read(bytes);
        for problem in case.diagnostics {
            let text = &problem.message;
            assert!(problem.span().is_some(), "{name}: {text} is nowhere");
            assert!(!text.ends_with('.') && !text.contains(['\n', '\t', '\0']), "{name}: {text:?}");
            assert!(
                text.chars().next().is_some_and(|first| !first.is_ascii_uppercase() || text.starts_with("U+")),
                "{name}: {text}"
            );
        }
    }
}

#[test]
fn accepted_files_have_the_values_that_serde_json_reads() {
    let Some(parsing) = files("test_parsing") else { return };
    let Some(transform) = files("test_transform") else { return };
    let mut compared = 0;
    for (name, bytes) in parsing.into_iter().chain(transform) {
        let case = Case::read(bytes.clone());
        // What serde_json refuses are numbers beyond its doubles and, as we do, halves of surrogate pairs.
        if let (true, Ok(expected)) = (case.is_accepted(), serde_json::from_slice::<Value>(&bytes)) {
            assert!(case.holds(&expected), "{name}: {expected}");
            compared += 1;
        }
    }
    assert!(compared >= 95 + 10, "compared {compared} files only");
}

#[test]
fn transformed_values_are_kept_exactly() {
    let Some(files) = files("test_transform") else { return };
    for (name, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let accepted = Case::read(bytes).is_accepted();
        match name.strip_prefix("number_") {
            Some(number) => assert!(accepted && text.contains(number), "{name}: {text}"),
            None => assert_eq!(accepted, !name.contains("invalid_codepoint"), "{name}: {text}"),
        }
    }
}

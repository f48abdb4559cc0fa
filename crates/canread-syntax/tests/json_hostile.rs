//! Texts that nobody meant: cut off, changed, made of pieces. And texts that somebody did mean, against `serde_json`.

use std::fmt::Write as _;

use canread_syntax::json::{self, Kind, Limits, Node, Parsed};
use canread_syntax::{FileId, Span};
use proptest::prelude::*;
use serde_json::Value;

const TEXT: &str =
    "\u{feff}{\"é\\n\\ud83d\\ude00\": [1, -2.50e+3, {}, [], [[true], false]], \"k\": {\"l\": null, \"l\": \"😀\"}}\r\n";

fn parse(text: &str) -> Parsed<'_> {
    let parsed = json::parse(FileId(0), text, Limits::default());
    assert_spans(text, &parsed);
    parsed
}

/// Holds what is true of the result of any text.
fn assert_spans(text: &str, parsed: &Parsed<'_>) {
    let within = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?} is no part of {text:?}");
    for problem in &parsed.diagnostics {
        problem.labels.iter().for_each(|label| within(label.span));
        problem.patch.iter().flat_map(|patch| &patch.edits).for_each(|edit| within(edit.span));
    }
    assert!(parsed.document().is_some() != parsed.diagnostics.iter().any(json_error), "{text:?}");
    if let Some(root) = &parsed.root {
        assert_order(root, text, parsed.document().is_some());
    }
}

fn json_error(problem: &canread_syntax::Diagnostic) -> bool {
    problem.is_error()
}

/// Children lie inside their parent, one behind the other; a scalar's text is what it is.
fn assert_order(node: &Node<'_>, text: &str, valid: bool) {
    assert!(text.get(node.span.range()).is_some(), "{:?} is no part of {text:?}", node.span);
    let mut end = node.span.start;
    let mut next = |span: Span| {
        assert!(span.start >= end && span.end <= node.span.end, "{span:?} in {:?} of {text:?}", node.span);
        end = span.end;
    };
    match &node.kind {
        Kind::Array(elements) => elements.iter().for_each(|element| next(element.span)),
        Kind::Object(members) => members.iter().for_each(|member| {
            next(member.key_span);
            next(member.value.span);
        }),
        Kind::Number(number) => assert_eq!(&text[node.span.range()], number.text()),
        _ => {}
    }
    // Only a whole document: `serde_json` reads no broken strings.
    if valid && let Kind::String(decoded) = &node.kind {
        assert_eq!(serde_json::from_str::<String>(&text[node.span.range()]).ok().as_deref(), Some(&**decoded));
    }
    node.as_array().into_iter().flatten().for_each(|element| assert_order(element, text, valid));
    node.as_object().into_iter().flatten().for_each(|member| assert_order(&member.value, text, valid));
}

/// Whether tree and value are the same; an object of the tree has no repeated keys.
fn same(node: &Node<'_>, value: &Value) -> bool {
    match (&node.kind, value) {
        (Kind::Null, Value::Null) => true,
        (Kind::Bool(one), Value::Bool(other)) => one == other,
        (Kind::Number(one), Value::Number(other)) => one.text() == other.to_string(),
        (Kind::String(one), Value::String(other)) => one == other,
        (Kind::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Kind::Object(one), Value::Object(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, (key, other))| one.key == *key && same(&one.value, other))
        }
        _ => false,
    }
}

/// Every node's pointer leads back to it.
fn assert_pointers(root: &Node<'_>, node: &Node<'_>, pointer: &str) {
    assert_eq!(root.pointer_to(node.span).as_deref(), Some(pointer));
    assert_eq!(root.pointer(pointer), Ok(node));
    for (index, element) in node.as_array().into_iter().flatten().enumerate() {
        assert_pointers(root, element, &format!("{pointer}/{index}"));
    }
    for member in node.as_object().into_iter().flatten() {
        let key = member.key.replace('~', "~0").replace('/', "~1");
        assert_pointers(root, &member.value, &format!("{pointer}/{key}"));
    }
}

#[test]
fn a_text_cut_off_anywhere_is_an_error() {
    assert!(parse(TEXT).document().is_some());
    let end = TEXT.trim_end().len();
    for (at, _) in TEXT.char_indices().take_while(|&(at, _)| at < end) {
        assert!(parse(&TEXT[..at]).document().is_none(), "{:?}", &TEXT[..at]);
    }
}

#[test]
fn a_text_with_its_start_cut_off_does_no_harm() {
    for (at, _) in TEXT.char_indices() {
        parse(&TEXT[at..]);
    }
}

#[test]
fn a_text_with_one_character_changed_reads_as_serde_json_says() {
    let characters: Vec<char> = TEXT.trim_start_matches('\u{feff}').chars().collect();
    for at in 0..characters.len() {
        for put in [
            "", "\"", "'", "\\", "{", "}", "[", "]", ":", ",", "0", "-", ".", "e", "u", "/", "#", "\0", "\n", "\u{a0}",
            "é",
        ] {
            let (before, after) = (&characters[..at], &characters[at + 1..]);
            let changed: String = before.iter().copied().chain(put.chars()).chain(after.iter().copied()).collect();
            agrees_with_serde_json(&changed);
        }
    }
}

fn agrees_with_serde_json(text: &str) {
    let ours = parse(text).document().is_some();
    assert_eq!(ours, serde_json::from_str::<Value>(text).is_ok(), "{text:?}");
}

fn any_value() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![any::<String>(), "[a-z/~\"\\\\\u{0}-\u{1f}]{0,4}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..20)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Pieces of JSON and of what people write instead, in any order. No digit follows
/// an exponent: `serde_json` refuses numbers beyond its doubles, which are good JSON.
fn any_pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ":", ",", "\"", "\"a\"", "\"b\"", "'c'", "'", "1", "-0.5e3 ", "01", "+1", "true", "fals",
        "null", "x", "//", "/*", "*/", "#", "\n", " ", "\\", "\\u12", "\\ud800", "\u{feff}", "\0", "é", "{\"k\":",
        "[[",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn cases() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(if canread_testing::long() { 50_000 } else { 2_000 })
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn what_serde_json_writes_is_read_back(value in any_value()) {
        for text in [value.to_string(), format!("{value:#}")] {
            let parsed = parse(&text);
            prop_assert_eq!(&parsed.diagnostics, &[]);
            let root = parsed.document().expect("a text without errors");
            prop_assert!(same(root, &value), "{}", text);
            assert_pointers(root, root, "");
        }
    }

    #[test]
    fn any_text_reads_as_serde_json_says(text in any_pieces()) {
        if !text.starts_with('\u{feff}') {
            agrees_with_serde_json(&text);
        }
    }

    #[test]
    fn any_characters_do_no_harm(text in any::<String>()) {
        parse(&text);
    }
}

/// Doubling a text doubles the work: none of these gets slow when it gets large.
#[test]
fn large_texts_of_any_shape_are_read_at_once() {
    let mut object = String::from("{");
    for number in 0..150_000 {
        let _ = write!(object, "\"key{}\":{number},", number / 2);
    }
    let shapes = [
        object,
        "[".repeat(2_000_000),
        "]".repeat(2_000_000),
        ",".repeat(2_000_000),
        "\"\\u".repeat(700_000),
        "[1 ".repeat(700_000),
        "/*".repeat(1_000_000),
        "[tru]".repeat(400_000),
        format!("[{}", "{:[".repeat(500_000)),
        format!("[@{}", "[{\"".repeat(500_000)),
        format!("\"{}\"", "x".repeat(4_000_000)),
        format!("\"{}\"", "\\u00e9".repeat(700_000)),
        format!("[{}]", "{\"a\":1,\"a\":2},".repeat(60_000)),
    ];
    let started = std::time::Instant::now();
    for shape in &shapes {
        assert!(parse(shape).diagnostics.len() <= 2 * json::ERRORS_MAX + 2);
    }
    // Takes a tenth of a second; a quadratic loop over any of these takes minutes.
    assert!(started.elapsed().as_secs() < 20, "took {:?}", started.elapsed());
}

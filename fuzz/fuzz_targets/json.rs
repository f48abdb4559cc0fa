//! The JSON reader takes any bytes, and its places are places.

#![no_main]

use canread_fuzz::check_places;
use canread_syntax::{Sources, json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut sources = Sources::default();
    let file = sources.add("a.json", "fuzz", data.to_vec());
    let text = sources.file(file).text();
    let parsed = json::parse(file, text, json::Limits::default());
    check_places(&sources, &parsed.diagnostics);
    if let Some(root) = parsed.document() {
        walk(root, text);
    }
});

/// Looks at everything that a reader of a schema would look at.
fn walk(node: &json::Node<'_>, text: &str) {
    assert!(text.get(node.span.range()).is_some(), "{:?}", node.span);
    let _ = (node.get("name"), node.member("name"), node.pointer("/a/0"), node.as_str());
    if let Some(number) = node.as_number() {
        assert_eq!(&text[node.span.range()], number.text(), "a number keeps its text");
        let _ = (number.as_i64(), number.as_u64(), number.as_f64(), number.decimal().map(|exact| exact.to_i128()));
    }
    node.as_array().into_iter().flatten().for_each(|item| walk(item, text));
    node.as_object().into_iter().flatten().for_each(|member| walk(&member.value, text));
}

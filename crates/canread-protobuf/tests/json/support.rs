//! Texts to messages and back.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use canread_plan::{Arena, Layout};
use canread_protobuf::codec::json::{self, ReadOptions};
use canread_protobuf::codec::value;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

/// The schema of these tests.
pub(crate) fn schema() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/json/everything.proto")
}

/// Message `test.M`, and all others by name.
pub(crate) static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let text = std::fs::read(schema()).expect("the schema stands beside the tests");
    let mut sources = Sources::default();
    let file = sources.add("everything.proto", "test", text);
    let linked = read(&[("everything.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
    let root = linked.schema.find("test.M").expect("there is a message M");
    Layout::of_all(&linked.schema, root).expect("the schema has a layout")
});

/// A text read and written again, on one line; or why it is refused. Its bytes lead to the same message.
pub(crate) fn again(text: &str) -> String {
    again_with(text, &ReadOptions::new())
}

pub(crate) fn again_with(text: &str, options: &ReadOptions) -> String {
    again_as("test.M", text, options)
}

/// The same of another message.
pub(crate) fn again_as(message: &str, text: &str, options: &ReadOptions) -> String {
    let layout = LAYOUT.rooted_at(LAYOUT.record_by_name(message).expect("the schema declares it"));
    let arena = Arena::new();
    let value = match json::from_str_with(&layout, text, &arena, options) {
        Ok(value) => value,
        Err(error) => return error.to_string(),
    };
    let bytes = value::to_vec(&layout, &value).expect("a value of the layout");
    let decoded = value::from_slice(&layout, &bytes, &arena).expect("what was written");
    assert_eq!(value::to_vec(&layout, &decoded).expect("a value of the layout"), bytes, "{text}");
    match (json::to_string(&layout, &value), json::to_string(&layout, &decoded)) {
        (Ok(text), Ok(decoded)) => {
            assert_eq!(text, decoded);
            text
        }
        (Err(error), Err(_)) => error.to_string(),
        (one, other) => panic!("{one:?} {other:?}"),
    }
}

/// Bytes as JSON, or why they have no form there.
pub(crate) fn written(bytes: &[u8]) -> String {
    let arena = Arena::new();
    let value = value::from_slice(&LAYOUT, bytes, &arena).expect("a message");
    json::to_string(&LAYOUT, &value).unwrap_or_else(|error| error.to_string())
}

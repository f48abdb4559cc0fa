//! Layouts from schemas, values from texts, texts from bytes.

use canread_plan::{Arena, Layout};
use canread_protobuf::codec::text::{self, ReadOptions, WriteOptions};
use canread_protobuf::codec::value;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

/// The layout of message `M` of a `.proto` text, with all other messages.
pub(crate) fn layout(schema: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", schema.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{schema}", linked.diagnostics);
    let root = linked.schema.find("M").expect("there is a message M");
    Layout::of_all(&linked.schema, root).expect("the schema has a layout")
}

pub(crate) fn proto3(schema: &str) -> String {
    format!("syntax = \"proto3\";\n{schema}")
}

pub(crate) fn proto2(schema: &str) -> String {
    format!("syntax = \"proto2\";\n{schema}")
}

/// What a text is to a message, for people; or why it is none.
pub(crate) fn parsed(schema: &str, text: &str) -> String {
    parsed_with(schema, text, &ReadOptions::new())
}

pub(crate) fn parsed_with(schema: &str, text: &str, options: &ReadOptions) -> String {
    let (layout, arena) = (layout(schema), Arena::new());
    match text::from_str_with(&layout, text, &arena, options) {
        Ok(value) => layout.show(&value).to_string(),
        Err(error) => error.to_string(),
    }
}

/// What a text is to `M { TYPE a = 1; }`.
pub(crate) fn scalar(ty: &str, text: &str) -> String {
    let schema = proto3(&format!("message M {{ {ty} a = 1; }} enum E {{ ZERO = 0; ONE = 1; inf = 2; }}"));
    parsed(&schema, &format!("a: {text}"))
}

/// A text read and written again, indented, which must then be read as the same.
pub(crate) fn rewritten(schema: &str, text: &str) -> String {
    let (layout, arena) = (layout(schema), Arena::new());
    let value = text::from_str(&layout, text, &arena).unwrap_or_else(|error| panic!("{error}"));
    let written = text::to_string(&layout, &value).expect("a value of the layout");
    for options in [WriteOptions::new(), WriteOptions::new().single_line(), WriteOptions::new().ascii()] {
        let other = text::to_string_with(&layout, &value, &options).expect("a value of the layout");
        let again = text::from_str(&layout, &other, &arena).unwrap_or_else(|error| panic!("{error} in\n{other}"));
        assert_eq!(text::to_string(&layout, &again).expect("a value of the layout"), written, "{other}");
    }
    written
}

/// Bytes of a message as text.
pub(crate) fn printed(schema: &str, bytes: &[u8], options: WriteOptions) -> String {
    let (layout, arena) = (layout(schema), Arena::new());
    let value = value::from_slice(&layout, bytes, &arena).expect("a message");
    match text::to_string_with(&layout, &value, &options) {
        Ok(text) => text,
        Err(error) => error.to_string(),
    }
}

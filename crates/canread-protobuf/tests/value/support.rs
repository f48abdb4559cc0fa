//! Layouts from text, values as text.

use canread_plan::{Arena, Layout};
use canread_protobuf::codec::value;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

/// The layout of message `M` of a `.proto` text.
pub(crate) fn layout(text: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{text}", linked.diagnostics);
    let root = linked.schema.find("M").expect("there is a message M");
    Layout::of(&linked.schema, root).expect("the schema has a layout")
}

pub(crate) fn proto3(text: &str) -> String {
    format!("syntax = \"proto3\";\n{text}")
}

pub(crate) fn proto2(text: &str) -> String {
    format!("syntax = \"proto2\";\n{text}")
}

/// What bytes are to a message, as text; or why they are none.
pub(crate) fn decoded(schema: &str, bytes: &[u8]) -> String {
    let (layout, arena) = (layout(schema), Arena::new());
    match value::from_slice(&layout, bytes, &arena) {
        Ok(value) => layout.show(&value).to_string(),
        Err(error) => error.to_string(),
    }
}

/// The same of bytes as a writer of these values would write them: they come out again.
pub(crate) fn canonical(schema: &str, bytes: &[u8]) -> String {
    let (layout, arena) = (layout(schema), Arena::new());
    let value = value::from_slice(&layout, bytes, &arena).expect("a message");
    assert_eq!(value::to_vec(&layout, &value).expect("a value of the layout"), bytes);
    layout.show(&value).to_string()
}

/// What comes out when bytes are decoded and encoded again.
pub(crate) fn rewritten(schema: &str, bytes: &[u8]) -> Vec<u8> {
    let (layout, arena) = (layout(schema), Arena::new());
    let value = value::from_slice(&layout, bytes, &arena).expect("a message");
    value::to_vec(&layout, &value).expect("a value of the layout")
}

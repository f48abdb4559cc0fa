//! Layouts from text, values as text.

use canread_avro::codec::value;
use canread_avro::schema::{LinkOptions, read};
use canread_plan::{Arena, Layout, Plan, Value};
use canread_syntax::{Diagnostic, Sources};
use canread_wire::DecodeError;

/// The layout of an `.avsc` text.
pub(crate) fn layout(text: &str) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    Layout::of_root(&linked.schema).expect("the schema has a layout")
}

/// A record `R` of some fields, as text.
pub(crate) fn record(fields: &str) -> String {
    format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#)
}

/// What bytes are under a schema, as text; or why they are nothing.
pub(crate) fn decoded(schema: &str, bytes: &[u8]) -> String {
    let (layout, arena) = (layout(schema), Arena::new());
    match value::from_slice(&layout, bytes, &arena) {
        Ok(value) => layout.show(&value).to_string(),
        Err(error) => error.to_string(),
    }
}

/// The bytes of a value under a schema. They must be the same value again.
pub(crate) fn encoded(schema: &str, value: &Value<'_>) -> Vec<u8> {
    let (layout, arena) = (layout(schema), Arena::new());
    let bytes = value::to_vec(&layout, value).expect("a value of the schema");
    let again = value::from_slice(&layout, &bytes, &arena).expect("what was written can be read");
    assert_eq!(again, *value);
    bytes
}

/// What bytes of a writer are to a reader, as text; or why they are nothing.
pub(crate) fn resolved(writer: &str, reader: &str, bytes: &[u8]) -> String {
    let plan = Plan::resolve(layout(writer), layout(reader)).expect("a plan");
    let arena = Arena::new();
    let read: Result<Value<'_>, DecodeError> = value::resolve_slice(&plan, bytes, &arena);
    match read {
        Ok(value) => plan.reader().show(&value).to_string(),
        Err(error) => error.to_string(),
    }
}

//! Sorts of types that Avro has, alone and inside others, and what the rules say of each pair of them.

use canread_avro::schema::{LinkOptions, read};
use canread_model::Schema;
use canread_plan::Layout;
use canread_syntax::{Diagnostic, Sources};

/// What a field, an item or a value may be.
pub(crate) const SORTS: [&str; 44] = [
    r#""null""#,
    r#""boolean""#,
    r#""int""#,
    r#""long""#,
    r#""float""#,
    r#""double""#,
    r#""bytes""#,
    r#""string""#,
    r#"{"type": "fixed", "name": "Four", "size": 4}"#,
    r#"{"type": "fixed", "name": "Four", "size": 5}"#,
    r#"{"type": "fixed", "name": "Other", "size": 4}"#,
    r#"{"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}"#,
    r#"{"type": "enum", "name": "Color", "symbols": ["BLUE", "RED"]}"#,
    r#"{"type": "enum", "name": "Color", "symbols": ["RED", "BLUE", "GREEN"]}"#,
    r#"{"type": "enum", "name": "Color", "symbols": ["RED"], "default": "RED"}"#,
    r#"{"type": "record", "name": "Sub", "fields": [{"name": "x", "type": "int"}, {"name": "y", "type": "string"}]}"#,
    r#"{"type": "record", "name": "Sub", "fields": [{"name": "x", "type": "long"}, {"name": "y", "type": "string"}]}"#,
    r#"{"type": "record", "name": "Sub", "fields": [{"name": "y", "type": "string"}, {"name": "x", "type": "int"}]}"#,
    r#"{"type": "record", "name": "Sub", "fields": [{"name": "x", "type": ["null", "int"], "default": null}, {"name": "y", "type": "string"}]}"#,
    r#"{"type": "record", "name": "Sub", "fields": [{"name": "x", "type": "int"}, {"name": "y", "type": "string"}, {"name": "z", "type": "int", "default": 3}]}"#,
    r#"{"type": "record", "name": "Sub", "fields": []}"#,
    r#"{"type": "array", "items": "int"}"#,
    r#"{"type": "array", "items": "long"}"#,
    r#"{"type": "array", "items": ["null", "int"]}"#,
    r#"{"type": "array", "items": "null"}"#,
    r#"{"type": "map", "values": "int"}"#,
    r#"{"type": "map", "values": ["null", "int"]}"#,
    r#"["null", "int"]"#,
    r#"["int", "null"]"#,
    r#"["null", "long"]"#,
    r#"["null", "string"]"#,
    r#"["null", {"type": "array", "items": "int"}]"#,
    r#"["null", {"type": "record", "name": "Sub", "fields": [{"name": "x", "type": "int"}, {"name": "y", "type": "string"}]}]"#,
    r#"["null", {"type": "enum", "name": "Color", "symbols": ["RED", "BLUE"]}]"#,
    r#"["int", "string"]"#,
    r#"["string", "int"]"#,
    r#"["null", "int", "string"]"#,
    r#"["int"]"#,
    r#"["null", "double", {"type": "map", "values": "long"}]"#,
    r#"{"type": "array", "items": {"type": "record", "name": "RFEntry", "fields": [{"name": "key", "type": "int"}, {"name": "value", "type": "int"}]}}"#,
    r#"{"type": "array", "items": {"type": "record", "name": "RFEntry", "fields": [{"name": "value", "type": "int"}, {"name": "key", "type": "int"}]}}"#,
    r#"{"type": "array", "items": {"type": "record", "name": "RFEntry", "fields": [{"name": "key", "type": "long"}, {"name": "value", "type": "long"}]}}"#,
    r#"{"type": "array", "items": {"type": "record", "name": "RFEntry", "fields": [{"name": "more", "type": "string"}, {"name": "key", "type": "int"}, {"name": "value", "type": ["null", "int"]}]}}"#,
    r#"{"type": "array", "items": {"type": "record", "name": "RFEntry", "fields": [{"name": "key", "type": "int"}]}}"#,
];

/// What a type is inside of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// Nothing.
    None,
    /// A field of a record, with others before and behind it.
    Record,
    Array,
    Map,
}

impl Holder {
    pub(crate) const ALL: [Self; 4] = [Self::None, Self::Record, Self::Array, Self::Map];

    /// The text of a schema that holds a type.
    pub(crate) fn of(self, ty: &str) -> String {
        match self {
            Self::None => ty.to_owned(),
            Self::Record => format!(
                r#"{{"type": "record", "name": "R", "fields": [
                {{"name": "a", "type": "long"}}, {{"name": "f", "type": {ty}}}, {{"name": "z", "type": "string"}}]}}"#
            ),
            Self::Array => format!(r#"{{"type": "array", "items": {ty}}}"#),
            Self::Map => format!(r#"{{"type": "map", "values": {ty}}}"#),
        }
    }
}

pub(crate) fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("schema.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.avsc", file)], &sources, &LinkOptions::default());
    assert!(!linked.diagnostics.iter().any(Diagnostic::is_error), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

pub(crate) fn layout(schema: &Schema) -> Layout {
    Layout::of_root(schema).expect("the schema has a layout")
}

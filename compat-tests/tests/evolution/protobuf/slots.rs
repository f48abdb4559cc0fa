//! Fields of every kind that Protobuf has, and what the rules say of each pair of them.

use canread_model::Schema;
use canread_plan::Layout;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

/// Types of which items of a list may be packed.
const NUMBERS: [&str; 16] = [
    "double", "float", "int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32",
    "sfixed64", "bool", "Open", "Negative", "Closed",
];
const OTHERS: [&str; 3] = ["string", "bytes", "Sub"];
const MAPS: [&str; 7] = [
    "map<string, int32>",
    "map<string, sint64>",
    "map<int32, string>",
    "map<int64, Sub>",
    "map<bool, Open>",
    "map<sfixed32, bytes>",
    "map<uint32, Closed>",
];

/// What the fields name.
const DECLARED: &str = "
enum Open { ZERO = 0; ONCE = 1; TWIN = 2; }
enum Negative { NONE = 0; NEGA = -1; }
enum Closed { option features.enum_type = CLOSED; NULL = 0; UNIT = 1; PAIR = 2; }
message Sub { int32 x = 1; string y = 2; }
message Entry { string key = 1; int32 value = 2; }
";

/// How a field is declared, its name and number left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    ty: &'static str,
    label: &'static str,
    options: &'static str,
}

impl Slot {
    pub(crate) fn field(self, name: &str, number: usize) -> String {
        format!("{} {} {name} = {number} {};", self.label, self.ty, self.options)
    }

    /// Whether it holds more than one value.
    pub(crate) fn is_many(self) -> bool {
        self.label == "repeated" || self.is_map()
    }

    pub(crate) fn is_map(self) -> bool {
        self.ty.starts_with("map")
    }

    /// Whether it holds symbols of an open enum that declares none below zero.
    pub(crate) fn is_open_enum(self) -> bool {
        self.ty == "Open"
    }

    /// Whether it holds numbers that are never below zero, as varints.
    pub(crate) fn is_unsigned(self) -> bool {
        self.ty.starts_with("uint")
    }
}

/// All of them.
pub(crate) fn slots() -> Vec<Slot> {
    let expanded = "[features.repeated_field_encoding = EXPANDED]";
    let one = |ty| Slot { ty, label: "", options: "" };
    let list = |ty| Slot { ty, label: "repeated", options: "" };
    let mut slots = Vec::new();
    slots.extend(NUMBERS.map(one));
    slots.extend(OTHERS.map(one));
    slots.extend(NUMBERS.map(list));
    slots.extend(NUMBERS.map(|ty| Slot { options: expanded, ..list(ty) }));
    slots.extend(OTHERS.map(list));
    slots.extend(MAPS.map(one));
    let delimited = "[features.message_encoding = DELIMITED]";
    slots.push(Slot { options: delimited, ..one("Sub") });
    slots.push(Slot { options: delimited, ..list("Sub") });
    slots.push(list("Entry"));
    slots
}

/// A file of these messages.
pub(crate) fn file(messages: &str) -> String {
    format!("edition = \"2023\";\n{DECLARED}{messages}")
}

pub(crate) fn schema(text: &str) -> Schema {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", text.as_bytes().to_vec());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\nin\n{text}", linked.diagnostics);
    linked.schema
}

pub(crate) fn layout(schema: &Schema, message: &str) -> Layout {
    Layout::of(schema, schema.find(message).expect("the message is declared")).expect("a layout")
}

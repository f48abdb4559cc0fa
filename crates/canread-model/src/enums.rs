//! Enums: named values, and what happens to values that have no name.

use crate::{Derivation, JsonFormat, Literal, Meta, NodeId, Reserved};

/// What the values of an enum are in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum EnumBase {
    /// 32-bit integers (Protobuf, Thrift).
    #[default]
    Int32,
    /// 64-bit integers.
    Int64,
    /// Their names (Avro, whose binary form counts positions but resolves names), strings (XSD, JSON Schema).
    Name,
    /// Literals of any type (JSON Schema `enum`).
    Any,
}

/// Named values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Enum {
    /// Whether a reader keeps values that have no name.
    pub is_open: bool,
    /// What values are in data.
    pub base: EnumBase,
    /// The values, in source order.
    pub values: Vec<EnumValue>,
    /// Whether two names may share a number.
    pub allow_alias: bool,
    /// The value a reader takes for one that it does not know, as an index (Avro `default`).
    pub default: Option<u32>,
    /// Numbers and names that must not be used again.
    pub reserved: Reserved,
    /// How well it fits the JSON mapping of its format.
    pub json_format: JsonFormat,
    /// How it came from its base (XSD simple types).
    pub derivation: Option<Box<Derivation>>,
}

impl Enum {
    /// The first value under a number.
    #[must_use]
    pub fn value_by_number(&self, number: i64) -> Option<&EnumValue> {
        self.values.iter().find(|value| value.number == Some(number))
    }

    /// The value under a name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&EnumValue> {
        self.values.iter().find(|value| &*value.name == name)
    }
}

/// One named value.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// This node.
    pub node: NodeId,
    /// Its name.
    pub name: Box<str>,
    /// Its number, in the formats that have one.
    pub number: Option<i64>,
    /// Whether the number was counted on from the value before (Thrift values without `= n`).
    pub implicit: bool,
    /// Its value in data, where that is neither name nor number.
    pub literal: Option<Box<Literal>>,
    /// Other names that data may know it by.
    pub aliases: Vec<Box<str>>,
    /// Documentation and annotations.
    pub meta: Meta,
}

impl EnumValue {
    /// A value with a name and nothing else said.
    #[must_use]
    pub fn new(node: NodeId, name: &str) -> Self {
        Self {
            node,
            name: name.into(),
            number: None,
            implicit: false,
            literal: None,
            aliases: Vec::new(),
            meta: Meta::default(),
        }
    }

    /// Gives the value a number that stands in the text.
    #[must_use]
    pub fn numbered(mut self, number: i64) -> Self {
        self.number = Some(number);
        self
    }
}

//! Unions: one of several types, and how data says which.

use crate::{FieldNumber, Meta, NodeId, Preset, Type};

/// How data says which arm it is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnionStyle {
    /// By field number (Thrift unions).
    ByNumber,
    /// By position (Avro's binary encoding; names only in its JSON).
    ByPosition,
    /// By the name of a wrapping field or element (XSD `choice`).
    ByName,
    /// Not at all: the first arm that fits, or all that fit (JSON Schema `anyOf`, XSD simple unions).
    Untagged,
    /// By a property of the value itself.
    Discriminated {
        /// The property.
        property: Box<str>,
        /// Property value to arm, by index.
        mapping: Vec<(Box<str>, u32)>,
    },
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// How data says which arm it is.
    pub style: UnionStyle,
    /// Whether more than one fitting arm is an error (JSON Schema `oneOf`).
    pub exactly_one: bool,
    /// The arms, in source order.
    pub arms: Vec<Arm>,
}

/// One arm of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// This node.
    pub node: NodeId,
    /// Its name, if it has one.
    pub name: Option<Box<str>>,
    /// Its number, if it has one.
    pub number: Option<FieldNumber>,
    /// Its type.
    pub ty: Type,
    /// Default or fixed value (Thrift).
    pub preset: Option<Box<Preset>>,
    /// Documentation and annotations.
    pub meta: Meta,
}

impl Arm {
    /// An arm without name and number.
    #[must_use]
    pub fn new(node: NodeId, ty: Type) -> Self {
        Self { node, name: None, number: None, ty, preset: None, meta: Meta::default() }
    }

    /// Gives the arm a name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Gives the arm a number that stands in the text.
    #[must_use]
    pub fn numbered(mut self, number: i32) -> Self {
        self.number = Some(FieldNumber { value: number, implicit: false });
        self
    }
}

//! Fields of records: how data finds them, whether they must be there, what stands in when they aren't.

use crate::{Literal, Meta, NodeId, Type, Visibility};

/// Whether a field must be there, and how a reader tells absence.
///
/// Nullability is another question: it is on the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent, and a reader can tell (proto2 `optional`, JSON Schema properties that are not required).
    #[default]
    Explicit,
    /// The zero value is not written, so a reader can't tell it from absence (proto3 scalars). Lists and maps too.
    Implicit,
    /// Thrift's default requiredness: always written, may be absent when read.
    WrittenAlways,
}

/// A field number and whether the text gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldNumber {
    /// The number.
    pub value: i32,
    /// Whether it was made up by position (Thrift fields without an id).
    pub implicit: bool,
}

/// What a reader puts in when a field is absent, or insists on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Preset {
    /// The value of an absent field.
    Default(Literal),
    /// The only value (XSD `fixed`, JSON Schema `const`).
    Fixed(Literal),
}

/// How a field takes part in sorting (Avro `order`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum SortOrder {
    /// Smaller first.
    #[default]
    Ascending,
    /// Larger first.
    Descending,
    /// Not at all.
    Ignore,
}

/// Where a field stands in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum FieldRole {
    /// An ordinary field; in XML a child element.
    #[default]
    Element,
    /// An attribute.
    Attribute,
    /// The text content.
    Text,
    /// Whatever a wildcard matches.
    Any,
}

/// How often something may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Occurs {
    /// At least.
    pub min: u32,
    /// At most; `None` is unbounded.
    pub max: Option<u32>,
}

impl Occurs {
    /// Exactly once.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };
}

/// An encoding of data in which a field may have a name or number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Encoding {
    /// JSON, in the mapping of whatever format.
    Json,
    /// XML.
    Xml,
    /// Protobuf binary.
    Protobuf,
    /// Avro binary.
    Avro,
    /// Thrift, all protocols.
    Thrift,
}

/// How one encoding knows a field, where that differs from its name and number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireIdentity {
    /// This node.
    pub node: NodeId,
    /// The encoding.
    pub encoding: Encoding,
    /// Its name there (Protobuf `json_name`).
    pub name: Option<Box<str>>,
    /// Its number there.
    pub number: Option<i32>,
}

/// A field of a record, a parameter of a method, an exception that it throws.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// This node.
    pub node: NodeId,
    /// Its name, exactly as written.
    pub name: Box<str>,
    /// Its number, in the formats that have one.
    pub number: Option<FieldNumber>,
    /// Its type.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// Default or fixed value.
    pub preset: Option<Box<Preset>>,
    /// The oneof it belongs to, as an index into the record's.
    pub oneof: Option<u32>,
    /// Whether the message in it is framed by start and end tags (Protobuf groups and `DELIMITED`), resolved.
    pub delimited: bool,
    /// Other names that data may know it by (Avro aliases).
    pub aliases: Vec<Box<str>>,
    /// Names and numbers that only one encoding uses.
    pub identities: Vec<WireIdentity>,
    /// Where it stands in XML.
    pub role: FieldRole,
    /// The XML namespace that its name is in; `None` for an unqualified name
    /// (XSD `form`, resolved) and for formats that know no such thing.
    pub namespace: Option<Box<str>>,
    /// How often it may stand, where a list or presence can't say it (XSD).
    pub occurs: Option<Occurs>,
    /// How it sorts.
    pub sort_order: SortOrder,
    /// Who may use it.
    pub visibility: Visibility,
    /// Documentation and annotations.
    pub meta: Meta,
}

impl Field {
    /// A field with explicit presence and nothing else said.
    #[must_use]
    pub fn new(node: NodeId, name: &str, ty: Type) -> Self {
        Self {
            node,
            name: name.into(),
            number: None,
            ty,
            presence: Presence::Explicit,
            preset: None,
            oneof: None,
            delimited: false,
            aliases: Vec::new(),
            identities: Vec::new(),
            role: FieldRole::Element,
            namespace: None,
            occurs: None,
            sort_order: SortOrder::Ascending,
            visibility: Visibility::Default,
            meta: Meta::default(),
        }
    }

    /// Gives the field a number that stands in the text.
    #[must_use]
    pub fn numbered(mut self, number: i32) -> Self {
        self.number = Some(FieldNumber { value: number, implicit: false });
        self
    }

    /// Says whether the field must be there.
    #[must_use]
    pub fn present(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self
    }

    /// Gives the field a default value.
    #[must_use]
    pub fn defaults_to(mut self, value: Literal) -> Self {
        self.preset = Some(Box::new(Preset::Default(value)));
        self
    }

    /// The value that stands in when the field is absent, if the schema gives one.
    #[must_use]
    pub fn default_value(&self) -> Option<&Literal> {
        match self.preset.as_deref() {
            Some(Preset::Default(value)) => Some(value),
            _ => None,
        }
    }

    /// The name that the schema gives the field in one encoding, if it gives one.
    #[must_use]
    pub fn name_in(&self, encoding: Encoding) -> Option<&str> {
        self.identities.iter().find(|own| own.encoding == encoding)?.name.as_deref()
    }
}

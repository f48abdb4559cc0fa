//! Records: messages, structs, exceptions, objects and complex types.

use crate::{DeclId, Derivation, DerivationSet, Field, Meta, NodeId, OpenContent, Particle, Type, Wildcard};

/// What sort of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RecordKind {
    /// A plain record.
    #[default]
    Struct,
    /// A Thrift exception.
    Exception,
    /// An Avro error.
    Error,
    /// A Protobuf message declared together with its field by `group`.
    Group,
    /// A Protobuf message with `message_set_wire_format`.
    MessageSet,
}

/// What a record may hold beyond its fields.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Extra {
    /// Nothing is said; unknown fields are skipped or kept as the format does.
    #[default]
    Unsaid,
    /// Nothing.
    Closed,
    /// Anything.
    Open,
    /// Values of a type (JSON Schema `additionalProperties`).
    Typed(Box<Type>),
}

/// How well a declaration fits the JSON mapping of its format (Protobuf `json_format`, resolved).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum JsonFormat {
    /// Fully: its names are checked for conflicts (`ALLOW`).
    #[default]
    Allow,
    /// As far as it goes: names may conflict (`LEGACY_BEST_EFFORT`, proto2).
    BestEffort,
}

/// Attributes that stand elsewhere or have no name (XSD).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MoreAttributes {
    /// Attribute groups whose attributes are meant too.
    pub groups: Vec<DeclId>,
    /// Attributes that are taken without naming them (`anyAttribute`).
    pub wildcard: Option<Wildcard>,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// What sort.
    pub kind: RecordKind,
    /// Fields in source order; XML attributes are fields with that role.
    pub fields: Vec<Field>,
    /// Groups of fields of which at most one is set; fields point here by index.
    pub oneofs: Vec<Oneof>,
    /// What else it may hold.
    pub extra: Extra,
    /// The record it came from, and how.
    pub derivation: Option<Derivation>,
    /// Whether only derived records have values.
    pub is_abstract: bool,
    /// Derivations that may not stand in its place (XSD `block`).
    pub block: DerivationSet,
    /// Derivations that are not allowed (XSD `final`).
    pub is_final: DerivationSet,
    /// Numbers and names that must not be used again.
    pub reserved: Reserved,
    /// Numbers that others may use for extensions.
    pub extension_ranges: Vec<ExtensionRange>,
    /// Whether the order of fields in data matters (Avro, XSD).
    pub order_matters: bool,
    /// Whether text may stand between elements.
    pub is_mixed: bool,
    /// Order and number of child elements, where fields alone can't say it.
    pub content: Option<Particle>,
    /// Elements that may stand among or behind the content (XSD 1.1).
    pub open_content: Option<Box<OpenContent>>,
    /// Attributes that it has beyond those among `fields`.
    pub more_attributes: Option<Box<MoreAttributes>>,
    /// How well it fits the JSON mapping of its format.
    pub json_format: JsonFormat,
}

impl Record {
    /// The field under a name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| &*field.name == name)
    }

    /// The field under a number.
    #[must_use]
    pub fn field_by_number(&self, number: i32) -> Option<&Field> {
        self.fields.iter().find(|field| field.number.is_some_and(|own| own.value == number))
    }
}

/// At most one of several fields is set.
#[derive(Debug, Clone, PartialEq)]
pub struct Oneof {
    /// This node.
    pub node: NodeId,
    /// Its name.
    pub name: Box<str>,
    /// Documentation and annotations.
    pub meta: Meta,
}

/// Numbers and names that must not be used again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reserved {
    /// Numbers, in source order.
    pub ranges: Vec<ReservedRange>,
    /// Names, in source order.
    pub names: Vec<ReservedName>,
}

impl Reserved {
    /// Whether a number is in one of the ranges.
    #[must_use]
    pub fn has_number(&self, number: i64) -> bool {
        self.ranges.iter().any(|range| (range.start..=range.end).contains(&number))
    }

    /// Whether a name is listed.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|reserved| &*reserved.name == name)
    }
}

/// A run of reserved numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservedRange {
    /// This node.
    pub node: NodeId,
    /// First number.
    pub start: i64,
    /// Last number, included.
    pub end: i64,
}

/// A reserved name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservedName {
    /// This node.
    pub node: NodeId,
    /// The name.
    pub name: Box<str>,
}

/// A run of numbers that extensions may use.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtensionRange {
    /// This node.
    pub node: NodeId,
    /// First number.
    pub start: i64,
    /// Last number, included.
    pub end: i64,
    /// Options: declarations, verification, custom ones.
    pub meta: Meta,
    /// Ranges with the same number come from one statement; kept for printing.
    pub statement: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reserved(ranges: &[(i64, i64)]) -> Reserved {
        let range = |&(start, end): &(i64, i64)| ReservedRange { node: NodeId(0), start, end };
        let names = vec![ReservedName { node: NodeId(0), name: "old".into() }];
        Reserved { ranges: ranges.iter().map(range).collect(), names }
    }

    #[test]
    fn both_ends_of_a_reserved_range_are_reserved() {
        let reserved = reserved(&[(5, 7), (-1, -1), (100, i64::MAX)]);
        let taken = [5, 6, 7, -1, 100, i64::MAX];
        let free = [4, 8, 0, -2, 99, i64::MIN];
        assert!(taken.iter().all(|number| reserved.has_number(*number)));
        assert!(!free.iter().any(|number| reserved.has_number(*number)));
    }

    #[test]
    fn a_range_that_ends_before_it_starts_reserves_nothing() {
        assert!(!(0..10).any(|number| reserved(&[(7, 3)]).has_number(number)));
    }

    #[test]
    fn reserved_names_are_compared_exactly() {
        let reserved = reserved(&[]);
        assert!(reserved.has_name("old"));
        assert!(!reserved.has_name("Old") && !reserved.has_name(""));
    }
}

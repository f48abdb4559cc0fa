//! What a field holds, as far as data is concerned.

use canread_model::{DeclId, DeclKind, Enum, Field, Int, IntEncoding, Schema, Type, TypeKind, Utf8};

use super::JsonForm;
use crate::{Cardinality, Shape};

/// Everything about a field that says how its value lies in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// How many values.
    pub(crate) many: Many,
    /// The kind of one value; in a map that of the values.
    pub(crate) kind: Kind,
    /// Whether a message in it stands between tags.
    pub(crate) is_delimited: bool,
}

/// How many values, and how they lie beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Many {
    /// At most one.
    One,
    /// A tag for each.
    Expanded,
    /// All in one length-prefixed run.
    Packed,
    /// A map with keys of this kind.
    Map(Key),
}

/// The kind of a map's keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Int(Int),
    Bool,
    String(Utf8),
}

/// A value type as Protobuf knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Double,
    Float,
    /// `int32`, `sint32`, `fixed32` and their kin.
    Int(Int),
    Bool,
    String(Utf8),
    Bytes,
    Enum(Numbers),
    /// A message, and what its JSON looks like.
    Message(JsonForm),
}

/// Which numbers the values of an enum have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Whether other numbers are kept too.
    pub(crate) is_open: bool,
    /// Whether 0 and 1 are among them.
    pub(crate) has_bits: bool,
    /// The lowest.
    pub(crate) lowest: i64,
    /// The highest.
    pub(crate) highest: i64,
    /// Whether it is `google.protobuf.NullValue`, which is `null` in JSON.
    pub(crate) is_null: bool,
}

impl Numbers {
    fn of(schema: &Schema, id: DeclId, declared: &Enum) -> Self {
        let has = |number| schema.values_by_number(id, number).next().is_some();
        let (lowest, highest) = schema.value_numbers(id).unwrap_or_default();
        let is_null = &*schema.decl(id).full_name == "google.protobuf.NullValue";
        Self { is_open: declared.is_open, has_bits: has(0) && has(1), lowest, highest, is_null }
    }
}

/// A wire type.
///
/// Source: Protobuf, "Encoding", "Message Structure".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WireType {
    Varint,
    I64,
    Len,
    Group,
    I32,
}

impl Slot {
    /// What a field of a schema holds.
    pub(crate) fn of(schema: &Schema, field: &Field) -> Self {
        let shape = Shape::of(&field.ty);
        let many = match shape.cardinality {
            Cardinality::Map => shape.key.and_then(Key::of).map_or(Many::Expanded, Many::Map),
            Cardinality::List | Cardinality::Set if shape.packed => Many::Packed,
            Cardinality::List | Cardinality::Set => Many::Expanded,
            Cardinality::Singular => Many::One,
        };
        Self { many, kind: Kind::of(schema, shape.element), is_delimited: field.delimited }
    }

    /// The wire type that each value, or a packed run of them, has behind its tag.
    pub(crate) fn wire_type(self) -> WireType {
        match self.many {
            Many::Packed | Many::Map(_) => WireType::Len,
            _ if self.is_delimited && matches!(self.kind, Kind::Message(_)) => WireType::Group,
            _ => self.kind.wire_type(),
        }
    }

    /// Whether it holds more than one value.
    pub(crate) fn is_many(self) -> bool {
        self.many != Many::One
    }

    /// Whether a reader takes a packed run for it, be it declared as packed or not.
    pub(crate) fn takes_runs(self) -> bool {
        matches!(self.many, Many::Packed | Many::Expanded) && self.kind.wire_type() != WireType::Len
    }

    /// Whether its JSON is that of its fields or values, and not a form that only well-known types have.
    pub(crate) fn is_plain_json(self) -> bool {
        matches!(self.kind, Kind::Enum(Numbers { is_null: false, .. }) | Kind::Message(JsonForm::Object))
    }

    /// Whether both hold well-known types that stand for different things, whatever their fields have in common.
    pub(crate) fn means_another_than(self, other: Self) -> bool {
        let (Kind::Message(own), Kind::Message(others)) = (self.kind, other.kind) else { return false };
        let is_known = own != JsonForm::Object && others != JsonForm::Object;
        is_known && own != others && (own.has_own_meaning() || others.has_own_meaning())
    }

    /// A map as what it is on the wire: a list of entries, which are messages.
    pub(crate) fn entries(self) -> Self {
        match self.many {
            Many::Map(_) => Self { many: Many::Expanded, kind: Kind::Message(JsonForm::Object), is_delimited: false },
            _ => self,
        }
    }
}

impl Key {
    fn of(ty: &Type) -> Option<Self> {
        match &ty.kind {
            TypeKind::Int(int) => Some(Self::Int(*int)),
            TypeKind::Bool => Some(Self::Bool),
            TypeKind::String(utf8) => Some(Self::String(*utf8)),
            _ => None,
        }
    }

    /// The key as a value.
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::Int(int) => Kind::Int(int),
            Self::Bool => Kind::Bool,
            Self::String(utf8) => Kind::String(utf8),
        }
    }
}

impl Kind {
    /// The kind of one value of a type.
    pub(crate) fn of(schema: &Schema, ty: &Type) -> Self {
        match &ty.kind {
            TypeKind::Float { bits: 32 } => Self::Float,
            TypeKind::Float { .. } => Self::Double,
            TypeKind::Int(int) => Self::Int(*int),
            TypeKind::Bool => Self::Bool,
            TypeKind::String(utf8) => Self::String(*utf8),
            TypeKind::Ref(decl) => match &schema.decl(*decl).kind {
                DeclKind::Enum(declared) => Self::Enum(Numbers::of(schema, *decl, declared)),
                _ => Self::Message(JsonForm::of_message(&schema.decl(*decl).full_name)),
            },
            // Bytes: Protobuf has no other types, and a name that nothing declares stops the comparison.
            _ => Self::Bytes,
        }
    }

    /// How one value lies on the wire.
    pub(crate) fn wire_type(self) -> WireType {
        match self {
            Self::Int(Int { encoding: IntEncoding::Fixed, bits: 32, .. }) | Self::Float => WireType::I32,
            Self::Int(Int { encoding: IntEncoding::Fixed, .. }) | Self::Double => WireType::I64,
            Self::Int(_) | Self::Bool | Self::Enum(_) => WireType::Varint,
            Self::String(_) | Self::Bytes | Self::Message(_) => WireType::Len,
        }
    }

    /// Whether both are one type, apart from which declaration is named and how text is checked.
    pub(crate) fn is_like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Enum(_), Self::Enum(_))
            | (Self::Message(_), Self::Message(_))
            | (Self::String(_), Self::String(_)) => true,
            (one, two) => one == two,
        }
    }
}

//! The schema of a type, as constants.

use crate::{Constant, FieldMeta, Format, Logical};

/// A type that has a schema.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't stand in a record",
    note = "derive `Record` for a type of your own; numbers, text, bytes, `Option`, `Box`, lists, sets and maps of them can"
)]
pub trait Shaped {
    /// The schema.
    const SHAPE: Shape;
}

/// The schema of a type.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// True or false.
    Bool,
    /// A whole number that fits into 32 bits with a sign.
    Int32,
    /// A whole number that fits into 64 bits with a sign.
    Int64,
    /// A whole number that fits into 32 bits without a sign.
    Uint32,
    /// A whole number that fits into 64 bits without a sign.
    Uint64,
    /// A number of IEEE 754, 32 bits.
    Float32,
    /// A number of IEEE 754, 64 bits.
    Float64,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// So many bytes.
    Fixed(usize),
    /// A date or another value that formats write in ways of their own, see [`physical`](Self::physical).
    Logical(Logical),
    /// One of several symbols.
    Enumeration(&'static EnumerationSchema),
    /// A record. A function, since a record may hold itself.
    Record(fn() -> &'static RecordSchema),
    /// One of several values. A function, since a branch may hold the union.
    Union(fn() -> &'static UnionSchema),
    /// A value that may be missing.
    Optional(&'static Shape),
    /// Any number of values.
    List(&'static Shape),
    /// Values by key.
    Map(&'static Shape, &'static Shape),
}

/// What sort of value a shape is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// True or false.
    Bool,
    /// A whole number of at most 32 bits.
    Number32,
    /// A whole number of 64 bits.
    Number64,
    /// 32 bits of IEEE 754.
    Float32,
    /// 64 bits of IEEE 754.
    Float64,
    /// Text or bytes.
    Bytes,
    /// A value that formats write in ways of their own.
    Logical,
    /// A symbol.
    Enumeration,
    /// A record.
    Record,
    /// A union.
    Union,
    /// A value that may be missing.
    Optional,
    /// A list.
    List,
    /// A map.
    Map,
}

impl Shape {
    /// What sort of value this is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Bool => Kind::Bool,
            Self::Int32 | Self::Uint32 => Kind::Number32,
            Self::Int64 | Self::Uint64 => Kind::Number64,
            Self::Float32 => Kind::Float32,
            Self::Float64 => Kind::Float64,
            Self::Text | Self::Bytes | Self::Fixed(_) => Kind::Bytes,
            Self::Logical(_) => Kind::Logical,
            Self::Enumeration(_) => Kind::Enumeration,
            Self::Record(_) => Kind::Record,
            Self::Union(_) => Kind::Union,
            Self::Optional(_) => Kind::Optional,
            Self::List(_) => Kind::List,
            Self::Map(..) => Kind::Map,
        }
    }

    /// The shape of the value that an optional one may have; the shape itself if it is not optional.
    #[must_use]
    pub const fn present(&self) -> &Self {
        match self {
            Self::Optional(shape) => shape.present(),
            _ => self,
        }
    }
}

impl Shape {
    /// Whether it is a record, or a list or `Option` of them: what Protobuf can put between two tags.
    #[must_use]
    pub const fn may_be_group(&self) -> bool {
        match self {
            Self::Record(_) => true,
            Self::Optional(shape) | Self::List(shape) => shape.may_be_group(),
            _ => false,
        }
    }

    /// Whether a field of it that is not there has the default that it says in a format.
    ///
    /// In Avro each has. In Protobuf a list, a map or an `Option` that is not there says that it is empty, and a message that comes is merged
    /// with what was there: only a scalar has a default, and a union, which holds one value and has no other way to say that it is not set.
    ///
    /// Source: Protobuf, "Field Presence"; Encoding, "Last One Wins".
    #[must_use]
    pub const fn has_default_in(&self, format: Format, meta: &FieldMeta) -> bool {
        match (format, self.physical(format, meta)) {
            (Format::Avro, _) => true,
            (_, Self::Optional(_) | Self::List(_) | Self::Map(..) | Self::Record(_)) => false,
            _ => true,
        }
    }
}

/// The schema of a record.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it")]
pub struct RecordSchema {
    /// Its name, with the package or namespace before it.
    pub name: &'static str,
    /// Names that it had.
    pub aliases: &'static [&'static str],
    /// Its fields, in the order of the type.
    pub fields: &'static [FieldSchema],
}

/// The schema of a field.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it")]
pub struct FieldSchema {
    /// Names and numbers.
    pub meta: FieldMeta,
    /// The schema of its value.
    pub shape: Shape,
    /// Makes what an absent field has, if the field says a default; see [`constant`](crate::constant).
    pub default: Option<fn(Format) -> Option<Constant>>,
}

impl FieldSchema {
    /// A field.
    ///
    /// # Panics
    ///
    /// Where it is compiled, if the field says `group` and has no record, or asks for a form that its type does not have, or
    /// says another thing that its type has no use for.
    #[must_use]
    pub const fn new(meta: FieldMeta, shape: Shape) -> Self {
        assert!(!meta.protobuf.is_group || shape.may_be_group(), "only a record can be a group");
        let has_ways = shape.has_way(Format::Protobuf, &meta) && shape.has_way(Format::Avro, &meta);
        assert!(has_ways, "the type of this field has no such form");
        assert!(shape.has_form(&meta), "the type of this field has no number that Protobuf can write so");
        assert!(shape.has_key_form(&meta), "the type of this field has no keys that Protobuf can write so");
        assert!(!meta.protobuf.is_unpacked || shape.may_be_unpacked(&meta), "only a list of numbers can be unpacked");
        let has_type_name = !meta.avro.type_name.is_empty();
        assert!(!has_type_name || shape.is_named_in_avro(&meta), "only a `fixed` of Avro has a `type_name`");
        let has_type_alias = !meta.avro.type_aliases.is_empty();
        assert!(!has_type_alias || shape.is_named_in_avro(&meta), "only a `fixed` of Avro has a `type_alias`");
        Self { meta, shape, default: None }
    }

    /// The same with a default.
    #[must_use]
    pub const fn with_default(mut self, default: fn(Format) -> Option<Constant>) -> Self {
        self.default = Some(default);
        self
    }
}

/// The schema of a union.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it")]
pub struct UnionSchema {
    /// Its name.
    pub name: &'static str,
    /// What it may be, in the order of the type.
    pub branches: &'static [FieldSchema],
}

/// The schema of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it")]
pub struct EnumerationSchema {
    /// Its name, with the package or namespace before it.
    pub name: &'static str,
    /// Names that it had.
    pub aliases: &'static [&'static str],
    /// Its symbols, in the order of the type.
    pub symbols: &'static [SymbolSchema],
    /// The number of the symbol that a field has which is not there.
    pub default: i32,
    /// Whether the type says that itself, so that a reader of Avro takes it for a symbol that it does not know.
    pub says_default: bool,
    /// Whether numbers without a symbol are values too.
    pub is_open: bool,
}

/// One symbol of an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the derive writes it")]
pub struct SymbolSchema {
    /// Its name.
    pub name: &'static str,
    /// Names that it had.
    pub aliases: &'static [&'static str],
    /// Its number.
    pub number: i32,
}

//! Types: uses of them and declarations of named ones, which in Avro may stand in one place.

use canread_syntax::Span;

use super::{Property, Text, Value};

/// A type where one is expected: a use of a name, or a declaration in place.
#[derive(Debug, Clone, PartialEq)]
pub struct Type<'a> {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind<'a>,
    /// Everything else that is said about it, in source order: `logicalType` and what belongs to it
    /// (`precision`, `scale`), and properties that Avro does not know.
    ///
    /// IDL's `decimal(9,2)` and `date` make the same properties as the JSON that they stand for, at the
    /// places of the words that say so.
    pub properties: Vec<Property<'a>>,
}

/// What a type is. Declarations are boxes, since most types are words.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the specification lists the kinds of type")]
pub enum TypeKind<'a> {
    /// A primitive type.
    Primitive(Primitive),
    /// A named type, by a name as written; one with dots is a full name.
    Reference(Text<'a>),
    /// The declaration of a record or error.
    Record(Box<Record<'a>>),
    /// The declaration of an enum.
    Enum(Box<Enum<'a>>),
    /// The declaration of a fixed.
    Fixed(Box<Fixed<'a>>),
    /// Items in order.
    Array(Box<Type<'a>>),
    /// Values by text.
    Map(Box<Type<'a>>),
    /// One of several types, in source order.
    Union(Vec<Type<'a>>),
    /// Something that could not be read and has been reported.
    Broken,
}

/// The types that need no declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the specification lists the primitive types")]
pub enum Primitive {
    /// No value.
    Null,
    /// True or false.
    Boolean,
    /// 32-bit signed integer.
    Int,
    /// 64-bit signed integer.
    Long,
    /// IEEE 754 binary32.
    Float,
    /// IEEE 754 binary64.
    Double,
    /// Bytes of any length.
    Bytes,
    /// Text.
    String,
}

impl Primitive {
    /// All of them, in the order of the specification.
    pub const ALL: [Self; 8] =
        [Self::Null, Self::Boolean, Self::Int, Self::Long, Self::Float, Self::Double, Self::Bytes, Self::String];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
        }
    }

    /// The primitive type of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|primitive| primitive.as_str() == name)
    }
}

/// What stands at the head of every named type.
#[derive(Debug, Clone, PartialEq)]
pub struct Head<'a> {
    /// Its name; one with dots is a full name.
    pub name: Text<'a>,
    /// What qualifies the name; an empty text is the null namespace.
    pub namespace: Option<Text<'a>>,
    /// Other names that data may know it by, in source order; relative to its own namespace.
    pub aliases: Vec<Text<'a>>,
    /// Documentation.
    pub doc: Option<Text<'a>>,
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<'a> {
    /// Names and documentation.
    pub head: Head<'a>,
    /// Whether it is an error.
    pub is_error: bool,
    /// Its fields, in source order.
    pub fields: Vec<Field<'a>>,
}

/// An enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum<'a> {
    /// Names and documentation.
    pub head: Head<'a>,
    /// Its symbols, in source order.
    pub symbols: Vec<Text<'a>>,
    /// The symbol that stands in for one that a reader does not know.
    pub default: Option<Text<'a>>,
}

/// Exactly so many bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Fixed<'a> {
    /// Names and documentation.
    pub head: Head<'a>,
    /// Number of bytes; `None` if what stands there has been reported.
    pub size: Option<u32>,
}

/// How a field takes part in sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the specification lists the orders")]
pub enum Order {
    /// Smaller first.
    Ascending,
    /// Larger first.
    Descending,
    /// Not at all.
    Ignore,
}

impl Order {
    /// All of them, in the order of the specification.
    pub const ALL: [Self; 3] = [Self::Ascending, Self::Descending, Self::Ignore];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
            Self::Ignore => "ignore",
        }
    }
}

/// A field of a record, or a parameter of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<'a> {
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name: Text<'a>,
    /// Documentation.
    pub doc: Option<Text<'a>>,
    /// Its type.
    pub ty: Type<'a>,
    /// The value that stands in when data has none.
    pub default: Option<Value<'a>>,
    /// How it sorts, if that is said.
    pub order: Option<Order>,
    /// Other names that data may know it by, in source order.
    pub aliases: Vec<Text<'a>>,
    /// Everything else that is said about it, in source order.
    pub properties: Vec<Property<'a>>,
}

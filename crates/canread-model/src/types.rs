//! One use of a type, and everything that can hang on it.

use crate::{Annotation, Constraint, DeclId, Field, Literal, NodeId};

/// One use of a type: of a field, a list item, a map value, an alias.
///
/// Constraints, logical types and annotations hang here and not on fields, so
/// that list items and primitives can carry them too (Avro properties on
/// primitives, facets, JSON Schema keywords).
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// This node.
    pub node: NodeId,
    /// What it is physically.
    pub kind: TypeKind,
    extras: Option<Box<Extras>>,
}

/// The rarely used parts of a type, apart so that a plain type stays small.
#[derive(Debug, Clone, PartialEq, Default)]
struct Extras {
    logical: Option<Logical>,
    constraints: Vec<Constraint>,
    annotations: Vec<Annotation>,
    is_null_last: bool,
    throws: Vec<Field>,
    reply: Option<Type>,
}

impl Type {
    /// A type with nothing hanging on it.
    #[must_use]
    pub fn new(node: NodeId, kind: TypeKind) -> Self {
        Self { node, kind, extras: None }
    }

    /// Tags the type with what its values mean.
    #[must_use]
    pub fn logical(mut self, logical: Logical) -> Self {
        self.extras_mut().logical = Some(logical);
        self
    }

    /// What the values mean, if the schema says so.
    #[must_use]
    pub fn as_logical(&self) -> Option<&Logical> {
        self.extras.as_ref()?.logical.as_ref()
    }

    /// What the values are restricted to, in source order.
    #[must_use]
    pub fn constraints(&self) -> &[Constraint] {
        self.extras.as_ref().map_or(&[], |extras| &extras.constraints)
    }

    /// What the values are restricted to, to change.
    pub fn constraints_mut(&mut self) -> &mut Vec<Constraint> {
        &mut self.extras_mut().constraints
    }

    /// Annotations in source order.
    #[must_use]
    pub fn annotations(&self) -> &[Annotation] {
        self.extras.as_ref().map_or(&[], |extras| &extras.annotations)
    }

    /// Annotations, to change.
    pub fn annotations_mut(&mut self) -> &mut Vec<Annotation> {
        &mut self.extras_mut().annotations
    }

    /// Says that null is the second arm of the union that this nullable type was in Avro.
    #[must_use]
    pub fn null_last(mut self) -> Self {
        self.extras_mut().is_null_last = true;
        self
    }

    /// Whether null is the second arm of the union that this nullable type was in Avro.
    ///
    /// Avro numbers the arms of a union by position and, up to 1.11, types a
    /// default by the first one. So `["null", T]`, which is the plain form, and
    /// `[T, "null"]` differ in data although they take the same values.
    #[must_use]
    pub fn is_null_last(&self) -> bool {
        self.extras.as_ref().is_some_and(|extras| extras.is_null_last)
    }

    /// The exceptions that may end a stream or sink, or stand for its reply (fbthrift `throws` inside `stream<…>`).
    #[must_use]
    pub fn throws(&self) -> &[Field] {
        self.extras.as_ref().map_or(&[], |extras| &extras.throws)
    }

    /// The exceptions that may end a stream or sink, to change.
    pub fn throws_mut(&mut self) -> &mut Vec<Field> {
        &mut self.extras_mut().throws
    }

    /// Says what the server answers when the sink has ended (fbthrift `sink<T, Reply>`).
    #[must_use]
    pub fn replying(mut self, reply: Type) -> Self {
        self.extras_mut().reply = Some(reply);
        self
    }

    /// What the server answers when the sink has ended.
    #[must_use]
    pub fn reply(&self) -> Option<&Type> {
        self.extras.as_ref()?.reply.as_ref()
    }

    /// The declaration that this type names, looking through lists, sets and nullability.
    #[must_use]
    pub fn target(&self) -> Option<DeclId> {
        match &self.kind {
            TypeKind::Ref(decl) => Some(*decl),
            TypeKind::List(list) => list.item.target(),
            TypeKind::Set(item) | TypeKind::Nullable(item) | TypeKind::Stream(item) | TypeKind::Sink(item) => {
                item.target()
            }
            _ => None,
        }
    }

    fn extras_mut(&mut self) -> &mut Extras {
        self.extras.get_or_insert_default()
    }
}

/// What a type is physically.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TypeKind {
    /// Only null.
    Null,
    /// True or false.
    Bool,
    /// Integers.
    Int(Int),
    /// IEEE 754 binary floating point of 16, 32 or 64 bits.
    Float {
        /// 16, 32 or 64.
        bits: u8,
    },
    /// Decimal numbers; unbounded where nothing is said.
    Decimal {
        /// Significant digits.
        precision: Option<u32>,
        /// Digits behind the point.
        scale: Option<i32>,
    },
    /// Text.
    String(Utf8),
    /// Bytes of any length.
    Bytes,
    /// Exactly so many bytes, without a name of its own (a named one is [`DeclKind::Fixed`](crate::DeclKind::Fixed)).
    Fixed {
        /// Number of bytes.
        size: u32,
    },
    /// A calendar date.
    Date,
    /// A time of day.
    Time(TimeUnit),
    /// A point in time.
    Timestamp(TimeUnit, Zone),
    /// A span of time.
    Duration(DurationKind),
    /// A UUID.
    Uuid,
    /// A URI or IRI.
    Uri,
    /// An XML qualified name.
    QName,
    /// An XML `ID`.
    Id,
    /// An XML `IDREF`.
    IdRef,
    /// Any value.
    Any,
    /// No value.
    Never,
    /// Exactly this value.
    Literal(Box<Literal>),
    /// Values in order.
    List(Box<List>),
    /// Values without order and duplicates.
    Set(Box<Type>),
    /// Keys and values.
    Map(Box<Map>),
    /// A fixed number of values, each of a type of its own.
    Tuple(Box<Tuple>),
    /// The inner type, or null.
    Nullable(Box<Type>),
    /// A declaration.
    Ref(DeclId),
    /// A name that nothing declares; the reader has reported it.
    Unresolved(Box<str>),
    /// fbthrift `stream<T>`: items from server to client.
    Stream(Box<Type>),
    /// fbthrift `sink<T>`: items from client to server.
    Sink(Box<Type>),
}

/// How an integer lies on the wire, where the schema says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum IntEncoding {
    /// Whatever the format's only way is.
    Native,
    /// Base 128, two's complement of 64 bits (Protobuf `int32`, `int64`, `uint32`, `uint64`).
    Varint,
    /// Base 128 over zig-zag (Protobuf `sint32`, `sint64`).
    Zigzag,
    /// Little-endian, all bytes (Protobuf `fixed32` and its kin).
    Fixed,
}

/// An integer type: range and wire encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Int {
    /// 8, 16, 32, 64 or 128; 0 means unbounded.
    pub bits: u8,
    /// Whether it can be negative.
    pub signed: bool,
    /// How it lies on the wire.
    pub encoding: IntEncoding,
}

impl Int {
    /// Signed 32 bits in the format's own encoding: Avro `int`, Thrift `i32`.
    pub const I32: Self = Self { bits: 32, signed: true, encoding: IntEncoding::Native };
    /// Signed 64 bits in the format's own encoding: Avro `long`, Thrift `i64`.
    pub const I64: Self = Self { bits: 64, signed: true, encoding: IntEncoding::Native };
    /// An integer of any size: JSON Schema `integer`, `xs:integer`.
    pub const BIG: Self = Self { bits: 0, signed: true, encoding: IntEncoding::Native };
}

/// What is checked of text on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Utf8 {
    /// A reader refuses text that is no UTF-8.
    #[default]
    Verified,
    /// Nobody looks (Protobuf `utf8_validation = NONE`, proto2).
    Unchecked,
}

/// The smallest step of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TimeUnit {
    /// Seconds.
    Second,
    /// 10^-3 s.
    Millisecond,
    /// 10^-6 s.
    Microsecond,
    /// 10^-9 s.
    Nanosecond,
    /// As many digits as are written (XSD, RFC 3339 text).
    Arbitrary,
}

/// What a timestamp is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Zone {
    /// An instant, counted in UTC.
    Utc,
    /// Wall-clock time of an unnamed place.
    Local,
    /// An instant with the offset it was written in.
    Offset,
    /// An offset that may be absent (XSD `dateTime`).
    OptionalOffset,
}

/// What a duration counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DurationKind {
    /// Exact time.
    Exact(TimeUnit),
    /// Months, days and milliseconds apart (Avro `duration`).
    MonthsDaysMilliseconds,
    /// ISO 8601 text with years to seconds (XSD `duration`).
    Calendar,
    /// Years and months only.
    YearMonth,
    /// Days to seconds only.
    DayTime,
}

/// Values in order.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Type of each item.
    pub item: Type,
    /// Whether scalars stand in one length-prefixed run (Protobuf `packed`, resolved).
    pub packed: bool,
}

/// Keys and values.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Type of the keys.
    pub key: Type,
    /// Type of the values.
    pub value: Type,
    /// Whether order is part of the value.
    pub ordered: bool,
}

/// A fixed number of values.
#[derive(Debug, Clone, PartialEq)]
pub struct Tuple {
    /// Types by position.
    pub items: Vec<Type>,
    /// Type of further values; `None` if there may be none.
    pub rest: Option<Type>,
}

/// What the values of a physical type mean (Avro `logicalType`, JSON Schema `format`).
#[derive(Debug, Clone, PartialEq)]
pub struct Logical {
    /// The name as written.
    pub name: Box<str>,
    /// What it stands for.
    pub kind: LogicalKind,
}

/// Logical types that the model knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalKind {
    /// A decimal in bytes or a fixed.
    Decimal {
        /// Significant digits.
        precision: u32,
        /// Digits behind the point.
        scale: i32,
    },
    /// Arbitrary-precision decimal with its scale in the bytes (Avro `big-decimal`).
    BigDecimal,
    /// Days since 1970-01-01.
    Date,
    /// Time since midnight.
    Time(TimeUnit),
    /// Time since 1970-01-01T00:00.
    Timestamp(TimeUnit, Zone),
    /// A span of time.
    Duration(DurationKind),
    /// A UUID.
    Uuid,
    /// One that the model does not know; its attributes are annotations of the type.
    Unknown,
}

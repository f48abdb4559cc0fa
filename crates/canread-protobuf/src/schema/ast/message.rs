//! Messages and what stands in them.

use std::borrow::Cow;

use canread_syntax::Span;

use super::{CommentsId, DottedName, Enum, Ident, Number, OptionDecl, Visibility};

/// `message Order { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Message<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// The word in front, in edition 2024.
    pub visibility: Option<Visibility>,
    /// `option` statements, in source order.
    pub options: Box<[OptionDecl<'a>]>,
    /// All other statements, in source order.
    pub items: Box<[MessageItem<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// A statement of a message, `option` apart.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum MessageItem<'a> {
    /// `optional int32 a = 1;`
    Field(Field<'a>),
    /// `map<string, int32> a = 1;`
    Map(Box<MapField<'a>>),
    /// `optional group A = 1 { … }`
    Group(Box<Group<'a>>),
    /// `oneof a { … }`
    Oneof(Box<Oneof<'a>>),
    /// `message A { … }`
    Message(Box<Message<'a>>),
    /// `enum A { … }`
    Enum(Box<Enum<'a>>),
    /// `extend A { … }`
    Extend(Box<Extend<'a>>),
    /// `reserved 1 to 5;`
    Reserved(Box<Reserved<'a>>),
    /// `extensions 100 to max;`
    Extensions(Box<Extensions<'a>>),
}

/// `repeated shop.Line lines = 3 [deprecated = true];`
#[derive(Debug, Clone, PartialEq)]
pub struct Field<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// Its type as written.
    pub ty: Type<'a>,
    /// Its number; `None` if it has none that can be used, which has been reported.
    pub number: Option<Number>,
    /// The options in brackets, `default` and `json_name` among them.
    pub options: Box<[OptionDecl<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
    /// The word in front.
    pub label: Option<Label>,
}

impl Field<'_> {
    /// Where the label stands, or the empty span where it would stand.
    #[must_use]
    pub fn label_span(&self) -> Span {
        label_span(self.span, self.label)
    }
}

/// `map<string, shop.Line> lines = 3;`
#[derive(Debug, Clone, PartialEq)]
pub struct MapField<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// The type of the keys, as written: any type, which the language restricts later.
    pub key: Type<'a>,
    /// The type of the values, as written.
    pub value: Type<'a>,
    /// `map<…>`.
    pub type_span: Span,
    /// Its number; `None` if it has none that can be used, which has been reported.
    pub number: Option<Number>,
    /// The options in brackets.
    pub options: Box<[OptionDecl<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `repeated group Line = 3 { … }`: a field and the message that is its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Group<'a> {
    /// The name of the message; the field has it in lower case.
    pub name: Ident<'a>,
    /// The number of the field; `None` if it has none that can be used, which has been reported.
    pub number: Option<Number>,
    /// The options in brackets, which are the field's.
    pub field_options: Box<[OptionDecl<'a>]>,
    /// The `option` statements inside, which are the message's.
    pub options: Box<[OptionDecl<'a>]>,
    /// All other statements of the message, in source order.
    pub items: Box<[MessageItem<'a>]>,
    /// The word `group`, where a field has its type.
    pub type_span: Span,
    /// The whole declaration.
    pub span: Span,
    /// Its comments; protoc hangs them on the message, not on the field.
    pub comments: CommentsId,
    /// The word in front.
    pub label: Option<Label>,
}

impl Group<'_> {
    /// Where the label stands, or the empty span where it would stand.
    #[must_use]
    pub fn label_span(&self) -> Span {
        label_span(self.span, self.label)
    }
}

/// A label is the first word of its declaration.
fn label_span(declaration: Span, label: Option<Label>) -> Span {
    let length = label.map_or(0, |label| label.as_str().len());
    let end = declaration.range().start.saturating_add(length).min(declaration.range().end);
    Span { end: u32::try_from(end).unwrap_or(declaration.end), ..declaration }
}

/// The word in front of a field.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// `optional`
    Optional,
    /// `required`
    Required,
    /// `repeated`
    Repeated,
}

impl Label {
    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Optional => "optional",
            Self::Required => "required",
            Self::Repeated => "repeated",
        }
    }
}

/// The type of a field, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Type<'a> {
    /// Which type.
    pub kind: TypeKind<'a>,
    /// Where it stands.
    pub span: Span,
}

/// Which type a field has.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeKind<'a> {
    /// A type of the language.
    Scalar(Scalar),
    /// A message or enum: a dotted name, perhaps with a leading dot, as in [`DottedName::text`].
    Named(Cow<'a, str>),
}

/// A type of the language.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// 64-bit IEEE 754 number, in 8 bytes.
    Double,
    /// 32-bit IEEE 754 number, in 4 bytes.
    Float,
    /// Signed 32-bit integer, as a varint; a negative one takes 10 bytes.
    Int32,
    /// Signed 64-bit integer, as a varint; a negative one takes 10 bytes.
    Int64,
    /// Unsigned 32-bit integer, as a varint.
    Uint32,
    /// Unsigned 64-bit integer, as a varint.
    Uint64,
    /// Signed 32-bit integer, as a zig-zag varint: small where the number is near 0.
    Sint32,
    /// Signed 64-bit integer, as a zig-zag varint: small where the number is near 0.
    Sint64,
    /// Unsigned 32-bit integer, always in 4 bytes.
    Fixed32,
    /// Unsigned 64-bit integer, always in 8 bytes.
    Fixed64,
    /// Signed 32-bit integer, always in 4 bytes.
    Sfixed32,
    /// Signed 64-bit integer, always in 8 bytes.
    Sfixed64,
    /// A varint that is 0 for `false`.
    Bool,
    /// UTF-8 text behind its length.
    String,
    /// Any bytes, behind their length.
    Bytes,
}

impl Scalar {
    /// The type's name in the language.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Double => "double",
            Self::Float => "float",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::Sint32 => "sint32",
            Self::Sint64 => "sint64",
            Self::Fixed32 => "fixed32",
            Self::Fixed64 => "fixed64",
            Self::Sfixed32 => "sfixed32",
            Self::Sfixed64 => "sfixed64",
            Self::Bool => "bool",
            Self::String => "string",
            Self::Bytes => "bytes",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "double" => Self::Double,
            "float" => Self::Float,
            "int32" => Self::Int32,
            "int64" => Self::Int64,
            "uint32" => Self::Uint32,
            "uint64" => Self::Uint64,
            "sint32" => Self::Sint32,
            "sint64" => Self::Sint64,
            "fixed32" => Self::Fixed32,
            "fixed64" => Self::Fixed64,
            "sfixed32" => Self::Sfixed32,
            "sfixed64" => Self::Sfixed64,
            "bool" => Self::Bool,
            "string" => Self::String,
            "bytes" => Self::Bytes,
            _ => return None,
        })
    }
}

/// `oneof kind { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Oneof<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// `option` statements, in source order.
    pub options: Box<[OptionDecl<'a>]>,
    /// Its fields, in source order; none has a label.
    pub members: Box<[Member<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `extend shop.Order { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Extend<'a> {
    /// The extended message, as written.
    pub extendee: DottedName<'a>,
    /// The extension fields, in source order.
    pub members: Box<[Member<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// A field of a `oneof` or an `extend`, where maps are not allowed.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum Member<'a> {
    /// `int32 a = 1;`
    Field(Field<'a>),
    /// `group A = 1 { … }`
    Group(Box<Group<'a>>),
}

/// `reserved 1, 5 to 9, 100 to max;` or `reserved "a", "b";` or `reserved a, b;`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved<'a> {
    /// Reserved numbers.
    pub ranges: Box<[NumberRange]>,
    /// Reserved names.
    pub names: Box<[ReservedName<'a>]>,
    /// The whole statement.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `1`, `5 to 9`, `100 to max`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRange {
    /// The first number.
    pub start: i32,
    /// The last number.
    pub end: RangeEnd,
    /// From the first to the last word.
    pub span: Span,
}

/// How a range ends.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeEnd {
    /// With this number, which belongs to it; a single number is a range that ends where it starts.
    Inclusive(i32),
    /// `max`: with the largest number there is, which depends on the message.
    Max,
}

/// A reserved name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReservedName<'a> {
    /// The name, escapes decoded.
    pub name: Cow<'a, str>,
    /// Whether it was written as a string (before editions) or as an identifier (editions).
    pub quoted: bool,
    /// Where it stands, quotes included.
    pub span: Span,
}

/// `extensions 100 to 199, 500 [declaration = { … }];`
#[derive(Debug, Clone, PartialEq)]
pub struct Extensions<'a> {
    /// The numbers.
    pub ranges: Box<[NumberRange]>,
    /// The options in brackets, which hold for each range.
    pub options: Box<[OptionDecl<'a>]>,
    /// The whole statement.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

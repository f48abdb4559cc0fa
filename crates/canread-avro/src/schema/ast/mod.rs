//! The syntax tree of one Avro file: what was written, in the order in which
//! it was written, with nothing resolved.
//!
//! JSON text (`.avsc`, `.avpr`) and IDL text (`.avdl`) make the same tree.
//! Texts are borrowed from the file where they stand there as they are meant,
//! and owned where escapes or comment marks had to go. Every node carries the
//! span of all of it, and named nodes the span of their name.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | [`File`], its [`Body`], [`Import`], [`Protocol`], [`Message`] |
//! | `types` | [`Type`] and the named types, [`Field`] |
//! | `value` | [`Value`]: defaults and properties |
//!
//! What could not be read has been reported and is missing here, or stands
//! here as [`TypeKind::Broken`]: the linker says nothing more about it.

mod types;
mod value;

use std::borrow::Cow;

use canread_syntax::Span;

pub use types::{Enum, Field, Fixed, Head, Order, Primitive, Record, Type, TypeKind};
pub use value::{Member, Property, Value, ValueKind};

/// One Avro file.
#[derive(Debug, Clone, PartialEq)]
pub struct File<'a> {
    /// The whole text.
    pub span: Span,
    /// Imports, in source order; only IDL has them.
    pub imports: Vec<Import<'a>>,
    /// What the file is.
    pub body: Body<'a>,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::exhaustive_enums, reason = "the specification knows two kinds of file")]
pub enum Body<'a> {
    /// A schema.
    Schema(Schema<'a>),
    /// A protocol.
    Protocol(Protocol<'a>),
}

/// A text and where it stands: a name, a documentation, an import path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text, without quotes and escapes.
    pub text: Cow<'a, str>,
    /// Where it stands; in JSON the quotes are included.
    pub span: Span,
}

/// A file that holds a schema.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Schema<'a> {
    /// The namespace of everything in the file that names none (IDL `namespace a.b;`). JSON has no such thing.
    pub namespace: Option<Text<'a>>,
    /// Types that are declared beside the root, in source order (IDL). Empty in JSON, where types stand inside the root.
    pub types: Vec<Type<'a>>,
    /// What the file describes: the JSON text, or what `schema T;` says in IDL.
    pub root: Option<Type<'a>>,
}

/// A protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Protocol<'a> {
    /// All of it.
    pub span: Span,
    /// Its name; one with dots is a full name.
    pub name: Text<'a>,
    /// What qualifies the name, and whatever in the protocol says nothing itself.
    pub namespace: Option<Text<'a>>,
    /// Documentation.
    pub doc: Option<Text<'a>>,
    /// The types that it declares, in source order.
    pub types: Vec<Type<'a>>,
    /// Its messages, in source order.
    pub messages: Vec<Message<'a>>,
    /// Everything else that is said about it, in source order.
    pub properties: Vec<Property<'a>>,
}

/// A message of a protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Message<'a> {
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name: Text<'a>,
    /// Documentation.
    pub doc: Option<Text<'a>>,
    /// Its parameters, in source order.
    pub request: Vec<Field<'a>>,
    /// What it answers: `null` for IDL's `void`.
    pub response: Type<'a>,
    /// The errors that it declares, in source order.
    pub errors: Vec<Type<'a>>,
    /// Where it says that no answer is sent, if it does.
    pub one_way: Option<Span>,
    /// Everything else that is said about it, in source order.
    pub properties: Vec<Property<'a>>,
}

/// Which language an imported file is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the IDL knows three kinds of import")]
pub enum ImportKind {
    /// `import idl "x.avdl";`
    Idl,
    /// `import protocol "x.avpr";`
    Protocol,
    /// `import schema "x.avsc";`
    Schema,
}

/// An import of IDL.
#[derive(Debug, Clone, PartialEq)]
pub struct Import<'a> {
    /// All of the statement.
    pub span: Span,
    /// The language of the imported file.
    pub kind: ImportKind,
    /// The path as written, relative to this file.
    pub path: Text<'a>,
}

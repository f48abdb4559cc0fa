//! The syntax tree of one `.proto` file: what was written, in the order in
//! which it was written, with nothing resolved.
//!
//! Texts are borrowed from the file (or from any other buffer that lives as
//! long, such as a descriptor set); only what can't be borrowed is owned: a
//! string literal with escapes, a dotted name with blanks inside. Every node
//! carries the span of the whole declaration, and named nodes the span of
//! their name. A node that no text stands behind has [`NO_SPAN`].
//!
//! | file | holds |
//! |---|---|
//! | `mod` | [`File`] and its header: syntax or edition, package, imports |
//! | `name` | [`Ident`], [`DottedName`], [`Number`], [`Visibility`] |
//! | `message` | messages and all that stands in them |
//! | `enumeration`, `service` | enums; services and methods |
//! | `option` | option statements and their values |
//! | `comment` | which comments belong to which declaration |
//!
//! Nodes that the parser had to mend after a syntax error are kept where they
//! are still of use; a number that is missing or out of range is `None` then,
//! and has been reported.

mod comment;
mod enumeration;
mod message;
mod name;
mod option;
mod service;

use std::borrow::Cow;

use canread_syntax::{FileId, Span};

pub use comment::{CommentTable, Comments, CommentsId, comment_text};
pub use enumeration::{Enum, EnumItem, EnumValue};
pub use message::{
    Extend, Extensions, Field, Group, Label, MapField, Member, Message, MessageItem, NumberRange, Oneof, RangeEnd,
    Reserved, ReservedName, Scalar, Type, TypeKind,
};
pub use name::{DottedName, Ident, Number, Visibility};
pub use option::{Key, LiteralField, NamePart, OptionDecl, Value, ValueKind};
pub use service::{Method, MethodType, Service};

/// The span of a node without a text, such as one that comes from a descriptor set.
pub const NO_SPAN: Span = Span { file: FileId(u32::MAX), start: 0, end: 0 };

/// One `.proto` file.
#[derive(Debug, Clone, PartialEq)]
pub struct File<'a> {
    /// The whole text.
    pub span: Span,
    /// The `syntax` or `edition` statement, if there is one.
    pub syntax: Option<Syntax>,
    /// The `package` statement; of several (an error) the last one.
    pub package: Option<Package<'a>>,
    /// Imports, in source order.
    pub imports: Vec<Import<'a>>,
    /// `option` statements of the file, in source order.
    pub options: Vec<OptionDecl<'a>>,
    /// Declarations, in source order.
    pub items: Vec<Item<'a>>,
    /// The comments of every node of the file.
    pub comments: CommentTable,
}

impl File<'_> {
    /// The language version the file is written in: `proto2` unless it says otherwise.
    #[must_use]
    pub fn version(&self) -> Version {
        self.syntax.map_or(Version::Proto2, |syntax| syntax.version)
    }
}

/// A version of the schema language.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// `syntax = "proto2"`, and files that say nothing.
    Proto2,
    /// `syntax = "proto3"`.
    Proto3,
    /// `edition = "2023"`.
    Edition2023,
    /// `edition = "2024"`.
    Edition2024,
}

impl Version {
    /// The text between the quotes: `proto3`, `2023`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proto2 => "proto2",
            Self::Proto3 => "proto3",
            Self::Edition2023 => "2023",
            Self::Edition2024 => "2024",
        }
    }

    /// Whether this is an edition, in which features take the place of syntax.
    #[must_use]
    pub fn is_edition(self) -> bool {
        matches!(self, Self::Edition2023 | Self::Edition2024)
    }
}

/// `syntax = "proto3";` or `edition = "2023";`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Syntax {
    /// What the statement says. A version this reader doesn't know has been reported and stands here as the newest one.
    pub version: Version,
    /// The string literal.
    pub value_span: Span,
    /// The whole statement.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `package shop.v1;`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package<'a> {
    /// The package name.
    pub name: DottedName<'a>,
    /// The whole statement.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `import public "shop/v1/order.proto";`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import<'a> {
    /// The path as written, escapes decoded.
    pub path: Cow<'a, str>,
    /// The string literals of the path.
    pub path_span: Span,
    /// The word behind `import`.
    pub kind: ImportKind,
    /// The whole statement.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// What an import lends the file.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportKind {
    /// `import`: symbols for this file.
    Plain,
    /// `import public`: symbols for this file and for those that import it.
    Public,
    /// `import weak`: as plain, but the file may be missing.
    Weak,
    /// `import option` (edition 2024): symbols for option names only.
    Option,
}

/// A declaration of a file.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum Item<'a> {
    /// `message M { … }`
    Message(Box<Message<'a>>),
    /// `enum E { … }`
    Enum(Box<Enum<'a>>),
    /// `extend M { … }`
    Extend(Box<Extend<'a>>),
    /// `service S { … }`
    Service(Box<Service<'a>>),
}

//! Enums.

use canread_syntax::Span;

use super::{CommentsId, Ident, Number, OptionDecl, Reserved, Visibility};

/// `enum Color { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Enum<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// The word in front, in edition 2024.
    pub visibility: Option<Visibility>,
    /// `option` statements, in source order.
    pub options: Box<[OptionDecl<'a>]>,
    /// All other statements, in source order.
    pub items: Box<[EnumItem<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// A statement of an enum, `option` apart.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum EnumItem<'a> {
    /// `RED = 1;`
    Value(EnumValue<'a>),
    /// `reserved 1 to 5;`
    Reserved(Box<Reserved<'a>>),
}

/// `RED = 1 [deprecated = true];`
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// Its number; `None` if it has none that can be used, which has been reported.
    pub number: Option<Number>,
    /// The options in brackets.
    pub options: Box<[OptionDecl<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

//! Services and their methods.

use canread_syntax::Span;

use super::{CommentsId, DottedName, Ident, OptionDecl};

/// `service Shop { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Service<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// `option` statements, in source order.
    pub options: Box<[OptionDecl<'a>]>,
    /// Its methods, in source order.
    pub methods: Box<[Method<'a>]>,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `rpc Get(GetRequest) returns (stream Order) { … }`
#[derive(Debug, Clone, PartialEq)]
pub struct Method<'a> {
    /// Its name.
    pub name: Ident<'a>,
    /// What the client sends.
    pub input: MethodType<'a>,
    /// What the server sends.
    pub output: MethodType<'a>,
    /// `option` statements, in source order.
    pub options: Box<[OptionDecl<'a>]>,
    /// Whether it ends with braces, which may be empty, and not with `;`. protoc tells the two apart.
    pub has_block: bool,
    /// The whole declaration.
    pub span: Span,
    /// Its comments.
    pub comments: CommentsId,
}

/// `stream shop.Order`, between the parentheses of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodType<'a> {
    /// The message, as written.
    pub name: DottedName<'a>,
    /// Where the word `stream` stands, if it does: any number of messages follow one another.
    pub stream: Option<Span>,
}

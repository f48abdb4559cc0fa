//! Names and numbers, with their places.

use std::borrow::Cow;

use canread_syntax::Span;

/// One identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ident<'a> {
    /// The identifier.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// Identifiers with dots between them, perhaps with a leading dot: `shop.v1.Order`, `.shop.v1.Order`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DottedName<'a> {
    /// The name without blanks or comments. Borrowed unless such stood inside.
    pub text: Cow<'a, str>,
    /// From its first to its last character.
    pub span: Span,
}

impl<'a> DottedName<'a> {
    /// Whether the name starts with a dot, and so starts from the root.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.text.starts_with('.')
    }

    /// The identifiers, in order.
    pub fn parts(&self) -> impl Iterator<Item = &str> + use<'_, 'a> {
        self.text.strip_prefix('.').unwrap_or(&self.text).split('.')
    }
}

/// A field number, enum number or range bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its value; whether it is allowed where it stands is not the parser's business.
    pub value: i32,
    /// Where it stands, sign included.
    pub span: Span,
}

/// Whether other files may use a declaration (edition 2024).
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// `export`
    Export,
    /// `local`
    Local,
}

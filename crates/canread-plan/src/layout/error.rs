//! Why a schema has no layout.

use std::fmt;

/// Why a schema has no layout, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutError {
    kind: LayoutErrorKind,
    symbol: Box<str>,
}

/// Why a schema has no layout.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutErrorKind {
    /// The schema as a whole describes nothing: it has no element, as that of an Avro protocol.
    NoRoot,
    /// A name that nothing declares.
    Unresolved(Box<str>),
    /// A type whose values no codec here makes, in words.
    Unsupported(&'static str),
    /// A default that its type does not have.
    Default,
    /// Lists, maps and unions inside each other deeper than 100 levels between one record and the next, or without an end.
    TooDeep,
    /// Fields of one record with one number or name.
    Ambiguous,
    /// A union with two branches of one type, which data of Avro does not tell apart.
    Twins(Box<str>),
}

impl LayoutError {
    pub(super) fn new(kind: LayoutErrorKind, symbol: &str) -> Self {
        Self { kind, symbol: symbol.into() }
    }

    /// Why.
    #[must_use]
    pub fn kind(&self) -> &LayoutErrorKind {
        &self.kind
    }

    /// What it is about, by full name.
    #[must_use]
    pub fn symbol(&self) -> &str {
        &self.symbol
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbol = &self.symbol;
        match &self.kind {
            LayoutErrorKind::NoRoot => f.write_str("the schema has no type of its own"),
            LayoutErrorKind::Unresolved(name) => write!(f, "`{symbol}` names `{name}`, which nothing declares"),
            LayoutErrorKind::Unsupported(what) => write!(f, "`{symbol}` is {what}, which has no values here"),
            LayoutErrorKind::Default => write!(f, "the default of `{symbol}` is no value of its type"),
            LayoutErrorKind::TooDeep => write!(f, "the types of `{symbol}` are too deep inside each other"),
            LayoutErrorKind::Twins(words) => {
                write!(f, "the union `{symbol}` has {words} twice: give one of the branches a type of its own")
            }
            LayoutErrorKind::Ambiguous => write!(f, "`{symbol}` has the name or number of another field"),
        }
    }
}

impl std::error::Error for LayoutError {}

//! What values of a type are restricted to.

use crate::{Format, Literal, NodeId};

/// One end of an interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The value.
    pub value: Literal,
    /// Whether the value itself is allowed.
    pub inclusive: bool,
}

/// Whose regular expressions a pattern is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PatternDialect {
    /// ECMA-262 (JSON Schema); matches anywhere.
    Ecma262,
    /// XML Schema; matches the whole value.
    Xsd,
    /// RE2 (protovalidate, CEL); matches anywhere.
    Re2,
}

/// What happens to white space before a value is looked at (XSD `whiteSpace`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Whitespace {
    /// Nothing.
    Preserve,
    /// Each tab and line end becomes a space.
    Replace,
    /// Also runs become one space, and the ends are trimmed.
    Collapse,
}

/// A restriction, in the model's own words where it has them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Constraint {
    /// At least this.
    Min(NodeId, Bound),
    /// At most this.
    Max(NodeId, Bound),
    /// So many characters (text), bytes (bytes) or items (lists).
    Length {
        /// This node.
        node: NodeId,
        /// At least.
        min: Option<u64>,
        /// At most.
        max: Option<u64>,
    },
    /// Number of entries of a map or properties of an object.
    Properties {
        /// This node.
        node: NodeId,
        /// At least.
        min: Option<u64>,
        /// At most.
        max: Option<u64>,
    },
    /// Matches a regular expression.
    Pattern {
        /// This node.
        node: NodeId,
        /// The expression, as written.
        pattern: Box<str>,
        /// How to read it.
        dialect: PatternDialect,
    },
    /// A multiple of this.
    MultipleOf(NodeId, Literal),
    /// At most so many digits in all.
    TotalDigits(NodeId, u32),
    /// At most so many digits behind the point.
    FractionDigits(NodeId, u32),
    /// No two items are equal.
    Unique(NodeId),
    /// One of these values.
    OneOf(NodeId, Vec<Literal>),
    /// Treatment of white space.
    Whitespace(NodeId, Whitespace),
    /// Anything else that restricts values, kept as it was written: CEL, `if`/`then`/`else`, `xs:assert`.
    Opaque {
        /// This node.
        node: NodeId,
        /// The format in whose terms it is to be read.
        format: Format,
        /// Keyword or rule name.
        name: Box<str>,
        /// Its value.
        value: Literal,
    },
}

impl Constraint {
    /// This node.
    #[must_use]
    pub fn node(&self) -> NodeId {
        match self {
            Self::Min(node, _)
            | Self::Max(node, _)
            | Self::MultipleOf(node, _)
            | Self::TotalDigits(node, _)
            | Self::FractionDigits(node, _)
            | Self::Unique(node)
            | Self::OneOf(node, _)
            | Self::Whitespace(node, _)
            | Self::Length { node, .. }
            | Self::Properties { node, .. }
            | Self::Pattern { node, .. }
            | Self::Opaque { node, .. } => *node,
        }
    }
}

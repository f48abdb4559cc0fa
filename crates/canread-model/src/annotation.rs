//! What a format says beyond the model's own words, and what people say about a node.

use crate::{Format, Literal, NodeId};

/// Something that a format said and the model has no word for, kept as it was:
/// a custom option, a Thrift annotation, an Avro property, an `xs:appinfo`, an
/// unknown JSON Schema keyword. Never an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// This node.
    pub node: NodeId,
    /// The format in whose terms `path` and `value` are to be read.
    pub origin: Format,
    /// What is set: `deprecated`, `(google.api.http).get`, `adjust-to-utc`.
    pub path: Box<str>,
    /// What it is set to.
    pub value: Literal,
}

/// Documentation of a node, without comment marks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docs {
    /// The text in front of the node, or its one documentation text.
    pub leading: Option<Box<str>>,
    /// The text behind the node.
    pub trailing: Option<Box<str>>,
    /// Comments before `leading` that belong to no node.
    pub detached: Vec<Box<str>>,
}

/// What most nodes carry: documentation and annotations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    /// Documentation, if the reader was asked to keep it.
    pub docs: Option<Box<Docs>>,
    /// Annotations in source order; a path may stand more than once.
    pub annotations: Vec<Annotation>,
}

impl Meta {
    /// The first annotation under a path.
    #[must_use]
    pub fn annotation(&self, path: &str) -> Option<&Annotation> {
        self.annotations.iter().find(|annotation| &*annotation.path == path)
    }

    /// Whether the node is marked as deprecated, in any format's way.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.annotation("deprecated").is_some_and(|annotation| match &annotation.value {
            Literal::Bool(deprecated) => *deprecated,
            Literal::String(text) => &**text != "false",
            _ => true,
        })
    }
}

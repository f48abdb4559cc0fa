//! Content models: in which order, and how often, child elements may stand (XSD).

use crate::{DeclId, NodeId, Occurs};

/// A node of a content model. It names fields of its record by index: the field
/// view says what a child is, the particle tree says where it may stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Particle {
    /// This node.
    pub node: NodeId,
    /// How often it may stand.
    pub occurs: Occurs,
    /// What stands there.
    pub content: Content,
}

/// What a particle holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// A child element: an index into the record's fields.
    Field(u32),
    /// All of these, in this order.
    Sequence(Vec<Particle>),
    /// One of these.
    Choice(Vec<Particle>),
    /// All of these, in any order.
    All(Vec<Particle>),
    /// A named model group.
    Group(DeclId),
    /// Anything from some namespaces.
    Wildcard(Wildcard),
}

/// Elements or attributes that the schema does not name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wildcard {
    /// From which namespaces.
    pub namespaces: NamespaceSet,
    /// How strictly they are looked at.
    pub process: ProcessContents,
    /// Names that are not meant (XSD 1.1 `notQName`).
    pub except: Vec<Box<str>>,
}

/// Elements that a type takes besides its content model (XSD 1.1 `openContent`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenContent {
    /// Where they may stand.
    pub mode: OpenContentMode,
    /// Which ones.
    pub wildcard: Wildcard,
}

/// Where the elements of an open content may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OpenContentMode {
    /// Anywhere among the others.
    Interleave,
    /// Behind the others.
    Suffix,
}

/// Which namespaces a wildcard takes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamespaceSet {
    /// All.
    Any,
    /// These; the empty string is "no namespace".
    Only(Vec<Box<str>>),
    /// All but these.
    Not(Vec<Box<str>>),
}

/// How strictly a wildcard's matches are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ProcessContents {
    /// They must be declared and valid.
    Strict,
    /// They must be valid if they are declared.
    Lax,
    /// They are not looked at.
    Skip,
}

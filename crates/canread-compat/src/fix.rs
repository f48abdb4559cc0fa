//! How the text could be changed so that a finding goes away. `canread-report` makes a patch of it.

use canread_model::NodeId;
use rustc_hash::FxHashSet;

use crate::Pair;

/// A change of the new version after which a finding is gone, or matters less, and the text is still a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// Add `reserved` statements to a declaration of the new version.
    Reserve {
        /// The record or enum.
        owner: NodeId,
        /// Numbers, as inclusive runs.
        numbers: Vec<(i64, i64)>,
        /// Names.
        names: Vec<String>,
    },
    /// Put parts of the old text in the place of the new ones: all of them, since some alone need not be a schema.
    Restore(Vec<Restored>),
    /// Change attributes of JSON objects, where the schema is JSON.
    Attributes(Vec<Attribute>),
}

/// A change of one attribute of the JSON object that a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Attribute {
    /// Give it a value.
    Set {
        /// The object, in the new version.
        node: NodeId,
        /// The attribute.
        key: &'static str,
        /// JSON text.
        value: String,
    },
    /// Give it the value that it had, or take it away if it had none.
    Restore {
        /// The object in both versions.
        nodes: Pair<NodeId>,
        /// The attribute.
        key: &'static str,
    },
    /// Add texts to the list that it is.
    AddTexts {
        /// The object, in the new version.
        node: NodeId,
        /// The attribute.
        key: &'static str,
        /// The texts, in the order in which they are added.
        texts: Vec<String>,
    },
}

/// A part of a node that gets its old text back. Whatever else the text says there stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "a part, and where it was and is")]
pub struct Restored {
    /// Which part.
    pub part: Part,
    /// The node in the old version.
    pub old: NodeId,
    /// The node in the new version.
    pub new: NodeId,
}

/// A part of a node's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// All of it: of a type, or of an option.
    Whole,
    /// The name.
    Name,
    /// What stands before a field's name: its type, and what says how many values it has.
    Type,
    /// The word before a field's type, such as `optional`; equal where both have it, or neither.
    Label,
    /// The number of a field or of an enum value.
    Number,
    /// The words of a method that say who sends a stream.
    Streams,
    /// What a field's own options set under this name; equal where both set the same, or neither sets it.
    Option(&'static str),
}

impl Attribute {
    /// Adds the change to others. Texts for one list are one change: apart, none of them would know what the others
    /// make of the list.
    fn join(self, others: &mut Vec<Self>) {
        if let Self::AddTexts { node, key, texts } = &self {
            for other in others.iter_mut() {
                match other {
                    Self::AddTexts { node: of, key: same, texts: known } if (node, key) == (of, same) => {
                        known.extend_from_slice(texts);
                        return;
                    }
                    _ => {}
                }
            }
        }
        others.push(self);
    }
}

impl Fix {
    /// Changes one attribute.
    pub(crate) fn attribute(attribute: Attribute) -> Self {
        Self::Attributes(vec![attribute])
    }

    /// Adds a text to one attribute.
    pub(crate) fn add_text(node: NodeId, key: &'static str, text: &str) -> Self {
        Self::attribute(Attribute::AddTexts { node, key, texts: vec![text.to_owned()] })
    }

    /// Gives one attribute the value that it had.
    pub(crate) fn restore_attribute(key: &'static str, nodes: Pair<NodeId>) -> Self {
        Self::attribute(Attribute::Restore { nodes, key })
    }

    /// Puts one part back.
    pub(crate) fn restore(part: Part, old: NodeId, new: NodeId) -> Self {
        Self::Restore(vec![Restored { part, old, new }])
    }

    /// The parts that it puts back.
    pub(crate) fn restored(&self) -> &[Restored] {
        match self {
            Self::Restore(parts) => parts,
            Self::Reserve { .. } | Self::Attributes(_) => &[],
        }
    }

    /// The fix of two findings with one cause. None, unless it covers both: a part of a group mends nothing.
    /// `restored` are the parts of `one`, to find them by, and then of both.
    pub(crate) fn both(one: Option<Self>, other: Option<Self>, restored: &mut FxHashSet<Restored>) -> Option<Self> {
        match (one, other) {
            (Some(Self::Restore(mut parts)), Some(Self::Restore(others))) => {
                parts.extend(others.into_iter().filter(|other| restored.insert(*other)));
                Some(Self::Restore(parts))
            }
            (
                Some(Self::Reserve { owner, mut numbers, mut names }),
                Some(Self::Reserve { owner: same, numbers: more, names: also }),
            ) if owner == same => {
                numbers.extend(more);
                names.extend(also);
                Some(Self::Reserve { owner, numbers, names })
            }
            (Some(Self::Attributes(mut attributes)), Some(Self::Attributes(others))) => {
                for other in others {
                    other.join(&mut attributes);
                }
                Some(Self::Attributes(attributes))
            }
            // Nothing is missing of what is already reserved.
            (Some(fix @ Self::Reserve { .. }), None) | (None, Some(fix @ Self::Reserve { .. })) => Some(fix),
            _ => None,
        }
    }
}

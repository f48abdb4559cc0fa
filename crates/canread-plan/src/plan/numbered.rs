//! What becomes of a message, whose fields are found by number.

use super::ActionId;
use crate::layout::TypeId;

/// What becomes of a message, or of an entry of a map, whose fields are found by number.
///
/// Only fields that the reader's own codec would not read as the writer means them have a step. The others are read along the
/// reader's layout; those that it does not have, whether the writer's schema declares them or not, are kept as unknown.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct NumberedSteps {
    /// What it becomes: a record of the reader, or a map that it is an entry of.
    pub reader: TypeId,
    /// In order of number.
    pub steps: Box<[NumberedStep]>,
}

/// What becomes of a field that is found by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NumberedStep {
    /// Its number.
    pub number: i32,
    /// The reader's field, as an index; of an entry of a map 0 is the key and 1 the value.
    pub field: u32,
    /// What the writer wrote, of a list each item; a map is a list of its entries.
    pub written: TypeId,
    /// Whether the writer wrote a message between tags.
    pub is_delimited: bool,
    /// Whether the values lie otherwise than the reader's own would: between tags or not, or in a run for a field that is no list.
    pub is_reframed: bool,
    /// What becomes of each value.
    pub action: ActionId,
}

impl NumberedSteps {
    /// The step of a field; `None` if it is read as the reader has it.
    #[must_use]
    #[inline]
    pub fn step(&self, number: u32) -> Option<&NumberedStep> {
        let at = self.steps.binary_search_by_key(&number, |step| step.number.cast_unsigned()).ok()?;
        self.steps.get(at)
    }
}

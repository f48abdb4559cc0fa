//! Where in a record something is: `lines[3].note`.

use alloc::{borrow::Cow, vec::Vec};
use core::fmt;

/// One step from a record into what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathSegment {
    /// A field, by its name.
    Field(Cow<'static, str>),
    /// An item of a list or an entry of a map, counted from 0.
    Item(u64),
}

/// The way from the outermost record to a field.
///
/// Written as in the languages that users know: `order.lines[3].note`. Empty where the outermost value itself is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FieldPath {
    /// Innermost first: that is the order in which an error passes them.
    reversed: Vec<PathSegment>,
}

impl FieldPath {
    /// Whether the outermost value itself is meant.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reversed.is_empty()
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &PathSegment> {
        self.reversed.iter().rev()
    }

    /// Puts a step before all others, on the way out of what it leads into.
    pub fn lead_with(&mut self, segment: PathSegment) {
        self.reversed.push(segment);
    }

    /// Counts the item that the first step leads to from others on, which lie before the list that it was counted in.
    pub fn count_from(&mut self, before: u64) {
        if let Some(PathSegment::Item(index)) = self.reversed.last_mut() {
            *index = index.saturating_add(before);
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, segment) in self.segments().enumerate() {
            match segment {
                PathSegment::Field(name) if at == 0 => f.write_str(name)?,
                PathSegment::Field(name) => write!(f, ".{name}")?,
                PathSegment::Item(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

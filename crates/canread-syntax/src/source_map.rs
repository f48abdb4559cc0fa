//! Where the nodes of a schema stand in its text.

use crate::Span;

/// The places of one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// All of it: the whole declaration or statement.
    pub whole: Span,
    /// Its name, or whatever part a message should point at.
    pub name: Span,
}

/// Node number to place. The numbers are dense, so this is a plain vector.
///
/// A schema's nodes carry no positions (they may come from a binary descriptor
/// set, or from a Rust type); the reader that made them keeps this beside them.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    places: Vec<Option<Place>>,
}

impl SourceMap {
    /// Says where a node stands; saying it again replaces what was said.
    pub fn set(&mut self, node: u32, whole: Span, name: Span) {
        let at = node as usize;
        if self.places.len() <= at {
            self.places.resize(at + 1, None);
        }
        self.places[at] = Some(Place { whole, name });
    }

    /// Where a node stands; `None` if it came from no text.
    #[must_use]
    pub fn place(&self, node: u32) -> Option<Place> {
        self.places.get(node as usize).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileId;

    #[test]
    fn nodes_without_text_have_no_place() {
        let mut map = SourceMap::default();
        let span = Span::new(FileId(0), 3, 5);
        map.set(2, span, span);
        assert_eq!(map.place(2), Some(Place { whole: span, name: span }));
        assert_eq!((map.place(1), map.place(3)), (None, None));
    }
}

//! Where in which file: byte ranges that are cheap to carry everywhere.

/// Names one file of a [`Sources`](crate::Sources).
///
/// Files of the old and of the new version live in the same `Sources`, so a
/// `FileId` also says which version a [`Span`] belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A half-open byte range `start..end` in one file.
///
/// Offsets count bytes from the start of the file, a byte order mark included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte; never less than `start`.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`; an `end` before `start` counts as `start`.
    #[must_use]
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end: end.max(start) }
    }

    /// The smallest span that covers both; `other` must lie in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        debug_assert_eq!(self.file, other.file, "a span covers one file");
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The empty span at this span's start.
    #[must_use]
    pub fn before(self) -> Self {
        Self { end: self.start, ..self }
    }

    /// The empty span behind this span's end.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, ..self }
    }

    /// The byte range, for slicing the file's text.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(FileId(1), start, end)
    }

    #[test]
    fn a_span_never_ends_before_it_starts() {
        assert_eq!(span(5, 3), span(5, 5));
        assert_eq!(span(5, 3).range(), 5..5);
    }

    #[test]
    fn two_spans_are_covered_in_either_order() {
        assert_eq!(span(2, 4).to(span(7, 9)), span(2, 9));
        assert_eq!(span(7, 9).to(span(2, 4)), span(2, 9));
        assert_eq!(span(2, 9).to(span(4, 5)), span(2, 9));
    }

    #[test]
    fn the_places_around_a_span_are_empty() {
        assert_eq!((span(2, 4).before(), span(2, 4).after()), (span(2, 2), span(4, 4)));
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "a span covers one file")]
    fn spans_of_two_files_have_no_cover() {
        let _ = span(0, 1).to(Span::new(FileId(2), 0, 1));
    }
}

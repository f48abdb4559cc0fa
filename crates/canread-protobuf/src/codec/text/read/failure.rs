//! Why reading stopped, until the caller hears of it.

use canread_wire::{Fault, FieldPath, Limit, Limits, PathSegment};

use super::super::error::{ReadError, ReadErrorKind};
use super::super::lex::Token;

pub(super) type Parsed<T> = Result<T, Failure>;

/// How much of what was found is told.
const FOUND_BYTES_MAX: usize = 60;

/// Why reading stopped, where, and the way there from the message that is read now.
///
/// One pointer, since every value that is read passes through a `Result` of it.
#[derive(Debug)]
pub(super) struct Failure(Box<Place>);

#[derive(Debug)]
struct Place {
    kind: Reason,
    found: Box<str>,
    at: usize,
    path: FieldPath,
}

/// A kind of error, or a limit whose figure the caller knows.
#[derive(Debug)]
enum Reason {
    Kind(ReadErrorKind),
    Limit(Limit),
}

impl Failure {
    /// A token is not what it should be.
    #[cold]
    pub(super) fn new(kind: ReadErrorKind, token: &Token<'_>) -> Self {
        Self::at(kind, token.text, token.at)
    }

    /// Something that begins at a byte of the text is not what it should be.
    #[cold]
    pub(super) fn at(kind: ReadErrorKind, found: &str, at: usize) -> Self {
        let end = (0..=found.len().min(FOUND_BYTES_MAX)).rev().find(|end| found.is_char_boundary(*end));
        let found = found.get(..end.unwrap_or(0)).unwrap_or_default().into();
        Self(Box::new(Place { kind: Reason::Kind(kind), found, at, path: FieldPath::default() }))
    }

    /// A limit was reached.
    #[cold]
    pub(super) fn of_limit(fault: Fault, at: usize) -> Self {
        let kind = match fault {
            Fault::Limit(limit) => Reason::Limit(limit),
            _ => Reason::Kind(ReadErrorKind::Mismatch),
        };
        Self(Box::new(Place { kind, found: "".into(), at, path: FieldPath::default() }))
    }

    /// The same, on the way out of a field.
    pub(super) fn within(mut self, field: &str) -> Self {
        self.0.path.lead_with(PathSegment::Field(field.to_owned().into()));
        self
    }

    /// The same, on the way out of an item or entry.
    pub(super) fn at_item(mut self, index: usize) -> Self {
        self.0.path.lead_with(PathSegment::Item(index as u64));
        self
    }

    pub(super) fn into_error(self, text: &str, limits: &Limits) -> ReadError {
        let place = self.0;
        let before = text.get(..place.at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let column = before.get(line_start..).unwrap_or_default().chars().count() as u64;
        let lines = before.bytes().filter(|byte| *byte == b'\n').count() as u64;
        let kind = match place.kind {
            Reason::Kind(kind) => kind,
            Reason::Limit(limit) => ReadErrorKind::LimitExceeded { limit, allowed: limits.allowed(limit) },
        };
        ReadError {
            kind,
            found: place.found,
            offset: place.at,
            line: lines.saturating_add(1),
            column: column.saturating_add(1),
            path: place.path,
        }
    }
}

//! The messages of a stream that lies in a slice.

use canread_record::{Decode, DecodeFields};
use canread_wire::{Cursor, DecodeError, Fault, Limits};

use super::super::from_slice_with;
use super::error::{DelimitedError, DelimitedErrorKind};

/// The messages of a stream that lies in a slice, one after the other.
///
/// As an iterator it gives their bytes. The limits hold for each message alone.
#[derive(Debug, Clone)]
pub struct Messages<'b> {
    stream: &'b [u8],
    cursor: Cursor<'b>,
    limits: Limits,
    /// How many were given.
    count: u64,
    is_over: bool,
}

impl<'b> Messages<'b> {
    /// The messages of a stream, each within [`Limits::strict`].
    #[must_use]
    pub fn new(stream: &'b [u8]) -> Self {
        Self { stream, cursor: Cursor::new(stream), limits: Limits::strict(), count: 0, is_over: false }
    }

    /// The same with other limits for each message.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The byte at which the next message begins with its length, counted from the start of the stream.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.cursor.offset_in(self.stream) as u64
    }

    /// The next message as a record; none at the end.
    ///
    /// # Errors
    ///
    /// Inside: as those of the iterator, and if the message is none of the type's. The one behind it can be read then.
    pub fn next_record<T: Decode<'b> + DecodeFields<'b>>(&mut self) -> Option<Result<T, DelimitedError>> {
        let limits = self.limits;
        self.next_with(|bytes| from_slice_with(bytes, &limits))
    }

    /// The next message as a value; none at the end.
    ///
    /// # Errors
    ///
    /// Inside: as those of the iterator, and if the message is none of the layout's. The one behind it can be read then.
    #[cfg(feature = "value")]
    pub fn next_value<'a>(
        &mut self,
        layout: &'a canread_plan::Layout,
        arena: &'a canread_plan::Arena,
    ) -> Option<Result<canread_plan::Value<'a>, DelimitedError>>
    where
        'b: 'a,
    {
        let limits = self.limits;
        self.next_with(|bytes| super::super::value::from_slice_with(layout, bytes, arena, &limits))
    }

    fn next_with<T>(
        &mut self,
        decode: impl FnOnce(&'b [u8]) -> Result<T, DecodeError>,
    ) -> Option<Result<T, DelimitedError>> {
        let (message, offset) = (self.count, self.offset());
        let bytes = match self.next()? {
            Ok(bytes) => bytes,
            Err(error) => return Some(Err(error)),
        };
        Some(decode(bytes).map_err(|error| DelimitedError::new(DelimitedErrorKind::Message(error), message, offset)))
    }

    fn take(&mut self) -> Result<&'b [u8], DelimitedErrorKind> {
        let size = self.cursor.varint().map_err(length_error)?;
        if size > self.limits.bytes_max() {
            return Err(DelimitedErrorKind::TooLong { found: size, allowed: self.limits.bytes_max() });
        }
        self.cursor.take(size).map_err(|_| DelimitedErrorKind::Truncated)
    }
}

impl<'b> Iterator for Messages<'b> {
    type Item = Result<&'b [u8], DelimitedError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over || self.cursor.is_empty() {
            return None;
        }
        let (message, offset) = (self.count, self.offset());
        self.count = message.saturating_add(1);
        let taken = self.take().map_err(|kind| DelimitedError::new(kind, message, offset));
        self.is_over = taken.is_err();
        Some(taken)
    }
}

impl core::iter::FusedIterator for Messages<'_> {}

/// What is wrong with a length that a cursor does not take.
pub(super) fn length_error(fault: Fault) -> DelimitedErrorKind {
    match fault {
        Fault::Truncated => DelimitedErrorKind::Truncated,
        _ => DelimitedErrorKind::Length,
    }
}

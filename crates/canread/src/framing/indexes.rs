//! Which message of a file it is.

use alloc::vec::Vec;
use core::fmt;

use canread_wire::{Cursor, FrontBuffer, unzigzag, zigzag};

use super::error::FramingErrorKind;

/// How many indexes there may be: one for each message around another, which protoc allows fewer of.
pub(super) const COUNT_MAX: usize = 100;

/// Which message of a `.proto` file it is: its position among those of the file, then that of the message inside of it, and so on.
///
/// At least 1 index and at most 100.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MessageIndexes(Vec<i32>);

/// Why numbers are no [`MessageIndexes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IndexesError {
    /// There is none, or more than 100.
    Count {
        /// How many there are.
        found: usize,
    },
    /// One is below 0.
    Negative {
        /// The first of these.
        found: i32,
    },
}

impl MessageIndexes {
    /// The first message of the file, as most have only one.
    #[must_use]
    pub fn first() -> Self {
        Self([0].into())
    }

    /// The message at these positions, the outermost first.
    ///
    /// ```
    /// use canread::framing::MessageIndexes;
    ///
    /// // The first message inside of the third one of the file.
    /// let indexes = MessageIndexes::new(&[2, 0])?;
    /// assert_eq!(indexes.as_slice(), [2, 0]);
    /// # Ok::<(), canread::framing::IndexesError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// There is none, there are more than 100, or one is below 0.
    pub fn new(indexes: &[i32]) -> Result<Self, IndexesError> {
        if indexes.is_empty() || indexes.len() > COUNT_MAX {
            return Err(IndexesError::Count { found: indexes.len() });
        }
        match indexes.iter().find(|index| **index < 0) {
            Some(found) => Err(IndexesError::Negative { found: *found }),
            None => Ok(Self(indexes.into())),
        }
    }

    /// The positions, the outermost first.
    #[must_use]
    pub fn as_slice(&self) -> &[i32] {
        &self.0
    }

    /// Takes them from where they stand; what is wrong if there are none.
    pub(super) fn take(cursor: &mut Cursor<'_>, input: &[u8]) -> Result<Self, FramingErrorKind> {
        let mut number = || {
            // A cursor says no more than that the bytes end or a number is too long.
            let is_whole = cursor.as_slice().iter().take(canread_wire::VARINT_BYTES_MAX).any(|byte| *byte < 0x80);
            let is_cut = !is_whole && cursor.remaining() < canread_wire::VARINT_BYTES_MAX;
            let truncated = FramingErrorKind::Truncated { found: input.len() };
            cursor.varint().map(unzigzag).map_err(|_| if is_cut { truncated } else { FramingErrorKind::Varint })
        };
        let found = number()?;
        let count = usize::try_from(found).ok().filter(|count| *count <= COUNT_MAX);
        let count = count.ok_or(FramingErrorKind::IndexCount { found })?;
        if count == 0 {
            return Ok(Self::first());
        }
        let mut indexes = Vec::new();
        for _ in 0..count {
            let found = number()?;
            let index = i32::try_from(found).ok().filter(|index| *index >= 0);
            indexes.push(index.ok_or(FramingErrorKind::Index { found })?);
        }
        Ok(Self(indexes))
    }

    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        if *self.0 == [0] {
            bytes.push(0);
            return;
        }
        let mut buffer = FrontBuffer::after(core::mem::take(bytes));
        // No more than 100 of them.
        buffer.varint(zigzag(i64::try_from(self.0.len()).unwrap_or_default()));
        for index in &self.0 {
            buffer.varint(zigzag((*index).into()));
        }
        *bytes = buffer.into_vec();
    }
}

impl fmt::Display for IndexesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { found } => write!(f, "{found} message indexes where 1 to {COUNT_MAX} were expected"),
            Self::Negative { found } => write!(f, "the message index {found} is below 0"),
        }
    }
}

impl core::error::Error for IndexesError {}

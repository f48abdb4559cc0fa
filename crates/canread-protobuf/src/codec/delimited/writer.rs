//! Messages written as a stream.

use std::io::Write;

use canread_record::EncodeFields;
use canread_wire::{WriteBuffer, WriteError};

/// Writes messages to a file, a socket or anything else that writes, each behind its length and in one piece.
///
/// It flushes nothing: that is the target's, which is also where a buffer for many small messages belongs
/// ([`BufWriter`](std::io::BufWriter)).
#[derive(Debug)]
pub struct Writer<W> {
    target: WriteBuffer<W>,
}

impl<W: Write> Writer<W> {
    /// Writes to a target.
    pub fn new(target: W) -> Self {
        Self { target: WriteBuffer::new(target) }
    }

    /// Writes a record behind its length.
    ///
    /// # Errors
    ///
    /// Records are inside each other more than 100 levels deep, or the target can't be written.
    pub fn write<T: EncodeFields>(&mut self, value: &T) -> Result<(), WriteError> {
        self.target.write(|message| super::encode_into(value, message))
    }

    /// Writes a value behind its length.
    ///
    /// # Errors
    ///
    /// The value is none of the layout's, or the target can't be written.
    #[cfg(feature = "value")]
    pub fn write_value(
        &mut self,
        layout: &canread_plan::Layout,
        value: &canread_plan::Value<'_>,
    ) -> Result<(), WriteError> {
        self.target.write(|message| super::encode_value_into(layout, value, message))
    }

    /// The target, for a flush.
    pub fn target(&mut self) -> &mut W {
        self.target.target()
    }

    /// The target.
    pub fn into_inner(self) -> W {
        self.target.into_inner()
    }
}

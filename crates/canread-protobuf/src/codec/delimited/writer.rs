//! Messages written as a stream.

use std::io::{self, Write};
use std::vec::Vec;
use std::{error, fmt};

use canread_record::EncodeFields;
use canread_wire::EncodeError;

/// Writes messages to a file, a socket or anything else that writes, each behind its length and in one piece.
///
/// It flushes nothing: that is the target's, which is also where a buffer for many small messages belongs
/// ([`BufWriter`](std::io::BufWriter)).
#[derive(Debug)]
pub struct Writer<W> {
    target: W,
    /// The message that is written, whose memory is used again.
    message: Vec<u8>,
}

/// Why a message was not written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The target could not be written; it may hold a part of the message.
    Io(io::Error),
    /// The value has no bytes; nothing was written.
    Encode(EncodeError),
}

impl<W: Write> Writer<W> {
    /// Writes to a target.
    pub fn new(target: W) -> Self {
        Self { target, message: Vec::new() }
    }

    /// Writes a record behind its length.
    ///
    /// # Errors
    ///
    /// Records are inside each other more than 100 levels deep, or the target can't be written.
    pub fn write<T: EncodeFields>(&mut self, value: &T) -> Result<(), WriteError> {
        self.message.clear();
        super::encode_into(value, &mut self.message).map_err(WriteError::Encode)?;
        self.target.write_all(&self.message).map_err(WriteError::Io)
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
        self.message.clear();
        super::encode_value_into(layout, value, &mut self.message).map_err(WriteError::Encode)?;
        self.target.write_all(&self.message).map_err(WriteError::Io)
    }

    /// The target, for a flush.
    pub fn target(&mut self) -> &mut W {
        &mut self.target
    }

    /// The target.
    pub fn into_inner(self) -> W {
        self.target
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the stream can't be written: {error}"),
            Self::Encode(error) => error.fmt(f),
        }
    }
}

impl error::Error for WriteError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Encode(error) => Some(error),
        }
    }
}

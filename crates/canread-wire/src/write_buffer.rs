//! Values written to files, sockets and anything else that writes.

use std::io::{self, Write};
use std::vec::Vec;
use std::{error, fmt};

use crate::EncodeError;

/// Writes values to a file, a socket or anything else that writes, each in one piece.
///
/// A value is encoded whole before any of it is written: one that can't be encoded leaves the target as it was. The memory that it is
/// encoded into serves for the next one. Nothing is flushed: that is the target's, which is also where a buffer for many small
/// values belongs ([`BufWriter`](std::io::BufWriter)).
#[derive(Debug)]
pub struct WriteBuffer<W> {
    target: W,
    buffer: Vec<u8>,
}

/// Why a value was not written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The target could not be written; it may hold a part of the value.
    Io(io::Error),
    /// The value has no bytes; nothing was written.
    Encode(EncodeError),
}

impl<W: Write> WriteBuffer<W> {
    /// Writes to a target.
    pub fn new(target: W) -> Self {
        Self { target, buffer: Vec::new() }
    }

    /// Writes what is put into the buffer, which is empty.
    ///
    /// # Errors
    ///
    /// What the function says, or the target can't be written.
    pub fn write(&mut self, encode: impl FnOnce(&mut Vec<u8>) -> Result<(), EncodeError>) -> Result<(), WriteError> {
        self.buffer.clear();
        encode(&mut self.buffer).map_err(WriteError::Encode)?;
        self.target.write_all(&self.buffer).map_err(WriteError::Io)
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
            Self::Io(error) => write!(f, "the target can't be written: {error}"),
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

//! The messages of a stream that is read as it comes.

use std::io::{self, Read};
use std::vec::Vec;
use std::{error, fmt};

use canread_record::{Decode, DecodeFields};
use canread_wire::{Cursor, DecodeError, Fault, Limits, VARINT_BYTES_MAX};

use super::super::from_slice_with;
use super::error::{DelimitedError, DelimitedErrorKind};
use super::messages::length_error;

/// How many bytes are asked for at once, where a message is not known to need more.
const CHUNK_BYTES: usize = 8 * 1024;

/// Reads a stream from a file, a socket or anything else that reads, one message at a time.
///
/// It has a buffer of its own, which holds one message and what came with it. Memory follows the bytes that have come, not the
/// length that a message claims. Nothing is waited for beyond the message that is asked for.
///
/// ```
/// use canread::Record;
/// use canread::protobuf::delimited::Reader;
///
/// #[derive(Record)]
/// struct Line<'a> {
///     #[field(1)]
///     sku: &'a str,
/// }
///
/// let mut reader = Reader::new(&b"\x04\x0a\x02M8\x05\x0a\x03M10"[..]);
/// let mut skus = Vec::new();
/// while let Some(line) = reader.read::<Line<'_>>()? {
///     skus.push(line.sku.to_owned());
/// }
/// assert_eq!(skus, ["M8", "M10"]);
/// # Ok::<(), canread::protobuf::delimited::ReadError>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    source: R,
    limits: Limits,
    buffer: Vec<u8>,
    /// What of the buffer was read and is not used yet.
    start: usize,
    end: usize,
    /// How many messages were given.
    count: u64,
    /// The byte of the stream at which that begins.
    offset: u64,
    is_over: bool,
}

/// Why there is no next message.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The source could not be read.
    Io(io::Error),
    /// What was read is no message.
    Stream(DelimitedError),
}

impl<R: Read> Reader<R> {
    /// Reads the messages of a source, each within [`Limits::strict`].
    pub fn new(source: R) -> Self {
        Self {
            source,
            limits: Limits::strict(),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            count: 0,
            offset: 0,
            is_over: false,
        }
    }

    /// The same with other limits for each message.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The byte at which the next message begins with its length, counted from the start of the stream.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The bytes of the next message; none at the end of the stream.
    ///
    /// # Errors
    ///
    /// The source can't be read (asking again goes on where it stopped); the stream ends inside of a message, or a message is
    /// longer than the limits allow (nothing comes after that).
    pub fn read_bytes(&mut self) -> Result<Option<&[u8]>, ReadError> {
        if self.is_over {
            return Ok(None);
        }
        let Some((header, size)) = self.length()? else {
            self.is_over = true;
            return Ok(None);
        };
        let whole = header.saturating_add(size);
        while self.held().len() < whole {
            if self.fill(whole)? == 0 {
                return Err(self.broken(DelimitedErrorKind::Truncated));
            }
        }
        let start = self.start.saturating_add(header);
        self.start = self.start.saturating_add(whole);
        self.offset = self.offset.saturating_add(whole as u64);
        self.count = self.count.saturating_add(1);
        Ok(self.buffer.get(start..self.start))
    }

    /// The next message as a record, which may borrow from the reader; none at the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`read_bytes`](Self::read_bytes), and if the message is none of the type's. The one behind it can be read then.
    pub fn read<'r, T: Decode<'r> + DecodeFields<'r>>(&'r mut self) -> Result<Option<T>, ReadError> {
        let (limits, message, offset) = (self.limits, self.count, self.offset);
        let Some(bytes) = self.read_bytes()? else { return Ok(None) };
        from_slice_with(bytes, &limits).map(Some).map_err(|error| unreadable(error, message, offset))
    }

    /// The next message as a value, whose text and bytes lie in the reader; none at the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`read_bytes`](Self::read_bytes), and if the message is none of the layout's. The one behind it can be read then.
    #[cfg(feature = "value")]
    pub fn read_value<'r>(
        &'r mut self,
        layout: &'r canread_plan::Layout,
        arena: &'r canread_plan::Arena,
    ) -> Result<Option<canread_plan::Value<'r>>, ReadError> {
        let (limits, message, offset) = (self.limits, self.count, self.offset);
        let Some(bytes) = self.read_bytes()? else { return Ok(None) };
        let value = super::super::value::from_slice_with(layout, bytes, arena, &limits);
        value.map(Some).map_err(|error| unreadable(error, message, offset))
    }

    /// How many bytes the length of the next message takes, and how many the message; none at the end.
    fn length(&mut self) -> Result<Option<(usize, usize)>, ReadError> {
        loop {
            let held = self.held();
            let mut cursor = Cursor::new(held);
            match cursor.varint() {
                Ok(size) => {
                    let header = cursor.offset_in(held);
                    let allowed = self.limits.bytes_max();
                    let size = usize::try_from(size).ok().filter(|_| size <= allowed).ok_or(size);
                    let size = size.map_err(|found| self.broken(DelimitedErrorKind::TooLong { found, allowed }))?;
                    return Ok(Some((header, size)));
                }
                Err(Fault::Truncated) if held.len() < VARINT_BYTES_MAX => {}
                Err(fault) => return Err(self.broken(length_error(fault))),
            }
            let is_between = held.is_empty();
            if self.fill(VARINT_BYTES_MAX)? == 0 {
                return if is_between { Ok(None) } else { Err(self.broken(DelimitedErrorKind::Truncated)) };
            }
        }
    }

    /// What was read and is not used yet.
    fn held(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Reads once, for a message of so many bytes; how many bytes came.
    fn fill(&mut self, whole: usize) -> Result<usize, ReadError> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
        // No more than twice what has come: a length alone is no reason to ask for memory.
        let size = whole.min(self.end.saturating_mul(2)).max(CHUNK_BYTES);
        if self.buffer.len() < size {
            self.buffer.resize(size, 0);
        }
        let free = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = loop {
            match self.source.read(free) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A source that claims more than there is room for.
                Ok(read) => break read.min(free.len()),
                Err(error) => return Err(ReadError::Io(error)),
            }
        };
        self.end = self.end.saturating_add(read);
        Ok(read)
    }

    #[cold]
    fn broken(&mut self, kind: DelimitedErrorKind) -> ReadError {
        self.is_over = true;
        ReadError::Stream(DelimitedError::new(kind, self.count, self.offset))
    }
}

#[cold]
fn unreadable(error: DecodeError, message: u64, offset: u64) -> ReadError {
    ReadError::Stream(DelimitedError::new(DelimitedErrorKind::Message(error), message, offset))
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the stream can't be read: {error}"),
            Self::Stream(error) => error.fmt(f),
        }
    }
}

impl error::Error for ReadError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Stream(error) => error.source(),
        }
    }
}

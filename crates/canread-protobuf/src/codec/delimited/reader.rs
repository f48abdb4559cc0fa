//! The messages of a stream that is read as it comes.

use std::io::{self, Read};
use std::{error, fmt};

use canread_record::{Decode, DecodeFields};
use canread_wire::{Cursor, DecodeError, Fault, Limits, Source, StreamMemory, VARINT_BYTES_MAX};

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
/// The buffer counts for `allocated_bytes_max` of the limits: a message may be half of that long, and what becomes of it may
/// take what it leaves, or seven eighths.
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
    source: Source<R>,
    memory: StreamMemory,
    /// What the caller's arena holds while a message is read.
    beside: usize,
    /// Bytes of the message that was given last, which may be lent.
    given: usize,
    /// How many messages were given.
    count: u64,
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
            source: Source::new(source),
            memory: StreamMemory::new(&Limits::strict()),
            beside: 0,
            given: 0,
            count: 0,
            is_over: false,
        }
    }

    /// The same with other limits for each message.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { memory: StreamMemory::new(&limits), ..self }
    }

    /// The byte at which the next message begins with its length, counted from the start of the stream.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.source.offset().saturating_add(self.given as u64)
    }

    /// The bytes of the next message; none at the end of the stream.
    ///
    /// # Errors
    ///
    /// The source can't be read (asking again goes on where it stopped); the stream ends inside of a message, or a message is
    /// longer than the limits allow (nothing comes after that).
    pub fn read_bytes(&mut self) -> Result<Option<&[u8]>, ReadError> {
        self.beside = 0;
        Ok(self.message()?.map(|(bytes, _)| bytes))
    }

    /// The bytes of the next message, and what may become of them.
    fn message(&mut self) -> Result<Option<(&[u8], Limits)>, ReadError> {
        self.source.consume(std::mem::take(&mut self.given));
        if self.is_over {
            return Ok(None);
        }
        self.source.ask_for(self.chunk_bytes());
        let Some((header, size)) = self.length()? else {
            self.is_over = true;
            return Ok(None);
        };
        let whole = header.saturating_add(size);
        self.give_back(whole);
        if !self.source.ensure(whole).map_err(ReadError::Io)? {
            return Err(self.broken(DelimitedErrorKind::Truncated));
        }
        self.given = whole;
        self.count = self.count.saturating_add(1);
        let limits = self.memory.limits_of(whole.max(self.source.held_bytes()), 0);
        Ok(self.source.bytes().get(header..whole).map(|bytes| (bytes, limits)))
    }

    /// The next message as a record, which may borrow from the reader; none at the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`read_bytes`](Self::read_bytes), and if the message is none of the type's. The one behind it can be read then.
    pub fn read<'r, T: Decode<'r> + DecodeFields<'r>>(&'r mut self) -> Result<Option<T>, ReadError> {
        let (memory, message, offset) = (self.memory, self.count, self.offset());
        self.beside = 0;
        let Some((bytes, limits)) = self.message()? else { return Ok(None) };
        let record = from_slice_with(bytes, &limits);
        record.map(Some).map_err(|error| unreadable(error.within(memory.limits()), message, offset))
    }

    /// The next message as a value, whose text and bytes lie in the reader; none at the end of the stream. All that the arena holds
    /// counts for the limits.
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
        let (memory, message, offset) = (self.memory, self.count, self.offset());
        self.beside = arena.allocated_bytes();
        let Some((bytes, limits)) = self.message()? else { return Ok(None) };
        let narrowed = arena.narrowed(memory.limits());
        let value = super::super::value::from_slice_with(layout, bytes, arena, &limits);
        value.map(Some).map_err(|error| unreadable(error.within(&narrowed), message, offset))
    }

    /// How many bytes the length of the next message takes, and how many the message; none at the end.
    fn length(&mut self) -> Result<Option<(usize, usize)>, ReadError> {
        loop {
            let held = self.source.bytes();
            let mut cursor = Cursor::new(held);
            match cursor.varint() {
                Ok(size) => {
                    let header = cursor.offset_in(held);
                    let room = self.memory.record_bytes(self.beside).saturating_sub(header);
                    let allowed = self.memory.limits().bytes_max().min(room as u64);
                    let size = usize::try_from(size).ok().filter(|_| size <= allowed).ok_or(size);
                    let size = size.map_err(|found| self.broken(DelimitedErrorKind::TooLong { found, allowed }))?;
                    return Ok(Some((header, size)));
                }
                Err(Fault::Truncated) if held.len() < VARINT_BYTES_MAX => {}
                Err(fault) => return Err(self.broken(length_error(fault))),
            }
            let is_between = held.is_empty();
            if !self.source.more(VARINT_BYTES_MAX).map_err(ReadError::Io)? {
                return if is_between { Ok(None) } else { Err(self.broken(DelimitedErrorKind::Truncated)) };
            }
        }
    }

    /// How many bytes are asked for at once.
    fn chunk_bytes(&self) -> usize {
        let allowed = self.memory.buffer_bytes().min(self.memory.record_bytes(self.beside)).max(VARINT_BYTES_MAX);
        CHUNK_BYTES.min(allowed)
    }

    /// Gives back what a longer message needed: the one that comes, of so many bytes with its length, may need the memory otherwise.
    /// Unless there is none to move to, beside what the caller's arena holds.
    fn give_back(&mut self, whole: usize) {
        let most = whole.max(self.memory.buffer_bytes());
        let both = self.source.held_bytes().saturating_add(most).saturating_add(self.beside) as u64;
        if both <= self.memory.limits().allocated_bytes_max() {
            self.source.give_back(most);
        }
    }

    #[cold]
    fn broken(&mut self, kind: DelimitedErrorKind) -> ReadError {
        self.is_over = true;
        ReadError::Stream(DelimitedError::new(kind, self.count, self.offset()))
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

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};
    use std::vec;

    use canread_derive::CoreRecord as Record;

    use super::*;
    use crate::codec::delimited::encode_into;

    /// 1 MiB.
    const LIMITS: Limits = Limits::strict().with_allocated_bytes_max(1 << 20);

    #[derive(Record)]
    struct Line {
        #[field(1)]
        sku: String,
        #[field(2)]
        numbers: Vec<i64>,
    }

    fn line(text_bytes: usize, count: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        encode_into(&Line { sku: "x".repeat(text_bytes), numbers: vec![1; count] }, &mut bytes).expect("not deep");
        bytes
    }

    fn reader(stream: &[u8]) -> Reader<&[u8]> {
        Reader::new(stream).with_limits(LIMITS)
    }

    #[test]
    fn a_message_of_more_than_half_of_the_memory_is_refused_before_there_is_any_for_it() {
        let stream = line(600_000, 0);
        let mut reader = reader(&stream);
        let error = reader.read::<Line>().err().expect("too long");
        assert_eq!(
            error.to_string(),
            "message 0 of the stream, at byte 0: 600004 bytes, where at most 524285 are allowed"
        );
        assert!(reader.source.held_bytes() <= CHUNK_BYTES);
        assert!(matches!(reader.read::<Line>(), Ok(None)), "nothing comes after it");
    }

    #[test]
    fn a_message_and_its_record_share_the_memory() {
        // Each number takes one byte of the message and eight of the record.
        let stream = [line(400_000, 0), line(0, 100_000), line(400_000, 60_000), line(0, 60_000)].concat();
        let mut reader = reader(&stream);
        assert_eq!(reader.read::<Line>().expect("it fits").expect("the first").sku.len(), 400_000);
        assert!(reader.source.held_bytes() >= 400_000);
        assert_eq!(reader.read::<Line>().expect("it fits").expect("the second").numbers.len(), 100_000);
        assert!(reader.source.held_bytes() <= 1 << 17, "what the first one needed was given back");
        let error = reader.read::<Line>().err().expect("too much");
        assert!(error.to_string().contains("more than 1048576 bytes of memory"), "{error}");
        assert_eq!(reader.read::<Line>().expect("it fits").expect("the last").numbers.len(), 60_000);
    }

    #[test]
    fn what_an_arena_holds_counts_while_the_buffer_grows() {
        use canread_plan::{Arena, Layout, Value};
        let layout = Layout::of(
            &crate::codec::schema_of::<Line>(),
            crate::codec::schema_of::<Line>().find("Line").expect("a record"),
        );
        let layout = layout.expect("a record");
        let stream = [line(400_000, 0), line(400_000, 0)].concat();
        let mut reader = reader(&stream);
        let arena = Arena::new();
        assert!(reader.read_value(&layout, &arena).expect("it fits").is_some());
        let _ = arena.list(&vec![Value::Null; 20_000]);
        let error = reader.read_value(&layout, &arena).expect_err("too much").to_string();
        assert!(error.contains("400004 bytes, where at most"), "{error}");
    }
}

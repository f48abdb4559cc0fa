//! Streams without a frame: records one behind the other.
//!
//! ```
//! use canread::Record;
//! use canread::avro::stream::{Reader, write};
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Tick {
//!     #[field(1)]
//!     at: i64,
//! }
//!
//! let mut bytes = Vec::new();
//! write(&mut bytes, &Tick { at: 1 })?;
//! write(&mut bytes, &Tick { at: 2 })?;
//! let ticks: Result<Vec<Tick>, _> = Reader::new(&bytes[..])?.collect();
//! assert_eq!(ticks?, [Tick { at: 1 }, Tick { at: 2 }]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Avro writes no length in front of a record. So a reader looks for the record's end as its bytes come, going on where it had stopped, and
//! gives the record as soon as it is whole: nothing is waited for behind it, and a record in many small pieces is no more work than
//! in one. What is wrong in it is said when it is whole, or before if it shows that there is no end.
//!
//! A source that can't give bytes just now (`WouldBlock`, `TimedOut`) is an error that passes: who asks again is given what
//! comes next, and nothing is lost. After all other errors nothing comes any more.
//!
//! What a reader holds of the stream counts for `allocated_bytes_max` of its limits: a record's bytes may be half of it, and what becomes
//! of them may take what they leave.
//!
//! A record without a byte can't be told from none, so records that take no bytes are refused, by writers and by readers.

mod end;

use std::fmt;
use std::io::{self, Read, Write};
use std::marker::PhantomData;

use canread_model::Schema;
use canread_plan::{Arena, Layout, Value};
use canread_record::{Decode, DecodeFields, EncodeFields, Shaped};
use canread_wire::{
    Budget, DecodeError, DecodeErrorKind, EncodeError, Fault, FieldPath, Limit, Limits, Malformed, Source,
    StreamMemory, may_pass,
};

use self::end::End;
use crate::codec::{Decoder, DecoderError, schema_of, to_vec, value};

/// Why a stream can't be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The source or target gave an error.
    Io(io::Error),
    /// A record can't be read.
    Decode {
        /// Where it begins in the stream.
        starts_at: u64,
        /// What is wrong; offsets there count from its first byte.
        error: DecodeError,
    },
    /// A record can't be written. Nothing of it was.
    Encode(EncodeError),
    /// A record that takes no bytes: nobody could tell from the stream that it is there. Nothing was written.
    NoBytes,
}

impl StreamError {
    /// Whether it is the source that can't give bytes just now (`WouldBlock`, `TimedOut`). A reader that is asked again then goes on
    /// where it was, and has lost nothing.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Io(error) if may_pass(error))
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Decode { starts_at, error } => write!(f, "the record at byte {starts_at} of the stream: {error}"),
            Self::Encode(error) => error.fmt(f),
            Self::NoBytes => {
                f.write_str("a record that takes no bytes, which a stream can't have: write it into a container file")
            }
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Decode { error, .. } => Some(error),
            Self::Encode(error) => Some(error),
            Self::NoBytes => None,
        }
    }
}

/// Writes a record to a stream, whole or not at all if it can't be encoded.
///
/// # Errors
///
/// Those of [`avro::to_vec`](crate::codec::to_vec), and those of the target; `NoBytes` if the record takes none.
pub fn write<T: EncodeFields>(target: &mut impl Write, record: &T) -> Result<(), StreamError> {
    put(target, &to_vec(record).map_err(StreamError::Encode)?)
}

/// Writes a value of a layout to a stream, whole or not at all if it can't be encoded.
///
/// # Errors
///
/// Those of [`avro::value::to_vec`](crate::codec::value::to_vec), and those of the target; `NoBytes` if the value takes none.
pub fn write_value(target: &mut impl Write, layout: &Layout, value: &Value<'_>) -> Result<(), StreamError> {
    put(target, &value::to_vec(layout, value).map_err(StreamError::Encode)?)
}

fn put(target: &mut impl Write, record: &[u8]) -> Result<(), StreamError> {
    if record.is_empty() {
        return Err(StreamError::NoBytes);
    }
    target.write_all(record).map_err(StreamError::Io)
}

/// A stream, and how far its next record was looked at.
#[derive(Debug)]
struct Datums<R> {
    source: Source<R>,
    memory: StreamMemory,
    /// Where the next record ends; `None` before anybody has looked for it.
    end: Option<End>,
    is_over: bool,
}

impl<R: Read> Datums<R> {
    fn new(source: R, limits: &Limits) -> Self {
        let memory = StreamMemory::new(limits);
        let mut source = Source::new(source);
        source.ask_for(memory.buffer_bytes());
        Self { source, memory, end: None, is_over: false }
    }

    /// Whether the buffer holds more than it needs for short records: what the last one needed.
    fn is_large(&self) -> bool {
        self.end.is_none() && self.source.held_bytes() > self.memory.buffer_bytes()
    }

    /// What may become of a record of so many bytes.
    fn limits_of(&self, bytes: usize) -> Limits {
        // Who waits for more has room for an eighth more.
        let room = bytes.saturating_add(bytes >> 3).max(self.source.held_bytes());
        self.memory.limits_of(room, self.end.as_ref().map_or(0, End::held_bytes))
    }

    /// How long a record may be, and the limit that says so.
    fn bytes_max(&self) -> (usize, Limit) {
        let bytes_max = usize::try_from(self.memory.limits().bytes_max()).unwrap_or(usize::MAX);
        let record_bytes = self.memory.record_bytes(self.end.as_ref().map_or(0, End::held_bytes));
        if record_bytes < bytes_max { (record_bytes, Limit::AllocatedBytes) } else { (bytes_max, Limit::Bytes) }
    }

    /// Waits until a record of a layout is there, and says how many bytes it takes; `None` at the end.
    fn next<U>(
        &mut self,
        layout: &Layout,
        read: impl FnMut(&[u8], &Limits, &mut Budget) -> Result<(U, usize), DecodeError>,
    ) -> Result<Option<(U, usize)>, StreamError> {
        if self.is_over {
            return Ok(None);
        }
        let record = self.whole(layout, read);
        match &record {
            Ok(_) => self.end = None,
            Err(error) => self.is_over = !error.may_pass(),
        }
        record
    }

    fn whole<U>(
        &mut self,
        layout: &Layout,
        mut read: impl FnMut(&[u8], &Limits, &mut Budget) -> Result<(U, usize), DecodeError>,
    ) -> Result<Option<(U, usize)>, StreamError> {
        let starts_at = self.source.offset();
        let limits = *self.memory.limits();
        let failed = |error: DecodeError| StreamError::Decode { starts_at, error: error.within(&limits) };
        if self.is_large() {
            self.source.give_back(self.memory.buffer_bytes());
        }
        if !self.source.ensure(1).map_err(StreamError::Io)? {
            return Ok(None);
        }
        let mut has_ended = false;
        loop {
            // More than the limit are not waited for, and one that is longer is told from its first byte too many.
            let (most, limit) = self.bytes_max();
            let bytes = self.source.bytes();
            let bytes = bytes.get(..most).unwrap_or(bytes);
            let there = bytes.len();
            // The first time it is read without looking: it is whole more often than not.
            let looked = self.end.as_mut().map(|end| end.go_on(layout, bytes, &limits));
            if looked != Some(Err(Fault::Truncated)) || there >= most || has_ended {
                let fault = |fault| failed(DecodeError::new(fault, there as u64, FieldPath::default(), &limits));
                let left = self.limits_of(there);
                let mut budget = Budget::new(&left, there).map_err(fault)?;
                match read(bytes, &left, &mut budget) {
                    Ok((_, 0)) => return Err(fault(Fault::Malformed(Malformed::Length))),
                    Ok(record) => return Ok(Some(record)),
                    Err(error) if !more_may_help(&error) || has_ended => return Err(failed(error)),
                    Err(_) if there >= most => return Err(fault(Fault::Limit(limit))),
                    Err(_) => {}
                }
            }
            match (&mut self.end, looked) {
                (Some(end), Some(looked)) => match looked {
                    Err(Fault::Truncated) => has_ended = !self.source.more(most).map_err(StreamError::Io)?,
                    // Who reads it finds it not too deep.
                    Err(Fault::Limit(Limit::Depth)) => end.deeper(),
                    Err(fault) => return Err(failed(end.error(layout, fault, &limits))),
                    // It is all there and goes on for who reads it: a block does not take the bytes that it says.
                    Ok(()) => return Err(failed(end.error(layout, Fault::Malformed(Malformed::Length), &limits))),
                },
                (end, _) => *end = Some(End::of(layout, &limits, self.memory.buffer_bytes())),
            }
        }
    }
}

/// Whether a record may be read when more bytes have come. How many items there may be depends on how many have.
fn more_may_help(error: &DecodeError) -> bool {
    matches!(error.kind(), DecodeErrorKind::Truncated | DecodeErrorKind::LimitExceeded { limit: Limit::Items, .. })
}

/// Reads records of a type from a stream.
///
/// An iterator, which ends with the stream or after an error that does not [pass](StreamError::may_pass).
#[derive(Debug)]
pub struct Reader<R, T> {
    datums: Datums<R>,
    decoder: Decoder<T>,
    of: PhantomData<fn() -> T>,
}

impl<R: Read, T: Shaped> Reader<R, T> {
    /// Reads what a type of the same shape has written, each record within [`Limits::strict`].
    ///
    /// # Errors
    ///
    /// None for a type whose shape is one of Avro's.
    pub fn new(source: R) -> Result<Self, DecoderError> {
        Self::resolving(source, &schema_of::<T>())
    }

    /// Reads what was written under another schema.
    ///
    /// # Errors
    ///
    /// If no data of the schema can be read as the type.
    pub fn resolving(source: R, writer: &Schema) -> Result<Self, DecoderError> {
        Ok(Self::with_decoder(source, Decoder::new(writer)?, &Limits::strict()))
    }

    /// Reads by a decoder, each record within limits.
    #[must_use]
    pub fn with_decoder(source: R, decoder: Decoder<T>, limits: &Limits) -> Self {
        Self { datums: Datums::new(source, limits), decoder, of: PhantomData }
    }
}

impl<R: Read, T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>> Iterator for Reader<R, T> {
    type Item = Result<T, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        let layout = self.decoder.plan().writer();
        let record = self.datums.next(layout, |bytes, limits, budget| self.decoder.leading(bytes, limits, budget));
        let record = record.transpose()?;
        Some(record.map(|(record, size)| {
            self.datums.source.consume(size);
            record
        }))
    }
}

/// Reads values of a layout from a stream.
#[derive(Debug)]
pub struct ValueReader<R> {
    datums: Datums<R>,
    layout: Layout,
    arena: Arena,
    /// Bytes of the value that was read last, which may point into them.
    pending: usize,
}

impl<R: Read> ValueReader<R> {
    /// Reads each value within [`Limits::strict`].
    #[must_use]
    pub fn new(source: R, layout: Layout) -> Self {
        Self::with_limits(source, layout, &Limits::strict())
    }

    /// Reads each value within limits.
    #[must_use]
    pub fn with_limits(source: R, layout: Layout, limits: &Limits) -> Self {
        Self { datums: Datums::new(source, limits), layout, arena: Arena::new(), pending: 0 }
    }

    /// What the values are of.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The next value, which lives until the one after it is asked for. `None` at the end of the stream, and after an error
    /// that does not [pass](StreamError::may_pass).
    ///
    /// # Errors
    ///
    /// If the source fails, or the stream has something else than a value or ends inside one.
    pub fn next_value(&mut self) -> Result<Option<Value<'_>>, StreamError> {
        self.datums.source.consume(self.pending);
        self.pending = 0;
        if self.datums.is_large() {
            // The buffer is made smaller, for which there has to be room.
            self.arena = Arena::new();
        }
        let Self { datums, layout, arena, pending } = self;
        let found = datums.next(layout, |bytes, limits, budget| {
            arena.reset();
            let size = value::leading(layout, bytes, arena, limits, budget).map(|(_, size)| ((), size));
            if size.is_err() {
                // The buffer may need the memory to grow.
                *arena = Arena::new();
            }
            size
        });
        let starts_at = datums.source.offset();
        let Some(((), size)) = found? else { return Ok(None) };
        *pending = size;
        // Once more, where the value may stay.
        arena.reset();
        let bytes = datums.source.bytes().get(..size).unwrap_or_default();
        let value = value::from_slice_with(layout, bytes, arena, &datums.limits_of(size));
        let limits = datums.memory.limits();
        value.map(Some).map_err(|error| StreamError::Decode { starts_at, error: error.within(limits) })
    }
}

#[cfg(test)]
mod tests {
    use canread_derive::CoreRecord as Record;

    use super::*;

    #[derive(Record)]
    struct Tree {
        #[field(1)]
        word: String,
        #[field(2)]
        inner: Vec<Tree>,
        #[field(3)]
        words: Vec<String>,
    }

    /// Gives one byte at a time.
    struct Drops<'a>(&'a [u8]);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let one = buffer.len().min(1);
            self.0.read(&mut buffer[..one])
        }
    }

    /// How many bytes were given to who reads a record of single bytes, all times together, and how many it has.
    fn read_in_drops(tree: &Tree) -> (usize, usize) {
        let bytes = to_vec(tree).expect("not deep");
        let decoder = Decoder::<Tree>::new(&schema_of::<Tree>()).expect("the same");
        let mut datums = Datums::new(Drops(&bytes), &Limits::strict());
        let mut given = 0;
        let read = datums.next(decoder.plan().writer(), |bytes, limits, budget| {
            given += bytes.len();
            decoder.leading(bytes, limits, budget)
        });
        let (_, size) = read.expect("it is whole").expect("there is one");
        assert_eq!(size, bytes.len());
        (given, size)
    }

    #[test]
    fn a_record_in_single_bytes_is_read_when_it_begins_and_when_it_is_whole() {
        let words = vec!["word".to_owned(); 50_000];
        let (given, size) = read_in_drops(&Tree { word: String::new(), inner: vec![], words });
        assert_eq!(given, size + 1);
    }

    #[test]
    fn a_deep_record_in_single_bytes_is_read_a_few_times() {
        let leaf = Tree { word: "leaf".to_owned(), inner: vec![], words: vec![] };
        let deep = (0..99).fold(leaf, |inner, _| Tree { word: "w".repeat(100), inner: vec![inner], words: vec![] });
        let (given, size) = read_in_drops(&deep);
        assert!(given < 3 * size, "{given} of {size} bytes");
    }

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
        to_vec(&Line { sku: "x".repeat(text_bytes), numbers: vec![1; count] }).expect("not deep")
    }

    fn reader(stream: &[u8]) -> Reader<&[u8], Line> {
        let decoder = Decoder::<Line>::new(&schema_of::<Line>()).expect("the same");
        Reader::with_decoder(stream, decoder, &LIMITS)
    }

    #[test]
    fn a_record_of_more_than_half_of_the_memory_is_refused_when_that_has_come() {
        let stream = line(600_000, 0);
        let mut records = reader(&stream);
        let error = records.next().expect("something").err().expect("too long");
        let words = "the record at byte 0 of the stream: more than 1048576 bytes of memory at byte 524";
        assert!(error.to_string().starts_with(words), "{error}");
        assert!(records.datums.source.held_bytes() <= 1 << 19, "{}", records.datums.source.held_bytes());
        assert!(records.next().is_none());
        // A length alone is no reason to ask for memory.
        let mut records = reader(&stream[..100]);
        assert!(records.next().expect("something").is_err());
        assert!(records.datums.source.held_bytes() <= 1 << 16);
    }

    #[test]
    fn a_record_and_its_bytes_share_the_memory() {
        // Each number takes one byte of the stream and eight of the record.
        let stream = [line(400_000, 0), line(0, 100_000), line(400_000, 60_000)].concat();
        let mut records = reader(&stream);
        let mut next = || records.next().expect("a record");
        assert_eq!(next().expect("it fits").sku.len(), 400_000);
        assert_eq!(next().expect("it fits").numbers.len(), 100_000);
        let error = next().err().expect("too much").to_string();
        assert!(error.contains("more than 1048576 bytes of memory"), "{error}");
    }

    #[test]
    fn values_and_their_bytes_share_the_memory() {
        let layout = Layout::of_root(&schema_of::<Line>()).expect("a record");
        let stream = [line(0, 50_000), line(400_000, 0), line(0, 50_000), line(440_000, 70_000)].concat();
        let mut values = ValueReader::with_limits(&stream[..], layout, &LIMITS);
        for _ in 0..3 {
            assert!(values.next_value().expect("it fits").is_some());
            let held = values.arena.allocated_bytes() + values.datums.source.held_bytes();
            assert!(held <= 1 << 20, "{held}");
        }
        let held = values.datums.source.held_bytes();
        assert!(held <= 1 << 17, "{held}: what the long one needed was given back");
        let error = values.next_value().expect_err("too much").to_string();
        assert!(error.contains("more than 1048576 bytes of memory"), "{error}");
    }
}

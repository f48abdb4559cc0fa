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
//! Avro writes no length in front of a record. So a reader tries with what has come, and once more from the record's start when
//! more has. To keep that cheap, it waits for an eighth more when 64 KiB were not enough: a peer that waits for an answer
//! to a larger record needs a frame with a length.
//!
//! A record without a byte can't be told from none, so records that take no bytes are refused, by writers and by readers.

use std::fmt;
use std::io::{self, Read, Write};
use std::marker::PhantomData;

use canread_model::Schema;
use canread_plan::{Arena, Layout, Value};
use canread_record::{Decode, DecodeFields, EncodeFields, Shaped};
use canread_wire::{Budget, DecodeError, DecodeErrorKind, EncodeError, Fault, FieldPath, Limit, Limits, Malformed};

use crate::codec::{Decoder, DecoderError, schema_of, to_vec, value};
use crate::source::Source;

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

/// A stream, and where its record begins.
#[derive(Debug)]
struct Datums<R> {
    source: Source<R>,
    limits: Limits,
    is_over: bool,
}

impl<R: Read> Datums<R> {
    /// Waits until a record is there, and says how many bytes it takes; `None` at the end.
    fn next<U>(
        &mut self,
        mut read: impl FnMut(&[u8], &Limits, &mut Budget) -> Result<(U, usize), DecodeError>,
    ) -> Result<Option<(U, usize)>, StreamError> {
        let starts_at = self.source.offset();
        let failed = |error| StreamError::Decode { starts_at, error };
        if self.is_over || !self.source.ensure(1).map_err(StreamError::Io)? {
            return Ok(None);
        }
        // More than the limit are not waited for, and one that is longer is told from its first byte too many.
        let most = usize::try_from(self.limits.bytes_max()).unwrap_or(usize::MAX);
        loop {
            let bytes = self.source.bytes();
            let bytes = bytes.get(..most).unwrap_or(bytes);
            let there = bytes.len();
            let fault = |fault| failed(DecodeError::new(fault, there as u64, FieldPath::default(), &self.limits));
            let mut budget = Budget::new(&self.limits, there).map_err(fault)?;
            let error = match read(bytes, &self.limits, &mut budget) {
                Ok((_, 0)) => return Err(fault(Fault::Malformed(Malformed::Length))),
                Ok(record) => return Ok(Some(record)),
                Err(error) => error,
            };
            // How many items there may be depends on how many bytes have come.
            let may_help = matches!(
                error.kind(),
                DecodeErrorKind::Truncated | DecodeErrorKind::LimitExceeded { limit: Limit::Items, .. }
            );
            if !may_help {
                return Err(failed(error));
            }
            if there >= most {
                return Err(fault(Fault::Limit(Limit::Bytes)));
            }
            if !self.source.more(most).map_err(StreamError::Io)? {
                return Err(failed(error));
            }
        }
    }
}

/// Reads records of a type from a stream. An iterator, which ends with the stream or after an error.
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
        let datums = Datums { source: Source::new(source), limits: *limits, is_over: false };
        Self { datums, decoder, of: PhantomData }
    }
}

impl<R: Read, T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>> Iterator for Reader<R, T> {
    type Item = Result<T, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.datums.next(|bytes, limits, budget| self.decoder.leading(bytes, limits, budget));
        match record {
            Ok(Some((record, size))) => {
                self.datums.source.consume(size);
                Some(Ok(record))
            }
            Ok(None) => None,
            Err(error) => {
                self.datums.is_over = true;
                Some(Err(error))
            }
        }
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
        let datums = Datums { source: Source::new(source), limits: *limits, is_over: false };
        Self { datums, layout, arena: Arena::new(), pending: 0 }
    }

    /// What the values are of.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The next value, which lives until the one after it is asked for. `None` at the end of the stream, and after an error.
    ///
    /// # Errors
    ///
    /// If the source fails, or the stream has something else than a value or ends inside one.
    pub fn next_value(&mut self) -> Result<Option<Value<'_>>, StreamError> {
        self.datums.source.consume(self.pending);
        self.pending = 0;
        let Self { datums, layout, arena, pending } = self;
        let found = datums.next(|bytes, limits, budget| {
            arena.reset();
            value::leading(layout, bytes, arena, limits, budget).map(|(_, size)| ((), size))
        });
        let starts_at = datums.source.offset();
        match found {
            Ok(None) => Ok(None),
            Ok(Some(((), size))) => {
                *pending = size;
                // Once more, where the value may stay.
                arena.reset();
                let bytes = datums.source.bytes().get(..size).unwrap_or_default();
                let value = value::from_slice_with(layout, bytes, arena, &datums.limits);
                value.map(Some).map_err(|error| StreamError::Decode { starts_at, error })
            }
            Err(error) => {
                datums.is_over = true;
                Err(error)
            }
        }
    }
}

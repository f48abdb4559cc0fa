//! Protobuf's binary format: records to bytes and back.
//!
//! ```text
//! message = field*
//! field   = key value
//! key     = varint (number << 3 | wire type)
//! value   = varint | 8 bytes | length bytes | field* end-of-group key | 4 bytes
//! ```
//!
//! Proto2, proto3 and editions have the same bytes. What differs is said by the type: an `Option` is written if there is
//! a value, even if it is zero; a plain number, text or symbol is left out if it is zero; a record is always written. What
//! comes twice is merged, as the format wants it.
//!
//! | field of Rust | of Protobuf |
//! |---|---|
//! | `bool`, `f32`, `f64` | `bool`, `float`, `double` |
//! | `i32`, `i64`, `u32`, `u64` | `int32`, ...; with `fixed` `sfixed32`, `fixed64`, ...; with `zigzag` `sint32`, `sint64` |
//! | `String`, `&str`; `Vec<u8>`, `&[u8]` | `string`; `bytes` |
//! | an enumeration | an enum; numbers that a closed one lacks go to the field of unknown fields |
//! | a record | a message; with `group` between two tags |
//! | a union, in an `Option` | a oneof with `union`; with a number a message that holds a oneof alone |
//! | `Vec`, sets | `repeated`, packed where the items are numbers, unless `unpacked` |
//! | maps | `map` |
//!
//! A oneof that is not set, or is set to a branch that only the writer knows, is `None`; in a list or map it is an error.
//!
//! Protobuf needs no schema of the writer to read what it wrote, as long as each change is one that the specification calls
//! compatible. `Decoder` (feature `value`) takes that schema, and reads other changes too, by what the values mean to the writer.
//!
//! Values without a Rust type, along a schema that was read at run time, are in [`value`] (feature `value`), as
//! JSON in [`json`] (feature `json`), and in the text format in [`text`] (feature `text`).
//!
//! Many messages in one file or stream, each behind its length, are in [`delimited`].
//!
//! Source: Protobuf, "Encoding".

#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![expect(clippy::inline_always, reason = "a leaf is a few instructions once its field's constants are folded in")]

#[cfg(feature = "value")]
mod by_number;
#[cfg(feature = "value")]
mod decoder;
pub mod delimited;
#[cfg(feature = "value")]
mod groups;
#[cfg(feature = "json")]
pub mod json;
mod key;
mod locate;
#[cfg(feature = "value")]
mod number;
#[cfg(feature = "value")]
mod own_schema;
#[cfg(feature = "value")]
mod own_syntax;
#[cfg(all(feature = "schema", feature = "value"))]
mod own_text;
mod read;
#[cfg(feature = "value")]
mod resolving;
mod sink;
mod skip;
#[cfg(feature = "text")]
pub mod text;
#[cfg(feature = "value")]
pub mod value;
mod write;
#[cfg(feature = "value")]
mod written;

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use canread_record::{Decode, DecodeFields, EncodeFields, spend_defaults};
#[cfg(feature = "std")]
use canread_wire::WriteError;
use canread_wire::{BackBuffer, Budget, DecodeError, EncodeError, EncodeErrorKind, FieldPath, Limits};

use self::sink::Count;

#[cfg(feature = "value")]
pub use self::{decoder::Decoder, own_schema::schema_of};
#[cfg(feature = "value")]
pub use canread_plan::DecoderError;
#[cfg(all(feature = "schema", feature = "value"))]
pub use own_text::{SchemaFile, SchemaFileError, schema_files};

/// The record as bytes.
///
/// # Errors
///
/// The error names the field. `TooDeep`: records are inside each other more than 100 levels deep. `Inexact`, `OutOfRange`: a time that
/// is written as a number of larger units than it has, as with `protobuf(millis)`, or a `SystemTime` outside of the years 1 to 9999.
pub fn to_vec<T: EncodeFields>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut scratch = [MaybeUninit::uninit(); SCRATCH_BYTES];
    let count = || encoded_len(value).unwrap_or_default();
    let mut buffer = BackBuffer::in_scratch(&mut scratch).counted_by(&count);
    write::outermost(&mut buffer, value)?;
    Ok(buffer.into_vec())
}

/// Memory on the stack that a record is written to at first: most records have room in it, so that the allocator is asked
/// once, for what they take. Longer ones go to other memory, and from 1 MiB on they are counted. A stack grows by pages of 4,096 bytes.
const SCRATCH_BYTES: usize = 2048;

/// Writes the record after what is in the buffer, whose memory it uses.
///
/// # Errors
///
/// Those of [`to_vec`]. The buffer then holds what it held.
pub fn encode_into<T: EncodeFields>(value: &T, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let before = buffer.len();
    let mut target = BackBuffer::after(core::mem::take(buffer));
    let result = write::outermost(&mut target, value);
    *buffer = target.into_vec();
    if result.is_err() {
        buffer.truncate(before);
    }
    result
}

/// Writes the record to the start of the slice, and says how many bytes it takes. What is behind it stays as it was.
///
/// The record is counted before it is written, and no memory is asked for.
///
/// # Errors
///
/// Those of [`to_vec`]; and `NoRoom`, with what is needed, if the slice is too small. The slice then holds what it held.
pub fn encode_to_slice<T: EncodeFields>(value: &T, slice: &mut [u8]) -> Result<usize, EncodeError> {
    let no_room = |needed| EncodeError::new(EncodeErrorKind::NoRoom { needed }, FieldPath::default());
    let needed = encoded_len(value)?;
    let mut buffer = BackBuffer::in_slice(slice.get_mut(..needed).ok_or(no_room(needed))?);
    write::outermost(&mut buffer, value)?;
    buffer.finish().map_err(no_room)
}

/// Writes the record to a file, a socket or anything else that writes: in one piece, and without a flush.
///
/// ```
/// use canread::{Record, WriteBuffer, protobuf};
///
/// #[derive(Record)]
/// struct Order {
///     #[field(1)]
///     id: i64,
/// }
///
/// let mut file = Vec::new(); // or a `File`
/// protobuf::encode_to_writer(&Order { id: 7 }, &mut file)?;
///
/// // Many records, one buffer.
/// let mut orders = WriteBuffer::new(&mut file);
/// orders.write(|buffer| protobuf::encode_into(&Order { id: 8 }, buffer))?;
/// assert_eq!(file, [8, 7, 8, 8]);
/// # Ok::<(), canread::WriteError>(())
/// ```
///
/// # Errors
///
/// Those of [`to_vec`]: nothing was written then. And those of the target, which may hold a part of the record.
#[cfg(feature = "std")]
pub fn encode_to_writer<T: EncodeFields>(
    value: &T,
    target: &mut (impl std::io::Write + ?Sized),
) -> Result<(), WriteError> {
    let bytes = to_vec(value).map_err(WriteError::Encode)?;
    target.write_all(&bytes).map_err(WriteError::Io)
}

/// How many bytes the record takes.
///
/// # Errors
///
/// Those of [`to_vec`].
pub fn encoded_len<T: EncodeFields>(value: &T) -> Result<usize, EncodeError> {
    let mut count = Count::default();
    write::outermost(&mut count, value)?;
    Ok(count.bytes())
}

/// The record that the bytes are, within [`Limits::strict`].
///
/// A record with a lifetime borrows its texts and bytes from the input.
///
/// # Errors
///
/// The error says at which byte and in which field. `Truncated`: the input ends inside a value. `Malformed`: it breaks the format.
/// `LimitExceeded`: it asks for more than is allowed. `Unreadable`: it has a value that the type can't hold, such as 300 for an `i8`, or an item of a
/// list that is a union with a branch which only the writer knows.
pub fn from_slice<'de, T: Decode<'de> + DecodeFields<'de>>(input: &'de [u8]) -> Result<T, DecodeError> {
    from_slice_with(input, &Limits::strict())
}

/// The record that the bytes are, within limits: less than the default for a service with small messages, more for what is trusted.
///
/// # Errors
///
/// Those of [`from_slice`].
pub fn from_slice_with<'de, T: Decode<'de> + DecodeFields<'de>>(
    input: &'de [u8],
    limits: &Limits,
) -> Result<T, DecodeError> {
    let budget = Budget::new(limits, input.len()).and_then(|mut budget| {
        budget.allocate(T::ABSENT_BYTES)?;
        Ok(budget)
    });
    // Nothing is asked for that is not allowed.
    let error = |fault| DecodeError::new(fault, 0, FieldPath::default(), limits);
    let mut budget = budget.map_err(error)?;
    let mut value = T::absent(canread_record::Format::Protobuf);
    spend_defaults(&value, canread_record::Format::Protobuf, &mut budget).map_err(error)?;
    read(&mut value, input, budget, limits)?;
    Ok(value)
}

/// Merges the bytes into a record, within [`Limits::strict`]: what they have takes the place of what is there, lists and
/// maps are added to, records are merged. Memory of texts is used again.
///
/// # Errors
///
/// Those of [`from_slice`]. The record may then have some of the new fields.
pub fn merge_into<'de, T: DecodeFields<'de>>(value: &mut T, input: &'de [u8]) -> Result<(), DecodeError> {
    merge_into_with(value, input, &Limits::strict())
}

/// Merges the bytes into a record, within limits.
///
/// # Errors
///
/// Those of [`merge_into`].
pub fn merge_into_with<'de, T: DecodeFields<'de>>(
    value: &mut T,
    input: &'de [u8],
    limits: &Limits,
) -> Result<(), DecodeError> {
    let budget = Budget::new(limits, input.len());
    let budget = budget.map_err(|fault| DecodeError::new(fault, 0, FieldPath::default(), limits))?;
    read(value, input, budget, limits)
}

fn read<'de, T: DecodeFields<'de>>(
    value: &mut T,
    input: &'de [u8],
    budget: Budget,
    limits: &Limits,
) -> Result<(), DecodeError> {
    read::outermost(value, input, budget).map_err(|failure| {
        let path = locate::path(&T::SHAPE, input, &failure, limits);
        DecodeError::new(failure.fault, failure.offset as u64, path, limits)
    })
}

//! Avro's binary encoding: records to bytes and back, under the schema that the type itself is.
//!
//! ```text
//! record = value*                            fields in the order of the type, without names or numbers
//! int    = long = enum = zigzag varint
//! bytes  = string = long byte*
//! union  = long value                        the branch, counted from 0
//! array  = block* 0,  map = block* 0
//! block  = count:long [size:long if count < 0] item*
//! ```
//!
//! | field of Rust | of Avro |
//! |---|---|
//! | `bool`, `f32`, `f64` | `boolean`, `float`, `double` |
//! | `i32`; `i64`, `u32`, `u64` | `int`; `long`; a `u64` above 2^63 is not written |
//! | `String`, `&str`; `Vec<u8>`, `&[u8]`; `[u8; N]` | `string`; `bytes`; `fixed` |
//! | an enumeration | `enum`, by the position of the symbol |
//! | a record | `record` |
//! | `Option` | a union of null and the value; of a union, null is its first branch |
//! | a union | a union |
//! | `Vec`, sets; maps | `array`; `map`, or an array of records `key`, `value` if the keys are no text |
//!
//! Bytes that were written under another schema need that schema: the functions here read what a type of the same shape
//! has written, and `Decoder` what any schema has (feature `value`). Values without a Rust type are in `value` (same feature).
//!
//! Source: Avro 1.12, "Binary encoding".

#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![expect(clippy::inline_always, reason = "a leaf is a few instructions once its field's constants are folded in")]

#[cfg(feature = "value")]
mod decoder;
#[cfg(feature = "json")]
pub mod json;
mod locate;
#[cfg(feature = "value")]
mod number;
#[cfg(feature = "value")]
mod own_default;
#[cfg(feature = "value")]
mod own_logical;
#[cfg(feature = "value")]
mod own_names;
#[cfg(feature = "value")]
mod own_schema;
mod read;
#[cfg(feature = "value")]
mod resolving;
mod sink;
#[cfg(feature = "value")]
pub mod value;
mod write;

use alloc::vec::Vec;

use canread_record::{Decode, DecodeFields, EncodeFields, spend_defaults};
#[cfg(feature = "std")]
use canread_wire::WriteError;
use canread_wire::{Budget, DecodeError, EncodeError, EncodeErrorKind, FieldPath, FrontBuffer, Limits};

use self::sink::Count;

#[cfg(all(feature = "schema", feature = "value"))]
pub use self::own_schema::schema_text;
#[cfg(feature = "container")]
pub(crate) use self::own_schema::writing_schema_of;
#[cfg(feature = "container")]
pub(crate) use self::read::{block as block_of, long as long_of, size as size_of_value};
#[cfg(feature = "value")]
pub use self::{decoder::Decoder, own_schema::schema_of};
#[cfg(feature = "value")]
pub use canread_plan::DecoderError;

/// The record as bytes.
///
/// # Errors
///
/// The error names the field. `TooDeep`: records are inside each other more than 100 levels deep. `OutOfRange`: a `u64` from 2^63 on,
/// or a `SystemTime` outside of the years 1 to 9999. `UnknownSymbol`: a number in an open enumeration that has no symbol. `Inexact`: a
/// time with nanoseconds, where the field counts microseconds, as is the default: cut it off before, or say `avro(nanos)`.
pub fn to_vec<T: EncodeFields>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut buffer = FrontBuffer::with_capacity(const { capacity(size_of::<T>()) });
    write::outermost(&mut buffer, value)?;
    Ok(buffer.into_vec())
}

/// How much memory a record gets at first: as bytes, with its texts and lists, few take more than three times what the
/// type itself takes. Doubling is quick for the others.
const fn capacity(type_bytes: usize) -> usize {
    let guess = type_bytes.saturating_mul(3);
    if guess < 64 {
        64
    } else if guess > 4096 {
        4096
    } else {
        guess
    }
}

/// Writes the record after what is in the buffer, whose memory it uses.
///
/// # Errors
///
/// Those of [`to_vec`]. The buffer then holds what it held.
pub fn encode_into<T: EncodeFields>(value: &T, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let before = buffer.len();
    let mut target = FrontBuffer::after(core::mem::take(buffer));
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
    let mut buffer = FrontBuffer::in_slice(slice.get_mut(..needed).ok_or(no_room(needed))?);
    write::outermost(&mut buffer, value)?;
    buffer.finish().map_err(no_room)
}

/// Writes the record to a file, a socket or anything else that writes: in one piece, and without a flush.
///
/// [`WriteBuffer`](canread_wire::WriteBuffer) does the same for many records with one buffer.
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
/// They have to be what a type of the same shape has written: the same fields in the same order. What was written under another
/// schema is read by a decoder. A record with a lifetime borrows its texts and bytes from the input.
///
/// # Errors
///
/// The error says at which byte and in which field. `Truncated`: the input ends inside a value. `Malformed`: it breaks the format, or
/// goes on behind the record. `LimitExceeded`: it asks for more than is allowed. `Unreadable`: it has a value that the type can't hold,
/// such as 300 for an `i8`.
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
    let mut value = T::absent(canread_record::Format::Avro);
    spend_defaults(&value, canread_record::Format::Avro, &mut budget).map_err(error)?;
    read(&mut value, input, budget, limits)?;
    Ok(value)
}

/// Reads the bytes into a record that is there, within [`Limits::strict`]. Each of its fields is replaced, since the
/// format leaves none out, and unknown fields of Protobuf are gone; a field with `skip` stays as it is. Memory of texts and lists is
/// used again.
///
/// # Errors
///
/// Those of [`from_slice`]. The record may then have some of the new fields.
pub fn merge_into<'de, T: DecodeFields<'de>>(value: &mut T, input: &'de [u8]) -> Result<(), DecodeError> {
    merge_into_with(value, input, &Limits::strict())
}

/// Reads the bytes into a record that is there, within limits.
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

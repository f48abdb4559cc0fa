//! The traits behind the derive, for types that are written by hand, for formats, and for bounds of generic code.
//!
//! ```
//! use canread::record::{Decode, DecodeFields, EncodeFields};
//! use canread::{DecodeError, EncodeError, protobuf};
//!
//! fn write<T: EncodeFields>(value: &T) -> Result<Vec<u8>, EncodeError> {
//!     protobuf::to_vec(value)
//! }
//!
//! // A type that owns all it has.
//! fn read<T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>>(bytes: &[u8]) -> Result<T, DecodeError> {
//!     protobuf::from_slice(bytes)
//! }
//!
//! // A type that may borrow from the bytes.
//! fn lend<'de, T: Decode<'de> + DecodeFields<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
//!     protobuf::from_slice(bytes)
//! }
//! ```
//!
//! | item | is |
//! |---|---|
//! | [`EncodeFields`], [`DecodeFields`] | a record: its fields in order, and by number |
//! | [`Encode`], [`Decode`] | a value that stands in a field |
//! | [`EncodeUnion`], [`Enumeration`] | one of several values; one of several symbols |
//! | [`Shaped`], [`Shape`], [`RecordSchema`] | the schema of a type, as constants |
//! | [`Field`], [`FieldMeta`] | a field as a type, and what is known of it |
//! | [`Writer`], [`Reader`] | a format |
//! | [`Logical`], [`Representation`], [`Way`] | how dates, times, decimals and uuids are written |

pub use canread_record::*;

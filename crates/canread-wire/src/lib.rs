//! What every codec of canread stands on: a cursor over bytes from outside, buffers to write into, and budgets.
//!
//! | item | is |
//! |---|---|
//! | [`Cursor`] | reads bytes that somebody else wrote, and never past their end |
//! | [`BackBuffer`] | is written from its end to its start, so that a length is known when it is written |
//! | [`FrontBuffer`] | is written from its start |
//! | `WriteBuffer` (feature `std`) | is written to a file, a socket or anything else that writes, value by value |
//! | [`owned_bytes`], [`owned_text`] | copies in memory of their own |
//! | [`Limits`], [`Budget`] | what a caller allows, and what is left of it |
//! | [`StreamMemory`] | what of it the reader of a stream takes for its buffer |
//! | [`DecodeError`], [`EncodeError`] | what went wrong, where, and in which field |
//! | [`Fault`] | the same, as small as the hot path wants it |
//!
//! This is the only crate of canread with unsafe code; all of it is in the private module `raw::fast`. The module
//! `raw::safe` does the same without, one test holds the two to each other, and `--cfg canread_safe` chooses it.
//!
//! It knows no format, no schema and no record.

#![no_std]
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod budget;
mod decode_error;
mod encode_error;
mod fault;
mod field_path;
mod limits;
mod prefix;
mod raw;
mod stream_memory;
mod varint;
#[cfg(feature = "std")]
mod write_buffer;

pub use budget::Budget;
pub use decode_error::{DecodeError, DecodeErrorKind, Unreadable};
pub use encode_error::{EncodeError, EncodeErrorKind};
pub use fault::{Fault, Limit, Malformed, Step};
pub use field_path::{FieldPath, PathSegment};
pub use limits::Limits;
pub use prefix::Prefix;
pub use raw::{BackBuffer, BackPlace, Cursor, FrontBuffer, owned_bytes, owned_text};
pub use stream_memory::StreamMemory;
pub use varint::{VARINT_BYTES_MAX, unzigzag, unzigzag32, varint_size, zigzag, zigzag32};
#[cfg(feature = "std")]
pub use write_buffer::{WriteBuffer, WriteError};

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
//! | `Source` (feature `std`) | what has come from a file, a socket or anything else that reads, until it is used |
//! | [`StreamMemory`] | what of the limits the reader of a stream takes for that |
//! | [`DecodeError`], [`EncodeError`] | what went wrong, where, and in which field |
//! | [`Fault`] | the same, as small as the hot path wants it |
//!
//! Text from a stranger: its length is checked against the bytes that are there, and what it costs is spent before it is asked for.
//!
//! ```
//! use canread_wire::{Budget, Cursor, Fault, Limits, Step, owned_text};
//!
//! fn words(input: &[u8], limits: &Limits) -> Step<Vec<String>> {
//!     let mut budget = Budget::new(limits, input.len())?;
//!     let mut cursor = Cursor::new(input);
//!     let mut words = Vec::new();
//!     while !cursor.is_empty() {
//!         let size = cursor.varint()?;
//!         let word = cursor.text(size)?; // lies in the input
//!         budget.items(1)?;
//!         budget.allocate(size_of::<String>() + word.len())?;
//!         words.push(owned_text(word));
//!     }
//!     Ok(words)
//! }
//!
//! let limits = Limits::strict().with_bytes_max(1_000);
//! assert_eq!(words(b"\x02M8\x03M10", &limits), Ok(vec!["M8".to_owned(), "M10".to_owned()]));
//! assert_eq!(words(b"\x7fM8", &limits), Err(Fault::Truncated));
//! ```
//!
//! A message with another in it, from its end to its start, so that the length of the inner one is known when it is written. And the
//! same bytes from their start, which takes that length beforehand.
//!
//! ```
//! use canread_wire::{BackBuffer, FrontBuffer, Prefix};
//!
//! const NAME: Prefix = Prefix::varint(1 << 3 | 2);
//! const LINE: Prefix = Prefix::varint(2 << 3 | 2);
//!
//! let mut buffer = BackBuffer::with_capacity(64);
//! let before = buffer.written();
//! buffer.bytes(NAME, b"M8");
//! buffer.length_since(LINE, before);
//! let bytes = buffer.into_vec();
//! assert_eq!(bytes, b"\x12\x04\x0a\x02M8");
//!
//! let mut buffer = FrontBuffer::with_capacity(64);
//! buffer.raw(b"\x12");
//! buffer.varint(4);
//! buffer.raw(b"\x0a");
//! buffer.bytes(2, b"M8");
//! assert_eq!(buffer.into_vec(), bytes);
//! ```
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
#[cfg(feature = "std")]
mod source;
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
#[cfg(feature = "std")]
pub use source::{Source, may_pass};
pub use stream_memory::StreamMemory;
pub use varint::{VARINT_BYTES_MAX, unzigzag, unzigzag32, varint_size, zigzag, zigzag32};
#[cfg(feature = "std")]
pub use write_buffer::{WriteBuffer, WriteError};

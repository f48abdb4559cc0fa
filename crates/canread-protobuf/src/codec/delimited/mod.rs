//! Messages one behind the other, each behind its length: files and streams of them.
//!
//! ```text
//! stream  = message*
//! message = length:varint bytes
//! ```
//!
//! A message does not say where it ends; this is how all implementations of Protobuf write several of them
//! (`writeDelimitedTo` in Java, `serialize_length_prefixed` in Python, `encode_length_delimited` in prost).
//!
//! ```
//! use canread::Record;
//! use canread::protobuf::delimited;
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Line {
//!     #[field(1)]
//!     sku: String,
//! }
//!
//! let mut stream = Vec::new();
//! for sku in ["M8", "M10"] {
//!     delimited::encode_into(&Line { sku: sku.to_owned() }, &mut stream)?;
//! }
//! assert_eq!(stream, b"\x04\x0a\x02M8\x05\x0a\x03M10");
//!
//! let lines: Result<Vec<Line>, _> = delimited::records(&stream).collect();
//! assert_eq!(lines?[1].sku, "M10");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | item | reads or writes |
//! |---|---|
//! | [`records`], [`encode_into`] | Rust types, from a slice and to a vector |
//! | [`Messages`] | what stands in a slice, message by message, as bytes, as Rust types or as values |
#![cfg_attr(feature = "value", doc = "| [`encode_value_into`] | values without a Rust type, to a vector |")]
#![cfg_attr(
    feature = "std",
    doc = "| [`Reader`], [`Writer`] | the same from anything that reads and to anything that writes |"
)]
//!
//! The end of the input is the end of the stream where a message could begin, and an error ([`DelimitedErrorKind::Truncated`])
//! anywhere else.
//!
//! Source: Protobuf, "Techniques", section "Streaming Multiple Messages".

mod error;
mod messages;
#[cfg(feature = "std")]
mod reader;
#[cfg(feature = "std")]
mod writer;

use alloc::vec::Vec;

use canread_record::{Decode, DecodeFields, EncodeFields};
#[cfg(feature = "value")]
use canread_wire::FrontBuffer;
use canread_wire::{BackBuffer, EncodeError, Prefix};

use super::write;

#[cfg(feature = "std")]
pub use canread_wire::WriteError;
pub use error::{DelimitedError, DelimitedErrorKind};
pub use messages::Messages;
#[cfg(feature = "std")]
pub use reader::{ReadError, Reader};
#[cfg(feature = "std")]
pub use writer::Writer;

/// Writes a record behind its length, after what is in the buffer.
///
/// # Errors
///
/// Records are inside each other more than 100 levels deep. The buffer then holds what it held.
pub fn encode_into<T: EncodeFields>(value: &T, buffer: &mut Vec<u8>) -> Result<(), EncodeError> {
    let before = buffer.len();
    let mut target = BackBuffer::after(core::mem::take(buffer));
    let start = target.written();
    let result = write::outermost(&mut target, value);
    target.place().length_since(Prefix::NONE, start);
    *buffer = target.into_vec();
    if result.is_err() {
        buffer.truncate(before);
    }
    result
}

/// Writes a value behind its length, after what is in the buffer.
///
/// # Errors
///
/// As [`value::encode_into`](super::value::encode_into); the buffer then holds what it held.
#[cfg(feature = "value")]
pub fn encode_value_into(
    layout: &canread_plan::Layout,
    value: &canread_plan::Value<'_>,
    buffer: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let message = super::value::to_vec(layout, value)?;
    let mut target = FrontBuffer::after(core::mem::take(buffer));
    target.bytes(message.len() as u64, &message);
    *buffer = target.into_vec();
    Ok(())
}

/// The records of a stream that lies in a slice, each within [`Limits::strict`](canread_wire::Limits::strict).
///
/// After a message that the type can't hold come the others; after one whose length is wrong comes nothing.
pub fn records<'b, T: Decode<'b> + DecodeFields<'b>>(
    stream: &'b [u8],
) -> impl Iterator<Item = Result<T, DelimitedError>> {
    let mut messages = Messages::new(stream);
    core::iter::from_fn(move || messages.next_record())
}

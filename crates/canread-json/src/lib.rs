//! JSON as text: read piece by piece within limits, and written.
//!
//! ```
//! use canread_json::{Limits, Reader, Writer};
//!
//! let mut reader = Reader::new(r#"{"id": 7, "tags": ["a", "\u00e9"]}"#, &Limits::strict())?;
//! let mut copy = String::new();
//! let mut writer = Writer::compact(&mut copy);
//! let mut scratch = String::new();
//!
//! let mut read = || {
//!     reader.begin_object()?;
//!     writer.begin_object();
//!     while let Some(key) = reader.key(&mut scratch)? {
//!         writer.key(&key);
//!         if &*key == "tags" {
//!             reader.begin_array()?;
//!             writer.begin_array();
//!             while reader.item()? {
//!                 writer.item();
//!                 writer.string(&reader.string(&mut scratch)?);
//!             }
//!             writer.end_array();
//!         } else {
//!             writer.number(reader.number()?);
//!         }
//!     }
//!     writer.end_object();
//!     reader.end()
//! };
//! let read = read();
//! read.map_err(|fault| reader.error(fault))?;
//! assert_eq!(copy, r#"{"id":7,"tags":["a","é"]}"#);
//! # Ok::<(), canread_json::JsonError>(())
//! ```
//!
//! | item | is |
//! |---|---|
//! | [`Reader`] | takes one value, key or item after the other from a text |
//! | [`Text`], [`Number`] | what a string says; a number as it stands in the text, until it is asked for in a type |
//! | [`Writer`] | writes one value, key or item after the other, on one line or indented |
//! | [`Fault`], [`JsonError`] | what went wrong; the same with line and column |
//!
//! It knows no schema and builds no tree, and that keys differ is for those to ask who know what a key means. What is read is strict:
//! no comments, no commas too many, no surrogates alone. It is the text that codecs of other formats stand on, such as `ProtoJSON`.
//!
//! Source: RFC 8259.

#![no_std]
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

extern crate alloc;

mod error;
mod number;
mod reader;
mod text;
mod writer;

pub use canread_wire::{Limit, Limits};
pub use error::{Fault, JsonError, JsonErrorKind, Kind, Malformed, Position, Step};
pub use number::{Number, NumberError};
pub use reader::Reader;
pub use text::Text;
pub use writer::Writer;

//! Rust types as bytes of Protobuf and Avro, and bytes as Rust types.
//!
//! ```
//! use canread::Record;
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Order {
//!     #[field(1)]
//!     id: i64,
//!     #[field(2)]
//!     note: Option<String>,
//!     #[field(3)]
//!     lines: Vec<Line>,
//! }
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Line {
//!     #[field(1)]
//!     sku: String,
//!     #[field(2)]
//!     quantity: i32,
//! }
//!
//! let order = Order { id: 7, note: None, lines: vec![Line { sku: "M8".to_owned(), quantity: 40 }] };
//!
//! let bytes = canread::protobuf::to_vec(&order)?;
//! assert_eq!(canread::protobuf::from_slice::<Order>(&bytes)?, order);
//!
//! let bytes = canread::avro::to_vec(&order)?;
//! assert_eq!(canread::avro::from_slice::<Order>(&bytes)?, order);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | item | is | feature |
//! |---|---|---|
//! | [`Record`](derive@Record) | the derive for structs, for unions and for enumerations; its crate has all attributes | `derive` |
//! | [`protobuf`] | the binary format of Protobuf | `protobuf` |
//! | [`avro`] | the binary encoding of Avro | `avro` |
//! | [`Limits`] | what bytes from outside may cost: strict by default, and every reader has a twin that takes others | |
//! | [`DecodeError`], [`EncodeError`] | what went wrong, at which byte and in which field | |
//! | [`Unknown`], [`Entries`] | fields that this version does not have, kept; a map as a sorted list | |
//!
//! All features but `evolution` are on by default. One format with the derive is
//! `canread = { version = "0.1", default-features = false, features = ["derive", "protobuf", "std"] }`.
//!
//! A record with a lifetime borrows: `&'a str` and `&'a [u8]` point into the input.
//!
//! ```
//! # use canread::Record;
//! #[derive(Record)]
//! struct Line<'a> {
//!     #[field(1)]
//!     sku: &'a str,
//! }
//!
//! let line: Line<'_> = canread::protobuf::from_slice(b"\x0a\x02M8")?;
//! assert_eq!(line.sku, "M8");
//! # Ok::<(), canread::DecodeError>(())
//! ```
//!
//! Avro has no names and numbers in its bytes, so what another version wrote is read with that version's schema: by
//! `avro::Decoder`, with the feature `evolution`, which is not on by default since it brings a reader of schemas.
//!
//! What it does not do: read schemas of Protobuf, which needs none of them to read what others wrote, or compare schemas (the
//! command `canread` does).

#![no_std]

#[cfg(feature = "derive")]
pub use canread_derive::Record;
pub use canread_record::{
    CalendarDuration, Date, Decimal, Entries, ExactDuration, LocalTimestamp, ParseValueError, TimeOfDay, Timestamp,
    Unit, Unknown, Uuid,
};
pub use canread_wire::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, FieldPath, Limit, Limits, Malformed, PathSegment,
    Unreadable,
};

/// The traits behind the derive, for types that are written by hand and for formats.
pub mod record {
    pub use canread_record::*;
}

/// The binary format of Protobuf.
///
/// What fields of Rust are in Protobuf stands in the crate `canread-protobuf`, module `codec`.
#[cfg(feature = "protobuf")]
pub mod protobuf {
    pub use canread_protobuf::codec::{
        encode_into, encode_to_slice, encoded_len, from_slice, from_slice_with, merge_into, merge_into_with, to_vec,
    };
}

/// The binary encoding of Avro.
///
/// What fields of Rust are in Avro stands in the crate `canread-avro`, module `codec`.
#[cfg(feature = "avro")]
pub mod avro {
    pub use canread_avro::codec::{
        encode_into, encode_to_slice, encoded_len, from_slice, from_slice_with, merge_into, merge_into_with, to_vec,
    };
    #[cfg(feature = "evolution")]
    pub use canread_avro::{
        codec::{Decoder, DecoderError, schema_of, schema_text},
        schema,
    };
}

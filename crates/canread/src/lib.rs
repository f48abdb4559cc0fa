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
//! | [`framing`] | which schema of a registry a message was written under | |
//! | [`Format`], [`Encoder`] | a format that is chosen at run time | |
//! | `Decoder`, `schema`, `value` | data of another schema than the type's own, schemas from text, values without a type | `evolution` |
//! | `protobuf::json`, `protobuf::text`, `avro::json` | values as JSON and in Protobuf's text format, and back | `protobuf-json`, `protobuf-text`, `avro-json` |
//! | [`Limits`] | what bytes from outside may cost: strict by default, and every reader has a twin that takes others | |
//! | [`DecodeError`], [`EncodeError`] | what went wrong, at which byte and in which field | |
//! | [`Unknown`], [`Entries`] | fields that this version does not have, kept; a map as a sorted list | |
//!
//! All features but `evolution`, those for Avro's files and those for text are on by default. One format with the derive is
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
//! What another version of a schema wrote is read with that schema, by `Decoder`, with the feature `evolution`. Avro has no names
//! and numbers in its bytes, so that it always needs it. Protobuf needs it where a change is none of those that its specification calls
//! compatible. The feature is not on by default, since it brings readers of schemas.
//!
#![cfg_attr(
    all(feature = "avro", feature = "derive", feature = "evolution", feature = "protobuf"),
    doc = r##"```
use canread::{Decoder, Format, Record, schema};

#[derive(Record, Debug, PartialEq)]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    notes: Vec<String>,
}

let text = "syntax = \"proto3\"; message Order { sint32 id = 1; string gone = 3; }";
let writer = schema::read(Format::Protobuf, &[("order.proto", text)])?;
let decoder = Decoder::<Order>::new(Format::Protobuf, &writer)?;
assert_eq!(decoder.from_slice(b"\x08\x0d\x1a\x01x")?, Order { id: -7, notes: vec![] });

let text = r#"{"type": "record", "name": "Order", "fields": [
    {"name": "gone", "type": "string"}, {"name": "id", "type": "int"}]}"#;
let writer = schema::read(Format::Avro, &[("order.avsc", text)])?;
let decoder = Decoder::<Order>::new(Format::Avro, &writer)?;
assert_eq!(decoder.from_slice(b"\x02x\x0d")?, Order { id: -7, notes: vec![] });
# Ok::<(), Box<dyn std::error::Error>>(())
```"##
)]
//!
//! Avro's container files, single objects and streams are in `avro::container`, `avro::single_object` and `avro::stream`, with the
//! feature `avro-container`; `avro-zstandard` and `avro-xz` add two codecs that need a C compiler.
//!
//! `examples/` of this crate holds programs to run, and `examples/services/` what services take along: `axum.rs` has a body that is
//! extracted and given back, `tonic.rs` a codec for gRPC without protoc.
//!
//! What it does not do: compare schemas, as the command `canread` does. `protobuf::schema_files` and `avro::schema_text` write the schema of
//! a type as files for it.

#![no_std]

extern crate alloc;

#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
mod decoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
mod encoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
mod format;
pub mod framing;
#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
pub mod schema;

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

#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
pub use canread_plan::DecoderError;
#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
pub use decoder::Decoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
pub use encoder::Encoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
pub use format::Format;

/// Values without a Rust type, and plans that read what one schema wrote as another has it.
///
/// The functions that read and write them are in `protobuf::value` and `avro::value`.
#[cfg(feature = "evolution")]
pub mod value {
    pub use canread_plan::{
        Arena, Layout, LayoutError, LayoutErrorKind, List, Mismatch, MismatchKind, Plan, Record, Shown, Value,
    };
}

/// The traits behind the derive, for types that are written by hand and for formats.
pub mod record {
    pub use canread_record::*;
}

/// The binary format of Protobuf.
///
/// What fields of Rust are in Protobuf stands in the crate `canread-protobuf`, module `codec`.
#[cfg(feature = "protobuf")]
pub mod protobuf {
    #[cfg(feature = "protobuf-json")]
    pub use canread_protobuf::codec::json;
    #[cfg(feature = "protobuf-text")]
    pub use canread_protobuf::codec::text;
    pub use canread_protobuf::codec::{
        delimited, encode_into, encode_to_slice, encoded_len, from_slice, from_slice_with, merge_into, merge_into_with,
        to_vec,
    };
    #[cfg(feature = "evolution")]
    pub use canread_protobuf::{
        codec::{Decoder, DecoderError, SchemaFile, SchemaFileError, schema_files, schema_of, value},
        schema,
    };
}

/// The binary encoding of Avro.
///
/// What fields of Rust are in Avro stands in the crate `canread-avro`, module `codec`.
#[cfg(feature = "avro")]
pub mod avro {
    #[cfg(feature = "avro-json")]
    pub use canread_avro::codec::json;
    pub use canread_avro::codec::{
        encode_into, encode_to_slice, encoded_len, from_slice, from_slice_with, merge_into, merge_into_with, to_vec,
    };
    #[cfg(feature = "evolution")]
    pub use canread_avro::{
        codec::{Decoder, DecoderError, schema_of, schema_text, value},
        schema,
    };
    #[cfg(feature = "avro-container")]
    pub use canread_avro::{container, single_object, stream};
}

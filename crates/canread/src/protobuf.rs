//! The binary format of Protobuf: records to bytes and back.
//!
//! ```
//! use canread::{Record, protobuf};
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Order {
//!     #[field(1)]
//!     id: u64,
//!     #[field(2)]
//!     tags: Vec<String>,
//! }
//!
//! let mut buffer = Vec::new(); // its memory serves for every record
//! protobuf::encode_into(&Order { id: 7, tags: vec!["new".to_owned()] }, &mut buffer)?;
//! assert_eq!(buffer, b"\x08\x07\x12\x03new");
//!
//! let mut order = protobuf::from_slice::<Order>(&buffer)?;
//! protobuf::merge_into(&mut order, b"\x08\x08\x12\x04paid")?;
//! assert_eq!(order, Order { id: 8, tags: vec!["new".to_owned(), "paid".to_owned()] });
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | there is | feature |
//! |---|---|---|
//! | write a record | [`to_vec`]; [`encode_into`] a vector that is there; [`encode_to_slice`]; [`encode_to_writer`][to-writer] to a file, a socket or anything that writes; [`encoded_len`] says how long it is | ; a writer `std` |
//! | read one | [`from_slice`], within [`Limits::strict`](crate::Limits::strict); [`from_slice_with`] other limits | |
//! | read into one that is there | [`merge_into`], [`merge_into_with`] | |
//! | put many messages into one file or stream | [`delimited`] | |
//! | read what another version wrote | [`Decoder`][decoder] | `evolution` |
//! | do without a Rust type | [`value`][values]; as text [`json`][json-of-values], [`text`][text-of-values] | `evolution`; `protobuf-json`, `protobuf-text` |
//! | have the schema of a type | [`schema_files`][files] as `.proto` files, [`schema_of`][schema-of] as a model | `evolution` |
//! | read `.proto` files and descriptor sets, with every position | [`schema`][schemas] | `evolution` |
//!
//! What each type of Rust is in Protobuf stands with the derive, [`Record`](derive@crate::Record). Proto2, proto3 and editions have the
//! same bytes; what differs is said by the type. An `Option` is written if there is a value, even if it is zero; a plain number, text or
//! symbol is left out if it is zero, unless the field has a `default`; a record is always written.
//!
//! What comes twice is merged, as the format wants it: of a number or text the last one counts, lists and maps are added to, records are
//! merged. A field that the type does not have is kept in its field of type [`Unknown`](crate::Unknown), or else passed over, and so
//! is a number that a closed enumeration does not have. A field whose wire type is not that of the type is one that the type does not have.
//!
//! Protobuf needs no schema of the writer to read what it wrote, as long as each change is one that the specification calls compatible. The
//! decoder takes that schema, and reads other changes too, by what the values mean to the writer.
//!
//! Source: Protobuf, "Encoding".
//!
// Without its feature an item has no page: its name leads to the features then.
#![cfg_attr(feature = "std", doc = "[to-writer]: encode_to_writer")]
#![cfg_attr(not(feature = "std"), doc = "[to-writer]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[decoder]: Decoder")]
#![cfg_attr(not(feature = "evolution"), doc = "[decoder]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[values]: mod@value")]
#![cfg_attr(not(feature = "evolution"), doc = "[values]: crate#features")]
#![cfg_attr(feature = "protobuf-json", doc = "[json-of-values]: mod@json")]
#![cfg_attr(not(feature = "protobuf-json"), doc = "[json-of-values]: crate#features")]
#![cfg_attr(feature = "protobuf-text", doc = "[text-of-values]: mod@text")]
#![cfg_attr(not(feature = "protobuf-text"), doc = "[text-of-values]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[files]: schema_files")]
#![cfg_attr(not(feature = "evolution"), doc = "[files]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[schema-of]: schema_of")]
#![cfg_attr(not(feature = "evolution"), doc = "[schema-of]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[schemas]: mod@schema")]
#![cfg_attr(not(feature = "evolution"), doc = "[schemas]: crate#features")]

#[cfg(feature = "std")]
pub use canread_protobuf::codec::encode_to_writer;
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

//! The binary encoding of Avro: records to bytes and back, under the schema that the type itself is.
//!
//! ```
//! use canread::{Record, avro};
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Order {
//!     #[field(1)]
//!     id: i64,
//!     #[field(2)]
//!     note: Option<String>,
//! }
//!
//! let mut buffer = Vec::new(); // its memory serves for every record
//! avro::encode_into(&Order { id: 7, note: Some("new".to_owned()) }, &mut buffer)?;
//! assert_eq!(buffer, b"\x0e\x02\x06new");
//! assert_eq!(avro::from_slice::<Order>(&buffer)?.note.as_deref(), Some("new"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | there is | feature |
//! |---|---|---|
//! | write a record | [`to_vec`]; [`encode_into`] a vector that is there; [`encode_to_slice`]; [`encode_to_writer`][to-writer] to a file, a socket or anything that writes; [`encoded_len`] says how long it is | ; a writer `std` |
//! | read what the same type wrote | [`from_slice`], within [`Limits::strict`](crate::Limits::strict); [`from_slice_with`] other limits | |
//! | read into a record that is there | [`merge_into`], [`merge_into_with`]: all its fields are replaced | |
//! | read what was written under another schema | [`Decoder`][decoder] | `evolution` |
//! | do without a Rust type | [`value`][values]; as text [`json`][json-of-values] | `evolution`; `avro-json` |
//! | read and write files, single objects, streams | [`container`][containers], [`single_object`][single], [`stream`][streams] | `avro-container` |
//! | have the schema of a type | [`schema_text`][text-of-schema] as an `.avsc` file, [`schema_of`][schema-of] as a model | `evolution` |
//! | read `.avsc`, `.avpr` and `.avdl` files, with every position; canonical forms and fingerprints | [`schema`][schemas] | `evolution` |
//!
//! **Avro has no names and numbers in its bytes.** [`from_slice`] reads what a type of the same shape has written: the same fields in the
//! same order. Other bytes are an error or, where their lengths happen to fit, another value. What was written under any other schema
//! needs that schema, and a decoder.
//!
//! What each type of Rust is in Avro stands with the derive, [`Record`](derive@crate::Record). Fields are written in the order of the
//! type, whatever their numbers; of an `Option` null is the first branch.
//!
//! Source: Avro 1.12, "Binary encoding".
//!
// Without its feature an item has no page: its name leads to the features then.
#![cfg_attr(feature = "std", doc = "[to-writer]: encode_to_writer")]
#![cfg_attr(not(feature = "std"), doc = "[to-writer]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[decoder]: Decoder")]
#![cfg_attr(not(feature = "evolution"), doc = "[decoder]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[values]: mod@value")]
#![cfg_attr(not(feature = "evolution"), doc = "[values]: crate#features")]
#![cfg_attr(feature = "avro-json", doc = "[json-of-values]: mod@json")]
#![cfg_attr(not(feature = "avro-json"), doc = "[json-of-values]: crate#features")]
#![cfg_attr(feature = "avro-container", doc = "[containers]: mod@container")]
#![cfg_attr(not(feature = "avro-container"), doc = "[containers]: crate#features")]
#![cfg_attr(feature = "avro-container", doc = "[single]: mod@single_object")]
#![cfg_attr(not(feature = "avro-container"), doc = "[single]: crate#features")]
#![cfg_attr(feature = "avro-container", doc = "[streams]: mod@stream")]
#![cfg_attr(not(feature = "avro-container"), doc = "[streams]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[text-of-schema]: schema_text")]
#![cfg_attr(not(feature = "evolution"), doc = "[text-of-schema]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[schema-of]: schema_of")]
#![cfg_attr(not(feature = "evolution"), doc = "[schema-of]: crate#features")]
#![cfg_attr(feature = "evolution", doc = "[schemas]: mod@schema")]
#![cfg_attr(not(feature = "evolution"), doc = "[schemas]: crate#features")]

#[cfg(feature = "std")]
pub use canread_avro::codec::encode_to_writer;
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

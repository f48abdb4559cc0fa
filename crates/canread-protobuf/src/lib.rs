//! Protobuf: schemas read into canread's model, and records and values written to bytes and read back.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`codec`] | records to bytes and back | |
//! | [`codec::value`] | the same of values without a Rust type | `value` (default) |
//! | [`codec::delimited`] | streams of them, each behind its length | from and to files and sockets: `std` (default) |
//! | [`codec::json`] | values to JSON and back | `json` (default) |
//! | [`codec::text`] | values to text of Protobuf's own format and back | `text` (default) |
//! | [`schema`] | `.proto` text to a syntax tree, with every error of a file at once | `schema` (default) |
//!
//! A service that only writes and reads bytes does without `schema` and has no parser in it.
//! The crate does no I/O: it takes texts and returns values.

#![cfg_attr(not(any(feature = "schema", feature = "value")), no_std)]

extern crate alloc;
#[cfg(all(feature = "std", not(any(feature = "schema", feature = "value"))))]
extern crate std;

pub mod codec;
#[cfg(feature = "schema")]
pub mod schema;

//! Avro: schemas read into canread's model, and records and values written to bytes and read back.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`codec`] | records to bytes and back | |
//! | `codec::value` | the same of values without a Rust type | `value` (default) |
//! | [`schema`] | `.avsc`, `.avpr` and `.avdl` text to canread's model, with every error of a file at once; the model to JSON text | `schema` (default) |
//!
//! A service that only writes and reads bytes does without `schema` and has no parser in it.
//! The crate does no I/O: it takes texts and returns values.

#![cfg_attr(not(any(feature = "schema", feature = "value")), no_std)]

extern crate alloc;

pub mod codec;
#[cfg(feature = "schema")]
pub mod schema;

//! Avro: schemas read into canread's model, and records and values written to bytes and read back.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`codec`] | records to bytes and back | |
//! | `codec::value` | the same of values without a Rust type | `value` (default) |
//! | `container` | object container files | `container` |
//! | `single_object` | records behind the fingerprint of their schema | `container` |
//! | `stream` | records one behind the other | `container` |
//! | [`schema`] | `.avsc`, `.avpr` and `.avdl` text to canread's model, with every error of a file at once; the model to JSON text | `schema` (default) |
//!
//! A service that only writes and reads bytes does without `schema` and has no parser in it.
//! The crate opens no files: it takes texts and bytes, and for containers and streams readers and writers of the standard library.

#![cfg_attr(not(any(feature = "schema", feature = "value")), no_std)]

extern crate alloc;
#[cfg(all(feature = "std", not(any(feature = "schema", feature = "value"))))]
extern crate std;

pub mod codec;
#[cfg(feature = "container")]
pub mod container;
#[cfg(feature = "container")]
mod kept;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "container")]
pub mod single_object;
#[cfg(feature = "container")]
pub mod stream;

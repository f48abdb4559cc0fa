//! Avro: schema text read into canread's model, and its binary encoding.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`codec`] | the binary encoding | |
//! | [`schema`] | `.avsc`, `.avpr` and `.avdl` text to canread's model, with every error of a file at once; the model to JSON text | `schema` (default) |
//!
//! The crate does no I/O: it takes texts and returns values.

pub mod codec;
#[cfg(feature = "schema")]
pub mod schema;

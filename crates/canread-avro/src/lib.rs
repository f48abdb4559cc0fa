//! Avro: schema text read into canread's model.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`schema`] | `.avsc`, `.avpr` and `.avdl` text to canread's model, with every error of a file at once; the model to JSON text | `schema` (default) |
//!
//! The crate does no I/O: it takes texts and returns values.

#[cfg(feature = "schema")]
pub mod schema;

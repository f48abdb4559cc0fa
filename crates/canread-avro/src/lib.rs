//! Avro: schema text read into canread's model.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`schema`] | `.avsc` and `.avpr` text to canread's model and back, with every error of a file at once | `schema` (default) |
//!
//! The crate does no I/O: it takes texts and returns values.

#[cfg(feature = "schema")]
pub mod schema;

//! Protobuf: schema text read into canread's model, and its binary encoding.
//!
//! | module | does | feature |
//! |---|---|---|
//! | [`codec`] | the binary encoding | |
//! | [`schema`] | `.proto` text to a syntax tree, with every error of a file at once | `schema` (default) |
//!
//! The crate does no I/O: it takes texts and returns values.

pub mod codec;
#[cfg(feature = "schema")]
pub mod schema;

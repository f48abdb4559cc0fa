//! Avro IDL, `.avdl`: text to the syntax tree that JSON text makes, too.
//!
//! | item | is |
//! |---|---|
//! | [`parse()`] | text to syntax tree, with every error of the file |
//!
//! Nothing here says what names mean: that is the linker's work.
//!
//! Source: "IDL Language" of Avro 1.12.

mod doc;
mod lex;
mod parse;

pub use parse::{ERRORS_MAX, Parsed, TYPE_DEPTH_MAX, VALUE_DEPTH_MAX, parse};

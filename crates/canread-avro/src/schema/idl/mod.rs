//! Avro IDL, `.avdl`: text to the syntax tree that JSON text makes, too.
//!
//! | item | is |
//! |---|---|
//! | [`parse()`] | text to syntax tree, with every error of the file |
//! | [`load`] | a file and everything that it imports, found by the caller |
//! | [`import_path`] | the path of an imported file |
//! | [`to_json`], [`json_text`] | a file and its imports as the JSON that Avro's own tools make of them |
//!
//! Nothing here says what names mean: that is the linker's work. [`to_json`] looks
//! names up only to tell where a type is used first.
//!
//! Source: "IDL Language" of Avro 1.12.

mod doc;
mod imports;
mod json;
mod lex;
mod parse;

pub use imports::{Found, Loaded, import_path, load};
pub use json::{TooDeep, json_text, to_json};
pub use parse::{VALUE_DEPTH_MAX, parse};

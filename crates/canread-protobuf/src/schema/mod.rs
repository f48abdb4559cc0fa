//! `.proto` files: from text to a syntax tree.
//!
//! | item | is |
//! |---|---|
//! | [`parse()`] | text to syntax tree, with every error of the file |
//! | [`scan_imports`] | the imports alone, several times faster |
//! | [`ast`] | the syntax tree of one file, borrowed from its text |
//! | [`descriptor`] | protoc's descriptors, as structs and as bytes |
//! | [`print`] | the model back to text |

pub mod ast;
pub mod descriptor;
mod imports;
mod lex;
mod parse;
pub mod print;

pub use imports::{ScannedImport, scan_imports};
pub use parse::{ERRORS_MAX, LITERAL_DEPTH_MAX, MESSAGE_DEPTH_MAX, Parsed, parse};

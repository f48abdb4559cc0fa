//! `.proto` files: from text to canread's schema model, and back.
//!
//! | item | is |
//! |---|---|
//! | [`read`] | texts to one schema, in one call |
//! | [`parse()`] | text to syntax tree, with every error of the file |
//! | [`scan_imports`] | the imports alone, several times faster |
//! | [`ast`] | the syntax tree of one file, borrowed from its text |
//! | [`link()`] | syntax trees to one schema: names, options and features resolved, rules checked |
//! | [`wkt`] | the well-known files that every schema may import |
//! | [`descriptor`] | protoc's descriptors, as structs and as bytes |
//! | [`mod@print`] | the model back to text |

pub mod ast;
pub mod descriptor;
mod imports;
mod lex;
pub mod link;
mod parse;
pub mod print;
pub mod wkt;

pub use imports::{ScannedImport, scan_imports, scan_package};
pub use link::{LinkOptions, Linked, NamedFile, link, read};
pub use parse::{ERRORS_MAX, LITERAL_DEPTH_MAX, MESSAGE_DEPTH_MAX, Parsed, parse};

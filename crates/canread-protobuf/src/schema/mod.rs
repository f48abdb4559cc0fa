//! `.proto` files: from text to a syntax tree.
//!
//! | item | is |
//! |---|---|
//! | [`ast`] | the syntax tree of one file, borrowed from its text |
//! | [`descriptor`] | protoc's descriptors, as structs and as bytes |

pub mod ast;
pub mod descriptor;

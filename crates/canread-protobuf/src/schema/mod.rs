//! `.proto` files: from text to a syntax tree.
//!
//! | item | is |
//! |---|---|
//! | [`ast`] | the syntax tree of one file, borrowed from its text |

pub mod ast;

//! Avro schemas and protocols: from text to canread's schema model.
//!
//! | item | is |
//! |---|---|
//! | [`ast`] | the syntax tree of one file, whichever text it came from |

pub mod ast;

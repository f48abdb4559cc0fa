//! What tests need from outside the repository: real corpora, foreign
//! oracles, and a way to skip that nobody overlooks.
//!
//! ```no_run
//! # fn parse(_: &std::path::Path) {}
//! #[test]
//! fn every_googleapis_file_parses() {
//!     let Some(root) = canread_testing::corpus("protobuf/googleapis-2025-08") else { return };
//!     parse(&root);
//! }
//! ```
//!
//! | function | gives |
//! |---|---|
//! | [`corpus`] | the folder of an unpacked corpus |
//! | [`python`], [`oracle`] | the Python that holds the foreign oracles, a command that runs one of them |
//! | [`java`] | a command that asks Avro's Java library |
//! | [`ask`] | what a command answers to questions |
//! | [`browser`] | a browser that opens pages without a display |
//! | [`skip`] | a skip that is printed, collected and, with `CI=true`, a failure |
//! | [`Gate`] | a row of the table of `cargo xtask corpora`: what a corpus was held to |
//! | [`long`] | whether this run is the long form |
//! | [`inputs`] | how many random inputs a test draws |
//! | [`small_stack_bytes`] | the stack on which hostile input must be survived |
//!
//! `cargo xtask test` prepares all of it and passes it on by environment
//! variable. A plain `cargo test` works too: it finds what an earlier
//! `cargo xtask` left under `target/` and skips the rest. Only dev-dependencies name this crate.

mod gate;
mod outside;
mod skip;
mod stack;

pub use gate::Gate;
pub use outside::{ask, browser, corpus, inputs, java, long, oracle, python, workspace_root};
pub use skip::skip;
pub use stack::small_stack_bytes;

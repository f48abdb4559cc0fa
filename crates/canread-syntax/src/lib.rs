//! What every schema reader needs before it knows its own grammar: source
//! files, byte spans, diagnostics, and JSON that remembers where it stood.
//!
//! ```
//! use canread_syntax::{Diagnostic, Sources, Span};
//!
//! let mut sources = Sources::default();
//! let file = sources.add("shop/order.proto", "worktree", b"message Order {".to_vec());
//! let brace = Span::new(file, 14, 15);
//! let diagnostic = Diagnostic::error("protobuf/syntax", "this `{` is never closed").at(brace, "opened here");
//!
//! let position = sources.position(brace);
//! assert_eq!((position.line, position.column), (1, 15));
//! assert!(diagnostic.is_error());
//! ```
//!
//! | type | is |
//! |---|---|
//! | [`Sources`], [`SourceFile`], [`FileId`] | the texts of one run, of every version that takes part |
//! | [`Span`] | a byte range in one file |
//! | [`SourceMap`] | where the nodes of a schema stand |
//! | [`Position`] | line and column, computed late from a span |
//! | [`Diagnostic`], [`Label`], [`Patch`] | what is wrong, where, and how to mend it: one model for every output |
//! | [`json`] | strict JSON with the places of its keys and values |
//!
//! This crate does no I/O and prints nothing: `canread-project` reads files,
//! `canread-report` renders.

mod diagnostic;
pub mod json;
mod source;
mod source_map;
mod span;

pub use diagnostic::{Diagnostic, Edit, Label, Patch, Severity};
pub use source::{FILE_BYTES_MAX, Position, SourceFile, Sources};
pub use source_map::{Place, SourceMap};
pub use span::{FileId, Span};

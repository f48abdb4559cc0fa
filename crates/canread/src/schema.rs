//! Schemas from text.
//!
//! ```
//! use canread::{Format, schema};
//!
//! let text = "syntax = \"proto3\"; package shop; message Order { int64 id = 1; }";
//! let schema = schema::read(Format::Protobuf, &[("shop/order.proto", text)])?;
//! assert!(schema.find("shop.Order").is_some());
//!
//! let error = schema::read(Format::Protobuf, &[("shop/order.proto", "message Order { int64 id = 1 }")]).expect_err("no `;`");
//! assert_eq!(error.problems()[0].line, 1);
//! # Ok::<(), canread::schema::SchemaError>(())
//! ```
//!
//! | item | is |
//! |---|---|
//! | [`read`] | texts to one schema: what most need |
//! | [`Schema`] | what was read, for a `Decoder` or a layout; `protobuf::schema_of` and `avro::schema_of` make that of a Rust type |
//! | [`SchemaError`], [`Problem`] | all that is wrong with the texts |
//! | [`model`] | what a schema consists of, for code that looks into it |
//! | [`Sources`], [`FileId`], [`Diagnostic`] and others | what the readers of a format, `protobuf::schema` and `avro::schema`, take and give |

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::Format;

pub use canread_model::{DeclId, Schema};
pub use canread_syntax::{
    Diagnostic, Edit, FILE_BYTES_MAX, FileId, Label, Patch, Place, Position, Severity, SourceFile, SourceMap, Sources,
    Span,
};

/// What a schema consists of: files, declarations, types. One model for every format.
pub mod model {
    pub use canread_model::*;
}

/// What is wrong with the texts of a schema: one [`Problem`] or more. Its text has a line for each, `file:line: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    problems: Box<[Problem]>,
}

/// One thing that is wrong with the texts of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file's name, as it was given; empty if it is about none.
    pub file: String,
    /// The line, counted from 1; 0 if it is about a file as a whole.
    pub line: usize,
    /// What is wrong, for people.
    pub message: String,
}

impl SchemaError {
    /// All that is wrong, file by file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Problem { file, line, message }) in self.problems.iter().enumerate() {
            write!(f, "{}{file}:{line}: {message}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl core::error::Error for SchemaError {}

/// Reads the texts of one schema: each file with its name, by which others import it.
///
/// Protobuf: `.proto` files; what `google/protobuf/*.proto` declare is built in. Avro: `.avsc` and `.avpr` files, and `.avdl` by its name.
/// It reads no files from disk. Code that wants each position, warnings or options uses `protobuf::schema` and `avro::schema`.
///
/// # Errors
///
/// Everything that is wrong with the texts, an import that is not among them too. Warnings are none.
pub fn read(format: Format, files: &[(&str, &str)]) -> Result<Schema, SchemaError> {
    let mut sources = Sources::default();
    let files: Vec<(&str, FileId)> =
        files.iter().map(|(name, text)| (*name, sources.add(*name, "", text.as_bytes().to_vec()))).collect();
    let (schema, mut diagnostics) = match format {
        #[cfg(feature = "protobuf")]
        Format::Protobuf => {
            let linked =
                canread_protobuf::schema::read(&files, &sources, &canread_protobuf::schema::LinkOptions::default());
            (linked.schema, linked.diagnostics)
        }
        #[cfg(feature = "avro")]
        Format::Avro => {
            let linked = canread_avro::schema::read(&files, &sources, &canread_avro::schema::LinkOptions::default());
            (linked.schema, linked.diagnostics)
        }
    };
    diagnostics.extend_from_slice(sources.diagnostics());
    let problems: Box<[Problem]> =
        diagnostics.iter().filter(|found| found.is_error()).map(|found| problem(found, &sources)).collect();
    if problems.is_empty() { Ok(schema) } else { Err(SchemaError { problems }) }
}

fn problem(found: &Diagnostic, sources: &Sources) -> Problem {
    let message = found.message.clone();
    match found.span() {
        Some(span) => {
            Problem { file: sources.file(span.file).name().into(), line: sources.position(span).line, message }
        }
        None => Problem { file: String::new(), line: 0, message },
    }
}

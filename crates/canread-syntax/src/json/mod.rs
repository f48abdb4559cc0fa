//! Strict JSON (RFC 8259) that remembers where everything stood.
//!
//! ```
//! use canread_syntax::{Sources, json};
//!
//! let mut sources = Sources::default();
//! let file = sources.add("user.avsc", "worktree", br#"{"name": "User", "size": 1.50}"#.to_vec());
//! let parsed = json::parse(file, sources.file(file).text(), json::Limits::default());
//! let root = parsed.document().expect("the text is JSON");
//!
//! assert_eq!(root.get("name").and_then(json::Node::as_str), Some("User"));
//! let size = root.pointer("/size").expect("there is a size");
//! assert_eq!(size.as_number().map(json::Number::text), Some("1.50"), "numbers keep their text");
//! assert_eq!(sources.position(size.span).column, 26);
//! ```
//!
//! | type | is |
//! |---|---|
//! | [`Node`], [`Kind`], [`Member`] | the tree, borrowed from the text; members in the order of the text, repeated keys included |
//! | [`Number`], [`Decimal`] | a number's exact text, and its exact value |
//! | [`Parsed`] | the tree, errors and warnings |
//! | [`Limits`] | what a text may ask for |
//!
//! # What is accepted
//!
//! Exactly the grammar of RFC 8259, and of the choices that it leaves to a parser:
//!
//! * A byte order mark before the value is ignored (section 8.1 allows that), everywhere else it is an error.
//! * An escape of half a surrogate pair (`"\ud800"`) is an error. The grammar has it, but it
//!   names no character: parsers drop it, replace it or keep it, so two names that
//!   differ for one reader are equal for another.
//! * Numbers have any size and precision; nothing is rounded before somebody asks for a rounded value.
//! * A repeated key is a warning. The tree keeps all members; [`Node::get`] gives the last, as nearly all readers do.
//! * Depth and number of values are bounded by [`Limits`].
//!
//! Bytes that are not UTF-8 don't get here: [`Sources::add`](crate::Sources::add) reports them, and
//! [`Sources::unreadable`](crate::Sources::unreadable) tells which files not to read.
//!
//! # Errors
//!
//! The parser goes on after an error, at the next `,`, `]` or `}`, and reports up to [`ERRORS_MAX`] of them.
//! Codes start with `syntax/json_`.
//!
//! This module does not write JSON, and knows nothing of JSON Schema.

mod bare;
mod duplicates;
mod lexer;
mod node;
mod number;
mod parser;
mod pointer;
mod problem;
mod string;

pub use node::{Kind, Member, Node};
pub use number::{Decimal, Number};
pub use pointer::PointerError;
pub use problem::ERRORS_MAX;

use crate::{Diagnostic, FILE_BYTES_MAX, FileId, Span, source};

/// What a JSON text may ask of its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Arrays and objects inside each other; 200 by default.
    ///
    /// Schema languages take two to four of these for one level of a schema (JSON Schema: `properties` and the
    /// property; Avro: record, `fields`, field, union). The deepest of 2,358 published Avro
    /// and JSON Schema files has 54. The type keeps every choice safe: code
    /// that recurses over the tree, as dropping it does, never goes deeper than 255.
    pub depth_max: u8,
    /// Values in the text, arrays and objects included. `None`, the default, ties the number to the size
    /// of the text: 65,536 and one for every 4 bytes.
    ///
    /// Published schemas have one value for every 10 bytes or more. A text
    /// of nothing but `[0,0,0,…` has one for every 2, and its tree takes 20 times its size.
    pub values_max: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth_max: 200, values_max: None }
    }
}

impl Limits {
    /// The number of values that a text of this many bytes may have.
    #[must_use]
    pub fn values_for(self, bytes: usize) -> usize {
        self.values_max.unwrap_or(65_536 + bytes / 4)
    }
}

/// What was understood of a JSON text, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'a> {
    /// The value, as far as it was understood. After an error, elements and members
    /// that could not be read are missing, and strings may hold replacement characters.
    pub root: Option<Node<'a>>,
    /// Errors, and a warning for each repeated key, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Parsed<'a> {
    /// The whole document; `None` if there was an error.
    ///
    /// This is what a schema reader wants: from a tree with gaps it would report things missing that are there.
    #[must_use]
    pub fn document(&self) -> Option<&Node<'a>> {
        self.root.as_ref().filter(|_| !self.diagnostics.iter().any(Diagnostic::is_error))
    }
}

/// Reads one JSON text.
///
/// `text` is the text of `file`, from its first byte on: every span counts from there.
/// Takes time in proportion to the text and never recurses.
///
/// Errors are diagnostics in the result. A text over [`FILE_BYTES_MAX`], deeper or with more
/// values than [`Limits`] allows is not read to its end.
///
/// Source: RFC 8259.
#[must_use]
pub fn parse(file: FileId, text: &str, limits: Limits) -> Parsed<'_> {
    if text.len() > FILE_BYTES_MAX {
        return Parsed { root: None, diagnostics: vec![source::too_large(file, text.len())] };
    }
    if looks_like_utf16(text) {
        return Parsed { root: None, diagnostics: vec![problem::utf16(Span::new(file, 0, 0))] };
    }
    parser::parse(file, text, limits)
}

/// Whether every other one of the first four bytes is zero. That is two ASCII
/// characters in UTF-16, and no JSON, which has no zero bytes.
fn looks_like_utf16(text: &str) -> bool {
    matches!(text.as_bytes(), [0, 1..=255, 0, 1..=255, ..] | [1..=255, 0, 1..=255, 0, ..])
}

#[cfg(test)]
mod tests;

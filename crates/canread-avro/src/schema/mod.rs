//! Avro schemas and protocols: from text to canread's schema model.
//!
//! | item | is |
//! |---|---|
//! | [`read`] | texts to one schema, in one call |
//! | [`parse()`] | text to syntax tree, with every error of the file |
//! | [`ast`] | the syntax tree of one file, whichever text it came from |
//! | [`idl`] | `.avdl` text: to the syntax tree, with its imports |
//! | [`link()`] | syntax trees to one schema: names, logical types and defaults resolved, rules checked |
//! | [`mod@print`] | the model back to text |
//! | [`canonical_form`] | Parsing Canonical Form: what data depends on, as one text |
//! | [`fingerprint`] | CRC-64-AVRO, MD5 and SHA-256 of that text |

pub mod ast;
mod canonical;
pub mod fingerprint;
pub mod idl;
mod json;
pub mod link;
pub mod print;
mod problems;

use canread_syntax::{Diagnostic, FileId};

pub use canonical::{canonical_form, canonical_form_of};
use link::kind_name;
pub use link::{DefaultRule, LinkOptions, Linked, NamedFile, Syntax, link, read, read_as};
pub use problems::ERRORS_MAX;

/// Types inside each other in one text: records, arrays, maps and unions.
///
/// Each takes one to three levels of JSON; the deepest of 2,358 published Avro and JSON Schema files has 54 of those.
pub const TYPE_DEPTH_MAX: usize = 100;

/// What was understood of a text, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'a> {
    /// The tree, as far as it was understood; `None` if the text has errors before it means anything.
    pub file: Option<ast::File<'a>>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the text of an `.avsc` or `.avpr` file into a syntax tree, with all its errors.
///
/// `text` is the text of `file`, from its first byte on: every span counts from there.
///
/// Source: Avro 1.12, "Schema Declaration", "Protocol Declaration".
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed<'_> {
    json::parse(file, text)
}

/// As [`parse()`], of a text that may have so many values of JSON. `None` if it has more: they are not read to their end.
#[cfg(feature = "container")]
pub(crate) fn parse_within(file: FileId, text: &str, values_max: usize) -> Option<Parsed<'_>> {
    json::parse_within(file, text, values_max)
}

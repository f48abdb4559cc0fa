//! Tokens to a syntax tree, with every error of a file at once.
//!
//! A recursive descent, one file of this folder per kind of declaration. A statement that
//! fits no rule is reported and skipped; what stands around it is kept. Every
//! token is looked at a bounded number of times, also in recovery, and what nests is counted.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | [`parse()`], and the parser's state |
//! | `cursor` | looking at tokens and taking them; names, strings, documentation |
//! | `report` | errors: wording, where they are dropped |
//! | `recover` | skipping what fits no rule |
//! | `annotation` | annotations, and what each says where it stands |
//! | `file`, `named`, `field`, `message`, `types`, `value` | one kind of declaration each |

mod annotation;
mod cursor;
mod field;
mod file;
#[cfg(test)]
mod linear;
mod message;
mod named;
mod recover;
mod report;
mod types;
mod value;

use canread_syntax::{Diagnostic, FILE_BYTES_MAX, FileId, Span};

use super::super::{ERRORS_MAX, Parsed, TYPE_DEPTH_MAX};
use super::lex::{Lexer, Token, TokenKind, offset};
use report::Reports;

/// How many arrays and objects may stand inside one another in a default or an annotation. Avro itself has no limit.
pub const VALUE_DEPTH_MAX: usize = 100;

/// Parses one `.avdl` file.
///
/// Input: any text of at most [`FILE_BYTES_MAX`] bytes; spans of the result name `file`.
/// Output: a tree, with errors beside it; none if the file is too large. Everything is checked that needs no other file and no
/// name: the grammar, what annotations may say where, numbers. What names mean is not.
///
/// `T?` becomes a union with `null` first, except in a field whose default is not `null`: there it is last.
/// Documentation that belongs to no declaration is a note, but at the head of the file.
///
/// Limits: [`TYPE_DEPTH_MAX`], [`VALUE_DEPTH_MAX`], [`ERRORS_MAX`]. A declaration of several variables
/// copies its type to each: together, copies may be as large as the text and 65,536 types more.
///
/// Source: "IDL Language" of Avro 1.12; where that leaves gaps, the grammar beside it (`Idl.g4`)
/// and what Avro Java does.
///
/// ```
/// use canread::avro::schema::idl::parse;
/// use canread::schema::FileId;
///
/// let parsed = parse(FileId(0), "protocol Shop { record Order { long id } fixed Key(16); }");
/// assert_eq!(parsed.diagnostics[0].message, "expected `;` after the field, found `}`");
/// ```
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed<'_> {
    if text.len() > FILE_BYTES_MAX {
        let message =
            format!("the file has {} bytes, more than the {FILE_BYTES_MAX} that a schema may have", text.len());
        let diagnostic = Diagnostic::error("syntax/file_too_large", message).at(Span::new(file, 0, 0), "");
        return Parsed { file: None, diagnostics: vec![diagnostic] };
    }
    let mut parser = Parser::new(file, text);
    let tree = parser.file();
    let end = offset(text.len());
    Parsed { file: Some(tree), diagnostics: parser.reports.finish(Span::new(file, end, end)) }
}

/// A statement that fits no rule: reported, its rest to be skipped.
#[derive(Debug, Clone, Copy)]
struct Skip;

type Parse<T> = Result<T, Skip>;

struct Parser<'a> {
    id: FileId,
    text: &'a str,
    lexer: Lexer<'a>,
    /// The token to be taken next.
    token: Token,
    /// The token taken last.
    previous: Token,
    /// Offsets of the braces of open blocks.
    open_blocks: Vec<u32>,
    /// How many more types may be copied.
    copies_left: usize,
    reports: Reports,
}

impl<'a> Parser<'a> {
    fn new(id: FileId, text: &'a str) -> Self {
        const COPIES_MIN: usize = 65_536;
        let nothing = Token { kind: TokenKind::End, bad: false, start: 0, end: 0 };
        Self {
            id,
            text,
            lexer: Lexer::new(id, text),
            token: nothing,
            previous: nothing,
            open_blocks: Vec::new(),
            copies_left: COPIES_MIN + text.len(),
            reports: Reports::default(),
        }
    }
}

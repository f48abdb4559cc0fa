//! Tokens to a syntax tree, with every error of a file at once.
//!
//! A recursive descent, one file of this folder per kind of declaration. A statement that
//! fits no rule is reported and skipped; what stands around it is kept. Every
//! token is looked at a bounded number of times, also in recovery, and what nests is counted.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | [`parse()`], and the parser's state |
//! | `cursor` | looking at tokens and taking them; comments of declarations |
//! | `report`, `hint` | errors: wording, where they are dropped; guesses at what was meant |
//! | `recover` | skipping what fits no rule |
//! | `file`, `message`, `field`, `enumeration`, `service`, `range`, `option`, `literal`, `name` | one kind of declaration each |

mod cursor;
mod enumeration;
mod field;
mod file;
mod hint;
#[cfg(test)]
mod linear;
mod literal;
mod message;
mod name;
mod option;
mod range;
mod recover;
mod report;
mod service;

use canread_syntax::{Diagnostic, FILE_BYTES_MAX, FileId, Span};
use memchr::memchr;

use super::ast::{CommentTable, File, Version};
use super::lex::{Lexer, Token, TokenKind};
use report::Reports;

/// How many messages and groups may stand inside one another: protoc takes 31 and refuses the 32nd.
pub const MESSAGE_DEPTH_MAX: usize = 31;

/// How many message literals and lists may stand inside one another in an option's value.
///
/// protoc has no limit of its own here, but the message that results can't be read back beyond 100 levels.
pub const LITERAL_DEPTH_MAX: usize = 100;

/// How many errors of one file are told; a note says how many more there were.
pub const ERRORS_MAX: usize = 100;

/// What a file's text says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<'a> {
    /// The syntax tree: complete if there are no errors, else what could be understood.
    pub file: File<'a>,
    /// What is wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses one `.proto` file.
///
/// Input: any text of at most [`FILE_BYTES_MAX`] bytes; spans of the result name `file`.
/// Output: always a tree, with errors beside it. Everything that protoc's own parser checks is
/// checked (labels, groups, editions); what names and numbers mean is not.
///
/// An edition or syntax that this version doesn't know is one error: the rest of the file is read
/// as the newest known, and nothing more is said about it.
///
/// Limits: [`MESSAGE_DEPTH_MAX`], [`LITERAL_DEPTH_MAX`], [`ERRORS_MAX`].
///
/// Source: the Protobuf language specifications (proto2, proto3, editions), and protoc 35 where they leave gaps.
///
/// ```
/// use canread::protobuf::schema::parse;
/// use canread::schema::FileId;
///
/// let parsed = parse(FileId(0), "syntax = \"proto3\"; message Order { int64 id = 1 }");
/// assert_eq!(parsed.diagnostics[0].message, "expected `;` after the field, found `}`");
/// assert_eq!(parsed.file.items.len(), 1);
/// ```
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed<'_> {
    if text.len() > FILE_BYTES_MAX {
        let message =
            format!("the file has {} bytes, more than the {FILE_BYTES_MAX} that a schema may have", text.len());
        let diagnostic = Diagnostic::error("syntax/file_too_large", message).at(Span::new(file, 0, 0), "");
        return Parsed { file: Parser::new(file, "").file(), diagnostics: vec![diagnostic] };
    }
    let mut parser = Parser::new(file, text);
    let tree = parser.file();
    parser.check_for_nul();
    Parsed { file: tree, diagnostics: parser.reports.finish(Span::new(file, tree_end(text), tree_end(text))) }
}

fn tree_end(text: &str) -> u32 {
    super::lex::offset(text.len())
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
    version: Version,
    /// Whether the file says its version.
    has_syntax: bool,
    /// Whether it is worth telling that a field has no label.
    labels_are_missed: bool,
    /// How many messages and groups are open.
    nesting: usize,
    /// Offsets of the braces of open blocks.
    open_blocks: Vec<u32>,
    /// Opening brackets of open literals.
    open_literals: Vec<u8>,
    /// The comment above the declaration that comes next.
    leading: Option<Span>,
    /// Comments further above it.
    detached: Vec<Span>,
    /// An empty buffer, so that each declaration doesn't need a new one.
    spare: Vec<Span>,
    comments: CommentTable,
    reports: Reports,
}

impl<'a> Parser<'a> {
    fn new(id: FileId, text: &'a str) -> Self {
        let nothing = Token { kind: TokenKind::End, bad: false, start: 0, end: 0 };
        Self {
            id,
            text,
            lexer: Lexer::new(id, text),
            token: nothing,
            previous: nothing,
            version: Version::Proto2,
            has_syntax: false,
            labels_are_missed: true,
            nesting: 0,
            open_blocks: Vec::new(),
            open_literals: Vec::new(),
            leading: None,
            detached: Vec::new(),
            spare: Vec::new(),
            comments: CommentTable::default(),
            reports: Reports::default(),
        }
    }

    /// The lexer doesn't look into comments and strings, where protoc allows every character but this one.
    fn check_for_nul(&mut self) {
        let Some(at) = memchr(0, self.text.as_bytes()) else { return };
        let start = super::lex::offset(at);
        let span = Span::new(self.id, start, start + 1);
        self.reports.add_unless_reported_at(
            Diagnostic::error("protobuf/token", "the character U+0000 is not allowed in a schema file").at(span, ""),
        );
    }
}

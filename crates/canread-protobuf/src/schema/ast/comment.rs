//! Which comments belong to which declaration, by protoc's rules, and what they say.
//!
//! Only spans are kept: most comments are never read.

use std::borrow::Cow;
use std::num::NonZeroU32;

use canread_syntax::Span;

/// Names the comments of one node in its file's [`CommentTable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct CommentsId(Option<NonZeroU32>);

impl CommentsId {
    /// No comments.
    pub const NONE: Self = Self(None);
}

/// The comments of one node; each is one block comment, or line comments on successive lines.
///
/// Source: `SourceCodeInfo.Location` in `google/protobuf/descriptor.proto`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Comments<'t> {
    /// The comment right above the declaration.
    pub leading: Option<Span>,
    /// The comment behind it, or right below.
    pub trailing: Option<Span>,
    /// Comments above the leading one, with blank lines between them.
    pub detached: &'t [Span],
}

/// The comments of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommentTable {
    entries: Vec<Entry>,
    detached: Vec<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    leading: Option<Span>,
    trailing: Option<Span>,
    /// End of the detached comments in `CommentTable::detached`; they start where the entry before ends.
    detached_end: u32,
}

impl CommentTable {
    /// Keeps a node's comments and gives them an id.
    pub fn add(&mut self, comments: Comments<'_>) -> CommentsId {
        if comments == Comments::default() {
            return CommentsId::NONE;
        }
        self.detached.extend_from_slice(comments.detached);
        let detached_end = u32::try_from(self.detached.len()).expect("a file has fewer than 2^32 comments");
        self.entries.push(Entry { leading: comments.leading, trailing: comments.trailing, detached_end });
        CommentsId(u32::try_from(self.entries.len()).ok().and_then(NonZeroU32::new))
    }

    /// The comments under an id that this table gave out.
    #[must_use]
    pub fn get(&self, id: CommentsId) -> Comments<'_> {
        let Some(number) = id.0 else { return Comments::default() };
        let index = number.get() as usize - 1;
        let entry = self.entries[index];
        let start = index.checked_sub(1).map_or(0, |before| self.entries[before].detached_end);
        let detached = &self.detached[start as usize..entry.detached_end as usize];
        Comments { leading: entry.leading, trailing: entry.trailing, detached }
    }

    /// Drops spare capacity.
    pub fn shrink_to_fit(&mut self) {
        self.entries.shrink_to_fit();
        self.detached.shrink_to_fit();
    }
}

/// What a comment says, as protoc's `SourceCodeInfo` has it: without the comment markers, and
/// in a block comment without blanks and an asterisk at the start of a line.
///
/// Input: the text under a span of [`Comments`]. The line end behind a line comment, which protoc
/// counts in, is added even where the file ends without one.
#[must_use]
pub fn comment_text(raw: &str) -> Cow<'_, str> {
    match raw.strip_prefix("/*") {
        Some(rest) => block_text(rest.strip_suffix("*/").unwrap_or(rest)),
        None => Cow::Owned(line_text(raw)),
    }
}

fn line_text(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len() + 1);
    for line in raw.split('\n') {
        let line = line.trim_start_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
        text.push_str(line.strip_prefix("//").unwrap_or(line));
        text.push('\n');
    }
    text
}

fn block_text(inner: &str) -> Cow<'_, str> {
    if !inner.contains('\n') {
        return Cow::Borrowed(inner);
    }
    let mut text = String::with_capacity(inner.len());
    for (index, line) in inner.split('\n').enumerate() {
        if index == 0 {
            text.push_str(line);
            continue;
        }
        text.push('\n');
        let line = line.trim_start_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
        text.push_str(line.strip_prefix('*').unwrap_or(line));
    }
    Cow::Owned(text)
}

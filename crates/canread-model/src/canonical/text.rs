//! The text itself: parentheses, lines, words and quoted names, kept or hashed.

use std::fmt::{Display, Write};

use sha2::{Digest, Sha256};

/// How much text waits before it is hashed: enough to make hashing cheap, little beside a schema.
const WAITING_BYTES_MAX: usize = 8 * 1024;

/// How many levels are shown by indentation: without a limit, deep content
/// models would take the square of their depth.
const INDENT_MAX: usize = 16;

/// Where the canonical form is written to.
pub(super) struct Text {
    waiting: String,
    hasher: Option<Sha256>,
    depth: usize,
}

impl Text {
    /// Keeps the text.
    pub(super) fn kept() -> Self {
        Self { waiting: String::new(), hasher: None, depth: 0 }
    }

    /// Hashes the text and forgets it.
    pub(super) fn hashed() -> Self {
        Self { hasher: Some(Sha256::new()), ..Self::kept() }
    }

    /// The text that was kept.
    pub(super) fn into_string(self) -> String {
        self.waiting
    }

    /// The SHA-256 of everything that was written to a text made by [`Text::hashed`].
    pub(super) fn into_hash(self) -> [u8; 32] {
        let mut hasher = self.hasher.unwrap_or_default();
        hasher.update(&self.waiting);
        hasher.finalize().into()
    }

    /// Opens a list: at the start of a line at the top, else on a line of its own, indented.
    pub(super) fn open(&mut self, tag: &str) {
        if self.depth > 0 {
            self.spill();
            self.waiting.push('\n');
            self.waiting.extend(std::iter::repeat_n("  ", self.depth.min(INDENT_MAX)));
        }
        self.depth += 1;
        self.waiting.push('(');
        self.waiting.push_str(tag);
    }

    /// Closes a list that [`Text::open`] opened.
    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.waiting.push_str(if self.depth == 0 { ")\n" } else { ")" });
    }

    /// Opens a list on the same line.
    pub(super) fn start(&mut self, tag: &str) {
        self.waiting.push_str(" (");
        self.waiting.push_str(tag);
    }

    /// Closes a list that [`Text::start`] opened.
    pub(super) fn end(&mut self) {
        self.waiting.push(')');
    }

    /// A word of the grammar.
    pub(super) fn word(&mut self, word: &str) {
        self.waiting.push(' ');
        self.waiting.push_str(word);
    }

    /// A word of the grammar, if it applies.
    pub(super) fn word_if(&mut self, applies: bool, word: &str) {
        if applies {
            self.word(word);
        }
    }

    /// A number.
    pub(super) fn number(&mut self, number: impl Display) {
        write!(self.waiting, " {number}").expect("a string takes every text");
    }

    /// The number of an anonymous declaration.
    pub(super) fn label(&mut self, number: u32) {
        write!(self.waiting, " #{number}").expect("a string takes every text");
    }

    /// A quoted and escaped text from the schema.
    pub(super) fn quoted(&mut self, text: &str) {
        self.spill();
        self.waiting.push_str(" \"");
        // Nearly no text needs escapes; looking at all bytes without stopping takes a fraction of a search.
        if !text.bytes().fold(false, |found, byte| found | needs_escape(byte)) {
            self.waiting.push_str(text);
            self.waiting.push('"');
            return;
        }
        let mut rest = text;
        while let Some(at) = rest.bytes().position(needs_escape) {
            // A byte that needs escaping is ASCII, so both cuts are at character boundaries.
            let (plain, from) = rest.split_at(at);
            let (escaped, after) = from.split_at(1);
            self.waiting.push_str(plain);
            self.waiting.extend(escaped.chars().flat_map(escape));
            rest = after;
        }
        self.waiting.push_str(rest);
        self.waiting.push('"');
    }

    /// Bytes in hexadecimal.
    pub(super) fn hex(&mut self, bytes: &[u8]) {
        self.waiting.push_str(" x");
        for byte in bytes {
            write!(self.waiting, "{byte:02x}").expect("a string takes every text");
        }
    }

    /// Text that this type wrote before, elsewhere.
    pub(super) fn written(&mut self, text: &str) {
        self.spill();
        self.waiting.push_str(text);
    }

    /// `(tag "text")` on the same line.
    pub(super) fn named(&mut self, tag: &str, text: &str) {
        self.start(tag);
        self.quoted(text);
        self.end();
    }

    fn spill(&mut self) {
        if let Some(hasher) = &mut self.hasher
            && self.waiting.len() >= WAITING_BYTES_MAX
        {
            hasher.update(&self.waiting);
            self.waiting.clear();
        }
    }
}

fn needs_escape(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\' || byte == 0x7f
}

fn escape(character: char) -> impl Iterator<Item = char> {
    character.escape_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> String {
        let mut out = Text::kept();
        out.quoted(text);
        out.into_string()
    }

    #[test]
    fn quotes_backslashes_and_control_characters_are_escaped_and_nothing_else() {
        assert_eq!(quoted("a b"), r#" "a b""#);
        assert_eq!(quoted(r#"a"b\c"#), r#" "a\"b\\c""#);
        assert_eq!(quoted("tab\tline\nnull\0"), r#" "tab\tline\nnull\u{0}""#);
        assert_eq!(quoted("Größe €"), " \"Größe €\"");
    }

    #[test]
    fn what_is_hashed_piece_by_piece_is_what_is_kept_as_a_whole() {
        let (mut kept, mut hashed) = (Text::kept(), Text::hashed());
        for text in [&mut kept, &mut hashed] {
            text.open("top");
            for at in 0..5_000 {
                text.open("line");
                text.number(at);
                text.quoted("some \"name\"");
                text.close();
            }
            text.close();
        }
        let whole: [u8; 32] = Sha256::digest(kept.into_string()).into();
        assert_eq!(hashed.into_hash(), whole);
    }
}

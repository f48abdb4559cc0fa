//! JSON text, token by token.

use std::fmt::Write as _;

/// What lines start with, two spaces a level. A text that nests deeper than this is indented
/// no further: it grows with its depth, not with the square of it.
const INDENT: &str = "                                                                                ";

/// Writes JSON: with line breaks for people, or without any white space.
#[derive(Debug)]
pub(crate) struct JsonText {
    out: String,
    is_pretty: bool,
    /// For each open array and object, whether something stands in it.
    open: Vec<bool>,
    /// Whether a key stands in front of the next value.
    after_key: bool,
}

impl JsonText {
    pub(crate) fn pretty() -> Self {
        Self { out: String::new(), is_pretty: true, open: Vec::new(), after_key: false }
    }

    pub(crate) fn compact() -> Self {
        Self { is_pretty: false, ..Self::pretty() }
    }

    /// `bracket` opens an array or object.
    pub(crate) fn open(&mut self, bracket: char) {
        self.before_value();
        self.out.push(bracket);
        self.open.push(false);
    }

    /// `bracket` closes the innermost array or object.
    pub(crate) fn close(&mut self, bracket: char) {
        if self.open.pop() == Some(true) {
            self.line();
        }
        self.out.push(bracket);
    }

    pub(crate) fn key(&mut self, key: &str) {
        self.before_value();
        self.quoted(key);
        self.out.push_str(if self.is_pretty { ": " } else { ":" });
        self.after_key = true;
    }

    pub(crate) fn string(&mut self, text: &str) {
        self.before_value();
        self.quoted(text);
    }

    /// A number, `true`, `false` or `null`.
    pub(crate) fn raw(&mut self, text: &str) {
        self.before_value();
        self.out.push_str(text);
    }

    pub(crate) fn finish(mut self) -> String {
        if self.is_pretty {
            self.out.push('\n');
        }
        self.out
    }

    fn before_value(&mut self) {
        if std::mem::take(&mut self.after_key) {
            return;
        }
        if let Some(has_items) = self.open.last_mut() {
            if std::mem::replace(has_items, true) {
                self.out.push(',');
            }
            self.line();
        }
    }

    fn line(&mut self) {
        if self.is_pretty {
            self.out.push('\n');
            self.out.push_str(INDENT.get(..2 * self.open.len()).unwrap_or(INDENT));
        }
    }

    /// Source: RFC 8259, section 7. Characters beyond ASCII stand as themselves.
    fn quoted(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => {
                    write!(self.out, "\\u{:04x}", u32::from(character)).expect("text can be written");
                }
                _ => self.out.push(character),
            }
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(text: &mut JsonText) {
        text.open('{');
        text.key("a\"\u{1}");
        text.open('[');
        text.raw("1");
        text.string("ü\n");
        text.close(']');
        text.key("b");
        text.open('[');
        text.close(']');
        text.close('}');
    }

    #[test]
    fn one_document_is_written_for_people_or_for_machines() {
        let mut compact = JsonText::compact();
        write(&mut compact);
        assert_eq!(compact.finish(), "{\"a\\\"\\u0001\":[1,\"ü\\n\"],\"b\":[]}");
        let mut pretty = JsonText::pretty();
        write(&mut pretty);
        assert_eq!(pretty.finish(), "{\n  \"a\\\"\\u0001\": [\n    1,\n    \"ü\\n\"\n  ],\n  \"b\": []\n}\n");
    }
}

//! JSON laid out: every token as it was, in its order, with other blanks between.

use canread_syntax::FileId;
use canread_syntax::json::{self, Kind, Node};

/// Columns of a line that holds several values.
const WIDTH: usize = 100;
const INDENT: usize = 2;

/// The text with two blanks of indentation. An array or object that holds no further object stands on one line if that
/// has room. None if the text is no JSON.
pub(super) fn lay_out(file: FileId, text: &str) -> Option<String> {
    let parsed = json::parse(file, text, json::Limits::default());
    let root = parsed.document()?;
    let mut out = Out { source: text, text: String::new() };
    out.value(root, 0, true);
    out.text.push('\n');
    Some(out.text)
}

struct Out<'s> {
    source: &'s str,
    text: String,
}

impl Out<'_> {
    /// Recursion is bounded by the depth that the parser allows.
    fn value(&mut self, node: &Node<'_>, depth: usize, is_root: bool) {
        let inner = depth + 1;
        match &node.kind {
            Kind::Array(items) if !items.is_empty() && !self.fits(node, is_root) => {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.line(at, inner);
                    self.value(item, inner, false);
                }
                self.end(']', depth);
            }
            Kind::Object(members) if !members.is_empty() && !self.fits(node, is_root) => {
                self.text.push('{');
                for (at, member) in members.iter().enumerate() {
                    self.line(at, inner);
                    self.token(member.key_span.start, member.key_span.end);
                    self.text.push_str(": ");
                    self.value(&member.value, inner, false);
                }
                self.end('}', depth);
            }
            _ => self.flat(node),
        }
    }

    /// Whether a value stands on the line that has been begun.
    fn fits(&self, node: &Node<'_>, is_root: bool) -> bool {
        let holds_object = match &node.kind {
            Kind::Array(items) => items.iter().any(has_object),
            Kind::Object(members) => is_root || members.iter().any(|member| has_object(&member.value)),
            _ => false,
        };
        if holds_object {
            return false;
        }
        let mut flat = Out { source: self.source, text: String::new() };
        flat.flat(node);
        let begun = self.text.rsplit('\n').next().unwrap_or_default();
        // A comma may follow.
        begun.chars().count() + flat.text.chars().count() < WIDTH
    }

    fn flat(&mut self, node: &Node<'_>) {
        match &node.kind {
            Kind::Array(items) => {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.comma(at);
                    self.flat(item);
                }
                self.text.push(']');
            }
            Kind::Object(members) => {
                self.text.push('{');
                for (at, member) in members.iter().enumerate() {
                    self.comma(at);
                    self.token(member.key_span.start, member.key_span.end);
                    self.text.push_str(": ");
                    self.flat(&member.value);
                }
                self.text.push('}');
            }
            _ => self.token(node.span.start, node.span.end),
        }
    }

    fn comma(&mut self, at: usize) {
        if at > 0 {
            self.text.push_str(", ");
        }
    }

    fn token(&mut self, start: u32, end: u32) {
        let token = self.source.get(start as usize..end as usize);
        self.text.push_str(token.expect("spans of the parser lie in its text"));
    }

    fn line(&mut self, at: usize, depth: usize) {
        self.text.push_str(if at > 0 { ",\n" } else { "\n" });
        self.text.extend(std::iter::repeat_n(' ', depth * INDENT));
    }

    fn end(&mut self, bracket: char, depth: usize) {
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', depth * INDENT));
        self.text.push(bracket);
    }
}

fn has_object(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::Array(items) => items.iter().any(has_object),
        Kind::Object(members) => !members.is_empty(),
        _ => false,
    }
}

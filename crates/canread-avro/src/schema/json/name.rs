//! Names: what the specification allows, and what readers take beyond it.

use canread_syntax::json::Node;
use canread_syntax::{Diagnostic, Span};

use super::Reader;
use crate::schema::ast::Text;

/// How well a text is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// As the specification has it.
    Good,
    /// With letters beyond ASCII, which Avro's Java library takes.
    Foreign,
    /// Not at all.
    Bad,
}

const HELP: &str = "a name starts with an ASCII letter or `_` and goes on with letters, digits and `_`";

/// Characters of a name that a message repeats.
const SHOWN_MAX: usize = 200;

impl Reader {
    /// Checks a name without dots: of a field, a symbol, a message.
    pub(super) fn simple_name(&mut self, name: &Text<'_>, what: &str) {
        self.judge(fit(&name.text), &name.text, name.span, what);
    }

    /// Checks a name that may be qualified.
    pub(super) fn full_name(&mut self, name: &Text<'_>, what: &str) {
        let fit = name.text.split('.').map(fit).max().unwrap_or(Fit::Bad);
        self.judge(fit, &name.text, name.span, what);
    }

    /// The string behind `namespace`. What null means there, readers don't agree on: the namespace
    /// around (Java, and so here), or none (Python).
    pub(super) fn namespace_of<'a>(&mut self, node: &Node<'a>) -> Option<Text<'a>> {
        let found = node.get("namespace")?;
        if found.is_null() {
            let message = "expected a string behind `namespace`, found null";
            let warning = Diagnostic::warning("avro/attribute_type", message).at(found.span, "");
            let warning = warning.note("some readers take the namespace around, as this one does, others none");
            self.problems.add(warning.help("leave it out for the namespace around, or write `\"\"` for none"));
            return None;
        }
        self.text(node, "namespace")
    }

    /// Checks a namespace, which may be empty.
    pub(super) fn namespace(&mut self, namespace: &Text<'_>) {
        if !namespace.text.is_empty() {
            self.full_name(namespace, "a namespace");
        }
    }

    fn judge(&mut self, fit: Fit, name: &str, span: Span, what: &str) {
        if fit == Fit::Good {
            return;
        }
        // A name is as long as the file if it likes.
        let end = name.char_indices().nth(SHOWN_MAX).map_or(name.len(), |(end, _)| end);
        let more = if end < name.len() { "…" } else { "" };
        let shown = format_args!("{}{more}", name[..end].escape_debug()).to_string();
        match fit {
            Fit::Good => {}
            Fit::Foreign => {
                let message = format!("`{shown}` has letters beyond ASCII");
                let warning = Diagnostic::warning("avro/name_not_ascii", message).at(span, "");
                let warning = warning.note("Avro's Java library takes such names; the specification and others don't");
                self.problems.add(warning.help(HELP));
            }
            Fit::Bad => {
                let message = format!("`{shown}` can't be the name of {what}");
                self.problems.add(Diagnostic::error("avro/name", message).at(span, "").help(HELP));
            }
        }
    }
}

/// Source: Avro 1.12, "Names".
fn fit(name: &str) -> Fit {
    let letter = |character: char| character.is_alphabetic() || character == '_';
    let mut rest = name.chars();
    match rest.next() {
        Some(first) if letter(first) => {}
        _ => return Fit::Bad,
    }
    if !rest.all(|character| letter(character) || character.is_alphanumeric()) {
        return Fit::Bad;
    }
    if name.is_ascii() { Fit::Good } else { Fit::Foreign }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_letters_digits_and_underscores_but_no_digit_first() {
        for name in ["a", "_", "_1", "Z9_z"] {
            assert_eq!(fit(name), Fit::Good, "{name}");
        }
        for name in ["", "1a", "a-b", "a b", "a.b", "a\u{0}", "😀"] {
            assert_eq!(fit(name), Fit::Bad, "{name}");
        }
        assert_eq!(fit("文字列"), Fit::Foreign);
    }
}

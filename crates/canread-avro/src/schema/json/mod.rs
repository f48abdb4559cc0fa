//! JSON text to syntax tree.
//!
//! | file | reads |
//! |---|---|
//! | `object` | the members of an object: those that are known here, and all others |
//! | `types`, `named`, `field` | types, declarations of named types, fields |
//! | `protocol` | protocols and messages |
//! | `name`, `value` | names; defaults and properties |

mod field;
mod name;
mod named;
mod object;
mod protocol;
mod types;
mod value;

use canread_syntax::json::{self, Limits, Node};
use canread_syntax::{Diagnostic, FileId, Severity, Span};

use super::Parsed;
use super::ast::{Body, File, Schema};
use super::problems::Problems;

/// JSON arrays and objects inside each other; the schemas in them are bounded by [`super::TYPE_DEPTH_MAX`].
const JSON_DEPTH_MAX: u8 = 255;

const LIMITS: Limits = Limits { depth_max: JSON_DEPTH_MAX, values_max: None };

/// Reads the text of an `.avsc` or `.avpr` file. What it is, the text says:
/// an object with `protocol` is a protocol, everything else a schema.
pub(super) fn parse(file: FileId, text: &str) -> Parsed<'_> {
    lower(json::parse(file, text, LIMITS), text)
}

/// As [`parse`], unless the text has more values than are allowed here.
#[cfg(feature = "container")]
pub(super) fn parse_within(file: FileId, text: &str, values_max: usize) -> Option<Parsed<'_>> {
    if values_max >= LIMITS.values_for(text.len()) {
        return Some(parse(file, text));
    }
    let parsed = json::parse(file, text, Limits { values_max: Some(values_max), ..LIMITS });
    if parsed.diagnostics.iter().any(|one| one.code == "syntax/json_too_many_values") {
        return None;
    }
    Some(lower(parsed, text))
}

fn lower<'a>(parsed: json::Parsed<'a>, text: &str) -> Parsed<'a> {
    let diagnostics = strict_about_duplicates(parsed.diagnostics, text);
    // A tree with gaps would make errors of its own.
    let root = parsed.root.as_ref().filter(|_| !diagnostics.iter().any(|one| one.is_error() && !is_duplicate(one)));
    let Some(root) = root else { return Parsed { file: None, diagnostics } };
    let mut reader = Reader { problems: Problems::new(diagnostics), depth: 0 };
    let file = reader.file(root);
    Parsed { file: Some(file), diagnostics: reader.problems.finish(root.span.after()) }
}

/// Keys that mean something to Avro, somewhere.
const KEYS: [&str; 22] = [
    "aliases",
    "default",
    "doc",
    "errors",
    "fields",
    "items",
    "logicalType",
    "messages",
    "name",
    "namespace",
    "one-way",
    "order",
    "precision",
    "protocol",
    "request",
    "response",
    "scale",
    "size",
    "symbols",
    "type",
    "types",
    "values",
];

fn is_duplicate(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == "syntax/json_duplicate_key"
}

/// Makes an error of a repeated key that Avro knows: readers disagree on which of its values counts.
fn strict_about_duplicates(mut diagnostics: Vec<Diagnostic>, text: &str) -> Vec<Diagnostic> {
    for diagnostic in diagnostics.iter_mut().filter(|one| is_duplicate(one)) {
        let key = diagnostic.span().and_then(|span| text.get(span.range())).unwrap_or_default();
        if KEYS.contains(&key.trim_matches('"')) {
            diagnostic.severity = Severity::Error;
        }
    }
    diagnostics
}

/// Reads nodes and says what is wrong with them.
struct Reader {
    problems: Problems,
    /// Types around the one that is being read.
    depth: usize,
}

impl Reader {
    fn file<'a>(&mut self, root: &Node<'a>) -> File<'a> {
        let body = if root.member("protocol").is_some() {
            Body::Protocol(self.protocol(root))
        } else {
            Body::Schema(Schema { root: Some(self.ty(root)), ..Schema::default() })
        };
        File { span: root.span, imports: Vec::new(), body }
    }

    /// Reports something that stands where something else is expected.
    fn expected(&mut self, code: &'static str, node: &Node<'_>, expected: &str, help: &str) {
        let found = found(node);
        let error = Diagnostic::error(code, format!("expected {expected}, found {found}")).at(head(node), "");
        self.problems.add(error.help(help));
    }
}

/// What a message calls a value.
fn found(node: &Node<'_>) -> String {
    match &node.kind {
        json::Kind::Null => "null".into(),
        json::Kind::Bool(value) => format!("`{value}`"),
        json::Kind::Number(number) if number.text().len() < 40 => format!("the number {}", number.text()),
        json::Kind::Number(_) => "a number".into(),
        json::Kind::String(text) if text.len() < 60 => format!("the string \"{}\"", text.escape_debug()),
        json::Kind::String(_) => "a string".into(),
        json::Kind::Array(_) => "an array".into(),
        json::Kind::Object(_) => "an object".into(),
    }
}

/// The smallest part of a value that shows it: of an array or object the bracket that opens it.
fn head(node: &Node<'_>) -> Span {
    match node.kind {
        json::Kind::Array(_) | json::Kind::Object(_) => {
            Span { end: node.span.start.saturating_add(1).min(node.span.end), ..node.span }
        }
        _ => node.span,
    }
}

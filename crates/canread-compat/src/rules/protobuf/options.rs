//! What the rules about options share: option values as text.

use std::fmt::Write;

use canread_model::{Key, Literal};

/// A message literal longer than this is told by its beginning.
const TOLD_MAX: usize = 60;

/// A value, or that there is none, for people.
pub(super) fn told(value: Option<&Literal>) -> String {
    let Some(value) = value else { return "not set".into() };
    let text = value_of(value);
    match text.char_indices().nth(TOLD_MAX) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

/// A value as text, the same for equal values; single strings and names without quotes.
pub(super) fn value_of(value: &Literal) -> String {
    match value {
        Literal::String(text) | Literal::Symbol(text) => text.to_string(),
        other => {
            let mut text = String::new();
            write(&mut text, other);
            text
        }
    }
}

/// Source: the text format of Protobuf. Nesting is bounded by the reader.
fn write(text: &mut String, value: &Literal) {
    let _ = match value {
        Literal::Bool(value) => write!(text, "{value}"),
        Literal::Int(value) => write!(text, "{value}"),
        Literal::Float(value) => write!(text, "{value}"),
        Literal::String(value) => write!(text, "{value:?}"),
        Literal::Bytes(value) => write!(text, "\"{}\"", value.escape_ascii()),
        Literal::Symbol(value) | Literal::Number(value) => write!(text, "{value}"),
        Literal::List(items) => {
            list(text, "[", "]", items.iter(), write);
            Ok(())
        }
        Literal::Map(entries) => {
            list(text, "{", "}", entries.iter(), |text, entry| {
                key(text, &entry.key);
                text.push_str(": ");
                write(text, &entry.value);
            });
            Ok(())
        }
        _ => write!(text, "null"),
    };
}

fn list<T>(
    text: &mut String,
    open: &str,
    close: &str,
    items: impl Iterator<Item = T>,
    mut each: impl FnMut(&mut String, T),
) {
    text.push_str(open);
    for (at, item) in items.enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        each(text, item);
    }
    text.push_str(close);
}

fn key(text: &mut String, key: &Key) {
    match key {
        Key::Field(name) => text.push_str(name),
        Key::Extension(name) | Key::AnyUrl(name) => {
            let _ = write!(text, "[{name}]");
        }
        Key::Value(value) => write(text, value),
        _ => text.push('?'),
    }
}

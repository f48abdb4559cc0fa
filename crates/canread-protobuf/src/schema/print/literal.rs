//! Values, in the syntax of options and in the text format inside them.

use std::fmt::Write as _;

use canread_model::{Entry, Key, Literal};

use super::text::push_indent;

/// A value of an option or default. Lines behind the first are indented by `depth` and more.
pub(super) fn value(out: &mut String, literal: &Literal, depth: usize) {
    match literal {
        Literal::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Literal::Int(value) => _ = write!(out, "{value}"),
        Literal::Float(value) => float(out, *value),
        Literal::Number(text) | Literal::Symbol(text) => out.push_str(text),
        Literal::String(text) => string(out, text),
        Literal::Bytes(value) => bytes(out, value),
        Literal::List(items) => list(out, items, depth),
        Literal::Map(entries) => message(out, entries, depth),
        // An option has no other values; this one is at least a value.
        _ => out.push_str("{}"),
    }
}

/// The shortest number that is read as the same value.
fn float(out: &mut String, value: f64) {
    let sign = if value.is_sign_negative() { "-" } else { "" };
    _ = match value {
        _ if value.is_nan() => write!(out, "{sign}nan"),
        _ if value.is_infinite() => write!(out, "{sign}inf"),
        _ => write!(out, "{value:?}"),
    };
}

/// Text in quotes; only what would end it or could not be seen is escaped.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '\u{80}'.. => out.push(character),
            _ => byte(out, character as u8),
        }
    }
    out.push('"');
}

fn bytes(out: &mut String, value: &[u8]) {
    out.push('"');
    for value in value {
        byte(out, *value);
    }
    out.push('"');
}

/// One byte inside quotes. Octal escapes always have three digits, so no digit can join them.
fn byte(out: &mut String, value: u8) {
    match value {
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b' '..=b'~' => out.push(value.into()),
        _ => _ = write!(out, "\\{value:03o}"),
    }
}

fn list(out: &mut String, items: &[Literal], depth: usize) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        value(out, item, depth);
    }
    out.push(']');
}

/// A message literal: on one line if it is short.
fn message(out: &mut String, entries: &[Entry], depth: usize) {
    match entries {
        [] => out.push_str("{}"),
        [only] if !matches!(only.value, Literal::Map(_) | Literal::List(_)) => {
            out.push_str("{ ");
            entry(out, only, depth);
            out.push_str(" }");
        }
        _ => {
            out.push_str("{\n");
            for field in entries {
                push_indent(out, depth + 1);
                entry(out, field, depth + 1);
                out.push('\n');
            }
            push_indent(out, depth);
            out.push('}');
        }
    }
}

fn entry(out: &mut String, entry: &Entry, depth: usize) {
    match &entry.key {
        Key::Field(name) => out.push_str(name),
        Key::Extension(name) | Key::AnyUrl(name) => _ = write!(out, "[{name}]"),
        Key::Value(literal) => value(out, literal, depth),
        _ => {}
    }
    out.push_str(if matches!(entry.value, Literal::Map(_)) { " " } else { ": " });
    value(out, &entry.value, depth);
}

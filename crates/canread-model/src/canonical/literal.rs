//! Values written in schema text.

use std::borrow::Cow;

use super::text::Text;
use crate::{Entry, Key, Literal};

/// How deep maps may be keys of maps and still be sorted. Thrift constants can
/// do this at all; nobody does it twice.
const KEY_DEPTH_MAX: u8 = 8;

/// What is still to be written, last first.
enum Step<'a> {
    Literal(&'a Literal),
    Entry(&'a Entry),
    /// An entry whose key was written for sorting already.
    KeyedEntry(String, &'a Literal),
    End,
}

/// Writes a value in canonical form; two values get the same text only if they are the same.
pub(super) fn write(text: &mut Text, literal: &Literal) {
    write_sorting(text, literal, KEY_DEPTH_MAX);
}

/// The canonical form of a value as a string.
pub(super) fn to_string(literal: &Literal) -> String {
    let mut text = Text::kept();
    write(&mut text, literal);
    text.into_string()
}

fn write_sorting(text: &mut Text, literal: &Literal, key_depth: u8) {
    let mut steps = Vec::new();
    write_head(text, literal, &mut steps, key_depth);
    while let Some(step) = steps.pop() {
        match step {
            Step::Literal(literal) => write_head(text, literal, &mut steps, key_depth),
            Step::Entry(entry) => {
                start_entry(text, &entry.key);
                steps.extend([Step::End, Step::Literal(&entry.value)]);
                if let Key::Value(key) = &entry.key {
                    steps.push(Step::Literal(key));
                }
            }
            Step::KeyedEntry(key, value) => {
                text.written(&key);
                steps.extend([Step::End, Step::Literal(value)]);
            }
            Step::End => text.end(),
        }
    }
}

/// Writes a scalar as a whole, and of anything else what stands before its items.
fn write_head<'a>(text: &mut Text, literal: &'a Literal, steps: &mut Vec<Step<'a>>, key_depth: u8) {
    match literal {
        Literal::Null => text.word("null"),
        Literal::Bool(value) => text.word(if *value { "true" } else { "false" }),
        Literal::Int(value) => text.number(value),
        Literal::Float(value) => {
            text.start("float");
            text.word(&float(*value));
            text.end();
        }
        Literal::Number(written) => text.named("number", written),
        Literal::String(value) => text.quoted(value),
        Literal::Bytes(bytes) => {
            text.start("bytes");
            text.hex(bytes);
            text.end();
        }
        Literal::Symbol(symbol) => text.named("symbol", symbol),
        Literal::List(items) => {
            text.start("list");
            steps.push(Step::End);
            steps.extend(items.iter().rev().map(Step::Literal));
        }
        Literal::Map(entries) => {
            text.start("map");
            steps.push(Step::End);
            push_entries(steps, entries, key_depth);
        }
    }
}

/// Entries in the order of their keys; those with equal keys stay in source order.
fn push_entries<'a>(steps: &mut Vec<Step<'a>>, entries: &'a [Entry], key_depth: u8) {
    if entries.iter().all(|entry| name(&entry.key).is_some()) {
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_by_key(|entry| name(&entry.key));
        steps.extend(sorted.into_iter().rev().map(Step::Entry));
    } else if let Some(below) = key_depth.checked_sub(1) {
        let mut sorted: Vec<(String, &Literal)> =
            entries.iter().map(|entry| (key_text(&entry.key, below), &entry.value)).collect();
        sorted.sort_by(|(one, _), (two, _)| one.cmp(two));
        steps.extend(sorted.into_iter().rev().map(|(key, value)| Step::KeyedEntry(key, value)));
    } else {
        steps.extend(entries.iter().rev().map(Step::Entry));
    }
}

fn key_text(key: &Key, key_depth: u8) -> String {
    let mut text = Text::kept();
    start_entry(&mut text, key);
    if let Key::Value(value) = key {
        write_sorting(&mut text, value, key_depth);
    }
    text.into_string()
}

fn start_entry(text: &mut Text, key: &Key) {
    match name(key) {
        Some((tag, name)) => {
            text.start(tag);
            text.quoted(name);
        }
        None => text.start("entry"),
    }
}

/// The tag and name of a key that is a name.
fn name(key: &Key) -> Option<(&'static str, &str)> {
    match key {
        Key::Field(name) => Some(("field", name)),
        Key::Extension(name) => Some(("extension", name)),
        Key::AnyUrl(url) => Some(("any", url)),
        Key::Value(_) => None,
    }
}

/// All bits, because they tell -0.0 from 0.0 and need no rounding; but every `NaN` is the same.
fn float(value: f64) -> Cow<'static, str> {
    if value.is_nan() { Cow::Borrowed("nan") } else { Cow::Owned(format!("x{:016x}", value.to_bits())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(Key, Literal)]) -> Literal {
        Literal::Map(entries.iter().cloned().map(|(key, value)| Entry { key, value }).collect())
    }

    fn field(name: &str) -> Key {
        Key::Field(name.into())
    }

    fn value(literal: Literal) -> Key {
        Key::Value(Box::new(literal))
    }

    #[test]
    fn each_kind_of_value_has_a_form_of_its_own() {
        let forms = [
            (Literal::Null, "null"),
            (Literal::Bool(true), "true"),
            (Literal::Int(-5), "-5"),
            (Literal::Float(1.5), "(float x3ff8000000000000)"),
            (Literal::Float(-0.0), "(float x8000000000000000)"),
            (Literal::Float(f64::NAN), "(float nan)"),
            (Literal::Number("1.50".into()), r#"(number "1.50")"#),
            (Literal::String("true".into()), r#""true""#),
            (Literal::Bytes([0, 255].into()), "(bytes x00ff)"),
            (Literal::Symbol("RED".into()), r#"(symbol "RED")"#),
            (Literal::List(vec![Literal::Int(1), Literal::List(vec![])]), "(list 1 (list))"),
            (map(&[(field("a"), Literal::Null)]), r#"(map (field "a" null))"#),
            (map(&[(Key::Extension("a".into()), Literal::Null)]), r#"(map (extension "a" null))"#),
            (map(&[(Key::AnyUrl("a".into()), Literal::Null)]), r#"(map (any "a" null))"#),
            (map(&[(value(Literal::String("a".into())), Literal::Null)]), r#"(map (entry "a" null))"#),
        ];
        for (literal, form) in forms {
            assert_eq!(to_string(&literal), format!(" {form}"));
        }
    }

    #[test]
    fn entries_are_sorted_by_key_but_equal_keys_stay_in_order() {
        let entries = [(field("b"), Literal::Int(1)), (field("a"), Literal::Int(3)), (field("b"), Literal::Int(0))];
        assert_eq!(to_string(&map(&entries)), r#" (map (field "a" 3) (field "b" 1) (field "b" 0))"#);

        let entries = [(value(Literal::Int(2)), Literal::Null), (value(Literal::Int(1)), Literal::Null)];
        assert_eq!(to_string(&map(&entries)), " (map (entry 1 null) (entry 2 null))");
    }

    #[test]
    fn maps_as_keys_are_sorted_to_a_depth_and_written_at_any() {
        let mut key = Literal::Int(0);
        for _ in 0..64 {
            key = map(&[(value(key), Literal::Int(1)), (value(Literal::Bool(true)), Literal::Int(2))]);
        }
        let text = to_string(&key);
        assert_eq!(text.matches("(map").count(), 64);
    }
}

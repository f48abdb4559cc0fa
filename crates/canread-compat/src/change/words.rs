//! Types and values in words.

use std::fmt::Write;

use canread_model::{Field, Int, IntEncoding, Key, Literal, Method, Schema, Type, TypeKind};

use crate::{Pair, Shape};

/// The type as it is written: `int32`, `repeated shop.v1.Line`, `map<string, int64>`.
pub(crate) fn type_name(schema: &Schema, ty: &Type) -> String {
    match &ty.kind {
        TypeKind::List(list) => format!("repeated {}", type_name(schema, &list.item)),
        TypeKind::Map(map) => format!("map<{}, {}>", type_name(schema, &map.key), type_name(schema, &map.value)),
        TypeKind::Bool => "bool".into(),
        TypeKind::String(_) => "string".into(),
        TypeKind::Bytes => "bytes".into(),
        TypeKind::Float { bits: 32 } => "float".into(),
        TypeKind::Float { .. } => "double".into(),
        TypeKind::Int(int) => int_name(*int),
        TypeKind::Ref(decl) => schema.decl(*decl).full_name.to_string(),
        other => format!("{other:?}"),
    }
}

fn int_name(int: Int) -> String {
    let prefix = match (int.encoding, int.signed) {
        (IntEncoding::Zigzag, _) => "sint",
        (IntEncoding::Fixed, true) => "sfixed",
        (IntEncoding::Fixed, false) => "fixed",
        (_, true) => "int",
        (_, false) => "uint",
    };
    format!("{prefix}{}", int.bits)
}

/// Both types as they are written; with what they are where that is all that differs: `enum shop.Unit`, or with the
/// files that declare them.
pub(crate) fn type_names(old: (&Schema, &Type), new: (&Schema, &Type)) -> Pair<String> {
    let names = Pair { old: type_name(old.0, old.1), new: type_name(new.0, new.1) };
    let home = |(schema, ty): (&Schema, &Type)| {
        let target = schema.decl(Shape::of(ty).element.target()?);
        Some((std::mem::discriminant(&target.kind), schema.module(target.module).name.clone()))
    };
    if names.old == names.new
        && let (Some((old_sort, old_file)), Some((new_sort, new_file))) = (home(old), home(new))
        && old_sort == new_sort
        && old_file != new_file
    {
        return Pair { old: format!("{} ({old_file})", names.old), new: format!("{} ({new_file})", names.new) };
    }
    let sorted = |(schema, ty): (&Schema, &Type), name: &str| match ty.target().map(|target| schema.decl(target)) {
        Some(target) if target.as_enum().is_some() => format!("enum {name}"),
        Some(_) => format!("message {name}"),
        None => name.to_owned(),
    };
    if names.old == names.new { Pair { old: sorted(old, &names.old), new: sorted(new, &names.new) } } else { names }
}

/// What a reader takes for an absent field: the default, or the zero value of its type.
///
/// Source: Protobuf, "Language Guide", "Default Field Values".
pub(crate) fn default_of(schema: &Schema, field: &Field) -> String {
    match (field.default_value(), &field.ty.kind) {
        (Some(text @ (Literal::String(_) | Literal::Bytes(_))), _) => quoted(text),
        (Some(value), _) => value_of(value),
        (None, TypeKind::String(_) | TypeKind::Bytes) => "empty".into(),
        (None, TypeKind::Bool) => "false".into(),
        (None, TypeKind::Ref(decl)) => {
            let values = schema.decl(*decl).as_enum().map_or(&[][..], |declared| &declared.values);
            values.first().map_or_else(|| "not set".into(), |first| first.name.to_string())
        }
        (None, _) => "0".into(),
    }
}

/// Who sends how many messages.
pub(crate) fn streaming(method: &Method) -> &'static str {
    match (method.client_streaming, method.server_streaming) {
        (false, false) => "unary",
        (true, false) => "client streaming",
        (false, true) => "server streaming",
        (true, true) => "bidirectionally streaming",
    }
}

/// How many of something.
pub(crate) fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Two values that differ, each so short that it can be read, with the place where they differ in both.
pub(crate) fn differing(old: &Literal, new: &Literal) -> (String, String) {
    let (old, new) = (value_of(old), value_of(new));
    let same = old.chars().zip(new.chars()).take_while(|(one, two)| one == two).count();
    let is_short = |text: &str| text.chars().count() <= SHOWN_MAX;
    let skipped = if is_short(&old) && is_short(&new) { 0 } else { same.saturating_sub(BEFORE_DIFFERENCE) };
    (part(&old, skipped), part(&new, skipped))
}

/// A value that is so short that it can be read.
pub(crate) fn short(value: &Literal) -> String {
    part(&value_of(value), 0)
}

/// Characters of a value that are shown.
const SHOWN_MAX: usize = 60;
/// Characters that are shown before two values differ.
const BEFORE_DIFFERENCE: usize = 20;

fn part(text: &str, skipped: usize) -> String {
    let shown: String = text.chars().skip(skipped).take(SHOWN_MAX).collect();
    let (before, behind) = (skipped > 0, text.chars().count() > skipped + SHOWN_MAX);
    format!("`{}{shown}{}`", if before { "…" } else { "" }, if behind { "…" } else { "" })
}

fn quoted(text: &Literal) -> String {
    let mut quoted = String::new();
    write(&mut quoted, text);
    quoted
}

/// A value as text, the same for equal values; single strings and names without quotes.
pub(crate) fn value_of(value: &Literal) -> String {
    match value {
        Literal::String(text) | Literal::Symbol(text) => text.to_string(),
        other => {
            let mut text = String::new();
            write(&mut text, other);
            text
        }
    }
}

/// A value as JSON; bytes as Avro has them, a text of the code points 0 to 255.
///
/// Source: Avro 1.12, "Complex Types", "default". Nesting is bounded by the reader.
pub(crate) fn json(value: &Literal) -> String {
    let mut text = String::new();
    write_json(&mut text, value);
    text
}

fn write_json(text: &mut String, value: &Literal) {
    match value {
        Literal::String(value) | Literal::Symbol(value) => quote(text, value.chars()),
        Literal::Bytes(value) => quote(text, value.iter().map(|byte| char::from(*byte))),
        Literal::List(items) => list(text, "[", "]", items.iter(), write_json),
        Literal::Map(entries) => list(text, "{", "}", entries.iter(), |text, entry| {
            match &entry.key {
                Key::Field(name) => quote(text, name.chars()),
                Key::Value(value) => write_json(text, value),
                other => key(text, other),
            }
            text.push_str(": ");
            write_json(text, &entry.value);
        }),
        other => write(text, other),
    }
}

fn quote(text: &mut String, characters: impl Iterator<Item = char>) {
    text.push('"');
    for character in characters {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            _ if character.is_control() => {
                let _ = write!(text, "\\u{:04x}", u32::from(character));
            }
            _ => text.push(character),
        }
    }
    text.push('"');
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

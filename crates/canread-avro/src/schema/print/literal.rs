//! Defaults and the values of properties.

use canread_model::{DeclKind, Entry, Key, Literal, Schema, Type, TypeKind};
use canread_syntax::json::Number;

use super::text::JsonText;

/// Writes a value. Its type, where known, says how a float is spelled.
///
/// Recurses as deep as values nest, which the reader of JSON bounds.
pub(super) fn literal(text: &mut JsonText, schema: &Schema, value: &Literal, ty: Option<&Type>) {
    let ty = ty.map(without_null);
    match value {
        Literal::Bool(value) => text.raw(if *value { "true" } else { "false" }),
        Literal::Int(value) => text.raw(&value.to_string()),
        Literal::Float(value) => float(text, *value, ty),
        Literal::Number(number) if Number::new(number).is_some() => text.raw(number),
        Literal::Number(value) | Literal::String(value) | Literal::Symbol(value) => text.string(value),
        Literal::Bytes(bytes) => text.string(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>()),
        Literal::List(values) => {
            let item = ty.and_then(|ty| match &ty.kind {
                TypeKind::List(list) => Some(&list.item),
                _ => None,
            });
            text.open('[');
            for value in values {
                literal(text, schema, value, item);
            }
            text.close(']');
        }
        Literal::Map(entries) => {
            text.open('{');
            for entry in entries {
                text.key(&key(entry));
                literal(text, schema, &entry.value, ty.and_then(|ty| member(schema, ty, entry)));
            }
            text.close('}');
        }
        // A kind of value that Avro has no word for can't come from Avro.
        Literal::Null | _ => text.raw("null"),
    }
}

fn without_null(ty: &Type) -> &Type {
    match &ty.kind {
        TypeKind::Nullable(inner) => inner,
        _ => ty,
    }
}

/// The type of an entry of a map or record.
fn member<'s>(schema: &'s Schema, ty: &'s Type, entry: &Entry) -> Option<&'s Type> {
    match &ty.kind {
        TypeKind::Map(map) => Some(&map.value),
        TypeKind::Ref(id) => match (&schema.decl(*id).kind, &entry.key) {
            (DeclKind::Record(record), Key::Field(name)) => Some(&record.field(name)?.ty),
            _ => None,
        },
        _ => None,
    }
}

fn key(entry: &Entry) -> std::borrow::Cow<'_, str> {
    match &entry.key {
        Key::Field(name) | Key::Extension(name) | Key::AnyUrl(name) => (&**name).into(),
        Key::Value(value) => match &**value {
            Literal::String(text) | Literal::Symbol(text) | Literal::Number(text) => (&**text).into(),
            Literal::Int(value) => value.to_string().into(),
            Literal::Bool(value) => value.to_string().into(),
            _ => "".into(),
        },
        _ => "".into(),
    }
}

/// The shortest spelling that is read back as the same value. What JSON has no number for is a string, as
/// Avro's Java library has it.
fn float(text: &mut JsonText, value: f64, ty: Option<&Type>) {
    if value.is_nan() {
        text.string("NaN");
    } else if value.is_infinite() {
        text.string(if value > 0.0 { "Infinity" } else { "-Infinity" });
    } else if ty.is_some_and(|ty| matches!(ty.kind, TypeKind::Float { bits: 32 })) {
        #[expect(clippy::cast_possible_truncation, reason = "the default of a float came from 32 bits")]
        let value = value as f32;
        text.raw(&format!("{value:?}"));
    } else {
        text.raw(&format!("{value:?}"));
    }
}

//! Bytes of options to values as they would be written.

use std::borrow::Cow;

use super::types::{Found, Types, without_dot};
use crate::schema::ast::{DottedName, Ident, Key, LiteralField, NO_SPAN, Value, ValueKind};
use crate::schema::descriptor::raise::float_text;
use crate::schema::descriptor::wire::{Cursor, RawField, RawValue};
use crate::schema::descriptor::{FieldLabel, FieldType};

/// A field of an option message whose bytes nothing explains.
#[derive(Debug)]
pub(super) struct Unknown;

impl<'a> Types<'a> {
    /// The values of one field: several if they are packed.
    pub(super) fn values(&self, found: &Found<'a>, raw: RawField<'a>) -> Result<Vec<Value<'a>>, Unknown> {
        let ty = found.field.ty.ok_or(Unknown)?;
        match raw.value {
            RawValue::Bytes(mut run) if found.field.label == Some(FieldLabel::Repeated) && is_packable(ty) => {
                let mut values = Vec::new();
                while !run.is_empty() {
                    let element = match ty {
                        FieldType::Fixed64 | FieldType::Sfixed64 | FieldType::Double => {
                            RawValue::Fixed64(u64::from_le_bytes(run.array().map_err(|_| Unknown)?))
                        }
                        FieldType::Fixed32 | FieldType::Sfixed32 | FieldType::Float => {
                            RawValue::Fixed32(u32::from_le_bytes(run.array().map_err(|_| Unknown)?))
                        }
                        _ => RawValue::Varint(run.varint().map_err(|_| Unknown)?),
                    };
                    values.push(self.value(found, ty, element)?);
                }
                Ok(values)
            }
            value => Ok(vec![self.value(found, ty, value)?]),
        }
    }

    fn value(&self, found: &Found<'a>, ty: FieldType, raw: RawValue<'a>) -> Result<Value<'a>, Unknown> {
        let kind = match (ty, raw) {
            // A delimited message of an edition is framed as a group.
            (FieldType::Message, RawValue::Bytes(inner))
            | (FieldType::Message | FieldType::Group, RawValue::Group(inner)) => {
                self.message_value(found.field.type_name.as_deref().ok_or(Unknown)?, inner)?
            }
            (FieldType::Enum, RawValue::Varint(value)) => {
                let number = crate::schema::descriptor::int32(value);
                let name = self.enum_value(found.field.type_name.as_deref().ok_or(Unknown)?, number).ok_or(Unknown)?;
                ValueKind::Ident { negative: false, name }
            }
            (FieldType::String | FieldType::Bytes, RawValue::Bytes(inner)) => ValueKind::String(inner.bytes().into()),
            (FieldType::Bool, RawValue::Varint(value)) => {
                ValueKind::Ident { negative: false, name: if value == 0 { "false" } else { "true" } }
            }
            (FieldType::Double, RawValue::Fixed64(bits)) => float(f64::from_bits(bits)),
            (FieldType::Float, RawValue::Fixed32(bits)) => float(widened(f32::from_bits(bits))),
            (_, RawValue::Varint(value)) => varint(ty, value).ok_or(Unknown)?,
            (FieldType::Fixed64, RawValue::Fixed64(value)) => unsigned(value),
            (FieldType::Sfixed64, RawValue::Fixed64(value)) => signed(value.cast_signed()),
            (FieldType::Fixed32, RawValue::Fixed32(value)) => unsigned(value.into()),
            (FieldType::Sfixed32, RawValue::Fixed32(value)) => signed(value.cast_signed().into()),
            _ => return Err(Unknown),
        };
        Ok(Value { kind, span: NO_SPAN })
    }

    /// A message literal with all fields of the message; levels are limited as in the whole set.
    pub(super) fn message_value(&self, type_name: &str, inner: Cursor<'a>) -> Result<ValueKind<'a>, Unknown> {
        let mut cursor = inner.enter("option").map_err(|_| Unknown)?;
        if let Some(any) = self.any(type_name, cursor) {
            return Ok(any);
        }
        let mut fields: Vec<LiteralField<'a>> = Vec::new();
        let is_message_set = self.is_message_set(type_name);
        while let Some(mut raw) = cursor.field().map_err(|_| Unknown)? {
            if let (true, 1, RawValue::Group(item)) = (is_message_set, raw.number, raw.value) {
                raw = message_set_item(item)?;
            }
            let found = self.field(type_name, raw.number).ok_or(Unknown)?;
            for value in self.values(&found, raw)? {
                fields.push(LiteralField { key: key(&found), value, span: NO_SPAN });
            }
        }
        Ok(ValueKind::Message(fields.into_boxed_slice()))
    }

    /// A `google.protobuf.Any` in its expanded form, if all of it can be read.
    fn any(&self, type_name: &str, mut cursor: Cursor<'a>) -> Option<ValueKind<'a>> {
        if without_dot(type_name) != "google.protobuf.Any" {
            return None;
        }
        let mut url = None;
        let mut content = cursor.emptied();
        while let Some(raw) = cursor.field().ok()? {
            match (raw.number, raw.value) {
                (1, RawValue::Bytes(text)) => url = Some(text.text().ok()?),
                (2, RawValue::Bytes(bytes)) => content = bytes,
                _ => return None,
            }
        }
        let (domain, name) = url?.rsplit_once('/')?;
        // The text format knows these two only.
        if !matches!(domain, "type.googleapis.com" | "type.googleprod.com") {
            return None;
        }
        self.message(name)?;
        let value = Value { kind: self.message_value(name, content).ok()?, span: NO_SPAN };
        let key = Key::Any { domain: domain.into(), type_name: name.into(), span: NO_SPAN };
        Some(ValueKind::Message(Box::new([LiteralField { key, value, span: NO_SPAN }])))
    }
}

/// An extension in a message set as the field that it stands for.
fn message_set_item(mut item: Cursor<'_>) -> Result<RawField<'_>, Unknown> {
    let (mut number, mut message) = (None, None);
    while let Some(raw) = item.field().map_err(|_| Unknown)? {
        match (raw.number, raw.value) {
            (2, RawValue::Varint(id)) => number = u32::try_from(id).ok(),
            (3, RawValue::Bytes(_)) => message = Some(raw),
            _ => return Err(Unknown),
        }
    }
    let message = message.ok_or(Unknown)?;
    Ok(RawField { number: number.ok_or(Unknown)?, ..message })
}

fn key<'a>(found: &Found<'a>) -> Key<'a> {
    if let Some(extension) = &found.extension {
        return Key::Extension(DottedName { text: Cow::Owned(extension.clone()), span: NO_SPAN });
    }
    let mut text: &'a str = &found.field.name;
    if found.field.ty == Some(FieldType::Group) {
        // The text format calls a group by the name of its message.
        let type_name: &'a str = found.field.type_name.as_deref().unwrap_or_default();
        text = type_name.rsplit('.').next().unwrap_or(text);
    }
    Key::Field(Ident { text, span: NO_SPAN })
}

fn is_packable(ty: FieldType) -> bool {
    !matches!(ty, FieldType::String | FieldType::Bytes | FieldType::Message | FieldType::Group)
}

fn varint(ty: FieldType, value: u64) -> Option<ValueKind<'static>> {
    let zigzag = (value >> 1).cast_signed() ^ -(value & 1).cast_signed();
    Some(match ty {
        FieldType::Int32 => signed(crate::schema::descriptor::int32(value).into()),
        FieldType::Int64 => signed(value.cast_signed()),
        FieldType::Uint32 => unsigned(value & u64::from(u32::MAX)),
        FieldType::Uint64 => unsigned(value),
        FieldType::Sint32 | FieldType::Sint64 => signed(zigzag),
        _ => return None,
    })
}

fn signed(value: i64) -> ValueKind<'static> {
    ValueKind::Int { negative: value < 0, magnitude: value.unsigned_abs() }
}

fn unsigned(magnitude: u64) -> ValueKind<'static> {
    ValueKind::Int { negative: false, magnitude }
}

/// A float; what is no number is a word.
pub(super) fn float(value: f64) -> ValueKind<'static> {
    let negative = value.is_sign_negative();
    match value {
        _ if value.is_nan() => ValueKind::Ident { negative, name: "nan" },
        _ if value.is_infinite() => ValueKind::Ident { negative, name: "inf" },
        _ => ValueKind::Float(value),
    }
}

/// The double that prints as briefly as the float does, where it stands for the same float.
fn widened(value: f32) -> f64 {
    let brief: f64 = float_text(value).parse().unwrap_or(value.into());
    #[expect(clippy::cast_possible_truncation, reason = "whether it is the same float is the question")]
    let back = brief as f32;
    if back.to_bits() == value.to_bits() { brief } else { value.into() }
}

//! Fields: of messages, of map entries, and extension fields.

use std::borrow::Cow;

use canread_model::{Decl, Encoding, Extension, Field, Int, IntEncoding, Literal, Presence, Type, TypeKind};

use super::Raiser;
use super::default::{bytes_text, double_text, float_text};
use super::message::entry_name;
use crate::schema::descriptor::{FieldDescriptorProto, FieldLabel, FieldType};

impl<'s> Raiser<'s> {
    /// A field of a message.
    pub(super) fn member(&mut self, decl: &Decl, field: &'s Field) -> FieldDescriptorProto<'s> {
        let mut result = self.field(field, &format!("{}.{}", decl.full_name, field.name));
        if matches!(field.ty.kind, TypeKind::Map(_)) {
            result.ty = Some(FieldType::Message);
            result.type_name = Some(format!(".{}.{}", decl.full_name, entry_name(&field.name)).into());
        }
        result.oneof_index = field.oneof.and_then(|index| i32::try_from(index).ok());
        let says_optional = field.occurs.is_some()
            || (field.presence == Presence::Explicit && field.oneof.is_none() && !self.is_message(&field.ty));
        result.proto3_optional = self.is_proto3() && says_optional;
        result
    }

    /// An extension field.
    pub(super) fn extension(&mut self, extension: &'s Extension, full_name: &str) -> FieldDescriptorProto<'s> {
        let mut result = self.field(&extension.field, full_name);
        result.extendee = self.type_name(&extension.extendee);
        result.proto3_optional = self.is_proto3() && extension.field.occurs.is_some();
        result
    }

    fn field(&mut self, field: &'s Field, symbol: &str) -> FieldDescriptorProto<'s> {
        let label = match &field.ty.kind {
            TypeKind::List(_) | TypeKind::Map(_) => FieldLabel::Repeated,
            // In editions a required field is an optional one with a feature.
            _ if field.presence == Presence::Required && !self.is_edition() => FieldLabel::Required,
            _ => FieldLabel::Optional,
        };
        let ty = self.field_type(&field.ty, field.delimited && !self.is_edition(), symbol);
        let json = field.name_in(Encoding::Json).map_or_else(|| json_name(&field.name).into(), Cow::Borrowed);
        FieldDescriptorProto {
            name: (&*field.name).into(),
            number: field.number.map_or(0, |number| number.value),
            label: Some(label),
            ty,
            type_name: self.type_name(&field.ty),
            default_value: field.default_value().map(|value| default_text(value, ty)),
            options: self.options("FieldOptions", &field.meta.annotations, symbol),
            json_name: Some(json),
            ..FieldDescriptorProto::default()
        }
    }

    /// The wire type of a field, or of the items of a list; nothing for a name that was not found.
    pub(super) fn field_type(&mut self, ty: &Type, is_group: bool, symbol: &str) -> Option<FieldType> {
        Some(match &ty.kind {
            TypeKind::Bool => FieldType::Bool,
            TypeKind::Int(int) => int_type(*int),
            TypeKind::Float { bits: 32 } => FieldType::Float,
            TypeKind::Float { .. } => FieldType::Double,
            TypeKind::String(_) => FieldType::String,
            TypeKind::Bytes => FieldType::Bytes,
            TypeKind::List(list) => return self.field_type(&list.item, is_group, symbol),
            TypeKind::Ref(id) if self.schema.decl(*id).as_enum().is_some() => FieldType::Enum,
            TypeKind::Ref(_) if is_group => FieldType::Group,
            TypeKind::Ref(_) | TypeKind::Map(_) => FieldType::Message,
            TypeKind::Unresolved(_) => return None,
            _ => {
                self.cannot_say(symbol, "Protobuf has no such type");
                return None;
            }
        })
    }

    fn is_message(&self, ty: &Type) -> bool {
        match &ty.kind {
            TypeKind::Ref(id) => self.schema.decl(*id).as_record().is_some(),
            TypeKind::List(_) | TypeKind::Map(_) | TypeKind::Unresolved(_) => true,
            _ => false,
        }
    }
}

fn int_type(int: Int) -> FieldType {
    let is_long = int.bits > 32;
    match (int.encoding, int.signed) {
        (IntEncoding::Zigzag, _) => {
            if is_long {
                FieldType::Sint64
            } else {
                FieldType::Sint32
            }
        }
        (IntEncoding::Fixed, true) => {
            if is_long {
                FieldType::Sfixed64
            } else {
                FieldType::Sfixed32
            }
        }
        (IntEncoding::Fixed, false) => {
            if is_long {
                FieldType::Fixed64
            } else {
                FieldType::Fixed32
            }
        }
        (_, true) => {
            if is_long {
                FieldType::Int64
            } else {
                FieldType::Int32
            }
        }
        (_, false) => {
            if is_long {
                FieldType::Uint64
            } else {
                FieldType::Uint32
            }
        }
    }
}

/// The name that a field has in JSON if its declaration does not say another one: `line_items` gives `lineItems`.
///
/// Source: protoc, `ToJsonName`.
pub(in crate::schema::descriptor) fn json_name(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    let mut capital = false;
    for character in name.chars() {
        if character == '_' {
            capital = true;
            continue;
        }
        result.push(if capital { character.to_ascii_uppercase() } else { character });
        capital = false;
    }
    result
}

/// A default value as protoc spells it.
fn default_text(value: &Literal, ty: Option<FieldType>) -> Cow<'_, str> {
    match value {
        Literal::String(text) | Literal::Symbol(text) | Literal::Number(text) => Cow::Borrowed(text),
        Literal::Bytes(bytes) => bytes_text(bytes).into(),
        Literal::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        #[expect(clippy::cast_possible_truncation, reason = "the nearest float is meant")]
        Literal::Float(value) if ty == Some(FieldType::Float) => float_text(*value as f32).into(),
        Literal::Float(value) => double_text(*value).into(),
        #[expect(clippy::cast_precision_loss, reason = "the nearest float is meant")]
        Literal::Int(value) if ty == Some(FieldType::Float) => float_text(*value as f32).into(),
        #[expect(clippy::cast_precision_loss, reason = "the nearest float is meant")]
        Literal::Int(value) if ty == Some(FieldType::Double) => double_text(*value as f64).into(),
        Literal::Int(value) => value.to_string().into(),
        _ => Cow::Borrowed(""),
    }
}

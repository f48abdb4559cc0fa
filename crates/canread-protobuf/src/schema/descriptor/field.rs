//! Fields.

use std::borrow::Cow;

use super::error::ReadError;
use super::wire::{Budget, Cursor, RawValue, Sink};

/// `google.protobuf.FieldDescriptorProto`: a field or extension field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FieldDescriptorProto<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// The message it extends, with a leading dot.
    pub extendee: Option<Cow<'a, str>>,
    /// Its number.
    pub number: i32,
    /// How many values it has.
    pub label: Option<FieldLabel>,
    /// Its type; absent where only a linker can tell message from enum.
    pub ty: Option<FieldType>,
    /// Its message, group or enum, with a leading dot.
    pub type_name: Option<Cow<'a, str>>,
    /// Its default in protoc's spelling; bytes are C-escaped.
    pub default_value: Option<Cow<'a, str>>,
    /// `google.protobuf.FieldOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// The oneof it belongs to, as an index.
    pub oneof_index: Option<i32>,
    /// Its name in JSON.
    pub json_name: Option<Cow<'a, str>>,
    /// Whether it is `optional` in a proto3 file.
    pub proto3_optional: bool,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> FieldDescriptorProto<'a> {
    pub(super) fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("FieldDescriptorProto")?;
        budget.message(&cursor)?;
        let mut field = Self::default();
        while let Some(raw) = cursor.field()? {
            match (raw.number, raw.value) {
                (1, RawValue::Bytes(inner)) => field.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => field.extendee = Some(inner.text()?.into()),
                (3, RawValue::Varint(value)) => field.number = super::int32(value),
                (4, RawValue::Varint(value)) if FieldLabel::from_number(value).is_some() => {
                    field.label = FieldLabel::from_number(value);
                }
                (5, RawValue::Varint(value)) if FieldType::from_number(value).is_some() => {
                    field.ty = FieldType::from_number(value);
                }
                (6, RawValue::Bytes(inner)) => field.type_name = Some(inner.text()?.into()),
                (7, RawValue::Bytes(inner)) => field.default_value = Some(inner.text()?.into()),
                (8, RawValue::Bytes(inner)) => super::merge(&mut field.options, inner.bytes()),
                (9, RawValue::Varint(value)) => field.oneof_index = Some(super::int32(value)),
                (10, RawValue::Bytes(inner)) => field.json_name = Some(inner.text()?.into()),
                (17, RawValue::Varint(value)) => field.proto3_optional = value != 0,
                _ => field.unknown.extend_from_slice(raw.raw),
            }
        }
        Ok(field)
    }

    pub(super) fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        sink.bytes_if(2, self.extendee.as_deref());
        sink.int32(3, self.number);
        if let Some(label) = self.label {
            sink.int32(4, label as i32);
        }
        if let Some(ty) = self.ty {
            sink.int32(5, ty as i32);
        }
        sink.bytes_if(6, self.type_name.as_deref());
        sink.bytes_if(7, self.default_value.as_deref());
        sink.bytes_if(8, self.options.as_deref());
        if let Some(index) = self.oneof_index {
            sink.int32(9, index);
        }
        sink.bytes_if(10, self.json_name.as_deref());
        sink.flag(17, self.proto3_optional);
        sink.raw(&self.unknown);
    }
}

/// `google.protobuf.FieldDescriptorProto.Label`: how many values a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "three labels are all there will be")]
pub enum FieldLabel {
    /// At most one.
    Optional = 1,
    /// Exactly one.
    Required = 2,
    /// Any number.
    Repeated = 3,
}

impl FieldLabel {
    fn from_number(number: u64) -> Option<Self> {
        [Self::Optional, Self::Required, Self::Repeated].into_iter().find(|label| *label as u64 == number)
    }
}

/// `google.protobuf.FieldDescriptorProto.Type`: the type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "the wire format has no room for others")]
pub enum FieldType {
    /// 64-bit IEEE 754 number, in 8 bytes.
    Double = 1,
    /// 32-bit IEEE 754 number, in 4 bytes.
    Float = 2,
    /// Signed 64-bit integer, as a varint; a negative one takes 10 bytes.
    Int64 = 3,
    /// Unsigned 64-bit integer, as a varint.
    Uint64 = 4,
    /// Signed 32-bit integer, as a varint; a negative one takes 10 bytes.
    Int32 = 5,
    /// Unsigned 64-bit integer, always in 8 bytes.
    Fixed64 = 6,
    /// Unsigned 32-bit integer, always in 4 bytes.
    Fixed32 = 7,
    /// A varint that is 0 for `false`.
    Bool = 8,
    /// UTF-8 text behind its length.
    String = 9,
    /// A message between two tags, `SGROUP` and `EGROUP`; also one of an edition with `message_encoding = DELIMITED`.
    Group = 10,
    /// A message behind its length.
    Message = 11,
    /// Any bytes, behind their length.
    Bytes = 12,
    /// Unsigned 32-bit integer, as a varint.
    Uint32 = 13,
    /// The number of an enum value, as a varint.
    Enum = 14,
    /// Signed 32-bit integer, always in 4 bytes.
    Sfixed32 = 15,
    /// Signed 64-bit integer, always in 8 bytes.
    Sfixed64 = 16,
    /// Signed 32-bit integer, as a zig-zag varint: small where the number is near 0.
    Sint32 = 17,
    /// Signed 64-bit integer, as a zig-zag varint: small where the number is near 0.
    Sint64 = 18,
}

impl FieldType {
    /// Every type, in the order of their numbers.
    pub const ALL: [Self; 18] = [
        Self::Double,
        Self::Float,
        Self::Int64,
        Self::Uint64,
        Self::Int32,
        Self::Fixed64,
        Self::Fixed32,
        Self::Bool,
        Self::String,
        Self::Group,
        Self::Message,
        Self::Bytes,
        Self::Uint32,
        Self::Enum,
        Self::Sfixed32,
        Self::Sfixed64,
        Self::Sint32,
        Self::Sint64,
    ];

    fn from_number(number: u64) -> Option<Self> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        Self::ALL.get(index).copied()
    }
}

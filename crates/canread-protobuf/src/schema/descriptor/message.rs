//! Messages.

use std::borrow::Cow;

use super::error::ReadError;
use super::wire::{Budget, Cursor, RawValue, Sink};
use super::{EnumDescriptorProto, FieldDescriptorProto, NumberRange};

/// `google.protobuf.DescriptorProto`: a message.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DescriptorProto<'a> {
    /// Its own name.
    pub name: Cow<'a, str>,
    /// Its fields, in source order.
    pub field: Vec<FieldDescriptorProto<'a>>,
    /// Messages inside, among them those of groups and of map entries.
    pub nested_type: Vec<DescriptorProto<'a>>,
    /// Enums inside.
    pub enum_type: Vec<EnumDescriptorProto<'a>>,
    /// Numbers for extensions.
    pub extension_range: Vec<ExtensionRange<'a>>,
    /// Extension fields that are declared inside.
    pub extension: Vec<FieldDescriptorProto<'a>>,
    /// `google.protobuf.MessageOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Oneofs; those that stand for proto3's `optional` last.
    pub oneof_decl: Vec<OneofDescriptorProto<'a>>,
    /// Numbers that must not be used; the end does not belong to a range.
    pub reserved_range: Vec<NumberRange>,
    /// Names that must not be used.
    pub reserved_name: Vec<Cow<'a, str>>,
    /// A number of `google.protobuf.SymbolVisibility`.
    pub visibility: Option<i32>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> DescriptorProto<'a> {
    pub(super) fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("DescriptorProto")?;
        budget.message(&cursor)?;
        let mut message = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => message.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => message.field.push(FieldDescriptorProto::read(inner, budget)?),
                (3, RawValue::Bytes(inner)) => message.nested_type.push(Self::read(inner, budget)?),
                (4, RawValue::Bytes(inner)) => message.enum_type.push(EnumDescriptorProto::read(inner, budget)?),
                (5, RawValue::Bytes(inner)) => message.extension_range.push(ExtensionRange::read(inner, budget)?),
                (6, RawValue::Bytes(inner)) => message.extension.push(FieldDescriptorProto::read(inner, budget)?),
                (7, RawValue::Bytes(inner)) => super::merge(&mut message.options, inner.bytes()),
                (8, RawValue::Bytes(inner)) => message.oneof_decl.push(OneofDescriptorProto::read(inner, budget)?),
                (9, RawValue::Bytes(inner)) => message.reserved_range.push(NumberRange::read(inner, budget)?),
                (10, RawValue::Bytes(inner)) => message.reserved_name.push(inner.text()?.into()),
                (11, RawValue::Varint(value)) => message.visibility = Some(super::int32(value)),
                _ => message.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(message)
    }

    pub(super) fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        for field in &self.field {
            sink.message(2, |sink| field.write(sink));
        }
        for message in &self.nested_type {
            sink.message(3, |sink| message.write(sink));
        }
        for declared in &self.enum_type {
            sink.message(4, |sink| declared.write(sink));
        }
        for range in &self.extension_range {
            sink.message(5, |sink| range.write(sink));
        }
        for field in &self.extension {
            sink.message(6, |sink| field.write(sink));
        }
        sink.bytes_if(7, self.options.as_deref());
        for oneof in &self.oneof_decl {
            sink.message(8, |sink| oneof.write(sink));
        }
        for range in &self.reserved_range {
            sink.message(9, |sink| range.write(sink));
        }
        for name in &self.reserved_name {
            sink.bytes(10, name.as_bytes());
        }
        if let Some(visibility) = self.visibility {
            sink.int32(11, visibility);
        }
        sink.raw(&self.unknown);
    }
}

/// `google.protobuf.DescriptorProto.ExtensionRange`: numbers for extensions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExtensionRange<'a> {
    /// The first number.
    pub start: i32,
    /// The number behind the last one.
    pub end: i32,
    /// `google.protobuf.ExtensionRangeOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> ExtensionRange<'a> {
    fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("DescriptorProto.ExtensionRange")?;
        budget.message(&cursor)?;
        let mut range = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Varint(value)) => range.start = super::int32(value),
                (2, RawValue::Varint(value)) => range.end = super::int32(value),
                (3, RawValue::Bytes(inner)) => super::merge(&mut range.options, inner.bytes()),
                _ => range.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(range)
    }

    fn write(&self, sink: &mut Sink) {
        sink.int32(1, self.start);
        sink.int32(2, self.end);
        sink.bytes_if(3, self.options.as_deref());
        sink.raw(&self.unknown);
    }
}

/// `google.protobuf.OneofDescriptorProto`: a oneof.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OneofDescriptorProto<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// `google.protobuf.OneofOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> OneofDescriptorProto<'a> {
    fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("OneofDescriptorProto")?;
        budget.message(&cursor)?;
        let mut oneof = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => oneof.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => super::merge(&mut oneof.options, inner.bytes()),
                _ => oneof.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(oneof)
    }

    fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        sink.bytes_if(2, self.options.as_deref());
        sink.raw(&self.unknown);
    }
}

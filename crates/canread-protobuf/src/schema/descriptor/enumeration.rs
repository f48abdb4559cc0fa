//! Enums.

use std::borrow::Cow;

use super::NumberRange;
use super::error::ReadError;
use super::wire::{Budget, Cursor, RawValue, Sink};

/// `google.protobuf.EnumDescriptorProto`: an enum.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EnumDescriptorProto<'a> {
    /// Its own name.
    pub name: Cow<'a, str>,
    /// Its values, in source order.
    pub value: Vec<EnumValueDescriptorProto<'a>>,
    /// `google.protobuf.EnumOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Numbers that must not be used; the end belongs to a range.
    pub reserved_range: Vec<NumberRange>,
    /// Names that must not be used.
    pub reserved_name: Vec<Cow<'a, str>>,
    /// A number of `google.protobuf.SymbolVisibility`.
    pub visibility: Option<i32>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> EnumDescriptorProto<'a> {
    pub(super) fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("EnumDescriptorProto")?;
        budget.message(&cursor)?;
        let mut declared = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => declared.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => declared.value.push(EnumValueDescriptorProto::read(inner, budget)?),
                (3, RawValue::Bytes(inner)) => super::merge(&mut declared.options, inner.bytes()),
                (4, RawValue::Bytes(inner)) => declared.reserved_range.push(NumberRange::read(inner, budget)?),
                (5, RawValue::Bytes(inner)) => declared.reserved_name.push(inner.text()?.into()),
                (6, RawValue::Varint(value)) => declared.visibility = Some(super::int32(value)),
                _ => declared.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(declared)
    }

    pub(super) fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        for value in &self.value {
            sink.message(2, |sink| value.write(sink));
        }
        sink.bytes_if(3, self.options.as_deref());
        for range in &self.reserved_range {
            sink.message(4, |sink| range.write(sink));
        }
        for name in &self.reserved_name {
            sink.bytes(5, name.as_bytes());
        }
        if let Some(visibility) = self.visibility {
            sink.int32(6, visibility);
        }
        sink.raw(&self.unknown);
    }
}

/// `google.protobuf.EnumValueDescriptorProto`: a value of an enum.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EnumValueDescriptorProto<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its number.
    pub number: i32,
    /// `google.protobuf.EnumValueOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> EnumValueDescriptorProto<'a> {
    fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("EnumValueDescriptorProto")?;
        budget.message(&cursor)?;
        let mut declared = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => declared.name = inner.text()?.into(),
                (2, RawValue::Varint(value)) => declared.number = super::int32(value),
                (3, RawValue::Bytes(inner)) => super::merge(&mut declared.options, inner.bytes()),
                _ => declared.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(declared)
    }

    fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        sink.int32(2, self.number);
        sink.bytes_if(3, self.options.as_deref());
        sink.raw(&self.unknown);
    }
}

//! Services and their methods.

use std::borrow::Cow;

use super::error::ReadError;
use super::wire::{Budget, Cursor, RawValue, Sink};

/// `google.protobuf.ServiceDescriptorProto`: a service.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ServiceDescriptorProto<'a> {
    /// Its own name.
    pub name: Cow<'a, str>,
    /// Its methods, in source order.
    pub method: Vec<MethodDescriptorProto<'a>>,
    /// `google.protobuf.ServiceOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> ServiceDescriptorProto<'a> {
    pub(super) fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("ServiceDescriptorProto")?;
        budget.message(&cursor)?;
        let mut service = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => service.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => service.method.push(MethodDescriptorProto::read(inner, budget)?),
                (3, RawValue::Bytes(inner)) => super::merge(&mut service.options, inner.bytes()),
                _ => service.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(service)
    }

    pub(super) fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        for method in &self.method {
            sink.message(2, |sink| method.write(sink));
        }
        sink.bytes_if(3, self.options.as_deref());
        sink.raw(&self.unknown);
    }
}

/// `google.protobuf.MethodDescriptorProto`: a method.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MethodDescriptorProto<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// What it takes, with a leading dot.
    pub input_type: Option<Cow<'a, str>>,
    /// What it returns, with a leading dot.
    pub output_type: Option<Cow<'a, str>>,
    /// `google.protobuf.MethodOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// Whether the client sends many messages.
    pub client_streaming: bool,
    /// Whether the server sends many messages.
    pub server_streaming: bool,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> MethodDescriptorProto<'a> {
    fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("MethodDescriptorProto")?;
        budget.message(&cursor)?;
        let mut method = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => method.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => method.input_type = Some(inner.text()?.into()),
                (3, RawValue::Bytes(inner)) => method.output_type = Some(inner.text()?.into()),
                (4, RawValue::Bytes(inner)) => super::merge(&mut method.options, inner.bytes()),
                (5, RawValue::Varint(value)) => method.client_streaming = value != 0,
                (6, RawValue::Varint(value)) => method.server_streaming = value != 0,
                _ => method.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(method)
    }

    fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        sink.bytes_if(2, self.input_type.as_deref());
        sink.bytes_if(3, self.output_type.as_deref());
        sink.bytes_if(4, self.options.as_deref());
        sink.flag(5, self.client_streaming);
        sink.flag(6, self.server_streaming);
        sink.raw(&self.unknown);
    }
}

//! Files, and sets of them.

use std::borrow::Cow;

use super::error::{ReadError, ReadErrorKind};
use super::wire::{Budget, Cursor, RawValue, ReadLimits, Sink};
use super::{DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, ServiceDescriptorProto, packed_int32s};

/// `google.protobuf.FileDescriptorSet`: files, each after those that it imports.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileDescriptorSet<'a> {
    /// The files.
    pub file: Vec<FileDescriptorProto<'a>>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> FileDescriptorSet<'a> {
    /// Reads a set from the bytes that protoc's `--descriptor_set_out` writes.
    ///
    /// Texts and options are borrowed from the bytes; `source_code_info` is skipped.
    ///
    /// # Errors
    ///
    /// `Truncated` if the input ends inside a value; `Malformed` if it breaks the wire format;
    /// `NotADescriptorSet` if it is valid but holds no file, or one without a name;
    /// `LimitExceeded` as `limits` say.
    pub fn from_bytes(bytes: &'a [u8], limits: ReadLimits) -> Result<Self, ReadError> {
        let mut budget = Budget::new(limits);
        let mut cursor = Cursor::new(bytes, limits, "FileDescriptorSet")?;
        let mut set = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => set.file.push(FileDescriptorProto::read(inner, &mut budget)?),
                _ => set.unknown.extend_from_slice(field.raw),
            }
        }
        if set.file.is_empty() || set.file.iter().any(|file| file.name.is_empty()) {
            return Err(ReadError::new(ReadErrorKind::NotADescriptorSet, bytes.len(), "FileDescriptorSet"));
        }
        Ok(set)
    }

    /// The bytes that protoc would write for this set: fields in the order of their numbers, unknown ones last.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut sink = Sink::default();
        for file in &self.file {
            sink.message(1, |sink| file.write(sink));
        }
        sink.raw(&self.unknown);
        sink.into_bytes()
    }
}

/// `google.protobuf.FileDescriptorProto`: one `.proto` file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FileDescriptorProto<'a> {
    /// The name others import it by.
    pub name: Cow<'a, str>,
    /// Its package, if it has one.
    pub package: Option<Cow<'a, str>>,
    /// Names of the files it imports.
    pub dependency: Vec<Cow<'a, str>>,
    /// Which of `dependency` are imported publicly.
    pub public_dependency: Vec<i32>,
    /// Which of `dependency` may be missing.
    pub weak_dependency: Vec<i32>,
    /// Names of the files it imports for the sake of its options only.
    pub option_dependency: Vec<Cow<'a, str>>,
    /// Messages.
    pub message_type: Vec<DescriptorProto<'a>>,
    /// Enums.
    pub enum_type: Vec<EnumDescriptorProto<'a>>,
    /// Services.
    pub service: Vec<ServiceDescriptorProto<'a>>,
    /// Extension fields.
    pub extension: Vec<FieldDescriptorProto<'a>>,
    /// `google.protobuf.FileOptions`, as bytes.
    pub options: Option<Cow<'a, [u8]>>,
    /// `proto3` or `editions`; nothing for proto2.
    pub syntax: Option<Cow<'a, str>>,
    /// A number of `google.protobuf.Edition`.
    pub edition: Option<i32>,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl<'a> FileDescriptorProto<'a> {
    fn read(cursor: Cursor<'a>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("FileDescriptorProto")?;
        budget.message(&cursor)?;
        let mut file = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Bytes(inner)) => file.name = inner.text()?.into(),
                (2, RawValue::Bytes(inner)) => file.package = Some(inner.text()?.into()),
                (3, RawValue::Bytes(inner)) => file.dependency.push(inner.text()?.into()),
                (4, RawValue::Bytes(inner)) => file.message_type.push(DescriptorProto::read(inner, budget)?),
                (5, RawValue::Bytes(inner)) => file.enum_type.push(EnumDescriptorProto::read(inner, budget)?),
                (6, RawValue::Bytes(inner)) => file.service.push(ServiceDescriptorProto::read(inner, budget)?),
                (7, RawValue::Bytes(inner)) => file.extension.push(FieldDescriptorProto::read(inner, budget)?),
                (8, RawValue::Bytes(inner)) => super::merge(&mut file.options, inner.bytes()),
                (9, RawValue::Bytes(_)) => {}
                (10, value) if packed_int32s(value, &mut file.public_dependency)? => {}
                (11, value) if packed_int32s(value, &mut file.weak_dependency)? => {}
                (12, RawValue::Bytes(inner)) => file.syntax = Some(inner.text()?.into()),
                (14, RawValue::Varint(value)) => file.edition = Some(super::int32(value)),
                (15, RawValue::Bytes(inner)) => file.option_dependency.push(inner.text()?.into()),
                _ => file.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(file)
    }

    fn write(&self, sink: &mut Sink) {
        sink.bytes(1, self.name.as_bytes());
        sink.bytes_if(2, self.package.as_deref());
        for path in &self.dependency {
            sink.bytes(3, path.as_bytes());
        }
        for message in &self.message_type {
            sink.message(4, |sink| message.write(sink));
        }
        for declared in &self.enum_type {
            sink.message(5, |sink| declared.write(sink));
        }
        for service in &self.service {
            sink.message(6, |sink| service.write(sink));
        }
        for field in &self.extension {
            sink.message(7, |sink| field.write(sink));
        }
        sink.bytes_if(8, self.options.as_deref());
        for index in &self.public_dependency {
            sink.int32(10, *index);
        }
        for index in &self.weak_dependency {
            sink.int32(11, *index);
        }
        sink.bytes_if(12, self.syntax.as_deref());
        if let Some(edition) = self.edition {
            sink.int32(14, edition);
        }
        for path in &self.option_dependency {
            sink.bytes(15, path.as_bytes());
        }
        sink.raw(&self.unknown);
    }
}

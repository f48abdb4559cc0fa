//! Reserved numbers, of messages and of enums.

use super::error::ReadError;
use super::wire::{Budget, Cursor, RawValue, Sink};

/// `google.protobuf.DescriptorProto.ReservedRange` and `EnumDescriptorProto.EnumReservedRange`.
///
/// In a message the end is the number behind the last one; in an enum it is the last one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberRange {
    /// The first number.
    pub start: i32,
    /// The end.
    pub end: i32,
    /// Fields that this reader does not know, tags included.
    pub unknown: Vec<u8>,
}

impl NumberRange {
    pub(super) fn read(cursor: Cursor<'_>, budget: &mut Budget) -> Result<Self, ReadError> {
        let mut cursor = cursor.enter("ReservedRange")?;
        budget.message(&cursor)?;
        let mut range = Self::default();
        while let Some(field) = cursor.field()? {
            match (field.number, field.value) {
                (1, RawValue::Varint(value)) => range.start = super::int32(value),
                (2, RawValue::Varint(value)) => range.end = super::int32(value),
                _ => range.unknown.extend_from_slice(field.raw),
            }
        }
        Ok(range)
    }

    pub(super) fn write(&self, sink: &mut Sink) {
        sink.int32(1, self.start);
        sink.int32(2, self.end);
        sink.raw(&self.unknown);
    }
}

//! Messages with a form of their own.
//!
//! | file | holds |
//! |---|---|
//! | `any` | a message whose type its URL says |
//! | `time` | `Timestamp` and `Duration` |
//! | `calendar` | days as dates |
//! | `mask` | `FieldMask` |
//! | `structure` | `Struct`, `Value` and `ListValue` |
//! | `wrapper` | `Int32Value` and so on |

mod any;
mod calendar;
mod mask;
mod structure;
mod time;
mod wrapper;

use canread_plan::{Record, RecordLayout, Value, WellKnown};

use super::error::{ReadErrorKind, WriteErrorKind};
use super::read::{Read, Reader, kept};
use super::write::{Writer, Written};

/// The enum whose only symbol is null.
pub(super) const NULL_VALUE: &str = "google.protobuf.NullValue";

/// The key of a type's URL in `Any`.
pub(super) const TYPE_KEY: &str = "@type";

impl Writer<'_, '_> {
    /// Writes a message of a type with a form of its own; false for others, of which nothing is written.
    pub(super) fn known(&mut self, layout: &RecordLayout, record: &Record<'_>) -> Result<bool, WriteErrorKind> {
        let Some(known) = layout.well_known else { return Ok(false) };
        let fields = Fields { layout, record };
        let written: Written = match known {
            WellKnown::Any => self.any(fields),
            WellKnown::Timestamp => self.timestamp(fields),
            WellKnown::Duration => self.duration(fields),
            WellKnown::FieldMask => self.field_mask(fields),
            WellKnown::Struct | WellKnown::ListValue => self.structure(fields),
            WellKnown::Value => self.json_value(fields),
            WellKnown::Wrapper => self.wrapper(fields),
            _ => return Ok(false),
        };
        written.map(|()| true)
    }
}

/// A message of a well-known type, whose fields are found by their numbers.
#[derive(Clone, Copy)]
struct Fields<'v> {
    layout: &'v RecordLayout,
    record: &'v Record<'v>,
}

impl<'v> Fields<'v> {
    /// The value of a field; absent too if there is no such field.
    fn get(self, number: i32) -> Value<'v> {
        let at = self.layout.field_by_number(number);
        at.and_then(|at| self.record.fields.get(at)).copied().unwrap_or_default()
    }

    /// An integer; 0 if it is absent.
    fn int(self, number: i32) -> Result<i64, WriteErrorKind> {
        match self.get(number) {
            Value::Absent => Ok(0),
            Value::Int(value) => Ok(value),
            _ => Err(WriteErrorKind::Mismatch),
        }
    }
}

impl<'a> Reader<'a> {
    /// A message of a type with a form of its own.
    pub(super) fn known(&mut self, id: u32, known: WellKnown) -> Read<Value<'a>> {
        match known {
            WellKnown::Any => self.any(id),
            WellKnown::Timestamp => self.timestamp(id),
            WellKnown::Duration => self.duration(id),
            WellKnown::FieldMask => self.field_mask(id),
            WellKnown::Struct | WellKnown::ListValue => self.structure(id),
            WellKnown::Value => self.json_value(id),
            WellKnown::Wrapper => self.wrapper(id),
            _ => Err(ReadErrorKind::Mismatch),
        }
    }

    /// A message of some fields by their numbers.
    fn made(&mut self, id: u32, values: &[(i32, Value<'a>)]) -> Read<Value<'a>> {
        let layout = self.layout;
        let record = layout.record(id);
        let slots = kept(self.arena.keep_filled(record.fields.len(), Value::Absent), self.options)?;
        for (number, value) in values {
            let slot = record.field_by_number(*number).and_then(|at| slots.get_mut(at));
            *slot.ok_or(ReadErrorKind::Mismatch)? = *value;
        }
        self.finished(record, slots)
    }
}

//! `Int32Value` and so on: the value alone.

use canread_plan::Value;

use super::super::error::{ReadErrorKind, WriteErrorKind};
use super::super::read::{Read, Reader};
use super::super::write::{Writer, Written, zero};
use super::Fields;

const VALUE: i32 = 1;

impl Writer<'_, '_> {
    pub(super) fn wrapper(&mut self, fields: Fields<'_>) -> Written {
        let at = fields.layout.field_by_number(VALUE);
        let field = at.and_then(|at| fields.layout.fields.get(at)).ok_or(WriteErrorKind::Mismatch)?;
        match fields.get(VALUE) {
            Value::Absent => self.value(field.ty, &zero(self.layout, field.ty)),
            value => self.value(field.ty, &value),
        }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn wrapper(&mut self, id: u32) -> Read<Value<'a>> {
        let record = self.layout.record(id);
        let at = record.field_by_number(VALUE);
        let field = at.and_then(|at| record.fields.get(at)).ok_or(ReadErrorKind::Mismatch)?;
        let value = self.scalar(field.ty)?.unwrap_or_default();
        self.made(id, &[(VALUE, value)])
    }
}

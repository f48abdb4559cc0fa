//! `Struct`, `Value` and `ListValue`: JSON in JSON.

use canread_json::Kind;
use canread_plan::{LayoutKind, Value};

use super::super::error::{ReadErrorKind, WriteErrorKind};
use super::super::read::{Read, Reader, ok};
use super::super::write::{Writer, Written};
use super::Fields;

/// `Struct.fields`, `ListValue.values`.
const PARTS: i32 = 1;

// Members of the oneof in `Value`.
const NULL: i32 = 1;
const NUMBER: i32 = 2;
const STRING: i32 = 3;
const BOOL: i32 = 4;
const STRUCT: i32 = 5;
const LIST: i32 = 6;

impl Writer<'_, '_> {
    /// A struct or a list of values.
    pub(super) fn structure(&mut self, fields: Fields<'_>) -> Written {
        let at = fields.layout.field_by_number(PARTS);
        let field = at.and_then(|at| fields.layout.fields.get(at)).ok_or(WriteErrorKind::Mismatch)?;
        match (fields.get(PARTS), self.layout.kind(field.ty)) {
            (Value::Absent, LayoutKind::Map { .. }) => self.value(field.ty, &Value::Map(&[])),
            (Value::Absent, LayoutKind::List { .. }) => {
                self.value(field.ty, &Value::List(canread_plan::List::default()))
            }
            (value, _) => self.value(field.ty, &value),
        }
    }

    /// Any value.
    pub(super) fn json_value(&mut self, fields: Fields<'_>) -> Written {
        let mut members = fields.layout.fields.iter().zip(fields.record.fields);
        let Some((field, value)) = members.find(|(_, value)| **value != Value::Absent) else {
            return Err(WriteErrorKind::NoJsonValue);
        };
        match value {
            Value::Double(number) if !number.is_finite() => Err(WriteErrorKind::NoJsonValue),
            value => self.value(field.ty, value),
        }
    }
}

impl<'a> Reader<'a> {
    /// A struct or a list of values.
    pub(super) fn structure(&mut self, id: u32) -> Read<Value<'a>> {
        let record = self.layout.record(id);
        let at = record.field_by_number(PARTS);
        let field = at.and_then(|at| record.fields.get(at)).ok_or(ReadErrorKind::Mismatch)?;
        let parts = match self.layout.kind(field.ty) {
            LayoutKind::Map { key, value } => match self.map(key, value)? {
                [] => Value::Absent,
                entries => Value::Map(entries),
            },
            LayoutKind::List { item, .. } => match self.list(item)? {
                items if items.is_empty() => Value::Absent,
                items => Value::List(items),
            },
            _ => return Err(ReadErrorKind::Mismatch),
        };
        self.made(id, &[(PARTS, parts)])
    }

    /// Any value.
    pub(super) fn json_value(&mut self, id: u32) -> Read<Value<'a>> {
        let member = match self.kind()? {
            Kind::Null => {
                ok(self.json.null(), self.options)?;
                (NULL, Value::Symbol(0))
            }
            Kind::Number => {
                let start = self.json.offset();
                let number = ok(self.json.number(), self.options)?;
                let number = number.to_f64().map_err(|kind| self.failed_from(start, ReadErrorKind::Number(kind)))?;
                (NUMBER, Value::Double(number))
            }
            Kind::String => (STRING, Value::String(self.string()?)),
            Kind::Bool => (BOOL, Value::Bool(ok(self.json.bool(), self.options)?)),
            Kind::Object => (STRUCT, self.member(id, STRUCT)?),
            _ => (LIST, self.member(id, LIST)?),
        };
        self.made(id, &[member])
    }

    fn member(&mut self, id: u32, number: i32) -> Read<Value<'a>> {
        let record = self.layout.record(id);
        let field = record.field_by_number(number).and_then(|at| record.fields.get(at));
        match field.map(|field| self.layout.kind(field.ty)) {
            Some(LayoutKind::Record(member)) => self.message(member),
            _ => Err(ReadErrorKind::Mismatch),
        }
    }
}

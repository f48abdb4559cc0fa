//! Entries of maps: messages with a `key` and a `value`.
//!
//! Source: Protobuf, "Text Format Language Specification", section "map Fields".

use canread_plan::{LayoutKind, TypeId, Value};

use super::super::error::ReadErrorKind;
use super::Parser;
use super::failure::{Failure, Parsed};

impl<'a> Parser<'a> {
    pub(super) fn entry(&mut self, key_type: TypeId, value_type: TypeId) -> Parsed<(Value<'a>, Value<'a>)> {
        let close = self.open()?;
        let (mut key, mut value) = (None, None);
        while !self.is_closed(close)? {
            let name = self.name()?;
            let (slot, ty, field) = match &*name.text {
                "key" => (&mut key, key_type, "key"),
                "value" => (&mut value, value_type, "value"),
                _ if self.ignores_unknown => {
                    self.pass_value()?;
                    self.separator();
                    continue;
                }
                _ => return Err(Failure::at(ReadErrorKind::UnknownField, &name.text, name.at)),
            };
            if slot.is_some() {
                return Err(Failure::at(ReadErrorKind::Twice, &name.text, name.at));
            }
            self.colon(ty)?;
            *slot = Some(self.value(ty).map_err(|failure| failure.within(field))?);
            self.separator();
        }
        let key = match key {
            Some(key) => key,
            None => self.zero(key_type)?,
        };
        match value {
            Some(value) => Ok((key, value)),
            None => Ok((key, self.zero(value_type)?)),
        }
    }

    /// What stands for a key or value that is not there.
    fn zero(&mut self, ty: TypeId) -> Parsed<Value<'a>> {
        Ok(match self.layout.kind(ty) {
            LayoutKind::Bool => Value::Bool(false),
            LayoutKind::Int(int) if int.signed => Value::Int(0),
            LayoutKind::Int(_) => Value::Uint(0),
            LayoutKind::Float => Value::Float(0.0),
            LayoutKind::Double => Value::Double(0.0),
            LayoutKind::String { .. } => Value::String(""),
            LayoutKind::Bytes => Value::Bytes(&[]),
            LayoutKind::Enum(id) => {
                let first = self.layout.declared_enum(id).symbols.first();
                Value::Symbol(first.map_or(0, |(number, _)| *number))
            }
            LayoutKind::Record(id) => self.empty(id)?,
            _ => return Err(Failure::new(ReadErrorKind::Mismatch, &self.token)),
        })
    }
}

//! Messages, lists and maps as JSON.

use canread_model::{Int, Presence};
use canread_plan::{FieldLayout, Layout, LayoutKind, Record, TypeId, Value};
use canread_wire::{FieldPath, PathSegment};

use super::super::value::is_zero;
use super::base64;
use super::error::WriteErrorKind;
use super::options::WriteOptions;

pub(super) type Written = Result<(), WriteErrorKind>;

/// One message that is written.
pub(super) struct Writer<'l, 'o> {
    pub(super) layout: &'l Layout,
    pub(super) options: &'l WriteOptions,
    pub(super) out: canread_json::Writer<'o>,
    pub(super) depth_left: u32,
    /// Bytes that messages in `Any` may take.
    pub(super) memory_left: u64,
    path: FieldPath,
}

impl<'l, 'o> Writer<'l, 'o> {
    pub(super) fn new(layout: &'l Layout, options: &'l WriteOptions, text: &'o mut String) -> Self {
        let out = match options.indent {
            Some(spaces) => canread_json::Writer::indented(text, spaces),
            None => canread_json::Writer::compact(text),
        };
        let limits = &options.limits;
        let memory_left = limits.allocated_bytes_max();
        Self { layout, options, out, depth_left: limits.levels_max(), memory_left, path: FieldPath::default() }
    }

    pub(super) fn into_path(self) -> FieldPath {
        self.path
    }

    /// A message in the form that its type has.
    pub(super) fn message(&mut self, id: u32, record: &Record<'_>) -> Written {
        let layout = self.layout.record(id);
        if record.fields.len() != layout.fields.len() {
            return Err(WriteErrorKind::Mismatch);
        }
        if let Some(field) = layout.second_of_oneof(record.fields).and_then(|at| layout.fields.get(at)) {
            return Err(self.failed_in(&field.name, WriteErrorKind::SecondOfOneof));
        }
        let allowed = self.options.limits.depth_max();
        self.depth_left = self.depth_left.checked_sub(1).ok_or(WriteErrorKind::TooDeep { allowed })?;
        if !self.known(layout, record)? {
            self.out.begin_object();
            self.fields(id, record)?;
            self.out.end_object();
        }
        self.depth_left = self.depth_left.saturating_add(1);
        Ok(())
    }

    /// The fields of a message, in an object that was begun.
    pub(super) fn fields(&mut self, id: u32, record: &Record<'_>) -> Written {
        let layout = self.layout.record(id);
        for at in layout.in_order_of_numbers() {
            let (Some(field), Some(value)) = (layout.fields.get(at), record.fields.get(at)) else { continue };
            self.field(field, value).map_err(|kind| self.failed_in(&field.name, kind))?;
        }
        Ok(())
    }

    fn field(&mut self, field: &FieldLayout, value: &Value<'_>) -> Written {
        let kind = self.layout.kind(field.ty);
        let is_repeated = matches!(kind, LayoutKind::List { .. } | LayoutKind::Map { .. });
        let has_presence = !is_repeated && field.presence != Presence::Implicit;
        let is_left_out = match (kind, value) {
            (_, Value::Absent) if field.presence == Presence::Required => return Err(WriteErrorKind::MissingField),
            (_, Value::Absent) => true,
            (LayoutKind::List { .. }, Value::List(list)) => list.is_empty(),
            (LayoutKind::Map { .. }, Value::Map(entries)) => entries.is_empty(),
            (kind, value) => !has_presence && is_zero(kind, value),
        };
        // Who extends a message is no part of it.
        let has_default = !has_presence && !field.name.starts_with('[');
        if is_left_out && !(has_default && self.options.with_defaults) {
            return Ok(());
        }
        self.out.key(if self.options.original_names { &field.name } else { field.json_name() });
        match (value, kind) {
            (Value::Absent, LayoutKind::List { .. }) => {
                self.out.begin_array();
                self.out.end_array();
                Ok(())
            }
            (Value::Absent, LayoutKind::Map { .. }) => {
                self.out.begin_object();
                self.out.end_object();
                Ok(())
            }
            (Value::Absent, _) => self.value(field.ty, &zero(self.layout, field.ty)),
            (value, _) => self.value(field.ty, value),
        }
    }

    /// A value of a type.
    pub(super) fn value(&mut self, ty: TypeId, value: &Value<'_>) -> Written {
        match (self.layout.kind(ty), value) {
            (LayoutKind::Record(id), Value::Record(record)) => self.message(id, record),
            (LayoutKind::List { item, .. }, Value::List(list)) => {
                self.out.begin_array();
                for (at, value) in list.iter().enumerate() {
                    self.out.item();
                    self.value(item, &value).map_err(|kind| self.failed_at(at, kind))?;
                }
                self.out.end_array();
                Ok(())
            }
            (LayoutKind::Map { key, value }, Value::Map(entries)) => {
                self.out.begin_object();
                for (at, (own_key, own_value)) in entries.iter().enumerate() {
                    let written = self.map_key(key, own_key).and_then(|()| self.value(value, own_value));
                    written.map_err(|kind| self.failed_at(at, kind))?;
                }
                self.out.end_object();
                Ok(())
            }
            (kind, value) => self.scalar(kind, value),
        }
    }

    /// Keys of all types are strings in JSON.
    fn map_key(&mut self, ty: TypeId, key: &Value<'_>) -> Written {
        match (self.layout.kind(ty), key) {
            (LayoutKind::Bool, Value::Bool(key)) => self.out.key(if *key { "true" } else { "false" }),
            (LayoutKind::Int(int), Value::Int(key)) if int.signed => {
                let is_in_range = int.bits == 64 || i32::try_from(*key).is_ok();
                self.out.key(&is_in_range.then_some(key).ok_or(WriteErrorKind::OutOfRange)?.to_string());
            }
            (LayoutKind::Int(int), Value::Uint(key)) if !int.signed => {
                let is_in_range = int.bits == 64 || u32::try_from(*key).is_ok();
                self.out.key(&is_in_range.then_some(key).ok_or(WriteErrorKind::OutOfRange)?.to_string());
            }
            (LayoutKind::String { .. }, Value::String(key)) => self.out.key(key),
            (LayoutKind::String { is_verified: false }, Value::Bytes(key)) => self.out.key(unverified(key)?),
            _ => return Err(WriteErrorKind::Mismatch),
        }
        Ok(())
    }

    fn scalar(&mut self, kind: LayoutKind, value: &Value<'_>) -> Written {
        match (kind, value) {
            (LayoutKind::Bool, Value::Bool(value)) => self.out.bool(*value),
            (LayoutKind::Int(int), Value::Int(value)) if int.signed => self.signed(int, *value)?,
            (LayoutKind::Int(int), Value::Uint(value)) if !int.signed => self.unsigned(int, *value)?,
            (LayoutKind::Float, Value::Float(value)) => self.out.f32(*value),
            (LayoutKind::Double, Value::Double(value)) => self.out.f64(*value),
            (LayoutKind::String { .. }, Value::String(text)) => self.out.string(text),
            (LayoutKind::String { is_verified: false }, Value::Bytes(bytes)) => self.out.string(unverified(bytes)?),
            (LayoutKind::Bytes, Value::Bytes(bytes)) => self.out.string(&base64::encode(bytes)),
            (LayoutKind::Enum(id), Value::Symbol(number)) => self.symbol(id, *number)?,
            _ => return Err(WriteErrorKind::Mismatch),
        }
        Ok(())
    }

    /// Of 64 bits they are strings: many readers have floating point only.
    fn signed(&mut self, int: Int, value: i64) -> Written {
        match (int.bits, i32::try_from(value)) {
            (64, _) => self.out.string(&value.to_string()),
            (_, Ok(value)) => self.out.i64(value.into()),
            _ => return Err(WriteErrorKind::OutOfRange),
        }
        Ok(())
    }

    fn unsigned(&mut self, int: Int, value: u64) -> Written {
        match (int.bits, u32::try_from(value)) {
            (64, _) => self.out.string(&value.to_string()),
            (_, Ok(value)) => self.out.u64(value.into()),
            _ => return Err(WriteErrorKind::OutOfRange),
        }
        Ok(())
    }

    fn symbol(&mut self, id: u32, number: i32) -> Written {
        let declared = self.layout.declared_enum(id);
        match declared.symbol(number) {
            None if !declared.is_open => return Err(WriteErrorKind::UnknownSymbol),
            Some(_) if &*declared.name == super::known::NULL_VALUE => self.out.null(),
            Some(name) if !self.options.enums_as_numbers => self.out.string(name),
            _ => self.out.i64(number.into()),
        }
        Ok(())
    }

    #[cold]
    pub(super) fn failed_in(&mut self, field: &str, kind: WriteErrorKind) -> WriteErrorKind {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        kind
    }

    #[cold]
    fn failed_at(&mut self, item: usize, kind: WriteErrorKind) -> WriteErrorKind {
        self.path.lead_with(PathSegment::Item(item as u64));
        kind
    }
}

/// The text that bytes are where a schema has text, and does not ask that it is UTF-8. JSON does.
fn unverified(bytes: &[u8]) -> Result<&str, WriteErrorKind> {
    std::str::from_utf8(bytes).map_err(|_| WriteErrorKind::Utf8)
}

/// What stands for a scalar that is not there.
pub(super) fn zero<'a>(layout: &Layout, ty: TypeId) -> Value<'a> {
    match layout.kind(ty) {
        LayoutKind::Bool => Value::Bool(false),
        LayoutKind::Int(int) if int.signed => Value::Int(0),
        LayoutKind::Int(_) => Value::Uint(0),
        LayoutKind::Float => Value::Float(0.0),
        LayoutKind::Double => Value::Double(0.0),
        LayoutKind::String { .. } => Value::String(""),
        LayoutKind::Bytes => Value::Bytes(&[]),
        LayoutKind::Enum(id) => {
            let first = layout.declared_enum(id).symbols.first();
            Value::Symbol(first.map_or(0, |(number, _)| *number))
        }
        _ => Value::Absent,
    }
}

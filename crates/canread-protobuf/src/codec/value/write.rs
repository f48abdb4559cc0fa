//! Values to bytes, from the end to the start: a message is written behind its length.

use canread_model::{Int, IntEncoding, Presence};
use canread_plan::{FieldLayout, Layout, LayoutKind, List, Record, TypeId, Value};
use canread_wire::{
    BackBuffer, EncodeError, EncodeErrorKind, FieldPath, Limits, PathSegment, Prefix, zigzag, zigzag32,
};

use super::super::key::{Wire, tag};
use super::super::sink::Sink as _;
use super::message_set::{ITEM_MESSAGE, ITEM_NUMBER, SET_ITEM};
use super::wire_of;

type Written = Result<(), EncodeErrorKind>;

/// As deep as a reader follows by default.
const DEPTH_MAX: u32 = Limits::strict().depth_max();
/// The outermost message is one that is not counted.
const LEVELS_MAX: u32 = Limits::strict().levels_max();

/// Encodes a message of one of the layout's records behind what the vector holds, in its memory.
pub(in crate::codec) fn encode(
    layout: &Layout,
    record: u32,
    value: &Value<'_>,
    bytes: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let length = bytes.len();
    let buffer = BackBuffer::after(std::mem::take(bytes));
    let mut writer = Writer { layout, buffer, depth_left: LEVELS_MAX, path: FieldPath::default() };
    let written = match value {
        Value::Record(fields) => writer.message(record, fields),
        _ => Err(EncodeErrorKind::Mismatch),
    };
    let path = writer.path;
    *bytes = writer.buffer.into_vec();
    written.map_err(|kind| {
        bytes.truncate(length);
        EncodeError::new(kind, path)
    })
}

struct Writer<'l> {
    layout: &'l Layout,
    buffer: BackBuffer<'static>,
    depth_left: u32,
    path: FieldPath,
}

impl Writer<'_> {
    /// A message without its length: the last field first.
    fn message(&mut self, id: u32, record: &Record<'_>) -> Written {
        self.depth_left = self.depth_left.checked_sub(1).ok_or(EncodeErrorKind::TooDeep { allowed: DEPTH_MAX })?;
        let layout = self.layout.record(id);
        if record.fields.len() != layout.fields.len() {
            return Err(EncodeErrorKind::Mismatch);
        }
        if let Some(field) = layout.second_of_oneof(record.fields).and_then(|at| layout.fields.get(at)) {
            return Err(self.failed_in(&field.name, EncodeErrorKind::SecondOfOneof));
        }
        self.buffer.raw(record.unknown);
        for at in layout.in_order_of_numbers().rev() {
            let (Some(field), Some(value)) = (layout.fields.get(at), record.fields.get(at)) else { continue };
            let written = if layout.is_message_set { self.set_item(field, value) } else { self.field(field, value) };
            written.map_err(|kind| self.failed_in(&field.name, kind))?;
        }
        self.depth_left = self.depth_left.saturating_add(1);
        Ok(())
    }

    fn field(&mut self, field: &FieldLayout, value: &Value<'_>) -> Written {
        let Some(number) = field.number.map(i32::cast_unsigned) else { return Err(EncodeErrorKind::Mismatch) };
        match (self.layout.kind(field.ty), value) {
            (_, Value::Absent) if field.presence == Presence::Required => Err(EncodeErrorKind::MissingField),
            (_, Value::Absent) => Ok(()),
            (LayoutKind::List { item, is_packed }, Value::List(list)) => {
                self.list((number, field), item, is_packed, *list)
            }
            (LayoutKind::Map { key, value }, Value::Map(entries)) => self.map(number, (key, value), entries),
            (kind, value) if field.presence == Presence::Implicit && is_zero(kind, value) => Ok(()),
            (LayoutKind::Record(id), Value::Record(record)) => self.framed(number, field.is_delimited, id, record),
            _ => self.scalar(number, field.ty, value),
        }
    }

    /// A field of a message set.
    fn set_item(&mut self, field: &FieldLayout, value: &Value<'_>) -> Written {
        match (self.layout.kind(field.ty), value) {
            (_, Value::Absent) => Ok(()),
            (LayoutKind::Record(id), Value::Record(record)) => {
                let number = field.number.ok_or(EncodeErrorKind::Mismatch)?;
                self.buffer.place().key(tag(SET_ITEM, Wire::GROUP_END));
                self.framed(ITEM_MESSAGE, false, id, record)?;
                self.buffer.varint(tag(ITEM_NUMBER, Wire::VARINT), u64::from(number.cast_unsigned()));
                self.buffer.place().key(tag(SET_ITEM, Wire::GROUP_START));
                Ok(())
            }
            _ => Err(EncodeErrorKind::Mismatch),
        }
    }

    /// A message behind its length, or between its tags.
    fn framed(&mut self, number: u32, is_delimited: bool, id: u32, record: &Record<'_>) -> Written {
        if is_delimited {
            self.buffer.place().key(tag(number, Wire::GROUP_END));
            self.message(id, record)?;
            self.buffer.place().key(tag(number, Wire::GROUP_START));
        } else {
            let before = self.buffer.written();
            self.message(id, record)?;
            self.buffer.length_since(tag(number, Wire::LENGTH), before);
        }
        Ok(())
    }

    fn list(&mut self, (number, field): (u32, &FieldLayout), item: TypeId, is_packed: bool, list: List<'_>) -> Written {
        let kind = self.layout.kind(item);
        if is_packed && !list.is_empty() {
            let before = self.buffer.written();
            for (at, value) in list.iter().enumerate().rev() {
                self.bare(Prefix::NONE, kind, &value).map_err(|kind| self.failed_at(at, kind))?;
            }
            self.buffer.length_since(tag(number, Wire::LENGTH), before);
            return Ok(());
        }
        for (at, value) in list.iter().enumerate().rev() {
            let written = match (kind, &value) {
                (LayoutKind::Record(id), Value::Record(record)) => self.framed(number, field.is_delimited, id, record),
                _ => self.scalar(number, item, &value),
            };
            written.map_err(|kind| self.failed_at(at, kind))?;
        }
        Ok(())
    }

    fn map(&mut self, number: u32, types: (TypeId, TypeId), entries: &[(Value<'_>, Value<'_>)]) -> Written {
        for (at, (own_key, own_value)) in entries.iter().enumerate().rev() {
            let before = self.buffer.written();
            let value = match (self.layout.kind(types.1), own_value) {
                (LayoutKind::Record(id), Value::Record(record)) => self.framed(2, false, id, record),
                _ => self.scalar(2, types.1, own_value),
            };
            let written = value.and_then(|()| self.scalar(1, types.0, own_key));
            written.map_err(|kind| self.failed_at(at, kind))?;
            self.buffer.length_since(tag(number, Wire::LENGTH), before);
        }
        Ok(())
    }

    fn scalar(&mut self, number: u32, ty: TypeId, value: &Value<'_>) -> Written {
        let kind = self.layout.kind(ty);
        self.bare(tag(number, wire_of(kind)), kind, value)
    }

    fn bare(&mut self, prefix: Prefix, kind: LayoutKind, value: &Value<'_>) -> Written {
        match (kind, value) {
            (LayoutKind::Bool, Value::Bool(value)) => self.buffer.byte(prefix, (*value).into()),
            (LayoutKind::Int(int), Value::Int(value)) if int.signed => self.signed(prefix, int, *value)?,
            (LayoutKind::Int(int), Value::Uint(value)) if !int.signed => self.unsigned(prefix, int, *value)?,
            (LayoutKind::Float, Value::Float(value)) => self.buffer.fixed32(prefix, value.to_bits()),
            (LayoutKind::Double, Value::Double(value)) => self.buffer.fixed64(prefix, value.to_bits()),
            (LayoutKind::String { .. }, Value::String(text)) => self.buffer.bytes(prefix, text.as_bytes()),
            (LayoutKind::String { is_verified: false } | LayoutKind::Bytes, Value::Bytes(bytes)) => {
                self.buffer.bytes(prefix, bytes);
            }
            (LayoutKind::Enum(id), Value::Symbol(number)) => {
                let declared = self.layout.declared_enum(id);
                if !declared.is_open && declared.symbol(*number).is_none() {
                    return Err(EncodeErrorKind::UnknownSymbol);
                }
                self.buffer.varint(prefix, i64::from(*number).cast_unsigned());
            }
            _ => return Err(EncodeErrorKind::Mismatch),
        }
        Ok(())
    }

    fn signed(&mut self, prefix: Prefix, int: Int, value: i64) -> Written {
        let narrow = || i32::try_from(value).map_err(|_| EncodeErrorKind::OutOfRange);
        match (int.encoding, int.bits) {
            (IntEncoding::Fixed, 64) => self.buffer.fixed64(prefix, value.cast_unsigned()),
            (IntEncoding::Fixed, _) => self.buffer.fixed32(prefix, narrow()?.cast_unsigned()),
            (IntEncoding::Zigzag, 64) => self.buffer.varint(prefix, zigzag(value)),
            (IntEncoding::Zigzag, _) => self.buffer.varint(prefix, zigzag32(narrow()?).into()),
            (_, 64) => self.buffer.varint(prefix, value.cast_unsigned()),
            // Negative ones take ten bytes, so that readers of 64 bits see the same number.
            _ => self.buffer.varint(prefix, i64::from(narrow()?).cast_unsigned()),
        }
        Ok(())
    }

    fn unsigned(&mut self, prefix: Prefix, int: Int, value: u64) -> Written {
        let narrow = || u32::try_from(value).map_err(|_| EncodeErrorKind::OutOfRange);
        match (int.encoding, int.bits) {
            (IntEncoding::Fixed, 64) => self.buffer.fixed64(prefix, value),
            (IntEncoding::Fixed, _) => self.buffer.fixed32(prefix, narrow()?),
            (_, 64) => self.buffer.varint(prefix, value),
            _ => self.buffer.varint(prefix, narrow()?.into()),
        }
        Ok(())
    }

    #[cold]
    fn failed_in(&mut self, field: &str, kind: EncodeErrorKind) -> EncodeErrorKind {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        kind
    }

    #[cold]
    fn failed_at(&mut self, item: usize, kind: EncodeErrorKind) -> EncodeErrorKind {
        self.path.lead_with(PathSegment::Item(item as u64));
        kind
    }
}

/// Whether that is the value that a field of this kind has, without presence, when it is not written. A negative zero is another one.
pub(in crate::codec) fn is_zero(kind: LayoutKind, value: &Value<'_>) -> bool {
    match (kind, value) {
        (LayoutKind::Bool, Value::Bool(value)) => !value,
        (LayoutKind::Int(int), Value::Int(value)) => int.signed && *value == 0,
        (LayoutKind::Int(int), Value::Uint(value)) => !int.signed && *value == 0,
        (LayoutKind::Float, Value::Float(value)) => value.to_bits() == 0,
        (LayoutKind::Double, Value::Double(value)) => value.to_bits() == 0,
        (LayoutKind::String { .. }, Value::String(text)) => text.is_empty(),
        (LayoutKind::String { is_verified: false } | LayoutKind::Bytes, Value::Bytes(bytes)) => bytes.is_empty(),
        (LayoutKind::Enum(_), Value::Symbol(number)) => *number == 0,
        _ => false,
    }
}

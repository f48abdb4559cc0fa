//! Values to bytes.

use canread_model::Format;
use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, List, Record, TypeId, Value};
use canread_wire::{EncodeError, EncodeErrorKind, FieldPath, FrontBuffer, Limits, PathSegment, zigzag};

type Written = Result<(), EncodeErrorKind>;

pub(super) fn encode(layout: &Layout, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let length = bytes.len();
    let buffer = FrontBuffer::after(std::mem::take(bytes));
    let mut writer = Writer { layout, buffer, depth_left: LEVELS_MAX, path: FieldPath::default() };
    let written = match layout.root_in(Format::Avro) {
        Some(root) => writer.write(root, value),
        None => Err(EncodeErrorKind::OtherFormat),
    };
    let path = writer.path;
    *bytes = writer.buffer.into_vec();
    written.map_err(|kind| {
        bytes.truncate(length);
        EncodeError::new(kind, path)
    })
}

/// As deep as a reader follows by default.
const DEPTH_MAX: u32 = Limits::strict().depth_max();
/// The outermost value is one that is not counted.
const LEVELS_MAX: u32 = Limits::strict().levels_max();

struct Writer<'l> {
    layout: &'l Layout,
    buffer: FrontBuffer<'static>,
    depth_left: u32,
    path: FieldPath,
}

impl Writer<'_> {
    fn write(&mut self, ty: TypeId, value: &Value<'_>) -> Written {
        match (self.layout.kind(ty), value) {
            (LayoutKind::Null, Value::Null) => {}
            (LayoutKind::Bool, Value::Bool(value)) => self.buffer.byte((*value).into()),
            (LayoutKind::Int(int), value) => {
                let number = integer(value)?;
                if int.bits < 64 && i32::try_from(number).is_err() {
                    return Err(EncodeErrorKind::OutOfRange);
                }
                self.long(number);
            }
            (LayoutKind::Float, Value::Float(value)) => self.buffer.fixed32(value.to_bits()),
            (LayoutKind::Double, Value::Double(value)) => self.buffer.fixed64(value.to_bits()),
            (LayoutKind::String { .. }, Value::String(text)) => self.bytes(text.as_bytes()),
            (LayoutKind::Bytes, Value::Bytes(bytes)) => self.bytes(bytes),
            (LayoutKind::Fixed(id), Value::Bytes(bytes)) => {
                if bytes.len() != self.layout.fixed(id).size as usize {
                    return Err(EncodeErrorKind::OutOfRange);
                }
                self.buffer.raw(bytes);
            }
            (LayoutKind::Enum(id), Value::Symbol(position)) => self.symbol(id, *position)?,
            (LayoutKind::Record(id), Value::Record(record)) => self.within(|writer| writer.record(id, record))?,
            (LayoutKind::List { item, .. }, Value::List(list)) => self.within(|writer| writer.list(item, *list))?,
            (LayoutKind::Map { key, value }, Value::Map(entries)) => {
                self.within(|writer| writer.map((key, value), entries))?;
            }
            (LayoutKind::Nullable { is_null_last, .. }, Value::Null) => self.long(is_null_last.into()),
            (LayoutKind::Nullable { inner, is_null_last }, value) => {
                self.long((!is_null_last).into());
                self.write(inner, value)?;
            }
            (LayoutKind::Union(id), Value::Branch(branch, value)) => {
                let ty = self.layout.union(id).branches.get(*branch as usize).copied();
                let ty = ty.ok_or(EncodeErrorKind::UnknownSymbol)?;
                self.long((*branch).into());
                self.within(|writer| writer.write(ty, value))?;
            }
            _ => return Err(EncodeErrorKind::Mismatch),
        }
        Ok(())
    }

    fn within(&mut self, write: impl FnOnce(&mut Self) -> Written) -> Written {
        self.depth_left = self.depth_left.checked_sub(1).ok_or(EncodeErrorKind::TooDeep { allowed: DEPTH_MAX })?;
        write(self)?;
        self.depth_left = self.depth_left.saturating_add(1);
        Ok(())
    }

    fn record(&mut self, id: u32, record: &Record<'_>) -> Written {
        let fields = &self.layout.record(id).fields;
        if record.fields.len() != fields.len() {
            return Err(EncodeErrorKind::Mismatch);
        }
        for (field, value) in fields.iter().zip(record.fields) {
            self.field(field, value).map_err(|kind| self.failed_in(&field.name, kind))?;
        }
        Ok(())
    }

    fn field(&mut self, field: &FieldLayout, value: &Value<'_>) -> Written {
        match (value, &field.default) {
            (Value::Absent, Some(default)) => {
                let arena = Arena::new();
                let default = default.to_value(&arena).map_err(|_| EncodeErrorKind::Mismatch)?;
                self.write(field.ty, &default)
            }
            (Value::Absent, None) => Err(EncodeErrorKind::MissingField),
            (value, _) => self.write(field.ty, value),
        }
    }

    fn list(&mut self, item: TypeId, list: List<'_>) -> Written {
        if !list.is_empty() {
            self.count(list.len());
            for (at, value) in list.iter().enumerate() {
                self.write(item, &value).map_err(|kind| self.failed_at(at, kind))?;
            }
        }
        self.buffer.byte(0);
        Ok(())
    }

    fn map(&mut self, (key, value): (TypeId, TypeId), entries: &[(Value<'_>, Value<'_>)]) -> Written {
        if !entries.is_empty() {
            self.count(entries.len());
            for (at, (own_key, own_value)) in entries.iter().enumerate() {
                let written = self.write(key, own_key).and_then(|()| self.write(value, own_value));
                written.map_err(|kind| self.failed_at(at, kind))?;
            }
        }
        self.buffer.byte(0);
        Ok(())
    }

    fn symbol(&mut self, id: u32, position: i32) -> Written {
        let count = self.layout.declared_enum(id).symbols.len();
        if !usize::try_from(position).is_ok_and(|position| position < count) {
            return Err(EncodeErrorKind::UnknownSymbol);
        }
        self.long(position.into());
        Ok(())
    }

    fn long(&mut self, number: i64) {
        self.buffer.varint(zigzag(number));
    }

    fn count(&mut self, count: usize) {
        self.long(i64::try_from(count).expect("nothing in memory has 2^63 items"));
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let length = i64::try_from(bytes.len()).expect("nothing in memory has 2^63 bytes");
        self.buffer.bytes(zigzag(length), bytes);
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

/// A whole number as the signed one of 64 bits.
fn integer(value: &Value<'_>) -> Result<i64, EncodeErrorKind> {
    match value {
        Value::Int(number) => Ok(*number),
        Value::Uint(number) => i64::try_from(*number).map_err(|_| EncodeErrorKind::OutOfRange),
        _ => Err(EncodeErrorKind::Mismatch),
    }
}

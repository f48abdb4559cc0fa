//! Values as JSON.

use canread_plan::{Arena, FieldLayout, Layout, LayoutKind, Record, TypeId, Value};
use canread_wire::{EncodeErrorKind, FieldPath, PathSegment};

use super::branch_name;
use super::map::last_of_each;
use super::options::WriteOptions;

type Written = Result<(), EncodeErrorKind>;

/// One value that is written.
pub(super) struct Writer<'l, 'o> {
    layout: &'l Layout,
    out: canread_json::Writer<'o>,
    depth_max: u32,
    depth_left: u32,
    path: FieldPath,
}

impl<'l, 'o> Writer<'l, 'o> {
    pub(super) fn new(layout: &'l Layout, options: &WriteOptions, text: &'o mut String) -> Self {
        let out = match options.indent {
            Some(spaces) => canread_json::Writer::indented(text, spaces),
            None => canread_json::Writer::compact(text),
        };
        let depth_max = options.limits.depth_max();
        Self { layout, out, depth_max, depth_left: options.limits.levels_max(), path: FieldPath::default() }
    }

    pub(super) fn into_path(self) -> FieldPath {
        self.path
    }

    /// A value of a type. Recurses as deep as the limits allow.
    pub(super) fn value(&mut self, ty: TypeId, value: &Value<'_>) -> Written {
        match (self.layout.kind(ty), value) {
            (LayoutKind::Record(id), Value::Record(record)) => self.within(|writer| writer.record(id, record)),
            (LayoutKind::List { item, .. }, Value::List(list)) => self.within(|writer| {
                writer.out.begin_array();
                for (at, value) in list.iter().enumerate() {
                    writer.out.item();
                    writer.value(item, &value).map_err(|kind| writer.failed_at(at, kind))?;
                }
                writer.out.end_array();
                Ok(())
            }),
            (LayoutKind::Map { value, .. }, Value::Map(entries)) => self.within(|writer| writer.map(value, entries)),
            (LayoutKind::Nullable { .. }, Value::Null) => {
                self.out.null();
                Ok(())
            }
            (LayoutKind::Nullable { inner, .. }, value) => self.branch(inner, value),
            (LayoutKind::Union(id), Value::Branch(branch, value)) => {
                let ty = self.layout.union(id).branches.get(*branch as usize).copied();
                let ty = ty.ok_or(EncodeErrorKind::UnknownSymbol)?;
                self.within(|writer| writer.branch(ty, value))
            }
            (kind, value) => self.scalar(kind, value),
        }
    }

    /// A value of a union: null as such, any other in an object by the name of its type.
    fn branch(&mut self, ty: TypeId, value: &Value<'_>) -> Written {
        if self.layout.kind(ty) == LayoutKind::Null {
            return self.value(ty, value);
        }
        self.out.begin_object();
        self.out.key(branch_name(self.layout, ty).ok_or(EncodeErrorKind::Mismatch)?);
        self.value(ty, value)?;
        self.out.end_object();
        Ok(())
    }

    fn record(&mut self, id: u32, record: &Record<'_>) -> Written {
        let fields = &self.layout.record(id).fields;
        if record.fields.len() != fields.len() {
            return Err(EncodeErrorKind::Mismatch);
        }
        self.out.begin_object();
        for (field, value) in fields.iter().zip(record.fields) {
            self.out.key(&field.name);
            self.field(field, value).map_err(|kind| self.failed_in(&field.name, kind))?;
        }
        self.out.end_object();
        Ok(())
    }

    fn field(&mut self, field: &FieldLayout, value: &Value<'_>) -> Written {
        match (value, &field.default) {
            (Value::Absent, Some(default)) => {
                let arena = Arena::new();
                let default = default.to_value(&arena).map_err(|_| EncodeErrorKind::Mismatch)?;
                self.value(field.ty, &default)
            }
            (Value::Absent, None) => Err(EncodeErrorKind::MissingField),
            (value, _) => self.value(field.ty, value),
        }
    }

    fn map(&mut self, ty: TypeId, entries: &[(Value<'_>, Value<'_>)]) -> Written {
        self.out.begin_object();
        match last_of_each(entries) {
            None => {
                for (at, entry) in entries.iter().enumerate() {
                    self.entry(ty, entry).map_err(|kind| self.failed_at(at, kind))?;
                }
            }
            Some(order) => {
                for (at, entry) in order.iter().filter_map(|at| Some((*at, entries.get(*at)?))) {
                    self.entry(ty, entry).map_err(|kind| self.failed_at(at, kind))?;
                }
            }
        }
        self.out.end_object();
        Ok(())
    }

    fn entry(&mut self, ty: TypeId, (key, value): &(Value<'_>, Value<'_>)) -> Written {
        let Value::String(key) = key else { return Err(EncodeErrorKind::Mismatch) };
        self.out.key(key);
        self.value(ty, value)
    }

    fn scalar(&mut self, kind: LayoutKind, value: &Value<'_>) -> Written {
        match (kind, value) {
            (LayoutKind::Null, Value::Null) => self.out.null(),
            (LayoutKind::Bool, Value::Bool(value)) => self.out.bool(*value),
            (LayoutKind::Int(int), value) => {
                let number = match value {
                    Value::Int(number) => *number,
                    Value::Uint(number) => i64::try_from(*number).map_err(|_| EncodeErrorKind::OutOfRange)?,
                    _ => return Err(EncodeErrorKind::Mismatch),
                };
                if int.bits < 64 && i32::try_from(number).is_err() {
                    return Err(EncodeErrorKind::OutOfRange);
                }
                self.out.i64(number);
            }
            (LayoutKind::Float, Value::Float(value)) => self.out.f32(*value),
            (LayoutKind::Double, Value::Double(value)) => self.out.f64(*value),
            (LayoutKind::String { .. }, Value::String(text)) => self.out.string(text),
            (LayoutKind::Bytes, Value::Bytes(bytes)) => self.bytes(bytes),
            (LayoutKind::Fixed(id), Value::Bytes(bytes)) => {
                if bytes.len() != self.layout.fixed(id).size as usize {
                    return Err(EncodeErrorKind::OutOfRange);
                }
                self.bytes(bytes);
            }
            (LayoutKind::Enum(id), Value::Symbol(position)) => {
                let symbols = &self.layout.declared_enum(id).symbols;
                let symbol = usize::try_from(*position).ok().and_then(|position| symbols.get(position));
                let (_, name) = symbol.ok_or(EncodeErrorKind::UnknownSymbol)?;
                self.out.string(name);
            }
            _ => return Err(EncodeErrorKind::Mismatch),
        }
        Ok(())
    }

    /// A character for each byte.
    fn bytes(&mut self, bytes: &[u8]) {
        let text: String = bytes.iter().copied().map(char::from).collect();
        self.out.string(&text);
    }

    fn within(&mut self, write: impl FnOnce(&mut Self) -> Written) -> Written {
        let too_deep = EncodeErrorKind::TooDeep { allowed: self.depth_max };
        self.depth_left = self.depth_left.checked_sub(1).ok_or(too_deep)?;
        write(self)?;
        self.depth_left = self.depth_left.saturating_add(1);
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
